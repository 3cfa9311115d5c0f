"""Texts that nobody has signed yet, which would stand under an agreement that ends."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.standing.falling import FALLS, Fall
from agreements.standing.services import put_away
from pokmas.audit.models import Entry


def _rows(agreements, ending):
    hanging = Q(umbrella__in=agreements) | Q(renews__in=agreements)
    rows = Agreement.objects.filter(hanging, status__in=Agreement.OPEN)
    return rows.order_by("pk") if ending else rows.none()


def _stand_alone(text, *, by, reason):
    """It goes on without the agreement above it."""
    if text.umbrella_id is None:
        return
    text.lock()
    text.umbrella = None
    text.save_edit(text.revision, ["umbrella"])
    Entry.record(by, "agreement.changed", text, reason=reason)


FALLS.add(
    Fall(
        "texts",
        _("Naskah yang tetap disusun"),
        _(
            "Belum ditandatangani. Yang tidak dicentang dibuang; yang dicentang tetap "
            "disusun, dan PKS turunan lalu berdiri tanpa nota payungnya."
        ),
        rows=_rows,
        fall=put_away,
        keep=_stand_alone,
        say=lambda text: f"{text.title} ({text.get_status_display()})",
    )
)
