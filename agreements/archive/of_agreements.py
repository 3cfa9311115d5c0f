"""Agreements of an old register: which are known, and how the others come in.

What a row comes in as is settled first and kept with what was read of it, as `as`: its
days, its numbers, its partner. All that follows asks that.
"""

import json
from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from agreements.archive.parsers import DEAD, DRAFT, LIVE, NONE, RENEWING, title_of
from agreements.register.models import Agreement
from agreements.register.validity import EXPIRING_DAYS, MOST_YEARS
from agreements.signing.services import EARLIEST
from partners.imports import of_partners as partners
from partners.imports.of_partners import KEY
from partners.models import Partnership
from partners.registry.keys import PlainName
from pokmas.documents.models import new_code
from pokmas.imports import staging
from pokmas.imports.models import Import, ImportRow
from pokmas.imports.staging import CLASH, LET_IN, Staged
from pokmas.numbering import services as numbering
from pokmas.numbering.keys import Bare
from pokmas.numbering.models import Kind as NumberKind
from pokmas.numbering.models import Number, keeper_of
from pokmas.words import dates

Kind, Status = Agreement.Kind, Agreement.Status
DAY = "to_char({}, 'DD-MM-YYYY')"
# How alike two names are, to say so.
ALIKE = 0.6
# Of a row against which only a parallel agreement of the same kind stands.
MARKED = f"jsonb_set(r.answers, '{{as,{CLASH}}}', 'true')"

