#!/usr/bin/env python3
"""Set up, start, test and manage the portal; needs nothing but Python 3.11 or newer."""

import os
import shutil
import sys

NEWEST, OLDEST = 14, 11


def main():
    if sys.version_info < (3, OLDEST):
        for minor in range(NEWEST, OLDEST - 1, -1):
            newer = shutil.which("python3." + str(minor))
            if newer:
                os.execv(newer, [newer, *sys.argv])
        sys.exit(
            "Portal ini memerlukan Python 3.11 atau lebih baru; yang ini terlalu lama. "
            "Pasang dahulu, misalnya: apt install python3.11"
        )
    from pokmas.launch.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
