from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from outreach.evidence import services as evidence_services
from outreach.models import Activity, ClosedMonth, Evidence
from outreach.results import services as results
from outreach.results.services import lock
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents.models import Document
from pokmas.notices.models import Notice
from pokmas.records.guarded import StaleRecord
from tests.factories import (
    ActivityFactory,
    DocumentFactory,
    EvidenceFactory,
    PartnerFactory,
    PostFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status
COUNTS = {("adult_client", "male"): 12, ("public", "female"): 30}


def hand_in(activity, by, *, photos=None, **answers):
    photos = [DocumentFactory(uploaded_by=by)] if photos is None else photos
    activity.output = answers.pop("output", "Peserta memahami haknya.")
    results.report(
        activity,
        by=by,
        declared=answers.pop("declared", True),
        revision=answers.pop("revision", activity.revision),
        counts=answers.pop("counts", COUNTS),
        photos=photos,
        **answers,
    )


def test_report_hands_figures_and_photos_to_the_head():
    operator = person(Role.UNIT_OPERATOR)
    head = person(Role.UNIT_HEAD, operator.acting.office)
    activity = ActivityFactory(office=operator.acting.office)
    photo = DocumentFactory(uploaded_by=operator)

    hand_in(activity, operator, photos=[photo], caption="Di balai desa")

    activity.refresh_from_db()
    assert (activity.status, activity.reported_by) == (Status.REPORTED, operator)
    assert Activity.objects.filter(pk=activity.pk).served() == 42
    evidence = activity.evidence.get()
    assert (evidence.document, evidence.caption) == (photo, "Di balai desa")
    assert evidence.visibility == Evidence.Visibility.INTERNAL
    photo.refresh_from_db()
    assert photo.owner == evidence
    actions = [entry.action for entry in Entry.objects.about(activity)]
    assert actions == ["activity.reported"]
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (head, "activity.reported")
    assert "42 orang terlayani" in notice.body


def test_the_head_of_the_unit_is_told_of_its_post():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)
    operator = person(Role.UNIT_OPERATOR, PostFactory(parent=unit))

    hand_in(ActivityFactory(office=operator.acting.office), operator)

    assert Notice.objects.get().user == head


def test_an_attendance_sheet_is_evidence_enough():
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office)
    sheet = DocumentFactory(uploaded_by=operator)

    hand_in(activity, operator, photos=[], attendance=[sheet])

    assert activity.evidence.get().kind == Evidence.Kind.ATTENDANCE


def refused(activity, by, **answers):
    with pytest.raises(ValidationError) as refusal:
        hand_in(activity, by, **answers)
    activity.refresh_from_db()
    assert activity.status == Status.PLANNED
    assert (activity.counts.count(), activity.evidence.count()) == (0, 0)
    return refusal.value.message_dict


def test_report_says_everything_that_is_missing_at_once():
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office, cost=5000)

    errors = refused(activity, operator, output=" ", photos=[], declared=False)

    assert set(errors) == {"output", "photos", "funding", "declared"}


def test_report_refuses_what_has_not_begun():
    operator = person(Role.UNIT_OPERATOR)
    starts_at = timezone.now() + timedelta(minutes=5)
    activity = ActivityFactory(office=operator.acting.office, starts_at=starts_at)

    with pytest.raises(ValidationError, match="belum berlangsung"):
        hand_in(activity, operator)


def test_report_refuses_what_ends_on_a_later_day():
    operator = person(Role.UNIT_OPERATOR)
    now = timezone.now()
    activity = ActivityFactory(
        office=operator.acting.office,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=2),
    )

    errors = refused(activity, operator)

    assert "baru selesai" in errors["__all__"][0]


def test_report_refuses_a_file_of_somebody_else():
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office)

    with pytest.raises(ValidationError, match="diunggah orang lain"):
        hand_in(activity, operator, photos=[DocumentFactory()])
    assert Activity.objects.get().status == Status.PLANNED


def test_report_refuses_a_stale_form():
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office, revision=3)

    with pytest.raises(StaleRecord):
        hand_in(activity, operator, revision=2)
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in (Status.PLANNED, Status.RETURNED)]
)
def test_report_refuses_every_other_status(status):
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office, status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        hand_in(activity, operator)
    assert Evidence.objects.count() == 0


