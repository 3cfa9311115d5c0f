"""Partners of an old list: what becomes of each row, and how they come in and go."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from partners.models import Partner, PartnerKind, Partnership
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import sandbox
from pokmas.documents import services as documents
from pokmas.documents.inspection import LISTS
from pokmas.imports import services
from pokmas.imports.models import Import
from tests.factories import (
    PartnerKindFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)
from tests.owner import as_owner
from tests.partners.imports.conftest import worked
from tests.pokmas.imports.workbooks import messy, xlsx

HEAD = ["No", "Nama Lembaga/Mitra", "Jenis", "Pimpinan", "Alamat", "No. HP"]
ROW = [1, "Yayasan Kasih", "Yayasan", "Maria", "Jalan Uji 1", "0812 3456 7890"]


def results(record):
    return dict(record.rows.values_list("number", "result"))


def entered(record, *, by):
    services.enter(record, by=by)
    return worked(record)


def undone(record, *, by):
    services.undo(record, by=by)
    return worked(record)


def test_a_messy_register_is_read_row_by_row(read):
    record = read(messy(200))

    assert record.status == "rehearsed"
    assert record.counts == {"new": 184, "wrong": 14, "conflict": 2}
    assert Partner.objects.count() == 0


def test_a_list_comes_in_as_drafts_of_the_unit(read, operator, unit):
    record = entered(read([HEAD, ROW]), by=operator)

    made = Partnership.objects.select_related("partner").get()
    assert record.status == "written"
    assert (made.office, made.status, made.phone) == (unit, "draft", "+6281234567890")
    partner = made.partner
    assert (partner.name, partner.kind_id) == ("Yayasan Kasih", "foundation")
    assert (partner.leader_name, partner.address) == ("Maria", "Jalan Uji 1")
    assert made.created_by == operator
    assert made.events.count() == partner.events.count() == 1
    assert Entry.objects.about(record).filter(action="import.written").count() == 1
    assert not Entry.objects.about(made).exists()


# What only ever tells that something happened, and the lists themselves.
TOLD = {"audit_entry", "audit_seal", "pghistory_context", "notices_notice", "jobs_job"}
TOLD |= {"imports_import", "imports_importrow", "documents_document"}
# The words that the search spells by, whoever wrote them.
TOLD |= {"records_word"}


def counted():
    """How many rows each table of the portal has, but for what is told of them."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - TOLD
        found = {}
        for table in sorted(each for each in tables if not each.endswith("event")):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize(
    "rows", [200, pytest.param(5000, marks=pytest.mark.exhaustive)]
)
def test_an_undone_list_leaves_no_row_in_any_table_and_comes_in_again(
    read, operator, rows
):
    before = counted()
    first = entered(read(messy(rows)), by=operator)
    came = counted()
    record = undone(first, by=operator)
    left = counted()
    again = entered(read(messy(rows)), by=operator)

    assert left == before
    assert counted() == came
    assert came["partners_partner"] - before["partners_partner"] == rows * 92 // 100
    assert (record.counts["gone"], "in" in record.counts) == (rows * 92 // 100, False)
    assert again.counts == first.counts


def test_what_somebody_worked_with_is_kept_and_named(read, operator):
    other = [2, "Yayasan Damai", "Yayasan", "Yosef", "Jalan Uji 2", "0812 3456 7891"]
    record = entered(read([HEAD, ROW, other]), by=operator)
    kept = Partnership.objects.get(partner__name="Yayasan Damai")
    kept.phone = "+6281234567892"
    kept.save_edit(kept.revision, ["phone"])

    record = undone(record, by=operator)

    assert list(Partnership.objects.all()) == [kept]
    assert list(Partner.objects.all()) == [kept.partner]
    assert results(record) == {2: "gone", 3: "kept"}
    assert record.rows.get(number=3).reason == "Tetap ada: isinya sudah diubah orang."


def test_what_others_are_tied_to_is_kept(read, operator):
    record = entered(read([HEAD, ROW]), by=operator)
    RepresentativeFactory(partner=Partnership.objects.get())

    record = undone(record, by=operator)

    assert results(record) == {2: "kept"}
    assert record.rows.get().reason == "Tetap ada: sudah dipakai: wakil mitra."
    assert Partner.objects.count() == 1


def test_a_colleague_of_the_office_takes_a_list_back(read, operator, unit):
    record = entered(read([HEAD, ROW]), by=operator)
    colleague = person(Role.UNIT_OPERATOR, unit)

    record = undone(record, by=colleague)

    assert (record.status, Partner.objects.count()) == ("undone", 0)
    assert operator.notices.filter(kind="import.undone").count() == 1


def test_a_list_is_taken_back_once(read, operator):
    record = entered(read([HEAD, ROW]), by=operator)
    services.undo(record, by=operator)

    with pytest.raises(ValidationError):
        services.undo(Import.objects.get(pk=record.pk), by=operator)
    worked(record)
    record = worked(record)

    assert record.counts == {"gone": 1}


def test_after_seven_days_nothing_is_undone(read, operator):
    record = entered(read([HEAD, ROW]), by=operator)
    record.written_at = timezone.now() - timedelta(days=7)
    record.save()

    with pytest.raises(ValidationError, match="Tujuh hari"):
        services.undo(record, by=operator)


def test_a_register_is_approved_by_the_head_alone(read, operator, head):
    record = read([HEAD, ROW], way="approved")

    services.enter(record, by=operator)
    waiting = (record.status, Partner.objects.count())
    services.confirm(record, by=head)
    worked(record)

    made = Partnership.objects.get()
    assert waiting == ("submitted", 0)
    assert (made.status, made.submitted_by, made.decided_by) == (
        "approved",
        operator,
        head,
    )


def test_whoever_handed_a_register_in_may_not_confirm_it(read, operator):
    record = read([HEAD, ROW], way="approved")
    services.enter(record, by=operator)

    with pytest.raises(ValidationError, match="orang lain"):
        services.confirm(record, by=operator)


def test_what_a_draft_may_lack_a_register_must_have(read):
    row = [1, "Yayasan Kasih", "Yayasan", None, "-", None]

    draft, register = read([HEAD, row]), read([HEAD, row], way="approved")

    assert results(draft) == {2: "new"}
    assert results(register) == {2: "wrong"}
    assert register.rows.get().reason == (
        "Nama pimpinan (D2): wajib diisi, kecuali bagi draf. · Nomor telepon (F2): "
        "wajib diisi, kecuali bagi draf. · Alamat (E2): wajib diisi, kecuali bagi draf."
    )


def test_a_partner_of_the_unit_is_known_again(read, unit):
    known = PartnershipFactory(
        office=unit,
        kind=PartnerKindFactory(code="foundation"),
        name="YAYASAN KASIH",
        leader_name="Maria",
        address="Jalan Uji 1",
    )

    row = read([HEAD, ROW]).rows.get()

    assert (row.result, row.found_id) == ("same", known.pk)


@pytest.mark.parametrize("said", ["Ormas", "Organisasi masyarakat", "LSM"])
def test_people_call_civil_society_by_several_names(read, said):
    record = read([HEAD, [*ROW[:2], said, *ROW[3:]]])

    assert record.rows.get().answers["kind"] == "civil_society"


def test_a_kind_that_is_used_no_more_comes_in_no_more(read):
    PartnerKind.objects.filter(code="foundation").update(is_active=False)

    row = read([HEAD, ROW]).rows.get()

    assert row.result == "wrong"
    assert row.reason == "Jenis mitra (C2): tidak dipakai lagi; pilih jenis lain."


def test_what_the_portal_says_otherwise_is_a_conflict(read, unit):
    PartnershipFactory(
        office=unit,
        kind=PartnerKindFactory(code="foundation"),
        name="Yayasan Kasih",
        leader_name="Yosef",
        address="Jalan Uji 1",
    )

    row = read([HEAD, ROW]).rows.get()

    assert row.result == "conflict"
    assert row.reason == "Nama pimpinan (D2): di portal: Yosef"


def test_a_conflict_that_was_settled_in_the_portal_is_one_no_more(read, unit, operator):
    known = PartnershipFactory(
        office=unit,
        kind=PartnerKindFactory(code="foundation"),
        name="Yayasan Kasih",
        leader_name="Yosef",
        address="Jalan Uji 1",
    )
    record = read([HEAD, ROW])
    before = record.counts
    known.partner.leader_name = "Maria"
    known.partner.save()

    services.compare(record, by=operator)
    record = worked(record)

    assert (before, record.counts) == ({"conflict": 1}, {"same": 1})


def test_a_partner_of_another_unit_is_no_match(read):
    PartnershipFactory(name="Yayasan Kasih")

    assert read([HEAD, ROW]).counts == {"new": 1}


def test_the_same_name_twice_comes_in_once(read):
    second = [2, "YAYASAN KASIH.", *ROW[2:]]

    record = read([HEAD, ROW, second])

    assert results(record) == {2: "new", 3: "conflict"}
    assert record.rows.get(number=3).reason == "Nama yang sama ada di baris 2"


def test_of_two_lists_at_once_each_partner_comes_in_once(read, operator):
    first, second = read([HEAD, ROW]), read([HEAD, ROW])
    services.enter(first, by=operator)
    services.enter(second, by=operator)

    first, second = worked(first), worked(second)

    assert Partner.objects.count() == 1
    assert (first.counts, second.counts) == ({"in": 1}, {"same": 1})


def test_a_list_pressed_twice_comes_in_once(read, operator):
    record = read([HEAD, ROW])
    services.enter(record, by=operator)

    with pytest.raises(ValidationError):
        services.enter(Import.objects.get(pk=record.pk), by=operator)
    worked(record)
    worked(record)

    assert Partner.objects.count() == 1


def test_rows_put_right_take_the_place_of_the_wrong_ones(read, operator, mended):
    wrong = [2, "Yayasan Damai", "Yayasan", "Yosef", "Jalan Uji 2", "12"]
    record = read([HEAD, ROW, wrong])

    record = mended(
        record,
        [
            ["Baris", "Nama mitra", "Nomor telepon", "Hasil", "Alasan"],
            [3, "Yayasan Damai", "0812 3456 7891", "Salah", "bukan nomor"],
        ],
    )

    assert results(record) == {2: "new", 3: "new"}
    assert record.rows.get(number=3).answers["phone"] == "+6281234567891"


def test_another_sheet_than_the_mended_one_replaces_nothing(read, mended):
    record = read([HEAD, ROW])

    record = mended(record, [["Barang", "Harga"], ["Meja", 12], ["Kursi", 4]])

    assert record.status == "rehearsed"
    assert "tidak ada kolom daftar ini" in record.reason
    assert results(record) == {2: "new"}


def test_a_heading_nobody_knows_is_asked_about_and_remembered(read, operator):
    rows = [["No", "Sebutan", "Hp"], [1, "Yayasan Kasih", "081234567890"]]

    record = read(rows)
    asked = record.status
    services.map_columns(record, columns={"Sebutan": "name"}, by=operator)
    first, second = worked(record), read(rows)

    assert (asked, first.status, second.status) == (
        "mapping",
        "rehearsed",
        "rehearsed",
    )
    assert second.rows.get().answers["name"] == "Yayasan Kasih"


def test_a_column_nobody_knows_is_asked_about_once(read, operator):
    rows = [[*HEAD, "Warna pagar"], [*ROW, "hijau"]]

    record = read(rows)
    asked = record.status
    services.map_columns(
        record, columns={"Nama Lembaga/Mitra": "name", "Warna pagar": ""}, by=operator
    )
    first, second = worked(record), read(rows)

    assert (asked, first.status, second.status) == (
        "mapping",
        "rehearsed",
        "rehearsed",
    )


def test_an_empty_column_nobody_knows_is_not_asked_about(read):
    assert read([[*HEAD, "Warna pagar"], [*ROW, None]]).status == "rehearsed"


def test_what_is_guessed_is_said_on_the_row(read, unit):
    guessed = [2, "LBH Damai", None, *ROW[3:]]
    taken = [3, "Karya Bersama", "Koperasi", *ROW[3:5], "0812 3456 7899"]

    record = read([HEAD, ROW, guessed, taken])

    place = f"tidak tertulis; diambil dari unit Anda: {unit.regency.name}"
    aid, company = PartnerKind.objects.filter(
        code__in=["legal_aid", "company"]
    ).order_by("-code")
    assert list(record.rows.values_list("remarks", flat=True)) == [
        {"regency": place},
        {
            "kind": f"tidak tertulis; diterka dari nama mitra: {aid.name}",
            "regency": place,
        },
        {"kind": f"dibaca sebagai: {company.name}", "regency": place},
    ]
    assert record.guessed(["kind", "regency", "phone"]) == {
        "kind": 2,
        "regency": 3,
        "phone": 0,
    }


def test_remarks_and_numbers_of_papers_are_no_services(read, operator):
    record = read([[*HEAD, "Ket.", "No. PKS"], [*ROW, "baik", "W.22-1"]])
    entered(record, by=operator)

    made = Partnership.objects.get()
    assert made.services == "Belum dirinci; dari daftar lama."


def test_a_remark_is_used_as_somebody_says(read, operator):
    record = read([[*HEAD, "Ket."], [*ROW, "Kursus menjahit"]])
    services.map_columns(
        record, columns={"Nama Lembaga/Mitra": "name", "Ket.": "services"}, by=operator
    )
    entered(worked(record), by=operator)

    assert Partnership.objects.get().services == "Kursus menjahit"


def far_away():
    """A list of one row, and a cell in the last column, sixty thousand rows below."""
    output = io.BytesIO()
    stray = '<row r="60000"><c r="XFD60000"><v>1</v></c></row></sheetData>'
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([HEAD, ROW]))) as source,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            text = source.read(name).decode()
            archive.writestr(name, text.replace("</sheetData>", stray))
    return output.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([["Nama", "HP"]], "di bawahnya tidak ada baris"),
        (b"Nama;HP\n" + b"A;1\n" * 60_001, "lebih dari 60.000 baris"),
        (b"Nama;HP" + b";x" * 99 + b"\nA;1\n", "kanan kolom ke-100"),
        ([[], [None]], "tidak ada baris yang terisi"),
        (far_away(), "jauh di kanan atau di bawah"),
    ],
    ids=["only headings", "too many", "too wide", "nothing", "far away"],
)
def test_what_holds_no_list_is_refused_in_words(read, content, words):
    is_text = content[:4] == b"Nama"
    record = read(content, name="mitra.csv" if is_text else "mitra.xlsx")

    assert record.status == "unread"
    assert words in record.reason


