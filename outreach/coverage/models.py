"""What the media told of activities: who, when, and where it can be read."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.coverage.links import key_of
from pokmas.audit.history import looked_up_by
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField

ONLY_WEB = URLValidator(
    schemes=["http", "https"],
    message=_("Tulis tautan lengkap yang diawali http:// atau https://."),
)


class CoverageQuerySet(OfficeScopedQuerySet):
    def visible_to(self, user):
        return super().visible_to(user).filter(removed_at=None)

    def belonging_to(self, user):
        return self.filter(activity__in=Activity.objects.belonging_to(user))

    def present(self):
        return self.filter(removed_at=None)

    def search(self, text):
        """By outlet and headline."""
        said = Q(outlet__icontains=text) | Q(headline__icontains=text)
        return self.filter(said)

    def same_link(self, link: str):
        """Those that lead to the same page, whatever was hung on the address."""
        key = key_of(link)
        return self.present().filter(key=key) if key else self.none()


@pghistory.track(exclude=["office", "region"], meta=looked_up_by("activity"))
class Coverage(OfficeScoped, Record):
    """One report of the media on one activity; taken back, it stays in the history.

    Its office is that of the activity, which the database keeps.
    """

    class Kind(models.TextChoices):
        ONLINE = "online", _("Media daring")
        PRINT = "print", _("Media cetak")
        TV = "tv", _("Televisi")
        RADIO = "radio", _("Radio")
        SOCIAL = "social", _("Media sosial")

    WITH_LINK = (Kind.ONLINE, Kind.SOCIAL)

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="coverage", editable=False
    )
    kind = models.CharField(_("jenis media"), max_length=6, choices=Kind)
    outlet = LineField(_("nama media"), max_length=120)
    headline = LineField(_("judul berita"), max_length=300)
    published_on = models.DateField(_("tanggal tayang"))
    link = LineField(_("tautan"), max_length=2000, blank=True, validators=[ONLY_WEB])
    # The address without what was hung on it, by which the same page is found.
    key = LineField(max_length=64, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = CoverageQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-published_on", "-pk"]
        verbose_name = _("liputan media")
        indexes = [
            models.Index(fields=["-published_on", "-id"], name="coverage_newest"),
            models.Index(fields=["office", "-published_on", "-id"]),
            models.Index(fields=["region", "-published_on", "-id"]),
            models.Index(fields=["kind", "-published_on", "-id"]),
            models.Index(
                fields=["key"],
                condition=~Q(key=""),
                name="coverage_same_link",
            ),
            *(
                GinIndex(
                    OpClass(Upper(column), name="gin_trgm_ops"),
                    name=f"coverage_{column}_words",
                    fastupdate=False,
                )
                for column in ("outlet", "headline")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "key"],
                condition=Q(removed_at=None) & ~Q(key=""),
                name="coverage_link_once",
                violation_error_message=_(
                    "Tautan ini sudah dicatat pada kegiatan ini."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["online", "social"]) | ~Q(link=""),
                name="online_coverage_has_link",
                violation_error_message=_("Isi tautannya."),
            ),
        ]

    def __str__(self):
        return f"{self.outlet}: {self.headline}"

    def get_absolute_url(self):
        return f"{self.activity.get_absolute_url()}?tab=coverage#tabs"


# What was told of an activity goes with it to another office.
pgtrigger.register(
    pgtrigger.Trigger(
        name="takes_coverage_along",
        operation=pgtrigger.UpdateOf("office_id"),
        condition=pgtrigger.Q(old__office_id__df=pgtrigger.F("new__office_id")),
        when=pgtrigger.After,
        func="""
            UPDATE outreach_coverage SET office_id = NEW.office_id
                WHERE activity_id = NEW.id;
            RETURN NULL;
        """,
    )
)(Activity)
