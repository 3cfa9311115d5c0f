"""Electronic signatures of a PDF: who signed with whose certificate, and whether the
paper is still what he signed. Read in the confined process, without any network.

A picture of a signature is no certificate, and no part of this.
"""

import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

# What a signature is found to be; `UNREADABLE` says that nobody can tell.
INTACT, CHANGED, UNREADABLE = "intact", "changed", "unreadable"
# Whole, but its issuer is unknown here, or its certificate is over by now.
UNTRUSTED, LAPSED = "untrusted", "lapsed"
# Where the trusted roots lie for the confined process, beside the file.
ROOTS = "roots.pem"
MOST = 20


def examine(path: Path, folder: Path) -> dict:
    """Each signature of the file: its state, whose it is, and who says so."""
    zoneinfo.reset_tzpath([])  # its package is readable here, the system's is not
    from pyhanko.pdf_utils.reader import PdfFileReader

    content = path.read_bytes()
    with path.open("rb") as file:
        reader = PdfFileReader(file, strict=False)
        if reader.encrypted:  # locked against editing; who reads needs no password
            reader.decrypt(b"")
        trusted = _trusted(folder / ROOTS)
        signatures = reader.embedded_regular_signatures[:MOST]
        found = [_judged(each, content, trusted) for each in signatures]
    return {"certificates": found}


def _trusted(roots: Path) -> list:
    from pyhanko.keys import load_certs_from_pemder

    return list(load_certs_from_pemder([str(roots)])) if roots.exists() else []


def _status(signature, trusted: list, moment: datetime | None = None):
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=trusted, allow_fetching=False, moment=moment
    )
    return validate_pdf_signature(signature, context, diff_policy=_harmless())


def _harmless():
    """What may follow a signature: further ones, and what proves them for long. Not
    what somebody fills into a form, which readers show as part of the paper."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, StandardDiffPolicy
    from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
    from pyhanko.sign.diff_analysis.rules.form_field_rules import (
        SigFieldCreationRule,
        SigFieldModificationRule,
    )

    signing = [SigFieldCreationRule(), SigFieldModificationRule()]
    return StandardDiffPolicy(
        DEFAULT_DIFF_POLICY.global_rules, FormUpdatingRule(signing)
    )


def _judged(signature, content: bytes, trusted: list) -> dict:
    try:
        status = _status(signature, trusted)
        certificate = status.signing_cert
        is_whole = status.intact and status.valid and status.docmdp_ok
        is_whole = is_whole and _is_plain(signature, content)
        at = status.signer_reported_dt
        return {
            "state": _state(status, signature, trusted) if is_whole else CHANGED,
            "by": _name(certificate.subject),
            "issuer": _name(certificate.issuer),
            "at": at.isoformat() if at else "",
        }
    except Exception:  # noqa: BLE001 - whatever a stranger's file does
        return {"state": UNREADABLE, "by": "", "issuer": "", "at": ""}


def _state(status, signature, trusted: list) -> str:
    if status.trusted:
        return INTACT
    last_day = status.signing_cert.not_valid_after
    was_trusted = last_day < datetime.now(UTC) and (
        _status(signature, trusted, last_day).trusted
    )
    return LAPSED if was_trusted else UNTRUSTED


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
