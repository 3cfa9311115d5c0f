"""The kinds of activity that the portal begins with."""

# Code, name, and whether it is held without a partner.
TYPES = [
    ("legal_counselling", "Penyuluhan atau bantuan hukum", False),
    ("personality_guidance", "Bimbingan kepribadian", False),
    ("independence_training", "Bimbingan kemandirian atau pelatihan kerja", False),
    ("community_service", "Aksi sosial atau kerja sosial", False),
    ("child_diversion_assist", "Pendampingan diversi atau anak", False),
    ("rehabilitation", "Rehabilitasi medis atau sosial", False),
    ("education", "Pendidikan kesetaraan atau nonformal", False),
    ("health", "Layanan kesehatan", False),
    ("capital_or_job", "Bantuan modal atau penyaluran kerja", False),
    ("social_aid", "Bakti sosial atau bantuan sosial", False),
    ("sports_arts", "Olahraga, seni, atau kepramukaan", False),
    ("socialisation", "Sosialisasi atau edukasi publik", False),
    ("fgd_coordination", "FGD, rapat koordinasi, atau evaluasi", True),
    ("product_bazaar", "Pameran, bazar, atau branding produk", False),
    ("agreement_signing", "Penandatanganan kerja sama", True),
    ("publication", "Publikasi media", False),
]


def fill(apps, schema_editor=None):
    for code, name, is_internal in TYPES:
        apps.get_model("outreach", "ActivityType").objects.get_or_create(
            code=code, defaults={"name": name, "is_internal": is_internal}
        )
