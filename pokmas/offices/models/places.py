"""Provinces, regencies and their time zones."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from pokmas.records.lines import LineField

KIND_OF_REGENCY = re.compile(r"^(?:Kabupaten|Kota) (?:Administrasi )?")


class Zone(models.TextChoices):
    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"

    @classmethod
    def of(cls, province_code: str) -> "Zone":
        """The time zone of a province; each of the 38 lies in one zone."""
        if province_code in {"51", "52", "53", "63", "64", "65"}:
            return cls.WITA
        if province_code.startswith("7"):
            return cls.WITA
        if province_code.startswith(("8", "9")):
            return cls.WIT
        return cls.WIB


class Province(models.Model):
    """A province with its official two-digit code (data: idn-area-data, ODbL)."""

    code = LineField(_("kode"), max_length=2, primary_key=True)
    name = LineField(_("nama"), max_length=60)
    # The one Kanwil it belongs to.
    region = models.ForeignKey(
        "Office",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="provinces",
        verbose_name=_("Kanwil"),
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("provinsi")

    def __str__(self):
        return self.name


class Regency(models.Model):
    """A regency or city with its official code, such as 53.71 for Kota Kupang."""

    code = LineField(_("kode"), max_length=5, primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="regencies")
    name = LineField(_("nama"), max_length=60)

    class Meta:
        ordering = ["code"]
        verbose_name = _("kabupaten/kota")

    def __str__(self):
        return self.name

    @property
    def town(self) -> str:
        """What stands before the date of a letter: “Kupang” of “Kota Kupang”."""
        return KIND_OF_REGENCY.sub("", self.name)