SETTLED = f"""
    UPDATE imports_importrow r SET answers = (r.answers - 'as') || jsonb_build_object(
        'as', jsonb_strip_nulls(jsonb_build_object(
            'plain', m.plain, 'kind', m.kind, 'ours', m.ours, 'theirs', m.theirs,
            'title', coalesce(
                m.title, left((%(titles)s::jsonb ->> m.kind) || m.name, 200)
            ),
            'starts', m.starts, 'signed', coalesce(m.signed_on, m.starts),
            'ends', m.ends,
            'validity', CASE WHEN m.starts > %(today)s THEN 'future'
                WHEN m.ends < %(today)s THEN 'expired'
                WHEN m.ends <= %(soon)s THEN 'expiring' ELSE 'in_force' END
        ))
    )
    FROM (
        SELECT n.*, coalesce(
            n.ends_on, n.due_on, (n.term ->> 'ends')::date,
            (n.starts + make_interval(months => (n.term ->> 'months')::int))::date - 1
        ) AS ends
        FROM (
            SELECT s.id, s.name, s.title, s.signed_on, s.ends_on, s.due_on, s.term,
                nullif({PlainName.function}(s.name), '') AS plain,
                coalesce(s.kind, CASE
                    WHEN {KEY.format("s.title")} LIKE 'NOTA KESEPAKATAN%%' THEN 'joint'
                    WHEN {KEY.format("s.title")} ~ '^(NOTA|MOU|MEMORANDUM)\\y'
                        THEN 'mou'
                    ELSE 'pks' END) AS kind,
                coalesce(s.our_number, s.numbers ->> 0) AS ours,
                coalesce(s.partner_number, s.numbers ->> 1) AS theirs,
                coalesce(
                    s.starts_on, (s.term ->> 'starts')::date, s.signed_on
                ) AS starts
            FROM {{sheet}} AS s
        ) AS n
    ) AS m WHERE r.id = m.id
"""  # noqa: S608 - the names are ours
# The rows as they come in.
ROWS = """(
    SELECT id, number, result, answers ->> 'name' AS name,
        answers ->> 'status' AS status, answers ->> 'reference' AS reference,
        answers #>> '{as,plain}' AS plain, answers #>> '{as,title}' AS title,
        (answers #>> '{as,partner}')::bigint AS partner,
        coalesce(answers #>> '{as,partner}', answers #>> '{as,plain}') AS party,
        answers #>> '{as,kind}' AS kind, answers ->> 'kind' AS kind_said,
        {bare} AS ours,
        (answers #>> '{as,signed}')::date AS signed,
        (answers ->> 'signed_on')::date AS signed_said,
        extract(year FROM (answers #>> '{as,signed}')::date) AS year,
        (answers #>> '{as,starts}')::date AS starts,
        (answers #>> '{as,ends}')::date AS ends,
        answers #>> '{as,validity}' AS validity, answers
    FROM imports_importrow WHERE of_id = %(import)s OFFSET 0
)""".replace("{bare}", f"{Bare.function}(answers #>> '{{as,ours}}')")
# By its number, else by its name: those that work with the unit before others.
PARTNERS = """
    WITH s AS MATERIALIZED (SELECT * FROM {rows} AS s), k AS MATERIALIZED (
        SELECT p.id, p.reference, p.plain_name,
            CASE WHEN ps.status = ANY(%(working)s) THEN 1
                WHEN ps.status <> ALL(%(closed)s) THEN 2 ELSE 3 END AS rank
        FROM partners_partnership ps JOIN partners_partner p ON p.id = ps.partner_id
        WHERE ps.office_id = ANY(%(branch)s) AND p.merged_into_id IS NULL
            AND NOT (ps.is_self_registered AND ps.status = %(draft)s)
    ), pairs AS (
        SELECT s.id, k.id AS partner, 0 AS rank
            FROM s JOIN k ON k.reference = s.reference
        UNION ALL SELECT s.id, k.id, k.rank FROM s JOIN k ON k.plain_name = s.plain
            WHERE s.reference IS NULL
    ), ranked AS (
        SELECT *, rank() OVER (PARTITION BY id ORDER BY rank) AS place FROM pairs
    ), best AS (
        SELECT id, min(partner) AS partner, count(DISTINCT partner) AS many
        FROM ranked WHERE place = 1 GROUP BY id
    )
    UPDATE imports_importrow r SET
        answers = jsonb_set(r.answers, '{as,partner}', to_jsonb(best.partner)),
        result = CASE WHEN best.many > 1 AND r.result = 'new' THEN 'conflict'
            ELSE r.result END,
        remarks = CASE WHEN best.many > 1
            THEN jsonb_build_object('name', %(many)s::text) ELSE r.remarks END
    FROM best WHERE best.id = r.id
"""
WRONG = """
    UPDATE imports_importrow r SET result = 'wrong', remarks = r.remarks || m.said
    FROM (
        SELECT s.id, CASE
            WHEN s.status IN (%(none)s, %(draft)s) THEN jsonb_build_object(
                'status', CASE s.status WHEN %(none)s THEN %(no_paper)s::text
                    ELSE %(unsigned)s::text END)
            ELSE jsonb_strip_nulls(jsonb_build_object(
                'reference', CASE WHEN s.reference IS NOT NULL AND s.partner IS NULL
                    THEN %(strange)s::text END,
                'name', CASE WHEN s.partner IS NULL AND s.reference IS NULL
                    AND %(place)s::text IS NULL THEN %(unknown)s::text END,
                'starts_on', CASE WHEN s.starts IS NULL THEN %(no_start)s::text END,
                'ends_on', CASE WHEN s.ends IS NULL AND s.starts IS NOT NULL
                    THEN %(no_end)s::text
                    WHEN s.ends <= s.starts THEN %(turned)s::text END,
                'signed_on', CASE WHEN s.signed > %(today)s THEN %(ahead)s::text
                    WHEN s.signed < %(earliest)s THEN %(too_early)s::text END
            )) END AS said
        FROM {rows} AS s WHERE s.result IN ('new', 'wrong') AND s.name IS NOT NULL
    ) AS m WHERE r.id = m.id AND m.said <> '{}'
"""
# A cell that cannot be read is not said to be lacking, too, nor what follows from it.
UNREAD = """
    UPDATE imports_importrow r SET remarks = r.remarks
        - (SELECT array_agg(each) FROM jsonb_object_keys(r.problems) AS each)
        - CASE WHEN r.problems ?| %(of_start)s THEN 'starts_on' ELSE '' END
        - CASE WHEN r.problems ?| %(of_end)s THEN 'ends_on' ELSE '' END
    WHERE of_id = %(import)s AND problems <> '{}'
"""
# The same agreement has the same number, or begins on the same day.
KNOWN = f"""
    WITH s AS MATERIALIZED (SELECT * FROM {{rows}} AS s WHERE s.result = 'new'),
    k AS MATERIALIZED (
        SELECT *, {Bare.function}(our_number) AS ours
        FROM agreements_agreement WHERE office_id = %(office)s
    ), pairs AS (
        SELECT s.id, k.id AS known, 1 AS way FROM s JOIN k
            ON k.ours = s.ours AND k.number_year = s.year
        UNION ALL SELECT s.id, k.id, 2 FROM s JOIN k ON k.partner_id = s.partner
            AND k.kind = s.kind AND k.starts_on = s.starts
            WHERE k.amends_id IS NULL AND k.status = ANY(%(signed)s)
                AND NOT s.answers ? '{LET_IN}'
    ), best AS (
        SELECT DISTINCT ON (id) id, known, way FROM pairs ORDER BY id, way, known
    )
    UPDATE imports_importrow r SET found_id = m.known, remarks = r.remarks || m.said,
        result = CASE WHEN m.said = '{{}}' THEN 'same' ELSE 'conflict' END,
        answers = CASE WHEN m.is_beside THEN {MARKED} ELSE r.answers END
    FROM (
        SELECT s.id, k.id AS known,
            best.way = 2 AND k.ours <> '' AND k.ours <> s.ours AS is_beside,
            jsonb_strip_nulls(jsonb_build_object(
            '', CASE WHEN k.partner_id IS DISTINCT FROM s.partner
                THEN %(taken)s || '“' || k.title || '”' END,
            'our_number', CASE WHEN k.ours <> s.ours THEN %(there)s || k.our_number END,
            'kind', CASE WHEN k.kind <> s.kind_said
                THEN %(there)s || (%(kinds)s::jsonb ->> k.kind) END,
            'signed_on', CASE WHEN k.signed_on <> s.signed_said
                THEN %(there)s || {DAY.format("k.signed_on")} END,
            'starts_on', CASE WHEN k.starts_on <> s.starts
                THEN %(there)s || {DAY.format("k.starts_on")} END,
            'ends_on', CASE WHEN k.ends_on <> s.ends
                THEN %(there)s || {DAY.format("k.ends_on")} END
        )) AS said
        FROM best JOIN s ON s.id = best.id JOIN k ON k.id = best.known
    ) AS m WHERE r.id = m.id
"""  # noqa: S608 - the names are ours
BOOK = f"""
    UPDATE imports_importrow r SET result = 'conflict',
        remarks = jsonb_build_object('our_number', %(words)s || n.gist)
    FROM {{rows}} AS s JOIN numbering_number n
        ON {Bare.function}(n.text) = s.ours AND n.year = s.year
    WHERE r.id = s.id AND s.result = 'new' AND n.office_id = %(keeper)s
        AND n.cancelled_at IS NULL
"""  # noqa: S608 - the names are ours
OVERLAP = f"""
    UPDATE imports_importrow r SET result = 'conflict', found_id = m.known,
        remarks = r.remarks || jsonb_build_object('', %(words)s || m.said),
        answers = CASE WHEN r.result = 'new' THEN {MARKED} ELSE r.answers END
    FROM (
        SELECT DISTINCT ON (s.id) s.id, k.id AS known, '“' || k.title || '” ('
            || coalesce(nullif(k.our_number, ''), '–') || '), '
            || {DAY.format("k.starts_on")} || ' – ' || {DAY.format("k.ends_on")} AS said
        FROM {{rows}} AS s JOIN agreements_agreement k
            ON k.partner_id = s.partner AND k.kind = s.kind
        WHERE NOT s.answers ? '{LET_IN}'
            AND k.office_id = %(office)s AND k.amends_id IS NULL
            AND k.group_id IS NULL AND NOT k.is_overlap_kept
            AND k.status = ANY(%(binding)s)
            AND k.starts_on <= s.ends AND k.ends_on >= s.starts
        ORDER BY s.id, k.id
    ) AS m WHERE r.id = m.id AND (r.result = 'new'
        OR r.result = 'conflict' AND r.found_id IS NULL AND r.remarks ? 'our_number')
"""  # noqa: S608 - the names are ours
TWICE = """
    UPDATE imports_importrow r SET result = 'conflict',
        remarks = jsonb_build_object('', %(words)s || m.first), answers = {answers}
    FROM (
        SELECT b.id, min(a.number) AS first FROM {rows} AS a JOIN {rows} AS b ON {same}
        WHERE a.result = 'new' AND b.result = 'new' AND a.number < b.number AND {when}
        GROUP BY b.id
    ) AS m WHERE r.id = m.id
"""
SAME_NUMBER = ("a.ours = b.ours AND a.year = b.year", "true", "r.answers")
SAME_TIME = (
    "a.party = b.party AND a.kind = b.kind",
    f"a.starts <= b.ends AND a.ends >= b.starts AND NOT b.answers ? '{LET_IN}'",
    MARKED,
)
# A number may be given again in another year; more often a year is a typing error.
OTHER_YEAR = """
    UPDATE imports_importrow r
    SET remarks = r.remarks || jsonb_build_object('our_number', %(words)s || m.others)
    FROM (
        SELECT b.id, string_agg(
            a.number || ' (' || a.year || ')', ', ' ORDER BY a.number
        ) AS others
        FROM {rows} AS a JOIN {rows} AS b ON a.ours = b.ours AND a.year <> b.year
        WHERE a.result = 'new' AND b.result = 'new' GROUP BY b.id
    ) AS m WHERE r.id = m.id
"""

