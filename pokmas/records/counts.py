"""How many rows there are of something, as a column of another."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, QuerySet


def many(rows: QuerySet) -> Func:
    return Func(
        ArraySubquery(rows.order_by().values("pk")),
        function="cardinality",
        output_field=IntegerField(),
    )
