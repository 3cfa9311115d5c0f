"""Numbers of persons (NIK): sealed, found by a keyed hash alone, and not for long."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts import sealed
from pokmas.records.lines import LineField

SHOWN = 4


class NikQuerySet(models.QuerySet):
    def of(self, number: str):
        """Where this very number is kept; nothing is found by a part of it."""
        return self.filter(digest__in=sealed.digests(number))


class Nik(models.Model):
    """One number of one person. It has no history: gone with its row, it is gone."""

    token = models.TextField(_("NIK tersegel"), editable=False)
    digest = LineField(_("sidik NIK"), max_length=64, db_index=True, editable=False)
    ending = LineField(_("akhir NIK"), max_length=SHOWN, editable=False)
    kept_at = models.DateTimeField(_("disimpan"), default=timezone.now, editable=False)

    objects = NikQuerySet.as_manager()

    class Meta:
        verbose_name = _("NIK")

    def __str__(self):
        return f"{'•' * 12}{self.ending}"

    def others(self):
        """The same number where it is kept as well.

        Without the key of its seal only those that were hashed with the same key.
        """
        others = Nik.objects.exclude(pk=self.pk)
        try:
            digests = sealed.digests(sealed.unseal(self.token))
        except sealed.CannotOpen:
            digests = [self.digest]
        return others.filter(digest__in=digests)
