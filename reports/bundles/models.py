"""What is kept of an item of the action plan: files that no record gives."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document
from pokmas.offices.models import OfficeScoped
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from reports.targets.models import OfPeriod, OfPeriodQuerySet, once

# A bundle holds files of all of these: whoever may not read one of them sees none.
NEEDED = (
    *("reports.view_target", "reports.view_report", "outreach.view_activity"),
    *("agreements.view_agreement", "partners.view_communitygroup"),
)


class PlanItemQuerySet(OfPeriodQuerySet):
    def visible_to(self, user):
        if not all(map(user.has_perm, NEEDED)):
            return self.none()
        return super().visible_to(user)


@pghistory.track()
class PlanItem(OfPeriod, OfficeScoped, Record):
    """One indicator of one office in one period, which files and bundles belong to.

    It is made with the first of them.
    """

    objects = PlanItemQuerySet.as_manager()

    # What `tell` asks of a record that has no statuses.
    reason = ""

    class Meta(OfficeScoped.Meta):
        ordering = ["pk"]
        verbose_name = _("butir rencana aksi")
        constraints = [once("plan_item_once")]

    def __str__(self):
        return f"{self.code} · {self.office} · {self.period.name}"

    def lock(self):
        self.refresh_from_db(from_queryset=PlanItem.objects.select_for_update())

    def get_absolute_url(self):
        period = self.period.code
        asked = {"office": self.office_id, "period": period, "code": self.code}
        return f"{reverse('reports:bundle')}?{urlencode(asked)}"


class PlanFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(item__in=PlanItem.objects.visible_to(user))


@pghistory.track(meta=looked_up_by("item"))
class PlanFile(Record):
    """A file of the office's own, where no record gives one."""

    item = models.ForeignKey(
        PlanItem, models.PROTECT, related_name="files", editable=False
    )
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="+", editable=False
    )
    shows = LineField(
        _("yang dibuktikan"),
        max_length=150,
        help_text=_("Misalnya: notula rapat rencana aksi. Tanpa nama warga binaan."),
    )
    # Its first day; None where the file is about the whole period.
    month = models.DateField(_("bulan"), null=True, blank=True)

    objects = PlanFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("berkas tambahan")

    def __str__(self):
        return self.shows

    def get_absolute_url(self):
        return self.item.get_absolute_url()
