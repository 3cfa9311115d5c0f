"""Old registers of agreements as units keep them."""

import random
from datetime import date, timedelta

HEAD = [
    *("No", "UPT", "Kategori Pemrakarsa", "Judul", "Jenis", "Instansi Mitra"),
    *("Nomor UPT", "Nomor Mitra", "Tanggal Tanda Tangan", "Mulai", "Selesai"),
    *("Jangka", "Jatuh Tempo", "Status Tahapan", "PIC"),
]
KINDS = ["PKS", "Nokespa", "KB", "NK", "MoU"]
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November"
MONTHS = [*MONTHS.split(), "Desember"]


def row(place, unit, **said) -> list:
    """A row of the register, of a PKS from 2024 to 2025."""
    answers = {
        "No": place,
        "UPT": unit.name,
        "Judul": f"Pembinaan Klien {place}",
        "Jenis": "PKS",
        "Instansi Mitra": "Yayasan Kasih",
        "Nomor UPT": f"W.22-{place:04}",
        "Nomor Mitra": f"{place}/YK/2024",
        "Tanggal Tanda Tangan": "05-01-2024",
        "Mulai": "05-01-2024",
        "Selesai": "04-01-2026",
        "Status Tahapan": "HIDUP",
        "PIC": "Budi",
    } | said
    return [answers.get(name) for name in HEAD]


def register(count: int, unit, seed: int = 7) -> list[list]:
    """A title, two rows of headings, and so many rows; every fourth partner is of one
    name with another, days are written in three habits, and a total stands below."""
    draw = random.Random(seed)
    above = [*HEAD]
    above[9], above[10] = "Masa Berlaku", None
    below = [None] * len(HEAD)
    below[9], below[10] = "Mulai", "Selesai"
    rows = [["REGISTER KERJA SAMA"], [unit.name], [], above, below]
    for place in range(count):
        first = date(2012, 1, 1) + timedelta(draw.randrange(5000))
        last = first + timedelta(draw.choice([364, 729, 1094]))
        partner = place - place % 4 if place % 8 < 4 else place
        rows.append(
            row(
                place + 1,
                unit,
                **{
                    "Jenis": KINDS[place % 4 if place % 8 < 4 else 0],
                    "Instansi Mitra": f"Lembaga Uji {partner}",
                    "Tanggal Tanda Tangan": habit(first, place),
                    "Mulai": habit(first, place + 1),
                    "Selesai": habit(last, place + 2),
                    "Status Tahapan": draw.choice(["HIDUP", "MATI", "Berlangsung"]),
                },
            )
        )
    total = [None] * len(HEAD)
    total[3] = "JUMLAH"
    total[4] = count
    return [*rows, total]


def habit(day: date, place: int):
    if place % 3 == 0:
        return f"{day.day:02}-{day.month:02}-{day.year}"
    if place % 3 == 1:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return day
