"""The checklist that the portal begins with."""

CRITERIA = [
    ("Identitas lembaga atau perorangan jelas dan dapat diperiksa", True),
    ("Pimpinan dan narahubung dapat dihubungi", True),
    ("Alamat benar dan masih dipakai", True),
    ("Layanan sesuai kebutuhan warga binaan atau klien unit ini", True),
    ("Bersedia melayani tanpa memungut biaya dari warga binaan atau klien", True),
    ("Sudah berpengalaman dalam layanan yang ditawarkan", False),
]


def fill(apps, schema_editor=None):
    for place, (text, is_required) in enumerate(CRITERIA, start=1):
        apps.get_model("partners", "Criterion").objects.get_or_create(
            text=text, defaults={"is_required": is_required, "order": 10 * place}
        )
