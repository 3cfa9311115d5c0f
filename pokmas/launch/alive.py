"""Is the web server of this container, at the port named, ready? Exit code 0 if so."""

import os
import sys
from http.client import HTTPConnection

PATH = "/health/ready/"


def main(port: int) -> int:
    name = os.environ.get("POKMAS_ALLOWED_HOSTS", "*").split(",")[0]
    host = name.replace("*", "localhost").lstrip(".")
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", PATH, headers={"Host": host})
    return 0 if connection.getresponse().status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
