"""What the texts of a group's papers may name, and what it becomes for one group."""

import re
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.groups.models import CommunityGroup, GroupMembership
from pokmas.offices.letters import written_out
from pokmas.papers.blocks import UNNAMED
from pokmas.papers.merging import Field
from pokmas.words import dates

Role = GroupMembership.Role

OF_GROUP = [
    Field("nama_kelompok", _("Nama kelompok"), "Pokmas Lipas Oebobo Mandiri"),
    Field("bidang", _("Bidang kelompok"), "Kemandirian dan Kepribadian"),
    Field("nama_unit", _("Nama unit"), "Balai Pemasyarakatan Kelas II Kupang"),
    Field("kota", _("Tempat kedudukan unit"), "Kupang"),
    Field("jumlah_anggota", _("Jumlah anggota"), "5"),
    Field("ketua", _("Nama mitra yang menjadi ketua"), "Yayasan Uji Mandiri"),
    Field("nomor_sk", _("Nomor SK penetapan"), "WP.22.PAS.2-15.OT.02.02"),
    Field("tanggal_sk", _("Tanggal SK penetapan"), "5 Januari 2026"),
    Field("hari_pengukuhan", _("Hari dan tanggal pengukuhan"), "Senin, 2 Maret 2026"),
    Field("jam_pengukuhan", _("Jam pengukuhan"), "09.00 WITA"),
    Field("tempat_pengukuhan", _("Tempat pengukuhan"), "Aula Bapas Kupang"),
    Field("dikukuhkan_oleh", _("Yang mengukuhkan"), "Kepala Kanwil Ditjenpas NTT"),
]
OF_CLAUSES = {
    "menimbang": Field("menimbang", _("Semua butir Menimbang"), "a. bahwa …;"),
    "mengingat": Field("mengingat", _("Semua butir Mengingat"), "1. Undang-Undang …;"),
    "diktum": Field("diktum", _("Semua diktum"), "KESATU : Membentuk …"),
    "isi": Field("isi", _("Semua kalimat isinya"), "Dalam rangka …"),
}
OF_MEMBER = [
    Field("anggota.nomor", _("Nomor urut"), "1"),
    Field("anggota.nama", _("Nama lembaga"), "Yayasan Uji Mandiri"),
    Field("anggota.kedudukan", _("Kedudukan dalam kelompok"), "Ketua"),
    Field("anggota.bidang", _("Bidang mitra"), "Ekonomi"),
    Field("anggota.penanggung_jawab", _("Penanggung jawab"), "Maria Uji"),
    Field("anggota.jabatan", _("Jabatan penanggung jawab"), "Ketua Yayasan"),
    Field("anggota.alamat", _("Alamat"), "Jalan Uji 1, Kota Kupang"),
]


def names_of(fields: Sequence[Field]) -> set[str]:
    return {field.name for field in fields}


def members_of(group: CommunityGroup) -> QuerySet:
    """Those who belong to it now, the chair first."""
    return (
        group.memberships.current()
        .select_related("partnership__partner__regency")
        .prefetch_related("partnership__fields")
        .ranked()
    )


def values_of(
    group: CommunityGroup, members: Sequence[GroupMembership]
) -> dict[str, str]:
    office = group.office
    chairs = [row.partnership for row in members if row.role == Role.CHAIR]
    at = group.ceremony_at and timezone.localtime(group.ceremony_at, office.tzinfo)
    day = group.inaugurated_on or (at and at.date())
    return {
        "nama_kelompok": group.name,
        "bidang": str(group.field),
        "nama_unit": written_out(office.name),
        "kota": office.regency.town if office.regency else "",
        "jumlah_anggota": dates.number(len(members)),
        "ketua": str(chairs[0]) if chairs else UNNAMED,
        "nomor_sk": group.decree_number or UNNAMED,
        "tanggal_sk": _day(group.decree_on),
        "hari_pengukuhan": dates.date_full(day) if day else UNNAMED,
        "jam_pengukuhan": dates.time_zoned(at, office.tzinfo) if at else UNNAMED,
        "tempat_pengukuhan": group.ceremony_place or UNNAMED,
        "dikukuhkan_oleh": group.inaugurated_by or UNNAMED,
    }


def rows_of(
    group: CommunityGroup, members: Sequence[GroupMembership]
) -> list[dict[str, str]]:
    return [
        {
            "anggota.nomor": str(place),
            "anggota.nama": partner.name,
            "anggota.kedudukan": row.get_role_display(),
            "anggota.bidang": _fields_of(row) or str(group.field),
            "anggota.penanggung_jawab": partner.leader_name,
            "anggota.jabatan": partner.leader_position,
            "anggota.alamat": _address_of(partner),
        }
        for place, row in enumerate(members, start=1)
        for partner in [row.partnership.partner]
    ]


def _fields_of(row):
    return ", ".join(map(str, row.partnership.fields.all()))


def _address_of(partner):
    """As it was typed, and after it whatever of its place it does not end with."""
    place = partner.regency.name
    street = _without_end(partner.address, place)
    street = _without_end(street, partner.village)
    return ", ".join(filter(None, (street, partner.village, place)))


def _without_end(text, end):
    return re.sub(rf"(^|[\s,]+){re.escape(end)}[\s,.]*$", "", text, flags=re.I)


def _day(day):
    return dates.date_long(day) if day else UNNAMED
