"""Numbers of agreements, SRIKANDI, and days on which several are signed."""

import io
from datetime import UTC, date, datetime, timedelta

import docx
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import SigningDay
from agreements.signing import numbers, services
from agreements.texts.articles import Line, Text
from agreements.texts.composing import composed
from pokmas.accounts.roles import Role
from pokmas.audit.services import timeline
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.numbering.models import (
    Classification,
    Number,
    NumberTemplate,
    OfficeCode,
)
from pokmas.papers.kinds import PAPERS
from tests.agreements.texts.factories import TextVersionFactory
from tests.factories import AgreementFactory, DocumentFactory, UnitFactory, person
from tests.pokmas.documents.corpus import pdf_of_words as pdf
from tests.pokmas.papers.reading import squeezed, text_of_word

pytestmark = pytest.mark.django_db
DAY, MONTH_END = date(2026, 1, 10), date(2026, 3, 31)


@pytest.fixture
def unit():
    unit = UnitFactory()
    OfficeCode.objects.create(office=unit.region, code="22")
    OfficeCode.objects.create(office=unit, code="3")
    return unit


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


def ready(unit, **more):
    return AgreementFactory(office=unit, status="ready_to_sign", **more)


def answers(by, **more):
    return {
        "signed_on": DAY,
        "signed_at_place": "Piru",
        "scan": DocumentFactory(uploaded_by=by),
        **more,
    }


def upload(text="pks"):
    return SimpleUploadedFile("pks.pdf", pdf(text), "application/pdf")


def texts(agreement):
    rows = Number.objects.of(agreement).order_by("pk")
    return [(row.text, row.is_cancelled) for row in rows]


def numbered(place):
    return f"WP.22.PAS.3-HK.01.05-{place:04d} TAHUN 2026"


def test_a_number_is_given_and_signing_keeps_it(unit, operator):
    agreement = ready(unit)
    services.number(agreement, by=operator, dated=DAY)

    services.sign(agreement, by=operator, **answers(operator))

    agreement.refresh_from_db()
    assert (agreement.status, agreement.our_number) == ("signed", numbered(1))
    assert texts(agreement) == [(numbered(1), False)]


def test_signing_without_a_number_takes_the_next(unit, operator):
    agreement = ready(unit)

    services.sign(agreement, by=operator, **answers(operator))

    assert agreement.our_number == numbered(1)


def test_another_number_typed_at_the_signing_goes_into_the_book_too(unit, operator):
    agreement = ready(unit)
    services.number(agreement, by=operator, dated=DAY)

    services.sign(agreement, by=operator, **answers(operator, our_number="W-7"))

    assert texts(agreement) == [(numbered(1), True), ("W-7", False)]


def test_a_number_is_changed_with_a_reason_and_the_old_one_stays(unit, operator):
    agreement = ready(unit)
    services.number(agreement, by=operator, dated=DAY)

    said = {"by": operator, "dated": DAY, "reason": "Salah"}
    services.renumber(agreement, our_number="W-8", **said)

    assert texts(agreement) == [(numbered(1), True), ("W-8", False)]
    told = [(each.phrase, each.reason) for each in timeline(agreement, operator)]
    assert ("Mengganti nomor kerja sama", "Salah") in told
    with pytest.raises(ValidationError, match="cukup sekali"):
        services.number(agreement, by=operator, dated=DAY)


def test_no_number_is_of_a_day_to_come_or_of_another_year(sign_in, unit, operator):
    agreement = ready(unit)
    url = reverse("agreements:number", args=[agreement.pk])
    client = sign_in(operator)
    ahead = f"{unit.today + timedelta(days=1):%d-%m-%Y}"

    late = client.post(url, {"dated": ahead})
    wrong = client.post(url, {"dated": "10-01-2026", "other_number": "W-1 TAHUN 2025"})

    assert "masa depan" in str(late.context["form"].errors["dated"])
    assert "tahun 2025" in str(wrong.context["form"].errors["other_number"])
    assert not Number.objects.exists()