# What comes in that no cell says so, and what does not fit together.
SAID = f"""
    UPDATE imports_importrow r SET remarks = r.remarks || m.said FROM (
        SELECT s.id, jsonb_strip_nulls(jsonb_build_object(
            'name', CASE WHEN s.partner IS NULL THEN %(new_partner)s::text END,
            'title', CASE WHEN NOT s.answers ? 'title' THEN %(untold)s || s.title END,
            'kind', CASE WHEN s.kind_said IS NULL
                THEN %(untold)s || (%(kinds)s::jsonb ->> s.kind) END,
            'our_number', CASE WHEN s.ours IS NULL THEN %(no_number)s::text END,
            'signed_on', CASE WHEN s.signed_said IS NULL
                THEN %(untold)s || {DAY.format("s.signed")} END,
            'starts_on', CASE WHEN NOT s.answers ? 'starts_on'
                THEN %(untold)s || {DAY.format("s.starts")}
                WHEN s.starts < s.signed THEN %(before)s::text END,
            'ends_on', CASE WHEN NOT s.answers ? 'ends_on'
                THEN %(reckoned)s || {DAY.format("s.ends")}
                WHEN s.ends > s.starts + %(long)s::interval THEN %(too_long)s::text END,
            'due_on', CASE WHEN (s.answers ->> 'due_on')::date <> s.ends
                THEN %(other_end)s || {DAY.format("s.ends")} END,
            'status', CASE
                WHEN s.status = %(live)s AND s.validity = 'expired'
                    OR s.status = %(dead)s AND s.validity <> 'expired'
                    THEN %(contrary)s || (%(validity)s::jsonb ->> s.validity)
                WHEN s.status = %(renewing)s
                    THEN %(renewed)s || (%(validity)s::jsonb ->> s.validity) END
        )) AS said
        FROM {{rows}} AS s WHERE s.result = 'new'
    ) AS m WHERE r.id = m.id
"""  # noqa: S608 - the names are ours
# Of those unknown, what they may be meant for.
NEAR = """
    UPDATE imports_importrow r SET remarks = r.remarks
        || jsonb_build_object('name', %(words)s || '“' || m.name || '”')
    FROM (
        SELECT DISTINCT ON (s.plain) s.plain, k.name FROM (
            SELECT DISTINCT plain FROM {rows} AS s
            WHERE s.result = 'new' AND s.partner IS NULL
        ) AS s JOIN (
            SELECT DISTINCT p.name, p.plain_name FROM partners_partnership ps
            JOIN partners_partner p ON p.id = ps.partner_id
            WHERE ps.office_id = ANY(%(branch)s)
                AND NOT (ps.is_self_registered AND ps.status = %(draft)s)
        ) AS k ON similarity(k.plain_name, s.plain) >= %(alike)s
        ORDER BY s.plain, similarity(k.plain_name, s.plain) DESC
    ) AS m
    WHERE r.of_id = %(import)s AND r.result = 'new'
        AND r.answers #>> '{as,plain}' = m.plain AND NOT r.answers -> 'as' ? 'partner'
"""
# The first row that names an unknown partner makes it, and the others are told.
MAKES = """
    UPDATE imports_importrow r SET answers = jsonb_set(r.answers, '{as,makes}', 'true')
    FROM (
        SELECT DISTINCT ON (s.plain) s.id FROM {rows} AS s
        WHERE s.result = 'new' AND s.partner IS NULL ORDER BY s.plain, s.number
    ) AS m WHERE r.id = m.id
"""
MADE = """
    UPDATE imports_importrow r
    SET answers = jsonb_set(r.answers, '{as,partner}', m.made -> 'partners_partner')
    FROM imports_importrow m
    WHERE r.of_id = %(import)s AND m.of_id = %(import)s AND r.result = 'new'
        AND m.made ? 'partners_partner' AND NOT r.answers -> 'as' ? 'partner'
        AND r.answers #>> '{as,plain}' = m.answers #>> '{as,plain}'
"""


