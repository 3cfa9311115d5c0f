"""A year of guidance planned in one form, moved, called off and brought back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.models import Activity
from pokmas.accounts.roles import Role
from tests.factories import ActivityTypeFactory, PartnerFactory, UnitFactory, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_a_series_is_planned_changed_called_off_and_brought_back(visit):
    unit = UnitFactory()
    operator = person(Role.UNIT_OPERATOR, unit)
    partner = PartnerFactory(office=unit, status="active", name="Yayasan Umpama")
    kind = ActivityTypeFactory()
    day = f"{timezone.localdate() + timedelta(days=7):%d-%m-%Y}"

    officer = visit(operator).open(reverse("outreach:create"))
    officer.choose(type=str(kind.pk)).fill(
        title="Bimbingan mingguan",
        starts_at_0=day,
        starts_at_1="09.00",
        ends_at_0=day,
        ends_at_1="11.00",
        place="Aula Bapas",
    )
    officer.press("Ulangi sebagai rangkaian").tick("partners", partner.pk)
    officer.tick("rhythm", "weekly").fill(times="48")
    officer.press("Lihat tanggalnya").sees("48 tanggal").fits()
    officer.page.locator("main input[name='day']").nth(1).uncheck()
    officer.press("Rencanakan yang dicentang").sees("47 kegiatan direncanakan.").fits()
    assert Activity.objects.count() == 47

    officer.follow("Sesi berikutnya").sees("Sesi 2 dari 47")
    officer.unfold("Tindakan lain").follow("Ubah rencana")
    officer.fill(place="Balai Desa").tick("reach", "following").press("Simpan").fits()
    officer.sees("Perubahan tersimpan untuk 46 sesi.")
    assert Activity.objects.filter(place="Balai Desa").count() == 46

    officer.unfold("Tindakan lain").follow("Batalkan")
    officer.tick("reach", "this").fill(reason="Hari libur").press("Batalkan kegiatan")
    officer.sees("Kegiatan dibatalkan.")
    officer.unfold("Tindakan lain").confirm("Kembalikan ke rencana")
    officer.sees("Kegiatan kembali direncanakan.")
    assert Activity.objects.filter(status="planned").count() == 47
