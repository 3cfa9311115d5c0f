from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pokmas.accounts import invitations
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from tests.factories import HeadquartersFactory

pytestmark = pytest.mark.django_db


def test_the_first_administrator_is_invited_from_the_command_line():
    HeadquartersFactory()

    call_command(
        "invite_headquarters", "Pusat@contoh.test", "Ratna", stdout=(said := StringIO())
    )

    ratna = User.objects.get()
    token = said.getvalue().strip().rstrip("/").rsplit("/", 1)[1]
    assert ratna.acting.role == Role.HEADQUARTERS
    assert invitations.user_of(token) == ratna


def test_the_same_administrator_is_not_invited_twice():
    HeadquartersFactory()
    call_command("invite_headquarters", "a@contoh.test", "Ratna", stdout=StringIO())

    with pytest.raises(CommandError, match="sudah memegang"):
        call_command("invite_headquarters", "a@contoh.test", "Ratna")


def test_without_offices_there_is_no_administrator():
    with pytest.raises(CommandError, match="daftar kantor"):
        call_command("invite_headquarters", "a@contoh.test", "Ratna")
