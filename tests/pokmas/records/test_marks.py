import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from pokmas.records.models import Mark

pytestmark = pytest.mark.django_db


def test_what_was_put_is_found_until_it_is_over(stopped_clock):
    cache.set("tries", [1.5, 1.0], 60)
    before = cache.get("tries")
    stopped_clock.shift(timedelta(seconds=60))

    assert (before, cache.get("tries"), cache.get("other", 7)) == ([1.5, 1.0], None, 7)


def test_a_mark_is_made_once_until_it_is_over(stopped_clock):
    made = [cache.add("code", 1, 60), cache.add("code", 1, 60)]
    stopped_clock.shift(timedelta(seconds=60))

    assert [*made, cache.add("code", 1, 60)] == [True, False, True]


def test_a_mark_is_counted_kept_longer_and_taken_away(stopped_clock):
    cache.set("n", 1, 60)
    counted = cache.incr("n", 2)
    longer = cache.touch("n", 120)
    stopped_clock.shift(timedelta(seconds=90))

    assert (counted, longer, cache.get("n")) == (3, True, 3)
    assert (cache.delete("n"), cache.delete("n"), cache.touch("n")) == (
        True,
        False,
        False,
    )


def test_what_is_not_there_is_not_counted():
    with pytest.raises(ValueError, match="not found"):
        cache.incr("n")


def test_what_has_no_end_stays(stopped_clock):
    cache.set("n", 1, None)
    stopped_clock.shift(timedelta(days=400))

    assert cache.get("n") == 1


def test_a_key_of_any_length_and_signs_is_taken_and_not_stored():
    key = "kode-rahasia\x00\ud800" + "x" * 500

    cache.set(key, "y")

    assert cache.get(key) == "y"
    assert "rahasia" not in Mark.objects.get().key


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_makes_the_mark_and_every_count_counts():
    cache.set("n", 0)
    made = []

    def visit():
        made.append(cache.add("once", 1))
        cache.incr("n")
        connection.close()

    threads = [threading.Thread(target=visit) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (made.count(True), cache.get("n")) == (1, 8)
