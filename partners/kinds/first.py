"""The kinds of partner that the portal begins with."""

from django.utils.translation import gettext_noop as _

PERSON = "person"
# Code, name, and how the number of its legal form is called.
KINDS = [
    (PERSON, _("Individu atau keluarga"), ""),
    ("government", _("Instansi pemerintah"), ""),
    ("local_government", _("Pemerintah daerah"), ""),
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


def fill(apps, schema_editor=None):
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
