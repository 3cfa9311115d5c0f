"""What the lists of restorative justice begin with."""

from django.utils.translation import gettext_noop as _

TYPE = ("restorative_justice", _("Pertemuan keadilan restoratif"))
# Name, whether something was agreed on, whether they meet again.
OUTCOMES = [
    (_("Sepakat penuh"), True, False),
    (_("Sepakat sebagian"), True, False),
    (_("Tidak sepakat"), False, False),
    (_("Ditunda"), False, True),
]
RESTITUTION = [
    _("Permintaan maaf"),
    _("Ganti kerugian"),
    _("Pengembalian barang"),
    _("Perbaikan kerusakan"),
    _("Penggantian biaya pengobatan"),
    _("Kerja bagi korban"),
    _("Pelayanan masyarakat"),
    _("Bimbingan atau rehabilitasi"),
]


def fill(apps, schema_editor=None):
    def rows(name):
        return apps.get_model("outreach", name).objects

    code, name = TYPE
    rows("ActivityType").get_or_create(
        code=code, defaults={"name": name, "is_restorative": True}
    )
    for place, (name, is_agreement, is_open) in enumerate(OUTCOMES, start=1):
        flags = {"is_agreement": is_agreement, "is_open": is_open, "order": 10 * place}
        rows("RestorativeOutcome").get_or_create(name=name, defaults=flags)
    for name in RESTITUTION:
        rows("Restitution").get_or_create(name=name)
