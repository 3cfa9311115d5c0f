"""The paper of what a volunteer promised."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.volunteers.models import Volunteer
from pokmas.papers.declared import DeclarationPaper, Declared, Statement
from pokmas.papers.kinds import register


@register
class VolunteersPromise(DeclarationPaper):
    """Another for each wording that he promises, until he ends."""

    kind = "partners.promise"
    label = gettext_lazy("Naskah janji")
    title = "Janji Sahabat Pemasyarakatan"
    model = Volunteer
    asked = "volunteer.promise_printed"
    ready = gettext_lazy("Naskah janji %(name)s siap diunduh")

    def rows(self):
        return Volunteer.objects.select_related("office", "promise")

    def refusal(self, volunteer):
        if volunteer.status in Volunteer.CLOSED:
            return _("Pendaftaran atau tugas ini sudah selesai.")
        return super().refusal(volunteer)

    def is_wanted(self, issued, volunteer):
        is_closed = volunteer.status in Volunteer.CLOSED
        return not is_closed and super().is_wanted(issued, volunteer)

    def revision(self, volunteer):
        return volunteer.promise_id or 0

    def said(self, volunteer):
        promise = volunteer.promise
        return Declared(
            holder=volunteer.name,
            by=[volunteer.name],
            at=volunteer.promised_at,
            statements=[
                Statement(
                    title=promise.title,
                    text=promise.text,
                    valid_from=promise.valid_from,
                    answer=_("Saya membuat janji ini."),
                )
            ],
            about=[
                (_("Nomor pendaftaran"), [volunteer.reference]),
                (_("Unit tujuan"), [volunteer.office.name]),
            ],
            number=volunteer.reference,
        )
