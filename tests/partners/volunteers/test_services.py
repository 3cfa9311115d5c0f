from datetime import date

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from outreach.models import Activity
from partners.models import Promise, Volunteer
from partners.volunteers import services
from partners.volunteers.days import in_words
from partners.volunteers.first import VOLUNTEER
from pokmas.accounts.models import Consent, ConsentText, User
from pokmas.accounts.roles import Role
from pokmas.accounts.services import own
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from pokmas.notices.telling import tell_of_late_turns
from pokmas.rules.models import Rule
from tests.factories import (
    ActivityFactory,
    AssignmentFactory,
    FieldFactory,
    RegencyFactory,
    SkillFactory,
    UnitFactory,
    UserFactory,
    VolunteerFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Volunteer.Status
TODAY = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-09-14 03:00Z", tick=False):
        yield


@pytest.fixture
def newcomer():
    user = UserFactory(full_name="Agustina Uji")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    return user


def answers(**more):
    """What the first screen gives."""
    given = {"office": UnitFactory(), "regency": RegencyFactory(), "name": "Agustina"}
    return Volunteer(**given | {"sex": "female", "birth_year": 1990} | more)


def texts():
    return {
        "promise": Promise.objects.holding(TODAY),
        "consent": ConsentText.objects.newest(VOLUNTEER),
    }


def submitted(**more):
    return VolunteerFactory(status=Status.SUBMITTED, **more)


def told(user):
    return [notice.kind for notice in Notice.objects.filter(user=user).order_by("pk")]


def test_start_opens_a_draft_and_gives_the_role(newcomer):
    volunteer = services.start(answers(), by=newcomer)

    assert (volunteer.status, volunteer.user) == (Status.DRAFT, newcomer)
    held = newcomer.assignments.get()
    assert (held.role, held.office) == (Role.VOLUNTEER, volunteer.office)


def test_whoever_has_a_registration_that_runs_goes_on_with_it(newcomer):
    first = services.start(answers(), by=newcomer)

    assert services.start(answers(), by=newcomer) == first
    assert Volunteer.objects.count() == 1


@pytest.mark.parametrize("birth_year", [2009, 2020])
def test_who_is_too_young_is_refused_and_nothing_is_kept(newcomer, birth_year):
    with pytest.raises(ValidationError, match="18 tahun ke atas"):
        services.start(answers(birth_year=birth_year), by=newcomer)

    assert Volunteer.objects.count() == newcomer.assignments.count() == 0


def test_the_age_is_a_rule_with_a_date(newcomer):
    Rule.objects.create(
        code=Rule.Code.VOLUNTEER_AGE, value=21, valid_from=TODAY, source="Uji"
    )

    with pytest.raises(ValidationError, match="21 tahun ke atas"):
        services.start(answers(birth_year=2006), by=newcomer)


def test_an_officer_does_not_register(newcomer):
    AssignmentFactory(user=newcomer, role=Role.UNIT_HEAD)

    with pytest.raises(ValidationError, match="petugas"):
        services.start(answers(), by=newcomer)


def test_a_draft_is_seen_by_nobody_else(newcomer):
    draft = VolunteerFactory(status=Status.DRAFT, user=newcomer)
    operator = person(Role.UNIT_OPERATOR, draft.office)

    assert not Volunteer.objects.visible_to(operator).exists()


def test_a_draft_that_goes_to_another_unit_takes_the_role_along(newcomer):
    volunteer = services.start(answers(), by=newcomer)
    volunteer.office = other = UnitFactory()

    services.edit(volunteer, revision=0, changed=["office"], by=newcomer)

    assert [held.office for held in newcomer.assignments.all()] == [other]


def test_submit_keeps_promise_and_consent_and_tells_the_unit():
    user = volunteer_of(status=Status.DRAFT)
    volunteer = user.volunteers.get()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)

    services.submit(volunteer, **texts(), by=user)

    volunteer.refresh_from_db()
    assert volunteer.status == Status.SUBMITTED
    assert volunteer.promise == texts()["promise"]
    assert Consent.objects.get(user=user).text == texts()["consent"]
    assert told(operator) == ["volunteer.submitted"]
    assert told(user) == ["volunteer.received"]