def test_another_number_brings_its_own_day_and_counts_in_the_sequence(
    sign_in, unit, operator
):
    agreement, other = ready(unit), ready(unit)
    code = Classification.objects.get(code="HK.01.05")
    services.number(agreement, by=operator, dated=DAY, classification=code)
    page = reverse("agreements:renumber", args=[agreement.pk])
    client = sign_in(operator)
    asked = client.get(page).context["form"]
    typed = {"our_number": numbered(2), "reason": "Salah", "classification": code.pk}

    assert numbered(2) in str(asked.fields["our_number"].help_text)
    assert asked["classification"].value() == code.pk
    refused = client.post(page, typed | {"dated": "31-12-2025"})
    assert "tahun 2026" in str(refused.context["form"].errors["our_number"])
    assert client.post(page, typed | {"dated": "10-01-2026"}).status_code == 302

    given = numbers.number_of(agreement)
    assert (given.text, given.dated, given.classification) == (numbered(2), DAY, code)
    services.number(other, by=operator, dated=DAY)
    assert other.our_number == numbered(3)

    agreement.refresh_from_db()
    said = {"by": operator, "reason": "Salah"}
    services.renumber(agreement, dated=date(2026, 1, 9), our_number=numbered(2), **said)
    assert numbers.number_of(agreement).dated == date(2026, 1, 9)
    services.renumber(agreement, dated=DAY, **said)
    assert agreement.our_number == numbered(4)


def test_its_own_number_is_never_used_already(sign_in, unit, operator):
    agreement = ready(unit)
    services.number(agreement, by=operator, dated=date(2025, 12, 31))
    services.sign(agreement, by=operator, **answers(operator))
    agreement.refresh_from_db()
    assert agreement.number_year == 2025

    response = sign_in(person(Role.UNIT_HEAD, unit)).post(
        reverse("agreements:rectify", args=[agreement.pk]),
        {
            "our_number": agreement.our_number,
            "signed_on": "10-01-2026",
            "signed_at_place": "Masohi",
            "reason": "Tempatnya salah",
        },
    )

    assert response.status_code == 302
    agreement.refresh_from_db()
    assert (agreement.signed_at_place, agreement.number_year) == ("Masohi", 2025)


def test_a_ceremony_to_come_is_numbered_today(unit, operator):
    soon = ready(unit)
    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC), tick=False):
        services.number_all(
            planned(unit, operator, soon, held_on=MONTH_END), by=operator
        )
        next_year = planned(unit, operator, ready(unit), held_on=date(2027, 1, 4))
        _given, left = services.number_all(next_year, by=operator)

    assert numbers.number_of(soon).dated == date(2026, 3, 2)
    assert "tahun 2027" in left[0].words


def test_srikandi_gives_number_and_paper_once(sign_in, unit, operator):
    NumberTemplate.objects.create(
        office=unit, kind="agreement", source="srikandi", valid_from=DAY
    )
    agreement, file = ready(unit), DocumentFactory(uploaded_by=operator)
    with pytest.raises(ValidationError, match="SRIKANDI"):
        services.number(agreement, by=operator, dated=DAY)

    page = sign_in(operator).get(reverse("agreements:srikandi", args=[agreement.pk]))
    assert "belum dibuat di portal" in page.text

    back = {"our_number": "WP.22-9", "dated": DAY, "file": file}
    assert "tercatat" in services.bring_back(agreement, by=operator, **back)
    with pytest.raises(ValidationError, match="cukup sekali"):
        services.bring_back(agreement, by=operator, **back)

    services.sign(agreement, by=operator, **answers(operator) | {"scan": None})
    assert (agreement.scan, agreement.our_number) == (file, "WP.22-9")
    assert numbers.number_of(agreement).source == "srikandi"


@pytest.mark.parametrize(
    ("certificates", "words"),
    [
        ([], "tidak bertanda tangan elektronik"),
        ([{"state": "changed"}], "berubah sesudah ditandatangani"),
    ],
)
def test_a_paper_from_srikandi_that_is_not_as_signed_is_taken_and_remarked(
    unit, operator, certificates, words
):
    NumberTemplate.objects.create(
        office=unit, kind="agreement", source="srikandi", valid_from=DAY
    )
    agreement = ready(unit)
    file = DocumentFactory(uploaded_by=operator, certificates=certificates)

    said = services.bring_back(
        agreement, by=operator, our_number="WP.22-9", dated=DAY, file=file
    )

    assert words in said
    assert agreement.our_number == "WP.22-9"


