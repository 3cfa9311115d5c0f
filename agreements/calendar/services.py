"""The page of a region's month is opened."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.calendar import regional
from agreements.calendar.models import RegionMonth
from pokmas.accounts.models import User
from pokmas.accounts.roles import roles_with
from pokmas.audit.models import Entry
from pokmas.notices.services import holders, notify
from pokmas.notices.telling import OVERSEE, watchers
from pokmas.offices.models import Office
from pokmas.records.steps import Watch
from pokmas.words import dates


@transaction.atomic
def open_month(region: Office, *, by: User | None) -> RegionMonth:
    """The page of the present month; opening it again gives the same."""
    if region.level != Office.Level.REGIONAL:
        raise ValidationError(_("Halaman bulanan hanya untuk kantor wilayah."))
    month = region.today.replace(day=1)
    page, is_new = RegionMonth.objects.get_or_create(
        office=region, month=month, defaults={"created_by": by}
    )
    if is_new:
        Entry.record(by, "regionmonth.created", page)
    return page


def remind_of_months() -> int:
    """Open the month for every Kanwil and tell who oversees it, once a month."""
    kanwil = Office.objects.active().filter(level=Office.Level.REGIONAL)
    return sum(_remind(region) for region in kanwil.order_by("pk"))


def _remind(region: Office) -> bool:
    month = region.today.replace(day=1)
    told = RegionMonth.objects.filter(office=region, month=month, is_told=True)
    if told.exists():
        return False
    _tell(region, month)
    return True


@transaction.atomic
def _tell(region: Office, month: date) -> None:
    page = open_month(region, by=None)
    page.lock()
    page.is_told = True
    page.save(update_fields=["is_told"])
    notify(
        holders(watchers(Watch.REGION, roles_with(OVERSEE)), region),
        kind="regionmonth.opened",
        title=_("Kerja sama wilayah, %(month)s"),
        body=_(
            "%(ending)d berakhir dalam 90 hari, %(ended)d berakhir tanpa kelanjutan, "
            "%(silent)d tanpa kegiatan, %(suspended)d ditangguhkan. Buka halamannya "
            "untuk rinciannya per unit."
        ),
        words={
            "month": lambda: dates.month_year(month),
            **regional.numbers(region),
        },
        about=page,
        key=f"regionmonth:{region.pk}:{month}",
    )
