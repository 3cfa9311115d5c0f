"""Somebody becomes a Sahabat in a real browser: on a phone, in two sittings."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from partners.models import Volunteer
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from tests.factories import (
    PASSWORD,
    ActivityFactory,
    FieldFactory,
    SkillFactory,
    UnitFactory,
    person,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, ADDRESS = "Agustina Umpama", "agustina@contoh.test"
NIK = "5371015505900001"


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_from_the_front_page_to_an_own_page(visit):
    unit = UnitFactory()
    unit.working_area.add(unit.regency)
    unit.region.provinces.add(unit.regency.province)
    operator = person(Role.UNIT_OPERATOR, unit)
    soon = timezone.now() + timedelta(days=1)
    ActivityFactory(office=unit, status="planned", title="Kerja bakti", starts_at=soon)

    begin(visit(), unit)
    volunteer = go_on(visit())
    accept(visit(operator), volunteer)
    read(visit())


def begin(newcomer, unit):
    """As far as the first screen; then the phone is put away."""
    newcomer.open("/").follow("Menjadi Sahabat").fits().follow("Mulai mendaftar")
    newcomer.sign_up(NAME, ADDRESS, PASSWORD)
    newcomer.choose(province=unit.regency.province_id).choose(regency=unit.regency_id)
    newcomer.tick("office", unit.pk).tick("sex", "female").tick("is_adult")
    newcomer.fill(name=NAME, birth_year="1990").fits()
    newcomer.press("Simpan dan lanjut").sees("Kontak, keahlian, dan waktu")


def go_on(newcomer) -> Volunteer:
    """On another device he signs in and finds what he left."""
    sign_in(newcomer).sees("Lengkapi isian, lalu ajukan")
    newcomer.follow("Buka halaman saya").follow("Periksa dan ajukan")
    newcomer.sees("Belum dapat diajukan").fits().follow("Nomor telepon")
    newcomer.fill(phone="0812 3456 7890", occupation="Guru", nik=NIK)
    newcomer.tick("skills", SkillFactory().pk).tick("interests", FieldFactory().pk)
    newcomer.tick("availability", 61).fits().press("Simpan dan lanjut")
    newcomer.sees("menghormati martabat").fits()
    newcomer.tick("promises").tick("consents").press("Ajukan pendaftaran")
    volunteer = Volunteer.objects.get()
    newcomer.sees(volunteer.reference).fits()
    return volunteer


def accept(operator, volunteer):
    operator.open("/").follow(volunteer.name).follow("Putuskan")
    operator.sees("••••••••••••0001")
    operator.tick("verdict", "active").press("Simpan keputusan").sees("Aktif")


def read(member):
    """Accepted, he sees where he stands and what his unit has planned."""
    sign_in(member).sees("Kerja bakti").fits()
    member.follow("Buka halaman saya").sees("Pendekatan awal").fits()
    member.sees("Janji Sahabat Pemasyarakatan")
    user = User.objects.get(email=ADDRESS)
    volunteer = user.volunteers.get()
    assert (volunteer.status, volunteer.name) == ("active", NAME)


def sign_in(visitor):
    visitor.open("/").follow("Masuk").fill(login=ADDRESS, password=PASSWORD)
    return visitor.press(re.compile("^Masuk$"))
