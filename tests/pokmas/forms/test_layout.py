"""Fields that belong together share a row, and none is lost."""

from django import forms

from pokmas.forms.base import StepForm


class TwoRows(StepForm):
    LAYOUT = [
        ("Kapan", (("starts_on", "ends_on"),)),
        ("Berkas", ("paper", "gone")),
        ("Kosong", ("absent",)),
    ]

    note = forms.CharField()
    ends_on = forms.CharField()
    starts_on = forms.CharField()
    paper = forms.FileField()


def layout(form):
    return [
        (heading, [[bound.name for bound in row] for row in rows])
        for heading, rows in form.parts
    ]


def test_what_the_layout_names_comes_first_and_the_others_follow():
    assert layout(TwoRows()) == [
        ("Kapan", [["starts_on", "ends_on"]]),
        ("Berkas", [["paper"]]),
        ("", [["note"]]),
    ]


def test_without_a_layout_the_fields_stand_one_below_the_other():
    class Plain(StepForm):
        first = forms.CharField()
        second = forms.CharField()

    assert layout(Plain()) == [("", [["first"], ["second"]])]


def test_each_field_is_drawn_once():
    html = str(TwoRows())

    names = ("starts_on", "ends_on", "paper", "note")
    assert [html.count(f'name="{name}"') for name in names] == [1, 1, 1, 1]
    assert html.count('<div class="abreast">') == 1
