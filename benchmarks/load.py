#!/usr/bin/env python3
"""Fills a portal of its own with as many rows as the country will have one day.

    .venv/bin/python benchmarks/load.py FOLDER [--activities 1000000] [--units 700]
        [--partners 50000] [--groups 5000] [--agreements 200000] [--people 500000]
        [--volunteers 50000] [--numbers 200000] [--tasks 100000] [--coverage 50000]
        [--history 0]

Starts PostgreSQL and Valkey in FOLDER, loads the list of offices and writes what is
missing by SQL, a table a statement; a second call with greater numbers adds the rest.
Foreign keys and constraints are kept; triggers are not asked, so regions are written
here, and history only as often as `--history` says for each row of an activity.

Offices differ as they do in life: the first unit and its region have far more than
the last. Of five partners one works with two units and one with three. Who signs in:
pusat@, kanwil@, kepala@ and operator@buatan.test (of the largest region and unit), with
the password of the demo accounts.
"""

import argparse
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import portal_in
from words import PICKED, pick

PASSWORD = "contoh-pokmas-2026"
YEARS = 5
# Indexes of smaller tables are kept up while rows come in.
MANY = 20_000
WRITTEN = [
    "offices_office",
    "accounts_user",
    "accounts_assignment",
    "partners_volunteer",
    "documents_document",
    "partners_partner",
    "partners_partnership",
    "partners_communitygroup",
    "partners_groupmembership",
    "agreements_agreement",
    "outreach_activity",
    "outreach_beneficiarycount",
    "outreach_evidence",
    "outreach_coverage",
    "coordination_task",
]


@dataclass(frozen=True)
class Sizes:
    """How many rows of each kind there should be in all."""

    activities: int = 1_000_000
    units: int = 700
    partners: int = 50_000
    groups: int = 5_000
    agreements: int = 200_000
    people: int = 500_000
    # Of the people, those with a record; the others signed up and went no further.
    volunteers: int = 50_000
    numbers: int = 200_000
    tasks: int = 100_000
    coverage: int = 50_000
    history: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for field in fields(Sizes):
        parser.add_argument(f"--{field.name}", type=int, default=field.default)
    options = vars(parser.parse_args())
    with portal_in(options.pop("folder")):
        load(Sizes(**options), say=say)
    return 0


def say(what: str, rows: int, seconds: float) -> None:
    print(f"{seconds:7.1f} s  {rows:>10,} {what}", flush=True)


def load(sizes: Sizes, say=lambda *words: None) -> None:
    """Bring every table up to `sizes`; runs on the connection of Django."""
    import pgtrigger
    from django.apps import apps
    from django.contrib.contenttypes.management import create_contenttypes

    for config in apps.get_app_configs():
        create_contenttypes(config, verbosity=0)
    from load_agreements import rooms

    steps = [units, people, volunteers, partners, groups, agreements, activities]
    with pgtrigger.ignore():
        for step in [*steps, rooms, coverage, tasks, words, days, tallies]:
            step(Filling(sizes, say))
    run("ANALYZE")


def run(words: str, *values) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(words, values or None)
        return cursor.rowcount


def rows(words: str, *values) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(words, values or None)
        return cursor.fetchall()


def one(words: str, *values):
    return rows(words, *values)[0][0]


