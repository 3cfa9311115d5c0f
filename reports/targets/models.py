"""What is to be reached, what units say they reached, and what a report accepted."""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import Document
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from reports.figures.periods import Kind, Period
from reports.indicators.models import Indicator, Share

AT_LEAST_0 = [MinValueValidator(0, _("Isi dengan 0 atau lebih."))]


def number_field(label, **more) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, validators=AT_LEAST_0, **more
    )


class OfPeriod(models.Model):
    """A row about one indicator of one office in one period."""

    code = LineField(_("indikator"), max_length=10, editable=False)
    kind = models.CharField(_("masa"), max_length=9, choices=Kind, editable=False)
    starts_on = models.DateField(_("awal masa"), editable=False)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(Kind(self.kind), self.starts_on)

    @period.setter
    def period(self, period: Period):
        self.kind, self.starts_on = period.kind.value, period.first


class OfPeriodQuerySet(OfficeScopedQuerySet):
    def of_period(self, period: Period):
        return self.filter(kind=period.kind, starts_on=period.first)

    def unfinished(self):
        """None: after a merger they still speak of the unit they were made for."""
        return self.none()


def once(name: str, words: str = "") -> models.UniqueConstraint:
    more = {"violation_error_message": words} if words else {}
    fields = ["office", "code", "kind", "starts_on"]
    return models.UniqueConstraint(fields=fields, name=name, **more)


@pghistory.track()
class Target(OfPeriod, OfficeScoped, Record):
    """What an office is to reach, set by the one above it."""

    value = number_field(_("target"))
    baseline = number_field(_("nilai awal"), null=True, blank=True)
    set_by = models.ForeignKey(
        Office,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("ditetapkan oleh"),
    )
    decree_number = LineField(_("nomor keputusan"), max_length=80, blank=True)
    decree_on = models.DateField(_("tanggal keputusan"), null=True, blank=True)

    objects = OfPeriodQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["code", "kind", "starts_on", "pk"]
        verbose_name = _("target kinerja")
        indexes = [
            models.Index(fields=["region", "starts_on", "kind"], name="region_targets")
        ]
        constraints = [
            once("target_once", _("Target ini sudah ditetapkan.")),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(baseline=None) | Q(baseline__gte=0)),
                name="target_not_below_nothing",
                violation_error_message=_("Isi dengan 0 atau lebih."),
            ),
            models.CheckConstraint(
                condition=Q(decree_number="", decree_on=None)
                | (~Q(decree_number="") & Q(decree_on__isnull=False)),
                name="target_decree_is_whole",
                violation_error_message=_(
                    "Isi nomor dan tanggal keputusan, atau kosongkan keduanya."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.code} · {self.office} · {self.period.name}"

    def get_absolute_url(self):
        return (
            f"{reverse('reports:targets')}?office={self.office_id}"
            f"&period={self.period.code}&open={self.code}"
        )


class EnteredValueQuerySet(LifecycleQuerySet, OfPeriodQuerySet):
    def for_list(self):
        return self.select_related("office")

    def for_page(self):
        return self.select_related(
            *("office__region", "office__parent", "evidence"),
            *("entered_by", "confirmed_by"),
        )

    def confirmed(self):
        return self.filter(status=EnteredValue.Status.CONFIRMED)

    def search(self, text):
        """By the indicator or the unit."""
        text = text.replace("\0", " ").strip()
        offices = Office.objects.search(text).values("pk")
        known = Indicator.objects.filter(name__icontains=text).values("code")
        return self.filter(
            Q(code__iexact=text) | Q(code__in=known) | Q(office__in=offices)
        )

    def unsettled(self):
        return self.none()


@pghistory.track()
class EnteredValue(OfPeriod, OfficeScoped, Lifecycle, Record):
    """What a unit says of an indicator that no records count; a head confirms it."""

    class Status(models.TextChoices):
        ENTERED = "entered", _("Menunggu pengesahan")
        RETURNED = "returned", _("Perlu perbaikan")
        CONFIRMED = "confirmed", _("Disahkan")

    URLS = "reports:value_"
    NAMED_BY = "code"
    TONES = {
        Status.ENTERED: "info",
        Status.RETURNED: "warn",
        Status.CONFIRMED: "good",
    }
    WAY = (Status.ENTERED, Status.CONFIRMED)
    TRANSITIONS = {
        Status.ENTERED: {Status.CONFIRMED, Status.RETURNED},
        Status.RETURNED: {Status.ENTERED},
        Status.CONFIRMED: {Status.ENTERED},
    }
    REASONS = {Status.RETURNED: _("Yang perlu diperbaiki")}

    # None where records count it, and only what it is divided by is entered.
    numerator = number_field(_("pembilang"), null=True, blank=True)
    denominator = number_field(_("penyebut"), null=True, blank=True)
    note = models.TextField(
        _("catatan"),
        max_length=2000,
        help_text=_("Dari mana angkanya dan bagaimana dihitung. Tanpa nama orang."),
    )
    evidence = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("berkas bukti"),
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=Status,
        default=Status.ENTERED,
        editable=False,
    )
    # Who said it last: he does not confirm it.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = EnteredValueQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-starts_on", "code", "-pk"]
        verbose_name = _("nilai indikator")
        indexes = [
            models.Index(fields=["region", "-starts_on", "-id"], name="region_values"),
            models.Index(fields=["office", "-starts_on", "-id"], name="office_values"),
            models.Index(fields=["-starts_on", "-id"], name="values_of_all"),
        ]
        constraints = [
            once("value_entered_once", _("Nilai indikator ini sudah diisi.")),
            models.CheckConstraint(
                condition=Q(numerator__isnull=False) | Q(denominator__isnull=False),
                name="value_says_something",
                violation_error_message=_("Isi angkanya."),
            ),
            models.CheckConstraint(
                condition=(Q(numerator=None) | Q(numerator__gte=0))
                & (Q(denominator=None) | Q(denominator__gte=0)),
                name="value_not_below_nothing",
                violation_error_message=_("Isi dengan 0 atau lebih."),
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(reason=""),
                name="returned_value_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed")
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
                name="value_confirmed_by_another",
                violation_error_message=_("Nilai ini disahkan orang lain."),
            ),
        ]

    def __str__(self):
        return f"{self.code} · {self.office} · {self.period.name}"

    def get_absolute_url(self):
        return reverse("reports:value_detail", args=[self.pk])

    @property
    def share(self) -> Share:
        return Share(self.numerator, self.denominator)

    def own_people(self):
        return {self.created_by, self.entered_by} - {None}


