"""Pages ask a record what it is; what its statuses mean stands with its model."""

import re

from django.apps import apps

from pokmas.records.lifecycle import Lifecycle

from .test_references import ROOT

TAG = re.compile(r"{%.*?%}")
QUOTED = re.compile(r"(?:==|!=|\bin)\s+[\"']([\w ]+)[\"']|[\"'](\w+)[\"'] (?:not )?in ")
OF_STATUS = re.compile(r"\b(?:status|next_statuses)\b")


def statuses_named_in(text: str) -> set[str]:
    return {
        tag for tag in TAG.findall(text) if OF_STATUS.search(tag) and QUOTED.search(tag)
    }


def test_a_status_that_a_tag_compares_with_is_found():
    text = '{% if a.status == "x" %}{% if "y" in a.next_statuses %}{% if a.status %}'

    assert statuses_named_in(text) == {
        '{% if a.status == "x" %}',
        '{% if "y" in a.next_statuses %}',
    }


def test_no_page_compares_a_status_with_a_word_of_its_own():
    found = {
        f"{path.relative_to(ROOT)}: {tag}"
        for path in (ROOT / "templates").rglob("*.html")
        for tag in statuses_named_in(path.read_text(encoding="utf-8"))
    }

    assert found == set()


def test_every_named_reason_is_of_a_status_that_exists():
    models = [m for m in apps.get_models() if issubclass(m, Lifecycle)]

    assert {m for m in models if m.REASONS} != set()
    assert [m for m in models if not set(m.REASONS) <= set(m.Status.values)] == []
