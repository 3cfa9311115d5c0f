"""What a head sees beside his verdict on a report."""

from datetime import timedelta

import pghistory
import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.activities.models import Activity
from outreach.corrections import services as corrections
from outreach.evidence.models import Evidence
from outreach.presence.models import Outcome
from outreach.presence.shown import with_people
from outreach.results import services as results
from outreach.results.given import given
from outreach.results.hints import hints
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.audit.moments import Change
from pokmas.audit.services import timeline
from tests.factories import (
    ActivityFactory,
    DocumentFactory,
    EvidenceFactory,
    ParticipantFactory,
    PartnerFactory,
    person,
    volunteer_of,
)
from tests.house.test_pages import QUERIES

pytestmark = pytest.mark.django_db
Status = Activity.Status
ADULTS = ("adult_client", "male"), ("adult_client", "female")


def url(activity):
    return reverse("outreach:verify", args=[activity.pk])


def read(activity):
    return with_people(Activity.objects.for_page()).get(pk=activity.pk)


def marked(row):
    """The words that were kept, taken out and put in."""
    signs = {(False, False): "=", (True, False): "-", (False, True): "+"}
    return [signs[piece.is_old, piece.is_new] + piece.text for piece in row.pieces]


@pytest.fixture
def sent_back():
    """A report that was returned, mended and handed in again."""
    stays, leaves = (
        PartnerFactory(name="Yayasan Tetap"),
        PartnerFactory(name="LBH Lama"),
    )
    activity = ActivityFactory(
        status=Status.REPORTED,
        place="Aula lama",
        partners=[stays, leaves],
        counts=dict.fromkeys(ADULTS, 10),
    )
    EvidenceFactory(activity=activity, caption="Foto tetap")
    blurred = EvidenceFactory(activity=activity, caption="Foto buram")
    head = person(Role.UNIT_HEAD, activity.office)
    results.send_back(activity, reason="Foto buram", by=head)
    operator = person(Role.UNIT_OPERATOR, activity.office)
    Activity.objects.filter(pk=activity.pk).update(place="Aula baru")
    activity.partners.set([stays, PartnerFactory(name="LBH Baru")])
    activity.refresh_from_db()
    results.report(
        activity,
        by=operator,
        declared=True,
        revision=activity.revision,
        counts=dict(zip(ADULTS, (12, 10), strict=True)),
        photos=[DocumentFactory(uploaded_by=operator, owner=None)],
        removed=[blurred],
    )
    return activity


def test_what_changed_since_it_was_sent_back_is_marked(sent_back):
    shown = given(read(sent_back))

    changed = {row.label: marked(row) for row in shown.plan if row.is_changed}
    assert changed == {
        "Tempat": ["=Aula ", "-lama", "+baru"],
        "Mitra": ["=Yayasan Tetap", "=, ", "+LBH Baru", "=, ", "-LBH Lama"],
    }
    assert not any(row.is_changed for row in shown.result)


def test_figures_that_changed_stand_beside_what_they_were(sent_back):
    shown = given(read(sent_back))

    assert [
        (str(label), [marked(each) if each.is_changed else each.value for each in row])
        for label, row in [*shown.counts.rows, ("Jumlah", shown.counts.sums)]
    ] == [
        ("Klien dewasa", [["-10", "+12"], "10", ["-20", "+22"]]),
        ("Jumlah", [["-10", "+12"], "10", ["-20", "+22"]]),
    ]


@pytest.mark.true_hour
def test_evidence_that_came_and_that_went_is_told(sent_back):
    shown = given(read(sent_back))

    new = [item for item in shown.evidence if item.added_at > shown.returned_at]
    assert [str(item) for item in shown.evidence if item not in new] == ["Foto tetap"]
    assert len(new) == 1
    assert shown.gone == ["Foto buram"]


def test_the_history_tells_figures_evidence_and_partners_that_changed(sent_back):
    operator = sent_back.reported_by
    results.send_back(
        sent_back, reason="Angka?", by=person(Role.UNIT_HEAD, sent_back.office)
    )
    sent_back.refresh_from_db()
    photo = sent_back.evidence.present().first()
    with pghistory.context(user=operator.pk):
        sent_back.partners.add(PartnerFactory(name="LBH Lain"))
        results.report(
            sent_back,
            by=operator,
            declared=True,
            revision=sent_back.revision,
            counts=dict(zip(ADULTS, (15, 10), strict=True)),
            photos=[DocumentFactory(uploaded_by=operator, owner=None, name="b.jpg")],
            removed=[photo],
        )

    newest = timeline(sent_back).moments[0]

    assert newest.phrase == "Melaporkan kegiatan"
    assert newest.changes == [
        Change("Klien dewasa, Laki-laki", "12", "15"),
        Change("Mitra", "–", "LBH Lain"),
        Change("Foto", str(photo), "–"),
        Change("Foto", "–", "b.jpg"),
    ]