class AcceptedValueQuerySet(OfPeriodQuerySet):
    pass


@pghistory.track()
class AcceptedValue(OfPeriod, OfficeScoped):
    """What the accepted report of a period stands on: later changes leave it."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    numerator = number_field(_("pembilang"), null=True)
    denominator = number_field(_("penyebut"), null=True)
    target = number_field(_("target"), null=True)
    baseline = number_field(_("nilai awal"), null=True)
    accepted_at = models.DateTimeField(default=timezone.now)

    objects = AcceptedValueQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["code", "starts_on", "pk"]
        verbose_name = _("nilai dalam laporan yang diterima")
        constraints = [once("value_accepted_once")]
        indexes = [
            models.Index(fields=["region", "starts_on"], name="region_accepted_values")
        ]

    def __str__(self):
        return f"{self.code} · {self.office} · {self.period.name}"

    @property
    def share(self) -> Share:
        return Share(self.numerator, self.denominator)


def refuse_accepted(office: Office, period: Period) -> None:
    """What a report was accepted with is neither set nor said anew."""
    rows = AcceptedValue.objects.filter(office=office, starts_on__lte=period.first)
    for kind, first in rows.order_by().values_list("kind", "starts_on").distinct():
        accepted = Period(Kind(kind), first)
        if accepted.last >= period.last:
            raise ValidationError(
                _(
                    "Laporan %(period)s %(office)s sudah diterima; angkanya tidak "
                    "berubah lagi."
                )
                % {"period": accepted.name, "office": office}
            )
