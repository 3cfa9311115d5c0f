"""Text of one line is one line, wherever it is typed or read from."""

from importlib import import_module

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from pokmas.accounts.roles import Role
from pokmas.records.lines import one_line
from tests.factories import ActivityFactory, UserFactory, person
from tests.house import rooms
from tests.house.test_imports import modules

SIGNS = "\r\n\t\x00\x0b\x1b\x85\u2028\u2029\u061c\u200b\u200e\u202e\u2066\ufeff"

# Compared and forgotten; taken out of the form before it is shown.
NOT_KEPT = {"code", "username"}


def house_forms():
    for name in modules():
        if name.rpartition(".")[2] in ("forms", "entrance", "base", "filters"):
            import_module(name)
    found, left = set(), [forms.BaseForm]
    while left:
        form = left.pop()
        left += form.__subclasses__()
        if form.__module__.partition(".")[0] in rooms.ROOMS:
            found.add(form)
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__qualname__}")


def one_line_fields():
    for form in house_forms():
        for name, field in form.base_fields.items():
            if (
                isinstance(field, forms.CharField)
                and name not in NOT_KEPT
                and not isinstance(field.widget, forms.Textarea | forms.PasswordInput)
                and not isinstance(field, forms.UUIDField)
            ):
                yield pytest.param(field, id=f"{form.__qualname__}.{name}")


@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_is_a_blank_or_nothing(sign):
    said = one_line(f" Bapas {sign}{sign} Kupang{sign}")

    assert said == "Bapas Kupang"


def test_letters_of_any_language_stay():
    text = "مركز 山田 Ñusa – “Tenggara” ✓"

    assert one_line(text) == text


def test_every_column_of_one_line_keeps_one_line():
    others = {
        f"{model._meta.label}.{field.name}"
        for model in rooms.models()
        for field in model._meta.local_fields
        if type(field) is models.CharField and not field.choices
    }

    assert others == {"accounts.User.password"}


@pytest.mark.parametrize("field", list(one_line_fields()))
def test_no_form_takes_a_second_line(field):
    try:
        said = field.clean(f"12{SIGNS}3".replace("\0", ""))
    except ValidationError:
        return

    assert said == one_line(said)


@pytest.mark.django_db
def test_a_profile_is_stored_with_a_name_of_one_line(sign_in):
    user = person(Role.VOLUNTEER)

    sign_in(user).post(
        "/people/me/edit/",
        {"full_name": "Ani\r\nBcc: x@y.test\u2028\u202eRini", "phone": ""},
    )

    user.refresh_from_db()
    assert user.full_name == "Ani Bcc: x@y.test Rini"


@pytest.mark.django_db
def test_what_is_written_past_the_forms_is_one_line_too():
    activity = ActivityFactory(title="Sapu\r\nbersih")
    said = activity.title
    type(activity).objects.filter(pk=activity.pk).update(title="Kerja\u2028bakti")
    UserFactory._meta.model.objects.bulk_create(
        [UserFactory.build(full_name="Budi\x85Santoso", email="b@contoh.test")]
    )

    activity.refresh_from_db()
    assert (said, activity.title) == ("Sapu bersih", "Kerja bakti")
    assert UserFactory._meta.model.objects.get(email="b@contoh.test").full_name == (
        "Budi Santoso"
    )
