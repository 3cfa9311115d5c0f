"""The first content of the lists that headquarters keeps."""

from datetime import date

from django.db import migrations

DECREE = "Keputusan Dirjen Pemasyarakatan PAS-06.OT.02.02 Tahun 2020"
FIELDS = [
    ("Hukum dan Kemasyarakatan", True),
    ("Kemandirian dan Kepribadian", True),
    ("Ekonomi", False),
    ("Sosial", False),
]
CRITERIA = [
    ("Identitas lembaga atau perorangan jelas dan dapat diperiksa", True),
    ("Pimpinan dan narahubung dapat dihubungi", True),
    ("Alamat benar dan masih dipakai", True),
    ("Layanan sesuai kebutuhan warga binaan atau klien unit ini", True),
    ("Bersedia melayani tanpa memungut biaya dari warga binaan atau klien", True),
    ("Sudah berpengalaman dalam layanan yang ditawarkan", False),
]
RULES = [("min_groups", 2), ("min_partners", 5)]


def fill(apps, schema_editor):
    for name, is_mandatory in FIELDS:
        apps.get_model("partners", "Field").objects.get_or_create(
            name=name, defaults={"is_mandatory": is_mandatory}
        )
    for place, (text, is_required) in enumerate(CRITERIA, start=1):
        apps.get_model("partners", "Criterion").objects.get_or_create(
            text=text, defaults={"is_required": is_required, "order": 10 * place}
        )
    for code, value in RULES:
        apps.get_model("partners", "Rule").objects.get_or_create(
            code=code,
            valid_from=date(2020, 2, 10),
            defaults={"value": value, "source": DECREE},
        )


def empty(apps, schema_editor):
    """What is in use already stops this with a clear error of the database."""
    names = [name for name, _is_mandatory in FIELDS]
    texts = [text for text, _is_required in CRITERIA]
    codes = [code for code, _value in RULES]
    apps.get_model("partners", "Field").objects.filter(name__in=names).delete()
    apps.get_model("partners", "Criterion").objects.filter(text__in=texts).delete()
    apps.get_model("partners", "Rule").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