def test_a_first_report_has_nothing_to_compare_with():
    activity = ActivityFactory(
        status=Status.REPORTED,
        partners=[PartnerFactory()],
        counts=dict.fromkeys(ADULTS, 3),
    )

    shown = given(read(activity))

    figures = [figure for _label, row in shown.counts.rows for figure in row]
    assert not any(row.is_changed for row in [*shown.plan, *shown.result, *figures])
    assert (shown.returned_at, shown.gone) == (None, [])


def test_a_correction_stands_beside_what_it_corrects():
    locked = ActivityFactory(status=Status.LOCKED, counts={ADULTS[0]: 5})
    corrections.replace(
        locked, reason="Salah hitung", by=person(Role.UNIT_OPERATOR, locked.office)
    )
    made = locked.replacements.get()
    made.counts.update(number=7)

    shown = given(read(made))

    [(_label, figures)] = shown.counts.rows
    assert [marked(each) for each in figures if each.is_changed] == [["-5", "+7"]] * 2


def test_what_shows_it_is_read_in_place_and_each_leads_to_the_others(sign_in):
    activity = ActivityFactory(status=Status.REPORTED)
    photo = EvidenceFactory(activity=activity).document
    attendance = EvidenceFactory(activity=activity, kind="attendance").document
    client = sign_in(person(Role.UNIT_HEAD, activity.office))

    page = client.get(url(activity)).content.decode()
    frame = client.get(photo.get_view_url())

    assert f'<iframe name="paper" src="{photo.get_view_url()}"' in page
    assert frame.context["siblings"] == [photo, attendance]
    assert frame.context["following"] == attendance


def test_a_volunteer_is_not_led_to_photos_that_are_not_public(sign_in):
    activity = ActivityFactory(status=Status.VERIFIED)
    head = person(Role.UNIT_HEAD, activity.office)
    public = EvidenceFactory(activity=activity, visibility="public", reviewed_by=head)
    EvidenceFactory(activity=activity)
    client = sign_in(volunteer_of(activity.office))

    frame = client.get(public.document.get_view_url())

    assert frame.context["siblings"] == [public.document]


def test_after_a_verdict_the_next_that_waits_is_offered(sign_in):
    head = person(Role.UNIT_HEAD)
    now = timezone.now()
    first, second = (
        ActivityFactory(
            office=head.acting.office,
            status=Status.REPORTED,
            status_since=now - timedelta(days=age),
        )
        for age in (4, 2)
    )
    client = sign_in(head)

    page = client.post(url(second), {"verdict": "verified"}, follow=True)

    assert page.redirect_chain[-1][0] == second.get_absolute_url()
    assert f'Masih 1 yang menunggu Anda. <a href="{url(first)}">' in (
        page.content.decode()
    )


def test_one_goes_on_at_once_also_from_the_last_to_one_that_was_skipped(sign_in):
    head = person(Role.UNIT_HEAD)
    first, last = ActivityFactory.create_batch(
        2, office=head.acting.office, status=Status.REPORTED
    )

    response = sign_in(head).post(url(last), {"verdict": "verified", "next": "1"})

    assert response.url == url(first)


def test_the_page_is_cheap_also_for_a_report_that_came_back_with_much_in_it(
    sign_in, sent_back, django_assert_max_num_queries
):
    ActivityFactory(office=sent_back.office, status=Status.REPORTED)
    sent_back.partners.add(*PartnerFactory.create_batch(3))
    EvidenceFactory.create_batch(4, activity=sent_back)
    client = sign_in(person(Role.UNIT_HEAD, sent_back.office))
    client.get(url(sent_back))

    with django_assert_max_num_queries(QUERIES):
        page = client.get(url(sent_back))

    assert page.context["queue"].count == 2


# Never by its author


def became_head(author, **more):
    """The same person, as head or as whoever stands in for him."""
    author.assignments.update(role=Role.UNIT_HEAD, **more)
    return author


@pytest.mark.parametrize("more", [{}, {"capacity": "acting"}])
@pytest.mark.parametrize("sends", [True, False])
def test_who_wrote_a_report_verifies_it_by_no_route(sign_in, more, sends):
    author = person(Role.UNIT_OPERATOR)
    unit = author.acting.office
    activity = ActivityFactory(
        office=unit, status=Status.REPORTED, reported_by=author if sends else None
    )
    if not sends:  # he filled it in, a colleague sent it
        Entry.record(author, "activity.kept", activity)
    other = ActivityFactory(office=unit, status=Status.REPORTED)
    client = sign_in(became_head(author, **more))

    queue = client.get(url(other)).context["queue"]
    asked = client.get(url(activity), follow=True)
    sent = client.post(
        url(activity), {"verdict": "verified", "revision": activity.revision}
    )

    activity.refresh_from_db()
    assert (queue, activity.status) == (None, Status.REPORTED)
    assert asked.redirect_chain[-1][0] == activity.get_absolute_url()
    assert sent.status_code in (200, 302)