def test_keep_stores_what_there_is_and_moves_nothing():
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office)
    photo = DocumentFactory(uploaded_by=operator)

    results.keep(activity, by=operator, revision=0, counts=COUNTS, photos=[photo])

    activity.refresh_from_db()
    assert (activity.status, activity.revision) == (Status.PLANNED, 1)
    assert activity.counts.count() == 2
    assert activity.evidence.get().document == photo
    assert Activity.objects.counted().count() == 0


def test_a_kept_photo_is_evidence_for_the_report():
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office)
    photo = DocumentFactory(uploaded_by=operator)
    results.keep(activity, by=operator, revision=0, counts={}, photos=[photo])

    hand_in(activity, operator, photos=[])

    activity.refresh_from_db()
    assert activity.status == Status.REPORTED


def test_a_removed_photo_is_no_evidence():
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office)
    evidence = EvidenceFactory(activity=activity)

    with pytest.raises(ValidationError, match="sedikitnya satu foto"):
        hand_in(activity, operator, photos=[], removed=[evidence])
    assert activity.evidence.present().count() == 1


def test_a_corrected_report_replaces_figures_and_photos():
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(
        office=operator.acting.office, status=Status.RETURNED, counts=COUNTS
    )
    old = EvidenceFactory(activity=activity)

    hand_in(activity, operator, counts={("public", "female"): 25}, removed=[old])

    activity.refresh_from_db()
    assert (activity.status, activity.reason) == (Status.REPORTED, "")
    assert Activity.objects.served() == 25
    assert old not in activity.evidence.present()
    assert activity.counts.get(category="adult_client").number == 0


# Deciding


def reported(by, **fields):
    return ActivityFactory(
        office=by.acting.office, status=Status.REPORTED, reported_by=by, **fields
    )


def test_verify_lets_the_figures_count():
    operator = person(Role.UNIT_OPERATOR)
    head = person(Role.UNIT_HEAD, operator.acting.office)
    partner = PartnerFactory(office=operator.acting.office, status="active")
    representative = RepresentativeFactory(partner=partner).user
    activity = reported(operator, partners=[partner], counts=COUNTS)

    results.verify(activity, by=head)

    activity.refresh_from_db()
    assert (activity.status, activity.verified_by) == (Status.VERIFIED, head)
    assert Activity.objects.counted().served() == 42
    told = {notice.user for notice in Notice.objects.filter(kind="activity.verified")}
    assert told == {operator, representative}
    assert Entry.objects.about(activity).get().action == "activity.verified"


def test_verify_refuses_the_reporter():
    head = person(Role.UNIT_HEAD)
    activity = reported(head)

    with pytest.raises(ValidationError, match="orang lain"):
        results.verify(activity, by=head)


@pytest.mark.parametrize("status", [s for s in Status if s != Status.REPORTED])
def test_verify_refuses_every_other_status(status):
    activity = ActivityFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat"):
        results.verify(activity, by=person(Role.UNIT_HEAD, activity.office))


def test_send_back_tells_the_reporter_why():
    operator = person(Role.UNIT_OPERATOR)
    head = person(Role.UNIT_HEAD, operator.acting.office)
    activity = reported(operator)

    results.send_back(activity, reason="Jumlah tidak cocok 100%", by=head)

    activity.refresh_from_db()
    assert activity.status == Status.RETURNED
    assert activity.reason == "Jumlah tidak cocok 100%"
    notice = Notice.objects.get()
    assert (notice.user, notice.body) == (operator, "Jumlah tidak cocok 100%")


