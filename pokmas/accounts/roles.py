"""The one table of roles and what each may do.

An administrator at headquarters changes it at run time (`RoleOverride`); the page
`accounts:roles` shows the result. Permissions are strings, `app.verb_noun`.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    HEADQUARTERS = "headquarters", _("Admin Pusat")
    REGIONAL_HEAD = "regional_head", _("Kepala Kanwil")
    REGIONAL_ADMIN = "regional_admin", _("Admin Kanwil")
    REGIONAL_REVIEWER = "regional_reviewer", _("Penelaah Kanwil")
    UNIT_HEAD = "unit_head", _("Kepala UPT")
    UNIT_OPERATOR = "unit_operator", _("Operator UPT")
    AMBASSADOR = "ambassador", _("Duta Kerja Sama")
    PARTNER = "partner", _("Mitra")
    PARTNER_WRITER = "partner_writer", _("Pelaksana mitra")
    PARTNER_READER = "partner_reader", _("Pembaca mitra")
    VOLUNTEER = "volunteer", _("Sahabat Pemasyarakatan")


STAFF = {
    Role.HEADQUARTERS,
    Role.REGIONAL_HEAD,
    Role.REGIONAL_ADMIN,
    Role.REGIONAL_REVIEWER,
    Role.UNIT_HEAD,
    Role.UNIT_OPERATOR,
    Role.AMBASSADOR,
}
# Who act for a partner: who answers for it, who does its work, who follows it.
OF_PARTNERS = (Role.PARTNER, Role.PARTNER_WRITER, Role.PARTNER_READER)
COMMUNITY = {*OF_PARTNERS, Role.VOLUNTEER}

# At which level of the tree a role is held.
LEVELS = {
    Role.HEADQUARTERS: {"headquarters"},
    Role.REGIONAL_HEAD: {"regional"},
    Role.REGIONAL_ADMIN: {"regional"},
    Role.REGIONAL_REVIEWER: {"regional"},
    Role.UNIT_HEAD: {"unit"},
    Role.UNIT_OPERATOR: {"unit", "post"},
    Role.AMBASSADOR: {"unit", "post", "regional"},
    Role.PARTNER: {"unit", "post"},
    Role.PARTNER_WRITER: {"unit", "post"},
    Role.PARTNER_READER: {"unit", "post"},
    Role.VOLUNTEER: {"unit", "post"},
}

# Whose accounts a role may open and close: those below it, never its own kind.
APPOINTS = {
    Role.HEADQUARTERS: {
        Role.REGIONAL_HEAD,
        Role.REGIONAL_ADMIN,
        Role.REGIONAL_REVIEWER,
        Role.UNIT_HEAD,
        Role.UNIT_OPERATOR,
        Role.AMBASSADOR,
    },
    Role.REGIONAL_ADMIN: {
        Role.REGIONAL_REVIEWER,
        Role.UNIT_HEAD,
        Role.UNIT_OPERATOR,
        Role.AMBASSADOR,
    },
    Role.UNIT_HEAD: {Role.UNIT_OPERATOR, Role.AMBASSADOR},
}


@dataclass(frozen=True)
class Permission:
    name: str
    label: str | Promise
    roles: frozenset[Role]


def _may(name, label, *roles):
    return Permission(name, label, frozenset(roles))


HQ, KANWIL_HEAD = Role.HEADQUARTERS, Role.REGIONAL_HEAD
KANWIL, REVIEWER = Role.REGIONAL_ADMIN, Role.REGIONAL_REVIEWER
HEAD, OPERATOR, AMBASSADOR = Role.UNIT_HEAD, Role.UNIT_OPERATOR, Role.AMBASSADOR
PARTNER, VOLUNTEER = Role.PARTNER, Role.VOLUNTEER
# Of a partner: whoever reads, and whoever writes.
READERS, WRITERS = OF_PARTNERS, OF_PARTNERS[:2]
OFFICERS = (HQ, KANWIL_HEAD, KANWIL, REVIEWER, HEAD, OPERATOR, AMBASSADOR)

PERMISSIONS = [
    # Offices and accounts
    _may("offices.view_office", _("Melihat kantor"), *OFFICERS),
    _may("offices.change_office", _("Mengubah data kantor"), HQ, KANWIL),
    _may("offices.reorganise_office", _("Menata ulang kantor"), HQ),
    _may(
        "offices.oversee_turn",
        _("Diberi tahu bila suatu langkah terlambat"),
        KANWIL_HEAD,
        KANWIL,
        HEAD,
    ),
    _may("offices.manage_place", _("Mengatur wilayah kerja"), HQ, KANWIL),
    _may("accounts.view_user", _("Melihat akun"), HQ, KANWIL_HEAD, KANWIL, HEAD),
    _may("accounts.appoint_user", _("Membuka dan menutup akun"), HQ, KANWIL, HEAD),
    _may("accounts.request_assignment", _("Meminta penugasan tambahan"), *OFFICERS),
    _may("accounts.name_substitute", _("Menunjuk pengganti (Plh.)"), KANWIL_HEAD, HEAD),
    _may("accounts.view_role", _("Melihat peran dan hak"), *OFFICERS),
    _may("accounts.change_role", _("Mengubah hak peran"), HQ),
    _may("audit.view_entry", _("Melihat jejak audit"), HQ, KANWIL_HEAD, KANWIL, HEAD),
    _may("audit.export_entry", _("Mengekspor jejak audit"), HQ, KANWIL_HEAD, KANWIL),
    _may("audit.inspect_trail", _("Memeriksa keutuhan jejak audit"), HQ),
    _may("health.view_status", _("Melihat kesehatan sistem"), HQ),
    _may("jobs.view_job", _("Melihat pekerjaan latar belakang"), HQ),
    _may("notices.send_message", _("Menyiapkan pesan WhatsApp"), *OFFICERS),
    # Numbers of papers
    _may(
        "numbering.view_number",
        _("Melihat buku nomor"),
        *(HQ, KANWIL_HEAD, KANWIL, REVIEWER, HEAD, OPERATOR),
    ),
    _may("numbering.take_number", _("Mengambil nomor naskah"), KANWIL, HEAD, OPERATOR),
    _may("numbering.cancel_number", _("Membatalkan nomor naskah"), KANWIL, HEAD),
    _may("numbering.manage_numbering", _("Mengatur penomoran"), HQ, KANWIL, HEAD),
    # Tasks
    _may("coordination.view_task", _("Melihat tugas"), *OFFICERS),
    _may("coordination.give_task", _("Memberi tugas"), *OFFICERS),
    _may("coordination.do_task", _("Mengerjakan tugas"), *OFFICERS),
    _may(
        "coordination.assign_task",
        _("Menunjuk pelaksana tugas"),
        *(HQ, KANWIL_HEAD, KANWIL, HEAD),
    ),
    # Lists of before
    _may(
        "imports.view_import",
        _("Melihat daftar lama"),
        *(HQ, KANWIL_HEAD, KANWIL, HEAD, OPERATOR),
    ),
    _may(
        "imports.add_import",
        _("Memasukkan daftar lama"),
        *(HQ, KANWIL_HEAD, KANWIL, OPERATOR),
    ),
    _may("imports.confirm_import", _("Mengesahkan daftar lama"), HEAD),
    # Partners and groups
    _may("partners.view_partner", _("Melihat mitra"), *OFFICERS, *READERS),
    # A Kanwil and headquarters do so for what they agree on themselves.
    _may(
        "partners.add_partner",
        _("Mencatat mitra"),
        *(OPERATOR, AMBASSADOR, KANWIL, HQ),
    ),
    _may(
        "partners.find_alike",
        _("Mencari mitra yang sudah dikenal di unit lain"),
        *(OPERATOR, HEAD, AMBASSADOR, KANWIL, HQ),
    ),
    _may(
        "partners.merge_partner",
        _("Menggabungkan mitra yang tercatat dua kali"),
        *(HQ, KANWIL, HEAD),
    ),
    _may(
        "partners.change_partner",
        _("Mengubah data mitra"),
        *(OPERATOR, *WRITERS, KANWIL, HQ),
    ),
    _may(
        "partners.submit_partner",
        _("Mengajukan mitra"),
        *(OPERATOR, PARTNER, KANWIL, HQ),
    ),
    _may(
        "partners.discard_partner",
        _("Membuang draf mitra"),
        *(OPERATOR, AMBASSADOR, PARTNER, KANWIL, HQ),
    ),
    _may("partners.represent_partner", _("Mewakili mitra sendiri"), PARTNER),
    _may("partners.view_colleague", _("Melihat rekan di mitra sendiri"), *READERS),
    _may(
        "partners.print_slip",
        _("Mencetak slip kode akun bagi yang tidak punya surel"),
        OPERATOR,
    ),
    _may("partners.view_queue", _("Melihat antrean pemeriksaan mitra"), *OFFICERS),
    _may("partners.share_queue", _("Membagi pemeriksaan mitra"), HEAD, OPERATOR),
    _may(
        "partners.verify_partner",
        _("Memeriksa pendaftaran mitra"),
        *(OPERATOR, KANWIL, HQ),
    ),
    _may(
        "partners.approve_partner",
        _("Menyetujui mitra"),
        *(HEAD, KANWIL_HEAD, HQ),
    ),
    _may(
        "partners.suspend_partner",
        _("Menangguhkan mitra"),
        *(HEAD, KANWIL_HEAD, HQ),
    ),
    _may(
        "partners.view_contact", _("Melihat kontak pribadi"), OPERATOR, HEAD, *READERS
    ),
    _may("partners.view_communitygroup", _("Melihat kelompok"), *OFFICERS, *READERS),
    _may("partners.add_communitygroup", _("Mengusulkan kelompok"), OPERATOR),
    _may("partners.change_communitygroup", _("Mengubah kelompok"), OPERATOR),
    _may("partners.establish_communitygroup", _("Menetapkan kelompok"), HEAD),
    _may("partners.prepare_paper", _("Menyiapkan naskah kelompok"), HEAD, OPERATOR),
    _may("partners.manage_template", _("Mengatur templat Word kantor"), HEAD, OPERATOR),
    _may("partners.manage_field", _("Mengatur daftar bidang"), HQ),
    # Volunteers
    _may("partners.view_volunteer", _("Melihat Sahabat"), *OFFICERS, VOLUNTEER),
    _may("partners.add_volunteer", _("Mencatat Sahabat"), OPERATOR),
    _may("partners.be_volunteer", _("Bertindak sebagai Sahabat"), VOLUNTEER),
    _may("partners.change_volunteer", _("Mengubah data Sahabat"), OPERATOR, VOLUNTEER),
    _may("partners.decide_volunteer", _("Memutuskan tentang Sahabat"), OPERATOR, HEAD),
    _may("partners.view_nik", _("Melihat NIK Sahabat"), OPERATOR, HEAD),
    _may("partners.suspend_volunteer", _("Menangguhkan Sahabat"), HEAD),
    # Agreements
    _may("agreements.view_agreement", _("Melihat kerja sama"), *OFFICERS, *READERS),
    # A Kanwil and headquarters do so for what they sign themselves.
    _may(
        "agreements.add_agreement",
        _("Menyusun kerja sama"),
        *(OPERATOR, KANWIL, HQ),
    ),
    _may(
        "agreements.change_agreement",
        _("Mengubah naskah kerja sama"),
        *(OPERATOR, KANWIL, HQ),
    ),
    _may(
        "agreements.submit_agreement",
        _("Mengajukan telaah"),
        *(OPERATOR, KANWIL, HQ),
    ),
    _may("agreements.answer_text", _("Menjawab naskah sebagai mitra"), PARTNER),
    _may(
        "agreements.comment_text",
        _("Membahas naskah per Pasal"),
        *(OPERATOR, HEAD, KANWIL, KANWIL_HEAD, REVIEWER, HQ, *WRITERS),
    ),
    _may("agreements.review_agreement", _("Menelaah naskah"), REVIEWER, HQ),
    _may(
        "agreements.sign_agreement",
        _("Mencatat penandatanganan"),
        *(HEAD, OPERATOR, KANWIL_HEAD, KANWIL, HQ),
    ),
    _may(
        "agreements.terminate_agreement",
        _("Membetulkan, menangguhkan, atau mengakhiri kerja sama"),
        *(HEAD, KANWIL_HEAD, HQ),
    ),
    _may(
        "agreements.change_contact",
        _("Mencatat dan memastikan narahubung kerja sama"),
        *(OPERATOR, KANWIL, HQ, *WRITERS),
    ),
    _may("agreements.view_feasibility", _("Melihat lembar kelayakan"), *OFFICERS),
    _may(
        "agreements.change_feasibility",
        _("Menyusun lembar kelayakan"),
        *(OPERATOR, KANWIL, HQ),
    ),
    _may(
        "agreements.decide_feasibility",
        _("Memutuskan kelayakan kerja sama"),
        *(HEAD, KANWIL_HEAD, HQ),
    ),
    _may(
        "agreements.manage_feasibility",
        _("Mengatur kriteria kelayakan kerja sama"),
        HQ,
    ),
    _may(
        "agreements.view_regionmonth",
        _("Melihat halaman bulanan kerja sama wilayah"),
        *(HQ, KANWIL_HEAD, KANWIL, REVIEWER),
    ),
    _may(
        "agreements.open_regionmonth",
        _("Membuka halaman bulanan kerja sama wilayah"),
        *(KANWIL_HEAD, KANWIL, REVIEWER),
    ),
    _may("agreements.manage_review", _("Mengatur telaah naskah kerja sama"), HQ),
    _may("agreements.manage_clause", _("Mengatur klausul naskah kerja sama"), HQ),
    _may("agreements.view_evaluation", _("Melihat evaluasi dan bukti"), *OFFICERS),
    _may(
        "agreements.evaluate_agreement",
        _("Mengevaluasi kerja sama dan mengisi buktinya"),
        *(OPERATOR, KANWIL, HQ),
    ),
    _may(
        "agreements.confirm_evaluation",
        _("Mengesahkan evaluasi dan mengunci posisi awal"),
        *(HEAD, KANWIL_HEAD, HQ),
    ),
    # Outreach: a Kanwil and headquarters do so for activities of their own.
    _may(
        "outreach.view_activity", _("Melihat kegiatan"), *OFFICERS, *READERS, VOLUNTEER
    ),
    _may(
        "outreach.add_activity",
        _("Merencanakan kegiatan"),
        *(OPERATOR, AMBASSADOR, KANWIL, HQ, *WRITERS),
    ),
    _may(
        "outreach.change_activity",
        _("Mengubah kegiatan"),
        *(OPERATOR, AMBASSADOR, KANWIL, HQ, *WRITERS),
    ),
    _may(
        "outreach.report_activity",
        _("Melaporkan kegiatan"),
        *(OPERATOR, AMBASSADOR, KANWIL, HQ, *WRITERS),
    ),
    _may(
        "outreach.write_news",
        _("Menulis kepada peserta kegiatan"),
        *(HEAD, OPERATOR, AMBASSADOR, KANWIL, HQ),
    ),
    _may("outreach.view_queue", _("Melihat antrean verifikasi kegiatan"), *OFFICERS),
    _may(
        "outreach.verify_activity",
        _("Memverifikasi kegiatan"),
        *(HEAD, KANWIL_HEAD, HQ),
    ),
    _may("outreach.view_invitation", _("Melihat undangan kegiatan"), *OFFICERS),
    _may(
        "outreach.invite_unit",
        _("Mengundang unit, mencatat narasumber dan materi kegiatan"),
        *(KANWIL, HQ),
    ),
    _may(
        "outreach.answer_invitation",
        _("Menjawab undangan kegiatan dan mencatat keikutsertaan unit"),
        *(HEAD, OPERATOR),
    ),
    _may("outreach.manage_attendanceway", _("Mengatur cara mengikuti kegiatan"), HQ),
    _may(
        "outreach.correct_activity",
        _("Membuka koreksi bulan yang sudah ditutup"),
        HEAD,
        OPERATOR,
    ),
    _may(
        "outreach.manage_pattern",
        _("Mengatur pola kegiatan"),
        *(OPERATOR, AMBASSADOR, KANWIL, HQ),
    ),
    _may(
        "outreach.review_photo",
        _("Menilai dan menolak foto"),
        *(HEAD, KANWIL_HEAD, HQ),
    ),
    _may(
        "outreach.edit_photo",
        _("Menyamarkan dan memotong foto"),
        *(HEAD, OPERATOR, AMBASSADOR, KANWIL_HEAD, KANWIL, HQ, *WRITERS),
    ),
    _may("outreach.manage_activitytype", _("Mengatur jenis kegiatan"), HQ),
    # What was reported of activities beside their figures
    _may(
        "outreach.view_restorative",
        _("Melihat hasil keadilan restoratif"),
        *(*OFFICERS, *READERS),
    ),
    _may(
        "outreach.add_coverage",
        _("Mencatat liputan media"),
        *(HEAD, OPERATOR, AMBASSADOR, KANWIL_HEAD, KANWIL, HQ),
    ),
    # Programmes of volunteers and partners
    _may(
        "outreach.view_programme",
        _("Melihat program mandiri"),
        *(*OFFICERS, *READERS, VOLUNTEER),
    ),
    _may(
        "outreach.add_programme",
        _("Memulai program mandiri"),
        *(OPERATOR, AMBASSADOR, *WRITERS, VOLUNTEER),
    ),
    _may(
        "outreach.write_programme",
        _("Mengisi fase program mandiri"),
        *(OPERATOR, AMBASSADOR, *WRITERS, VOLUNTEER),
    ),
    _may("outreach.judge_programme", _("Menyetujui fase program mandiri"), HEAD),
    _may("outreach.stop_programme", _("Menghentikan program mandiri"), HEAD),
    # Ambassadors and their contacts
    _may("outreach.view_ambassador", _("Melihat Duta Kerja Sama"), *OFFICERS),
    _may(
        "outreach.appoint_ambassador",
        _("Mencatat penunjukan Duta Kerja Sama"),
        *(KANWIL, HEAD, OPERATOR),
    ),
    _may("outreach.view_contact", _("Melihat catatan kontak"), *OFFICERS),
    _may("outreach.add_contact", _("Mencatat kontak"), OPERATOR, AMBASSADOR),
    _may(
        "outreach.view_presence",
        _("Melihat peserta kegiatan dan sesi tanpa hasil"),
        *OFFICERS,
    ),
    _may(
        "outreach.record_presence",
        _("Mencatat kehadiran dan hasil sesi"),
        *(OPERATOR, AMBASSADOR, KANWIL, HQ),
    ),
    _may("outreach.manage_outcome", _("Mengatur hasil sesi dan kehadiran"), HQ),
    # Guidelines
    _may("reports.view_guideline", _("Melihat pedoman"), *OFFICERS, *READERS),
    _may(
        "reports.add_guideline",
        _("Menyusun pedoman"),
        *(HQ, KANWIL_HEAD, KANWIL, REVIEWER),
    ),
    _may(
        "reports.publish_guideline",
        _("Menerbitkan dan mencabut pedoman"),
        *(HQ, KANWIL_HEAD, KANWIL),
    ),
    _may(
        "reports.acknowledge_guideline",
        _("Menyatakan sudah membaca pedoman"),
        *(HEAD, OPERATOR, PARTNER),
    ),
    _may(
        "reports.view_reader",
        _("Melihat siapa yang sudah membaca pedoman"),
        *(HQ, KANWIL_HEAD, KANWIL, REVIEWER),
    ),
    # Reports
    _may(
        "reports.compare_units",
        _("Melihat unit di wilayahnya dalam satu tabel"),
        *(HQ, KANWIL_HEAD, KANWIL, REVIEWER),
    ),
    _may("reports.view_report", _("Melihat laporan"), *OFFICERS),
    # A Kanwil writes the recapitulation of its units, which headquarters accept.
    _may("reports.add_report", _("Menyusun laporan"), OPERATOR, KANWIL),
    _may("reports.submit_report", _("Mengajukan laporan"), HEAD, KANWIL_HEAD),
    _may(
        "reports.keep_signed_report",
        _("Menyimpan laporan bertanda tangan"),
        *(HEAD, OPERATOR, KANWIL_HEAD, KANWIL),
    ),
    _may("reports.accept_report", _("Menerima laporan"), HQ, KANWIL_HEAD, KANWIL),
    _may("reports.view_target", _("Melihat target dan capaian"), *OFFICERS),
    _may(
        "reports.set_target",
        _("Menetapkan target kantor di bawahnya"),
        *(HQ, KANWIL_HEAD, KANWIL),
    ),
    _may("reports.enter_value", _("Mengisi nilai indikator"), OPERATOR),
    _may("reports.confirm_value", _("Mengesahkan nilai indikator"), HEAD),
    _may(
        "reports.keep_evidence",
        _("Menambah bukti rencana aksi dan membuat paketnya"),
        *(HQ, KANWIL_HEAD, KANWIL, REVIEWER, HEAD, OPERATOR),
    ),
    _may("reports.manage_indicator", _("Mengatur indikator kinerja"), HQ),
]

# What a permission is about, by the first part of its name: the headings of the table.
SUBJECTS = {
    "offices": pgettext_lazy("several", "Kantor"),
    "accounts": _("Akun, peran, dan penugasan"),
    "numbering": _("Nomor naskah"),
    "coordination": _("Tugas"),
    "partners": _("Mitra, kelompok, dan Sahabat"),
    "agreements": pgettext_lazy("several", "Kerja sama"),
    "outreach": _("Kegiatan"),
    "reports": _("Laporan dan pedoman"),
}
ELSE_ABOUT = _("Jejak audit, pesan, dan sistem")

DEFAULTS = {
    role: frozenset(p.name for p in PERMISSIONS if role in p.roles) for role in Role
}
# What headquarters may never take away from itself: the way back.
LOCKED = {
    (Role.HEADQUARTERS, "accounts.change_role"),
    (Role.HEADQUARTERS, "accounts.view_role"),
}


def by_subject(permissions: list[Permission]) -> dict[str | Promise, list[Permission]]:
    """The permissions under their headings, both in the order of the tables."""
    found = {heading: [] for heading in (*SUBJECTS.values(), ELSE_ABOUT)}
    for permission in permissions:
        app = permission.name.partition(".")[0]
        found[SUBJECTS.get(app, ELSE_ABOUT)].append(permission)
    return {heading: each for heading, each in found.items() if each}


def is_locked(role: str, permission: str) -> bool:
    """What cannot be changed at run time.

    The way back of headquarters, the power over this table, and the line between
    officers and the community: a partner never gets what only officers hold.
    """
    return (
        (role, permission) in LOCKED
        or permission == "accounts.change_role"
        or (role in COMMUNITY and permission not in DEFAULTS[role])
    )


# What headquarters changed: permission, role, and whether it was granted.
Changes = list[tuple[str, str, bool]]


def changes() -> Changes:
    """All that headquarters changed in the table, in one query."""
    from pokmas.accounts.models import RoleOverride  # models import this table

    return list(RoleOverride.objects.values_list("permission", "role", "granted"))


def permissions_of(role: str, changed: Changes | None = None) -> frozenset[str]:
    """What `role` may do now: the defaults and what headquarters changed."""
    held = set(DEFAULTS.get(role, ()))
    for permission, other, granted in changes() if changed is None else changed:
        if other == role:
            (held.add if granted else held.discard)(permission)
    return frozenset(held)


def roles_with(permission: str, changed: Changes | None = None) -> list[Role]:
    """The roles that hold `permission` now, in the table's order."""
    held = {p.name: set(p.roles) for p in PERMISSIONS}.get(permission, set())
    for name, role, granted in changes() if changed is None else changed:
        if name == permission:
            (held.add if granted else held.discard)(Role(role))
    return [role for role in Role if role in held]
