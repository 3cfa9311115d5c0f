"""An approval lasts for a term; before it ends the unit examines the partner again.

The partner works on meanwhile: no status changes.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import Level
from partners.registry import legal
from partners.registry.models import Partnership
from partners.vetting import services as vetting
from partners.vetting.handling import EXAMINE
from partners.vetting.models import Finding
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from pokmas.notices.services import notify
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.offices.models import office_today
from pokmas.words import dates

# How many days before the end people are told, once each.
REMINDERS = (90, 30)


@transaction.atomic
def reexamine(partnership: Partnership, findings: list[Finding], *, by: User) -> None:
    """Answer the checklist of today, and ask the head for another term."""
    began = timezone.now()
    partnership.begin("reexamine", by=by)
    partnership.reexamined_by, partnership.reexamined_on = by, partnership.office.today
    vetting.keep(partnership, findings, by)
    vetting.refuse_gaps(partnership, began)
    _save(partnership)
    Entry.record(by, "partnership.reexamined", partnership)
    tell(
        partnership,
        "reexamined",
        next_in_turn(partnership),
        _("Pemeriksaan ulang menunggu keputusan Anda: %(name)s"),
        _("Diperiksa oleh %(officer)s."),
        officer=by,
    )


@transaction.atomic
def prolong(partnership: Partnership, *, by: User) -> None:
    """Approve it for another term; who examined it again may not."""
    partnership.begin("prolong", by=by)
    legal.refuse_lacking(partnership, Level.VETTED)
    vetting.refuse_unmet(partnership)
    partnership.approved_until = vetting.term_of(partnership)
    partnership.decided_by, partnership.decided_at = by, timezone.now()
    _clear(partnership, "approved_until", "decided_by", "decided_at")
    Entry.record(by, "partnership.prolonged", partnership)
    tell(
        partnership,
        "prolonged",
        own_people(partnership),
        _("%(name)s tetap mitra"),
        _("%(office)s memeriksa ulang dan menyetujui untuk masa berikutnya."),
    )


@transaction.atomic
def examine_again(partnership: Partnership, *, reason: str, by: User) -> None:
    """The head is not content; the unit looks once more."""
    partnership.begin("prolong", by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Alasan wajib diisi.")})
    examiner = partnership.reexamined_by
    _clear(partnership)
    Entry.record(by, "partnership.examine_again", partnership, reason=reason)
    tell(
        partnership,
        "examine_again",
        [*officers(partnership, EXAMINE), examiner],
        _("Kepala meminta pemeriksaan ulang lagi: %(name)s"),
        "%(why)s",
        by=by,
        why=reason,
    )


def tell_of_ends(now: datetime | None = None) -> None:
    """Tell the unit and the partner that an approval ends, once at each distance."""
    tell_ahead(
        Partnership.objects.working().select_related("partner"),
        "approved_until",
        REMINDERS,
        to=EXAMINE,
        kind="partnership.approval_ends",
        title=_("Persetujuan %(name)s berakhir %(day)s"),
        body=_("%(office)s memeriksa ulang sebelum tanggal itu."),
        now=now or timezone.now(),
    )


def tell_ahead(
    rows: QuerySet,
    end: str,
    distances: Iterable[int],
    *,
    to: str,
    kind: str,
    title: str | Promise,
    body: str | Promise,
    now: datetime,
) -> None:
    """Of rows whose last day `end` is near tell who has the right `to`, and their own
    people, once at each of the distances (in days)."""
    told = Notice.objects.filter(
        about_type=ContentType.objects.get_for_model(rows.model),
        about_id=OuterRef("pk"),
        kind=kind,
    )
    for days in distances:
        this_time = told.filter(due_at__date__gte=OuterRef(end) - timedelta(days))
        near = rows.filter(
            ~Exists(this_time),
            **{f"{end}__gte": office_today(now=now)},
            **{f"{end}__lte": office_today(ahead=days, now=now)},
        )
        for row in near.select_related("office__parent").order_by("pk"):
            day = getattr(row, end)
            notify(
                {*officers(row, to), *own_people(row)},
                kind=kind,
                title=title,
                body=body,
                words={
                    "name": str(row),
                    "office": row.office,
                    "day": lambda day=day: dates.date_long(day),
                },
                about=row,
                key=f"{kind}:{row.pk}:{day}:{days}",
                due_at=now,
            )


def _clear(partnership, *changed):
    partnership.reexamined_by = partnership.reexamined_on = None
    _save(partnership, *changed)


def _save(partnership, *changed):
    partnership.revision += 1
    partnership.save(
        update_fields=["reexamined_by", "reexamined_on", "revision", *changed]
    )