def fresh() -> dict:
    """What a partner has that is made of a row, and no sheet says."""
    return {"code": new_code()}


def _run(work: Staged, statement: str, **params) -> None:
    work.run(statement.replace("{rows}", ROWS), **params)


def judge(work: Staged) -> None:
    """Which rows are known already, and which cannot come in."""
    office = work.record.office
    today = office.today
    work.run(
        SETTLED,
        titles=json.dumps({kind: title_of(kind) for kind in Kind.values}),
        today=today,
        soon=today + timedelta(days=EXPIRING_DAYS),
    )
    _run(
        work,
        PARTNERS,
        **_of_unit(office),
        working=[each.value for each in Partnership.WORKING],
        closed=[each.value for each in Partnership.CLOSED],
        many=_("ada beberapa mitra bernama ini; tulis nomor pendaftarannya."),
    )
    _refuse(work, today)
    _run(
        work,
        KNOWN,
        signed=[*_binding(), Status.TERMINATED.value],
        taken=_("Nomor ini sudah dipakai: "),
        there=_("di portal: "),
        kinds=_labels(),
    )
    keeper = keeper_of(office).pk
    _run(work, BOOK, keeper=keeper, words=_("sudah ada di buku nomor: "))
    words = _("Dengan mitra ini yang sejenis sudah mengikat pada waktu yang sama: ")
    _run(work, OVERLAP, binding=_binding(), words=words)
    _refuse_twice(work, SAME_NUMBER, _("Nomor yang sama ada di baris "))
    words = _("Yang sejenis dengan mitra ini, pada waktu yang sama, ada di baris ")
    _refuse_twice(work, SAME_TIME, words)


