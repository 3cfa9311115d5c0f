"""Scans of old agreements: matched, attached, taken off, found by what they say."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agreements.archive import services
from agreements.archive.matching import Candidate, propose
from agreements.models import Agreement
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import texts
from pokmas.documents.models import Document, DocumentText
from tests.agreements.scans import scan_of
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    PartnerFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, pdf_of_words

URL = "/agreements/scans/"


@pytest.fixture
def unit(db):
    return UnitFactory()


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


def archived(unit, number="W.22-PK.01-0001", **said):
    name = said.pop("name", "Yayasan Kasih")
    said.setdefault("partner", PartnerFactory(office=unit, status="active", name=name))
    return AgreementFactory(
        office=unit,
        status="signed",
        is_archived=True,
        scan=None,
        our_number=number,
        **said,
    )


def upload(name, content=None):
    return SimpleUploadedFile(name, content or pdf(), "application/pdf")


def proposed(name, text, *agreements):
    found = propose(Document(name=name), text, [Candidate.of(a) for a in agreements])
    return found.match, found.likely


def test_a_number_in_the_name_of_a_file_says_whose_it_is(unit):
    one, other = archived(unit), archived(unit, "W.22-PK.01-00012")

    sure = proposed("PKS w_22 pk.01-0001.pdf", "", one, other)

    assert (sure[0], sure[1][0]) == ("sure", one)
    assert proposed("W.22-PK.01-00.pdf", "", one, other)[0] == "none"


def test_a_number_and_a_partner_in_the_text_say_it_too(unit):
    one = archived(unit)
    other = archived(unit, "W.22-PK.01-0002", name="Gereja Damai")
    said = "PERJANJIAN KERJA SAMA Nomor: W.22-PK.01-0002 dengan GEREJA DAMAI"

    assert proposed("scan001.pdf", said, one, other) == ("sure", [other])
    assert proposed("scan001.pdf", "lain sekali", one, other) == ("none", [])


def test_what_two_may_be_is_asked(unit):
    one = archived(unit, title="Pelatihan Menjahit")
    other = archived(unit, "W.22-2", title="Pelatihan Las", name="Yayasan Terang")

    match, likely = proposed("pelatihan menjahit.pdf", "", one, other)

    assert (match, likely[0]) == ("unsure", one)


def handed_in(client, *files):
    return client.post(URL, {"scans": files})


def confirmed(client, response, **changes):
    sent = {"confirm": "1"}
    for form in response.context["forms"]:
        for name in ("token", "agreement", "number"):
            sent[form.add_prefix(name)] = form[name].value() or ""
    return client.post(URL, sent | changes)


def test_many_scans_are_matched_and_attached_in_one_go(unit, operator, sign_in):
    one = archived(unit)
    two = archived(unit, "W.22-PK.01-0002", name="Gereja Damai")
    client = sign_in(operator)
    words = pdf_of_words(["Nomor W.22-PK.01-0002 dengan", "Gereja Damai"])

    shown = handed_in(
        client,
        upload("W.22-PK.01-0001.pdf"),
        upload("scan.pdf", words),
        upload("kosong.pdf", b"x"),
    )
    assert "kosong.pdf" in shown.content.decode()
    confirmed(client, shown)
    again = confirmed(client, shown)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.scan.name, two.scan.name) == ("W.22-PK.01-0001.pdf", "scan.pdf")
    assert again.status_code == 302
    entries = Entry.objects.about(one).filter(action="agreement.scan_added")
    assert entries.count() == 1


def test_a_file_is_put_where_its_officer_says(unit, operator, sign_in):
    one, other = archived(unit), archived(unit, "W.22-PK.01-0002")
    client = sign_in(operator)
    shown = handed_in(client, upload("W.22-PK.01-0001.pdf"))
    form = shown.context["forms"][0]

    wrong = confirmed(client, shown, **{form.add_prefix("number"): "tidak ada"})
    confirmed(client, shown, **{form.add_prefix("number"): "w.22-pk.01-0002"})

    one.refresh_from_db()
    other.refresh_from_db()
    assert "Tidak ada kerja sama tanpa pindaian" in wrong.content.decode()
    assert (one.scan, other.scan.name) == (None, "W.22-PK.01-0001.pdf")


def test_one_that_cannot_be_attached_keeps_no_other_back(unit, operator, sign_in):
    one, two = archived(unit), archived(unit, "W.22-PK.01-0002")
    client = sign_in(operator)
    shown = handed_in(
        client,
        upload("W.22-PK.01-0001.pdf"),
        upload("W.22-PK.01-0002.pdf", pdf(2)),
        upload("ganda.pdf", pdf(3)),
    )
    double = shown.context["forms"][2]

    number = double.add_prefix("number")
    response = confirmed(client, shown, **{number: two.our_number})

    assert Agreement.objects.exclude(scan=None).count() == 2
    assert "Pindaian kerja sama ini sudah ada." in response.content.decode()
    assert [form.document.name for form in response.context["forms"]] == ["ganda.pdf"]
    one.refresh_from_db()
    assert one.scan


def test_a_scan_that_is_known_is_named_and_not_taken_twice(unit, operator, sign_in):
    one = archived(unit)
    archived(unit, "W.22-PK.01-0002")
    scan = scan_of(operator)
    services.add_scan(one, by=operator, scan=scan)
    same = upload("W.22-PK.01-0002.pdf", scan.file.read())

    response = handed_in(sign_in(operator), same)

    assert f"sudah menjadi pindaian “{one.title}”" in response.content.decode()
    assert response.context.get("forms") in (None, [])


def test_a_wrong_scan_is_taken_off_with_its_file(unit, operator):
    one = archived(unit)
    services.add_scan(one, by=operator, scan=scan_of(operator))

    services.remove_scan(one, by=operator, reason="Keliru")

    one.refresh_from_db()
    assert (one.scan, Document.objects.count()) == (None, 0)
    services.add_scan(one, by=operator, scan=scan_of(operator))
    with pytest.raises(ValidationError, match="sudah ada"):
        services.add_scan(one, by=operator, scan=scan_of(operator))


def test_a_signed_agreement_of_the_portal_keeps_its_scan(unit, operator):
    agreement = AgreementFactory(office=unit, status="signed")

    with pytest.raises(ValidationError, match="dari arsip"):
        services.remove_scan(agreement, by=operator, reason="Keliru")


def test_scans_of_another_unit_are_no_candidates(unit, sign_in):
    archived(unit)
    stranger = person(Role.UNIT_OPERATOR, UnitFactory())

    response = handed_in(sign_in(stranger), upload("W.22-PK.01-0001.pdf"))

    assert [form.proposal.match for form in response.context["forms"]] == ["none"]


def said(agreement, text):
    texts.keep(agreement.scan, text)


def test_an_agreement_is_found_by_what_its_scan_says(unit, operator, sign_in):
    here = AgreementFactory(office=unit, status="signed", title="Pembinaan")
    elsewhere = AgreementFactory(status="signed", title="Jauh")
    for agreement in (here, elsewhere):
        said(agreement, "pelatihan hidroponik Nomor W22-PK.07-0815 di balai")
    rows = Agreement.objects.visible_to(operator)

    assert list(rows.search("hidroponik")) == [here]
    assert list(rows.search("PK.07-0815")) == [here]
    assert list(rows.search("hidroponik menjahit")) == []
    client = sign_in(operator)
    assert "Pembinaan" in client.get("/agreements/?q=hidroponik").content.decode()
    found = client.get("/search/?q=hidroponik").content.decode()
    assert "Pembinaan" in found
    assert "Jauh" not in found


def test_scans_are_read_in_the_background_once(unit, operator):
    spoken, mute = archived(unit), archived(unit, "W.22-PK.01-0002")
    words = upload("a.pdf", pdf_of_words(["hidroponik"]))
    services.add_scan(
        spoken, by=operator, scan=services.take_in([words], by=operator)[0][0]
    )
    services.add_scan(mute, by=operator, scan=scan_of(operator))

    assert services.read_unread() == 2
    assert services.read_unread() == 0

    rows = Agreement.objects.visible_to(operator)
    assert list(rows.search("hidroponik")) == [spoken]
    assert DocumentText.objects.get(document=mute.scan).text == ""


def test_what_was_read_is_looked_through_again_after_a_day(unit, operator):
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        late = DocumentFactory(uploaded_by=operator)
        settled = scan_of(operator)
    one = archived(unit)
    services.add_scan(one, by=operator, scan=settled)
    services.read_unread()
    Agreement.objects.filter(pk=one.pk).update(scan=late)

    assert late not in services.unread(after=cache.get(services.READ_TO))
    assert late in services.unread()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert cache.get(services.READ_TO, 0) == 0


def test_a_scan_without_text_says_so_on_its_page(unit, operator, sign_in):
    one = archived(unit)
    services.add_scan(one, by=operator, scan=scan_of(operator))
    services.read_unread()

    html = sign_in(operator).get(one.get_absolute_url()).content.decode()

    assert "Tanpa teks" in html
    assert "Arsip, dari daftar lama" in html


def test_too_many_files_are_refused_in_words(unit, operator, sign_in):
    files = [upload(f"{place}.pdf") for place in range(11)]

    html = handed_in(sign_in(operator), *files).content.decode()

    assert "Paling banyak 10 berkas" in html
    assert Document.objects.count() == 0


def test_the_list_shows_what_waits_for_a_scan(unit, operator, sign_in):
    archived(unit, title="Menunggu")
    AgreementFactory(office=unit, status="signed", title="Biasa")

    html = (
        sign_in(operator)
        .get(reverse("agreements:index"), {"archive": "unscanned"})
        .content.decode()
    )

    assert "Menunggu" in html
    assert "Biasa" not in html
