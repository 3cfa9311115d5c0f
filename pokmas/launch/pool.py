"""PgBouncer before a database of ours, lending connections as in production."""

import os
import shutil
import socket
from pathlib import Path

from pokmas.launch import apt
from pokmas.launch.account import Account
from pokmas.launch.console import LaunchError

PORT = 6432
# Twenty do something at once in a test, while one holds them up.
SIZE = 25
CONFIGURATION = """\
[databases]
* = host={sockets}
[pgbouncer]
unix_socket_dir = {sockets}
listen_port = {port}
auth_type = scram-sha-256
auth_file = {users}
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 1000
"""


def command(
    folder: Path, sockets: Path, account: Account, passwords: dict[str, str]
) -> list[str]:
    """How it is started for these roles; what it must know of them is in `folder`."""
    account.own(folder)
    users, configuration = folder / "users.txt", folder / "pgbouncer.ini"
    lines = [f'"{role}" "{password}"\n' for role, password in passwords.items()]
    _write(users, "".join(lines), account)
    text = CONFIGURATION.format(sockets=sockets, port=PORT, users=users, size=SIZE)
    _write(configuration, text, account)
    return [program(), "--quiet", str(configuration)]


def program() -> str:
    """The program; Debian has it where only administrators look."""
    path = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
    if not shutil.which("pgbouncer", path=path) and os.geteuid() == 0:
        apt.install(["pgbouncer"])
    if found := shutil.which("pgbouncer", path=path):
        return found
    raise LaunchError("PgBouncer belum ada. Pasang: sudo apt install pgbouncer")


def ready(sockets: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as attempt:
        return attempt.connect_ex(str(sockets / f".s.PGSQL.{PORT}")) == 0


def _write(path: Path, text: str, account: Account) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    if account.change:
        os.chown(path, account.uid, -1)