class Filling:
    """What the steps share: how many are missing, and how to put them in."""

    def __init__(self, sizes: Sizes, say):
        self.sizes, self.say = sizes, say

    def missing(self, table: str, wanted: int) -> int:
        """None where only the rounding of the units' shares left some out."""
        missing = wanted - one(f"SELECT count(*) FROM {table}")
        return missing if missing > self.sizes.units else 0

    def put(self, what: str, words: str, *values) -> None:
        began = time.monotonic()
        self.say(what, run(words, *values), time.monotonic() - began)

    @contextmanager
    def table(self, *tables: str, rows: int):
        """One transaction; indexes of a large table are made again at the end, and
        triggers, which would only see that they are not asked, are away so long."""
        from django.db import transaction

        with transaction.atomic():
            run("SET LOCAL synchronous_commit = off")
            run("SET LOCAL work_mem = '256MB'")
            run("SET LOCAL maintenance_work_mem = '1GB'")
            run("SELECT setseed(0.42)")
            run("SET CONSTRAINTS ALL IMMEDIATE")
            run("SET CONSTRAINTS ALL DEFERRED")
            for table in tables:
                run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            held = dropped_indexes(tables) if rows > MANY else []
            lent = lent_defaults()
            yield
            run("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                run(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            for table, column in lent:
                run(f"ALTER TABLE {table} ALTER {column} DROP DEFAULT")
            began = time.monotonic()
            for words in held:
                run(words.replace("%", "%%"))
            self.say("indexes", len(held), time.monotonic() - began)


def dropped_indexes(tables) -> list[str]:
    """Drop what only makes reading faster; the statements that bring it back."""
    found = rows(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique "
        "AND NOT indisexclusion",
        list(tables),
    )
    for name, _words in found:
        run(f"DROP INDEX {name}")
    return [words for _name, words in found]


NOTHING = {
    "ARRAY": "'{}'",
    "character varying": "''",
    "text": "''",
    "integer": "0",
    "smallint": "0",
    "boolean": "false",
}


def lent_defaults() -> list[tuple[str, str]]:
    """Let the columns that are not named here stay empty, as a new record has them."""
    wanting = rows(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_name = ANY(%s) AND is_nullable = 'NO' AND column_default IS NULL "
        "AND is_identity = 'NO' AND is_generated = 'NEVER' AND data_type = ANY(%s)",
        WRITTEN,
        list(NOTHING),
    )
    for table, column, kind in wanting:
        run(f"ALTER TABLE {table} ALTER {column} SET DEFAULT {NOTHING[kind]}")
    return [(table, column) for table, column, _kind in wanting]


# Offices


def units(filling: Filling) -> None:
    have = one("SELECT count(*) FROM offices_office WHERE level = 'unit'")
    with filling.table(rows=0):
        filling.put(
            "units",
            """
            INSERT INTO offices_office (revision, submission_key, level, name, code,
                kind, unit_class, zone, address, phone, email, website, head_name,
                head_nip, head_capacity, letterhead, number_template, is_active,
                parent_id, region_id, regency_id)
            SELECT 0, gen_random_uuid(), 'unit', 'Lapas Kelas II Buatan ' || n,
                'lapas-buatan-' || n, 'lapas', 'IIA', r.zone, '', '', '', '', '', '',
                'definitive', '', '', true, r.id, r.id, (
                    SELECT x.regency_id FROM offices_office x
                    WHERE x.region_id = r.id AND x.regency_id IS NOT NULL LIMIT 1)
            FROM generate_series(%s, %s) n
            CROSS JOIN LATERAL (
                SELECT o.*, row_number() OVER (ORDER BY id) place, count(*) OVER () many
                FROM offices_office o WHERE level = 'regional') r
            WHERE r.place = 1 + n %% r.many
            """,
            have + 1,
            filling.sizes.units,
        )
    shares()


def shares() -> None:
    """Which part of all rows each unit has: a few have much, most have little."""
    run("DROP TABLE IF EXISTS share")
    run(
        """
        CREATE TEMP TABLE share AS
        WITH region AS (
            SELECT id, zone, row_number() OVER (ORDER BY id) place
            FROM offices_office WHERE level = 'regional'),
        unit AS (
            SELECT u.id office_id, u.region_id, u.zone, u.name, region.place,
                coalesce(u.regency_id, (SELECT min(code) FROM offices_regency))
                    AS regency_id,
                row_number() OVER (PARTITION BY u.region_id ORDER BY u.id) rank
            FROM offices_office u JOIN region ON region.id = u.region_id
            WHERE u.level = 'unit' AND u.is_active),
        weighed AS (
            SELECT *, power(place, -0.75) / sum(power(rank, -0.85))
                OVER (PARTITION BY region_id) * power(rank, -0.85) weight FROM unit)
        SELECT weighed.*, (weight / sum(weight) OVER ())::float8 share,
            row_number() OVER (ORDER BY office_id) nth, g.name regency
        FROM weighed JOIN offices_regency g ON g.code = weighed.regency_id
        """
    )
    for name in ("partnership", "grp", "agreement", "officer"):
        run(f"ALTER TABLE share ADD {name}_from bigint, ADD {name}_count int DEFAULT 0")


def allotted(total: int) -> str:
    """SQL: the rows a unit gets of `total`, one at least."""
    return f"greatest(1, round(share * {total}))::int"


def note(name: str, table: str, since: int) -> None:
    """Remember which ids each unit has: its rows were written one after another."""
    run(
        f"""
        UPDATE share SET {name}_from = x.low, {name}_count = x.many FROM (
            SELECT office_id, min(id) low, count(*) many FROM {table}
            WHERE id > %s GROUP BY 1) x
        WHERE x.office_id = share.office_id
        """,
        since,
    )


def newest(table: str) -> int:
    return one(f"SELECT coalesce(max(id), 0) FROM {table}")


# People

OFFICERS = 3
PERSON = """INSERT INTO accounts_user (password, email, full_name, phone, is_active,
    is_demo, notify_by_mail, notify_by_sms, language, date_joined, is_appointed)"""
PLACE = """INSERT INTO accounts_assignment (office_id, region_id, role, capacity,
    starts_on, decree_number, user_id, created_at)"""


def people(filling: Filling) -> None:
    """Three officers a unit, who sign what follows; the others are volunteers, of whom
    one of a hundred has left."""
    if not one("SELECT count(*) FROM accounts_user WHERE email LIKE '%%@buatan.test'"):
        with filling.table(rows=0):
            filling.put(
                "officers",
                f"""{PERSON}
                SELECT '!', 'petugas' || (nth - 1) * {OFFICERS} + n || '@buatan.test',
                    {pick("first")} || ' ' || {pick("last")}, '', true, false, 'none',
                    false, 'id', now() - interval '{YEARS} years', true
                FROM share, generate_series(1, {OFFICERS}) n, {PICKED}
                ORDER BY nth, n""",
            )
            run(
                f"""{PLACE}
                SELECT office_id, region_id,
                    CASE n WHEN {OFFICERS} THEN 'unit_head'
                    ELSE 'unit_operator' END, 'definitive', current_date - 1800, '',
                    u.id, now()
                FROM share CROSS JOIN generate_series(1, {OFFICERS}) n
                JOIN accounts_user u ON
                    u.email = 'petugas' || (nth - 1) * {OFFICERS} + n || '@buatan.test'
                """
            )
            known_people()
    first = one("SELECT id FROM accounts_user WHERE email = 'petugas1@buatan.test'")
    run(f"UPDATE share SET officer_from = %s + {OFFICERS} * (nth - 1)", first)
    missing = filling.missing("accounts_user", filling.sizes.people)
    with filling.table("accounts_user", "accounts_assignment", rows=missing):
        since = newest("accounts_user")
        filling.put(
            "volunteers",
            f"""{PERSON}
            SELECT '!', 'sahabat' || {since} + n || '@buatan.test', {pick("first")}
                || CASE WHEN random() < 0.5 THEN ' ' || {pick("odd")} ELSE '' END
                || ' ' || {pick("last")}, '', true, false, 'none', false, 'id',
                now() - random() * interval '{YEARS} years', true
            FROM generate_series(1, {missing}) n, {PICKED}""",
        )
        run(
            f"""{PLACE}
            SELECT office_id, region_id, 'volunteer', 'definitive',
                current_date - 100, '',
                u.id, now()
            FROM (SELECT office_id, region_id,
                    row_number() OVER (ORDER BY random()) place
                FROM share, generate_series(1, {allotted(missing)})) x
            JOIN (SELECT id, row_number() OVER (ORDER BY id) place
                FROM accounts_user WHERE email LIKE 'sahabat%%' AND id > {since}) u
            USING (place)"""
        )
        run(
            "UPDATE accounts_assignment SET ended_at = now() "
            f"WHERE user_id > {since} AND user_id %% 100 = 0"
        )
    run(
        """
        UPDATE accounts_user holder SET is_appointed = NOT is_appointed
        WHERE is_appointed <> EXISTS (
            SELECT FROM accounts_assignment WHERE user_id = holder.id
                AND ended_at IS NULL AND ends_on IS NULL)
        """
    )


def known_people() -> None:
    """The four who sign in."""
    from pokmas.accounts.models import Assignment, User
    from pokmas.accounts.roles import Role
    from pokmas.offices.models import Office

    unit = one("SELECT office_id FROM share ORDER BY share DESC LIMIT 1")
    unit = Office.objects.select_related("region").get(pk=unit)
    for name, role, office in (
        ("pusat", Role.HEADQUARTERS, Office.objects.headquarters()),
        ("kanwil", Role.REGIONAL_HEAD, unit.region),
        ("kepala", Role.UNIT_HEAD, unit),
        ("operator", Role.UNIT_OPERATOR, unit),
    ):
        user = User.objects.create_user(
            f"{name}@buatan.test", PASSWORD, full_name=f"{name.title()} Buatan"
        )
        User.objects.filter(pk=user.pk).update(is_demo=True)
        Assignment.objects.create(user=user, role=role, office=office)


# Volunteers

NO_RECORD = """
    FROM accounts_user u
    JOIN accounts_assignment a ON a.user_id = u.id AND a.role = 'volunteer'
    JOIN share s USING (office_id)
    WHERE NOT EXISTS (SELECT FROM partners_volunteer v WHERE v.user_id = u.id)
"""


def volunteers(filling: Filling) -> None:
    """A record for people who hold the role, with two skills and one field each."""
    missing = filling.missing("partners_volunteer", filling.sizes.volunteers)
    linked = ("partners_volunteer_skills", "partners_volunteer_interests")
    since = newest("partners_volunteer")
    with filling.table("partners_volunteer", *linked, rows=missing):
        filling.put(
            "volunteers with a record",
            f"""
            INSERT INTO partners_volunteer (revision, submission_key, created_at,
                status_since, reason, reference, name, sex, birth_year, phone, email,
                occupation, availability, status, stage, accepted_until, promise_id,
                promised_at, office_id, region_id, regency_id, user_id)
            SELECT 1, gen_random_uuid(), made, made,
                CASE WHEN status IN ('returned', 'suspended', 'ended')
                    THEN 'Alasan buatan' ELSE '' END,
                upper(translate(concat_ws('-', substr(code, 1, 4), substr(code, 5, 4),
                    substr(code, 9, 4)), '01aeilou', 'GHBCDFJK')),
                name, CASE WHEN chance < 0.5 THEN 'male' ELSE 'female' END,
                1950 + (56 * random())::int, '+628120000000', '', 'Guru',
                ARRAY[10 * (1 + floor(7 * random()))::int + 1,
                    10 * (1 + floor(7 * random()))::int + 2],
                status,
                CASE WHEN status IN ('active', 'suspended', 'ended') THEN CASE
                    WHEN chance < 0.8 THEN 'initial_approach'
                    WHEN chance < 0.95 THEN 'further_collaboration'
                    ELSE 'independent_programme' END ELSE '' END,
                CASE WHEN status IN ('active', 'suspended')
                    THEN current_date - 30 + (395 * random())::int END,
                (SELECT max(id) FROM partners_promise), made, office_id,
                region_id, regency_id, id
            FROM (
                SELECT u.id, u.full_name AS name, s.office_id, s.region_id,
                    s.regency_id, random() AS chance,
                    md5(random()::text || u.id) AS code,
                    now() - random() * interval '{YEARS} years' AS made,
                    (ARRAY['submitted', 'returned', 'suspended', 'ended', 'active'])[
                        least(5, 1 + floor(50 * random())::int)] AS status
                {NO_RECORD} ORDER BY u.id LIMIT {missing}) x
            """,
        )
        for table, column, listed, many in (
            (linked[0], "skill_id", "partners_skill", 2),
            (linked[1], "field_id", "partners_field", 1),
        ):
            run(
                f"""
                INSERT INTO {table} (volunteer_id, {column})
                SELECT DISTINCT v.id, l.id FROM partners_volunteer v
                CROSS JOIN generate_series(1, {many}) n
                JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 nth,
                    count(*) OVER () many FROM {listed}) l
                ON l.nth = (v.id * n + v.id / 7) %% l.many WHERE v.id > {since}
                """
            )


# Partners and groups


def partners(filling: Filling) -> None:
    """New ones with their partnerships."""
    missing = filling.missing("partners_partner", filling.sizes.partners)
    since = newest("partners_partnership")
    if missing:
        with filling.table("partners_partner", "partners_partnership", rows=missing):
            known(missing)
            filling.put("partners", PARTNERS)
            restart("partners_partner")
            filling.put("partnerships", PARTNERSHIPS)
            run(
                """
                INSERT INTO partners_partnership_fields (partnership_id, field_id)
                SELECT p.id, f.id FROM partners_partnership p
                JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 nth,
                    count(*) OVER () many FROM partners_field) f
                ON f.nth = p.id %% f.many WHERE p.id > %s
                """,
                since,
            )
            run("DROP TABLE known")
    note("partnership", "partners_partnership", since if missing else 0)


def known(partners: int) -> None:
    """Which partner works with which unit; the `first` one wrote it down."""
    often = max(1, partners * 2 // 5)
    run(
        f"""
        CREATE TEMP TABLE known AS
        SELECT DISTINCT ON (partner_id, office_id) * FROM (
            SELECT office_id, made, turn <= {partners} first,
                {newest("partners_partner")} + CASE WHEN turn <= {partners} THEN turn
                ELSE 1 + (turn - {partners} - 1) %% {often} END partner_id
            FROM (SELECT office_id, row_number() OVER (ORDER BY random()) turn,
                    now() - random() * interval '{YEARS * 365} days' made
                FROM share, generate_series(1, {allotted(partners * 8 // 5)})) x) y
        ORDER BY partner_id, office_id, first DESC
        """
    )


PARTNERS = f"""
    INSERT INTO partners_partner (id, revision, submission_key, created_at, reference,
        kind, name, registration_number, tax_number, leader_name, leader_position,
        address, village, regency_id, created_by_id)
    SELECT partner_id, 1, gen_random_uuid(), made,
        upper(translate(concat_ws('-', substr(code, 1, 4), substr(code, 5, 4),
            substr(code, 9, 4)), '01aeilou', 'GHBCDFJK')),
        word.kind[sort], word.form[sort] || ' ' || {pick("virtue")} || ' '
            || {pick("odd", 1.5)} || ' ' || regency,
        'AHU-' || lpad(partner_id::text, 7, '0'), '',
        {pick("first")} || ' ' || {pick("last")}, 'Ketua',
        'Jalan ' || {pick("odd")} || ' ' || floor(random() * 200), {pick("odd", 2)},
        regency_id, officer_from
    FROM (SELECT *, md5(random()::text || partner_id) code,
            1 + floor(random() * 16)::int sort
        FROM known JOIN share USING (office_id) WHERE first) x, {PICKED}
    ORDER BY partner_id
"""
PARTNERSHIPS = f"""
    INSERT INTO partners_partnership (revision, submission_key, created_at,
        status_since, reason, contact_name, phone, email, services, capacity,
        is_self_registered, status, office_id, partner_id, region_id, created_by_id,
        submitted_by_id, verified_by_id)
    SELECT 1, gen_random_uuid(), made, made + interval '5 days',
        CASE WHEN status IN ('returned', 'declined', 'suspended', 'ended')
            THEN 'Berkas belum lengkap' ELSE '' END,
        {pick("first")} || ' ' || {pick("last")},
        '+62811' || lpad(floor(random() * 1e7)::text, 7, '0'), '',
        'Pelatihan, pendampingan, dan penyaluran kerja bagi klien.', 20, false, status,
        office_id, partner_id, region_id, officer_from, officer_from, officer_from + 1
    FROM (SELECT *, CASE WHEN dice < 0.70 THEN 'active' WHEN dice < 0.86 THEN 'approved'
            WHEN dice < 0.88 THEN 'submitted' WHEN dice < 0.90 THEN 'verifying'
            WHEN dice < 0.92 THEN 'returned' WHEN dice < 0.94 THEN 'draft'
            WHEN dice < 0.95 THEN 'declined' WHEN dice < 0.96 THEN 'suspended'
            ELSE 'ended' END status
        FROM (SELECT *, random() dice FROM known JOIN share USING (office_id)) x) y,
        {PICKED}
    ORDER BY office_id
"""


def groups(filling: Filling) -> None:
    missing = filling.missing("partners_communitygroup", filling.sizes.groups)
    since = newest("partners_communitygroup")
    if missing:
        with filling.table("partners_communitygroup", rows=missing):
            paper = one(
                """
                INSERT INTO documents_document (file, thumbnail, name, kind, size,
                    sha256, scan, uploaded_at)
                VALUES ('documents/sk', '', 'SK.pdf', 'application/pdf', 431,
                    repeat('a', 64), 'off', now()) RETURNING id
                """
            )
            filling.put(
                "groups",
                GROUPS.format(allotted=allotted(missing), paper=paper, since=since),
            )
            run(
                """
                INSERT INTO partners_groupmembership
                    (role, starts_on, group_id, partnership_id)
                SELECT CASE m WHEN 1 THEN 'chair' ELSE 'member' END,
                    g.created_at::date, g.id,
                    partnership_from + (g.id * 7 + m) %% partnership_count
                FROM partners_communitygroup g JOIN share USING (office_id),
                    generate_series(1, 8) m
                WHERE g.id > %s AND m <= partnership_count
                """,
                since,
            )
    note("grp", "partners_communitygroup", since if missing else 0)


GROUPS = f"""
    INSERT INTO partners_communitygroup (revision, submission_key, created_at,
        status_since, reason, name, status, assessment, decree_number, decree_on,
        inaugurated_on, inaugurated_by, dissolution_number, decree_id, office_id,
        region_id, field_id, created_by_id)
    SELECT 1, gen_random_uuid(), made, made,
        CASE status WHEN 'dormant' THEN 'Tidak ada kegiatan' ELSE '' END,
        'Pokmas Lipas ' || {pick("virtue")} || ' ' || {pick("odd")} || ' ' || n, status,
        'Siap', CASE WHEN formed THEN 'W.BUATAN-' || n ELSE '' END,
        CASE WHEN formed THEN made::date END,
        CASE WHEN status IN ('active', 'dormant') THEN made::date END, '', '',
        CASE WHEN formed THEN {{paper}} END, office_id, region_id,
        (SELECT min(id) FROM partners_field) + n %% 4, officer_from
    FROM (SELECT *, status NOT IN ('proposed', 'assessed') formed
        FROM (SELECT *, CASE WHEN dice < 0.80 THEN 'active'
                WHEN dice < 0.88 THEN 'established' WHEN dice < 0.92 THEN 'assessed'
                WHEN dice < 0.96 THEN 'proposed' ELSE 'dormant' END status
            FROM (SELECT share.*, {{since}} + row_number() OVER (ORDER BY office_id) n,
                    random() dice, now() - random() * interval '{YEARS * 365} days' made
                FROM share, generate_series(1, {{allotted}})) x) y) z, {PICKED}
    ORDER BY office_id
"""


# Agreements


def agreements(filling: Filling) -> None:
    missing = filling.missing("agreements_agreement", filling.sizes.agreements)
    since = newest("agreements_agreement")
    if missing:
        with filling.table("agreements_agreement", "documents_document", rows=missing):
            papers = newest("documents_document")
            filling.put(
                "agreements",
                AGREEMENTS.format(
                    allotted=allotted(missing), papers=papers, since=since
                ),
            )
            filling.put(
                "scans",
                """
                INSERT INTO documents_document (id, owner_type_id, owner_id, file,
                    thumbnail, name, kind, size, pages, sha256, scan, uploaded_by_id,
                    uploaded_at)
                SELECT scan_id, %s, id, 'documents/' || md5(id::text), '',
                    'PKS-' || id || '.pdf', 'application/pdf', 431000, 4,
                    encode(sha256(id::text::bytea), 'hex'), 'off', created_by_id,
                    created_at
                FROM agreements_agreement WHERE id > %s AND scan_id > %s
                """,
                content_type("agreements", "agreement"),
                since,
                papers,
            )
            restart("documents_document")
    note("agreement", "agreements_agreement", since if missing else 0)


AGREEMENTS = f"""
    INSERT INTO agreements_agreement (revision, submission_key, created_at,
        status_since, reason, kind, title, our_number, partner_number, number_year,
        urgency, form, subject, starts_on, ends_on, our_signatory, our_position,
        our_nip, our_capacity, partner_signatory, partner_position, signed_on,
        signed_at_place, status, office_id, partner_id, region_id, scan_id,
        created_by_id, submitted_by_id, for_all_units, our_authority,
        partner_authority, is_overlap_kept, is_archived)
    SELECT 4, gen_random_uuid(), made, made + interval '20 days',
        CASE status WHEN 'suspended' THEN 'Evaluasi' ELSE '' END,
        CASE WHEN n %% 9 = 0 THEN 'mou' ELSE 'pks' END,
        'PKS ' || {pick("what")} || ' dengan ' || {pick("form")} || ' '
            || {pick("virtue")} || ' ' || {pick("odd", 1.5)} || ' ' || regency,
        CASE WHEN signed
            THEN 'W.BUATAN-' || lpad(({{since}} + n)::text, 6, '0') || '.OT.03.02'
            ELSE '' END,
        CASE WHEN signed THEN 'B-' || n ELSE '' END,
        CASE WHEN signed THEN extract(year FROM made)::int END,
        'Klien memerlukan pendampingan dari masyarakat.', 'Pendampingan keluarga.',
        {pick("what")} || ' bagi klien ' || name || '.', made::date + 21,
        made::date + 21 + CASE WHEN n %% 3 = 0 THEN 1095 ELSE 730 END,
        {pick("first")} || ' ' || {pick("last")}, 'Kepala', '', 'definitive',
        {pick("first")} || ' ' || {pick("last")}, 'Ketua',
        CASE WHEN signed THEN made::date + 20 END, regency, status, office_id,
        partner_id, region_id, CASE WHEN signed THEN {{papers}} + n END, officer_from,
        -- Their days are drawn, so that some run side by side.
        officer_from, false, '', '', true, false
    FROM (SELECT *, status IN ('signed', 'suspended') signed
        FROM (SELECT *, CASE WHEN dice < 0.92 THEN 'signed'
                WHEN dice < 0.94 THEN 'draft'
                WHEN dice < 0.96 THEN 'discussion' WHEN dice < 0.97 THEN 'legal_review'
                WHEN dice < 0.985 THEN 'ready_to_sign' ELSE 'suspended' END status
            FROM (SELECT share.*, row_number() OVER (ORDER BY office_id) n,
                    random() dice,
                    now() - random() * interval '{YEARS * 365} days' made,
                    partnership_from + floor(random() * partnership_count)::int chosen
                FROM share, generate_series(1, {{allotted}})) x) y) z
    JOIN (SELECT id chosen, partner_id FROM partners_partnership) p USING (chosen),
        {PICKED}
    ORDER BY n
"""


def content_type(app: str, model: str) -> int:
    return one(
        "SELECT id FROM django_content_type WHERE app_label = %s AND model = %s",
        app,
        model,
    )


def restart(table: str) -> None:
    """The next row of the portal's own takes the number after the highest."""
    run(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
        f"(SELECT max(id) FROM {table}))"
    )


# Activities


def activities(filling: Filling) -> None:
    missing = filling.missing("outreach_activity", filling.sizes.activities)
    if not missing:
        return
    since = newest("outreach_activity")
    tables = (
        "outreach_activity",
        "outreach_beneficiarycount",
        "outreach_activity_partners",
        "outreach_evidence",
        "documents_document",
    )
    with filling.table(*tables, rows=missing):
        filling.put("activities", ACTIVITIES.format(allotted=allotted(missing)))
        filling.put("counts", COUNTS, since)
        filling.put("participations", PARTICIPATIONS.format(seed=0), since, 10)
        filling.put("second participations", PARTICIPATIONS.format(seed=1), since, 5)
        papers = newest("documents_document")
        evidence = content_type("outreach", "evidence")
        filling.put("photos", PHOTOS, papers, evidence, since)
        filling.put("evidence", EVIDENCE, papers)
        restart("documents_document")
        for turn in range(filling.sizes.history):
            history(filling, since, "update" if turn else "insert")


ACTIVITIES = f"""
    INSERT INTO outreach_activity (revision, submission_key, created_at, status_since,
        reason, title, starts_at, ends_at, held_on, mode, place, approach, funding,
        output, obstacles, follow_up, officers, instructors, status, is_declared,
        agreement_id, created_by_id, group_id, office_id, regency_id, region_id,
        reported_by_id, verified_by_id, type_id)
    SELECT 3, gen_random_uuid(), day - interval '6 days',
        CASE status WHEN 'planned' THEN day + interval '11 hours'
            ELSE least(day + interval '9 days', now()) END,
        CASE WHEN status IN ('returned', 'cancelled') THEN 'Angka tidak cocok' ELSE ''
            END,
        {pick("what", 1.3)} || CASE WHEN random() < 0.6 THEN ' bersama '
            || {pick("form")} || ' ' || {pick("virtue")} || ' ' || {pick("odd", 1.5)}
            ELSE ' di ' || regency END,
        (day + interval '9 hours') AT TIME ZONE zone,
        (day + interval '11 hours') AT TIME ZONE zone, day::date,
        CASE WHEN random() < 0.85 THEN 'on_site' ELSE 'online' END,
        {pick("place")} || ' ' || {pick("odd", 2)} || ', ' || regency, 'empowerment',
        'none', CASE WHEN done THEN {pick("output")} ELSE '' END, '', '', 2, 1, status,
        done, CASE WHEN random() < 0.5 AND agreement_count > 0
            THEN agreement_from + floor(random() * agreement_count)::int END,
        officer_from, CASE WHEN random() < 0.3 AND grp_count > 0
            THEN grp_from + floor(random() * grp_count)::int END,
        office_id, regency_id, region_id,
        CASE WHEN done THEN officer_from + floor(random() * 2)::int END,
        CASE WHEN status IN ('verified', 'locked') THEN officer_from + 2 END,
        types.ids[1 + floor(power(random(), 1.4) * cardinality(types.ids))::int]
    FROM (SELECT *, status NOT IN ('planned', 'cancelled') done
        FROM (SELECT *, CASE WHEN day > current_date THEN 'planned'
                WHEN day > current_date - 60 THEN
                    CASE WHEN dice < 0.60 THEN 'verified' WHEN dice < 0.80
                        THEN 'reported' WHEN dice < 0.85 THEN 'returned'
                        ELSE 'planned' END
                ELSE CASE WHEN dice < 0.88 THEN 'locked' WHEN dice < 0.95
                        THEN 'verified' WHEN dice < 0.98 THEN 'cancelled'
                        WHEN dice < 0.99 THEN 'planned' WHEN dice < 0.995
                        THEN 'returned' ELSE 'reported' END END status
            FROM (SELECT share.*, random() dice, (current_date + 20
                    - floor(random() * {YEARS * 365})::int)::timestamp AS day
                FROM share, generate_series(1, {{allotted}})) x) y) z,
        (SELECT array_agg(id) ids FROM outreach_activitytype) types, {PICKED}
    ORDER BY day
"""
COUNTS = """
    INSERT INTO outreach_beneficiarycount (category, sex, number, activity_id)
    SELECT (ARRAY['adult_client', 'child_client', 'convict', 'child', 'detainee',
        'family', 'public'])[1 + (a.id + n / 2) %% 7],
        (ARRAY['male', 'female'])[1 + n %% 2], 1 + floor(power(random(), 2) * 60)::int,
        a.id
    FROM outreach_activity a, generate_series(0, 1 + (a.id %% 3)::int) n
    WHERE a.id > %s AND status NOT IN ('planned', 'cancelled') ORDER BY a.id
"""
PARTICIPATIONS = """
    INSERT INTO outreach_activity_partners (activity_id, partner_id)
    SELECT a.id, p.partner_id
    FROM outreach_activity a JOIN share USING (office_id) JOIN partners_partnership p
        ON p.id = partnership_from + (a.id * 31 + {seed}) %% partnership_count
    WHERE a.id > %s AND (a.id %% %s = 0) = ({seed} = 1) ORDER BY a.id
    ON CONFLICT DO NOTHING
"""
PHOTOS = """
    INSERT INTO documents_document (id, owner_type_id, owner_id, file, thumbnail, name,
        kind, size, width, height, sha256, scan, uploaded_by_id, uploaded_at)
    SELECT %s + row_number() OVER (ORDER BY id), %s, id, 'documents/' || md5(id::text),
        'documents/' || md5(id::text) || 't', 'foto.jpg', 'image/jpeg', 310000, 1600,
        1200, encode(sha256(id::text::bytea), 'hex'), 'off', reported_by_id, created_at
    FROM outreach_activity
    WHERE id > %s AND status NOT IN ('planned', 'cancelled') AND id %% 3 = 0
"""
EVIDENCE = """
    INSERT INTO outreach_evidence (kind, caption, visibility, added_at, activity_id,
        document_id)
    SELECT 'photo', 'Suasana kegiatan', 'internal', uploaded_at, owner_id, id
    FROM documents_document WHERE id > %s ORDER BY id
"""


def coverage(filling: Filling) -> None:
    """What the media told of activities that took place, one of them a few times."""
    missing = filling.missing("outreach_coverage", filling.sizes.coverage)
    with filling.table("outreach_coverage", rows=missing):
        since = newest("outreach_coverage")
        filling.put("coverage", COVERAGE.format(since=since, missing=missing))


COVERAGE = f"""
    INSERT INTO outreach_coverage (revision, submission_key, created_at, kind, outlet,
        headline, published_on, link, key, activity_id, office_id, region_id,
        created_by_id)
    SELECT 1, gen_random_uuid(), held_on + interval '3 days',
        CASE WHEN id %% 3 = 0 THEN 'print' ELSE 'online' END,
        'Suara ' || {pick("odd")}, title, least(held_on + 2, current_date),
        'https://berita.test/' || {{since}} + n,
        encode(sha256(({{since}} + n)::text::bytea), 'hex'), id, office_id, region_id,
        created_by_id
    FROM (SELECT *, row_number() OVER () n FROM outreach_activity
        WHERE status IN ('verified', 'locked') ORDER BY random() LIMIT {{missing}}) x,
        {PICKED}
"""


def tasks(filling: Filling) -> None:
    """What a Kanwil gave its units, and a unit its own people; most of it is done."""
    missing = filling.missing("coordination_task", filling.sizes.tasks)
    with filling.table("coordination_task", rows=missing):
        filling.put("tasks", TASKS.format(allotted=allotted(missing)))


TASKS = f"""
    INSERT INTO coordination_task (revision, submission_key, created_at, status_since,
        reason, what, details, until, batch, answer, status, created_by_id,
        given_from_id, office_id, owner_id, region_id)
    SELECT 1, gen_random_uuid(), made, least(made + interval '9 days', now()), '',
        'Lengkapi ' || {pick("what")} || ' bersama ' || {pick("form")} || ' '
            || {pick("odd")}, '', made::date + 14, gen_random_uuid(),
        CASE status WHEN 'done' THEN 'Sudah dilengkapi.' ELSE '' END, status,
        officer_from + 2,
        CASE WHEN dice < 0.6 THEN region_id ELSE office_id END, office_id,
        CASE WHEN status <> 'unassigned' THEN officer_from + n %% 2 END, region_id
    FROM (SELECT *, CASE WHEN dice < 0.93 AND made < now() - interval '30 days'
                THEN 'done' WHEN dice < 0.96 THEN 'withdrawn' WHEN dice < 0.98
                THEN 'assigned' ELSE 'unassigned' END status
        FROM (SELECT share.*, n, random() dice,
                now() - random() * interval '{YEARS} years' made
            FROM share, generate_series(1, {{allotted}}) n) x) y, {PICKED}
    ORDER BY made
"""


def words(filling: Filling) -> None:
    """The words that triggers would have kept."""
    texts = (
        "SELECT full_name FROM accounts_user UNION ALL "
        "SELECT name FROM offices_office UNION ALL "
        "SELECT name || ' ' || leader_name || ' ' || village FROM partners_partner "
        "UNION ALL SELECT name FROM partners_communitygroup "
        "UNION ALL SELECT title FROM agreements_agreement "
        "UNION ALL SELECT title || ' ' || place FROM outreach_activity"
    )
    filling.put(
        "words",
        f"""
        INSERT INTO records_word (word) SELECT DISTINCT found.word
        FROM ({texts}) t (text),
            regexp_split_to_table(UPPER(t.text), '[^[:alpha:]]+') found (word)
        WHERE LENGTH(found.word) BETWEEN 4 AND 20
            AND NOT EXISTS (SELECT FROM records_word k WHERE k.word = found.word)
        """,
    )


def days(filling: Filling) -> None:
    """The days at a status, which triggers would have kept."""
    for table, column, status, since in (
        ("partners_partnership", "active_days", "active", "status_since::date"),
        ("partners_communitygroup", "active_days", "active", "inaugurated_on"),
        ("agreements_agreement", "signed_days", "signed", "signed_on"),
    ):
        missing = one(f"SELECT count(*) FROM {table} WHERE {column} IS NULL")
        with filling.table(table, rows=missing):
            filling.put(
                f"{status} since",
                f"""
                UPDATE {table} SET {column} = CASE status WHEN %s
                    THEN datemultirange(daterange({since}, NULL)) ELSE '{{}}' END
                WHERE {column} IS NULL
                """,
                status,
            )


def tallies(filling: Filling) -> None:
    """The sums by month, which triggers would have kept."""
    from reports.tallies import services

    began = time.monotonic()
    mended = services.recount(mend=True)
    services.fold()
    filling.say("sums by month", len(mended), time.monotonic() - began)


def history(filling: Filling, since: int, label: str) -> None:
    """What the triggers would have kept of the activities and their counts."""
    for table, number in (
        ("outreach_activity", "a.id"),
        ("outreach_beneficiarycount", "a.activity_id"),
    ):
        columns = rows(
            "SELECT column_name FROM information_schema.columns c "
            "WHERE table_name = %s AND is_generated = 'NEVER' AND EXISTS (SELECT FROM "
            "information_schema.columns e WHERE e.table_name = %s "
            "AND e.column_name = c.column_name)",
            table,
            f"{table}event",
        )
        names = [name for (name,) in columns]
        filling.put(
            f"history of {table}",
            f"""
            INSERT INTO {table}event (pgh_created_at, pgh_label, pgh_context_id,
                pgh_obj_id, {", ".join(names)})
            SELECT now(), %s, NULL, a.id, {", ".join(f"a.{name}" for name in names)}
            FROM {table} a WHERE {number} > %s ORDER BY a.id
            """,
            label,
            since,
        )


if __name__ == "__main__":
    sys.exit(main())
