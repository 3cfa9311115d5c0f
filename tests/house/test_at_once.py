"""Of two who do the same at once the second is told why not, and keeps his text."""

import uuid

import pytest
from django import forms
from django.db import connection

from pokmas.records.lines import LineFormField
from tests.house.forms import answers, forms_of, send
from tests.house.rooms import CLOSED, TYPED, VARIANTS, address, said_at
from tests.house.test_extra_fields import STEP, difference, sending, snapshot
from tests.house.test_pages import ORDER
from tests.house.test_walk import undone
from tests.house.world import build
from tests.house.written import writes, written_since

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

FIRST, SECOND = "Diketik si pertama", "Diketik si kedua"
# Asked for on the page of a record, by an address that has no page.
ASKED_ELSEWHERE = {
    *("accounts:deactivate", "accounts:reactivate", "accounts:reset_second_factor"),
    "offices:cancel",
}
# What stands already where every service writes: somebody was faster.
REFUSED = """
    DO $$ BEGIN
        RAISE unique_violation USING TABLE = 'accounts_assignmentrequest',
            CONSTRAINT = 'one_open_request_per_role';
    END $$
"""
WORDS = "menunggu keputusan"


def faster(execute, sql, params, many, context):
    """The database refuses the entry about what is being done."""
    if sql.startswith('INSERT INTO "audit_entry"'):
        sql, params, many = REFUSED, None, False
    return execute(sql, params, many, context)


def typed(client, url, name, access) -> dict:
    """The answers to a page where one writes; empty if one does not."""
    found = []
    if "get" in access.methods:
        with undone(client):
            found = forms_of(client.get(url))
    said = {name: value for form in found for name, value in answers(form).items()}
    fixed = said_at(name, {bound.html_name for form in found for bound in form})
    written = _written(found, fixed)
    if name in ASKED_ELSEWHERE:
        written = {"reason"}
    if not written:
        return {}
    said["submission_key"] = str(uuid.uuid4())
    first = {field: TYPED.get(field, "%s") % FIRST for field in written}
    return STEP | said | fixed | first


def _written(found, fixed) -> set[str]:
    """Long texts; where there are none, the short ones. What must be `fixed` is not
    typed over."""
    every = [bound for form in found for bound in form if not bound.is_hidden]
    bounds = [bound for bound in every if bound.html_name not in fixed]
    long = {b.html_name for b in bounds if isinstance(b.field.widget, forms.Textarea)}
    plain = (forms.CharField, LineFormField)
    return long or {b.html_name for b in bounds if type(b.field) in plain}


def writings(world, client, role, *, over):
    """Route, address and answers of each page on which this role writes, for records
    at every status, until the route is among those that are `over`."""
    user = world.people[role]
    built = {kind: variants(world) for kind, variants in VARIANTS.items()}
    for name, access in sending(role):
        if ":" not in name:  # of allauth
            continue
        choices = [[world.find(each, user) for each in access.on]]
        for place, kind in enumerate(access.on):
            before, after = choices[0][:place], choices[0][place + 1 :]
            choices += [[*before, row.pk, *after] for row in built.get(kind, [])]
        for arguments in choices:
            if name in over:
                break
            url = address(name, arguments)
            if said := typed(client, url, name, access):
                yield name, url, said


@pytest.mark.parametrize("role", ORDER)
def test_who_is_too_late_reads_his_text_again(sign_in, role):
    """Another was faster by a moment, or has done the very same."""
    world = build()
    client = sign_in(world.people[role])
    before, counted = snapshot(), writes()
    asked, refused, done, over, lost = set(), set(), set(), set(), {}
    for name, url, said in writings(world, client, role, over=over):
        before |= snapshot(written_since(counted))
        counted = writes()
        asked.add(name)
        if (page := by_a_moment(client, url, said)) is not None:
            refused.add(name)
            if FIRST not in page:
                lost[name, "by a moment"] = url
        if (page := after_another(client, url, said, before)) is not None:
            done.add(name)
            if SECOND not in page:
                lost[name, "after another"] = url
        over |= refused & done

    assert lost == {}
    assert asked - refused <= CLOSED


def by_a_moment(client, url, said) -> str | None:
    """The page after the database refused what was written; None if nothing was."""
    with undone(client), connection.execute_wrapper(faster):
        page = send(client, url, said, follow=True).content.decode()
    return page if WORDS in page else None


def after_another(client, url, said, before) -> str | None:
    """The page of a second person, and all that was stored; None if the first got
    nothing done."""
    again = {
        name: value.replace(FIRST, SECOND) if isinstance(value, str) else value
        for name, value in said.items()
    }
    again["submission_key"] = str(uuid.uuid4())
    with undone(client):
        counted = writes()
        send(client, url, said)
        if not difference(before, snapshot(written_since(counted))):
            return None
        page = send(client, url, again, follow=True).content.decode()
        return f"{page} {snapshot(written_since(counted))!r}"
