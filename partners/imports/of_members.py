"""Members of a group from an old list: partners that the unit has already."""

import json

from django.db.models import Q
from django.utils.translation import gettext as _

from partners.groups.models import CommunityGroup, GroupMembership
from partners.imports.of_partners import compared
from partners.registry.models import Partnership
from partners.standing.services import activate
from pokmas.audit.models import Entry
from pokmas.imports import parsers, staging
from pokmas.imports.models import Import, ImportRow
from pokmas.imports.parsers import Reader, key
from pokmas.imports.staging import Staged
from pokmas.offices.models import Office

Role, Status = GroupMembership.Role, Partnership.Status
MORE_ROLES = {
    "KOORDINATOR": Role.COORDINATOR,
    "PENGURUS": Role.COORDINATOR,
    "KETUA KELOMPOK": Role.CHAIR,
}


def roles(record: Import) -> Reader:
    words = {key(str(role.label)): role.value for role in Role}
    words |= {word: role.value for word, role in MORE_ROLES.items()}
    return parsers.listed(words, _("kedudukan"))


def names_of_roles(record: Import) -> list[str]:
    return [str(role.label) for role in Role]


def days(record: Import) -> Reader:
    return parsers.day_until(record.office.today, _("Tanggal ini belum tiba."))


# By its number, else by its name; of several with one name by the telephone number.
MATCH = """
    WITH s AS MATERIALIZED ({rows}), k AS MATERIALIZED (
        SELECT ps.id, ps.phone_key, p.reference, p.plain_name
        FROM partners_partnership ps JOIN partners_partner p ON p.id = ps.partner_id
        WHERE ps.office_id = ANY(%(offices)s) AND ps.status <> ALL(%(outside)s)
    ), pairs AS (
        SELECT s.id, k.id AS known, 1 AS way FROM s JOIN k ON k.reference = s.reference
        UNION ALL SELECT s.id, k.id, CASE WHEN k.phone_key = s.phone_key THEN 2 ELSE 3
            END FROM s JOIN k ON k.plain_name = s.plain_name AND s.plain_name <> ''
            AND s.reference IS NULL
    ), ranked AS (
        SELECT *, count(*) OVER (PARTITION BY id, way) AS many,
            row_number() OVER (PARTITION BY id ORDER BY way, known) AS place FROM pairs
    )
    UPDATE imports_importrow r SET
        found_id = CASE WHEN ranked.many = 1 THEN ranked.known END,
        result = CASE WHEN ranked.many > 1 AND r.result = 'new' THEN 'conflict'
            ELSE r.result END,
        remarks = CASE WHEN ranked.many > 1 THEN jsonb_build_object('name', %(many)s)
            ELSE '{}' END
    FROM ranked WHERE ranked.id = r.id AND ranked.place = 1
"""
STRANGE = """
    UPDATE imports_importrow SET result = 'wrong',
        remarks = jsonb_build_object('name', %(words)s::text)
    WHERE of_id = %(import)s AND result = 'new' AND found_id IS NULL
        AND answers ? 'name'
"""
IDLE = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('name', %(words)s::text)
    FROM partners_partnership ps WHERE r.of_id = %(import)s AND r.result = 'new'
        AND ps.id = r.found_id AND ps.status <> ALL(%(working)s)
"""
MEMBERS = """
    UPDATE imports_importrow r SET remarks = said.remarks,
        result = CASE WHEN said.remarks = '{}' THEN 'same' ELSE 'conflict' END
    FROM (
        SELECT s.id, jsonb_strip_nulls(jsonb_build_object(
            'role', CASE WHEN s.role <> m.role
                THEN %(there)s || (%(roles)s::jsonb ->> m.role) END,
            'starts_on', CASE WHEN s.starts_on <> m.starts_on
                THEN %(there)s || to_char(m.starts_on, 'DD-MM-YYYY') END
        )) AS remarks
        FROM partners_groupmembership m JOIN {sheet} AS s
            ON m.partnership_id = s.found_id
        WHERE s.result = 'new' AND m.group_id = %(about)s AND m.ends_on IS NULL
    ) AS said WHERE said.id = r.id
