"""The table of whom an activity served."""

from outreach.activities.counted import table


def values(figures):
    return [figure.value for figure in figures]


def test_it_sums_categories_and_sexes():
    made = table(
        {("child", "male"): 3, ("child", "female"): 4, ("family", "female"): 1_000}
    )

    assert [(str(label), values(figures)) for label, figures in made.rows] == [
        ("Anak Binaan", ["3", "4", "7"]),
        ("Keluarga", ["0", "1.000", "1.000"]),
    ]
    assert values(made.sums) == ["3", "1.004", "1.007"]


def test_a_category_that_was_never_counted_is_left_out():
    assert table({("public", "male"): 0}).rows == []


def test_a_category_that_is_counted_no_more_is_still_named():
    made = table({("child", "male"): 2}, {("public", "male"): 5})

    assert [str(label) for label, _figures in made.rows] == [
        "Anak Binaan",
        "Masyarakat umum",
    ]