def test_a_number_of_the_book_is_said_before_saving(sign_in, unit, operator):
    services.number(ready(unit, title="PKS lain"), by=operator, dated=DAY)
    url = reverse("agreements:sign", args=[ready(unit).pk])

    answers = {"our_number": numbered(1), "signed_on": "10-01-2026"}

    response = sign_in(operator).post(url, answers)

    assert "PKS lain" in str(response.context["form"].errors["our_number"])


def test_a_number_of_an_agreement_outside_the_book_is_named(unit, operator):
    old = ready(unit, title="PKS arsip", our_number="W-22-0058", number_year=2026)

    with pytest.raises(ValidationError, match="PKS arsip"):
        services.number(ready(unit), by=operator, dated=DAY, other_number="w-22-58")
    assert not Number.objects.of(old).exists()


def test_a_known_scan_is_asked_about(sign_in, unit, operator):
    client = sign_in(operator)
    content = pdf("sama")

    def send(agreement, **more):
        fields = {
            "signed_on": "10-01-2026",
            "signed_at_place": "Piru",
            "scan": SimpleUploadedFile("pks.pdf", content, "application/pdf"),
        }
        url = reverse("agreements:sign", args=[agreement.pk])
        return client.post(url, fields | more)

    assert send(ready(unit, title="Yang pertama")).status_code == 302
    other = ready(unit)

    refused = send(other)

    assert "Yang pertama" in str(refused.context["form"].errors["is_same_scan"])
    assert send(other, is_same_scan="on").status_code == 302


def test_a_partner_suspended_meanwhile_refuses(unit, operator):
    agreement = ready(unit, partner__status="suspended", partner__office=unit)

    with pytest.raises(ValidationError, match="mitra"):
        services.sign(agreement, by=operator, **answers(operator))


def test_a_ceremony_of_one_nota_and_four_pks(sign_in, unit, operator):
    nota = ready(unit, kind="mou", title="Nota Kesepahaman")
    pks = [ready(unit, title=f"PKS {place}") for place in range(1, 5)]
    client = sign_in(operator)

    response = client.post(
        reverse("agreements:plan_signing_day"),
        {
            "held_on": "10-01-2026",
            "place": "Piru",
            "agreements": [row.pk for row in [*pks, nota]],
        },
    )

    day = SigningDay.objects.get()
    assert (response.status_code, response.url) == (302, day.get_absolute_url())
    assert [row.our_number for row in day.naskah] == [numbered(n) for n in range(1, 6)]
    assert day.naskah[0] == nota

    fields = {f"a{row.pk}-partner_number": f"M-{row.pk}" for row in [nota, *pks]}
    for row in [nota, *pks[:3]]:
        fields[f"a{row.pk}-scan"] = upload(row.title)
    response = client.post(day.get_absolute_url(), fields)

    assert response.status_code == 200
    assert [row.status for row in day.naskah] == [*["signed"] * 4, "ready_to_sign"]
    assert response.text.count("1 naskah belum tersimpan") == 1

    last = {f"a{pks[3].pk}-scan": upload("terakhir"), "only": pks[3].pk}
    assert client.post(day.get_absolute_url(), last).status_code == 302
    assert {row.status for row in day.naskah} == {"signed"}
    pks[0].refresh_from_db()
    assert (pks[0].partner_number, pks[0].signed_at_place) == (f"M-{pks[0].pk}", "Piru")


def planned(unit, by, *agreements, held_on=DAY):
    day = SigningDay(office=unit, held_on=held_on, place="Piru")
    return services.plan_day(day, list(agreements), by=by)


