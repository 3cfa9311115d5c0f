"""Keys are rotated while numbers come, are read, change and go."""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from partners.models import Nik, Volunteer
from partners.nik import services as numbers
from partners.volunteers import services
from pokmas.accounts import sealed
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from tests.factories import UnitFactory, VolunteerFactory, person, volunteer_of

pytestmark = pytest.mark.django_db(transaction=True)
OLD = "lama:" + base64.b64encode(b"a" * 32).decode()
NEW = "baru:" + base64.b64encode(b"b" * 32).decode()
EACH, ROUNDS = 12, 6


def number(place: int) -> str:
    return f"537101550590{place:04}"


def side_by_side(*acts) -> list:
    """All at once, each with a connection of its own; what each gives."""

    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


def test_nothing_is_lost_of_what_comes_changes_and_is_read_meanwhile(settings):
    settings.DATA_KEYS = [OLD]
    unit = UnitFactory()
    operator = person(Role.UNIT_OPERATOR, unit)
    kept = {
        VolunteerFactory(
            office=unit, status="submitted", nik=numbers.keep(number(place))
        ).pk: number(place)
        for place in range(EACH)
    }
    applicants = [volunteer_of(unit, status="draft") for _ in range(EACH)]
    changing = [
        volunteer_of(unit, status="draft", nik=numbers.keep(number(200 + place)))
        for place in range(EACH)
    ]
    # What a process still writes that does not know of the new key.
    late = [
        (sealed.seal(number(300 + place)), sealed.digests(number(300 + place))[0])
        for place in range(EACH)
    ]
    settings.DATA_KEYS = [NEW, OLD]

    def register():
        for place, user in enumerate(applicants):
            give(user, number(100 + place))

    def change():
        for place, user in enumerate(changing):
            give(user, number(400 + place))

    def give(user, nik):
        volunteer = Volunteer.objects.get(user=user)
        services.edit(
            volunteer, revision=volunteer.revision, changed=["nik"], nik=nik, by=user
        )

    def write_late():
        for token, digest in late:
            Nik.objects.create(token=token, digest=digest, ending="0300")

    def read():
        by = User.objects.get(pk=operator.pk)
        by.acting = operator.acting
        seen = {}
        for _round in range(ROUNDS):
            for pk, nik in kept.items():
                volunteer = Volunteer.objects.get(pk=pk)
                seen[pk] = services.show_nik(volunteer, reason="Uji", by=by)
                [found], elsewhere = services.find_by_nik(nik, by=by)
                assert (found.pk, elsewhere) == (pk, 0)
        return seen

    def rotate():
        return sum(numbers.reseal() for _round in range(ROUNDS))

    *_others, seen, resealed = side_by_side(register, change, write_late, read, rotate)
    numbers.reseal()
    settings.DATA_KEYS = [NEW]

    read_anew = sorted(numbers.read(nik) for nik in Nik.objects.all())
    assert seen == kept
    assert resealed >= EACH
    assert read_anew == sorted(
        number(start + place) for start in (0, 100, 300, 400) for place in range(EACH)
    )
    assert {Nik.objects.of(each).count() for each in read_anew} == {1}
