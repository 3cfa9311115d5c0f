import base64
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from pokmas.accounts import sealed
from pokmas.server.checks import keys_can_be_read
from tests.factories import UserFactory

OLD = "lama:" + base64.b64encode(b"a" * 32).decode()
NEW = "baru:" + base64.b64encode(b"b" * 32).decode()
SECRET = "JBSWY3DPEHPK3PXP"


def test_what_is_sealed_opens_again_and_is_never_the_same(settings):
    settings.DATA_KEYS = [OLD]

    first, second = sealed.seal(SECRET), sealed.seal(SECRET)

    assert sealed.unseal(first) == sealed.unseal(second) == SECRET
    assert first != second
    assert SECRET not in first


def test_the_first_key_seals_and_every_key_opens(settings):
    settings.DATA_KEYS = [OLD]
    token = sealed.seal(SECRET)

    settings.DATA_KEYS = [NEW, OLD]

    assert sealed.unseal(token) == SECRET
    assert not sealed.is_current(token)
    assert sealed.seal(SECRET).startswith("baru:")


@pytest.mark.parametrize("harm", ["key", "byte", "name", "garbage"])
def test_what_was_altered_or_lost_its_key_does_not_open(settings, harm):
    settings.DATA_KEYS = [NEW, OLD]
    name, encoded = sealed.seal(SECRET).split(":")
    raw = bytearray(base64.b64decode(encoded))
    raw[20] ^= 1
    token = {
        "key": f"hilang:{encoded}",
        "byte": f"{name}:{base64.b64encode(raw).decode()}",
        "name": f"lama:{encoded}",
        "garbage": "bukan segel",
    }[harm]

    with pytest.raises(sealed.CannotOpen):
        sealed.unseal(token)


@pytest.mark.parametrize(
    "keys", [["tanpa-kunci"], ["k1:pendek"], [OLD, OLD], [":" + OLD]]
)
def test_keys_that_cannot_be_read_are_named_at_start(settings, keys):
    settings.DATA_KEYS = keys

    with pytest.raises(ImproperlyConfigured, match="POKMAS_DATA_KEYS"):
        sealed.seal(SECRET)
    assert [error.id for error in keys_can_be_read(None)] == ["pokmas.E005"]


@pytest.mark.django_db
def test_secrets_of_a_second_factor_are_sealed_in_the_database():
    one = UserFactory()
    TOTP.activate(one, SECRET)
    seed = sealed.unseal(RecoveryCodes.activate(one).instance.data["seed"])

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in stored
    assert seed not in stored


@pytest.mark.django_db
def test_keys_are_rotated_while_codes_go_on_working(settings):
    settings.DATA_KEYS = [OLD]
    one = UserFactory()
    TOTP.activate(one, SECRET)
    codes = RecoveryCodes.activate(one).generate_codes()

    settings.DATA_KEYS = [NEW, OLD]
    call_command("rotate_keys", stdout=(said := StringIO()))
    settings.DATA_KEYS = [NEW]

    assert said.getvalue() == "2 rahasia disegel ulang dengan kunci terbaru.\n"
    totp, recovery = Authenticator.objects.order_by("pk")
    assert sealed.unseal(totp.data["secret"]) == SECRET
    assert recovery.wrap().generate_codes() == codes
    call_command("rotate_keys", stdout=(said := StringIO()))
    assert said.getvalue().startswith("0 ")
