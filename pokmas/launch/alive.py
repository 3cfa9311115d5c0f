"""Is the web server of this container ready? Exit code 0 if it is."""

import os
import sys
from http.client import HTTPConnection

PATH = "/health/ready/"


def main() -> int:
    name = os.environ.get("POKMAS_ALLOWED_HOSTS", "*").split(",")[0]
    host = name.replace("*", "localhost").lstrip(".")
    connection = HTTPConnection("127.0.0.1", 8000, timeout=5)
    connection.request("GET", PATH, headers={"Host": host})
    return 0 if connection.getresponse().status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
