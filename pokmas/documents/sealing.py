"""Our own papers are sealed with the portal's certificate, if it has one: whoever opens
such a PDF reads that it is ours and unaltered, without asking the check page."""

import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

logger = logging.getLogger(__name__)


def sealed(content: bytes) -> tuple[bytes, str]:
    """The PDF with a PAdES seal, and whose it is; as it was, and "", without one.

    A certificate that cannot be used stops no paper: the check page then says nothing
    of a seal, and the log says why.
    """
    if not settings.SEAL_PDF:
        return content, ""
    try:
        return apart(_seal, content)
    except Exception:  # whatever a certificate or its file may be
        logger.exception("The certificate of the portal cannot seal a paper")
        return content, ""


def apart(work: Callable, *args):
    """Do it in a thread of its own: pyHanko begins a loop, and there may be one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work, *args).result()


def _seal(content: bytes) -> tuple[bytes, str]:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    password = settings.SEAL_PDF_PASSWORD.encode() or None
    signer = signers.SimpleSigner.load_pkcs12(settings.SEAL_PDF, passphrase=password)
    if signer is None:
        raise ValueError("cannot be opened")
    output = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)),
        signers.PdfSignatureMetadata(
            field_name="Segel", subfilter=fields.SigSeedSubFilter.PADES
        ),
        signer=signer,
    )
    name = signer.signing_cert.subject.native
    return output.getvalue(), str(name.get("common_name", ""))[:200]
