from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from agreements.register.models import Agreement
from agreements.renewal import services
from pokmas.steps import pages as steps


def renew(request, pk):
    agreement, step = steps.find(request, Agreement, "renew", pk)
    if made := services.made_of(agreement):
        messages.info(request, _("Perpanjangannya sudah disusun; ini naskahnya."))
        return redirect(made)
    return steps.ask(request, agreement, step)
