"""What the database checks, known beforehand for the record at hand: no query each.

Django asks the database about every check constraint before a row is saved, each in a
savepoint of its own, and the database checks them all once more. Most say something
about a few columns that can be read off the record; only what does not hold, and what
cannot be decided here, is left to Django, which has the words for it.
"""

import operator
from contextlib import contextmanager

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    FieldDoesNotExist,
    ValidationError,
)
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Upper

COMPARISONS = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class Undecided(Exception):
    """Only the database can tell."""


class Exclusion(ExclusionConstraint):
    """Left to whoever saves where a form leaves out what its condition asks, as Django
    does it for every other constraint; it would be an error else."""

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        if exclude and self._expression_refs_exclude(model, self.condition, exclude):
            return
        super().validate(model, instance, exclude=exclude, using=using)

    def deconstruct(self):
        """In migrations it is the one of Django, which is what the database has."""
        _path, args, kwargs = super().deconstruct()
        path = f"{ExclusionConstraint.__module__}.{ExclusionConstraint.__name__}"
        return path, args, kwargs


class Constrained(models.Model):
    """A model whose check constraints are read off the record where they can be."""

    class Meta:
        abstract = True

    def get_constraints(self):
        return [
            (model, [each for each in constraints if not holds(each, self)])
            for model, constraints in super().get_constraints()
        ]

    def validate_constraints(self, exclude=None):
        """What is about one column is said there, so that a form shows it beside it."""
        try:
            super().validate_constraints(exclude=exclude)
        except ValidationError as refusal:
            raise ValidationError(_placed(refusal.error_dict, self)) from refusal


@contextmanager
def in_words():
    """Refuse in its own words what the database refused: somebody was faster, between
    our question and our writing. To be put round a whole service."""
    try:
        yield
    except IntegrityError as error:
        if (refusal := refusal_of(error)) is None:
            raise
        raise refusal from error


def refusal_of(error: Exception) -> ValidationError | None:
    """What the constraint that was broken says of itself; None if it has no words."""
    broken = getattr(error.__cause__, "diag", None)
    name = getattr(broken, "constraint_name", None)
    if not isinstance(error, IntegrityError) or name is None:
        return None
    for model in apps.get_models():
        if model._meta.db_table == broken.table_name:
            return _words_of(name, model)
    return None


def _words_of(name: str, model: type[models.Model]) -> ValidationError | None:
    for constraint in model._meta.constraints:
        if constraint.name == name:
            column = _column_of(constraint) or NON_FIELD_ERRORS
            return ValidationError({column: constraint.get_violation_error_message()})
    for field in model._meta.local_fields:
        if field.unique and name.startswith(f"{model._meta.db_table}_{field.column}_"):
            return model().unique_error_message(model, (field.name,))
    return None


def _placed(errors: dict, record: models.Model) -> dict:
    compared = {
        str(each.get_violation_error_message()): _column_of(each)
        for each in record._meta.constraints
    }
    placed = {name: list(each) for name, each in errors.items()}
    for error in placed.pop(NON_FIELD_ERRORS, []):
        name = compared.get(str(error.message)) or NON_FIELD_ERRORS
        placed.setdefault(name, []).append(error)
    return placed


def _column_of(constraint) -> str | None:
    """The column at which it is said: the one that is compared with another, or the
    one that is the same in any case."""
    if type(constraint) is CheckConstraint:
        return _compared_column(constraint.condition)
    for expression in getattr(constraint, "expressions", ()):
        if isinstance(expression, Upper):
            while not isinstance(expression, F):
                expression = expression.source_expressions[0]
            return expression.name
    return None


def _compared_column(condition: Q) -> str | None:
    for child in condition.children:
        if isinstance(child, Q):
            if name := _compared_column(child):
                return name
        elif isinstance(child, tuple) and isinstance(child[1], F):
            return child[0].partition("__")[0]
    return None


def holds(constraint, record: models.Model) -> bool:
    """Whether this check is certain to pass."""
    if type(constraint) is not CheckConstraint:
        return False
    try:
        return truth(constraint.condition, record) is not False
    except (Undecided, TypeError):
        return False


def truth(condition: Q, record: models.Model) -> bool | None:
    """As in SQL: True, False, or None where a value is missing."""
    if not isinstance(condition, Q):
        raise Undecided
    found = [
        truth(child, record) if isinstance(child, Q) else _compared(*child, record)
        for child in condition.children
    ]
    decisive = condition.connector == Q.OR
    if condition.connector == Q.XOR:
        raise Undecided
    otherwise = None if None in found else not decisive
    answer = decisive if decisive in found else otherwise
    return not answer if condition.negated and answer is not None else answer


def _compared(path: str, wanted, record) -> bool | None:
    name, _sign, lookup = path.partition("__")
    value, lookup = _value(record, name), lookup or "exact"
    if isinstance(wanted, F):
        wanted = _value(record, wanted.name)
    elif hasattr(wanted, "resolve_expression"):
        raise Undecided
    elif wanted is None and lookup == "exact":
        lookup, wanted = "isnull", True
    if lookup == "isnull":
        return (value is None) is wanted
    if value is None or wanted is None:
        return None
    if lookup == "in":
        return value in wanted
    if lookup not in COMPARISONS:
        raise Undecided
    return COMPARISONS[lookup](value, wanted)


def _value(record, name: str):
    try:
        field = record._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise Undecided from error
    value = getattr(record, field.attname)
    if hasattr(value, "resolve_expression") or isinstance(field, models.GeneratedField):
        raise Undecided
    return value
