"""What headquarters keeps: fields of work, the vetting checklist, the minimums."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _


class ListQuerySet(models.QuerySet):
    def in_use(self):
        """Those that may still be chosen; the others stay on old records."""
        return self.filter(is_active=True)


@pghistory.track()
class Field(models.Model):
    """A field of work (bidang); headquarters keeps the list (PAS-06.OT.02.02/2020)."""

    name = models.CharField(
        _("nama bidang"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("Bidang ini sudah ada dalam daftar.")},
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("bagian dari bidang"),
    )
    is_mandatory = models.BooleanField(_("wajib ada di setiap Bapas"), default=False)
    is_active = models.BooleanField(_("masih dipakai"), default=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        ordering = ["-is_mandatory", "name"]
        verbose_name = _("bidang")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_mandatory=False) | models.Q(is_active=True),
                name="mandatory_field_is_in_use",
                violation_error_message=_(
                    "Bidang wajib tidak dapat diarsipkan; hapus dahulu tanda wajibnya."
                ),
            )
        ]

    def __str__(self):
        return self.name


@pghistory.track()
class Criterion(models.Model):
    """A question of the vetting checklist; headquarters keeps the list."""

    text = models.CharField(
        _("kriteria"),
        max_length=200,
        unique=True,
        error_messages={"unique": _("Kriteria ini sudah ada dalam daftar.")},
    )
    is_required = models.BooleanField(_("wajib terpenuhi"), default=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("masih dipakai"), default=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("kriteria")

    def __str__(self):
        return self.text


class RuleQuerySet(models.QuerySet):
    def holding(self, today) -> dict[str, int]:
        """The value of each rule on `today`."""
        newest = (
            self.filter(valid_from__lte=today)
            .order_by("code", "-valid_from")
            .distinct("code")
        )
        return dict(newest.values_list("code", "value"))


@pghistory.track()
class Rule(models.Model):
    """A number of the guidebook and the day from which it holds."""

    class Code(models.TextChoices):
        MIN_GROUPS = "min_groups", _("Jumlah kelompok paling sedikit per Bapas")
        MIN_PARTNERS = "min_partners", _("Jumlah mitra paling sedikit per kelompok")

    code = models.CharField(_("ketentuan"), max_length=20, choices=Code)
    value = models.PositiveSmallIntegerField(_("angka"))
    valid_from = models.DateField(_("berlaku sejak"))
    source = models.CharField(_("dasar"), max_length=200)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("ketentuan")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="rule_changes_once_a_day",
                violation_error_message=_(
                    "Ketentuan ini sudah punya angka yang berlaku sejak tanggal itu."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_code_display()}: {self.value}"
