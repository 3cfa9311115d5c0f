"""What agreements have in the rooms after the register; a part of benchmarks/load.py.

Most have a little and few have much: of those that are signed one of 500 has a plan of
30 items, of those with a text one of 20 has 40 comments. Warnings are told of whatever
came before yesterday, so that the next run finds those of one day.
"""

from load import Filling, content_type, newest, one, restart, run

TABLES = (
    "agreements_party",
    "agreements_contact",
    "agreements_planitem",
    "agreements_textversion",
    "agreements_textanswer",
    "agreements_textcomment",
    "agreements_review",
    "agreements_evaluation",
    "agreements_endwarning",
    "numbering_numberbook",
    "numbering_number",
)
# Pasal of a text, and how many lines each has.
ARTICLES, LINES = 14, 3
# Agreements of a Kanwil, and of headquarters, that units carry out.
OF_A_REGION, OF_ALL = 30, 60


def rooms(filling: Filling) -> None:
    """For the agreements that have no contacts yet: every other one has some."""
    wide(filling)
    since = one("SELECT coalesce(max(agreement_id), 0) FROM agreements_contact")
    missing = one("SELECT count(*) FROM agreements_agreement WHERE id > %s", since)
    if missing:
        with filling.table(*TABLES, rows=missing):
            for what, words in ROOMS.items():
                filling.put(what, words.format(since=since))
            filling.put(
                "numbers", NUMBERS, content_type("agreements", "agreement"), since
            )
        with filling.table("agreements_agreement", rows=missing):
            carried_on(filling, since)
    with filling.table("numbering_number", rows=0):
        letters = filling.missing("numbering_number", filling.sizes.numbers)
        filling.put("letters", LETTERS, letters)
        run(
            "UPDATE numbering_numberbook b SET last = x.last FROM (SELECT book_id, "
            "max(sequence) last FROM numbering_number GROUP BY 1) x "
            "WHERE x.book_id = b.id"
        )
    papers(filling)
    with filling.table("documents_documenttext", rows=0):
        filling.put(
            "texts of scans",
            """
            INSERT INTO documents_documenttext (document_id, text)
            SELECT scan_id, concat_ws(' ', title, our_number, urgency, form, subject,
                our_signatory, partner_signatory, signed_at_place)
            FROM agreements_agreement WHERE scan_id %% 5 = 0
            ON CONFLICT DO NOTHING
            """,
        )


def wide(filling: Filling) -> None:
    """Agreements of Kanwil and headquarters, like those of a unit; some name units."""
    if one("SELECT count(*) FROM agreements_agreement WHERE for_all_units"):
        return
    since = newest("agreements_agreement")
    with filling.table("agreements_agreement", rows=0):
        columns = one(
            "SELECT string_agg(column_name, ', ') FROM information_schema.columns "
            "WHERE table_name = 'agreements_agreement' AND is_generated = 'NEVER' "
            "AND column_name <> 'id'"
        )
        told = columns.replace(", ", ", (row).")
        filling.put(
            "agreements of offices above",
            f"""
            INSERT INTO agreements_agreement ({columns}) SELECT (row).{told} FROM (
                SELECT jsonb_populate_record(NULL::agreements_agreement, to_jsonb(a)
                    || jsonb_build_object('office_id', above, 'region_id', region,
                        'submission_key', gen_random_uuid(), 'for_all_units',
                        a.id %% 2 = 0, 'our_number', CASE a.our_number WHEN '' THEN ''
                        ELSE a.our_number || '-' || above END)) row
                FROM (SELECT *, row_number() OVER (PARTITION BY region_id ORDER BY id)
                        turn FROM agreements_agreement WHERE region_id IS NOT NULL) a
                CROSS JOIN LATERAL (
                    SELECT a.region_id above, a.region_id region
                    WHERE turn <= {OF_A_REGION}
                    UNION ALL SELECT (SELECT id FROM offices_office
                        WHERE level = 'headquarters'), NULL
                    WHERE turn BETWEEN {OF_A_REGION} + 1 AND {OF_A_REGION} + 2) x) y
            """,
        )
        run(
            """
            INSERT INTO agreements_agreement_implementing_units
                (agreement_id, office_id)
            SELECT a.id, u.id FROM agreements_agreement a
            JOIN offices_office u ON u.level = 'unit' AND u.id %% 5 = a.id %% 5
                AND coalesce(a.region_id, u.region_id) = u.region_id
            WHERE a.id > %s AND NOT for_all_units
            """,
            since,
        )


