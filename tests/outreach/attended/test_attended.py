"""Units are invited to an activity of the office above, answer, and say who came."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from outreach.attended import people, services
from outreach.coverage import services as coverage
from outreach.models import Activity, Attendance, Material, News, Outcome, Pattern
from outreach.plans import services as plans
from outreach.presence import services as presence
from outreach.results import services as results
from outreach.told import services as letters
from outreach.told.whatsapp import news
from pokmas.accounts.roles import Role
from pokmas.calendar.reading import fed
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.models import Notice
from reports.figures.figures import Scope, values
from reports.figures.periods import Month
from reports.home.page import tasks
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AttendanceFactory,
    AttendanceWayFactory,
    CoverageFactory,
    PartnerFactory,
    PatternFactory,
    RegencyFactory,
    RepresentativeFactory,
    UnitFactory,
    UserFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db
Status = Attendance.Status
COUNTS = {"officers": 3, "partners": 1, "groups": 0, "volunteers": 4}


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


@pytest.fixture
def kanwil(unit):
    return person(Role.REGIONAL_ADMIN, unit.region)


def ahead(office, **more):
    return ActivityFactory(
        office=office, starts_at=timezone.now() + timedelta(days=3), **more
    )


def invited(unit, **more):
    return AttendanceFactory(office=unit, **more)


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk"))


# A Kanwil holds activities of its own


def test_a_kanwil_plans_for_itself_without_a_partner_and_its_head_verifies(
    sign_in, unit, kanwil
):
    kind = ActivityTypeFactory(code="socialisation", name="Sosialisasi")
    regency = RegencyFactory()
    unit.region.regency = regency
    unit.region.save(update_fields=["regency"])
    start = timezone.localtime(timezone.now() + timedelta(days=3), unit.region.tzinfo)
    page = sign_in(kanwil).post(
        reverse("outreach:create"),
        {
            "type": kind.pk,
            "title": "Sosialisasi pidana kerja sosial",
            "starts_at_0": f"{start:%d-%m-%Y}",
            "starts_at_1": "09.00",
            "ends_at_0": f"{start:%d-%m-%Y}",
            "ends_at_1": "11.00",
            "mode": "hybrid",
            "place": "Aula Kanwil",
            "regency": regency.pk,
            "funding": "none",
        },
    )

    assert page.status_code == 302, page.context["form"].errors
    activity = Activity.objects.get()
    assert page.url == activity.get_absolute_url()
    assert activity.office == unit.region
    Activity.objects.update(
        status="reported", output="Hadir.", is_declared=True, reported_by=kanwil
    )
    activity.refresh_from_db()
    head = person(Role.REGIONAL_HEAD, unit.region)
    assert [each.url for each in tasks(head)] == [activity.get_absolute_url()]
    results.verify(activity, by=head)
    assert activity.status == "verified"


def test_headquarters_hold_theirs_in_any_regency(sign_in):
    regency = RegencyFactory()
    client = sign_in(person(Role.HEADQUARTERS))

    form = client.get(reverse("outreach:create")).context["form"]

    assert (regency.pk, regency.name) in form.fields["regency"].widget.choices


@pytest.mark.parametrize("name", ["participants", "attendance", "scan", "sheet_a"])
def test_a_kanwil_notes_who_was_there_at_its_own_activities_alone(
    sign_in, unit, kanwil, name
):
    client = sign_in(kanwil)
    own, theirs = (ActivityFactory(office=office) for office in (unit.region, unit))

    assert client.get(reverse(f"outreach:{name}", args=[own.pk])).status_code == 200
    answer = client.get(reverse(f"outreach:{name}", args=[theirs.pk]), follow=True)
    assert f"Langkah ini dilakukan {unit}." in answer.text


def test_a_kanwil_says_how_its_own_past_sessions_went(sign_in, unit, kanwil):
    past = timezone.now() - timedelta(days=1)
    own = ActivityFactory(office=unit.region, starts_at=past, ends_at=past)
    theirs = ActivityFactory(office=unit, starts_at=past, ends_at=past)
    held = Outcome.objects.filter(effect="held").first()

    page = sign_in(kanwil).get(reverse("outreach:outcomes"))

    assert list(page.context["form"].rows) == [own.pk]
    with pytest.raises(ValidationError, match=str(unit)):
        presence.note_outcome(theirs, held, by=kanwil)


def test_a_kanwil_lists_its_own_officers_alone(unit, operator, kanwil):
    listed = presence.people.officers(ActivityFactory(office=unit.region))

    assert list(listed) == [kanwil]


def test_a_kanwil_notes_coverage_of_its_own_and_takes_back_no_units(unit, kanwil):
    own = ActivityFactory(office=unit.region, status="reported")
    row = CoverageFactory(activity=ActivityFactory(office=unit, status="reported"))

    assert Activity.STEPS["cover"] in own.steps_for(kanwil)
    with pytest.raises(ValidationError, match=str(unit)):
        coverage.remove(row, by=kanwil)


def test_a_kanwil_keeps_patterns_of_its_own(sign_in, unit, kanwil):
    own, theirs = (PatternFactory(office=office) for office in (unit.region, unit))
    client = sign_in(kanwil)

    assert list(Pattern.objects.kept_by(kanwil)) == [own]
    place = reverse("outreach:change_pattern", args=[theirs.pk])
    assert f"Pola ini diatur {unit}." in client.get(place, follow=True).text


@pytest.mark.parametrize("name", ["change", "cancel", "report"])
def test_an_activity_of_a_unit_stays_the_units(unit, kanwil, name):
    activity = ActivityFactory(office=unit)
    step = Activity.STEPS[name]

    assert step not in activity.steps_for(kanwil)
    with pytest.raises(ValidationError, match=str(unit)):
        activity.begin(name, by=kanwil, reason="Uji")


def test_a_partner_that_takes_part_runs_no_activity_of_a_kanwil(unit):
    partner = PartnerFactory(office=unit, status="active")
    user = RepresentativeFactory(partner=partner).user
    activity = ahead(unit.region, partners=[partner])

    assert Activity.objects.visible_to(user).get() == activity
    assert activity.steps_for(user) == []


# Invited


def test_the_organiser_finds_a_text_for_the_officers_of_invited_units(
    sign_in, unit, operator, kanwil
):
    activity = invited(unit).activity
    AttendanceFactory(
        office=UnitFactory(parent=unit.region), activity=activity, status="confirmed"
    )
    place = reverse(
        "notices:whatsapp", args=["outreach.activity", activity.pk, "invitation"]
    )

    page = sign_in(kanwil).get(place)

    text = page.context["prepared"].text
    assert activity.title in text
    assert f"*Belum menjawab*: {unit.name}" in text.splitlines()
    assert f"/activities/invitations/?activity={activity.pk}" in text
    assert (
        place in sign_in(kanwil).get(f"{activity.get_absolute_url()}?tab=invited").text
    )
    assert sign_in(operator).get(place).status_code == 404


def test_all_units_below_are_invited_once_and_told(unit, operator, kanwil):
    other = UnitFactory(parent=unit.region)
    UnitFactory()
    activity = ahead(unit.region)
    way = AttendanceWayFactory()

    services.invite(activity, offices=[unit], way=way, by=kanwil)
    services.invite(activity, offices=[unit, other], way=way, by=kanwil)

    assert {row.office for row in Attendance.objects.all()} == {unit, other}
    [notice] = told(operator)
    assert notice.url == Attendance.objects.get(office=unit).get_absolute_url()
    assert (notice.asks, activity.title in notice.title) == (True, True)


def test_units_of_another_region_are_not_invited(kanwil, unit):
    activity = ahead(unit.region)

    with pytest.raises(ValidationError, match="di bawah kantor Anda"):
        services.invite(
            activity, offices=[UnitFactory()], way=AttendanceWayFactory(), by=kanwil
        )


def test_the_page_invites_everybody_at_once(sign_in, unit, kanwil):
    UnitFactory(parent=unit.region)
    activity = ahead(unit.region)
    client = sign_in(kanwil)
    url = reverse("outreach:invite", args=[activity.pk])

    nobody = client.post(url, {"way": AttendanceWayFactory().pk})
    done = client.post(url, {"way": AttendanceWayFactory().pk, "everywhere": "on"})

    assert "Pilih sedikitnya satu UPT." in nobody.content.decode()
    assert Attendance.objects.count() == 2
    assert unit.name in client.get(done.url).content.decode()


def test_a_unit_invites_nobody(unit, operator):
    activity = ahead(unit)

    assert "invite" not in {step.name for step in activity.steps_for(operator)}


def test_a_withdrawn_invitation_is_told_and_may_come_again(unit, operator, kanwil):
    row = invited(unit)
    services.withdraw(row, by=kanwil)

    assert "Undangan ditarik" in told(operator)[-1].title
    assert row not in Attendance.objects.awaiting(operator)
    services.invite(row.activity, offices=[unit], way=row.asked_way, by=kanwil)
    row.refresh_from_db()
    assert row.status == Status.INVITED


# Answered


def test_a_unit_says_who_comes(sign_in, unit, operator):
    row = invited(unit)
    client = sign_in(operator)
    [task] = tasks(operator)
    url = reverse("outreach:attendance_confirm", args=[row.pk])

    page = client.post(
        url, {"coming": "2", "way": row.asked_way_id, "attendees": "Yohanes Semisal"}
    )

    row.refresh_from_db()
    assert (task.url, page.url) == (row.get_absolute_url(), row.get_absolute_url())
    assert (row.status, row.coming, row.way) == (Status.CONFIRMED, 2, row.asked_way)
    assert "Yohanes Semisal" in client.get(page.url).content.decode()
    assert tasks(operator) == []


def test_before_it_begins_nobody_says_who_came_and_afterwards_it_is_awaited(
    unit, operator
):
    row = invited(unit, status="confirmed")
    with pytest.raises(ValidationError, match="belum mulai"):
        services.state(row, way=row.way, by=operator, **COUNTS)
    start = timezone.now() - timedelta(days=1)
    Activity.objects.update(starts_at=start, ends_at=start, held_on=start.date())
    row.refresh_from_db()

    [task] = tasks(operator)
    assert task.url == row.get_absolute_url()
    services.state(row, way=row.way, by=operator, **COUNTS)

    assert (row.status, row.officers, row.volunteers) == (Status.STATED, 3, 4)
    assert tasks(operator) == []
    services.state(row, way=row.way, by=operator, **{**COUNTS, "officers": 5})
    assert row.officers == 5


def test_a_unit_that_was_not_there_has_no_counts(unit, operator):
    row = invited(unit, status="stated", activity=ActivityFactory(office=unit.region))

    with pytest.raises(ValidationError, match="dihitung"):
        services.state(row, way=row.way, by=operator, **dict.fromkeys(COUNTS, 0))
    services.decline(row, reason="Jaringan putus", by=operator)

    row.refresh_from_db()
    assert (row.status, row.officers) == (Status.DECLINED, None)


@pytest.mark.parametrize("status", ["verified", "cancelled"])
def test_what_is_verified_or_called_off_takes_no_more_answers(unit, operator, status):
    activity = ActivityFactory(office=unit.region, status=status)
    row = invited(unit, activity=activity)

    for take in (
        lambda: services.state(row, way=row.asked_way, by=operator, **COUNTS),
        lambda: services.decline(row, reason="Uji", by=operator),
    ):
        with pytest.raises(ValidationError, match="diverifikasi"):
            take()
    assert tasks(operator) == []


def test_another_unit_sees_nothing_of_it(sign_in, unit):
    row = invited(unit)
    other = person(Role.UNIT_OPERATOR, UnitFactory(parent=unit.region))
    client = sign_in(other)

    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(row.activity.get_absolute_url()).status_code == 404


def test_the_kanwil_answers_for_nobody(unit, kanwil):
    row = invited(unit)

    assert {step.name for step in row.steps_for(kanwil)} == {"withdraw"}


def test_a_kanwil_withdraws_no_invitation_of_headquarters(unit, kanwil):
    activity = ahead(unit.region.parent)
    row = invited(unit, activity=activity)

    assert row.steps_for(kanwil) == []
    with pytest.raises(ValidationError, match="kantor lain"):
        services.withdraw(row, by=kanwil)


# Reminded


def test_silent_units_are_reminded_once_a_day(unit, operator, kanwil):
    row = invited(unit)
    answered = UnitFactory(parent=unit.region)
    invited(answered, activity=row.activity, status="confirmed")
    other = person(Role.UNIT_OPERATOR, answered)

    services.remind(row.activity, by=kanwil)

    assert ["Mengingatkan" in each.title for each in told(operator)] == [True]
    assert told(other) == []
    with pytest.raises(ValidationError, match="sudah diingatkan hari ini"):
        services.remind(row.activity, by=kanwil)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        services.remind(row.activity, by=kanwil)
    assert len(told(operator)) == 2


def test_where_all_have_answered_nobody_is_reminded(unit, kanwil):
    row = invited(unit, status="declined")

    with pytest.raises(ValidationError, match="Tidak ada unit"):
        services.remind(row.activity, by=kanwil)


# Changed, cancelled, in the calendar


def test_who_is_invited_is_told_that_it_is_called_off(unit, operator, kanwil):
    row = invited(unit, status="confirmed")
    gone = UnitFactory(parent=unit.region)
    invited(gone, activity=row.activity, status="withdrawn")
    stranger = person(Role.UNIT_OPERATOR, gone)

    plans.cancel(row.activity, reason="Narasumber sakit", by=kanwil)

    [notice] = told(operator)
    assert "dibatalkan" in notice.title
    assert notice.url.endswith(f"?activity={row.activity_id}")
    assert told(stranger) == []
    assert tasks(operator) == []


def test_the_text_to_an_invited_unit_leads_to_its_invitation(
    sign_in, unit, operator, kanwil
):
    activity = ahead(unit.region)
    invited(unit, activity=activity)
    letters.write(activity, subject="Perihal", text="Isi", by=kanwil)
    recipient = News.objects.get().recipients.get(user=operator)

    text = news(recipient, operator).text

    link = text.rpartition(settings.BASE_URL)[2]
    assert activity.get_absolute_url() not in text
    assert sign_in(operator).get(link).status_code == 200


def test_an_activity_of_a_unit_has_no_invited(unit, django_assert_num_queries):
    activity = ActivityFactory(office=unit)

    with django_assert_num_queries(0):
        assert people.invited(activity) == []


def test_a_unit_finds_it_in_its_calendar_and_a_kanwil_finds_it_once(
    unit, operator, kanwil
):
    row = invited(unit)
    invited(UnitFactory(parent=unit.region), activity=row.activity)
    invited(unit, status="declined")
    day = row.activity.held_on

    [event] = fed(operator, day, day, 10)
    of_kanwil = fed(kanwil, day, day, 10)

    assert (event.url, event.title) == (row.get_absolute_url(), row.activity.title)
    assert row.get_absolute_url() not in {each.url for each in of_kanwil}


# Counted once


def test_it_counts_for_the_office_that_held_it_and_for_no_unit(unit):
    activity = ActivityFactory(
        office=unit.region,
        status="verified",
        counts={("adult_client", "male"): 40},
    )
    invited(unit, activity=activity, status="stated")
    month = Month.of(activity.held_on)

    of_region = values(Scope(unit.region, month))
    of_unit = values(Scope(unit, month))

    assert (of_region["activities"], of_unit["activities"]) == (1, 0)


# Speakers and material


@pytest.fixture
def material(unit, kanwil):
    activity = ahead(unit.region, partners=[PartnerFactory(office=unit)])
    paper = documents.store(upload("materi.pdf", pdf()), by=kanwil)
    services.add_material(activity, files=[paper], caption="Salindia", by=kanwil)
    return Material.objects.get()


def test_material_is_open_to_invited_units_and_partners_that_take_part(
    unit, operator, material
):
    partner = RepresentativeFactory(partner=material.activity.partners.get()).user
    other = person(Role.UNIT_OPERATOR, UnitFactory(parent=unit.region))
    row = invited(unit, activity=material.activity)
    file = material.document

    def seen(user):
        return Document.objects.visible_to(user).filter(pk=file.pk).exists()

    assert [seen(user) for user in (operator, partner, other)] == [True, True, False]
    Attendance.objects.filter(pk=row.pk).update(status="withdrawn")
    assert not seen(operator)
    assert not seen(UserFactory())


def test_what_is_removed_is_gone_from_the_page(sign_in, unit, kanwil, material):
    activity = material.activity
    services.add_speaker(
        activity, name="Orang Uji", capacity="Kanwil", theme="Hak klien", by=kanwil
    )
    client = sign_in(kanwil)
    page = f"{activity.get_absolute_url()}?tab=speakers"
    assert "Orang Uji" in client.get(page).content.decode()

    client.post(reverse("outreach:material_remove", args=[material.pk]))
    client.post(reverse("outreach:speaker_remove", args=[activity.speakers.get().pk]))

    assert Material.objects.visible_to(kanwil).count() == 0
    assert "Orang Uji" not in client.get(page).content.decode()


def test_an_invited_unit_reads_speakers_and_material_on_its_page(
    sign_in, unit, operator, kanwil, material
):
    services.add_speaker(
        material.activity, name="Orang Uji", capacity="Kanwil", theme="Hak", by=kanwil
    )
    row = invited(unit, activity=material.activity)

    page = sign_in(operator).get(row.get_absolute_url()).content.decode()

    assert ("Orang Uji" in page, "Salindia" in page) == (True, True)
    assert reverse("outreach:material_remove", args=[material.pk]) not in page


@pytest.mark.parametrize("units", [1, 3])
def test_the_table_of_units_costs_the_same_for_any_number(
    sign_in, kanwil, unit, units, django_assert_max_num_queries
):
    activity = ahead(unit.region)
    for _number in range(units):
        invited(UnitFactory(parent=unit.region), activity=activity, status="confirmed")
    client = sign_in(kanwil)
    page = f"{activity.get_absolute_url()}?tab=invited"
    client.get(page)

    with django_assert_max_num_queries(12):
        shown = client.get(page)

    assert len(shown.context["open"]["given"]["rows"]) == units
