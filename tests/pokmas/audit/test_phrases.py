import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from pokmas.audit.phrases import is_named, phrase
from pokmas.records.lifecycle import Lifecycle


def actions_in_the_code():
    """The literal actions given to Entry.record, wherever that is."""
    for app in ("pokmas", "partners", "agreements", "outreach", "reports"):
        for file in Path(settings.BASE_DIR, app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "record"
                    and getattr(node.func.value, "id", "") == "Entry"
                    and len(node.args) > 1
                    and isinstance(node.args[1], ast.Constant)
                ):
                    yield node.args[1].value


def test_every_action_in_the_code_can_be_read_by_people():
    actions = set(actions_in_the_code())

    assert sorted(action for action in actions if not is_named(action)) == []
    assert len(actions) > 10


def test_every_status_a_record_can_move_to_can_be_read_by_people():
    moves = [
        f"{model._meta.model_name}.{status}"
        for model in apps.get_models()
        if issubclass(model, Lifecycle)
        for targets in model.TRANSITIONS.values()
        for status in targets
    ]

    assert [move for move in moves if not is_named(move)] == []


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("office.viewed", "melihat data terlindung kantor"),
        ("office.exported", "mengekspor daftar kantor"),
        ("access.denied", "ditolak membuka halaman"),
        ("job.retried", "mengulang pekerjaan"),
        ("job.stopped", "membatalkan pekerjaan"),
    ],
)
def test_general_words_do_for_what_no_app_names(action, words):
    assert phrase(action) == words


def test_what_nobody_knows_stays_as_it_is():
    assert (phrase("thing.frobbed"), is_named("thing.frobbed")) == (
        "thing.frobbed",
        False,
    )
