"""Activities still to come under an agreement that is suspended or ended."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agreements.standing.falling import FALLS, Fall
from outreach.activities.models import Activity
from outreach.plans import services
from pokmas.audit.models import Entry
from pokmas.offices.models import office_today
from pokmas.words import dates


def _to_come(agreements, ending):
    planned = Activity.objects.filter(
        agreement__in=agreements,
        status=Activity.Status.PLANNED,
        held_on__gte=office_today(),
    )
    return planned.order_by("held_on", "pk")


def _fallen(agreement):
    """What its suspension called off, or left standing without it, as far as its day is
    still to come and nobody has moved it since."""
    ahead = Activity.objects.filter(held_on__gte=office_today())
    let_go = Entry.objects.filter(
        about_type=ContentType.objects.get_for_model(Activity),
        about_id=OuterRef("pk"),
        action="activity.detached",
        details__agreement=agreement.pk,
    )
    company = Q(partners=agreement.partner_id)
    if agreement.group_id:
        company |= Q(group=agreement.group_id)
    alone = ahead.filter(company, agreement=None, status=Activity.Status.PLANNED)
    called_off = Q(
        agreement=agreement,
        status=Activity.Status.CANCELLED,
        status_since__gte=agreement.status_since,
        reason=agreement.reason,
    )
    alone = alone.filter(Exists(let_go)).values("pk")
    return ahead.filter(called_off | Q(pk__in=alone)).order_by("held_on", "pk")


@transaction.atomic
def _back(activity, agreement, *, by):
    if activity.status == Activity.Status.CANCELLED:
        activity.lock()
        services.plan_again(activity, by=by)
    else:
        services.attach(activity, agreement, by=by)


@transaction.atomic
def _call_off(activity, *, reason, by):
    """Whoever ends the agreement does so, also of an office above or below."""
    activity.lock()
    services.call_off(activity, reason=reason, by=by)


def _said(activity):
    return f"{dates.date_long(activity.held_on)}: {activity.title}"


FALLS.add(
    Fall(
        "activities",
        _("Kegiatan yang tetap direncanakan"),
        _(
            "Yang tidak dicentang dibatalkan dengan alasan di atas; penyelenggaranya "
            "diberi tahu. Yang dicentang tetap direncanakan tanpa kerja sama ini."
        ),
        rows=_to_come,
        fall=_call_off,
        keep=services.detach,
        say=_said,
        is_kept_for_a_time=True,
        help_for_a_time=_("Keduanya ditawarkan kembali bila kerja sama dilanjutkan."),
        fallen=_fallen,
        back=_back,
        back_label=_("Kegiatan yang kembali ke kerja sama ini"),
        back_help=_(
            "Yang dibatalkan karena penangguhan direncanakan lagi, dan yang dilepas "
            "dihubungkan lagi; penyelenggaranya diberi tahu."
        ),
    )
)
