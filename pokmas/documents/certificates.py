"""Electronic signatures of a PDF: who signed with whose certificate, and whether the
paper is still what he signed. Read in the confined process, without any network.

A picture of a signature is no certificate, and no part of this.
"""

import zoneinfo
from pathlib import Path

# What a signature is found to be; `UNREADABLE` says that nobody can tell.
INTACT, UNTRUSTED, CHANGED, UNREADABLE = "intact", "untrusted", "changed", "unreadable"
# Where the trusted roots lie for the confined process, beside the file.
ROOTS = "roots.pem"
MOST = 20


def examine(path: Path, folder: Path) -> dict:
    """Each signature of the file: its state, whose it is, and who says so."""
    zoneinfo.reset_tzpath([])  # its package is readable here, the system's is not
    from pyhanko.pdf_utils.reader import PdfFileReader

    content = path.read_bytes()
    with path.open("rb") as file:
        signatures = PdfFileReader(file, strict=False).embedded_regular_signatures
        context = _context(folder / ROOTS)
        found = [_judged(each, content, context) for each in signatures[:MOST]]
    return {"certificates": found}


def _context(roots: Path):
    from pyhanko.keys import load_certs_from_pemder
    from pyhanko_certvalidator import ValidationContext

    trusted = list(load_certs_from_pemder([str(roots)])) if roots.exists() else []
    return ValidationContext(trust_roots=trusted, allow_fetching=False)


def _judged(signature, content: bytes, context) -> dict:
    from pyhanko.sign.validation import validate_pdf_signature

    try:
        status = validate_pdf_signature(signature, context)
        certificate = status.signing_cert
        is_whole = status.intact and status.valid and status.docmdp_ok
        is_whole = is_whole and _is_plain(signature, content)
        at = status.signer_reported_dt
        return {
            "state": _state(is_whole, status.trusted),
            "by": _name(certificate.subject),
            "issuer": _name(certificate.issuer),
            "at": at.isoformat() if at else "",
        }
    except Exception:  # noqa: BLE001 - whatever a stranger's file does
        return {"state": UNREADABLE, "by": "", "issuer": "", "at": ""}


def _state(is_whole: bool, is_trusted: bool) -> str:
    if not is_whole:
        return CHANGED
    return INTACT if is_trusted else UNTRUSTED


def _name(name) -> str:
    said = name.native
    return str(said.get("common_name") or said.get("organization_name") or "")[:200]


def _is_plain(signature, content: bytes) -> bool:
    """Whether the room of the signature, which it cannot cover itself, holds nothing
    else: one way to write it, and zeros behind it."""
    from asn1crypto import parser

    start, length, end, _rest = map(int, signature.byte_range)
    room = content[start + length : end].strip()
    digits = room[1:-1]
    if room[:1] + room[-1:] != b"<>" or digits not in (digits.lower(), digits.upper()):
        return False
    packed = bytes.fromhex(digits.decode("ascii"))
    size = parser.peek(packed + bytes(1)) if packed else 0
    return not packed[size:].strip(b"\0")
