"""The kinds of activity that the portal begins with."""

from django.utils.translation import gettext_noop as _

# Code, name, and whether it is held without a partner.
TYPES = [
    ("legal_counselling", _("Penyuluhan atau bantuan hukum"), False),
    ("personality_guidance", _("Bimbingan kepribadian"), False),
    ("independence_training", _("Bimbingan kemandirian atau pelatihan kerja"), False),
    ("community_service", _("Aksi sosial atau kerja sosial"), False),
    ("child_diversion_assist", _("Pendampingan diversi atau anak"), False),
    ("rehabilitation", _("Rehabilitasi medis atau sosial"), False),
    ("education", _("Pendidikan kesetaraan atau nonformal"), False),
    ("health", _("Layanan kesehatan"), False),
    ("capital_or_job", _("Bantuan modal atau penyaluran kerja"), False),
    ("social_aid", _("Bakti sosial atau bantuan sosial"), False),
    ("sports_arts", _("Olahraga, seni, atau kepramukaan"), False),
    ("socialisation", _("Sosialisasi atau edukasi publik"), False),
    ("fgd_coordination", _("Diskusi kelompok, rapat koordinasi, atau evaluasi"), True),
    ("product_bazaar", _("Pameran, bazar, atau pengenalan produk"), False),
    ("agreement_signing", _("Penandatanganan kerja sama"), True),
    ("publication", _("Publikasi media"), False),
]


def fill(apps, schema_editor=None):
    for code, name, is_internal in TYPES:
        apps.get_model("outreach", "ActivityType").objects.get_or_create(
            code=code, defaults={"name": name, "is_internal": is_internal}
        )
