"""Is the web server of this container, at the port named, ready? Exit code 0 if so."""

import sys
from http.client import HTTPConnection

PATH = "/health/ready/"


def main(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", PATH)
    return 0 if connection.getresponse().status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
