"""An accepted month takes corrections, not changes."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from outreach.closing import services as closing
from outreach.corrections import services as corrections
from outreach.models import Activity
from outreach.plans import services as plans
from outreach.results import services as results
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    DocumentFactory,
    EvidenceFactory,
    PartnerFactory,
    RegencyFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
Status = Activity.Status

MONTH = date(2026, 10, 1)
OCTOBER = datetime(2026, 10, 14, 2, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 3, 2, tzinfo=UTC)


@pytest.fixture
def november():
    with time_machine.travel("2026-11-21 04:00Z", tick=False):
        yield


@pytest.fixture
def unit():
    """A unit whose October was accepted."""
    unit = UnitFactory()
    closing.close([unit.pk], MONTH)
    return unit


def draft(office, starts_at=OCTOBER):
    return Activity(
        office=office,
        type=ActivityTypeFactory(code="meeting", name="Rapat", is_internal=True),
        title="Rapat",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Aula",
        regency=RegencyFactory(),
    )


def move(activity, starts_at, by, **more):
    activity.starts_at = starts_at
    activity.ends_at = starts_at + timedelta(hours=2)
    plans.change(activity, revision=activity.revision, by=by, **more)


def test_a_plan_dated_into_a_closed_month_needs_a_reason(unit):
    operator = person(Role.UNIT_OPERATOR, unit)

    with pytest.raises(ValidationError) as refusal:
        plans.plan(draft(unit), partners=[], by=operator)

    [words] = refusal.value.message_dict["correction"]
    assert words.startswith("Laporan Oktober 2026 sudah diterima.")


def test_with_a_reason_it_is_a_correction(unit):
    operator = person(Role.UNIT_OPERATOR, unit)

    made = plans.plan(draft(unit), partners=[], by=operator, correction="Terlewat")

    assert Activity.objects.corrections().get() == made
    assert (made.correction, made.corrected_on) == ("Terlewat", None)


def test_an_open_month_takes_no_correction(unit):
    operator = person(Role.UNIT_OPERATOR, unit)

    made = plans.plan(
        draft(unit, NOVEMBER), partners=[], by=operator, correction="Terlewat"
    )

    assert made.correction == ""


def test_a_partner_cannot_date_a_plan_into_a_closed_month(unit):
    partner = PartnerFactory(office=unit, status="active")
    user = RepresentativeFactory(partner=partner).user

    with pytest.raises(ValidationError) as refusal:
        plans.plan(draft(unit), partners=[partner], by=user, correction="Terlewat")

    [words] = refusal.value.message_dict["starts_at"]
    assert words.endswith("oleh Kepala UPT, Operator UPT.")


def test_a_move_into_a_closed_month_needs_a_reason(unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    activity = plans.plan(draft(unit, NOVEMBER), partners=[], by=operator)

    with pytest.raises(ValidationError, match="dicatat sebagai koreksi"):
        move(activity, OCTOBER, operator)
    move(activity, OCTOBER, operator, correction="Salah tanggal")

    activity.refresh_from_db()
    assert (activity.held_on.month, activity.correction) == (10, "Salah tanggal")


def test_a_move_out_of_it_is_a_correction_no_more(unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    activity = plans.plan(draft(unit), partners=[], by=operator, correction="Lupa")

    move(activity, NOVEMBER, operator)

    activity.refresh_from_db()
    assert activity.correction == ""


@pytest.mark.parametrize(
    ("status", "step"),
    [("planned", "change"), ("planned", "report"), ("reported", "verify")],
)
def test_what_a_closed_month_still_holds_is_opened_first(unit, status, step):
    activity = ActivityFactory(office=unit, status=status, starts_at=OCTOBER)
    head = person(Role.UNIT_HEAD, unit)

    refused = activity.refusal(Activity.STEPS[step], head)
    corrections.correct(activity, reason="Bukti menyusul", by=head)

    assert str(refused).startswith("Laporan bulan kegiatan ini sudah diterima.")
    assert activity.refusal(Activity.STEPS[step], head) is None
    entry = Entry.objects.about(activity).get()
    assert entry.action == "activity.correction"


def test_a_late_verification_is_refused_and_a_correction_is_final_at_once(unit):
    head = person(Role.UNIT_HEAD, unit)
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    activity = ActivityFactory(office=unit, status="reported", starts_at=OCTOBER)

    with pytest.raises(ValidationError, match="sudah diterima"):
        results.verify(activity, by=head)
    corrections.correct(activity, reason="Bukti menyusul", by=head)
    results.verify(activity, by=head)

    activity.refresh_from_db()
    assert (activity.status, activity.corrected_on) == (
        Status.LOCKED,
        date(2026, 11, 21),
    )
    notice = Notice.objects.get(user=admin)
    assert notice.title == f"Koreksi Oktober 2026: {activity.title}"


def test_a_correction_goes_the_whole_way(unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    made = plans.plan(draft(unit), partners=[], by=operator, correction="Terlewat")
    made.output = "Selesai"
    results.report(
        made,
        by=operator,
        declared=True,
        revision=made.revision,
        counts={("adult_client", "male"): 3},
        photos=[DocumentFactory(uploaded_by=operator)],
    )

    results.verify(made, by=person(Role.UNIT_HEAD, unit))

    made.refresh_from_db()
    assert made.status == Status.LOCKED


def locked(unit):
    return ActivityFactory(
        office=unit,
        type=ActivityTypeFactory(code="meeting", name="Rapat", is_internal=True),
        status="locked",
        starts_at=OCTOBER,
        counts={("adult_client", "male"): 12},
    )


def replaced(activity, number, operator):
    """What was reported and verified in the place of a locked activity."""
    made = activity.replacement
    results.report(
        made,
        by=operator,
        declared=True,
        revision=made.revision,
        counts={("adult_client", "male"): number},
        photos=[DocumentFactory(uploaded_by=operator)],
    )
    results.verify(made, by=person(Role.UNIT_HEAD, activity.office))
    return made


def test_a_wrong_number_of_a_locked_activity_is_corrected_beside_it(unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    activity = locked(unit)

    corrections.replace(activity, reason="Salah hitung", by=operator)
    before = Activity.objects.counted().served()
    made = replaced(activity, 21, operator)

    activity.refresh_from_db()
    assert (before, Activity.objects.counted().served()) == (12, 21)
    assert list(Activity.objects.accepted()) == [activity]
    assert (activity.status, activity.superseded_on) == (
        Status.LOCKED,
        date(2026, 11, 21),
    )
    [row] = Activity.objects.corrections().for_correction_list()
    assert (row.pk, row.served_before, row.served) == (made.pk, 12, 21)


def test_a_correction_brings_the_evidence_and_no_copy_of_its_files(unit, sign_in):
    activity, operator = locked(unit), person(Role.UNIT_OPERATOR, unit)
    photo = EvidenceFactory(activity=activity, caption="Peserta")

    response = sign_in(operator).post(
        reverse("outreach:replace", args=[activity.pk]), {"reason": "Salah hitung"}
    )

    made = activity.replacement
    form = reverse("outreach:report", args=[made.pk])
    carried = made.evidence.get()
    assert (carried.document, carried.caption) == (photo.document, "Peserta")
    assert (response["Location"], made.get_status_display()) == (
        form,
        "Belum dilaporkan",
    )
    assert "Salah hitung" in sign_in(operator).get(form).content.decode()


def test_a_locked_activity_is_corrected_once_at_a_time(unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    activity = locked(unit)
    corrections.replace(activity, reason="Salah hitung", by=operator)

    with pytest.raises(ValidationError, match="sedang dikoreksi"):
        corrections.replace(activity, reason="Salah hitung", by=operator)
    plans.cancel(activity.replacement, reason="Ternyata benar", by=operator)
    corrections.replace(activity, reason="Salah hitung", by=operator)

    assert activity.replacement.status == Status.PLANNED


def test_a_correction_is_corrected_in_its_turn(unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    activity = locked(unit)
    corrections.replace(activity, reason="Salah hitung", by=operator)
    made = replaced(activity, 21, operator)

    corrections.replace(made, reason="Masih salah", by=operator)
    replaced(made, 20, operator)

    assert Activity.objects.counted().served() == 20


def test_a_correction_may_move_what_was_held_in_another_month(unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    activity = locked(unit)
    corrections.replace(activity, reason="Salah bulan", by=operator)

    move(activity.replacement, NOVEMBER, operator)
    made = replaced(activity, 12, operator)

    counted = Activity.objects.counted().in_month
    assert [list(counted(day)) for day in (MONTH, date(2026, 11, 1))] == [[], [made]]


def test_an_open_month_needs_no_correction():
    activity = ActivityFactory(status="reported", starts_at=OCTOBER)

    with pytest.raises(ValidationError, match="belum ditutup"):
        corrections.correct(
            activity, reason="Uji", by=person(Role.UNIT_HEAD, activity.office)
        )


def test_a_correction_needs_a_reason(unit):
    activity = ActivityFactory(office=unit, status="reported", starts_at=OCTOBER)

    with pytest.raises(ValidationError, match="Alasan wajib"):
        corrections.correct(
            activity, reason=" ", by=person(Role.UNIT_HEAD, activity.office)
        )


def test_a_plan_may_still_be_cancelled(unit):
    activity = ActivityFactory(office=unit, status="planned", starts_at=OCTOBER)

    plans.cancel(
        activity, reason="Tidak jadi", by=person(Role.UNIT_OPERATOR, activity.office)
    )

    assert activity.status == Status.CANCELLED
