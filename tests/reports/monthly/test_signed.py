"""A report signed elsewhere comes back: recognised, and kept beside the issued one."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document, SignedCopy
from reports.figures.periods import Kind
from reports.models import Report
from reports.monthly import services
from tests.factories import RegionFactory, ReportFactory, UnitFactory, person
from tests.pokmas.documents import corpus
from tests.pokmas.documents.test_certificates import Authority, annotated
from tests.racing import in_threads

pytestmark = pytest.mark.django_db
Status = Report.Status
SCAN = corpus.pdf_of_words("Pindaian tanpa kode")


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.fixture
def authority(settings, tmp_path):
    """One whom the portal trusts."""
    authority, roots = Authority(), tmp_path / "roots.pem"
    roots.write_bytes(authority.pem)
    settings.TRUSTED_CERTIFICATES = str(roots)
    return authority


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR, UnitFactory(name="Bapas Kelas II Kupang"))


@pytest.fixture
def report(operator):
    return handed_in(operator.acting.office)


def handed_in(office, pages=1, status=Status.SUBMITTED, **fields) -> Report:
    """With a PDF that was made."""
    report = ReportFactory(office=office, **{"month": date(2026, 10, 1)} | fields)
    return next_version(report, pages, status)


def next_version(report, pages, status=Status.SUBMITTED):
    issued = documents.issue(
        kind="reports.monthly",
        office=report.office,
        owner=report,
        title="Laporan kinerja bulanan",
        holder=report.office.name,
        version=report.version + 1,
    )
    if report.issued:
        documents.replace(report.issued)
    documents.seal(issued, corpus.pdf(pages=pages), pages)
    if status == Status.ACCEPTED:
        documents.approve(issued)
    Report.objects.filter(pk=report.pk).update(
        issued=issued, version=issued.version, status=status
    )
    return Report.objects.get(pk=report.pk)


def original(report) -> bytes:
    with report.issued.file.open() as file:
        return file.read()


def send(client, report, content, **more):
    data = {"file": corpus.upload("laporan.pdf", content), "revision": report.revision}
    address = reverse("reports:keep_signed", args=[report.pk])
    return client.post(address, data | more)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def kept(report, content, by, certified=False):
    file = documents.store(corpus.upload("laporan.pdf", content), by=by)
    return services.keep_signed(report, by=by, file=file, certified=certified)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ACCEPTED])
def test_a_report_signed_by_certificate_is_kept_beside_the_one_that_was_issued(
    sign_in, client, authority, operator, status
):
    report = handed_in(operator.acting.office, status=status)
    signed = authority.signed(original(report))
    before = original(report)

    assert send(sign_in(operator), report, signed).status_code == 302

    copy = SignedCopy.objects.of(report).get()
    assert (copy.issued, copy.is_certified) == (report.issued, True)
    assert copy.document.owner == report
    assert original(report) == before
    entry = Entry.objects.about(report).get(action="report.signed_kept")
    assert (entry.actor, entry.details["certified"]) == (operator, True)
    shown = words(client.get(report.get_absolute_url()))
    assert "Salinan bertanda tangan" in shown
    assert "oleh Kepala Uji (penerbit CA Uji): utuh." in shown


@pytest.mark.parametrize(
    "kind", [Kind.MONTHLY, Kind.QUARTERLY, Kind.SEMESTER, Kind.YEARLY]
)
def test_so_is_one_of_every_period_and_the_recapitulation_of_a_kanwil(authority, kind):
    month = date(2025, 1, 1)
    for office, role in [
        (UnitFactory(), Role.UNIT_OPERATOR),
        (RegionFactory(), Role.REGIONAL_ADMIN),
    ]:
        by = person(role, office)
        report = handed_in(office, kind=kind, month=month)

        kept(report, authority.signed(original(report)), by, certified=True)

        assert SignedCopy.objects.of(report).get().tone == "good"


def test_a_certificate_that_nobody_vouches_for_is_taken_and_said_to_be_that(
    sign_in, client, report, operator
):
    send(sign_in(operator), report, Authority().signed(original(report)))

    copy = SignedCopy.objects.of(report).get()
    assert (copy.is_certified, copy.tone) == (True, "warn")
    assert "penerbitnya tidak dipercaya" in words(client.get(report.get_absolute_url()))
    public = words(client.get(report.issued.get_check_url(), follow=True))
    assert "penerbit sertifikatnya tidak dipercaya portal ini" in public


def test_the_seal_of_the_portal_is_no_signature_of_the_head(
    sign_in, report, operator, authority, settings, tmp_path
):
    (tmp_path / "seal.p12").write_bytes(authority.packed("Portal Uji"))
    sealed = authority.signed(corpus.pdf(pages=3), by="Portal Uji", field="Segel")
    issued = documents.issue(
        kind="reports.monthly",
        office=report.office,
        owner=report,
        title="Laporan",
        holder="Unit",
        version=2,
    )
    documents.seal(issued, sealed, 3, certified_by="Portal Uji")
    Report.objects.filter(pk=report.pk).update(issued=issued)
    report = Report.objects.get(pk=report.pk)
    client = sign_in(operator)

    refused = words(send(client, report, sealed))
    assert "masih berkas aslinya: belum ada yang menandatangani" in refused
    send(client, report, Authority().signed(sealed))

    copy = SignedCopy.objects.of(report).get()
    assert (copy.is_certified, copy.state) == (True, "untrusted")


def test_a_scan_is_asked_about_with_its_code_and_never_shown_as_certified(
    sign_in, client, report, operator
):
    asked = send(sign_in(operator), report, SCAN)
    assert asked.status_code == 200
    assert "disimpan sebagai pindaian" in words(asked)
    assert report.issued.code in words(asked)
    assert not SignedCopy.objects.exists()

    form = asked.context["form"]
    token = asked.context["form"]["file"].field.widget.get_context(
        "file", form["file"].value(), {}
    )["kept"][0][0]
    again = {"revision": report.revision, "sure": form["sure"].value()}
    address = reverse("reports:keep_signed", args=[report.pk])
    assert client.post(address, again | {"file_kept": token}).status_code == 302

    copy = SignedCopy.objects.of(report).get()
    assert (copy.is_certified, copy.document.is_signed) == (False, False)
    page = words(client.get(report.get_absolute_url()))
    public = words(client.get(report.issued.get_check_url(), follow=True))
    for shown in (page, public):
        assert "Pindaian naskah bertanda tangan basah, tanpa tanda tangan" in shown
        assert "Bertanda tangan elektronik" not in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (original, "masih berkas aslinya"),
        (
            lambda report: Authority().signed(corpus.pdf(pages=7)),
            "bukan PDF terbitan portal ini apa adanya",
        ),
        (
            lambda report: annotated_after(Authority().signed(original(report))),
            "berubah sesudah ditandatangani",
        ),
        (
            lambda report: corpus.pdf_of_words(f"Kode {other_report().issued.code}"),
            "milik dokumen lain",
        ),
        (
            lambda report: Authority().signed(original(other_report())),
            "adalah dokumen lain: Laporan kinerja bulanan, versi 1",
        ),
        (lambda report: corpus.jpeg()[:40], "rusak"),
    ],
)
def test_what_is_not_this_report_as_it_was_signed_is_refused_in_words(
    sign_in, report, operator, content, said
):
    answer = send(sign_in(operator), report, content(report))

    assert answer.status_code == 200
    assert said in words(answer)
    assert not SignedCopy.objects.exists()


def other_report():
    return handed_in(UnitFactory(), pages=5)


def annotated_after(content: bytes) -> bytes:
    import io

    from pypdf import PdfWriter

    writer, output = PdfWriter(io.BytesIO(content), incremental=True), io.BytesIO()
    annotated(writer)
    writer.write(output)
    return output.getvalue()


def test_a_copy_of_a_version_that_was_replaced_is_refused_and_an_older_one_stays_shown(
    sign_in, client, authority, report, operator
):
    first = authority.signed(original(report))
    kept(report, first, operator, certified=True)
    report = next_version(report, pages=2)

    answer = send(sign_in(operator), report, authority.signed(corpus.pdf(), by="Plh"))

    assert "versi 1" in words(answer)
    assert SignedCopy.objects.of(report).get().issued.version == 1
    shown = words(client.get(report.get_absolute_url()))
    assert "Dari versi 1, yang sudah digantikan." in shown


def test_the_same_file_is_kept_once_and_another_one_beside_it(
    sign_in, authority, report, operator
):
    signed, client = authority.signed(original(report)), sign_in(operator)

    send(client, report, signed)
    twice = send(client, report, signed)
    send(client, report, authority.signed(signed, by="Kepala Kanwil", field="Kedua"))

    assert "Berkas yang sama sudah disimpan di sini." in words(twice)
    assert SignedCopy.objects.of(report).count() == 2


@pytest.mark.parametrize("status", [Status.OPEN, Status.DRAFTING, Status.RETURNED])
def test_before_it_is_handed_in_none_is_kept(report, operator, status):
    Report.objects.filter(pk=report.pk).update(status=status, reason="Lengkapi")

    with pytest.raises(ValidationError):
        kept(report, SCAN, operator)


@pytest.mark.parametrize(
    ("role", "place", "answer"),
    [
        (Role.UNIT_OPERATOR, "unit", 200),
        (Role.UNIT_HEAD, "unit", 200),
        (Role.AMBASSADOR, "unit", 403),
        (Role.REGIONAL_ADMIN, "region", 302),
        (Role.REGIONAL_REVIEWER, "region", 403),
        (Role.HEADQUARTERS, "top", 403),
        (Role.UNIT_OPERATOR, "neighbour", 404),
        (Role.UNIT_OPERATOR, "elsewhere", 404),
        (Role.REGIONAL_ADMIN, "other region", 404),
        (Role.PARTNER, "unit", 403),
    ],
)
def test_whoever_hands_it_in_keeps_it_and_nobody_else(
    sign_in, report, role, place, answer
):
    unit = report.office
    office = {
        "unit": unit,
        "region": unit.region,
        "top": unit.region.parent,
        "neighbour": UnitFactory(parent=unit.parent),
        "elsewhere": UnitFactory(),
        "other region": RegionFactory(),
    }[place]

    address = reverse("reports:keep_signed", args=[report.pk])

    client = sign_in(person(role, office))

    assert client.get(address).status_code == answer
    if answer != 200:
        send(client, report, Authority().signed(original(report)))
        assert not SignedCopy.objects.exists()


def test_whoever_sees_the_report_may_read_the_copy_and_no_stranger(
    sign_in, report, operator
):
    kept(report, SCAN, operator)
    file = SignedCopy.objects.of(report).get().document.get_absolute_url()
    unit = report.office

    for role, office in [
        (Role.UNIT_HEAD, unit),
        (Role.REGIONAL_ADMIN, unit.region),
        (Role.HEADQUARTERS, unit.region.parent),
    ]:
        assert sign_in(person(role, office)).get(file).status_code == 200
    for role, office in [
        (Role.UNIT_OPERATOR, UnitFactory(parent=unit.parent)),
        (Role.REGIONAL_ADMIN, RegionFactory()),
        (Role.PARTNER, unit),
    ]:
        assert sign_in(person(role, office)).get(file).status_code == 404


def test_anybody_is_told_that_a_signed_copy_exists_and_which_file_it_is(
    client, authority, operator
):
    report = handed_in(operator.acting.office, status=Status.ACCEPTED)
    signed = authority.signed(original(report))
    address = reverse("documents:check")
    foreign = words(client.post(address, {"file": corpus.upload("a.pdf", signed)}))
    assert "Berkas ini tidak dikenal" in foreign

    kept(report, signed, operator, certified=True)
    kept(report, SCAN, operator)

    page = words(client.get(report.issued.get_check_url(), follow=True))
    assert "Diterima unit penerbit 21 November 2026. Bertanda tangan elek" in page
    found = words(client.post(address, {"file": corpus.upload("a.pdf", signed)}))
    assert "Salinan bertanda tangan yang disimpan unit penerbit" in found
    assert "Bertanda tangan elektronik, utuh." in found
    assert "alert-success" in found
    found = words(client.post(address, {"file": corpus.upload("a.pdf", SCAN)}))
    assert "Pindaian naskah bertanda tangan basah" in found
    assert "alert-warning" in found


def test_a_copy_that_carried_malware_is_not_spoken_of(client, operator):
    report = handed_in(operator.acting.office, status=Status.ACCEPTED)
    kept(report, SCAN, operator)
    Document.objects.update(scan=Document.Scan.INFECTED, file="")

    page = words(client.get(report.issued.get_check_url(), follow=True))

    assert "Salinan bertanda tangan" not in page


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_keep_the_same_file_at_once_one_does():
    by = person(Role.UNIT_OPERATOR, UnitFactory())
    report = handed_in(by.acting.office)
    files = [
        documents.store(corpus.upload("laporan.pdf", SCAN), by=by)
        for _time in range(20)
    ]

    def keep(number):
        mine = Report.objects.get(pk=report.pk)
        person_of_it = type(by).objects.get(pk=by.pk)
        return services.keep_signed(
            mine, by=person_of_it, file=files[number], certified=False
        )

    answers = in_threads(keep, 20)

    assert len([each for each in answers if each]) == 1
    assert SignedCopy.objects.of(report).count() == 1
