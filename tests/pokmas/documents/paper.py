"""A paper with everything in it, for tests and for benchmarks/pdf.py."""

from datetime import date

from pokmas import charts
from pokmas.papers.blocks import (
    Column,
    Content,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Photo,
    Photos,
    Picture,
    Signature,
    Table,
    Title,
)
from pokmas.words import dates

MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt"]
FIELDS = ["Pembinaan kepribadian", "Pembinaan kemandirian", "Kesehatan", "Hukum"]
TEXT = (
    "Kegiatan dilaksanakan bersama kelompok masyarakat di wilayah kerja unit, dengan "
    "melibatkan mitra dari unsur keagamaan, pendidikan, dan dunia usaha. "
)
COLUMNS = [
    Column("No.", "order"),
    Column("Kegiatan"),
    Column("Tempat"),
    Column("Tanggal", "date"),
    Column("Peserta", "number"),
]
LETTER = Letter(
    number="WP.22.PAS.4-UM.01.01-17",
    attachment="1 berkas",
    subject="Laporan bulanan",
    place="Kupang",
    day=date(2026, 11, 2),
    to=["Kepala Kanwil Ditjenpas Nusa Tenggara Timur", "di Kupang"],
)
SIGNATURE = Signature(
    place="Kupang",
    day=date(2026, 11, 2),
    on_behalf="Kepala Kantor Wilayah",
    position="Kepala Bapas Kelas II Kupang",
    name="Nama Rekaan, S.H., M.H.",
    nip="198001012005011001",
    copies=["Direktur Jenderal Pemasyarakatan", "Arsip"],
)


def content(*, texts=None, tables=8, rows=18, photos=(), annex=0) -> Content:
    """`texts` replaces every free text, for attacks; `photos` are documents, and
    `annex` says how many rows stand behind the paper."""
    say = (lambda number: texts[number % len(texts)]) if texts else (lambda _n: TEXT)
    chapters = [_chapter(number, rows, texts, say) for number in range(tables)]
    pictures = [] if texts else [Picture.of(chart) for chart in _charts()]
    shown = [Photo(say(place)[:90], each) for place, each in enumerate(photos)]
    return Content(
        [
            LETTER,
            Title(
                "Laporan Kegiatan Bulan Oktober 2026", [say(3) if texts else "Kupang"]
            ),
            Facts([("Unit", ["Bapas Kelas II Uji"]), ("Periode", ["Oktober 2026"])]),
            *[block for chapter in chapters for block in chapter],
            *pictures,
            Heading("Foto kegiatan"),
            Photos(shown),
            *([long_table(annex)] if annex else []),
            SIGNATURE,
        ]
    )


def _chapter(number, rows, texts, say):
    title = say(number) if texts else f"Bidang {number + 1}"
    table = [
        [
            str(row + 1),
            say(number + row)
            if texts
            else f"Kegiatan {number + 1}.{row + 1} bersama Pokmas Kasih",
            say(row) if texts else "Kelurahan Oebobo, Kota Kupang",
            dates.date_long(date(2026, 10, 1 + row % 28)),
            dates.number(1200 + row * 7),
        ]
        for row in range(rows)
    ]
    return [
        Heading(title),
        Paragraph(say(number + 1) * (1 if texts else 3)),
        Table(COLUMNS, table, caption=f"Kegiatan {title}"),
    ]


def long_table(rows: int) -> Table:
    """A table with that many rows; each says its number in words of its own."""
    return Table(
        COLUMNS,
        [
            [
                dates.number(place + 1),
                f"Kegiatan ke-{place} bersama Pokmas Kasih",
                "Kelurahan Oebobo, Kota Kupang",
                dates.date_long(date(2026, 10, 1 + place % 28)),
                dates.number(100_000 + place),
            ]
            for place in range(rows)
        ],
        rows_are="kegiatan",
    )


def _charts():
    values = [12, 18, 9, 22, 30, 27, 31, 25, 38, 41]
    return [
        charts.bar("Kegiatan menurut bidang", zip(FIELDS, values, strict=False)),
        charts.stacked(
            "Peserta menurut kelompok",
            ["Laki-laki", "Perempuan"],
            [(name, [values[n], values[n + 1]]) for n, name in enumerate(FIELDS)],
        ),
        charts.line("Kegiatan per bulan", MONTHS, {"2026": values}),
        charts.bar("Jam relawan", zip(MONTHS[:5], values, strict=False)),
    ]
