#!/usr/bin/env python3
"""What the inspector says to folders of real files: how many are refused, and why.

    .venv/bin/python benchmarks/files.py FOLDER [FOLDER …] [--kinds pdf,jpeg,png]

Each file is judged as if somebody had handed it in; nothing is kept. Needs no database.
Whether a refusal is right only a person can say: each is printed with its reason, and
with whether PDFium opens the file without a password ("terbuka").
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENDINGS = {".pdf", ".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp"}
ENDINGS |= {".xlsx", ".docx"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--kinds", default="", help="kinds a field takes; else all")
    options = parser.parse_args()
    prepare()
    for folder in options.folders:
        report(folder, options.kinds)


def prepare() -> None:
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost/none")
    os.environ.setdefault("REDIS_URL", "redis://localhost")
    os.environ["POKMAS_DATA_DIR"] = tempfile.mkdtemp(prefix="pokmas-bench-")
    os.environ["POKMAS_LOG_LEVEL"] = "ERROR"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()


def report(folder: Path, wanted: str) -> None:
    from pokmas.documents import inspection

    kinds = [kind for kind in inspection.ALL if kind.label.lower() in wanted.split(",")]
    paths = [path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS]
    reasons, refused, slowest = Counter(), [], (0.0, "")
    for path in sorted(paths):
        started = time.perf_counter()
        reason = judged(path, kinds or inspection.ALL)
        slowest = max(slowest, (time.perf_counter() - started, path.name))
        if reason:
            reasons[reason] += 1
            refused.append((reason, "terbuka" if opens(path) else "-", path.name))
    print(f"{folder}: {len(paths)} files, {len(refused)} refused {dict(reasons)}")
    print(f"  slowest {slowest[0]:.1f} s: {slowest[1]}")
    for reason, opened, name in sorted(refused):
        print(f"  {reason:12} {opened:8} {name}")


def judged(path: Path, kinds) -> str:
    """The code of the refusal; empty if the file is taken."""
    from django.core.exceptions import ValidationError
    from django.core.files.uploadedfile import SimpleUploadedFile

    from pokmas.documents import inspection, sandbox

    upload = SimpleUploadedFile(path.name, path.read_bytes(), "")
    with tempfile.TemporaryDirectory(prefix="pokmas-bench-") as name:
        try:
            inspection.judged(upload, kinds, Path(name))
        except ValidationError as refusal:
            return refusal.code
        except sandbox.Late:
            return "late"
    return ""


def opens(path: Path) -> bool:
    import pypdfium2

    with contextlib.suppress(pypdfium2.PdfiumError):
        return len(pypdfium2.PdfDocument(path)) > 0
    return False


if __name__ == "__main__":
    main()
