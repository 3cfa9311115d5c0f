"""Who came in, failed to, and left."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models.people import User
from pokmas.records.lines import LineField


class SignInQuerySet(models.QuerySet):
    def known(self, email, address, since):
        """Whether the account of `email` was signed in to from `address` lately."""
        return self.filter(
            user__email=email,
            address=address,
            outcome=SignIn.Outcome.SUCCESS,
            at__gte=since,
        ).exists()


class SignIn(models.Model):
    """One attempt to sign in: the history a person and his administrator can read."""

    class Outcome(models.TextChoices):
        SUCCESS = "success", _("Berhasil masuk")
        WRONG_PASSWORD = "failure", _("Kata sandi salah")
        WRONG_CODE = "wrong_code", _("Langkah kedua gagal")
        SIGN_OUT = "sign_out", _("Keluar")

    TONES = {
        Outcome.SUCCESS: "good",
        Outcome.WRONG_PASSWORD: "warn",
        Outcome.WRONG_CODE: "warn",
    }

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(_("waktu"), default=timezone.now)
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcome)
    address = models.GenericIPAddressField(_("alamat IP"), null=True)
    device = LineField(_("perangkat"), max_length=80, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("riwayat masuk")
        indexes = [models.Index(fields=["user", "-at", "-id"], name="sign_ins_of_user")]

    def __str__(self):
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"