def test_what_was_verified_by_mistake_is_taken_back_until_its_month_is_closed():
    activity = ActivityFactory(status=Status.VERIFIED)
    head = person(Role.UNIT_HEAD, activity.office)
    with pytest.raises(ValidationError, match="Alasan wajib"):
        results.take_back(activity, reason=" ", by=head)

    results.take_back(activity, reason="Jumlahnya tertukar", by=head)

    activity.refresh_from_db()
    assert (activity.status, activity.reason) == (Status.RETURNED, "Jumlahnya tertukar")
    entry = Entry.objects.get(action="activity.taken_back")
    assert entry.actor == head

    old = ActivityFactory(office=activity.office, status=Status.VERIFIED)
    ClosedMonth.objects.create(office=old.office, month=old.held_on.replace(day=1))
    with pytest.raises(ValidationError, match="sudah diterima"):
        results.take_back(old, reason="Keliru", by=head)


def test_send_back_refuses_without_a_reason():
    operator = person(Role.UNIT_OPERATOR)
    head = person(Role.UNIT_HEAD, operator.acting.office)

    with pytest.raises(ValidationError, match="Alasan wajib"):
        results.send_back(reported(operator), reason="", by=head)


def test_send_back_refuses_the_reporter():
    head = person(Role.UNIT_HEAD)

    with pytest.raises(ValidationError, match="orang lain"):
        results.send_back(reported(head), reason="Salah", by=head)


# Photos


def test_a_reviewed_photo_is_public_and_may_be_taken_back():
    head = person(Role.UNIT_HEAD)
    evidence = EvidenceFactory(activity__office=head.acting.office)

    evidence_services.review_photo(evidence, visibility="public", by=head)
    assert Evidence.objects.get().visibility == Evidence.Visibility.PUBLIC
    assert Evidence.objects.get().reviewed_by == head

    evidence_services.review_photo(evidence, visibility="internal", by=head)
    assert Evidence.objects.get().visibility == Evidence.Visibility.INTERNAL
    actions = [entry.action for entry in Entry.objects.about(evidence.activity)]
    assert actions == ["activity.photo_internal", "activity.photo_public"]


def test_who_uploaded_a_photo_does_not_review_it():
    head = person(Role.UNIT_HEAD)
    evidence = EvidenceFactory(document__uploaded_by=head)

    with pytest.raises(ValidationError, match="orang lain"):
        evidence_services.review_photo(evidence, visibility="public", by=head)


def test_an_attendance_sheet_is_never_public():
    head = person(Role.UNIT_HEAD)
    sheet = EvidenceFactory(kind="attendance")

    with pytest.raises(ValidationError, match="Hanya foto"):
        evidence_services.review_photo(sheet, visibility="public", by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(visibility="public", reviewed_by=head)


def test_a_photo_has_only_the_uses_there_are():
    evidence = EvidenceFactory()

    with pytest.raises(ValidationError, match="Pilih"):
        evidence_services.review_photo(
            evidence, visibility="everywhere", by=person(Role.UNIT_HEAD)
        )


# Locking


def test_lock_freezes_the_verified_ones():
    head = person(Role.UNIT_HEAD)
    verified = ActivityFactory(office=head.acting.office, status=Status.VERIFIED)
    planned = ActivityFactory(office=head.acting.office)

    count = lock(Activity.objects.all(), by=head)

    verified.refresh_from_db()
    planned.refresh_from_db()
    assert count == 1
    assert (verified.status, planned.status) == (Status.LOCKED, Status.PLANNED)
    assert lock(Activity.objects.all(), by=head) == 0


def test_the_database_keeps_locked_figures():
    activity = ActivityFactory(status=Status.LOCKED, counts=COUNTS)

    for change in (
        lambda: activity.counts.update(number=1),
        lambda: activity.counts.all().delete(),
        lambda: activity.counts.create(category="child", sex="male", number=9),
        lambda: Activity.objects.update(status=Status.VERIFIED),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Activity.objects.served() == 42


def test_the_database_wants_output_and_declaration():
    activity = ActivityFactory()

    for lacking in ({"output": ""}, {"is_declared": False}):
        fields = {"output": "Ada", "is_declared": True, **lacking}
        with pytest.raises(IntegrityError), transaction.atomic():
            Activity.objects.filter(pk=activity.pk).update(status="verified", **fields)


def test_a_document_serves_one_evidence():
    evidence = EvidenceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(
            activity=evidence.activity, kind="photo", document=evidence.document
        )
    assert Document.objects.count() == 1
