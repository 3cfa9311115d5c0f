"""What the text of an agreement may name, and what it becomes for one of them."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.parties.listing import parties_of
from agreements.plans.models import PlanItem
from agreements.register.models import Agreement
from agreements.texts.items import joined
from agreements.texts.models import Clause
from partners.kinds.first import LOCAL_GOVERNMENT
from pokmas.offices.models import Office
from pokmas.papers.blocks import UNNAMED
from pokmas.papers.merging import Field
from pokmas.words import dates

ORDINALS = (
    *("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH"),
    *("KEDELAPAN", "KESEMBILAN", "KESEPULUH"),
)
DIGITS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan"),
    *("sembilan", "sepuluh", "sebelas"),
)

FIELDS = [
    Field("jenis", _("Jenis naskah"), "Perjanjian Kerja Sama"),
    Field("judul", _("Judul"), "Pelatihan Menjahit bagi Klien"),
    Field("nama_unit", _("Nama unit"), "Bapas Kelas II Kupang"),
    Field("kota", _("Tempat kedudukan unit"), "Kupang"),
    Field("alamat_unit", _("Alamat unit"), "Jalan Uji 1, Kupang"),
    Field("surel_unit", _("Surel unit"), "bapas.kupang@example.go.id"),
    Field("nama_mitra", _("Nama mitra"), "Yayasan Uji Mandiri"),
    Field("alamat_mitra", _("Alamat mitra"), "Jalan Uji 2, Kota Kupang"),
    Field("urgensi", _("Urgensi"), "keterampilan klien perlu ditingkatkan"),
    Field("bentuk", _("Bentuk kerja sama"), "pelatihan dan pendampingan"),
    Field("pokok", _("Pokok kerja sama, satu butir tiap baris"), "pelatihan menjahit"),
    Field("mulai", _("Mulai berlaku"), "10 Januari 2026"),
    Field("berakhir", _("Berakhir"), "9 Januari 2027"),
    Field("jangka_waktu", _("Lamanya"), "1 (satu) tahun"),
    Field("kelompok", _("Kelompok Pokmas Lipas"), "Pokmas Lipas Oebobo Mandiri"),
    Field("nota_payung", _("Nota payung dan nomornya"), "Nota Uji Nomor W.22-1"),
    Field("rangkap", _("Banyaknya rangkap asli"), "2 (dua)"),
]
NAMES = {field.name for field in FIELDS}
# In a Word file of an office: each alone in its paragraph.
OF_TEXT = [
    Field("pembukaan", _("Para pihak, Menimbang, dan Mengingat"), "Pada hari ini, …"),
    Field("pasal", _("Semua Pasal"), "Pasal 1 …"),
]
OF_PARTY = [
    Field("pihak.sebutan", _("Sebutan pihak"), "PIHAK KESATU"),
    Field("pihak.nama", _("Nama pihak"), "Bapas Kelas II Kupang"),
    Field("pihak.penanda_tangan", _("Penanda tangan"), "Maria Uji"),
    Field("pihak.jabatan", _("Jabatan penanda tangan"), "Kepala Bapas"),
    Field("pihak.alamat", _("Alamat"), "Jalan Uji 1, Kupang"),
    Field("pihak.nip", _("NIP, bila ada"), "NIP 19800101 200501 1 001"),
]


def rows_of(agreement: Agreement) -> list[dict[str, str]]:
    """The parties as rows of a table in a Word file of an office."""
    return [
        {
            "pihak.sebutan": called(place),
            "pihak.nama": party.name,
            "pihak.penanda_tangan": party.representative,
            "pihak.jabatan": party.position,
            "pihak.alamat": party.address or UNNAMED,
            "pihak.nip": party.number,
        }
        for place, party in enumerate(parties_of(agreement))
    ]


def called(place: int) -> str:
    """PIHAK KESATU for the first one."""
    ordinal = ORDINALS[place] if place < len(ORDINALS) else f"KE-{place + 1}"
    return f"PIHAK {ordinal}"


def holds(condition: str, agreement: Agreement) -> bool:
    """Whether a clause of that condition belongs into the text of this agreement."""
    return CONDITIONS[condition](agreement)


def plan_of(agreement: Agreement) -> models.QuerySet[PlanItem]:
    """Its work plan; an amendment has that of what it amends."""
    return (agreement.amends or agreement).plan_items.all()


Condition = Clause.Condition
CONDITIONS: dict[str, Callable[[Agreement], bool]] = {
    Condition.ALWAYS: lambda agreement: True,
    Condition.GROUP: lambda agreement: agreement.group_id is not None,
    Condition.UMBRELLA: lambda agreement: agreement.umbrella_id is not None,
    Condition.GOVERNMENT: lambda agreement: (
        agreement.partner.kind_id == LOCAL_GOVERNMENT
    ),
    Condition.CHILDREN: lambda agreement: agreement.office.kind == Office.Kind.JUVENILE,
    Condition.SEVERAL: lambda agreement: len(parties_of(agreement)) > 2,
    Condition.PLANNED: lambda agreement: plan_of(agreement).exists(),
    Condition.UNPLANNED: lambda agreement: not plan_of(agreement).exists(),
}
KINDS = {
    Agreement.Kind.MOU: "Nota Kesepahaman",
    Agreement.Kind.JOINT: "Nota Kesepakatan",
    Agreement.Kind.PKS: "Perjanjian Kerja Sama",
}

# With which people begin a title, and an amendment does by itself.
KIND = r"(?:pks|mou|perjanjian\s+kerja\s?sama|nota\s+kesepahaman|nota\s+kesepakatan)\b"
LEADING_KIND = re.compile(
    r"^(?:adendum(?:\s+\S+)?\s+atas\s+|"
    rf"(?:perpanjangan|pembaruan)\s+(?={KIND})|"
    rf"{KIND}(?:\s*\((?:pks|mou)\))?[\s:,–—-]*(?:antara\s.+?\s(?=tentang\s))?"
    r"(?:tentang\s+)?)+",
    re.I,
)


def values_of(agreement: Agreement) -> dict[str, str]:
    office, partner = agreement.office, agreement.partner
    umbrella = agreement.umbrella
    return {
        "jenis": KINDS[agreement.kind],
        "judul": topic_of(agreement),
        "nama_unit": office.name,
        "kota": _town(office),
        "alamat_unit": office.address or UNNAMED,
        "surel_unit": office.email or UNNAMED,
        "nama_mitra": partner.name,
        "alamat_mitra": _address_of(partner),
        "urgensi": joined(agreement.urgency),
        "bentuk": joined(agreement.form),
        "pokok": agreement.subject,
        "mulai": dates.date_long(agreement.starts_on),
        "berakhir": dates.date_long(agreement.ends_on),
        "jangka_waktu": duration(agreement.starts_on, agreement.ends_on),
        "kelompok": agreement.group.name if agreement.group else UNNAMED,
        "nota_payung": _titled(umbrella) if umbrella else UNNAMED,
        "rangkap": counted(len(parties_of(agreement))),
    }


def topic_of(agreement: Agreement) -> str:
    """Its title behind "tentang": the kind and the parties are said before, and not
    again."""
    topic = LEADING_KIND.sub("", agreement.title, count=1)
    if agreement.partner_id:
        name = re.escape(agreement.partner.name)
        parties = rf"\s+(?:(?:antara|dengan|bersama)\s(?:.*\s)?|[–—-]\s*){name}.*$"
        topic = re.sub(parties, "", topic, count=1, flags=re.I)
    if not topic or topic.casefold().startswith(("antara ", "dengan ")):
        return agreement.title
    return topic[:1].upper() + topic[1:]


def duration(first, last) -> str:
    """1 (satu) tahun; 18 (delapan belas) bulan; 45 (empat puluh lima) hari; 3 (tiga)
    tahun 9 (sembilan) bulan 2 (dua) hari."""
    months = (last.year - first.year) * 12 + last.month - first.month
    # To the eve of the day on which it began, or to that very day.
    for count in (months, months + 1):
        end = dates.months_later(first, count)
        if count > 0 and (end - last).days in (0, 1):
            if count % 12 == 0:
                return f"{counted(count // 12)} tahun"
            return f"{counted(count)} bulan"
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if dates.months_later(first, months) > after:
        months -= 1
    rest = (after - dates.months_later(first, months)).days
    if months < 12:
        return f"{counted((after - first).days)} hari"
    parts = [(months // 12, "tahun"), (months % 12, "bulan"), (rest, "hari")]
    return " ".join(f"{counted(count)} {word}" for count, word in parts if count)


def counted(number: int) -> str:
    return f"{number} ({spelled(number)})"


def spelled(number: int) -> str:
    """A number below a million in Indonesian words."""
    if number < 12:
        return DIGITS[number]
    if number < 20:
        return f"{DIGITS[number - 10]} belas"
    for worth, word in ((1_000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= worth:
            count, rest = divmod(number, worth)
            head = f"se{word}" if count == 1 else f"{spelled(count)} {word}"
            return f"{head} {spelled(rest)}" if rest else head
    raise ValueError(number)


def _titled(agreement: Agreement) -> str:
    if not agreement.our_number:
        return agreement.title
    return f"{agreement.title} Nomor {agreement.our_number}"


def _town(office: Office) -> str:
    return office.regency.town if office.regency else UNNAMED


def _address_of(partner) -> str:
    parts = (partner.address, partner.village, partner.regency.name)
    found = []
    for part in filter(None, parts):
        if not any(part.casefold() in other.casefold() for other in found):
            found.append(part)
    return ", ".join(found)
