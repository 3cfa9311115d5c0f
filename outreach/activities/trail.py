"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "activity.planned": _("merencanakan kegiatan"),
        "activity.changed": _("mengubah rencana kegiatan"),
        "activity.cancelled": _("membatalkan kegiatan"),
        "activity.kept": _("menyimpan laporan kegiatan yang belum selesai"),
        "activity.reported": _("melaporkan kegiatan"),
        "activity.returned": _("mengembalikan laporan kegiatan untuk diperbaiki"),
        "activity.verified": _("memverifikasi kegiatan"),
        "activity.locked": _("mengunci kegiatan karena laporan bulanannya diterima"),
        "activity.photo_public": _("menandai foto boleh dipublikasikan"),
        "activity.photo_internal": _("menandai foto untuk internal"),
    }
)
