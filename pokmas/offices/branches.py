"""Rows of offices, put together by the branch of a wide office that they lie in."""

from django.db.models import Case, F, Q, When

from pokmas.offices.models import Office


def by_branch(office: Office) -> dict:
    """`branch` and `named`: of headquarters the regions, else the units, to which their
    posts belong. To be annotated to rows that have an `office` and a `region`."""
    if office.is_top:
        return {"branch": F("region"), "named": F("region__name")}
    is_post = Q(office__level=Office.Level.POST)
    name = When(is_post, then="office__parent__name")
    return {
        "branch": Case(When(is_post, then="office__parent"), default="office"),
        "named": Case(name, default="office__name"),
    }
