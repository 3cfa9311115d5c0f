"""Electronic signatures of a PDF are read as what they are."""

import io
import random
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from pokmas.documents import certificates, sealing, services
from pokmas.documents.sealing import apart
from tests.factories import UserFactory
from tests.pokmas.documents import corpus


class Authority:
    """A certificate authority of the test, and a person with its certificate."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = _certificate("CA Uji", self.key, "CA Uji", self.key)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def packed(self, by: str) -> bytes:
        """A key of somebody with its certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(by, key, "CA Uji", self.key)
        return pkcs12.serialize_key_and_certificates(
            b"uji", key, certificate, None, serialization.NoEncryption()
        )

    def signed(self, content: bytes, by="Kepala Uji", field="TTE") -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers

        signer = signers.SimpleSigner.load_pkcs12_data(self.packed(by), [])
        named = signers.PdfSignatureMetadata(field_name=field)
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        return apart(partial(signers.sign_pdf, signer=signer), writer, named).getvalue()


def _certificate(subject, key, issuer, issuer_key):
    is_authority = subject == issuer
    now = datetime.now(UTC)
    usage = {
        "digital_signature": not is_authority,
        "content_commitment": not is_authority,
        "key_cert_sign": is_authority,
        "crl_sign": is_authority,
    }
    others = ("key_encipherment", "data_encipherment", "key_agreement")
    usage |= dict.fromkeys((*others, "encipher_only", "decipher_only"), False)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3650))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(is_authority, None), True)
        .add_extension(x509.KeyUsage(**usage), True)
        .sign(issuer_key, hashes.SHA256())
    )


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def signed(authority):
    return authority.signed(corpus.pdf())


def states(content, folder, pem=b""):
    """As the confined process finds them; none where it cannot read the file."""
    path = folder / "upload"
    path.write_bytes(content)
    if pem:
        (folder / certificates.ROOTS).write_bytes(pem)
    try:
        found = apart(certificates.examine, path, folder)["certificates"]
    except Exception:  # noqa: BLE001 - the process would say that it is broken
        return []
    return [each["state"] for each in found]


@pytest.mark.django_db
def test_an_upload_says_who_signed_it_and_who_vouches_for_him(
    authority, signed, settings, tmp_path
):
    roots = tmp_path / "roots.pem"
    roots.write_bytes(authority.pem)
    settings.TRUSTED_CERTIFICATES = str(roots)
    upload = SimpleUploadedFile("pks.pdf", signed, "application/pdf")

    document = services.store(upload, by=UserFactory())

    html = render_to_string("components/_certificates.html", {"document": document})
    assert "oleh Kepala Uji (penerbit CA Uji): utuh." in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (None, "Tanpa tanda tangan elektronik."),
        (corpus.with_signature, "tidak dapat diperiksa"),
    ],
)
def test_a_drawn_or_made_up_signature_is_never_shown_as_certified(change, words):
    upload = SimpleUploadedFile("a.pdf", corpus.pdf(change=change), "application/pdf")

    document = services.store(upload, by=UserFactory())

    html = render_to_string("components/_certificates.html", {"document": document})
    assert words in html
    assert "utuh" not in html


def test_without_trusted_roots_nobody_is_trusted(signed, tmp_path):
    assert states(signed, tmp_path) == ["untrusted"]


def test_one_changed_byte_is_a_changed_paper(authority, signed, tmp_path):
    place = signed.index(b"MediaBox") + len("MediaBox [ 0.0 0.0 ")
    digit = b"1" if signed[place : place + 1] != b"1" else b"2"
    changed = signed[:place] + digit + signed[place + 1 :]

    assert states(changed, tmp_path, authority.pem) == ["changed"]


def test_what_was_added_after_the_signature_is_a_change(authority, signed, tmp_path):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(signed)), incremental=True)
    writer.add_blank_page(100, 100)
    output = io.BytesIO()
    writer.write(output)

    assert states(output.getvalue(), tmp_path, authority.pem) != ["intact"]


def test_no_flipped_byte_is_reported_as_intact(authority, signed, tmp_path):
    drawn = random.Random(7)
    found = []
    for _time in range(25):
        place = drawn.randrange(len(signed))
        flipped = bytearray(signed)
        flipped[place] ^= 1 << drawn.randrange(8)
        found += states(bytes(flipped), tmp_path, authority.pem)

    assert set(found) <= {"changed", "unreadable"}
    assert "changed" in found


def test_two_who_signed_one_after_the_other_are_both_intact(
    authority, signed, tmp_path
):
    both = authority.signed(signed, by="Mitra Uji", field="TTE2")

    assert states(both, tmp_path, authority.pem) == ["intact", "intact"]


def test_our_own_papers_are_sealed_if_the_portal_has_a_certificate(
    authority, settings, tmp_path
):
    packed = tmp_path / "seal.p12"
    packed.write_bytes(authority.packed("Portal Uji"))
    paper = corpus.pdf()
    assert sealing.sealed(paper) == (paper, "")
    settings.SEAL_PDF = str(packed)

    content, by = sealing.sealed(paper)

    assert by == "Portal Uji"
    assert states(content, tmp_path, authority.pem) == ["intact"]


def test_a_certificate_that_cannot_be_used_stops_no_paper(settings, tmp_path):
    settings.SEAL_PDF = str(tmp_path / "nowhere.p12")

    assert sealing.sealed(b"%PDF-1.7") == (b"%PDF-1.7", "")
