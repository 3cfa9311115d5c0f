"""Headquarters keeps the lists of fields, criteria and rules."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Criterion, Field, Finding, Rule
from pokmas.accounts.models import User
from pokmas.audit.models import Entry


@transaction.atomic
def keep(item: Field | Criterion, *, by: User) -> None:
    """Add an item, change it, or take it out of use; none is ever deleted."""
    is_new = item._state.adding
    if isinstance(item, Criterion) and not is_new:
        _refuse_other_question(item)
    item.full_clean()
    item.save()
    verb = "created" if is_new else "changed"
    Entry.record(by, f"{item._meta.model_name}.{verb}", item)


@transaction.atomic
def set_rule(rule: Rule, *, by: User) -> None:
    """A number changes from a day on; what held before stays readable."""
    rule.full_clean()
    rule.save()
    Entry.record(by, "rule.created", rule, value=rule.value)


def _refuse_other_question(criterion):
    """Old answers must not come to stand under another question."""
    before = Criterion.objects.select_for_update().get(pk=criterion.pk)
    answered = Finding.objects.filter(criterion=criterion).exists()
    if before.text != criterion.text and answered:
        raise ValidationError(
            {
                "text": _(
                    "Kriteria ini sudah pernah dijawab. Arsipkan, lalu tambahkan "
                    "kriteria baru."
                )
            }
        )
