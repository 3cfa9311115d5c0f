"""What a report says of a meeting of restorative justice."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from outreach.corrections import services as corrections
from outreach.models import (
    Activity,
    Restitution,
    RestorativeMeeting,
    RestorativeOutcome,
)
from outreach.plans import services as plans
from outreach.restorative import first
from outreach.restorative.shown import shown
from outreach.results import services as results
from pokmas.accounts.roles import Role
from reports.figures import figures
from reports.figures.periods import Month
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    DocumentFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status


@pytest.fixture(autouse=True)
def lists():
    """Loaded once more: an earlier run with real transactions may have emptied them."""
    first.fill(apps)


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def activity(operator):
    kind = ActivityTypeFactory(code="rj", name="Pertemuan uji", is_restorative=True)
    return ActivityFactory(office=operator.acting.office, type=kind)


def outcome(**flags):
    return RestorativeOutcome.objects.filter(**flags).first()


def hand_in(activity, by, **answers):
    activity.output = "Kedua pihak bertemu dan didengar."
    numbers = dict.fromkeys(RestorativeMeeting.FIGURES, 0)
    meeting = {
        "numbers": numbers | answers.pop("numbers", {"victim_male": 1}),
        "outcome": outcome(is_agreement=True),
        "restitution": list(Restitution.objects.all()[:2]),
        "agreed": "Dipantau bersama",
        "agreed_on": activity.held_on + timedelta(days=30),
    }
    results.report(
        activity,
        by=by,
        declared=True,
        revision=activity.revision,
        counts={},
        photos=[DocumentFactory(uploaded_by=by)],
        restorative=meeting | answers,
    )


def test_it_is_part_of_the_report_and_shown_to_officers_alone(
    sign_in, operator, activity
):
    hand_in(activity, operator, numbers={"victim_female": 2, "offender_male": 3})
    head = person(Role.UNIT_HEAD, activity.office)

    verify = sign_in(head).get(reverse("outreach:verify", args=[activity.pk]))
    page = sign_in(head).get(f"{activity.get_absolute_url()}?tab=restorative")
    listed = sign_in(head).get(reverse("outreach:restorative_index"))
    Activity.objects.filter(pk=activity.pk).update(status=Status.VERIFIED)
    unseen = sign_in(volunteer_of(activity.office)).get(page.wsgi_request.path)

    for each in (verify, page):
        assert "Pihak korban" in each.content.decode()
        assert "Sepakat penuh" in each.content.decode()
    assert activity.title in listed.content.decode()
    assert "Pihak korban" not in unseen.content.decode()


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"outcome": None}, "restorative_outcome"),
        ({"numbers": {"community_male": 4}}, "restorative_victim_male"),
        ({"restitution": []}, "restorative_restitution"),
        ({"outcome": {"is_open": True}}, "restorative_restitution"),
        (
            {"outcome": {"is_open": True}, "restitution": [], "agreed_on": None},
            "restorative_agreed_on",
        ),
        ({"agreed": ""}, "restorative_agreed"),
        ({"agreed_on": timedelta(days=-1)}, "restorative_agreed_on"),
        ({"agreed_on": timedelta(days=3000)}, "restorative_agreed_on"),
    ],
)
def test_what_is_missing_is_refused_beside_its_field(
    operator, activity, answers, field
):
    if isinstance(answers.get("outcome"), dict):
        answers = {**answers, "outcome": outcome(**answers["outcome"])}
    if isinstance(answers.get("agreed_on"), timedelta):
        answers = {**answers, "agreed_on": activity.held_on + answers["agreed_on"]}

    with pytest.raises(ValidationError) as refusal:
        hand_in(activity, operator, **answers)

    assert set(refusal.value.error_dict) == {field}
    assert not RestorativeMeeting.objects.exists()


def test_what_changed_since_it_was_sent_back_is_marked(operator, activity):
    hand_in(activity, operator)
    head = person(Role.UNIT_HEAD, activity.office)
    results.send_back(activity, reason="Angka?", by=head)
    activity.refresh_from_db()
    hand_in(
        activity,
        operator,
        numbers={"victim_male": 3},
        restitution=[Restitution.objects.last()],
    )
    states = activity.events.filter(status=Status.RETURNED).order_by("pgh_id")

    found = shown(activity, states.first().pgh_created_at)

    changed = [str(label) for label, row in found.rows if row[0].is_changed]
    assert changed == ["Pihak korban"]
    assert [row.label for row in found.facts if row.is_changed] == ["Bentuk pemulihan"]


def test_a_correction_begins_with_it_and_a_type_without_it_leaves_nothing(
    operator, activity
):
    hand_in(activity, operator)
    Activity.objects.filter(pk=activity.pk).update(status=Status.LOCKED)
    activity.refresh_from_db()
    corrections.replace(activity, reason="Salah hitung", by=operator)
    made = activity.replacements.get()

    assert made.restorative.victim_male == 1
    assert made.restorative.restitution.count() == 2

    changed = Activity.objects.get(pk=made.pk)
    changed.type = ActivityTypeFactory(code="rapat", name="Rapat", is_internal=True)
    plans.change(changed, revision=changed.revision, by=operator)

    assert not RestorativeMeeting.objects.filter(activity=made).exists()
    assert RestorativeMeeting.objects.filter(activity=activity).exists()


def test_the_figures_of_a_month_hide_so_few_that_one_might_know_them(
    operator, activity
):
    hand_in(activity, operator, numbers={"victim_male": 2, "offender_male": 5})
    Activity.objects.filter(pk=activity.pk).update(status=Status.VERIFIED)
    scope = figures.Scope(activity.office, Month.of(activity.held_on))

    [row] = figures.restorative(scope)

    assert (row["label"], row["meetings"], row["victim"]) == ("Sepakat penuh", 1, 2)
    assert [figures.publishable(row[side]) for side in ("victim", "offender")] == [
        "< 5",
        "5",
    ]
    assert figures.publishable(0) == "0"
