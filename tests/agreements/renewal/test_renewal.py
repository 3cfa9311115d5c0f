"""What ends goes on as another agreement."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.models import Agreement, Contact
from agreements.renewal import services
from agreements.standing import services as standing
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import (
    AgreementFactory,
    CommunityGroupFactory,
    DocumentFactory,
    EvaluationFactory,
    PlanItemFactory,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_december")]

Status = Agreement.Status


@pytest.fixture
def in_december():
    with time_machine.travel("2026-12-01 09:00+08:00", tick=False):
        yield


@pytest.fixture
def agreement():
    return AgreementFactory(status="signed")


def operator_of(agreement):
    return person(Role.UNIT_OPERATOR, agreement.office)


def contact(agreement, side, place, **more):
    said = {"name": f"{side} {place}", "phone": "+628123456789"}
    said |= {"since": date(2026, 1, 10), "confirmed_on": date(2026, 1, 20)}
    return Contact.objects.create(
        agreement=agreement, side=side, place=place, **said | more
    )


def test_contacts_of_both_sides_come_along_to_be_confirmed_anew(agreement):
    contact(agreement, "ours", "main", name="Pergi", until=date(2026, 5, 1))
    for side in ("ours", "theirs"):
        for place in ("main", "deputy"):
            contact(agreement, side, place)

    made = renewed(agreement)

    rows = made.contacts.order_by("side", "-place")
    assert [(row.name, row.since, row.confirmed_on) for row in rows] == [
        (f"{side} {place}", date(2026, 1, 10), None)
        for side in ("ours", "theirs")
        for place in ("main", "deputy")
    ]
    assert agreement.contacts.exclude(confirmed_on=None).count() == 5


def renewed(agreement, status="draft"):
    services.renew(agreement, by=operator_of(agreement), reason="Mendesak")
    made = services.made_of(agreement)
    if status == "signed":
        scan = DocumentFactory()
        facts = {"scan": scan, "our_number": "W.22-R", "number_year": 2026}
        Agreement.objects.filter(pk=made.pk).update(
            status=status, signed_on=date(2026, 12, 1), **facts
        )
    return made


def test_the_next_one_begins_the_day_after_with_the_same_words():
    group = CommunityGroupFactory(status="active")
    agreement = AgreementFactory(status="signed", office=group.office, group=group)

    made = renewed(agreement)

    assert (made.status, made.renews) == (Status.DRAFT, agreement)
    assert (made.starts_on, made.ends_on) == (date(2027, 1, 10), date(2028, 1, 9))
    for name in ("title", "subject", "form", "urgency", "partner", "group", "kind"):
        assert getattr(made, name) == getattr(agreement, name)


@pytest.mark.parametrize(
    ("first", "last", "begin", "end"),
    [
        (date(2026, 1, 10), date(2027, 1, 9), date(2027, 1, 10), date(2028, 1, 9)),
        (
            date(2025, 12, 26),
            date(2026, 12, 26),
            date(2026, 12, 27),
            date(2027, 12, 26),
        ),
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2026, 3, 1)),
        (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 20), date(2026, 1, 21), date(2026, 2, 9)),
        (date(2021, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2030, 12, 31)),
    ],
)
def test_the_next_one_lasts_as_long(first, last, begin, end):
    assert services.same_length(first, last, begin) == end


def test_what_ended_already_goes_on_from_today():
    agreement = AgreementFactory(status="signed", ends_on=date(2026, 11, 1))

    assert renewed(agreement).starts_on == date(2026, 12, 1)


@pytest.mark.parametrize("ends_on", [date(2027, 7, 1), date(2025, 11, 30)])
def test_it_is_renewed_neither_too_early_nor_too_late(ends_on):
    agreement = AgreementFactory(
        status="signed",
        starts_on=date(2025, 1, 1),
        signed_on=date(2025, 1, 1),
        ends_on=ends_on,
    )

    with pytest.raises(ValidationError, match="180 hari"):
        renewed(agreement)


def test_it_is_renewed_once_unless_the_draft_is_dropped(agreement):
    made = renewed(agreement)

    with pytest.raises(ValidationError, match="sudah disusun"):
        renewed(agreement)

    standing.drop(made, by=operator_of(agreement), reason="Isi keliru")
    assert renewed(agreement) != made


def test_pressed_twice_it_leads_to_the_same_draft(sign_in):
    agreement = AgreementFactory(status="signed", ends_on=date(2027, 4, 9))
    client = sign_in(operator_of(agreement))
    url = reverse("agreements:renew", args=[agreement.pk])

    first, second = client.post(url), client.post(url)

    made = Agreement.objects.get(renews=agreement)
    assert first["Location"] == second["Location"] == made.get_absolute_url()
    assert made.title in client.get(agreement.get_absolute_url()).text
    assert agreement.get_absolute_url() in client.get(made.get_absolute_url()).text


def test_a_renewed_one_is_not_counted_as_expiring(agreement):
    assert list(Agreement.objects.expiring()) == [agreement]

    made = renewed(agreement, status="signed")

    assert list(Agreement.objects.expiring()) == []
    assert list(Agreement.objects.of_validity("expiring")) == []
    assert Agreement.objects.with_validity().get(pk=agreement.pk).validity == "in_force"
    with time_machine.travel("2027-01-11 09:00+08:00", tick=False):
        rows = Agreement.objects.with_validity()
        assert rows.get(pk=agreement.pk).validity == "renewed"
        assert rows.get(pk=made.pk).validity == "in_force"
        assert list(Agreement.objects.of_validity("renewed")) == [agreement]
        assert list(Agreement.objects.of_validity("expired")) == []


def test_the_end_report_comes_first_or_a_reason_is_kept(sign_in, agreement):
    client = sign_in(operator_of(agreement))
    url = reverse("agreements:renew", args=[agreement.pk])

    asked = client.post(url)
    assert asked["Location"] == url
    assert "Laporan akhir kerja sama ini belum disahkan" in client.get(url).text
    assert not Agreement.objects.filter(renews=agreement).exists()

    client.post(url, {"reason": "Mitra pindah kantor"})

    entry = Entry.objects.about(agreement).get(action="agreement.renewing")
    assert entry.details["reason"] == "Mitra pindah kantor"


def test_the_missing_report_is_written_on_the_way_to_the_renewal(sign_in, agreement):
    client = sign_in(operator_of(agreement))
    url = reverse("agreements:renew", args=[agreement.pk])
    report = reverse("agreements:report_end", args=[agreement.pk]) + "?back=renew"
    assert f'href="{report}"' in client.get(url).text
    assert f'href="{url}">Kembali' in client.get(report).text

    answer = client.post(
        report,
        {
            "rows": "1",
            "benefit": "Klien terlatih",
            "advice": "continue",
            "wanted_0": "Klien terlatih",
            "state_0": "achieved",
            "proof_0": "Sertifikat",
            "revision": agreement.revision,
        },
    )

    assert answer["Location"] == url
    page = client.get(url).text
    waiting = agreement.evaluations.get()
    assert f'href="{waiting.get_absolute_url()}"' in page
    assert "menunggu pengesahan" in page
    assert report not in page


def test_with_a_confirmed_end_report_one_press_is_enough(agreement):
    EvaluationFactory(agreement=agreement, kind="final", status="confirmed")

    services.renew(agreement, by=operator_of(agreement))

    assert services.made_of(agreement).status == Status.DRAFT


def test_the_work_plan_moves_on_with_the_period(agreement):
    PlanItemFactory(
        agreement=agreement,
        first_month=date(2026, 3, 1),
        last_month=date(2026, 5, 1),
        target=25,
    )

    item = renewed(agreement).plan_items.get()

    assert (item.first_month, item.last_month) == (date(2027, 3, 1), date(2027, 5, 1))
    assert item.target == 25


def test_a_renewed_one_is_no_more_warned_of_nor_needs_attention(agreement):
    assert list(Agreement.objects.unrenewed()) == [agreement]

    made = renewed(agreement, status="signed")

    assert list(Agreement.objects.unrenewed()) == [made]
