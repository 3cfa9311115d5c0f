"""A pasted text on its way into the forms, and the text of what was verified."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.models import Activity
from pokmas.accounts.roles import Role
from tests.factories import ActivityFactory, PartnershipFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def writer(sign_in, unit):
    return sign_in(person(Role.UNIT_OPERATOR, unit))


@pytest.fixture
def held_at():
    return timezone.now() - timedelta(days=2)


@pytest.fixture
def text(held_at):
    return f"""*Izin melaporkan* 🙏
Kegiatan : Penyuluhan hukum
Tanggal : {held_at:%d-%m-%Y}
Waktu : 09.00 - 11.00
📍 Tempat : Balai Uji Makmur
Mitra : LBH Cendana Uji
Peserta : 30 orang
Klien dewasa : 12 orang (L 10, P 2)
Petugas : 3 orang
Hasil : Klien memahami haknya."""


def pasted(writer, text, query=""):
    answer = writer.post(f"{reverse('outreach:paste')}{query}", {"text": text})
    assert answer.status_code == 302
    return answer["location"]


def named(activity):
    return ["outreach.activity", activity.pk, "report"]


def test_a_text_begins_a_new_activity_and_then_its_report(writer, unit, text):
    partner = PartnershipFactory(
        office=unit, status="active", name="LBH Cendana Uji"
    ).partner
    placed = pasted(writer, text)
    page = writer.get(placed).text
    assert "Penyuluhan hukum" in page
    assert "30 orang" in page  # asked, not guessed

    form = writer.get(placed.replace("paste/placed/", "create/")).context["form"]

    assert form["title"].value() == "Penyuluhan hukum"
    assert form["place"].value() == "Balai Uji Makmur"
    assert form["partners"].value() == [partner.pk]
    assert "Dari teks" in form["title"].help_text


def test_the_activity_of_that_day_is_offered_and_filled(writer, unit, text, held_at):
    activity = ActivityFactory(
        office=unit, title="Penyuluhan hukum klien", starts_at=held_at
    )
    ActivityFactory(title="Penyuluhan hukum lain", starts_at=held_at)
    placed = pasted(writer, text)
    report = reverse("outreach:report", args=[activity.pk])
    page = writer.get(placed).text
    assert report in page
    assert "Penyuluhan hukum lain" not in page  # another office's

    form = writer.get(f"{report}?{placed.partition('?')[2]}").context["form"]

    assert form["output"].value() == "Klien memahami haknya."
    assert form["officers"].value() == 3
    assert form["count_adult_client_male"].value() == 10
    assert form["count_adult_client_female"].value() == 2
    assert form["count_public_male"].value() is None


def test_what_was_kept_before_is_not_overwritten(writer, unit, text, held_at):
    activity = ActivityFactory(
        office=unit,
        starts_at=held_at,
        output="Sudah ditulis.",
        counts={("adult_client", "male"): 4},
    )
    location = pasted(writer, text, f"?activity={activity.pk}")

    form = writer.get(location).context["form"]

    assert form["output"].value() == "Sudah ditulis."
    assert form["count_adult_client_male"].value() == 4


def test_a_text_of_another_session_is_gone(writer, sign_in, text):
    location = pasted(writer, text)

    answer = sign_in(person(Role.UNIT_OPERATOR)).get(location, follow=True)

    assert answer.redirect_chain[0][0] == reverse("outreach:paste")
    assert "Penyuluhan hukum" not in answer.text


@pytest.mark.parametrize("text", ["", " ", "x" * 6001, "\0", "halo <script>alert(1)"])
def test_whatever_is_pasted_is_answered(writer, text):
    answer = writer.post(reverse("outreach:paste"), {"text": text}, follow=True)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_verified_activity_gives_its_text_without_names(sign_in, unit):
    activity = ActivityFactory(
        office=unit,
        status="verified",
        starts_at=datetime(2026, 9, 14, 2, tzinfo=UTC),
        counts={("adult_client", "male"): 10, ("adult_client", "female"): 2},
    )
    client = sign_in(person(Role.UNIT_HEAD, unit))
    page = reverse("notices:whatsapp", args=named(activity))
    assert page in client.get(activity.get_absolute_url()).text

    shown = client.get(page).text
    opened = client.get(reverse("notices:open_whatsapp", args=named(activity)))

    assert "Izin melaporkan" in shown
    assert "Klien dewasa 12 (L 10, P 2)" in shown
    assert opened["location"].startswith("https://wa.me/?text=Izin%20melaporkan")


def test_what_is_not_verified_gives_none(sign_in, unit):
    activity = ActivityFactory(office=unit, status="reported")
    client = sign_in(person(Role.UNIT_HEAD, unit))
    page = reverse("notices:whatsapp", args=named(activity))

    assert client.get(page).status_code == 403
    assert page not in client.get(activity.get_absolute_url()).text
    assert Activity.objects.get().status == "reported"
