"""What lives at an office: a merger hands it over, and nothing of it is left behind."""

from collections.abc import Iterator
from datetime import date

from django.apps import apps
from django.utils.translation import gettext as _

from pokmas.offices.models import Office, OfficeScoped, Province
from pokmas.words import dates


def models() -> Iterator[type[OfficeScoped]]:
    """The models whose rows belong to offices."""
    return (each for each in apps.get_models() if issubclass(each, OfficeScoped))


def counted(office: Office, day: date) -> list[str]:
    """What is unfinished at the office, and who serves there on `day` or later."""
    kinds = [
        (model._meta.verbose_name, model.objects.filter(office=office).unsettled())
        for model in models()
    ]
    kinds.append((_("penugasan"), office.assignments.not_over(day)))
    kinds.append((Province._meta.verbose_name, office.provinces.all()))
    counts = [(rows.count(), what) for what, rows in kinds]
    return [f"{dates.number(count)} {what}" for count, what in counts if count]
