import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from outreach.models import Activity, Evidence, Outcome, Participant
from outreach.plans import services as plans
from outreach.presence import codes, services
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.notices.models import Notice
from tests.factories import (
    ActivityFactory,
    ParticipantFactory,
    PartnerFactory,
    RepresentativeFactory,
    person,
    series_of,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def held_today(office, **more):
    """Held now, for a whole day on either side of it."""
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    return ActivityFactory(office=office, **{**times, **more})


def past(office, **more):
    over = timezone.now() - timedelta(days=5)
    return ActivityFactory(office=office, starts_at=over, **more)


def outcome(effect):
    return Outcome.objects.filter(effect=effect).first()


def url(name, record):
    return reverse(f"outreach:{name}", args=[record.pk])


def page_of(activity):
    return f"{activity.get_absolute_url()}?tab=presence"


def code_of(participant):
    return codes.of_person(participant)


def test_people_of_three_kinds_are_registered_once(sign_in, operator):
    office = operator.acting.office
    partner = PartnerFactory(office=office)
    wakil = RepresentativeFactory(partner=partner).user
    activity = held_today(office, partners=[partner])
    sahabat = volunteer_of(office).volunteers.get()
    stranger = person(Role.UNIT_OPERATOR)
    data = {
        "officers": [operator.pk],
        "representatives": [wakil.pk],
        "volunteers": [sahabat.pk],
    }
    client = sign_in(operator)

    client.post(url("participants", activity), data)
    again = client.post(url("participants", activity), data)
    other = client.post(url("participants", activity), {"officers": [stranger.pk]})

    rows = activity.participants.values_list("kind", "affiliation")
    assert set(rows) == {
        ("officer", office.name),
        ("partner", partner.name),
        ("volunteer", office.name),
    }
    assert again.status_code == other.status_code == 200
    assert activity.participants.count() == 3


def test_people_are_registered_for_the_sessions_ahead_and_told_once(sign_in, operator):
    office = operator.acting.office
    partner = PartnerFactory(office=office)
    user = RepresentativeFactory(partner=partner).user
    ahead = timezone.now() + timedelta(days=7)
    rows = [
        ActivityFactory(
            office=office, starts_at=ahead + timedelta(weeks=week), partners=[partner]
        )
        for week in range(3)
    ]
    series_of(rows)
    rows[2].partners.clear()
    sahabat = volunteer_of(office).volunteers.get()
    client = sign_in(operator)
    Notice.objects.all().delete()

    asked = client.get(url("participants", rows[0])).text
    data = {"representatives": [user.pk], "volunteers": [sahabat.pk]}
    client.post(url("participants", rows[0]), data | {"reach": "all"})

    assert "Semua yang belum dilaksanakan (dengan ini 3 sesi)" in asked
    assert [row.participants.count() for row in rows] == [2, 2, 1]
    assert Notice.objects.filter(user=user).count() == 1


def test_a_volunteer_joins_and_shows_his_own_code(sign_in):
    user = volunteer_of()
    activity = held_today(user.acting.office)
    client = sign_in(user)

    client.post(url("join", activity))
    client.post(url("join", activity))

    assert activity.participants.get().volunteer.user == user
    assert "<svg" in client.get(url("code", activity)).text
    assert "<svg" in client.get(reverse("outreach:mine")).text
    page = client.get(page_of(activity)).text
    assert "Kode kehadiran saya" in page
    assert "Peserta terdaftar" not in page


def test_who_is_of_another_unit_does_not_join():
    stranger = volunteer_of()
    with pytest.raises(ValidationError, match="Sahabat unit ini"):
        services.join(held_today(person(Role.UNIT_HEAD).acting.office), by=stranger)


def test_a_code_is_scanned_once_and_says_when(sign_in, operator):
    participant = ParticipantFactory(activity=held_today(operator.acting.office))
    client = sign_in(operator)
    address = url("scan", participant.activity)

    first = client.post(address, {"code": code_of(participant)})
    again = client.post(address, {"code": code_of(participant).rpartition("=")[2]})

    participant.refresh_from_db()
    assert "hadir, tercatat" in first.text
    assert "sudah tercatat" in again.text
    assert participant.scanned_at
    assert participant.outcome.effect == "came"
    repeated = client.post(address, {"code": code_of(participant)})
    clock = timezone.localtime(participant.scanned_at, participant.activity.zone)
    assert f"sudah tercatat {clock:%H.%M}" in repeated.text
    assert participant.activity.participants.scanned().count() == 1


def test_other_codes_are_refused_in_words(sign_in, operator):
    office = operator.acting.office
    activity = held_today(office)
    here = ParticipantFactory(activity=activity)
    tomorrow = timezone.now() + timedelta(days=2)
    early = ParticipantFactory(
        activity=ActivityFactory(office=office, starts_at=tomorrow)
    )
    client = sign_in(operator)

    def answer(code, record=activity):
        return client.post(url("scan", record), {"code": code}).text

    assert "untuk kegiatan lain" in answer(code_of(early))
    assert "Kode ini berlaku pada" in answer(code_of(early), early.activity)
    assert "Ini kode lembar" in answer(codes.of_sheet(activity))
    assert "tidak dikenal" in answer(code_of(here)[:-1])
    assert "tidak dikenal" in answer("http://[x?c=1")
    assert not Participant.objects.scanned().exists()


def test_the_link_of_a_code_notes_only_for_who_may(sign_in, operator):
    user = volunteer_of(operator.acting.office)
    activity = held_today(operator.acting.office)
    mine = ParticipantFactory(activity=activity, volunteer=user.volunteers.get())
    sheet, link = codes.of_sheet(activity), code_of(mine)
    stranger, foreign = sign_in(volunteer_of()), sign_in(person(Role.UNIT_OPERATOR))
    assert "belum terdaftar" in stranger.get(sheet).text
    assert "milik orang lain" in stranger.get(link).text
    assert "milik orang lain" in foreign.get(link).text

    himself = sign_in(user)
    assert "kode Anda sendiri" in himself.get(link).text
    assert not Participant.objects.scanned().exists()

    assert "Catat hadir" in himself.get(sheet).text
    assert not Participant.objects.scanned().exists()  # looking notes nothing
    himself.post(reverse("outreach:present"), {"c": sheet})
    assert Participant.objects.scanned().get() == mine

    again = himself.get(sheet).text
    assert "Sudah tercatat hadir" in again
    assert "Catat hadir" not in again
    seen = sign_in(operator).post(reverse("outreach:present"), {"c": link}, follow=True)
    assert "sudah tercatat" in seen.text


def test_names_are_ticked_with_one_answer_and_exceptions(sign_in, operator):
    activity = held_today(operator.acting.office)
    rows = [ParticipantFactory(activity=activity) for _place in range(4)]
    late = ParticipantFactory(activity=activity)
    absent = outcome("absent")
    data = {
        "rest": outcome("came").pk,
        f"row_{rows[3].pk}": absent.pk,
        "seen": [row.pk for row in rows],
    }

    sign_in(operator).post(url("attendance", activity), data)

    assert activity.participants.came().count() == 3
    assert activity.participants.get(outcome=absent) == rows[3]
    late.refresh_from_db()
    assert late.outcome is None  # not on the page that was sent


def test_what_somebody_else_noted_meanwhile_is_not_written_over(sign_in, operator):
    activity = held_today(operator.acting.office)
    first, second = [ParticipantFactory(activity=activity) for _place in range(2)]
    came, absent = outcome("came"), outcome("absent")
    first.outcome = second.outcome = came  # since the page below was opened
    Participant.objects.bulk_update([first, second], ["outcome"])
    data = {"rest": absent.pk, "seen": [first.pk, second.pk], "had": ["", came.pk]}
    client = sign_in(operator)

    response = client.post(url("attendance", activity), data)

    assert f"Kehadiran {first} sudah dicatat orang lain" in response.text
    assert activity.participants.came().count() == 2
    assert f'name="had" value="{came.pk}"' in response.text

    client.post(url("attendance", activity), data | {"had": [came.pk, came.pk]})
    assert activity.participants.came().count() == 0


def test_an_answer_that_was_not_touched_is_not_sent(sign_in, operator):
    activity = held_today(operator.acting.office)
    row = ParticipantFactory(activity=activity, outcome=outcome("absent"))
    came = outcome("came")  # what the page showed, before somebody mended it
    data = {f"row_{row.pk}": came.pk, "seen": [row.pk], "had": [came.pk]}

    sign_in(operator).post(url("attendance", activity), data)

    row.refresh_from_db()
    assert row.outcome == outcome("absent")


def test_nobody_comes_before_the_day_nor_leaves_once_noted(operator):
    later = ActivityFactory(
        office=operator.acting.office, starts_at=timezone.now() + timedelta(days=9)
    )
    row = ParticipantFactory(activity=later)
    with pytest.raises(ValidationError, match="baru dimulai"):
        services.mark(later, {row.pk: outcome("came")}, by=operator)

    noted = ParticipantFactory(
        activity=held_today(operator.acting.office), outcome=outcome("excused")
    )
    with pytest.raises(ValidationError, match="sudah dicatat"):
        services.unregister(noted, by=operator)
    services.unregister(row, by=operator)
    services.unregister(row, by=operator)
    assert list(Participant.objects.all()) == [noted]


def test_registered_scanned_and_counted_stand_apart(sign_in, operator):
    activity = held_today(
        operator.acting.office,
        status="reported",
        counts={("adult_client", "male"): 30},
    )
    ParticipantFactory(activity=activity, outcome=outcome("came"))
    ParticipantFactory(
        activity=activity, outcome=outcome("came"), scanned_at=timezone.now()
    )
    ParticipantFactory(activity=activity)

    given = sign_in(operator).get(page_of(activity)).context["given"]

    told = given["presence"]
    assert (told.registered, told.scanned, given["counted"]) == (3, 1, 30)
    assert told.outcomes == [(outcome("came").name, 2), ("Belum dicatat", 1)]


def test_of_a_plan_nobody_is_counted_yet(sign_in, operator):
    activity = held_today(operator.acting.office)

    page = sign_in(operator).get(f"{activity.get_absolute_url()}?tab=presence")

    assert "Terdaftar" in page.text
    assert "dihitung, tanpa nama" not in page.text


def test_twelve_sessions_get_their_outcome_on_one_page(sign_in, operator):
    office = operator.acting.office
    sessions = [past(office) for _place in range(12)]
    weather = Outcome.objects.get(name="Dibatalkan karena cuaca")
    data = {
        "rest": outcome("held").pk,
        f"row_{sessions[0].pk}": weather.pk,
        "seen": [row.pk for row in sessions],
    }
    client = sign_in(operator)

    client.post(reverse("outreach:outcomes"), data)
    again = client.post(reverse("outreach:outcomes"), data, follow=True)

    assert not Activity.objects.without_result().exists()
    sessions[0].refresh_from_db()
    sessions[1].refresh_from_db()
    assert (sessions[0].status, sessions[0].reason) == (Status.CANCELLED, weather.name)
    assert sessions[1].status == Status.PLANNED
    assert sessions[1].session_result.outcome == outcome("held")
    assert "12 sesi sudah punya hasil" in again.text


def test_what_another_reported_meanwhile_is_left(operator):
    office = operator.acting.office
    mine, reported = past(office), past(office, status="reported")

    number, refusals = services.note_outcomes(
        {reported: outcome("cancelled"), mine: outcome("held")}, by=operator
    )

    assert number == 1
    assert refusals == [f"{reported.title}: sudah dilaporkan atau dibatalkan."]


def test_overdue_sessions_are_listed_with_the_oldest(sign_in, operator):
    office = operator.acting.office
    partner = PartnerFactory(office=office)
    session = past(office, partners=[partner], place="Aula Uji")
    ActivityFactory(office=office, starts_at=timezone.now() + timedelta(days=3))
    past(office, status="reported")
    client = sign_in(operator)

    for way, name in (
        ("unit", office.name),
        ("place", "Aula Uji"),
        ("partner", partner.name),
    ):
        page = client.get(reverse("outreach:overdue"), {"tab": way})
        (group,) = page.context["groups"]
        assert (group.name, group.number, group.oldest) == (name, 1, session.held_on)
        listing = client.get(f"{reverse('outreach:index')}?{group.query}")
        assert session.title in listing.text
        assert "1</strong> hasil" in listing.text
    home = client.get(reverse("reports:home"))
    assert "1 sesi lewat belum ada hasilnya" in home.text


def test_the_sheets_are_printed(sign_in, operator, monkeypatch):
    seen = []

    def render(data, *, drawings, **_more):
        seen.append(json.dumps(data, default=str) + "".join(drawings.values()))
        return type("Rendered", (), {"content": b"%PDF-"})

    monkeypatch.setattr("pokmas.papers.printing.pdf.render", render)
    participant = ParticipantFactory(activity=held_today(operator.acting.office))
    client = sign_in(operator)

    a = client.get(url("sheet_a", participant.activity))
    client.get(url("sheet_b", participant.activity))

    assert a["Content-Type"] == "application/pdf"
    assert str(participant) in seen[0]
    assert "<svg" in seen[0]
    assert str(participant) not in seen[1]
    assert "Anak Binaan" in seen[1]


def report(client, activity, **changes):
    return client.post(
        url("report", activity),
        {
            "revision": str(activity.revision),
            "output": "Peserta memahami haknya.",
            "funding": "none",
            "declared": "on",
            **changes,
        },
    )


def test_sheet_a_is_evidence_and_sheet_b_is_refused_and_gone(sign_in, operator, photo):
    activity = past(operator.acting.office)
    client = sign_in(operator)

    unsaid = report(client, activity, attendance=[photo("satu.jpg")])
    assert set(unsaid.context["form"].errors) == {"sheet"}
    Document.objects.all().delete()

    refused = report(client, activity, attendance=[photo("dua.jpg")], sheet="b")
    assert "tidak memegang nama penerima manfaat" in refused.text
    assert not Document.objects.exists()
    assert "dua.jpg" not in refused.text

    report(
        client,
        activity,
        attendance=[photo("tiga.jpg")],
        sheet="a",
        list_kept_at="Lemari arsip bimbingan",
    )
    activity.refresh_from_db()
    assert activity.status == Status.REPORTED
    assert activity.evidence.get().kind == Evidence.Kind.ATTENDANCE
    assert activity.session_result.list_kept_at == "Lemari arsip bimbingan"


def test_the_list_of_outcomes_keeps_its_meaning():
    held = outcome("held")
    changed = Outcome.objects.get(pk=held.pk)
    changed.effect = "cancelled"
    with pytest.raises(ValidationError, match="berubah arti"):
        changed.refuse_change(held)
    with pytest.raises(ValidationError, match="harus tetap dipakai"):
        held.refuse_archiving()
    outcome("cancelled").refuse_archiving()


def test_who_is_registered_is_told_and_told_of_a_cancellation(operator):
    user = volunteer_of(operator.acting.office)
    activity = held_today(operator.acting.office)
    services.register(activity, volunteers=[user.volunteers.get()], by=operator)

    plans.cancel(activity, reason="Hujan deras", by=operator)

    told = user.notices.order_by("pk").values_list("title", "url")
    assert list(told) == [
        (f"Anda didaftarkan pada kegiatan: {activity}", reverse("outreach:mine")),
        (f"Kegiatan dibatalkan: {activity}", reverse("outreach:mine")),
    ]
