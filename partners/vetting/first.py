"""The checklist that the portal begins with."""

from django.utils.translation import gettext_noop as _

CRITERIA = [
    (_("Identitas lembaga atau perorangan jelas dan dapat diperiksa"), True),
    (_("Pimpinan dan narahubung dapat dihubungi"), True),
    (_("Alamat benar dan masih dipakai"), True),
    (_("Layanan sesuai kebutuhan warga binaan atau klien unit ini"), True),
    (_("Bersedia melayani tanpa memungut biaya dari warga binaan atau klien"), True),
    (_("Sudah berpengalaman dalam layanan yang ditawarkan"), False),
]


def fill(apps, schema_editor=None):
    for place, (text, is_required) in enumerate(CRITERIA, start=1):
        apps.get_model("partners", "Criterion").objects.get_or_create(
            text=text, defaults={"is_required": is_required, "order": 10 * place}
        )
