"""A programme from its idea to its evaluation, and who may take which step."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from outreach.models import Activity, Programme, ProgrammeActivity
from outreach.programmes import services
from outreach.programmes.forms import PhaseForm
from outreach.programmes.models import PHASES, Phase
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import (
    ActivityFactory,
    PartnershipFactory,
    ProgrammeFactory,
    UnitFactory,
    VolunteerFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Programme.Status


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def head(unit):
    return person(Role.UNIT_HEAD, unit)


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


@pytest.fixture
def programme(unit, operator):
    made = ProgrammeFactory.build(
        office=unit, partner=PartnershipFactory(office=unit, status="active").partner
    )
    return services.begin(made, supporters=[], by=operator)


def answers(programme, **more):
    today = programme.office.today
    found = {
        "owner": "Orang Uji",
        "due_on": today + timedelta(days=30),
        "text": f"Isi {programme.phase}.",
    }
    if programme.phase == Phase.PLANNING:
        found |= {"starts_on": today, "ends_on": today + timedelta(days=60)}
    if programme.phase == Phase.EVALUATION:
        found |= {"target": "10 klien", "result": "8 klien", "replicate": "yes"}
    return found | more


def test_each_phase_opens_when_the_one_before_is_approved(programme, operator, head):
    for phase in PHASES:
        assert (programme.phase, programme.status) == (phase, Status.WRITING)
        services.write(programme, by=operator, **answers(programme))
        assert programme.is_turn_of(head)
        services.judge(programme, verdict=Status.WRITING, by=head)

    assert programme.status == Status.COMPLETED
    assert programme.reports.exclude(approved_at=None).count() == 5


def test_whoever_wrote_it_does_not_approve_it(programme, unit):
    """Not even who became head meanwhile."""
    became_head = person(Role.UNIT_HEAD, unit)
    services.write(programme, by=became_head, **answers(programme))

    with pytest.raises(ValidationError, match="orang lain"):
        services.judge(programme, verdict=Status.WRITING, by=became_head)


def test_what_comes_back_says_why_and_is_written_again(programme, operator, head):
    services.write(programme, by=operator, **answers(programme))
    services.judge(programme, verdict=Status.RETURNED, reason="Belum jelas.", by=head)
    assert (programme.status, programme.reason) == (Status.RETURNED, "Belum jelas.")
    told = Notice.objects.filter(user=operator).values_list("kind", flat=True)
    assert "programme.returned" in told

    services.write(programme, by=operator, **answers(programme, text="Jelas."))

    assert programme.reports.get().text == "Jelas."


@pytest.mark.parametrize(
    "wrong",
    [{"starts_on": None}, {"ends_on": None}, {"is_inside": True, "safety": ""}],
)
def test_planning_asks_for_dates_and_inside_for_safety(programme, operator, wrong):
    Programme.objects.update(phase=Phase.PLANNING)
    programme.refresh_from_db()

    with pytest.raises(ValidationError):
        services.write(programme, by=operator, **answers(programme) | wrong)

    programme.refresh_from_db()
    assert programme.status == Status.WRITING


def test_what_is_planned_for_later_is_not_said_to_be_done(programme, operator, head):
    later = programme.office.today + timedelta(days=9)
    dates = {"starts_on": later, "ends_on": later}
    for more in ({}, {}, dates):
        services.write(programme, by=operator, **answers(programme, **more))
        services.judge(programme, verdict=Status.WRITING, by=head)
    assert programme.phase == Phase.IMPLEMENTATION

    with pytest.raises(ValidationError, match="belum dilaksanakan"):
        services.write(programme, by=operator, **answers(programme))
    assert not programme.is_turn_of(operator)


def test_no_phase_is_due_on_a_day_that_is_over(programme, operator):
    yesterday = programme.office.today - timedelta(days=1)
    answer = {"owner": "Orang Uji", "due_on": str(yesterday), "text": "Isi."}

    form = PhaseForm(answer, user=operator, record=programme)

    assert form.errors == {"due_on": ["Hari itu sudah lewat."]}


def test_only_who_has_somebody_to_lead_it_is_offered_to_begin(sign_in, unit, operator):
    create = reverse("outreach:programme_create")
    index = reverse("outreach:programme_index")

    assert create in sign_in(operator).get(index).text
    assert create not in sign_in(volunteer_of(unit)).get(index).text


def test_a_volunteer_leads_only_in_the_last_stage(unit, operator):
    volunteer = VolunteerFactory(
        office=unit, status="active", stage="further_collaboration"
    )
    made = ProgrammeFactory.build(office=unit, partner=None, volunteer=volunteer)

    with pytest.raises(ValidationError, match="tahap pembinaan mandiri"):
        services.begin(made, supporters=[], by=operator)


def test_a_volunteer_sees_his_own_alone(unit):
    user = person(Role.VOLUNTEER, unit)
    volunteer = VolunteerFactory(
        office=unit, user=user, status="active", stage="independent_programme"
    )
    own = ProgrammeFactory(office=unit, partner=None, volunteer=volunteer)
    ProgrammeFactory(office=unit)

    assert list(Programme.objects.visible_to(user)) == [own]


def test_it_is_stopped_with_a_reason_and_goes_on(programme, head):
    services.stop(programme, reason="Dana habis.", by=head)
    services.resume(programme, by=head)

    assert (programme.status, programme.phase) == (Status.WRITING, Phase.IDEA)


def test_an_activity_is_held_for_a_programme_of_its_unit(sign_in, unit, operator):
    programme = ProgrammeFactory(office=unit, phase="implementation")
    strange = ProgrammeFactory(phase="implementation")
    activity = ActivityFactory(office=unit, status="verified")
    services.link(activity, programme)
    with pytest.raises(ValidationError):
        services.link(activity, strange)

    client = sign_in(operator)
    form = client.get(f"{reverse('outreach:create')}?programme={programme.pk}")
    page = client.get(f"{programme.get_absolute_url()}?tab=activities")

    assert form.context["form"]["programme"].value() == programme.pk
    assert activity.title in page.text
    assert ProgrammeActivity.objects.get().programme == programme
    assert Activity.objects.count() == 1


def test_the_way_in_the_browser_pages(sign_in, unit, operator, head):
    """Begun, written and judged through the pages."""
    partner = PartnershipFactory(office=unit, status="active").partner
    begun = sign_in(operator).post(
        reverse("outreach:programme_create"),
        {
            "title": "Bengkel kayu klien",
            "problem": "Klien sulit mendapat pekerjaan.",
            "partner": partner.pk,
            "volunteer": "",
            "funding": "none",
            "changes_sought": ["individual"],
        },
    )
    programme = Programme.objects.get()
    assert begun["location"] == programme.get_absolute_url()
    day = f"{unit.today + timedelta(days=20):%d-%m-%Y}"

    sign_in(operator).post(
        reverse("outreach:programme_write", args=[programme.pk]),
        {"owner": "Orang Uji", "due_on": day, "text": "Gagasan.", "revision": 0},
    )
    judge = sign_in(head)
    shown = judge.get(reverse("outreach:programme_judge", args=[programme.pk])).text
    assert "Gagasan." in shown
    judge.post(
        reverse("outreach:programme_judge", args=[programme.pk]),
        {"verdict": "writing", "reason": "", "revision": 1},
    )

    programme.refresh_from_db()
    assert programme.phase == Phase.FORMULATION
    assert "disetujui" in judge.get(programme.get_absolute_url()).text
