"""On which days a record stood at a status: what figures of the past are counted by.

    active_days = days.DaysField(editable=False)
    …
    triggers = [days.kept("active_days", at="active")]

A day counts by what holds when it ends, where the record's office stands. A trigger
keeps the column, so that a bulk write or raw SQL cannot leave it behind; nothing else
writes it.
"""

import pgtrigger
from django.db import models

DAY_OF_THE_MOVE = """SELECT (NEW.status_since AT TIME ZONE zone)::date INTO today
                FROM offices_office WHERE id = NEW.office_id;"""

MOVED_BEGINNING = """
                    IF NEW.{since} <> OLD.{since} AND NOT isempty(known) THEN
                        known := known + datemultirange(
                            daterange(LEAST(NEW.{since}, lower(known)), lower(known))
                        ) - datemultirange(daterange(NULL, NEW.{since}));
                    END IF;"""


class DaysField(models.Field):
    """Any number of stretches of days. `…__include=day` asks for one of them."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"editable": False, "null": True}  # the trigger fills it
        super().__init__(*args, **kwargs)

    def db_type(self, connection):
        return "datemultirange"


@DaysField.register_lookup
class Include(models.Lookup):
    lookup_name = "include"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_sql(self, compiler, connection):
        days, params = self.process_lhs(compiler, connection)
        day, more = self.process_rhs(compiler, connection)
        return f"{days} @> {day}::date", (*params, *more)


def kept(
    column: str, *, at: str, since: str = "", until: str = ""
) -> pgtrigger.Trigger:
    """Keep in `column` the days on which the row's status was `at`.

    They begin and end on the day the row is moved, or on the day that a paper says:
    the columns `since` (of the first time) and `until`. A `since` put right moves the
    first of the days with it.
    """
    first = f"NEW.{since}" if since else "NULL"
    last = f"NEW.{until}" if until else "NULL"
    moved = MOVED_BEGINNING.format(since=since) if since else ""
    columns = ["status", column, since] if since else ["status", column]
    return pgtrigger.Trigger(
        name=column,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*columns),
        when=pgtrigger.Before,
        declare=[("known", "datemultirange"), ("today", "date")],
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                known := OLD.{column};
                IF NEW.status = OLD.status THEN{moved}
                    NEW.{column} := known;
                    RETURN NEW;
                END IF;
            END IF;
            known := COALESCE(known, '{{}}');
            {DAY_OF_THE_MOVE}
            IF NEW.status = '{at}' THEN
                IF isempty(known) THEN
                    today := COALESCE({first}, today);
                END IF;
                NEW.{column} := known + datemultirange(daterange(today, NULL));
            ELSE
                today := COALESCE({last}, today);
                NEW.{column} := known - datemultirange(daterange(today, NULL));
            END IF;
            RETURN NEW;
        """,
    )