def _of_unit(office) -> dict:
    return {"branch": list(office.branch_ids), "draft": Partnership.Status.DRAFT.value}


def _binding() -> list[str]:
    return [status.value for status in Agreement.BINDING]


def _labels() -> str:
    return json.dumps({kind.value: str(kind.label) for kind in Kind})


def _refuse_twice(work: Staged, same: tuple[str, str, str], words: str) -> None:
    statement = TWICE.replace("{same}", same[0]).replace("{when}", same[1])
    statement = statement.replace("{answers}", same[2])
    _run(work, statement, words=words)


def _refuse(work: Staged, today) -> None:
    earliest = dates.date_long(EARLIEST)
    _run(
        work,
        WRONG,
        none=NONE,
        draft=DRAFT,
        no_paper=_("tidak ada naskahnya, maka tidak masuk."),
        unsigned=_("belum ditandatangani; susun lewat “Susun kerja sama”."),
        strange=_("tidak dikenal di unit Anda."),
        place=work.record.office.regency_id,
        unknown=_("belum dikenal; masukkan dahulu mitranya."),
        no_start=_("tidak ada; tulis tanggal mulai atau tanggal tanda tangannya."),
        no_end=_(
            "tidak ada; tulis tanggal berakhir, jatuh tempo, atau jangka waktunya."
        ),
        turned=_("harus sesudah tanggal mulai."),
        today=today,
        ahead=_("di masa depan; tulis kapan ditandatangani."),
        earliest=EARLIEST,
        too_early=_("kerja sama baru dimungkinkan sejak %(day)s (UU 12/1995).")
        % {"day": earliest},
    )
    work.run(
        UNREAD,
        of_start=["starts_on", "signed_on", "term"],
        of_end=["ends_on", "due_on", "term", "starts_on", "signed_on"],
    )


def guess(work: Staged) -> None:
    """Say what the portal reads into a row, and where its words and dates differ."""
    _run(
        work,
        SAID,
        new_partner=_("belum dikenal; mitranya ikut masuk sebagai draf unit Anda."),
        untold=_("tidak tertulis; menjadi: "),
        kinds=_labels(),
        no_number=_("tidak tertulis; dapat dicatat kemudian."),
        before=_("sebelum tanggal tanda tangan; masuk seperti tertulis."),
        reckoned=_("dihitung dari jangka waktu atau jatuh tempo: "),
        long=f"{MOST_YEARS} years",
        too_long=_("lebih dari lima tahun tidak lazim; periksa tahunnya."),
        other_end=_("berbeda dari tanggal berakhir, yang dipakai: "),
        live=LIVE,
        dead=DEAD,
        renewing=RENEWING,
        contrary=_("lain dari tanggalnya; yang dipakai tanggalnya: "),
        renewed=_("perpanjangannya disusun di portal; menurut tanggalnya: "),
        validity=json.dumps({k: str(words) for k, words in Agreement.VALIDITY.items()}),
    )
    words = _("nomor yang sama dengan tahun lain; betulkah tahunnya? Lihat baris ")
    _run(work, OTHER_YEAR, words=words)
    _run(
        work,
        NEAR,
        **_of_unit(work.record.office),
        alike=ALIKE,
        words=_(
            "belum dikenal, maka ikut masuk sebagai draf; bila sama, tulis namanya "
            "seperti di portal: "
        ),
    )


