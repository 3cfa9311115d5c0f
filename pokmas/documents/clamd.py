"""Asks a ClamAV daemon about a file (INSTREAM); its address is `settings.CLAMD`."""

import socket
import struct
from typing import BinaryIO

from django.conf import settings

CHUNK = 64 * 1024
SECONDS = 60


class Unavailable(Exception):
    """The daemon does not answer, or not as it should; the file waits."""


def scan(file: BinaryIO) -> str:
    """The name of what was found in the file; empty if it is clean."""
    try:
        with _connect() as connection:
            connection.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            answer = b"".join(iter(lambda: connection.recv(4096), b""))
    except OSError as error:
        raise Unavailable(f"ClamAV: {error}") from error
    words = answer.decode(errors="replace").strip("\0\n ").removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise Unavailable(f"ClamAV: {words or 'tanpa jawaban'}")


def _connect() -> socket.socket:
    if settings.CLAMD.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        connection.connect(settings.CLAMD)
        return connection
    host, _colon, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
