"""The record that a task is about: named in an address, shown as far as one may see."""

from django.apps import apps
from django.db.models import Model

from pokmas.accounts.models import User
from pokmas.records.lifecycle import Lifecycle
from pokmas.server.outside import whole_number


def name_of(record: Model) -> str:
    return f"{record._meta.label_lower}:{record.pk}"


def record_of(name: str, user: User) -> Model | None:
    """Of the kinds that have a page with steps, if `user` may see it."""
    label, _colon, key = name.partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if not issubclass(model, Lifecycle) or (pk := whole_number(key)) is None:
        return None
    return seen(model, pk, user)


def seen(model: type[Model], pk: int, user: User) -> Model | None:
    return model.objects.visible_to(user).filter(pk=pk).first()
