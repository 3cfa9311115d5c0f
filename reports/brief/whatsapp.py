"""The brief of a region as a text that its head passes on."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import RegionMonth
from pokmas.accounts.permissions import require
from pokmas.notices.whatsapp import Prepared, message
from pokmas.words import dates
from reports.brief.brief import Brief, head_of
from reports.figures.periods import Month


@message("agreements.regionmonth", "brief", label=gettext_lazy("Ringkasan wilayah"))
def brief(page: RegionMonth, user) -> Prepared:
    require(user, "reports.compare_units")
    told = Brief(page.office, Month.of(page.month), head_of(page.office))
    return Prepared(to=_("siapa pun yang Anda pilih"), phone=None, text=text_of(told))


def text_of(told: Brief) -> str:
    """Numbers and names in few lines; what is private stays in the portal."""
    lines = [
        f"*{_('Ringkasan wilayah, %(month)s') % {'month': told.name}}*",
        told.office.name,
        "",
        *(_figure(each) for each in told.figures),
        told.reports_told,
        "",
        *(f"{each.counted}: {_first(each)}" for each in told.behind),
    ]
    ending = told.ending_in_full
    if ending.items:
        lines.append(f"{ending.counted}: {_first(ending)}")
    if told.decisions:
        acts = [f"{each.act}: {each.title} ({each.office})" for each in told.decisions]
        lines.append(f"{_('Perlu diputuskan')}: {'; '.join(dict.fromkeys(acts))}")
    if told.examples:
        lines.append(f"{_('Contoh baik')}: {'; '.join(told.examples)}")
    url = reverse("reports:brief", args=[told.office.pk])
    lines += ["", f"{settings.BASE_URL}{url}?month={told.month.first:%Y-%m}"]
    return "\n".join(lines)


def _figure(each) -> str:
    words = _(
        "%(label)s: %(now)s (sebulan sebelumnya %(before)s, setahun sebelumnya "
        "%(then)s)"
    ) % {
        "label": each.label,
        "now": dates.number(each.now),
        "before": dates.number(each.before),
        "then": dates.number(each.year_before),
    }
    if not each.achieved:
        return words
    return f"{words}; {_('Target: %(share)s') % {'share': each.achieved}}"


def _first(named) -> str:
    if not named.rest:
        return named.first
    more = _("dan %(count)s lagi") % {"count": dates.number(named.rest)}
    return f"{named.first}; {more}"
