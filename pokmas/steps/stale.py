"""A decision is about what the person saw; if that has changed, it is not made."""

from django.utils.translation import gettext as _

from pokmas.accounts.models import display_name
from pokmas.audit.models import Entry
from pokmas.audit.phrases import phrase
from pokmas.records.guarded import StaleRecord
from pokmas.records.lifecycle import Lifecycle
from pokmas.server.outside import whole_number

# More than these nobody reads before he looks at the record again.
TOLD = 5


def refuse_stale(record: Lifecycle, seen: int | None) -> None:
    """Refuse if the locked record is past the revision `seen`, with what happened.

    A page that says no revision was not about this record.
    """
    if seen is None or seen == getattr(record, "revision", seen):
        return
    raise StaleRecord(
        [
            _("Data ini berubah sejak Anda membukanya. Periksa lagi, lalu putuskan."),
            *happened_since(record, seen),
        ]
    )


def happened_since(record: Lifecycle, seen: int | str | None) -> list[str]:
    """Who did what after the revision `seen`: “Maria Uji mengubah naskah.”"""
    known = whole_number(seen)
    if not hasattr(record, "revision") or known is None:
        return []
    later = record.events.filter(revision__gt=known).values("pgh_context_id")
    entries = Entry.objects.about(record).deeds().filter(context__in=later)
    return [
        f"{display_name(entry.actor) if entry.actor else _('Portal')} "
        f"{phrase(entry.action)}."
        for entry in entries.select_related("actor").order_by("-pk")[:TOLD]
    ]