def test_a_correction_is_judged_as_one(sign_in):
    locked = ActivityFactory(status=Status.LOCKED, counts={ADULTS[0]: 5})
    operator = person(Role.UNIT_OPERATOR, locked.office)
    corrections.replace(locked, reason="Salah hitung", by=operator)
    made = locked.replacements.get()
    Activity.objects.filter(pk=made.pk).update(
        status=Status.REPORTED, reported_by=operator, is_declared=True
    )

    client = sign_in(person(Role.UNIT_HEAD, locked.office))
    page = client.get(url(made)).content.decode()
    client.post(url(made), {"verdict": "verified"})

    assert "sesudah laporannya diterima:" in page
    assert "Salah hitung" in page
    made.refresh_from_db()
    locked.refresh_from_db()
    assert (made.status, made.corrected_on) == (Status.LOCKED, locked.office.today)
    assert locked.superseded_on == locked.office.today


# Hints


def complete(**more):
    """A report with nothing odd about it."""
    activity = ActivityFactory(
        status=Status.REPORTED, counts=dict.fromkeys(ADULTS, 3), **more
    )
    Activity.objects.filter(pk=activity.pk).update(
        status_since=activity.ends_at + timedelta(days=7)
    )
    EvidenceFactory(activity=activity)
    return read(activity)


def on_time(**more):
    ends_at = timezone.now() - timedelta(days=2)
    return complete(starts_at=ends_at - timedelta(hours=2), **more)


def test_a_complete_report_in_time_gives_no_hint():
    assert list(hints(on_time())) == []


def test_a_late_report_says_how_late():
    over = timezone.now() - timedelta(days=12)
    activity = complete(starts_at=over - timedelta(hours=2))

    assert list(hints(activity)) == ["Dilaporkan 12 hari sesudah selesai."]


def test_a_report_of_nobody_without_a_photo_says_both():
    activity = on_time()
    activity.counts.update(number=0)
    activity.evidence.update(kind=Evidence.Kind.ATTENDANCE)

    assert list(hints(read(activity))) == [
        "Tidak ada penerima manfaat yang dihitung.",
        "Tidak ada foto; buktinya hanya daftar hadir.",
    ]


def test_the_same_company_at_the_same_place_and_hour_is_named():
    partner = PartnerFactory()
    activity = on_time(partners=[partner])
    same = {
        "office": activity.office,
        "starts_at": activity.starts_at,
        "place": activity.place.upper(),
        "partners": [partner],
    }
    twin = ActivityFactory(**same)
    ActivityFactory(**same | {"partners": [PartnerFactory()]})
    ActivityFactory(**same | {"place": "Tempat lain"})
    ActivityFactory(**same | {"starts_at": activity.ends_at})
    ActivityFactory(**same | {"status": Status.CANCELLED})

    assert list(hints(activity)) == [
        "Tercatat juga dengan mitra, tempat, dan waktu yang sama: "
        f'<a href="{twin.get_absolute_url()}">{twin}</a>.'
    ]


def test_a_photo_that_was_shown_before_is_named():
    activity = on_time()
    document = activity.evidence.get().document
    other = ActivityFactory(office=activity.office, held_on=activity.held_on)
    EvidenceFactory(activity=other, document__sha256=document.sha256)
    elsewhere = ActivityFactory(held_on=activity.held_on)
    EvidenceFactory(activity=elsewhere, document__sha256=document.sha256)

    assert list(hints(activity)) == [
        "Foto yang sama dipakai juga pada: "
        f'<a href="{other.get_absolute_url()}">{other}</a>.'
    ]


def test_who_was_there_stands_beside_the_figures_and_is_no_sum(sign_in):
    activity = ActivityFactory(status=Status.REPORTED, counts=dict.fromkeys(ADULTS, 10))
    came, excused = (
        Outcome.objects.filter(effect=effect).first() for effect in ("came", "excused")
    )
    for outcome, at in ((came, timezone.now()), (came, None), (excused, None)):
        ParticipantFactory(activity=activity, outcome=outcome, scanned_at=at)
    ParticipantFactory(activity=activity)
    sheet = EvidenceFactory(activity=activity, kind="attendance", caption="Lembar A")
    head = person(Role.UNIT_HEAD, activity.office)

    told = given(read(activity))
    page = sign_in(head).get(url(activity))

    assert (told.presence.registered, told.presence.scanned, told.served) == (4, 1, 20)
    assert told.presence.outcomes == [
        (came.name, 2),
        (excused.name, 1),
        ("Belum dicatat", 1),
    ]
    assert told.sheets == [sheet]
    before, beside = page.text.split("Kehadiran</h2>")
    assert "Penerima manfaat</h2>" in before
    assert sheet.document.get_view_url() in beside
    assert f"{activity.get_absolute_url()}?tab=presence" in beside


def test_without_presence_that_is_said(sign_in):
    activity = ActivityFactory(status=Status.REPORTED)

    page = sign_in(person(Role.UNIT_HEAD, activity.office)).get(url(activity))

    assert "Tidak ada lembar A bertanda tangan." in page.text
