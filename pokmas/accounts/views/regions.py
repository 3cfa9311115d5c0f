"""Which offices a form offers; headquarters first says in which region.

Nobody scrolls through 700 offices.
"""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pokmas.accounts.forms import RegionForm
from pokmas.offices.models import Office

BACK = {
    "accounts:index": pgettext_lazy("several", "Akun"),
    "accounts:request_index": _("Permintaan penugasan"),
}


def offices_for(request, offices=None):
    """The active offices on offer, or None and the form that asks for the region."""
    if offices is None:
        offices = Office.objects.visible_to(request.user)
    offices = offices.active()
    if request.user.acting.office.level != Office.Level.HEADQUARTERS:
        return offices, None
    chooser = RegionForm(request.GET or None, user=request.user)
    if chooser.is_valid():
        return offices.filter(region=chooser.cleaned_data["region"]), None
    return None, chooser


def ask_for_region(request, chooser, title: str, *, back: str):
    context = {
        "chooser": chooser,
        "trail": title,
        "back": back,
        "back_label": BACK[back],
    }
    return render(request, "pokmas/accounts/choose_region.html", context)
