"""A paper with everything in it, for tests and for benchmarks/pdf.py."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from pokmas import charts
from pokmas.documents import pdf
from pokmas.papers.blocks import Letter, Photo, Photos, Signature

MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt"]
FIELDS = ["Pembinaan kepribadian", "Pembinaan kemandirian", "Kesehatan", "Hukum"]
TEXT = (
    "Kegiatan dilaksanakan bersama kelompok masyarakat di wilayah kerja unit, dengan "
    "melibatkan mitra dari unsur keagamaan, pendidikan, dan dunia usaha. "
)


def context(issued=None, office=None, *, texts=None, tables=8, rows=18, photos=6):
    """What `tests/paper.html` shows. `texts` replaces every free text, for attacks."""
    say = (lambda number: texts[number % len(texts)]) if texts else (lambda _n: TEXT)
    return {
        "office": office or (issued and issued.office),
        "issued": issued,
        "period": "Oktober 2026",
        "made_by": say(0) if texts else "Operator Uji",
        "made_at": datetime(2026, 11, 21, 14, 30, tzinfo=ZoneInfo("Asia/Makassar")),
        "chapters": [
            {
                "title": say(number) if texts else f"Bidang {number + 1}",
                "text": say(number + 1) * (1 if texts else 3),
                "rows": [
                    {
                        "number": row + 1,
                        "name": say(number + row)
                        if texts
                        else f"Kegiatan {number + 1}.{row + 1} bersama Pokmas Kasih",
                        "place": say(row) if texts else "Kelurahan Oebobo, Kota Kupang",
                        "date": date(2026, 10, 1 + row % 28),
                        "count": 1200 + row * 7,
                    }
                    for row in range(rows)
                ],
            }
            for number in range(tables)
        ],
        "charts": [] if texts else _charts(),
        "photos": Photos(
            [
                Photo(f"photo-{number}", say(number)[:90], None)
                for number in range(photos)
            ]
        ),
        "letter": Letter(
            number="WP.22.PAS.4-UM.01.01-17",
            attachment="1 berkas",
            subject="Laporan bulanan",
            place="Kupang",
            day=date(2026, 11, 2),
            to=["Kepala Kanwil Ditjenpas Nusa Tenggara Timur", "di Kupang"],
        ),
        "signature": Signature(
            place="Kupang",
            day=date(2026, 11, 2),
            on_behalf="Kepala Kantor Wilayah",
            position="Kepala Bapas Kelas II Kupang",
            name="Nama Rekaan, S.H., M.H.",
            nip="198001012005011001",
            copies=["Direktur Jenderal Pemasyarakatan", "Arsip"],
        ),
        "place": say(3) if texts else "Kupang",
    }


def annex(rows: int) -> pdf.Annex:
    """A table with that many rows; each says its number in words of its own."""
    return pdf.Annex(
        "tests/annex.html",
        [
            {
                "name": f"Kegiatan ke-{place} bersama Pokmas Kasih",
                "place": "Kelurahan Oebobo, Kota Kupang",
                "date": date(2026, 10, 1 + place % 28),
                "count": 100_000 + place,
            }
            for place in range(rows)
        ],
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
