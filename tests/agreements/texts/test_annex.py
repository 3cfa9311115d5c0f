"""The work plan behind the signatures, in our files and in those that come back."""

import io
from datetime import date
from importlib import import_module

import docx
import pytest
from django.apps import apps
from django.utils import translation
from docx.oxml.ns import qn

from agreements.models import Clause
from agreements.texts import services
from agreements.texts.articles import Row, Text
from agreements.texts.compare import compared, differing
from agreements.texts.composing import composed
from agreements.texts.differences import annex_cautions
from agreements.texts.papers import blocks_of
from pokmas.accounts.roles import Role
from pokmas.papers.blocks import PageBreak, Table
from tests.agreements.texts.files import (
    Edited,
    runs_with,
    what_it_says,
    word_file,
)
from tests.agreements.texts.test_reading import TEXT, changed
from tests.factories import AgreementFactory, PlanItemFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("emblem")]
DAY = date(2026, 11, 29)
HEADING = "RENCANA KERJA"


@pytest.fixture
def agreement():
    return AgreementFactory(
        title="Pelatihan Menjahit", starts_on=date(2026, 1, 10), kind="pks"
    )


@pytest.fixture
def planned(agreement):
    PlanItemFactory(agreement=agreement, order=1, note="di balai desa")
    PlanItemFactory(agreement=agreement, order=2, type_name="Pelatihan", party="second")
    return composed(agreement, DAY)


def headings(text):
    return [article.heading for article in text.articles]


def test_a_plan_is_the_annex_and_the_pasal_that_names_it(planned):
    rows = [row.cells for row in planned.annex if len(row.cells) > 1]

    assert str(planned.annex[0]) == "LAMPIRAN PERJANJIAN KERJA SAMA"
    assert str(planned.annex[-4]) == HEADING
    assert rows[1] == (
        *("1", "Penyuluhan atau bantuan hukum: di balai desa", "Januari 2026"),
        *("2 kegiatan", "20 orang", "PIHAK KESATU dan PIHAK KEDUA"),
    )
    assert rows[2][-1] == "PIHAK KEDUA"
    assert HEADING in headings(planned)
    assert "PELAKSANAAN" not in headings(planned)


def test_without_a_plan_there_is_neither(agreement):
    text = composed(agreement, DAY)

    assert text.annex == ()
    assert not any(isinstance(block, PageBreak) for block in blocks_of(text))
    assert HEADING not in headings(text)
    assert "PELAKSANAAN" in headings(text)


def test_it_stands_behind_the_signatures_on_a_page_of_its_own(planned):
    content = word_file(planned)
    body = docx.Document(io.BytesIO(content)).element.body

    blocks = blocks_of(planned)
    place = next(n for n, each in enumerate(blocks) if isinstance(each, PageBreak))
    begun = [
        "".join(text.text for text in each.iter(qn("w:t")))
        for each in body.iter(qn("w:p"))
        if each.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
    ]
    assert begun == [str(planned.annex[0])]
    assert isinstance(blocks[-1], Table)
    assert [each.label for each in blocks[-1].columns][:2] == ["No.", "Kegiatan"]
    assert blocks[place - 1].signatories


def test_an_annex_is_read_as_it_was_said(planned):
    content = word_file(planned)

    assert what_it_says(content) == planned
    assert what_it_says(Edited(content).torn().saved()) == planned
    assert Text.of_json(planned.as_json()) == planned
    # Twice: below the title, and above the plan.
    assert runs_with(content, "${nomor_naskah}") == ["NOMOR: ${nomor_naskah}"] * 2


def test_a_change_in_it_is_named_as_such(planned):
    edited = Edited(word_file(planned)).replace("20 orang", "35 orang")

    found = changed(edited.torn().saved(), planned)

    assert found == ["Lampiran (diubah)"]


def test_one_that_comes_or_goes_is_named(planned, agreement):
    without = Text(planned.lead, planned.articles, planned.tail)

    assert list(map(str, differing(compared(without, planned)))) == ["Lampiran (baru)"]
    assert list(map(str, differing(compared(planned, without)))) == [
        "Lampiran (dihapus)"
    ]


def test_what_calls_itself_a_pasal_within_it_is_none():
    edited = Edited(word_file(TEXT))
    document = edited.document
    document.add_paragraph("Lampiran I")
    document.add_paragraph("Pasal 1").alignment = 1
    table = document.add_table(2, 3)
    for cell, words in zip(table.rows[0].cells, ("No.", "Alat", "Jumlah"), strict=True):
        cell.text = words
    table.rows[1].cells[0].text = "1"
    table.rows[1].cells[2].text = "2 buah"

    text = what_it_says(edited.saved())

    assert list(map(str, differing(compared(TEXT, text)))) == ["Lampiran (baru)"]
    assert text.annex == (
        Row(("Lampiran I",)),
        Row(("Pasal 1",), is_centred=True),
        Row(("No.", "Alat", "Jumlah")),
        Row(("1", "", "2 buah")),
    )


def test_a_sentence_about_an_annex_begins_none():
    edited = Edited(word_file(TEXT))
    edited.add_after("Biaya ditanggung", "Lampiran memuat rincian biaya")

    assert changed(edited.saved()) == ["Pasal 3 (diubah)"]


def test_whoever_asks_for_it_the_text_is_indonesian(agreement):
    PlanItemFactory(agreement=agreement)
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    with translation.override("en"):
        version = services.make(agreement, by=operator)

    assert version.content == composed(agreement, DAY)


def test_the_clauses_go_back_and_come_again():
    rows = import_module("agreements.migrations.0008_annexes_first_rows")
    conditions = Clause.objects.in_use().order_by("pk").values_list("pk", "condition")
    before = list(conditions)

    rows.stay(apps, None)
    known = {condition for _pk, condition in conditions.all()}
    rows.follow(apps, None)

    assert not known & {"planned", "unplanned"}
    assert list(conditions.all()) == before


def test_a_plan_that_is_no_longer_its_annex_is_said(agreement, planned):
    assert annex_cautions(agreement, planned) == []
    assert annex_cautions(agreement, None) == []

    agreement.plan_items.filter(order=2).delete()

    (said,) = annex_cautions(agreement, planned)
    assert "berbeda dari lampiran naskah" in said
    agreement.plan_items.all().delete()
    assert annex_cautions(agreement, composed(agreement, DAY)) == []
