"""A query that every request asks, with its SQL made once.

Django makes the SQL of a query anew each time it is asked, which takes longer than the
answer. What differs from one time to the next is held by a stand-in until then.
"""

from copy import copy
from types import SimpleNamespace

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable


class Prepared:
    """What `queryset` asks, of any value instead of the stand-in among its values."""

    def __init__(self, queryset: QuerySet, stand_in: int):
        self.queryset, self.stand_in = queryset, stand_in
        self.compiler = queryset.query.get_compiler(queryset.db)
        self.sql, self.values = self.compiler.as_sql()

    def of(self, value: int) -> list[Model]:
        values = [value if each == self.stand_in else each for each in self.values]
        database = self.queryset.db
        compiler = copy(self.compiler)
        compiler.connection = connections[database]
        compiler.as_sql = lambda: (self.sql, values)
        asked = SimpleNamespace(
            db=database,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        return list(ModelIterable(asked))
