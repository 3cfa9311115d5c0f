"""What the lists of lists show, and what the rows of one."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import display_name_of
from pokmas.imports.kinds import KINDS, Kind
from pokmas.imports.models import Import, ImportRow
from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Moment,
    Nothing,
    Number,
    Office,
    Order,
    Table,
)


@dataclass(frozen=True, kw_only=True)
class Reason(Column):
    """Why a row is what it is, word for word: each of them is put right by it."""

    css: ClassVar[str] = "whole"
    width: ClassVar[int] = 60


def _titles() -> dict:
    return {kind.name: kind.title for kind in KINDS.values()}


IMPORTS = Table(
    model=Import,
    title=_("Daftar lama"),
    list_page="imports:index",
    page="imports:detail",
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru diunggah"), ("-created_at", "-pk"))],
    nothing=Nothing(
        _("Belum ada daftar lama"),
        _(
            "Buka daftar mitra atau daftar kerja sama, lalu tekan “Masukkan daftar "
            "lama”."
        ),
    ),
    columns=[
        Column(name="name", label=_("Berkas"), value="name"),
        Choice(name="kind", label=_("Daftar"), value="kind", words=_titles),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Column(
            name="by",
            label=_("Diunggah oleh"),
            value=display_name_of("created_by"),
            may_be_empty=True,
            empty=_("Portal"),
        ),
        Moment(name="at", label=_("Diunggah"), value="created_at"),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Import.Status.choices),
            tones=Import.TONES,
        ),
    ],
)


def rows_of(record: Import, kind: Kind) -> Table:
    """The rows of one list. A sheet has their cells as they stood, to be put right."""
    mapped = {each["name"] for each in record.headings}
    columns = [
        Column(
            name=each.name,
            label=each.label,
            value=KeyTextTransform(each.name, "cells"),
            on_page=each.is_needed,
            may_be_empty=True,
        )
        for each in kind.columns
        if each.name in mapped
    ]
    return Table(
        model=ImportRow,
        title=_("Baris daftar lama"),
        list_page="imports:detail",
        page=lambda row: reverse("imports:row", args=[record.pk, row.number]),
        order="number",
        kept=("number", "-number"),
        needs=("number",),
        columns=[
            Number(name="number", label=_("Baris"), value="number"),
            *columns,
            Badge(
                name="result",
                label=_("Hasil"),
                value="result",
                words=dict(ImportRow.Result.choices),
                tones=ImportRow.TONES,
            ),
            Reason(
                name="reason",
                label=_("Alasan"),
                value="reason",
                folds_case=False,
                sortable=False,
            ),
        ],
        nothing=Nothing(
            _("Tidak ada baris"), _("Baris daftar ini sudah dihapus, atau kosong.")
        ),
    )
