import pytest

from pokmas.launch import kept
from pokmas.launch.place import Place


def test_the_databases_of_a_run_that_ended_are_taken_once(place):
    kept.leave(place, "2", 1)

    assert [kept.take(place, "2"), kept.take(place, "2")] == [True, False]


def test_other_processes_have_not_got_them(place):
    kept.leave(place, "2", 0)

    assert not kept.take(place, "0")


def test_a_run_that_was_broken_off_leaves_none(place):
    kept.leave(place, "2", 2)

    assert not kept.take(place, "2")


@pytest.mark.parametrize(
    "name",
    [
        "pokmas/jobs/migrations/0001_initial.py",
        "reports/migrations/0002.py",
        "partners/kinds/first.py",
    ],
)
def test_other_migrations_or_first_rows_ask_for_new_databases(tmp_path, name):
    source = tmp_path / name
    source.parent.mkdir(parents=True)
    source.write_text("first")
    place = Place(tmp_path, tmp_path / "data")
    place.prepare()
    kept.leave(place, "2", 0)

    source.write_text("other")

    assert not kept.take(place, "2")