def test_submit_names_all_that_is_missing():
    user = volunteer_of(status=Status.DRAFT, phone="", skills=[], availability=[])

    with pytest.raises(ValidationError, match="nomor telepon, keahlian, waktu luang"):
        services.submit(user.volunteers.get(), **texts(), by=user)


def test_nobody_submits_for_another():
    volunteer = VolunteerFactory(status=Status.DRAFT)

    with pytest.raises(ValidationError, match="Sahabat itu sendiri"):
        services.submit(volunteer, **texts(), by=volunteer_of(volunteer.office))


def test_an_officer_accepts_at_the_first_stage():
    volunteer = submitted()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)

    services.accept(volunteer, by=operator)

    volunteer.refresh_from_db()
    assert volunteer.status == Status.ACTIVE
    assert volunteer.stage == Volunteer.Stage.INITIAL_APPROACH
    assert volunteer.decided_by == operator


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.SUBMITTED}))
def test_only_what_was_submitted_is_decided(status):
    volunteer = VolunteerFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.accept(volunteer, by=person(Role.UNIT_HEAD, volunteer.office))


@pytest.mark.parametrize(
    "verdict",
    [
        services.accept,
        lambda row, by: services.decline(row, reason="x", by=by),
        lambda row, by: services.return_for_repair(row, reason="x", by=by),
    ],
)
def test_nobody_decides_about_himself_in_whatever_role(verdict):
    volunteer = submitted()
    volunteer.user = user = person(Role.UNIT_HEAD, volunteer.office)
    volunteer.save()

    with pytest.raises(ValidationError, match="orang lain"):
        verdict(volunteer, by=user)

    assert not Volunteer.objects.awaiting(user).exists()
    assert user not in set(services.next_in_turn(volunteer))


def test_who_is_declined_reads_why_and_may_begin_anew(newcomer):
    volunteer = submitted(user=newcomer)

    services.decline(
        volunteer,
        reason="Bukan di wilayah kami.",
        by=person(Role.UNIT_HEAD, volunteer.office),
    )

    notice = Notice.objects.get(user=newcomer)
    assert notice.body == "Bukan di wilayah kami."
    again = services.start(answers(), by=newcomer)
    assert again.pk != volunteer.pk


def test_a_head_is_told_of_a_decision_that_is_late():
    with time_machine.travel("2026-09-01 03:00Z", tick=False):
        volunteer = submitted()
    head = person(Role.UNIT_HEAD, volunteer.office)

    tell_of_late_turns()

    assert told(head) == ["volunteer.late"]


def test_his_activities_are_those_of_his_unit_once_he_is_accepted():
    user = volunteer_of(status=Status.SUBMITTED)
    volunteer = user.volunteers.get()
    activity = ActivityFactory(office=volunteer.office, status="planned")
    ActivityFactory(status="planned")
    before = list(Activity.objects.visible_to(user))

    services.accept(volunteer, by=person(Role.UNIT_HEAD, volunteer.office))

    assert before == []
    assert list(Activity.objects.visible_to(user)) == [activity]


def test_he_changes_how_he_is_reached_but_not_who_he_is():
    user = volunteer_of()
    volunteer = user.volunteers.get()
    volunteer.phone, volunteer.name = "+6281111111111", "Nama Lain"

    services.edit(volunteer, revision=0, changed=["phone"], by=user)
    with pytest.raises(ValidationError, match="tidak dapat Anda ubah"):
        services.edit(volunteer, revision=1, changed=["name"], by=user)

    volunteer.refresh_from_db()
    assert volunteer.phone == "+6281111111111"


def test_an_operator_puts_a_name_right():
    volunteer = VolunteerFactory()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)
    volunteer.name = "Nama Benar"

    services.edit(volunteer, revision=0, changed=["name"], by=operator)

    volunteer.refresh_from_db()
    assert volunteer.name == "Nama Benar"


