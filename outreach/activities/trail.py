"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity, Participation
from pokmas.audit.moments import Change, Part, comes_and_goes, tell_with
from pokmas.audit.phrases import describe
from pokmas.words import dates

describe(
    {
        "activity.planned": _("merencanakan kegiatan"),
        "activity.changed": _("mengubah rencana kegiatan"),
        "activity.cancelled": _("membatalkan kegiatan"),
        "activity.brought_back": _("mengembalikan kegiatan ke rencana"),
        "activity.detached": _("melepas kegiatan dari kerja samanya"),
        "activity.attached": _("mengembalikan kegiatan ke bawah kerja samanya"),
        "activity.kept": _("menyimpan laporan kegiatan yang belum selesai"),
        "activity.reported": _("melaporkan kegiatan"),
        "activity.returned": _("mengembalikan laporan kegiatan untuk diperbaiki"),
        "activity.verified": _("memverifikasi kegiatan"),
        "activity.locked": _("mengunci kegiatan karena laporan bulanannya diterima"),
        "activity.photo_public": _("menandai foto boleh dipublikasikan"),
        "activity.photo_internal": _("menandai foto untuk internal"),
    }
)


def _counted(before, after) -> Change | None:
    whom = f"{after.get_category_display()}, {after.get_sex_display()}"
    was, now = (dates.number(each.number) if each else "–" for each in (before, after))
    return None if was == now else Change(whom, was, now)


tell_with(
    Activity,
    Part(BeneficiaryCount, "activity", ("category", "sex"), _counted),
    Part(
        Participation,
        "activity",
        ("partner_id",),
        comes_and_goes(_("mitra"), "partner"),
        ("partner",),
    ),
)
