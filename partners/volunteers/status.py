"""How a volunteer's registration stands, for whoever has its number."""

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.registration.status import said
from partners.volunteers.models import Volunteer

Status = Volunteer.Status
AFTERWARDS = {
    Status.DRAFT: gettext_lazy(
        "Sahabat melengkapi isian dan mengajukannya sendiri, dengan akun yang "
        "diambil alih memakai kode pada slip."
    ),
    Status.SUBMITTED: gettext_lazy("Petugas %(office)s memutuskan."),
    Status.RETURNED: gettext_lazy(
        "Pendaftar memperbaiki isian sesuai catatan, lalu mengajukan lagi."
    ),
    Status.DECLINED: gettext_lazy(
        "Selesai. Pendaftar membaca alasannya setelah masuk."
    ),
    Status.WITHDRAWN: gettext_lazy(
        "Selesai. Pendaftaran baru dapat dibuat kapan saja."
    ),
    Status.ACTIVE: gettext_lazy("%(office)s menghubungi Sahabat untuk kegiatan."),
    Status.SUSPENDED: gettext_lazy("%(office)s memutuskan kapan tugas dilanjutkan."),
    Status.ENDED: gettext_lazy("Selesai."),
}


def of_number(code: str) -> list[dict]:
    """Also of a draft that an officer wrote down: its slip tells the number."""
    rows = Volunteer.objects.filter(reference=code).select_related("office")
    rows = rows.exclude(status=Status.DRAFT, created_by=F("user"))
    return [{"record": each, "afterwards": afterwards(each)} for each in rows]


def afterwards(volunteer: Volunteer) -> str:
    if volunteer.is_over:
        return _("Unit memutuskan apakah masa tugas diperpanjang.")
    return said(volunteer, AFTERWARDS, {Status.SUBMITTED})
