"""Files of strangers are read, and PDFs made, in processes that can do little.

The parent starts `python -m <module>` without the portal's secrets in its environment.
The child confines itself before it touches the file: so much memory, so much time, no
network, no other program, and only the folders it needs. Plain Python on both sides.
"""

import contextlib
import json
import mimetypes
import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PASSED_ON = ["PATH", "LD_LIBRARY_PATH", "TMPDIR", "TZ"]
FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostby",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.link",
    "os.symlink",
)
STATUS = "/proc/self/status"
# Where the processor is short, those who read pages come first.
NICENESS = 5
# How much longer than its time of the processor a child may take by the clock.
WALL = 4
# What a confined process tried and was refused.
attempts: list[str] = []


class Broken(Exception):
    """The child died, ran out of time or memory, or said nothing sensible."""

    # What ended it, if that is known.
    signal = 0


class Late(Broken):
    """It was ended by the clock: the machine was too busy, or the file waits."""


class Refused(Exception):
    """The file is not taken; `args` says why in one word, `marks` what else it is."""

    def __init__(self, reason: str, **marks):
        super().__init__(reason)
        self.marks = marks


def environment(**more: str) -> dict[str, str]:
    """What a child may know: never the database's address or a key."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **more}


def run(module: str, *arguments: str, seconds: int) -> dict:
    """Run a module to its end and return the JSON it printed.

    It gives itself so many seconds of the processor.
    """
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-BP", "-m", module, *arguments],
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=WALL * seconds,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise Late(str(error)) from error
    except ValueError as error:
        broken = Broken(str(error))
        broken.signal = max(0, -done.returncode)
        raise broken from error
    return answer


def confine(*folders: Path, seconds: int, megabytes: int) -> None:
    """Give up, for the rest of this process, whatever it does not need."""
    mimetypes.init()  # reads files of the system
    os.nice(NICENESS)
    size = megabytes * 1024 * 1024
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_AS, size)
    _limit(resource.RLIMIT_FSIZE, size)
    _limit(resource.RLIMIT_CORE, 0)
    readable = [*folders, ROOT / "pokmas", ROOT / "static", *_python_folders()]
    sys.addaudithook(_guard(_under(readable), _under(folders)))


def memory_used() -> int:
    """The most memory this process has held at once, in megabytes.

    Linux counts in `ru_maxrss` what the parent held when it started the child; the
    peak of the process itself stands in its status.
    """
    with contextlib.suppress(OSError), open(STATUS) as lines:
        for line in lines:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _limit(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    # Some systems know the limit by name only; the parent's clock holds there too.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))


def _python_folders() -> list[Path]:
    found = {sys.prefix, sys.base_prefix, *filter(None, sys.path)}
    return [Path(name) for name in found]


def _under(folders):
    prefixes = tuple(f"{os.path.realpath(folder)}{os.sep}" for folder in folders)

    def is_under(path) -> bool:
        return os.path.realpath(os.fsdecode(path)).startswith(prefixes)

    return is_under


def _guard(is_readable, is_writable):
    def guard(event, arguments):
        if event == "open":
            path, _mode, flags = arguments
            if isinstance(path, int) or path in (os.devnull, "/dev/urandom", STATUS):
                return
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            allowed = is_writable(path) if writes else is_readable(path)
            if not allowed:
                _refuse(f"open {path!r}")
        elif event.startswith(FORBIDDEN):
            _refuse(event)

    return guard


def _refuse(what):
    attempts.append(what)
    raise PermissionError(what)
