"""Where the portal listens, and under which names it answers."""

import errno
import socket
from dataclasses import dataclass

from pokmas.launch.console import LaunchError, say

USUAL_PORT, NEIGHBOURS = 8000, 20
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def local(self) -> bool:
        """Can this machine alone reach it?"""
        return self.host in LOOPBACK

    def bind(self) -> socket.socket:
        """A socket that stays while the web server behind it dies and comes back;
        nobody is let wait on it until that listens."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((self.host, self.port))
        return listening

    @property
    def names(self) -> list[str]:
        """The host names that are answered; the first is printed."""
        if self.local:
            return ["localhost", "127.0.0.1", "[::1]"]
        own = [_own_address()] if self.host in ("0.0.0.0", "::") else [self.host]
        return [*own, socket.gethostname(), "localhost", "127.0.0.1"]

    @property
    def url(self) -> str:
        return f"http://{self.names[0]}:{self.port}"


def choose(host: str, port: int | None) -> Address:
    """The wanted port; if none was asked for, the first free one from 8000 on."""
    host = "127.0.0.1" if host == "localhost" else host
    if port is not None:
        if trouble := _trouble(host, port):
            raise LaunchError(
                f"Port {port} di {host} {trouble}. Pilih port lain, misalnya: --port "
                f"{port + 1 if port >= 1024 else USUAL_PORT}"
            )
        return Address(host, port)
    for candidate in range(USUAL_PORT, USUAL_PORT + NEIGHBOURS):
        trouble = _trouble(host, candidate)
        if not trouble:
            if candidate != USUAL_PORT:
                say(f"  Port {USUAL_PORT} sedang dipakai; memakai {candidate}.")
            return Address(host, candidate)
    raise LaunchError(
        f"Port {USUAL_PORT} sampai {candidate} di {host} {trouble}. Pilih port lain "
        "dengan --port."
    )


def _trouble(host: str, port: int) -> str:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
            attempt.listen(1)
        except OSError as error:
            return {
                errno.EADDRINUSE: "sedang dipakai program lain",
                errno.EACCES: "hanya boleh dipakai oleh root",
                errno.EADDRNOTAVAIL: "bukan alamat mesin ini",
            }.get(error.errno or 0, f"tidak dapat dipakai ({error})")
    return ""


def _own_address() -> str:
    """The address of this machine on its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])
