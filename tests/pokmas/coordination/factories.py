"""Tasks of an office."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.pokmas.factories import UnitFactory


class TaskFactory(DjangoModelFactory):
    """Given within one unit, to nobody yet."""

    class Meta:
        model = "coordination.Task"

    office = factory.SubFactory(UnitFactory)
    given_from = factory.SelfAttribute("office")
    what = "Lengkapi narahubung kerja sama"
    details = "Sebelum evaluasi."
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
