"""Electronic signatures of a PDF are read as what they are."""

import io
import random
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

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

    def issued(self, by: str, key, **limits):
        return _certificate(by, key, "CA Uji", self.key, **limits)

    def packed(self, by: str, **limits) -> bytes:
        """A key of somebody with its certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.issued(by, key, **limits)
        return pkcs12.serialize_key_and_certificates(
            b"uji", key, certificate, None, serialization.NoEncryption()
        )

    def signed(
        self, content: bytes, by="Kepala Uji", field="TTE", stamper=None, **limits
    ) -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers

        signer = signers.SimpleSigner.load_pkcs12_data(self.packed(by, **limits), [])
        named = signers.PdfSignatureMetadata(field_name=field)
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        if writer.prev.encrypted:
            writer.encrypt(b"")
        sign = partial(signers.sign_pdf, signer=signer, timestamper=stamper)
        return apart(sign, writer, named).getvalue()

    def stamper(self):
        """Who says at what time something was there."""
        from asn1crypto import keys as asn1
        from asn1crypto import x509 as certificates
        from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

        key = rsa.generate_private_key(65537, 2048)
        certificate = self.issued("Waktu Uji", key, stamps=True)
        der = serialization.Encoding.DER
        secret = key.private_bytes(
            der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return DummyTimeStamper(
            certificates.Certificate.load(certificate.public_bytes(der)),
            asn1.PrivateKeyInfo.load(secret),
        )


def _certificate(subject, key, issuer, issuer_key, until=3650, stamps=False):
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
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3650))
        .not_valid_after(now + timedelta(days=until))
        .add_extension(x509.BasicConstraints(is_authority, None), True)
        .add_extension(x509.KeyUsage(**usage), True)
    )
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(purpose, True)
    return made.sign(issuer_key, hashes.SHA256())


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
def test_a_lapsed_certificate_is_not_called_an_unknown_issuer(
    authority, settings, tmp_path
):
    roots = tmp_path / "roots.pem"
    roots.write_bytes(authority.pem)
    settings.TRUSTED_CERTIFICATES = str(roots)
    content = authority.signed(corpus.pdf(), until=-1)
    upload = SimpleUploadedFile("pks.pdf", content, "application/pdf")

    document = services.store(upload, by=UserFactory())

    html = render_to_string("components/_certificates.html", {"document": document})
    assert "masa berlaku sertifikatnya sudah lewat" in html
    assert "tone-good" not in html


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


def with_form(writer):
    """A field of text to be filled in."""
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): ArrayObject(map(NumberObject, (50, 50, 250, 80))),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 g"),
            NameObject("/T"): TextStringObject("nama"),
        }
    )
    kept = writer._add_object(field)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([kept])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([kept])}
    )


def filled(writer):
    writer.update_page_form_field_values(writer.pages[0], {"nama": "Lain"})


def annotated(writer):
    writer.add_annotation(0, FreeText(text="Batal", rect=(50, 400, 300, 430)))


def extended(writer):
    writer.add_blank_page(100, 100)


def written_over(writer):
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 595 842 re f")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


@pytest.mark.parametrize("change", [filled, annotated, extended, written_over])
def test_what_was_added_after_the_signature_is_a_change(authority, tmp_path, change):
    signed = authority.signed(corpus.pdf(change=with_form))
    assert states(signed, tmp_path, authority.pem) == ["intact"]
    writer = PdfWriter(PdfReader(io.BytesIO(signed)), incremental=True)
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    content = output.getvalue()
    assert content.startswith(signed)

    assert states(content, tmp_path, authority.pem) == ["changed"]


def test_of_a_hundred_flipped_bytes_none_is_reported_as_intact(
    authority, signed, tmp_path
):
    drawn = random.Random(7)
    found = []
    for _time in range(100):
        place = drawn.randrange(len(signed))
        flipped = bytearray(signed)
        flipped[place] ^= 1 << drawn.randrange(8)
        found.append(states(bytes(flipped), tmp_path, authority.pem) or ["unreadable"])

    assert {state for each in found for state in each} <= {"changed", "unreadable"}
    assert ["changed"] in found


def test_who_is_trusted_is_the_issuer_of_the_roots_alone(signed, tmp_path):
    assert states(signed, tmp_path, Authority().pem) == ["untrusted"]


def test_a_signature_with_the_time_of_a_witness_is_intact(authority, tmp_path):
    stamped = authority.signed(corpus.pdf(), stamper=authority.stamper())

    assert states(stamped, tmp_path, authority.pem) == ["intact"]


def test_a_signed_paper_that_is_locked_against_editing_is_read(authority, tmp_path):
    signed = authority.signed(corpus.owner_locked())

    assert states(signed, tmp_path, authority.pem) == ["intact"]


@pytest.mark.django_db
def test_a_signed_paper_that_asks_for_a_password_is_refused(authority):
    locked = corpus.pdf(password="rahasia", change=corpus.with_signature)
    upload = SimpleUploadedFile("pks.pdf", locked, "application/pdf")

    with pytest.raises(ValidationError, match="kata sandi"):
        services.store(upload, by=UserFactory())


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
