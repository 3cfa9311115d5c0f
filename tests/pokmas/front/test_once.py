from django.template import engines
from django.utils import translation

from pokmas.front.once import MOST


def template(text):
    return engines["django"].from_string(f"{{% load pokmas %}}{text}")


def test_what_is_made_once_knows_nothing_of_the_page():
    page = template("{% once %}<b>{{ user }}</b>{% endonce %}{{ user }}")

    assert page.render({"user": "Siti"}) == "<b></b>Siti"


def test_it_is_made_for_each_language():
    page = template("{% once %}{% translate 'Bantuan' %}{% endonce %}")

    made = []
    for language in ("id", "en", "id"):
        with translation.override(language):
            made.append(page.render())

    assert made == ["Bantuan", "Help", "Bantuan"]


def test_it_is_made_anew_for_another_value_of_what_it_is_given():
    page = template("{% once word %}{{ word }}{% endonce %}")

    made = [page.render({"word": word}) for word in ("satu", "<dua>", "satu")]

    assert made == ["satu", "&lt;dua&gt;", "satu"]


def test_it_is_made_no_second_time_for_the_same():
    numbers = iter("12")
    page = template("{% once more %}{{ more.next }}{% endonce %}")
    more = type("More", (), {"next": lambda self: next(numbers)})()

    made = [page.render({"more": more}) for _time in range(2)]

    assert made == ["1", "1"]


def test_of_more_values_than_are_kept_each_is_still_its_own():
    page = template("{% once number %}{{ number }}{% endonce %}")

    made = [page.render({"number": number}) for number in range(MOST + 2)]

    assert made == [str(number) for number in range(MOST + 2)]
