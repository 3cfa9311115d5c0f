"""What activities show of an agreement, for its evidence card."""

from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Agreement
from agreements.proofs.known import Fact, tells
from agreements.proofs.models import State
from outreach.activities.models import Activity
from outreach.evidence.models import Evidence
from pokmas.words import dates

RECENT_DAYS = 90
Status = Activity.Status


NONE = dict.fromkeys(["all", "shown", "public", "locked", "published", "people"], 0)


def _counted(agreement) -> Subquery:
    """All figures at once; nothing where no activity counts."""
    present = Evidence.objects.present().filter(activity=OuterRef("pk"))
    public = present.filter(visibility=Evidence.Visibility.PUBLIC)
    rows = Activity.objects.filter(agreement=agreement).counted().with_served()
    rows = rows.alias(is_shown=Exists(present), is_public=Exists(public))
    figures = JSONObject(
        all=Count("pk"),
        last=Max("held_on", filter=Q(held_on__lte=agreement.office.today)),
        shown=Count("pk", filter=Q(is_shown=True)),
        public=Count("pk", filter=Q(is_public=True)),
        locked=Count("pk", filter=Q(status=Status.LOCKED)),
        published=Count("pk", filter=Q(type__code="publication")),
        people=Sum("served"),
    )
    rows = rows.order_by().values("agreement").annotate(figures=figures)
    return Subquery(rows.values("figures"))


def _waiting(agreement) -> Exists:
    rows = Activity.objects.filter(agreement=agreement, status=Status.REPORTED)
    return Exists(rows)


@tells(counted_activities=_counted, has_waiting_activities=_waiting)
def activities(agreement: Agreement, found) -> dict[str, Fact]:
    url = f"{reverse('outreach:index')}?agreement={agreement.pk}"
    counted = found["counted_activities"] or NONE
    is_waiting = found["has_waiting_activities"]
    return {
        "activity": _recent(counted.get("last"), is_waiting, url, agreement),
        "served": _served(counted["people"], url),
        "photos": _some(counted["shown"], counted["all"], url),
        "reports": _reported(counted["locked"], counted["all"], url),
        "publication": _published(counted, url),
    }


def _recent(held_on, is_waiting, url, agreement) -> Fact:
    if held_on is None:
        if is_waiting:
            return Fact(State.PARTLY, _("Dilaporkan, belum diverifikasi."), url)
        return Fact(State.UNMET, _("Belum ada kegiatan terverifikasi."), url)
    last = date.fromisoformat(held_on)
    words = _("Kegiatan terverifikasi terakhir %(day)s.") % {
        "day": dates.date_long(last)
    }
    is_recent = last >= agreement.office.today - timedelta(days=RECENT_DAYS)
    return Fact(State.MET if is_recent else State.PARTLY, words, url)


def _served(count, url) -> Fact:
    words = _("%(count)s orang terlayani.") % {"count": dates.number(count)}
    return Fact(State.MET if count else State.UNMET, words, url)


def _some(count, every, url) -> Fact:
    words = _("%(count)s dari %(all)s kegiatan berbukti.") % {
        "count": dates.number(count),
        "all": dates.number(every),
    }
    return Fact(State.MET if count else State.UNMET, words, url)


def _reported(locked, every, url) -> Fact:
    words = _("%(count)s dari %(all)s kegiatan termuat dalam laporan yang diterima.")
    words %= {"count": dates.number(locked), "all": dates.number(every)}
    return Fact(State.MET if locked else State.UNMET, words, url)


def _published(found, url) -> Fact:
    if found["published"]:
        words = _("%(count)s kegiatan publikasi.") % {
            "count": dates.number(found["published"])
        }
        return Fact(State.MET, words, url)
    if found["public"]:
        words = _("Ada foto yang boleh dipublikasikan, belum ada publikasinya.")
        return Fact(State.PARTLY, words, url)
    return Fact(State.UNMET, _("Belum ada publikasi."), url)