"""
TWICE = """
    UPDATE imports_importrow r SET result = 'conflict',
        remarks = jsonb_build_object('', %(words)s || twice.first)
    FROM (
        SELECT id, number, first_value(number) OVER (
            PARTITION BY {what} ORDER BY number
        ) AS first FROM (
            SELECT id, number, found_id, answers ->> 'role' AS role
            FROM imports_importrow WHERE of_id = %(import)s AND result = 'new'
        ) AS s WHERE {among}
    ) AS twice WHERE r.id = twice.id AND twice.number > twice.first
"""
SECOND_CHAIR = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('role', %(words)s::text)
    WHERE r.of_id = %(import)s AND r.result = 'new' AND r.answers ->> 'role' = %(chair)s
        AND EXISTS (SELECT FROM partners_groupmembership WHERE group_id = %(about)s
                    AND ends_on IS NULL AND role = %(chair)s)
"""


def judge(work: Staged) -> None:
    """Which rows are partners of the unit that may become members."""
    work.run(
        MATCH.replace("{rows}", compared("reference", "name", "phone")),
        offices=list(_offices(work.record.office)),
        outside=[Status.DECLINED.value, Status.ENDED.value, Status.DRAFT.value],
        many=_("ada beberapa mitra bernama ini; tulis nomor pendaftarannya."),
    )
    words = _("belum menjadi mitra unit ini; masukkan dahulu daftar mitranya.")
    work.run(STRANGE, words=words)
    work.run(
        MEMBERS,
        there=_("di portal: "),
        roles=json.dumps({role.value: str(role.label) for role in Role}),
    )
    work.run(
        IDLE,
        words=_("belum disetujui atau sedang ditangguhkan."),
        working=[status.value for status in Partnership.WORKING],
    )
    work.run(
        SECOND_CHAIR, words=_("kelompok ini sudah punya ketua."), chair=Role.CHAIR.value
    )
    repeated = TWICE.replace("{what}", "found_id").replace("{among}", "true")
    work.run(repeated, words=_("Mitra yang sama ada di baris "))
    chairs = TWICE.replace("{what}", "role").replace("{among}", "role = %(chair)s")
    work.run(chairs, words=_("Ketua sudah ada di baris "), chair=Role.CHAIR.value)


def _offices(office: Office):
    """The unit in whose name the group's office works, and its posts."""
    post = Office.Level.POST
    unit = office.parent_id if office.level == post else office.pk
    both = Office.objects.filter(Q(pk=unit) | Q(parent=unit, level=post))
    return both.values_list("pk", flat=True)


def refusal(group: CommunityGroup, user):
    """Whether members may be taken in now, as one by one."""
    return group.refusal(CommunityGroup.STEPS["add_member"], user)


def insert(work: Staged, *, by) -> None:
    """Each new row is a place in the group; an active group makes its members so."""
    group = CommunityGroup.objects.get(pk=work.record.about_id)
    group.begin("add_member", by=work.record.created_by)
    staging.insert(
        work,
        GroupMembership,
        {
            "group": "%(about)s::bigint",
            "partnership": "s.found_id",
            "role": "coalesce(s.role, %(member)s)",
            "starts_on": "coalesce(s.starts_on, %(today)s::date)",
        },
        member=Role.MEMBER.value,
        today=work.record.office.today,
    )
    group.touch()
    Entry.record(by, "communitygroup.members_imported", group, file=work.record.name)
    if group.status == CommunityGroup.Status.ACTIVE:
        _activate(work.record, by)


def _activate(record: Import, by) -> None:
    fresh = record.rows.filter(result=ImportRow.Result.NEW).values("found_id")
    for partnership in Partnership.objects.filter(
        pk__in=fresh, status=Status.APPROVED
    ).order_by("pk"):
        activate(partnership, by=by)


def keeps_all(work: Staged) -> str | None:
    """Once its members were assessed, the group stays as it was assessed."""
    group = CommunityGroup.objects.get(pk=work.record.about_id)
    step = CommunityGroup.STEPS["add_member"]
    if group.status in CommunityGroup.STEPS.statuses(step):
        return None
    return _("Tetap ada: kelompoknya sudah diasesmen.")


def undo(work: Staged, by) -> None:
    group = CommunityGroup.objects.get(pk=work.record.about_id)
    group.lock()
    group.touch()
    Entry.record(by, "communitygroup.members_taken_back", group, file=work.record.name)
