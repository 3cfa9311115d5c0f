"""The pages of an old list: who sees it, what goes out of it as a sheet."""

import itertools
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from partners.models import Partner, PartnerKind, Partnership
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.imports import services
from pokmas.imports.models import Import, KnownHeading
from pokmas.jobs.models import Job
from tests.factories import PartnershipFactory, UnitFactory, person
from tests.partners.imports.conftest import worked
from tests.pokmas.imports.workbooks import xlsx

HEAD = ["No", "Nama", "No. HP"]
CREATE = "/imports/new/partners/"


def sheet(client, url):
    return b"".join(client.get(url).streaming_content)


def sent(client, key, content=None):
    upload = SimpleUploadedFile("mitra.xlsx", content or xlsx([HEAD, [1, "A", ""]]))
    answers = {"document": upload, "way": "draft", "submission_key": key}
    return client.post(CREATE, answers)


HOSTILE = [
    "Yayasan Kasih",
    "=1+1 Karya",
    "+62 Bersama",
    "-",
    "@sum(A1)",
    "'=1+1",
    "Warung “Ibu”; Sari",
    'Toko "Dua", Tiga',
    "<script>alert(1)</script> & Rekan",
    "Jumlah",
    "TOTAL Karya",
    "Catatan: Kepala Desa",
    "Kupang, 2 Januari 2026",
    "(1)",
    "0812",
    "46167",
    "31/02/2026",
    "#N/A",
    "TRUE",
    "No",
    "Nama",
    "Tab\\t dan | garis",
    "x" * 150,
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_goes_back_in_unchanged(read, operator, unit, sign_in, kind):
    statuses = itertools.cycle(Partnership.TRANSITIONS)
    for name, status in zip(HOSTILE, statuses, strict=False):
        PartnershipFactory(office=unit, name=name, status=status)
    PartnerKind.objects.update(is_active=False)
    url = f"{reverse('partners:index')}?export={kind}"
    content = sheet(sign_in(operator), url)

    record = read(content, name=f"mitra.{kind}")

    assert record.counts == {"same": len(HOSTILE)}


def test_wrong_rows_go_out_with_their_reason_and_without_a_formula(
    read, operator, sign_in
):
    record = read([HEAD, [1, "=HYPERLINK(1)", "12"], [2, "B", ""]])

    url = f"{record.get_absolute_url()}?result=wrong&export=csv"
    lines = sheet(sign_in(operator), url).decode().splitlines()

    assert lines == [
        '\ufeff"Baris";"Nama lembaga/mitra";"Nomor telepon";"Hasil";"Alasan"',
        '2;"\'=HYPERLINK(1)";"12";"Salah";"Nomor telepon (C2): “12” bukan nomor '
        "telepon yang dikenal. Tulis lengkap dengan kode daerah, misalnya 0812 3456 "
        '7890 atau 0380 123456."',
    ]


def test_rows_in_conflict_go_out_with_the_wrong_ones(read, operator, sign_in):
    record = read([HEAD, [1, "A", "12"], [2, "B", ""], [3, "B", ""]])

    url = f"{record.get_absolute_url()}?result=mend&export=csv"
    lines = sheet(sign_in(operator), url).decode().splitlines()

    assert [line[:1] for line in lines[1:]] == ["2", "4"]


def test_a_conflict_says_what_may_be_done_about_it(read, operator, unit, sign_in):
    known = PartnershipFactory(office=unit, name="B", phone="+6281234567890")
    record = read([HEAD, [1, "A", ""], [2, "A", ""], [3, "B", "081234567891"]])
    client = sign_in(operator)

    twice, other = (
        client.get(reverse("imports:row", args=[record.pk, number])).text
        for number in (3, 4)
    )

    words = ["<dt>Buka</dt>", "<dt>Samakan</dt>", "<dt>Biarkan</dt>"]
    assert [word in twice for word in words] == [False, False, True]
    assert [word in other for word in words] == [True, True, False]
    assert f'<a href="{known.get_absolute_url()}">' in other
    assert twice.count("<dt>Bukan yang sama</dt>") == 1


def test_a_wrong_row_says_how_to_mend_it(read, operator, sign_in):
    record = read([["No", "Nama", "Bidang"], [1, "Yayasan Kasih", "Entah"]])

    text = sign_in(operator).get(reverse("imports:row", args=[record.pk, 2])).text

    assert "Yang dikenal:" in text
    assert f'href="{reverse("imports:mend", args=[record.pk])}"' in text


def test_what_was_guessed_stands_above_the_rows(read, operator, sign_in):
    record = read([HEAD, [1, "Yayasan Kasih", ""]])

    text = sign_in(operator).get(record.get_absolute_url()).text

    assert "Jenis mitra (1) · Kabupaten/kota (1)." in text


@pytest.mark.parametrize("role", [Role.UNIT_OPERATOR, Role.UNIT_HEAD])
def test_another_unit_sees_nothing_of_it(read, sign_in, role):
    record = read([HEAD, [1, "Yayasan Kasih", ""]])
    client = sign_in(person(role, UnitFactory()))

    pages = [
        client.get(record.get_absolute_url()),
        client.get(reverse("imports:row", args=[record.pk, 2])),
        client.post(reverse("imports:enter", args=[record.pk])),
    ]

    assert [page.status_code for page in pages][:2] == [404, 404]
    assert pages[2].status_code in {403, 404}
    assert "Kasih" not in client.get(reverse("imports:index")).text


def test_a_row_says_what_stands_in_each_cell(read, operator, sign_in):
    record = read([HEAD, [1, "Yayasan <b>Kasih</b>", "12"]])

    text = sign_in(operator).get(reverse("imports:row", args=[record.pk, 2])).text

    assert "Yayasan &lt;b&gt;Kasih&lt;/b&gt;" in text
    assert "C2" in text
    assert "bukan nomor telepon" in text


def asked_of(record, client):
    """The form that asks what stands in which column, and the text of its page."""
    page = client.get(reverse("imports:map", args=[record.pk]))
    return page.context["form"], page.text


def test_the_page_of_columns_says_which_one_is_required(read, operator, sign_in):
    record = read([["No", "Sebutan"], [1, "A"]])

    form, text = asked_of(record, sign_in(operator))

    words = [str(label) for _name, label in form.fields["column_1"].choices]
    assert [each for each in words if "wajib" in each] == ["Nama lembaga/mitra (wajib)"]
    assert "(tidak wajib)" not in text


def test_a_sheet_of_wrong_rows_that_comes_back_as_a_list_is_understood(
    read, operator, sign_in
):
    head = ["Baris", "Hasil", "Nama lembaga", "Bidang Layanan", "Entah"]
    record = read([head, [3, "Tidak terbaca", "Yayasan Kasih", "Kepribadian", "?"]])

    form, text = asked_of(record, sign_in(operator))
    whole = sign_in(operator).get(record.get_absolute_url()).text

    assert [form[name].initial for name in form.titles] == [
        *("row", "reason", "name", "fields", ""),
    ]
    assert text.count(" selected>") == 5
    assert "Nomor urut" not in whole


def test_what_an_office_said_of_headings_is_shown_and_changed(read, operator, sign_in):
    rows = [["No", "Sebutan", "Hp", "Ket."], [1, "A", "081234567890", "Kursus"]]
    record = read(rows)
    client = sign_in(operator)
    answers = {"column_0": "no", "column_1": "name", "column_2": "phone"}
    client.post(reverse("imports:map", args=[record.pk]), answers)
    worked(Import.objects.get(pk=record.pk))
    url = reverse("imports:headings", args=["partners"])
    known = KnownHeading.objects.get()

    page = client.get(url).text
    client.post(url, {f"heading_{known.pk}": "?"})

    assert (known.heading, known.column) == ("sebutan", "name")
    assert "sebutan" in page
    assert read(rows).status == "mapping"
    assert Entry.objects.filter(action="office.headings_explained").count() == 1


def test_nobody_changes_what_another_office_said(read, operator, sign_in):
    known = KnownHeading.objects.create(
        office=UnitFactory(), kind="partners", heading="sebutan", column="name"
    )
    client = sign_in(operator)
    url = reverse("imports:headings", args=["partners"])

    page = client.get(url).text
    client.post(url, {f"heading_{known.pk}": "?"})

    assert "sebutan" not in page
    assert list(KnownHeading.objects.all()) == [known]


def test_a_form_sent_twice_makes_one_list(operator, sign_in):
    client, key = sign_in(operator), uuid.uuid4()

    first, second = sent(client, key), sent(client, key)

    assert first.url == second.url == Import.objects.get().get_absolute_url()


def test_a_file_that_is_none_is_refused_on_the_form(operator, sign_in):
    answer = sent(sign_in(operator), uuid.uuid4(), b"<html></html>")

    assert "bukan daftar yang dapat dibaca" in answer.text
    assert Import.objects.count() == 0


def test_it_is_said_how_many_rows_come_in_and_how_many_stay_out(
    read, operator, sign_in
):
    draft = read([HEAD, [1, "A", ""], [2, "B", "12"], [3, "A", ""]])
    register = read(
        [[*HEAD, "Alamat", "Pimpinan"], [1, "B", "081234567890", "Jl. 1", "Maria"]],
        way="approved",
    )
    client = sign_in(operator)

    texts = [client.get(each.get_absolute_url()).text for each in (draft, register)]

    assert "1 baris baru akan masuk. Tidak ikut: Bentrok (1) · Salah (1)." in texts[0]
    assert "1 baris baru akan masuk. Tidak ikut: tidak ada." in texts[1]
    assert ["diajukan dahulu kepada kepala" in text for text in texts] == [False, True]


def test_nothing_is_offered_where_nothing_is_new(read, operator, sign_in):
    record = read([HEAD, [1, "A", "12"]])

    text = sign_in(operator).get(record.get_absolute_url()).text

    assert reverse("imports:enter", args=[record.pk]) not in text
    assert f'href="{reverse("imports:mend", args=[record.pk])}"' in text


def test_whoever_sends_a_list_without_new_rows_is_told(read, operator, sign_in):
    record = read([HEAD, [1, "A", "12"]])

    page = sign_in(operator).post(
        reverse("imports:enter", args=[record.pk]), follow=True
    )

    record.refresh_from_db()
    assert record.status == "rehearsed"
    assert "Tidak ada baris baru yang dapat dimasukkan." in page.text


def test_at_the_end_those_that_did_not_come_in_are_counted(read, operator):
    record = read([HEAD, [1, "A", ""], [2, "B", "12"], [3, "A", ""]])
    services.enter(record, by=operator)
    worked(record)

    assert operator.notices.get(kind="import.written").body == (
        "Masuk: 1 baris. Tidak ikut: Bentrok (1) · Salah (1). Dapat dibatalkan selama "
        "tujuh hari."
    )


def test_what_a_killed_worker_left_behind_is_done_once(read, operator):
    record = read([HEAD, [1, "Yayasan Kasih", ""]])
    services.enter(record, by=operator)
    killed = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(pk=record.job_id).update(
        state=Job.State.RUNNING, lease=uuid.uuid4(), leased_until=killed, attempt=1
    )

    worked(record)
    record = worked(record)

    assert (record.status, Partner.objects.count()) == ("written", 1)


def test_an_old_page_takes_nothing_back(read, operator, sign_in, unit):
    record = read([HEAD, [1, "Yayasan Kasih", ""]])
    services.enter(record, by=operator)
    record = worked(record)
    seen = record.revision
    services.undo(record, by=person(Role.UNIT_OPERATOR, unit))
    worked(record)

    page = sign_in(operator).post(
        reverse("imports:undo", args=[record.pk]), {"revision": seen}, follow=True
    )

    assert page.status_code == 200
    assert "tidak dapat dilakukan pada status “Dibatalkan”" in page.text


def test_a_list_is_offered_where_partners_are_listed(operator, sign_in):
    text = sign_in(operator).get(reverse("partners:index")).text

    assert f'href="{CREATE}"' in text