def test_he_takes_back_what_was_not_decided():
    user = volunteer_of(status=Status.SUBMITTED)
    volunteer = user.volunteers.get()
    head = person(Role.UNIT_HEAD, volunteer.office)

    services.withdraw(volunteer, by=user)

    assert volunteer.status == Status.WITHDRAWN
    assert told(head) == ["volunteer.withdrawn"]


def test_he_leaves_with_a_reason_that_the_unit_reads():
    user = volunteer_of()
    volunteer = user.volunteers.get()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)

    services.leave(volunteer, reason="Pindah kota.", by=user)

    assert volunteer.status == Status.ENDED
    assert Notice.objects.get(user=operator).body == "Pindah kota."


@pytest.mark.parametrize(
    ("status", "then"),
    [(Status.DRAFT, "withdrawn"), (Status.ACTIVE, "ended"), (Status.ENDED, "ended")],
)
@pytest.mark.parametrize("purpose", [ConsentText.ACCOUNT, VOLUNTEER])
def test_a_consent_taken_back_ends_what_runs(status, then, purpose):
    user = volunteer_of(status=status)
    text = ConsentText.objects.newest(purpose)
    consent = own.give_consent(user, text)

    closed = own.withdraw_consent(consent, by=user)

    assert user.volunteers.get().status == then
    assert closed == (purpose == ConsentText.ACCOUNT)
    assert User.objects.get(pk=user.pk).is_active != closed


def test_suspended_he_sees_no_activities_until_he_is_resumed():
    user = volunteer_of()
    volunteer = user.volunteers.get()
    head = person(Role.UNIT_HEAD, volunteer.office)
    ActivityFactory(office=volunteer.office, status="planned")

    services.suspend(volunteer, reason="Merantau.", by=head)
    then = Activity.objects.visible_to(user).count()
    services.resume(volunteer, by=head)

    assert (then, Activity.objects.visible_to(user).count()) == (0, 1)


def test_each_move_leaves_an_entry():
    volunteer = submitted()
    head = person(Role.UNIT_HEAD, volunteer.office)

    services.accept(volunteer, by=head)
    services.suspend(volunteer, reason="Merantau.", by=head)
    services.resume(volunteer, by=head)
    services.end(volunteer, reason="Selesai.", by=head)

    actions = [entry.action for entry in Entry.objects.about(volunteer).order_by("pk")]
    assert actions == [
        "volunteer.active",
        "volunteer.suspended",
        "volunteer.resumed",
        "volunteer.ended",
    ]


def test_skills_and_interests_are_ticked_anew():
    user = volunteer_of(status=Status.DRAFT)
    volunteer = user.volunteers.get()
    skill, field = SkillFactory(name="Tata surya"), FieldFactory(name="Ekonomi")

    services.edit(
        volunteer,
        revision=0,
        changed=["skills", "interests"],
        skills=[skill],
        interests=[field],
        by=user,
    )

    assert (list(volunteer.skills.all()), list(volunteer.interests.all())) == (
        [skill],
        [field],
    )


def test_times_are_said_by_the_day():
    assert in_words([12, 61, 62, 63, 11]) == "Senin pagi, siang; Sabtu sepanjang hari"


def test_what_an_officer_wrote_down_is_seen_by_his_unit_alone():
    office = UnitFactory()
    operator = person(Role.UNIT_OPERATOR, office)

    volunteer = services.enter(answers(office=office), by=operator)

    stranger = person(Role.UNIT_OPERATOR)
    assert volunteer.status == Status.DRAFT
    assert [*Volunteer.objects.visible_to(operator)] == [volunteer]
    assert [*Volunteer.objects.visible_to(stranger)] == []


def test_nobody_promises_for_another():
    volunteer = VolunteerFactory(status="draft")
    operator = person(Role.UNIT_OPERATOR, volunteer.office)

    names = [step.name for step in volunteer.steps_for(operator)]

    assert names == ["drop", "print_slip"]


def test_what_was_written_down_for_nothing_is_dropped():
    volunteer = VolunteerFactory(status="draft")
    operator = person(Role.UNIT_OPERATOR, volunteer.office)

    services.drop(volunteer, by=operator)

    assert volunteer.status == Status.WITHDRAWN