def carried_on(filling: Filling, since: int) -> None:
    """Some renew the one before; the last activity is what the trigger would keep."""
    filling.put(
        "renewals",
        """
        UPDATE agreements_agreement b SET renews_id = a.id FROM agreements_agreement a
        WHERE b.id > %s AND a.id = b.id - 1 AND b.id %% 3 = 0
            AND a.office_id = b.office_id AND a.status = 'signed'
            AND b.status = 'signed' AND b.starts_on > a.starts_on
            AND b.renews_id IS NULL
        """,
        since,
    )
    filling.put(
        "last activities",
        """
        UPDATE agreements_agreement a SET active_on = x.day FROM (
            SELECT agreement_id, max(held_on) AS day FROM outreach_activity
            WHERE status IN ('verified', 'locked') GROUP BY 1) x
        WHERE x.agreement_id = a.id AND a.active_on IS DISTINCT FROM x.day
        """,
    )


def papers(filling: Filling) -> None:
    """Of every third partnership one legal paper; one of ten has lapsed."""
    since = one("SELECT coalesce(max(partnership_id), 0) FROM partners_legalpaper")
    tables = ("documents_document", "partners_legalpaper")
    with filling.table(*tables, rows=0):
        kept = newest("documents_document")
        filling.put(
            "papers of partners", PAPERS, kept, content_type("partners", "partnership"),
            since,
        )  # fmt: skip
        if newest("documents_document") > kept:
            restart("documents_document")
        run(
            """
            INSERT INTO partners_legalpaper (partnership_id, required_id, number,
                issuer, issued_on, expires_on, document_id, added_at, added_by_id)
            SELECT owner_id, (SELECT min(id) FROM partners_requiredpaper),
                'SK-' || owner_id, 'Kementerian', current_date - 1000,
                CASE WHEN owner_id %% 2 = 0 THEN current_date
                    + CASE WHEN owner_id %% 10 = 0 THEN -5 ELSE 300 END END,
                id, uploaded_at, uploaded_by_id
            FROM documents_document WHERE id > %s
            """,
            kept,
        )