def outlook(record: Import) -> list[tuple]:
    """What the new rows will be: in force, ended, in renewal."""
    rows = record.rows.filter(result=ImportRow.Result.NEW).order_by()
    counted = {
        name: Count("pk", filter=Q(answers__as__validity=name))
        for name in Agreement.VALIDITY
    }
    found = rows.aggregate(
        **counted,
        renewing=Count("pk", filter=Q(answers__status=RENEWING)),
        partners=Count(
            "answers__as__plain",
            filter=Q(answers__as__partner__isnull=True),
            distinct=True,
        ),
    )
    return [
        *((words, found[name]) for name, words in Agreement.VALIDITY.items()),
        (_("tertulis dalam perpanjangan"), found["renewing"]),
        (_("mitra baru sebagai draf"), found["partners"]),
    ]


# What comes in


def insert(work: Staged, *, by) -> None:
    """Each new row is a signed agreement; whom it names and nobody knows, a draft."""
    record = work.record
    with staging.at_once(work):
        _run(work, MAKES)
    partners.insert_drafts(work, only="(s.answers #>> '{as,makes}')::boolean")
    with staging.at_once(work):
        work.run(MADE)
    staging.insert(
        work,
        Agreement,
        staging.AS_NEW
        | {
            "office": "%(office)s",
            "partner": "(s.answers #>> '{as,partner}')::bigint",
            "kind": "s.answers #>> '{as,kind}'",
            "title": "s.answers #>> '{as,title}'",
            "our_number": "coalesce(s.answers #>> '{as,ours}', '')",
            "partner_number": "coalesce(s.answers #>> '{as,theirs}', '')",
            "number_year": "extract(year FROM (s.answers #>> '{as,signed}')::date)",
            "subject": "coalesce(s.subject, '')",
            "starts_on": "(s.answers #>> '{as,starts}')::date",
            "ends_on": "(s.answers #>> '{as,ends}')::date",
            "signed_on": "(s.answers #>> '{as,signed}')::date",
            "is_archived": "true",
            "is_overlap_kept": f"s.answers ? '{LET_IN}'",
            "status": "%(signed)s",
            "status_since": "%(moment)s::timestamptz",
        },
        **staging.told_of(record),
        signed=Status.SIGNED.value,
    )
    _enter_numbers(record, by)


def _made(record: Import):
    """The agreements that its rows made, as far as they are not kept."""
    table = Agreement._meta.db_table
    rows = record.rows.filter(result__in=[ImportRow.Result.NEW, ImportRow.Result.IN])
    keys = [
        made[table] for made in rows.values_list("made", flat=True) if table in made
    ]
    return Agreement.objects.filter(pk__in=keys).select_related("office", "partner")


def _enter_numbers(record: Import, by) -> None:
    """Those of this year stand in the number book, which gives none of them again."""
    year = record.office.today.year
    this_year = _made(record).filter(signed_on__year=year).exclude(our_number="")
    for agreement in this_year.order_by("signed_on", "pk"):
        if numbering.wrong_year(agreement.our_number, agreement.signed_on):
            continue  # it was numbered the year before
        numbering.enter(
            agreement.office,
            NumberKind.AGREEMENT,
            numbering.Paper(agreement.title, agreement.partner.name, owner=agreement),
            by=by,
            dated=agreement.signed_on,
            text=agreement.our_number,
        )


def undo(work: Staged, by) -> None:
    """Their numbers stay in the book, cancelled, and may be given again."""
    taken = Number.objects.standing().filter(
        owner_type__app_label="agreements",
        owner_type__model="agreement",
        owner_id__in=list(_made(work.record).values_list("pk", flat=True)),
    )
    for number in taken:
        numbering.cancel(number, by=by, reason=_("Daftar lama dibatalkan."))
