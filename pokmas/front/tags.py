"""`{% load pokmas %}`: words for dates and numbers, icons, and bits of components."""

from datetime import date
from decimal import Decimal
from functools import cache
from textwrap import wrap

from django import forms, template
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from pokmas.accounts.roles import LEVELS, STAFF, roles_with
from pokmas.coordination import about
from pokmas.coordination.models import Task
from pokmas.front.once import once
from pokmas.lists.bar import field_markup
from pokmas.lists.chips import chips
from pokmas.notices.telling import OVERSEE, officers, promise_of, watch_at
from pokmas.papers.srikandi import BLANK
from pokmas.records.guarded import value_text
from pokmas.steps import way
from pokmas.steps.actions import action_of, actions_of
from pokmas.words import dates
from pokmas.words.addresses import breakable
from pokmas.words.identity import spaced_nip
from pokmas.words.language import in_readers_words
from pokmas.words.phones import international

# So many are named of those who may act instead of whoever looks.
MOST_OTHERS = 3
register = template.Library()
register.tag(once)


def _of_known(function):
    """A filter that prints nothing where there is no value."""

    def filtered(value, argument=None):
        if value in (None, ""):
            return ""
        return function(value) if argument is None else function(value, argument)

    return filtered


for name in (
    "date_long",
    "date_full",
    "date_short",
    "month_year",
    "date_time",
    "moment_brief",
    "time_zoned",
    "number",
    "percent",
    "rupiah",
    "compact",
    "file_size",
):
    # The day of a moment is the one where the reader is.
    register.filter(name, _of_known(getattr(dates, name)), expects_localtime=True)

register.simple_tag(dates.date_range)
register.simple_tag(dates.period)
register.filter("nip", spaced_nip)
register.filter("phone", international)
register.filter(breakable)


register.filter(in_readers_words)


@register.filter
def distance(day: date | None, today: date | None = None) -> str:
    """3 hari lagi, seen from today: the reader's, or that of an office."""
    return dates.distance(day, today or timezone.localdate()) if day else ""


@register.filter
def value_of(record, name: str) -> str:
    """The value of one field in words: `{{ agreement|value_of:"starts_on" }}`."""
    return value_text(record, name)


@register.filter
def status_tag(record) -> str:
    """The status of a record as a coloured word; the colour says no more than it."""
    return format_html(
        '<span class="status tone-{}">{}</span>', record.tone, record.status_label
    )


