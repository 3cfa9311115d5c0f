"""The Pasal about the work plan follows whether there is one.

Of a clause that headquarters wrote anew nothing is changed.
"""

from django.db import migrations

from agreements.texts.first import ARTICLE, CLAUSES, LAW, PKS, PLANNED, UNPLANNED


def _said(condition):
    return next(
        {"serves": serves, "part": part, "heading": heading, "text": text}
        for serves, part, holds, heading, text in CLAUSES
        if holds == condition
    )


def follow(apps, schema_editor):
    clause = apps.get_model("agreements", "Clause")
    before = _said(UNPLANNED)
    before = clause.objects.filter(**before, condition="always")
    place = before.values_list("order", flat=True).first()
    before.update(condition=UNPLANNED)
    planned = clause.objects.filter(condition=PLANNED)
    if not planned.update(is_active=True):
        clause.objects.create(
            **_said(PLANNED),
            condition=PLANNED,
            order=105 if place is None else place + 5,
            valid_from=LAW,
        )


def stay(apps, schema_editor):
    """The code from before knows no such condition; what was written is kept."""
    clause = apps.get_model("agreements", "Clause")
    rows = clause.objects.filter(serves=PKS, part=ARTICLE, condition=UNPLANNED)
    rows.update(condition="always")
    clause.objects.filter(condition=PLANNED).update(is_active=False)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0007_annexes")]

    operations = [migrations.RunPython(follow, stay)]