PAPERS = """
    INSERT INTO documents_document (id, owner_type_id, owner_id, file, thumbnail, name,
        kind, size, pages, sha256, scan, uploaded_by_id, uploaded_at)
    SELECT %s + row_number() OVER (ORDER BY id), %s, id, 'documents/' || md5(id::text),
        '', 'akta.pdf', 'application/pdf', 431000, 4,
        encode(sha256(id::text::bytea), 'hex'), 'off', created_by_id, created_at
    FROM partners_partnership
    WHERE id > %s AND id %% 3 = 0 AND EXISTS (SELECT FROM partners_requiredpaper)
"""
TEXT = f"""
    jsonb_build_object('lead', jsonb_build_array(jsonb_build_array(a.title, true)),
        'articles', (SELECT jsonb_agg(jsonb_build_array(n::text, 'KETENTUAN ' || n,
            (SELECT jsonb_agg('(' || m || ') ' || a.subject || ' Para Pihak '
                'melaksanakannya sesuai dengan ketentuan peraturan '
                'perundang-undangan, versi ' || v || '.')
            FROM generate_series(1, {LINES}) m)))
        FROM generate_series(1, {ARTICLES}) n), 'tail', '[]'::jsonb)
"""
WITH_TEXT = "(a.id %% 10 = 0 OR a.status IN ('discussion', 'legal_review'))"
# What is made of each agreement, in this order; {since} is the last that has it.
ROOMS = {
    "further parties": """
        INSERT INTO agreements_party ("order", name, representative, position,
            capacity, authority, address, agreement_id)
        SELECT 3, 'Dinas Buatan ' || id, partner_signatory, 'Kepala Dinas', '', '', '',
            id
        FROM agreements_agreement WHERE id > {since} AND id %% 16 = 0
    """,
    "contacts": """
        INSERT INTO agreements_contact (side, place, name, position, phone, email,
            since, until, confirmed_on, agreement_id, confirmed_by_id)
        SELECT side, place, a.our_signatory, '', '+628110000000', '', a.starts_on,
            CASE WHEN place = 'deputy' AND a.id %% 9 = 0
                THEN greatest(a.starts_on, current_date - (a.id %% 700)::int) END,
            CASE WHEN a.id %% 5 > 0 THEN a.starts_on END, a.id,
            CASE WHEN a.id %% 5 > 0 THEN a.created_by_id END
        FROM agreements_agreement a, (VALUES ('ours', 'main'), ('theirs', 'main'),
            ('ours', 'deputy')) x (side, place)
        WHERE a.id > {since} AND (place = 'main' OR a.id %% 3 = 0)
        ORDER BY a.id
    """,
    "plan items": """
        INSERT INTO agreements_planitem ("order", type_code, type_name, first_month,
            last_month, times, target, party, note, agreement_id)
        SELECT n, t.code, t.name,
            date_trunc('month', a.starts_on + (n - 1) * 20)::date,
            date_trunc('month', a.starts_on + (n + 2) * 20)::date,
            1 + n %% 3, 30, 'both', '', a.id
        FROM agreements_agreement a
        CROSS JOIN LATERAL generate_series(1, CASE WHEN a.id %% 500 = 0 THEN 30
            ELSE 1 + (a.id %% 8)::int END) n
        JOIN (SELECT code, name, row_number() OVER (ORDER BY id) - 1 nth,
            count(*) OVER () many FROM outreach_activitytype) t
            ON t.nth = (a.id + n) %% t.many
        WHERE a.id > {since} AND a.amends_id IS NULL AND a.status <> 'draft'
        ORDER BY a.id, n
    """,
    "texts": f"""
        INSERT INTO agreements_textversion (revision, submission_key, created_at,
            number, origin, note, tracked, comments, text, sha256, agreement_id,
            created_by_id)
        SELECT 1, gen_random_uuid(), a.created_at + v * interval '3 days', v, 'made',
            '', 0, 0, {TEXT}, '', a.id, a.created_by_id
        FROM agreements_agreement a, generate_series(1, 2) v
        WHERE a.id > {{since}} AND {WITH_TEXT} ORDER BY a.id, v
    """,
    "answers": f"""
        INSERT INTO agreements_textanswer (verdict, comment, way, said_by, said_on,
            answered_at, agreement_id, answered_by_id, version_id)
        SELECT CASE number WHEN 1 THEN 'change' ELSE 'agree' END,
            CASE number WHEN 1 THEN 'Tambahkan Pasal tentang biaya.' ELSE '' END,
            'letter', a.partner_signatory, (t.created_at + interval '1 day')::date,
            t.created_at + interval '1 day', a.id, a.created_by_id, t.id
        FROM agreements_textversion t JOIN agreements_agreement a
            ON a.id = t.agreement_id
        WHERE a.id > {{since}} AND a.id %% 4 > 0 AND {WITH_TEXT}
    """,
    "comments": """
        INSERT INTO agreements_textcomment (revision, submission_key, created_at,
            article, text, is_internal, agreement_id, created_by_id, version_id)
        SELECT 1, gen_random_uuid(), t.created_at + n * interval '1 hour',
            (1 + n %% 14)::text, 'Mohon diperjelas, catatan ke-' || n, n %% 4 = 0, a.id,
            a.created_by_id, t.id
        FROM agreements_textversion t JOIN agreements_agreement a
            ON a.id = t.agreement_id
        CROSS JOIN LATERAL generate_series(1, CASE WHEN a.id %% 200 = 0 THEN 20
            ELSE (a.id %% 4)::int END) n
        WHERE a.id > {since} ORDER BY a.id, n
    """,
    "reviews": """
        INSERT INTO agreements_review (verdict, aspect, notes, reviewed_at,
            agreement_id, reviewed_by_id)
        SELECT 'ready', 'whole', '', created_at + interval '15 days', id,
            created_by_id + 1
        FROM agreements_agreement
        WHERE id > {since} AND status IN ('signed', 'ready_to_sign', 'suspended')
    """,
    "evaluations": """
        INSERT INTO agreements_evaluation (revision, submission_key, created_at, kind,
            due_on, times, fulfilled, target, served, comment, benefit, problems,
            advice, status, reason, submitted_at, confirmed_at, agreement_id,
            confirmed_by_id, created_by_id, submitted_by_id)
        SELECT 1, gen_random_uuid(), day, kind, day, 9, 5, 300, 120, '',
            'Klien mendapat pekerjaan.', '', 'continue', status,
            CASE status WHEN 'returned' THEN 'Lengkapi' ELSE '' END, day,
            CASE status WHEN 'confirmed' THEN day END, id,
            CASE status WHEN 'confirmed' THEN created_by_id + 2 END, created_by_id,
            created_by_id
        FROM (SELECT a.id, a.created_by_id, x.kind, x.day, CASE
                WHEN x.day < current_date - 60 OR a.id %% 10 < 8 THEN 'confirmed'
                WHEN a.id %% 10 = 8 THEN 'submitted' ELSE 'returned' END status
            FROM agreements_agreement a CROSS JOIN LATERAL (
                SELECT 'yearly' kind,
                    (a.starts_on + years * interval '1 year')::date AS day
                FROM generate_series(1, 3) years
                UNION ALL SELECT 'final', a.ends_on) x
            WHERE a.id > {since} AND a.status = 'signed' AND x.day < current_date
                AND x.day <= a.ends_on + 1
                AND (x.day < current_date - 200 OR a.id %% 5 < 3)) y
        ORDER BY id, day
    """,
    "warnings": """
        INSERT INTO agreements_endwarning (ends_on, days, is_sent, noted_at,
            agreement_id)
        SELECT a.ends_on, days, true, a.ends_on - days, a.id
        FROM agreements_agreement a, unnest((SELECT days FROM agreements_warningladder
            WHERE valid_from <= current_date ORDER BY valid_from DESC LIMIT 1)) days
        WHERE a.id > {since} AND a.status = 'signed'
            AND a.ends_on - days < current_date - 1
        ORDER BY a.id
    """,
    "number books": """
        INSERT INTO numbering_numberbook (year, series, last, office_id, region_id)
        SELECT DISTINCT number_year, '', 0, office_id, region_id
        FROM agreements_agreement WHERE id > {since} AND number_year IS NOT NULL
        ON CONFLICT DO NOTHING
    """,
}
NUMBER = """
    INSERT INTO numbering_number (revision, submission_key, created_at, kind, year,
        sequence, text, dated, addressed_to, gist, source, reason, created_by_id,
        office_id, region_id, owner_type_id, owner_id, book_id)
"""
NUMBERS = f"""{NUMBER}
    SELECT 1, gen_random_uuid(), a.created_at, 'agreement', a.number_year,
        b.last + row_number() OVER (PARTITION BY b.id ORDER BY a.id), a.our_number,
        a.signed_on, a.partner_signatory, a.title, 'portal', '', a.created_by_id,
        a.office_id, a.region_id, %s, a.id, b.id
    FROM agreements_agreement a JOIN numbering_numberbook b ON b.series = ''
        AND b.office_id = a.office_id AND b.year = a.number_year
    WHERE a.id > %s AND a.our_number <> '' ORDER BY a.id
"""
LETTERS = f"""{NUMBER}
    SELECT 1, gen_random_uuid(), now(), 'letter', b.year, b.last, 'B-' || b.id || '-'
        || b.last, make_date(b.year, 6, 1) + (b.last %% 200)::int, 'Camat setempat',
        'Undangan rapat ' || b.last, 'portal', '', NULL, b.office_id, b.region_id, NULL,
        NULL, b.id
    FROM (SELECT b.*, coalesce(x.last, 0) + row_number()
            OVER (PARTITION BY b.id ORDER BY n) AS last
        FROM numbering_numberbook b LEFT JOIN (SELECT book_id, max(sequence) AS last
            FROM numbering_number GROUP BY 1) x ON x.book_id = b.id,
            generate_series(1, 200) n) b (id, year, series, was, office_id, region_id,
        last)
    LIMIT %s
"""