@register.simple_tag
@cache
def icon(name: str) -> str:
    """One of static/img/icons.svg; always beside words, so hidden from readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def csrf_field(context) -> str:
    """`{% csrf_token %}` for components, which are included with `only`."""
    request = getattr(context, "request", None)
    if request is None:
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">',
        context.get("csrf_token") or get_token(request),
    )


@register.filter
def in_fours(key: str) -> str:
    """A long key as it is copied by hand: ABCD EFGH."""
    return " ".join(wrap(key, 4))


@register.filter
def first_id(bound) -> str:
    """The id an error points to: the first input of a field."""
    if bound.field.widget.use_fieldset:
        return f"{bound.auto_id}_0"
    return bound.auto_id


@register.filter
def unstopped(label) -> str:
    """A label that is a sentence, before a colon: without its full stop."""
    return str(label).rstrip(".:")


@register.filter
def blanked(text: str) -> str:
    """As its PDF reads: with blanks where SRIKANDI fills in."""
    return BLANK.placed(text)


@register.filter
def named_before(bound) -> str:
    """What stands before the errors of a field where they stand apart from it; nothing
    where they are a question that its tick answers."""
    codes = {error.code for error in bound.form.errors.as_data().get(bound.name, ())}
    if is_checkbox(bound) and "required" not in codes:
        return ""
    return f"{_heading_before(bound)}{unstopped(bound.label)}: "


def _heading_before(bound) -> str:
    """That of its part of the form, where another part asks for the same."""
    same = {
        name: str(heading)
        for heading, rows in getattr(bound.form, "LAYOUT", ())
        for row in rows
        for name in ((row,) if isinstance(row, str) else row)
        if name in bound.form.fields and bound.form[name].label == bound.label
    }
    heading = same.get(bound.name, "")
    return f"{heading} · " if heading and len(set(same.values())) > 1 else ""


@register.filter
def asks_a_secret(form) -> bool:
    """Whether something typed is never shown again, such as a password."""
    return any(
        isinstance(field.widget, forms.PasswordInput)
        for field in getattr(form, "fields", {}).values()
    )


@register.filter
def is_checkbox(bound) -> bool:
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.filter
def figure(value) -> str:
    """A number as 1.234; words as they are; nothing as a dash."""
    if isinstance(value, int | float | Decimal):
        return dates.number(value)
    return "–" if value in (None, "") else value


@register.simple_tag(takes_context=True)
def ways_on(context, record, names: str) -> list:
    """The buttons of those of these steps of a record that are open to the reader."""
    user = context["request"].user
    steps = [record.STEPS[name] for name in names.split()]
    open_ones = [
        step
        for step in steps
        if record.may(user, step) and record.refusal(step, user) is None
    ]
    return [action_of(record, step) for step in open_ones]


@register.simple_tag(takes_context=True)
def turn_of(context, record) -> dict | None:
    """Who must act on a Lifecycle record, for `components/_turn.html`."""
    turn, step = record.turn, record.awaited
    if turn is None:
        return None
    user = getattr(getattr(context, "request", None), "user", None)
    due_on = record.due_on
    changed = getattr(user, "role_changes", None)
    overseers = roles_with(OVERSEE, changed)
    permission = record.permission_of(step)
    roles = [
        role
        for role in record.exercised_by(permission, roles_with(permission, changed))
        if all(each.suits(record, role) for each in step.when)
    ]
    persons = record.persons_of(step)
    # Partners and volunteers sit in no office.
    seats = [record.office.nearest(LEVELS[role]) for role in roles if role in STAFF]
    return {
        "who": persons or [role.label for role in roles],
        "where": [] if persons else list(dict.fromkeys(filter(None, seats))),
        "begins": next(filter(None, (each.begins(record) for each in step.when)), ""),
        "because": turn.because(record),
        "act": turn.mend if turn.mend and record.is_unmended else turn.act,
        "due_on": due_on,
        "is_late": bool(due_on) and due_on < record.office.today,
        "distance": dates.distance(due_on, record.office.today) if due_on else "",
        "otherwise": [
            each
            for each in (
                turn.otherwise,
                promise_of(watch_at(record.office, turn.watch), overseers),
            )
            if each
        ],
        **_whose(record, step, user),
    }


def _whose(record, step, user) -> dict:
    """Whether it is the turn of whoever looks; if what he did before keeps him from it,
    why, and who else may."""
    is_mine = bool(user) and record.is_turn_of(user)
    acted = [getattr(record, f"{name}_id") for name in step.not_by]
    if is_mine or not user or user.pk not in acted or not record.may(user, step):
        return {"is_mine": is_mine}
    known = officers(record, record.permission_of(step))
    others = [each for each in known if each.pk not in acted]
    return {
        "is_mine": False,
        "barred": record.refusal(step, user),
        "others": [str(each) for each in others[:MOST_OTHERS]],
    }


@register.simple_tag(takes_context=True, name="actions_of")
def actions(context, record):
    """What whoever looks may do to a record, for `components/_actions.html`."""
    user = getattr(getattr(context, "request", None), "user", None)
    return actions_of(record, user) if user and user.is_authenticated else None


@register.simple_tag(takes_context=True)
def gives_tasks_about(context, record) -> str:
    """The name of the record for a task about it; none for whoever gives none."""
    user = getattr(getattr(context, "request", None), "user", None)
    gives = user and user.has_perm("coordination.give_task")
    return about.name_of(record) if gives and not isinstance(record, Task) else ""


@register.simple_tag(takes_context=True)
def reason_of(context, record) -> str:
    """Why a Lifecycle record has its status, as far as whoever looks may read it."""
    user = getattr(getattr(context, "request", None), "user", None)
    return record.reason_for(user)


register.simple_tag(way.way_of)


# What a list is narrowed to


register.filter(chips)


@register.filter
def bar_fields(filters) -> list[str]:
    """What a bar of filters asks at once, as markup."""
    return _fields(filters, folded=False)


@register.filter
def folded_fields(filters) -> list[str]:
    """What it asks behind "Lainnya"."""
    return _fields(filters, folded=True)


def _fields(filters, *, folded: bool) -> list[str]:
    names = getattr(filters, "FOLDED", ())
    return [
        field_markup(bound)
        for bound in filters.form.visible_fields()
        if (bound.name in names) == folded
    ]


@register.filter
def kept_params(filters) -> list[tuple[str, str]]:
    """What else the address says and a new filter must not lose: order and size, and
    what the filters themselves name in `KEPT`."""
    names = ("sort", "size", *getattr(filters, "KEPT", ()))
    return [(name, filters.data[name]) for name in names if name in filters.data]
