from django.db import migrations

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


def add(apps, schema_editor):
    ActivityType = apps.get_model("outreach", "ActivityType")
    for code, name, is_internal in TYPES:
        ActivityType.objects.get_or_create(
            code=code, defaults={"name": name, "is_internal": is_internal}
        )


def remove(apps, schema_editor):
    """Only those that no activity uses."""
    ActivityType = apps.get_model("outreach", "ActivityType")
    Activity = apps.get_model("outreach", "Activity")
    ActivityType.objects.filter(code__in=[code for code, *_rest in TYPES]).exclude(
        pk__in=Activity.objects.values("type")
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