def test_an_agreement_is_on_one_day_that_is_still_to_come(sign_in, unit, operator):
    agreement, ahead = ready(unit), unit.today + timedelta(days=3)
    over = planned(unit, operator, agreement)
    coming = planned(unit, operator, agreement, held_on=ahead)
    assert [over.agreements.count(), coming.agreements.count()] == [0, 1]

    with pytest.raises(ValidationError, match=f"{agreement.title}.*Keluarkan dahulu"):
        planned(unit, operator, agreement, held_on=ahead)
    page = sign_in(operator).post(
        reverse("agreements:plan_signing_day"),
        {"held_on": "10-01-2026", "place": "Piru", "agreements": [agreement.pk]},
    )
    assert "sudah ada pada hari" in str(page.context["form"].errors["agreements"])
    assert SigningDay.objects.filter(agreements=agreement).get() == coming


def test_a_day_is_changed_until_something_of_it_is_signed(sign_in, unit, operator):
    stays, goes, comes = ready(unit), ready(unit), ready(unit)
    day = planned(unit, operator, stays, goes)
    url = reverse("agreements:change_signing_day", args=[day.pk])
    client = sign_in(operator)
    said = {
        "held_on": "10-01-2026",
        "place": "Masohi",
        "agreements": [stays.pk, comes.pk],
        "revision": day.revision,
    }

    assert client.post(url, said).status_code == 302
    day.refresh_from_db()
    assert (day.place, {*day.agreements.all()}) == ("Masohi", {stays, comes})
    assert "sudah mengubah data ini" in client.post(url, said).text

    services.sign(stays, by=operator, **answers(operator))
    with pytest.raises(ValidationError, match="sudah ditandatangani"):
        services.call_off_day(day, by=operator, reason="Batal")
    assert client.get(url).url == day.get_absolute_url()


def test_a_day_that_is_called_off_lets_its_agreements_go(sign_in, unit, operator):
    agreement = ready(unit)
    day = planned(unit, operator, agreement, held_on=unit.today)
    client = sign_in(operator)
    url = reverse("agreements:call_off_signing_day", args=[day.pk])

    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "Bupati berhalangan"}).status_code == 302

    assert "Bupati berhalangan" in client.get(day.get_absolute_url()).text
    again = planned(unit, operator, agreement, held_on=unit.today)
    assert [*again.agreements.all()] == [agreement]


def test_none_is_numbered_for_a_day_after_its_first(sign_in, unit, operator):
    late, early = ready(unit, starts_on=DAY), ready(unit, starts_on=date(2026, 1, 9))
    asked = {
        "held_on": "10-01-2026",
        "place": "Piru",
        "agreements": [late.pk, early.pk],
    }

    page = sign_in(operator).post(reverse("agreements:plan_signing_day"), asked)

    said = str(page.context["form"].errors["agreements"])
    assert (early.title in said, late.title in said) == (True, False)
    assert not Number.objects.exists()


def test_from_a_nota_it_is_ticked_with_what_stands_under_it(sign_in, unit, operator):
    nota = ready(unit, kind="joint")
    child = ready(unit, umbrella=nota)
    ready(unit)
    client = sign_in(operator)

    url = reverse("agreements:plan_signing_day")
    page = client.get(url, {"nota": nota.pk})

    ticked = page.context["form"]["agreements"].value()
    assert {*ticked} == {nota.pk, child.pk}
    assert (
        f"{url}?nota={nota.pk}"
        in client.get(f"{nota.get_absolute_url()}?tab=children").text
    )


def test_who_signs_may_be_another_on_the_day(sign_in, unit, operator):
    agreement = ready(unit)
    day = SigningDay.objects.create(office=unit, held_on=DAY, place="Piru")
    day.agreements.add(agreement)
    said = {f"a{agreement.pk}-partner_signatory": "Wakil Bupati"}
    client = sign_in(operator)

    refused = client.post(day.get_absolute_url(), said)
    assert "Wakil Bupati" in refused.text

    scan = {f"a{agreement.pk}-scan": upload()}
    assert client.post(day.get_absolute_url(), said | scan).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.partner_signatory, agreement.our_signatory) == (
        "Wakil Bupati",
        "Kepala Uji",
    )


