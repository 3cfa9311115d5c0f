"""Many files through the inspector in one confined process.

    python -m tests.pokmas.documents.fuzz <folder>

The folder holds folders `<number>-<task>` with an `upload` each. Prints JSON: which
passed, the slowest (processor time), the memory, and what the process tried.
"""

import json
import sys
import time
from pathlib import Path

from pokmas.documents import inspector, sandbox


def main():
    root = Path(sys.argv[1])
    sandbox.confine(root, seconds=280, megabytes=inspector.MEGABYTES)
    passed, slowest = [], 0.0
    for folder in root.iterdir():
        started = time.process_time()
        facts = inspector.inspect(
            folder.name.partition("-")[2], folder / "upload", folder
        )
        slowest = max(slowest, time.process_time() - started)
        if "refused" not in facts:
            passed.append(folder.name)
    result = {
        "passed": passed,
        "slowest": slowest,
        "megabytes": sandbox.memory_used(),
        "attempts": sandbox.attempts,
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
