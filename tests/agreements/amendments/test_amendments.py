"""An agreement is changed by another one that both sides sign."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.amendments import services
from agreements.models import Agreement
from agreements.signing import services as signing
from agreements.standing import services as standing
from agreements.texts.composing import composed
from agreements.texts.differences import annex_cautions
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.papers.blocks import UNNAMED
from pokmas.words import dates
from tests.agreements.scans import scan_of
from tests.agreements.texts.factories import TextVersionFactory
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    PlanItemFactory,
    UnitFactory,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_july")]

Status = Agreement.Status
TODAY = date(2026, 7, 1)


@pytest.fixture
def in_july():
    with time_machine.travel("2026-07-01 09:00+08:00", tick=False):
        yield


@pytest.fixture
def agreement():
    return AgreementFactory(status="signed", ends_on=date(2027, 1, 9))


def operator_of(agreement):
    return person(Role.UNIT_OPERATOR, agreement.office)


def amended(agreement, **changes):
    amendment = services.proposed(agreement)
    for name, value in changes.items():
        setattr(amendment, name, value)
    return services.amend(amendment, by=operator_of(agreement))


def ready(agreement, **changes):
    amendment = amended(agreement, **changes)
    Agreement.objects.filter(pk=amendment.pk).update(status=Status.READY_TO_SIGN)
    return amendment


def sign(amendment, **answers):
    by = operator_of(amendment)
    signing.sign(
        amendment,
        by=by,
        **{
            "scan": scan_of(by),
            "our_number": "W.22-ADD-1",
            "partner_number": "",
            "signed_on": date(2026, 7, 1),
            "signed_at_place": "Kupang",
            **answers,
        },
    )


def test_an_amendment_begins_as_a_copy_that_leaves_the_agreement_as_it_is(agreement):
    amendment = amended(agreement, ends_on=date(2028, 1, 9))

    agreement.refresh_from_db()
    assert (amendment.kind, amendment.amends) == (Agreement.Kind.ADDENDUM, agreement)
    assert amendment.subject == agreement.subject
    assert amendment.title == f"Adendum 1 atas {agreement.title}"
    assert agreement.ends_on == date(2027, 1, 9)


def test_an_amendment_that_changes_nothing_is_refused(agreement):
    with pytest.raises(ValidationError, match="belum mengubah apa pun"):
        amended(agreement)


def test_the_signed_amendment_is_merged_and_both_histories_tell_it(agreement):
    amendment = ready(agreement, ends_on=date(2028, 1, 9), subject="Menjahit")

    sign(amendment)

    agreement.refresh_from_db()
    assert (agreement.ends_on, agreement.subject) == (date(2028, 1, 9), "Menjahit")
    entry = Entry.objects.about(agreement).get(action="agreement.amended")
    assert entry.details["changed"] == ["subject", "ends_on"]
    assert agreement.events.order_by("-pgh_id")[1].ends_on == date(2027, 1, 9)


def test_what_a_signed_amendment_changed_is_told_from_what_was_before(agreement):
    amendment = ready(agreement, ends_on=date(2028, 1, 9))
    sign(amendment)
    amendment.refresh_from_db()

    assert services.before(amendment).ends_on == date(2027, 1, 9)


def test_an_amendment_is_not_counted_as_another_agreement_in_force(agreement):
    sign(ready(agreement, ends_on=date(2028, 1, 9)))

    assert list(Agreement.objects.in_force()) == [agreement]
    assert list(Agreement.objects.of_validity("in_force")) == [agreement]


def test_a_second_amendment_waits_for_the_first(agreement):
    first = amended(agreement, ends_on=date(2028, 1, 9))

    with pytest.raises(ValidationError, match="masih disusun"):
        amended(agreement, ends_on=date(2029, 1, 9))

    standing.drop(first, by=operator_of(agreement), reason="Keliru")
    assert amended(agreement, ends_on=date(2029, 1, 9)).status == Status.DRAFT


@pytest.mark.parametrize(
    ("status", "ends_on", "words"),
    [
        ("suspended", date(2027, 1, 9), "tidak dapat dilakukan"),
        ("terminated", date(2027, 1, 9), "tidak dapat dilakukan"),
        ("signed", date(2026, 6, 30), "sudah lewat"),
    ],
)
def test_what_is_not_in_force_is_not_amended(status, ends_on, words):
    more = {"termination_paper": DocumentFactory(), "reason": "Bubar"}
    agreement = AgreementFactory(
        status=status, ends_on=ends_on, **more if status == "terminated" else {}
    )

    with pytest.raises(ValidationError, match=words):
        amended(agreement, ends_on=date(2028, 1, 9))


def test_an_amendment_is_signed_only_while_the_agreement_binds(agreement):
    amendment = ready(agreement, ends_on=date(2028, 1, 9))
    head = person(Role.UNIT_HEAD, agreement.office)
    standing.suspend(agreement, by=head, reason="Pemeriksaan")

    with pytest.raises(ValidationError, match="Ditangguhkan"):
        sign(amendment)
    standing.resume(agreement, by=head)
    with pytest.raises(ValidationError, match="di antaranya"):
        sign(amendment, signed_on=date(2026, 1, 5), is_earlier=True)


def test_an_ended_agreement_takes_its_open_amendment_with_it(agreement):
    amendment = amended(agreement, ends_on=date(2028, 1, 9))
    head = person(Role.UNIT_HEAD, agreement.office)

    standing.terminate(agreement, by=head, reason="Mitra bubar", paper=scan_of(head))

    amendment.refresh_from_db()
    assert (amendment.status, amendment.reason) == (Status.DROPPED, "Mitra bubar")


def test_the_form_makes_one_amendment_however_often_it_is_sent(sign_in, agreement):
    client = sign_in(operator_of(agreement))
    url = reverse("agreements:amend", args=[agreement.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent["ends_on"] = "09-01-2028"

    first, second = client.post(url, sent), client.post(url, sent)

    amendment = Agreement.objects.get(amends=agreement)
    assert first["Location"] == second["Location"] == amendment.get_absolute_url()
    page = client.get(amendment.get_absolute_url())
    assert "is-changed" in page.text
    assert "9 Januari 2028" in page.text


def test_another_office_amends_nothing(sign_in, agreement):
    client = sign_in(person(Role.UNIT_OPERATOR, UnitFactory()))

    page = client.get(reverse("agreements:amend", args=[agreement.pk]))

    assert page.status_code == 404


def test_its_text_names_the_agreement_and_says_only_what_changes(agreement):
    PlanItemFactory(agreement=agreement)
    number = {
        each.heading: each.number for each in composed(agreement, TODAY).articles
    }["JANGKA WAKTU"]
    text = composed(agreement, TODAY).as_json()
    TextVersionFactory(agreement=agreement, text=text)
    amendment = amended(agreement, ends_on=date(2029, 3, 7))

    text = composed(amendment, TODAY)

    lead = " ".join(line.text for line in text.lead)
    assert text.lead[0].text == "ADENDUM PERJANJIAN KERJA SAMA"
    assert f"Nomor {agreement.our_number} tanggal" in lead
    assert dates.date_long(agreement.signed_on) in lead
    assert [each.heading for each in text.articles] == [
        *("PERUBAHAN JANGKA WAKTU", "KETENTUAN LAIN", "PENUTUP")
    ]
    said, verse = text.articles[0].lines
    assert said.startswith(f"Ketentuan Pasal {number} ayat (1) tentang JANGKA WAKTU")
    assert "selama 3 (tiga) tahun 1 (satu) bulan 26 (dua puluh enam) hari" in verse
    assert text.annex == ()
    assert annex_cautions(amendment, text) == []


def test_a_pasal_that_the_portal_does_not_know_is_left_to_the_pen(agreement):
    amendment = amended(agreement, subject="Memasak", urgency="Perlu\nSegera")

    recital, scope, *_more = composed(amendment, TODAY).articles

    assert recital.heading == "PERUBAHAN PERTIMBANGAN"
    assert any("perlu; dan segera" in line for line in recital.lines)
    assert scope.lines[0].startswith(f"Ketentuan Pasal {UNNAMED} tentang RUANG LINGKUP")
    assert scope.lines[1].endswith("meliputi memasak.")


def test_who_signs_the_amendment_did_not_sign_the_agreement(agreement):
    amendment = ready(
        agreement, ends_on=date(2028, 1, 9), partner_signatory="Ketua Baru"
    )

    sign(amendment)

    agreement.refresh_from_db()
    assert agreement.partner_signatory == "Maria Uji"
