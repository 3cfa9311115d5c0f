from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.forms.base import UserForm


class PreferencesForm(UserForm, forms.ModelForm):
    """How somebody wants to be told; SMS is offered only where it can be sent."""

    class Meta:
        model = User
        fields = ["notify_by_mail", "notify_by_sms"]
        widgets = {"notify_by_mail": forms.RadioSelect}
        labels = {"notify_by_sms": _("Kirim juga SMS pendek ke telepon saya")}
        help_texts = {
            "notify_by_mail": _(
                "Ringkasan dikirim pukul 07.00 waktu setempat; yang mingguan pada hari "
                "Senin."
            ),
            "notify_by_sms": _(
                "SMS hanya mengabarkan bahwa ada yang baru, tanpa nama siapa pun."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.SMS_GATEWAY:
            del self.fields["notify_by_sms"]