def test_one_that_is_signed_late_begins_then_if_its_text_says_so(
    sign_in, unit, operator
):
    agreement = ready(unit)
    client, page = sign_in(operator), reverse("agreements:sign", args=[agreement.pk])
    said = {"signed_on": "12-01-2026", "signed_at_place": "Piru"}

    assert "begins_then" not in client.get(page).context["form"].fields
    refused = client.post(page, said | {"scan": upload()}).context["form"]
    assert list(refused.errors) == ["begins_then"]
    assert "10 Januari 2026" in str(refused.errors)
    ahead = client.post(page, said | {"signed_on": "12-01-2090"}).context["form"]
    assert "masa depan" in str(ahead.errors["signed_on"])

    late = client.post(page, said | {"scan": upload(), "begins_then": "on"})
    assert late.status_code == 302
    agreement.refresh_from_db()
    assert (agreement.starts_on, agreement.status) == (date(2026, 1, 12), "signed")


def paper_of(agreement):
    """The Word file and the content of what is printed to be signed."""
    paper = PAPERS["agreements.signing_copy"]
    issued = paper.latest(agreement)
    content = paper.content(agreement, issued)
    return issued, content, text_of_word(paper.word(agreement, content, issued))


def test_what_is_ready_to_sign_is_printed_clean_with_its_number(
    sign_in, unit, operator
):
    agreement = ready(unit)
    said = composed(agreement, unit.today).as_json()
    TextVersionFactory(agreement=agreement, text=said)
    page = agreement.get_absolute_url()
    client = sign_in(operator)
    assert "paper-agreements-signing_copy" not in client.get(page).text

    services.number(agreement, by=operator, dated=DAY)

    issued, content, word = paper_of(agreement)
    assert content.is_clean
    assert squeezed(f"NOMOR: {numbered(1)}") in word
    assert ("${" in word, "Konsep" in word) == (False, False)
    assert client.get(page).text.count('id="paper-agreements-signing_copy"') == 1
    tab = client.get(f"{page}?tab=papers").text
    assert tab.count('id="paper-agreements-signing_copy"') == 1

    services.renumber(
        agreement, by=operator, dated=DAY, our_number="W-8", reason="Salah"
    )
    again, _content, word = paper_of(agreement)
    assert again != issued
    assert "NOMOR:W-8" in word


def test_a_text_from_word_gets_its_number_where_it_has_a_blank(unit, operator):
    agreement, file = ready(unit), docx.Document()
    for line in ("PERJANJIAN", "NOMOR: ……", "NOMOR: ……", "Tanggal ${tanggal_naskah}"):
        file.add_paragraph(line)
    stored = io.BytesIO()
    file.save(stored)
    kept = SimpleUploadedFile("a.docx", stored.getvalue(), str(Document.Kind.DOCX))
    document = documents.store(kept, by=operator, kinds=[Document.Kind.DOCX])
    text = Text(tuple(Line(each.text) for each in file.paragraphs))
    TextVersionFactory(
        agreement=agreement, origin="uploaded", file=document, text=text.as_json()
    )

    services.number(agreement, by=operator, dated=DAY, other_number="W-7")

    _issued, content, word = paper_of(agreement)
    said = [getattr(block, "text", "") for block in content.blocks]
    assert said[1:3] == ["NOMOR: W-7", "NOMOR: ……"]
    assert "NOMOR:W-7NOMOR:……" in word
    assert "${" not in word


def test_what_the_text_says_otherwise_is_said_where_it_is_signed(
    unit, operator, sign_in
):
    agreement = ready(unit, partner_signatory="Maria Uji")
    made = composed(agreement, DAY)
    there = made.said_as(
        lambda line: line.replace("Maria Uji", "Budi Lain").replace(
            "bertempat di …………………………", "bertempat di Ambon"
        )
    )
    TextVersionFactory(agreement=agreement, text=there.as_json())
    day = SigningDay(office=unit, held_on=DAY, place="Piru")
    day = services.plan_day(day, [agreement], by=operator)
    client = sign_in(operator)

    for page in (
        client.get(reverse("agreements:sign", args=[agreement.pk])).text,
        client.get(day.get_absolute_url()).text,
    ):
        assert "naskah menyebut “Budi Lain, Ketua”" in page
        assert "naskah menyebut “Ambon”; data menyebut “Piru”" in page
        assert "kembalikan ke pembahasan, lalu ubah datanya" in page
