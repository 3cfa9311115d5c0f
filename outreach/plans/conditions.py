"""Whose plan it is: what an office plans, its partner does not change."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Partner
from partners.registry.models import Representative
from pokmas.records.steps import When


def _is_of_community(user) -> bool:
    acting = getattr(user, "acting", None)
    return acting is not None and acting.is_community


def _people_with(user):
    """Who acts, or did act, for a partner for whom `user` acts."""
    partners = Partner.objects.represented_by(user)
    return Representative.objects.filter(partner__in=partners.values("pk"))


def _rows(user) -> Q:
    if not _is_of_community(user):
        return Q()
    return Q(created_by__in=_people_with(user).values("user"))


def _holds(activity, user) -> bool:
    if not _is_of_community(user) or activity.created_by_id == user.pk:
        return True
    return _people_with(user).filter(user=activity.created_by_id).exists()


PLANNED_BY_OWN_SIDE = When(
    rows=_rows,
    holds=_holds,
    refusal=_(
        "Rencana ini dicatat unit atau mitra lain. Minta yang mencatatnya mengubah "
        "atau membatalkannya."
    ),
    is_awaited=False,
)