def test_where_the_machine_is_too_busy_the_file_is_not_blamed(operator, monkeypatch):
    upload = SimpleUploadedFile("mitra.xlsx", xlsx([HEAD, ROW]))
    document = documents.store(upload, by=operator, kinds=LISTS)
    record = Import(kind="partners", way="draft", office=operator.acting.office)
    record = services.start(record, document=document, by=operator)
    monkeypatch.setattr(sandbox, "WALL", 0)

    record = worked(record)

    assert (record.status, "terlalu sibuk" in record.reason) == ("unread", True)


def test_nothing_of_a_list_is_kept_for_longer_than_it_serves(read):
    record = read([HEAD, ROW])
    Import.objects.update(status_since=timezone.now() - timedelta(days=31))

    services.sweep(timezone.now())

    record.refresh_from_db()
    assert (record.status, record.rows.count()) == ("dropped", 0)


@pytest.mark.parametrize("rows", [0, 8], ids=["emptied", "small"])
def test_each_row_looks_up_its_own_partner_alone(read, operator, unit, rows):
    """Whatever the database and this session thought of the size of the table."""
    with as_owner() as cursor:
        cursor.execute(
            "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname',"
            " 'partners_partner', 'relpages', 1, 'reltuples', %s::real)",
            [rows],
        )
    PartnershipFactory.create_batch(8, office=unit)
    record = read(messy(200))
    before = partners_read()

    record = entered(record, by=operator)

    assert record.count("in") == 184
    assert partners_read() - before < 2 * 184


def partners_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
            " WHERE relname = 'partners_partner'"
        )
        return cursor.fetchone()[0]
