"""What activities show of an agreement, for its evidence card."""

from datetime import timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q
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


@tells
def activities(agreement: Agreement) -> dict[str, Fact]:
    rows = Activity.objects.filter(agreement=agreement)
    url = f"{reverse('outreach:index')}?agreement={agreement.pk}"
    counted = rows.counted()
    found = _counted(counted, agreement.office.today)
    waiting = "" if found["last"] else _waiting(rows)
    return {
        "activity": _recent(found, waiting, url, agreement.office.today),
        "served": _served(counted.served(), url),
        "photos": _some(found["shown"], found["all"], url),
        "reports": _reported(found["locked"], found["all"], url),
        "publication": _published(found, url),
    }


def _counted(rows, today) -> dict:
    present = Evidence.objects.present().filter(activity=OuterRef("pk"))
    public = present.filter(visibility=Evidence.Visibility.PUBLIC)
    rows = rows.alias(is_shown=Exists(present), is_public=Exists(public))
    return rows.order_by().aggregate(
        all=Count("pk"),
        last=Max("held_on", filter=Q(held_on__lte=today)),
        shown=Count("pk", filter=Q(is_shown=True)),
        public=Count("pk", filter=Q(is_public=True)),
        locked=Count("pk", filter=Q(status=Status.LOCKED)),
        published=Count("pk", filter=Q(type__code="publication")),
    )


def _waiting(rows) -> bool:
    return rows.filter(status=Status.REPORTED).exists()


def _recent(found, is_waiting, url, today) -> Fact:
    last = found["last"]
    if last is None:
        if is_waiting:
            return Fact(State.PARTLY, _("Dilaporkan, belum diverifikasi."), url)
        return Fact(State.UNMET, _("Belum ada kegiatan terverifikasi."), url)
    words = _("Kegiatan terverifikasi terakhir %(day)s.") % {
        "day": dates.date_long(last)
    }
    is_recent = last >= today - timedelta(days=RECENT_DAYS)
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
