"""Long lists, paged by key: page 500 costs what page 1 costs."""

import base64
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from pokmas.records.search import MOST
from pokmas.server.outside import read_json
from pokmas.words import dates

COUNTED_TO = MOST
SIZES = (25, 50, 100)


class KeysetPage:
    """One page of `queryset`, found by the key of the row before or after it.

    `order` ends in a unique column and holds no column that may be null. The rows and
    the count are one query each, unless the count is known and given as `counted`;
    what `read` adds to the rows is not counted. `counting` are the same rows without
    what they are only ordered by. With `keys_first` nothing is joined to rows that are
    only sorted. A token that cannot be read gives the first page, and so does one whose
    rows are gone. A list of several `parts` is one after the other, each with the rows
    of a condition and an order of its own of the same columns.
    """

    def __init__(
        self,
        queryset: QuerySet,
        params: Mapping,
        *,
        order: Sequence[str] = ("-created_at", "-pk"),
        size: int = SIZES[0],
        read: Callable[[QuerySet], QuerySet] = lambda rows: rows,
        counted: int | None = None,
        counting: QuerySet | None = None,
        keys_first: bool = False,
        parts: Sequence[tuple[Q, Sequence[str]]] = (),
    ):
        self.queryset = queryset
        self.counting = queryset if counting is None else counting
        self.shown = read(queryset)
        self.keys_first = keys_first
        self.params = params
        self.order = tuple(order)
        self.parts = list(parts) or [(Q(), self.order)]
        self.size = _chosen_size(params.get("size"), size)
        self.counted = counted
        placed, self.is_first, self.is_last = self._read()
        self.places = [place for place, _row in placed]
        self.rows = [row for _place, row in placed]

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    # Rows

    def _read(self):
        for name in ("after", "before"):
            key = self._decode(self.params.get(name))
            if key and (found := self._beside(key, backwards=name == "before")):
                return found
        rows = self._next_to(None)
        return rows[: self.size], True, len(rows) <= self.size

    def _beside(self, key, *, backwards):
        """The rows next to `key`, or None if there are none any more."""
        rows = self._next_to(key, backwards=backwards)
        if not rows:
            return None
        more, rows = len(rows) > self.size, rows[: self.size]
        if backwards:
            return rows[::-1], not more, False
        return rows, False, not more

    def _next_to(self, key, *, backwards=False):
        """The rows of a page and one more, from as many parts as they fill, each with
        the place of its part."""
        first = key[0] if key else 0
        places = range(first, -1, -1) if backwards else range(first, len(self.parts))
        found = []
        for place in places:
            within, order = self.parts[place]
            order = [_turned(name) for name in order] if backwards else order
            if key and place == first:
                within &= self._beyond(key[1:], order)
            rows = self._first_of(within, order, self.size + 1 - len(found))
            found += [(place, row) for row in rows]
            if len(found) > self.size:
                break
        return found

    def _first_of(self, wanted, order, most):
        if not self.keys_first:
            return list(self.shown.filter(wanted).order_by(*order)[:most])
        keys = self.queryset.filter(wanted).order_by(*order).values("pk")[:most]
        return list(self.shown.filter(among(keys)).order_by(*order))

    def _beyond(self, key, order):
        """The condition that a row comes after `key` in `order`."""
        names = [name.lstrip("-") for name in order]
        values = [
            Value(value, output_field=field)
            for value, field in zip(key, self._fields, strict=True)
        ]
        descending = {name.startswith("-") for name in order}
        if len(descending) == 1:
            sign = " < " if descending.pop() else " > "
            return _comparison(sign, _row(map(F, names)), _row(values))
        beyond = Q()
        for place in range(len(order)):
            same = Q(**dict(zip(names[:place], values[:place], strict=True)))
            lookup = "lt" if order[place].startswith("-") else "gt"
            beyond |= same & Q(**{f"{names[place]}__{lookup}": values[place]})
        # Says the same of the first column once more, so that its index is used.
        lookup = "lte" if order[0].startswith("-") else "gte"
        return Q(**{f"{names[0]}__{lookup}": values[0]}) & beyond

    @cached_property
    def _fields(self):
        query = self.queryset.query.chain()
        return [
            F(name.lstrip("-")).resolve_expression(query).output_field
            for name in self.order
        ]

    # Links

    @property
    def next_url(self) -> str | None:
        return None if self.is_last else self._url(after=self._encode(-1))

    @property
    def previous_url(self) -> str | None:
        return None if self.is_first else self._url(before=self._encode(0))

    @property
    def first_url(self) -> str | None:
        return None if self.is_first else self._url()

    @property
    def size_urls(self) -> list[tuple[int, str | None]]:
        """The page sizes on offer; the current one has no address."""
        return [
            (size, None if size == self.size else self._url(size=size))
            for size in SIZES
        ]

    def _url(self, **changes) -> str:
        cursor = {"after": None, "before": None}
        return changed_query(self.params, **(cursor | changes))

    @cached_property
    def _signature(self) -> int:
        orders = [name for _within, order in self.parts for name in order]
        return zlib.crc32(",".join(orders).encode())

    def _encode(self, number: int) -> str:
        row = self.rows[number]
        key = [_plain(_value(row, name.lstrip("-"))) for name in self.order]
        key = [self._signature, self.places[number], *key]
        text = json.dumps(key, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _decode(self, token):
        if not token:
            return None
        try:
            padded = token + "=" * (-len(token) % 4)
            signature, place, *key = read_json(base64.urlsafe_b64decode(padded))
            if signature != self._signature:
                return None
            place = range(len(self.parts)).index(place)
            values = zip(self._fields, key, strict=True)
            return [place, *(_cleaned(field, text) for field, text in values)]
        except (ValueError, TypeError, ValidationError, OverflowError):
            return None

    # Count

    @cached_property
    def count(self) -> int:
        """Exact up to 1,000; one more than that stands for "more than 1,000"."""
        if self.is_first and self.is_last:
            return len(self.rows)
        if self.params.get("count") == "exact":
            return _bare(self.counting).count()
        return count_some(self.counting) if self.counted is None else self.counted

    @property
    def count_is_exact(self) -> bool:
        return self.count <= COUNTED_TO or self.params.get("count") == "exact"

    @property
    def count_text(self) -> str:
        if self.count_is_exact:
            return dates.number(self.count)
        return _("lebih dari %(count)s") % {"count": dates.number(COUNTED_TO)}

    @property
    def part_text(self) -> str:
        """Which rows these are, as far as that is known without counting."""
        shown, total = len(self.rows), self.count_text
        if self.is_first or (self.is_last and self.count_is_exact):
            last = shown if self.is_first else self.count
            first = last - shown + 1
            return _("%(first)s–%(last)s dari %(total)s") % {
                "first": dates.number(first),
                "last": dates.number(last),
                "total": total,
            }
        words = (
            _("%(shown)s terakhir dari %(total)s")
            if self.is_last
            else _("%(shown)s di bagian tengah dari %(total)s")
        )
        return words % {"shown": dates.number(shown), "total": total}

    @property
    def exact_url(self) -> str | None:
        """Where the exact count is shown, if it is not."""
        if self.count_is_exact:
            return None
        return changed_query(self.params, count="exact")


def count_some(rows: QuerySet) -> int:
    """How many rows, up to one more than COUNTED_TO."""
    if getattr(rows, "are_many", False):
        return COUNTED_TO + 1
    return _bare(rows)[: COUNTED_TO + 1].count()


def _bare(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("pk")


def changed_query(params: Mapping, **changes) -> str:
    """The query string of `params` with `changes`; None takes a name out."""
    held = params.lists() if isinstance(params, QueryDict) else params.items()
    pairs = [(name, values) for name, values in held if name not in changes]
    pairs += [(name, value) for name, value in changes.items() if value is not None]
    return f"?{urlencode(pairs, doseq=True)}"


def _chosen_size(text, default):
    return next((size for size in SIZES if str(size) == text), default)


def _turned(name):
    return name[1:] if name.startswith("-") else f"-{name}"


def among(keys: QuerySet) -> Func:
    """That a row is one of these, which are found before anything is joined."""
    return _comparison(" = ANY", F("pk"), _row([ArraySubquery(keys)]))


def _row(expressions):
    return Func(*expressions, template="(%(expressions)s)", output_field=BooleanField())


def _comparison(sign, left, right):
    return Func(
        left,
        right,
        arg_joiner=sign,
        template="%(expressions)s",
        output_field=BooleanField(),
    )


def _value(row, name):
    if isinstance(row, Mapping):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _plain(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, int | str) else str(value)


def _cleaned(field, text):
    value = field.to_python(text)
    if value is None:
        raise ValueError
    if isinstance(value, datetime) and timezone.is_naive(value):
        raise ValueError
    return value
