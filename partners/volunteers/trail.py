"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from partners.volunteers.models import Volunteer, VolunteerInterest, VolunteerSkill
from pokmas.audit.moments import Part, comes_and_goes, tell_with
from pokmas.audit.phrases import describe

describe(
    {
        "volunteer.started": _("memulai pendaftaran Sahabat"),
        "volunteer.entered": _("mencatat Sahabat di loket"),
        "volunteer.dropped": _("membatalkan catatan Sahabat"),
        "volunteer.submitted": _("mengajukan diri sebagai Sahabat"),
        "volunteer.returned": _("mengembalikan pendaftaran Sahabat"),
        "volunteer.declined": _("menolak pendaftaran Sahabat"),
        "volunteer.withdrawn": _("menarik pendaftaran Sahabat"),
        "volunteer.active": _("menerima atau mengaktifkan Sahabat"),
        "volunteer.suspended": _("menangguhkan Sahabat"),
        "volunteer.resumed": _("melanjutkan tugas Sahabat"),
        "volunteer.ended": _("mengakhiri tugas Sahabat"),
        "volunteer.left": _("berhenti sebagai Sahabat"),
        "volunteer.promise_printed": _("meminta naskah janji Sahabat"),
        "volunteer.nik_shown": _("membaca NIK Sahabat"),
        "volunteer.nik_searched": _("mencari Sahabat dengan NIK"),
        "volunteer.nik_purged": _("menghapus NIK Sahabat"),
        "skill.created": _("menambah keahlian"),
        "promise.created": _("menetapkan naskah janji"),
    }
)
tell_with(
    Volunteer,
    Part(
        VolunteerSkill,
        "volunteer",
        ("skill_id",),
        comes_and_goes(_("keahlian"), "skill"),
        ("skill",),
    ),
    Part(
        VolunteerInterest,
        "volunteer",
        ("field_id",),
        comes_and_goes(_("bidang yang diminati"), "field"),
        ("field",),
    ),
)
