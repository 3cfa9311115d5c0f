"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "activity.invited": _("mengundang unit ke kegiatan"),
        "activity.reminded": _("mengingatkan unit yang diundang"),
        "activity.speaker_added": _("mencatat narasumber kegiatan"),
        "activity.speaker_removed": _("menghapus narasumber kegiatan"),
        "activity.material_added": _("menambah materi kegiatan"),
        "activity.material_removed": _("menghapus materi kegiatan"),
        "attendance.invited": _("mengundang unit ke kegiatan"),
        "attendance.confirmed": _("menyatakan unit akan hadir"),
        "attendance.declined": _("menyatakan unit berhalangan"),
        "attendance.stated": _("mencatat keikutsertaan unit"),
        "attendance.withdrawn": _("menarik undangan kegiatan"),
    }
)
