"""The one table of steps, walked: every step of every record, at every status."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from pokmas.accounts.roles import LEVELS, Role, roles_with
from pokmas.front.tags import turn_of
from pokmas.notices.models import Notice
from pokmas.notices.telling import OVERSEE, promise_of, tell_of_late_turns, watchers
from pokmas.records.lifecycle import Lifecycle
from pokmas.records.steps import Watch
from pokmas.steps.actions import actions_of, address_of
from reports.home.page import kinds, tasks
from tests.factories import person
from tests.pokmas.steps.world import (
    AWAITED_BY_NOBODY,
    MAKERS,
    WITHOUT_PARTNER,
    make,
    open_way,
    represent,
    who_may,
)

pytestmark = pytest.mark.django_db

MODELS = [
    model
    for model in apps.get_models()
    if issubclass(model, Lifecycle) and list(model.STEPS)
]
STEPS = [(model, step.name) for model in MODELS for step in model.STEPS]
# With another address than /pk/name/, as those on parts of a record: tested there.
ELSEWHERE = {"agree"}
# What officers do not see at all.
HIDDEN = {("partners.volunteer", "draft")}
# What only the person himself can do: his turn card names no office.
BY_HIMSELF = "partners.be_volunteer"


def name_of(value):
    return value.__name__ if isinstance(value, type) else str(value)


def test_every_model_with_steps_can_be_made_here():
    assert {model._meta.label_lower for model in MODELS} == set(MAKERS)


def turns():
    return [
        (model, status)
        for model in MODELS
        for status in model.Status
        if model.STEPS.turn_at(status) is not None
    ]


def closed():
    return [
        (model, status)
        for model in MODELS
        for status in model.Status
        if (model._meta.label_lower, status) not in HIDDEN
    ]


def not_at(model, status):
    """The steps that this status does not allow."""
    return [
        step
        for step in model.STEPS
        if step.name not in ELSEWHERE
        and not step.is_inside
        and status not in model.STEPS.statuses(step)
    ]


def is_asked_at(model, step, status):
    """Whether the page of this step is asked for: at the first and the last of the
    statuses that do not allow it. Of all others the record itself is asked."""
    refusing = [each for each in model.Status if step in not_at(model, each)]
    return status in (refusing[0], refusing[-1])


@pytest.mark.parametrize(("model", "status"), closed(), ids=name_of)
def test_a_step_that_the_status_does_not_allow_leads_back_with_the_reason(
    sign_in, model, status
):
    record = make(model, status)
    people = {}
    for step in not_at(model, status):
        asked = record.permission_of(step), step.when
        if asked not in people:
            people[asked] = who_may(record, step)
        user = people[asked]
        said = f"pada status “{record.get_status_display()}”"
        assert said in str(record.refusal(step, user)), step.name
        if not is_asked_at(model, step, status):
            continue

        response = sign_in(user).get(
            address_of(record, step)
            if step.url
            else reverse(f"{record.URLS}{step.name}", args=[record.pk])
        )

        if not model.objects.visible_to(user).filter(pk=record.pk).exists():
            # A draft is nobody's news: who may take the step later knows nothing of it.
            assert response.status_code == 404, step.name
            continue
        answer = response.status_code, response.headers.get("Location")
        assert answer == (302, record.get_absolute_url()), step.name
        *_before, message = get_messages(response.wsgi_request)
        assert said in str(message), step.name
        before = record.status
        record.refresh_from_db()
        assert record.status == before == status, step.name


def guarded():
    return [
        (model, name, field)
        for model, name in STEPS
        for field in model.STEPS[name].not_by
    ]


@pytest.mark.parametrize(("model", "name", "field"), guarded(), ids=name_of)
def test_who_acted_before_is_offered_nothing_and_refused(model, name, field):
    step = model.STEPS[name]
    record = make(model, sorted(model.STEPS.statuses(step))[0])
    user = who_may(record, step)
    model.objects.filter(pk=record.pk).update(**{field: user})
    record.refresh_from_db()

    assert step not in record.steps_for(user)
    assert "orang lain" in str(record.refusal(step, user))
    assert record not in model.objects.awaiting(user) or step.turns == {}


def officers_steps():
    return [
        (model, name)
        for model, name in STEPS
        if not model.STEPS[name].for_partner
        and model._meta.app_label not in ("accounts", "imports", "reports")
        and model._meta.label_lower not in WITHOUT_PARTNER
    ]


@pytest.mark.parametrize(("model", "name"), officers_steps(), ids=name_of)
def test_a_representative_who_became_an_officer_does_nothing_for_his_own_partner(
    model, name
):
    step = model.STEPS[name]
    record = make(model, sorted(model.STEPS.statuses(step))[0])
    user = who_may(record, step)
    represent(record, user)

    assert step not in record.steps_for(user)
    with pytest.raises(ValidationError, match=r"Anda mewakili|orang lain"):
        record.begin(name, by=user, reason="Uji")
    assert record not in model.objects.awaiting(user)


@pytest.mark.parametrize(("model", "status"), turns(), ids=name_of)
def test_what_is_awaited_stands_on_the_home_page_of_who_may_do_it(model, status):
    record = make(model, status)
    if record.is_unmended:
        record.touch()
    step = model.STEPS.awaited_at(status)
    user = who_may(record, step)

    [task] = [each for each in tasks(user) if each.kind == model._meta.label_lower]

    assert (task.url, task.act) == (record.get_absolute_url(), step.turns[status].act)
    actions = actions_of(record, user)
    offered = [actions.first.step, *(each.step for each in actions.beside)]
    assert offered[0] is step or (offered[0].prepares(record) and step in offered)
    assert record in model.objects.awaiting(user)


def watched():
    return [
        (model, status)
        for model, status in turns()
        if model.STEPS.turn_at(status).watch is not None
    ]


def test_what_turn_cards_promise_for_late_turns_happens_once():
    now, cases = timezone.now(), {}
    for model, status in watched():
        record, turn = make(model, status), model.STEPS.turn_at(status)
        place = record.office.region if turn.watch is Watch.REGION else record.office
        role = Role.UNIT_HEAD if turn.watch is Watch.UNIT else Role.REGIONAL_ADMIN
        cases[model, status] = record, turn, person(role, place)
        assert role in watchers(turn.watch, roles_with(OVERSEE))

    tell_of_late_turns(now)
    told_in_time = Notice.objects.filter(kind__endswith=".late").count()
    for (model, _status), (record, turn, _watcher) in cases.items():
        long_ago = now - timedelta(days=turn.days + 2)
        model.objects.filter(pk=record.pk).update(status_since=long_ago)
    tell_of_late_turns(now)
    tell_of_late_turns(now + timedelta(hours=25))

    assert told_in_time == 0
    told = {
        (model, status): [
            notice.url
            for notice in Notice.objects.filter(
                user=watcher, kind=f"{model._meta.model_name}.late"
            )
        ]
        for (model, status), (_record, _turn, watcher) in cases.items()
    }
    assert told == {
        case: [record.get_absolute_url()] for case, (record, *_) in cases.items()
    }


@pytest.mark.parametrize(("model", "status"), watched(), ids=name_of)
def test_a_turn_card_says_who_is_told_if_the_turn_is_late(model, status):
    record = make(model, status)
    card = Template('{% include "components/_turn.html" with object=record %}')

    page = card.render(Context({"record": record}))

    turn = model.STEPS.turn_at(status)
    assert str(promise_of(turn.watch, roles_with(OVERSEE))) in page


def officers_turns():
    return [
        (model, status)
        for model, status in turns()
        if model.STEPS.awaited_at(status).permission != BY_HIMSELF
    ]


@pytest.mark.parametrize(("model", "status"), officers_turns(), ids=name_of)
def test_a_turn_card_names_the_office_of_who_must_act(model, status):
    record = make(model, status)
    step = model.STEPS.awaited_at(status)
    user = who_may(record, step)
    [seat] = {each.office for each in user.assignments.all()}

    card = turn_of({}, record)

    # Whoever reads the name of that role knows where it is held.
    assert seat in card["where"] or seat.level == "headquarters"
    roles = record.exercised_by(step.permission, roles_with(step.permission))
    suited = [r for r in roles if all(each.suits(record, r) for each in step.when)]
    at = set().union(*(LEVELS[role] for role in suited))
    assert (record.office in card["where"]) == (record.office.level in at)


@pytest.mark.parametrize(
    ("model", "name"),
    [(model, name) for model, name in STEPS if model.STEPS[name].needs_reason],
    ids=name_of,
)
@pytest.mark.parametrize("reason", ["", "   "])
def test_a_step_that_needs_a_reason_is_not_taken_without_one(model, name, reason):
    step = model.STEPS[name]
    record = make(model, sorted(model.STEPS.statuses(step))[0])
    open_way(record, name)

    with pytest.raises(ValidationError) as refusal:
        record.begin(name, by=who_may(record, step), reason=reason)

    assert refusal.value.message_dict == {"reason": ["Alasan wajib diisi."]}


def test_every_kind_that_can_wait_is_on_the_home_page():
    assert set(kinds()) == set(MAKERS) - AWAITED_BY_NOBODY
