"""What a device refuses is what the fields refuse, and in their words."""

import json

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static

from pokmas.forms.base import UserForm
from pokmas.forms.fields import (
    DateField,
    DateTimeField,
    IntegerField,
    RupiahField,
    TimeField,
)
from pokmas.forms.limits import limits_of, reading
from pokmas.records.lines import LineFormField

NUMBERS = (
    "0",
    "12",
    " 1.234 ",
    "1.23",
    "-4",
    "−4",
    "2,5",
    "abc",
    "12 orang",
    "100.000",
    "100.001",
    "1.250,50",
    "Rp 1.250.000,-",
    "1,250",
    "१२",
)
DATES = (
    "25-05-2026",
    "25/5/2026",
    "25 Mei 2026",
    "Senin, 25 Mei 2026",
    "2026-05-25",
    "25‑05‑2026",
    "29 Feb 2028",
    "29 Feb 2026",
    "31 Juni 2026",
    "05/25/2026",
    "25-05-26",
    "25 Mee 2026",
    "01-01-1899",
    "besok",
)
TIMES = (
    "14.30",
    "14:30",
    "1430",
    "9",
    "pukul 9.05",
    "09.00 WIB",
    "23.59",
    "24.00",
    "25.99",
    "12.60",
    "143",
    "siang",
)


class Form(UserForm, forms.Form):
    count = IntegerField(min_value=0, max_value=100_000)
    cost = RupiahField()
    day = DateField()
    hour = TimeField()
    title = LineFormField(max_length=5)
    begins = DateTimeField()


TYPED = [
    *(("count", text) for text in NUMBERS),
    *(("cost", text) for text in NUMBERS),
    *(("day", text) for text in DATES),
    *(("hour", text) for text in TIMES),
    *(("title", text) for text in ("lima!", "enam!!", "")),
]


def refused(field, text) -> bool:
    try:
        field.clean(text)
    except ValidationError:
        return True
    return False


@pytest.mark.browser
def test_a_device_refuses_what_the_fields_refuse(page, live_server):
    form = Form()
    limits = {"reading": reading(), "fields": limits_of(form)}
    page.goto(f"{live_server.url}/sw.js")
    page.set_content(f"<form>{form.as_p()}</form>")
    page.add_script_tag(url=static("js/limits.js"))

    told = page.evaluate(
        """([limits, typed]) => {
          const form = document.querySelector("form");
          const known = window.pokmasLimits(JSON.parse(limits));
          return typed.map(([name, text]) => {
            form.elements[name].value = text;
            return known.faults(form, [name]).length > 0;
          });
        }""",
        [json.dumps(limits), TYPED],
    )

    ours = [refused(form.fields[name], text) for name, text in TYPED]
    assert list(zip(TYPED, told, strict=True)) == list(zip(TYPED, ours, strict=True))


def test_limits_are_said_in_the_words_of_the_field():
    known = limits_of(Form())

    [[name, count]] = known["count"]["inputs"]
    assert name == "count"
    assert count["least"] == [0, "Isi dengan 0 atau lebih."]
    assert count["most"] == [100_000, "Isi paling banyak 100.000."]
    assert count["unread"] == "“{text}” bukan angka yang dikenali. Contoh: 1.234."
    assert "tanpa sen" in known["cost"]["inputs"][0][1]["whole"]
    assert known["title"]["inputs"][0][1]["longest"] == [
        5,
        "Paling banyak 5 karakter.",
    ]
    assert known["begins"]["required"] == "Isi tanggal dan jamnya."
    assert [name for name, _limits in known["begins"]["inputs"]] == [
        "begins_0",
        "begins_1",
    ]
