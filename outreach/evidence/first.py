"""Why photos are refused, as the portal begins."""

from django.utils.translation import gettext_noop as _

REFUSALS = [
    _("Wajah anak terlihat"),
    _("Wajah warga binaan atau klien terlihat"),
    _("Nama atau data pribadi terbaca"),
    _("Bukan kegiatan ini"),
    _("Foto lama atau dari sumber lain"),
    _("Terlalu gelap atau tidak jelas"),
]


def fill(apps, schema_editor=None):
    refusals = apps.get_model("outreach", "PhotoRefusal").objects
    for name in REFUSALS:
        refusals.get_or_create(name=name)
