"""What the tests of the whole house must know of this room."""

import io
from datetime import UTC, datetime
from functools import partial

import docx

from partners.models import WordTemplate
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from tests.factories import CommunityGroupFactory, GroupMembershipFactory
from tests.house.access import HEAD, OPERATOR, form, get, post
from tests.pokmas.documents.corpus import upload

ACCESS = {
    "partners:templates": get({HEAD, OPERATOR}),
    "partners:template_kind": form({HEAD, OPERATOR}, "kind_of_template"),
    "partners:template_use": post({HEAD, OPERATOR}, "template"),
    "partners:template_put_aside": post({HEAD, OPERATOR}, "template"),
    "partners:template_preview": get({HEAD, OPERATOR}, "template"),
}
WORDS = {"kind_of_template": "partners.decree"}
COMMON = {"kind_of_template"}
# Takes Word files alone; none is in use.
CLOSED = {"partners:template_kind", "partners:template_put_aside"}
NOT_SHOWN = {"partners:template_preview"}


def rows(world):
    by = world.people[Role.UNIT_OPERATOR]
    file = documents.store(upload("templat.docx", a_word_file()), by=by)
    template = WordTemplate.objects.create(
        office=world.unit, kind="partners.decree", version=1, file=file, created_by=by
    )
    documents.attach(file, template, by=by)
    return {"template": template}


def a_word_file() -> bytes:
    output = io.BytesIO()
    docx.Document().save(output)
    return output.getvalue()


def group(world, text, status):
    """With more members than are named in a letter, of long names."""
    group = CommunityGroupFactory(
        office=world.unit,
        status=status,
        name=text[:150],
        inaugurated_by=text[:120],
        ceremony_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
        ceremony_place=text[:150],
    )
    for place in range(5):
        GroupMembershipFactory(
            group=group,
            role="member" if place else "chair",
            partner__name=text[:150],
            partner__leader_name=text[:120],
            partner__leader_position=text[:80],
            partner__address=text[:250],
            partner__village=text[:80],
        )
    return group


PAPERS = {
    "partners.decree": partial(group, status="assessed"),
    "partners.dissolution": partial(group, status="active"),
    "partners.invitation": partial(group, status="established"),
    "partners.attendance": partial(group, status="established"),
    "partners.inauguration": partial(group, status="established"),
}
