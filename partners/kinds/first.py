"""The kinds of partner that the portal begins with, and the papers asked of them."""

from django.utils.translation import gettext_noop as _

PERSON = "person"
LOCAL_GOVERNMENT = "local_government"
# Code, name, and how the number of its legal form is called.
KINDS = [
    (PERSON, _("Individu atau keluarga"), ""),
    ("government", _("Instansi pemerintah"), ""),
    (LOCAL_GOVERNMENT, _("Pemerintah daerah"), ""),
    ("company", _("Perusahaan swasta"), _("Nomor AHU atau NIB")),
    ("small_business", _("UMKM"), _("NIB")),
    (
        "civil_society",
        _("LSM atau organisasi kemasyarakatan"),
        _("Nomor AHU atau SKT"),
    ),
    ("foundation", _("Yayasan"), _("Nomor SK AHU")),
    ("university", _("Perguruan tinggi"), _("Nomor izin pendirian")),
    ("school", _("Sekolah atau PKBM"), _("NPSN")),
    ("training", _("Lembaga pelatihan"), _("Nomor izin LPK")),
    ("legal_aid", _("Lembaga bantuan hukum"), _("Nomor SK AHU")),
    ("religious", _("Lembaga keagamaan"), _("Nomor tanda daftar atau SK takmir")),
    ("rehabilitation", _("Lembaga rehabilitasi"), _("Nomor izin atau SK AHU")),
    ("health", _("Fasilitas kesehatan"), _("Nomor izin operasional")),
    ("media", _("Media"), _("Nomor AHU atau NIB")),
    ("other", _("Lainnya"), _("Nomor AHU, SKT, atau NIB")),
]

# Of which kind, the paper, what is not done without it, whether it expires and whether
# its number is that of the partner. Nobody is asked for a copy of his identity card.
PAPERS = [
    ("company", _("NIB"), "signed", False, True),
    ("small_business", _("NIB"), "signed", False, True),
    ("civil_society", _("SKT"), "vetted", False, True),
    ("foundation", _("Akta pendirian"), "vetted", False, False),
    ("foundation", _("SK AHU"), "signed", False, True),
    ("training", _("Izin LPK"), "signed", True, True),
    ("legal_aid", _("Surat akreditasi"), "signed", True, False),
    ("religious", _("SK takmir atau pengurus"), "vetted", False, True),
    ("other", _("Surat keterangan desa atau kelurahan"), "vetted", False, False),
]


def fill_kinds(apps, schema_editor=None):
    for place, (code, name, number_name) in enumerate(KINDS, start=1):
        apps.get_model("partners", "PartnerKind").objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "is_person": code == PERSON,
                "number_name": number_name,
                "order": 10 * place,
            },
        )


def fill_papers(apps, schema_editor=None):
    kinds = apps.get_model("partners", "PartnerKind").objects.in_bulk(field_name="code")
    for place, row in enumerate(PAPERS, start=1):
        code, name, needed_for, expires, carries_number = row
        apps.get_model("partners", "RequiredPaper").objects.get_or_create(
            kind=kinds[code],
            name=name,
            defaults={
                "needed_for": needed_for,
                "expires": expires,
                "carries_number": carries_number,
                "order": 10 * place,
            },
        )


def fill(apps, schema_editor=None):
    fill_kinds(apps)
    fill_papers(apps)
