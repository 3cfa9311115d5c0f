"""One long-running child: started, watched, recorded and ended with all it forked."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LOG_LIMIT = 10 * 1024 * 1024


@dataclass
class Child:
    """A program in a process group of its own, so that Ctrl-C reaches it through us."""

    name: str
    command: list[str]
    log: Path | None
    environment: dict[str, str]
    folder: Path
    change: dict[str, Any] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    stop_signal: int = signal.SIGTERM
    # So many seconds what it forked may go on without it, until the next one is there.
    outlived_by: float = 0.0
    left: list[tuple[float, int]] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0

    def start(self) -> None:
        self.before()
        self.since = time.monotonic()
        with self.log.open("ab") if self.log else nullcontext() as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT if log else None,
                start_new_session=True,
                **self.change,
            )

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """To the program itself; what it forked is its own affair while it lives."""
        if self.process is not None and self.alive:
            self.process.send_signal(number)

    def bury(self) -> None:
        """After its end: end what it forked too, unless that may go on for a while."""
        if self.process is not None and self.outlived_by:
            self.left.append((time.monotonic() + self.outlived_by, self.process.pid))
        else:
            self.kill_group()

    def kill_group(self) -> None:
        """End whatever the program left behind."""
        if self.process is not None:
            kill_group(self.process.pid)
        for until, pid in self.left:
            # Later the number may be another's.
            if time.monotonic() < until:
                kill_group(pid)
        self.left.clear()

    def wait(self, until: float) -> bool:
        """Wait for the end; False if it has not come by then."""
        try:
            if self.process is not None:
                self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def trim_log(self) -> None:
        """Keep the last log beside the present one; the program goes on appending."""
        if self.log and self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)


def kill_group(pid: int, number: int = signal.SIGKILL) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def birth(pid: int) -> str:
    """When a process began, so that a reused number is not taken for it; "" if gone."""
    if sys.platform == "linux":
        try:
            status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        except OSError:
            return ""
        return "" if status[0] == "Z" else f"{boot} {status[19]}"
    shown = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True
    )
    return shown.stdout.strip()


def command_line(pid: int) -> str:
    """What a process was started as; "" if there is none."""
    if sys.platform == "linux":
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return ""
        return b" ".join(words).decode(errors="replace").strip()
    shown = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
    )
    return shown.stdout.strip()


def end(children: list[Child], seconds: float, impatient: Callable[[], bool]) -> None:
    """Ask the children to end, all at once; kill those that take too long."""
    for child in children:
        child.signal(child.stop_signal)
    until = time.monotonic() + seconds
    while any(child.alive for child in children) and time.monotonic() < until:
        if impatient():
            break
        time.sleep(0.05)
    for child in children:
        child.kill_group()
        child.wait(time.monotonic() + 5)
