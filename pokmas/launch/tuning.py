"""What PostgreSQL is told of the machine, and of what the portal does with it.

docker-compose.yml says the same of its own server; a test compares.
"""

import os
from contextlib import suppress
from pathlib import Path

# The limit of a container, where there is one.
LIMIT = Path("/sys/fs/cgroup/memory.max")
ALWAYS = {
    # As for disks that need no time to seek; and short queries are never compiled.
    "random_page_cost": "1.1",
    "jit": "off",
    # A page of a record joins it with what it names, one row each, in any order: all
    # orders of ten tables take longer to weigh than the rows to read.
    "join_collapse_limit": "5",
    # A fifth of a million rows is too many to wait for.
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_vacuum_insert_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.02",
}


def settings(megabytes: int) -> dict[str, str]:
    """For a machine with so much memory, which the portal's programs need as well."""
    sizes = {
        "shared_buffers": _within(128, megabytes // 4, 8192),
        "effective_cache_size": _within(256, megabytes // 2, 32768),
        "work_mem": _within(4, megabytes // 256, 32),
        "maintenance_work_mem": _within(64, megabytes // 16, 1024),
    }
    return ALWAYS | {name: f"{size}MB" for name, size in sizes.items()}


def memory() -> int:
    """Megabytes of this machine, or of the container that we are in."""
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):
        there = min(there, int(LIMIT.read_text()))
    return there // 1024**2


def _within(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))
