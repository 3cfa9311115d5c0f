"""What all the filters of lists have in common."""

from importlib import import_module

import django_filters
import pytest

from pokmas.lists.filters import PeriodForm

import_module("pokmas.urls")  # which reads the views, and the filters with them


def every_filter(under=django_filters.FilterSet):
    for each in under.__subclasses__():
        yield each
        yield from every_filter(each)


PERIODS = [each for each in every_filter() if "since" in each.base_filters]


@pytest.mark.parametrize("filters", PERIODS, ids=lambda each: each.__name__)
def test_a_list_between_two_days_refuses_the_later_one_first(filters):
    form = filters._meta.form

    assert issubclass(form, PeriodForm)
