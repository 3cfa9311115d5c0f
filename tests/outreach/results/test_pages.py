from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from outreach.models import Activity, Evidence
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.front.tags import turn_of
from pokmas.words import dates
from tests.factories import (
    ActivityFactory,
    DocumentFactory,
    EvidenceFactory,
    PartnerFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def activity(operator):
    return ActivityFactory(office=operator.acting.office)


def url(name, record):
    return reverse(f"outreach:{name}", args=[record.pk])


def answers(activity, **changes):
    return {
        "revision": str(activity.revision),
        "count_adult_client_male": "12",
        "count_public_female": "1.250",
        "officers": "4",
        "instructors": "",
        "output": "Peserta memahami haknya.",
        "funding": "dipa",
        "cost": "1.250.000",
        "declared": "on",
        **changes,
    }


@pytest.mark.parametrize("way", [{}, {"keep": "1"}])
def test_a_caption_without_a_photo_is_refused_not_dropped(
    sign_in, operator, activity, way
):
    EvidenceFactory(activity=activity)

    page = sign_in(operator).post(
        url("report", activity), answers(activity, caption="Di aula", **way)
    )

    assert set(page.context["form"].errors) == {"caption"}
    assert "Di aula" in page.text


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("officers", "10.000", "Isi paling banyak 9.999."),
        ("instructors", "10.000", "Isi paling banyak 9.999."),
        ("cost", "1.250,50", "Tulis biaya dalam rupiah penuh, tanpa sen."),
    ],
)
def test_what_is_beyond_a_limit_is_refused(
    sign_in, operator, activity, name, typed, words
):
    EvidenceFactory(activity=activity)

    page = sign_in(operator).post(
        url("report", activity), answers(activity, **{name: typed})
    )

    assert page.context["form"].errors == {name: [words]}


def test_an_operator_reports_figures_and_photos(sign_in, operator, activity, photo):
    data = answers(activity, photos=[photo(), photo("dua.jpg")], caption="Di aula")

    response = sign_in(operator).post(url("report", activity), data)

    activity.refresh_from_db()
    assert response.url == activity.get_absolute_url()
    assert (activity.status, activity.reported_by) == (Status.REPORTED, operator)
    assert (activity.officers, activity.instructors, activity.cost) == (4, 0, 1250000)
    assert Activity.objects.served() == 1262
    assert [row.caption for row in activity.evidence.all()] == ["Di aula", "Di aula"]


def test_the_sum_is_shown_by_the_server(sign_in, operator, activity):
    response = sign_in(operator).get(
        url("report", activity),
        {
            "count_adult_client_male": "12",
            "count_public_female": "1.250",
            "count_child_male": "dua",
            "count_child_female": "-3",
        },
        headers={"HX-Request": "true", "HX-Target": "served"},
    )

    assert "<strong>1.262</strong> orang" in response.content.decode()


def test_the_form_says_counts_only(sign_in, operator, activity):
    page = sign_in(operator).get(url("report", activity)).content.decode()

    assert "Hanya jumlah, tanpa nama." in page
    assert "multiple" in page
    assert 'accept="image/jpeg,image/png,image/webp,image/heic,' in page


@pytest.mark.parametrize("value", ["-1", "1,5", "dua", "1000001", "1.25"])
def test_figures_are_whole_numbers_from_zero(sign_in, operator, activity, photo, value):
    data = answers(activity, count_child_male=value, photos=[photo()])

    response = sign_in(operator).post(url("report", activity), data)

    assert set(response.context["form"].errors) == {"count_child_male"}
    assert activity.counts.count() == 0


def test_photos_are_kept_when_something_else_is_wrong(
    sign_in, operator, activity, photo
):
    client = sign_in(operator)
    wrong = answers(activity, output="", photos=[photo("satu.jpg"), photo("dua.jpg")])

    page = client.post(url("report", activity), wrong)
    tokens = [
        token
        for token, _row in page.context["form"]["photos"].field.widget.get_context(
            "photos", page.context["form"]["photos"].value(), {}
        )["kept"]
    ]
    client.post(
        url("report", activity),
        answers(activity, photos_kept=tokens, photos_remove=tokens[:1]),
    )

    assert "dua.jpg" in page.content.decode()
    assert [row.document.name for row in Evidence.objects.all()] == ["dua.jpg"]


def test_everything_that_is_missing_is_said_at_once(sign_in, operator, activity):
    response = sign_in(operator).post(
        url("report", activity),
        {"revision": activity.revision, "funding": "none", "cost": "5.000"},
    )

    assert set(response.context["form"].errors) == {
        "output",
        "funding",
        "photos",
        "declared",
    }


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("kosong.jpg", b"", "image/jpeg"),
        ("foto.jpg", b"<html><script>alert(1)</script>", "image/jpeg"),
        ("foto.gif", b"GIF89a" + b"0" * 99, "image/gif"),
        ("lagu.mp3", b"ID3" + b"0" * 99, "audio/mpeg"),
        ("rusak.jpg", b"\xff\xd8\xff\xe0" + b"0" * 200, "image/jpeg"),
    ],
)
def test_a_bad_file_leaves_nothing_half_saved(
    sign_in, operator, activity, photo, name, content, kind
):
    data = answers(activity, photos=[photo(name, content, kind)])

    response = sign_in(operator).post(url("report", activity), data)

    activity.refresh_from_db()
    assert activity.status == Status.PLANNED
    assert activity.output == ""
    assert (activity.counts.count(), Evidence.objects.count()) == (0, 0)
    assert Document.objects.count() == 0
    assert response.context["form"].errors["photos"]


def test_one_bad_file_among_good_ones_is_named(sign_in, operator, activity, photo):
    data = answers(activity, photos=[photo("baik.jpg"), photo("buruk.jpg", b"x" * 50)])

    response = sign_in(operator).post(url("report", activity), data)

    [error] = response.context["form"].errors["photos"]
    assert "buruk.jpg" in error
    assert "baik.jpg" in response.content.decode()
    assert Evidence.objects.count() == 0


def test_too_many_photos_are_refused(sign_in, operator, activity, photo):
    data = answers(activity, photos=[photo(f"{n}.jpg") for n in range(11)])

    response = sign_in(operator).post(url("report", activity), data)

    assert "Paling banyak 10" in response.context["form"].errors["photos"][0]


def test_a_report_sent_twice_counts_once(sign_in, operator, activity, photo):
    client = sign_in(operator)

    client.post(url("report", activity), answers(activity, photos=[photo()]))
    again = client.post(url("report", activity), answers(activity, photos=[photo()]))

    assert again.url == activity.get_absolute_url()
    assert [str(each) for each in get_messages(again.wsgi_request)][-1:] == [
        "Langkah ini sudah Anda lakukan; cukup sekali."
    ]
    assert Evidence.objects.count() == 1
    assert Activity.objects.served() == 1262


def test_a_stale_report_changes_nothing(sign_in, operator, photo):
    activity = ActivityFactory(office=operator.acting.office, revision=4)

    response = sign_in(operator).post(
        url("report", activity), answers(activity, revision="3", photos=[photo()])
    )

    activity.refresh_from_db()
    assert activity.status == Status.PLANNED
    assert "sudah diubah orang lain" in response.content.decode()
    assert "Peserta memahami haknya." in response.content.decode()


def test_what_has_not_begun_says_from_when_it_can_be_reported(sign_in, operator):
    moment = datetime(2099, 12, 5, 1, tzinfo=UTC)
    activity = ActivityFactory(
        office=operator.acting.office,
        starts_at=moment,
        ends_at=moment + timedelta(hours=2),
    )

    card = turn_of({}, activity)

    assert card["begins"] == dates.date_time(moment, activity.zone)
    page = sign_in(operator).get(activity.get_absolute_url())
    assert "Dapat dilakukan mulai" in page.text


def test_what_has_not_begun_cannot_be_reported(sign_in, operator, photo):
    activity = ActivityFactory(
        office=operator.acting.office, starts_at=timezone.now() + timedelta(hours=1)
    )
    client = sign_in(operator)

    client.post(url("report", activity), answers(activity, photos=[photo()]))
    page = client.get(activity.get_absolute_url()).content.decode()

    activity.refresh_from_db()
    assert activity.status == Status.PLANNED
    assert url("report", activity) not in page


def test_the_same_photo_twice_is_refused(sign_in, operator, activity, photo):
    client = sign_in(operator)
    kept = {"keep": "1", "revision": activity.revision, "funding": "none"}
    client.post(url("report", activity), kept | {"photos": [photo("satu.jpg")]})
    activity.refresh_from_db()

    page = client.post(
        url("report", activity), answers(activity, photos=[photo("satu.jpg")])
    )

    assert "Foto “satu.jpg” sudah ada dalam laporan ini" in page.text
    assert Evidence.objects.count() == 1


def test_before_its_end_it_is_said_that_it_still_runs(sign_in, operator):
    now = timezone.now()
    activity = ActivityFactory(
        office=operator.acting.office,
        starts_at=now - timedelta(minutes=30),
        ends_at=now + timedelta(minutes=30),
    )

    page = sign_in(operator).get(url("report", activity)).text

    assert "kegiatan ini baru selesai" in page


def test_an_unfinished_report_is_kept(sign_in, operator, activity, photo):
    client = sign_in(operator)
    data = {
        "keep": "1",
        "revision": activity.revision,
        "funding": "none",
        "count_child_male": "3",
        "photos": [photo("satu.jpg")],
    }

    page = client.post(url("report", activity), data, follow=True).text

    activity.refresh_from_db()
    assert activity.status == Status.PLANNED
    assert "Laporan disimpan, tetapi belum dikirim." in page
    assert 'name="count_child_male" value="3"' in page
    assert Evidence.objects.get().get_kind_display() in page


def test_a_stored_photo_is_removed_before_reporting(sign_in, operator, activity, photo):
    old = EvidenceFactory(activity=activity)
    data = answers(activity, photos=[photo("baru.jpg")], removed=[old.pk])

    sign_in(operator).post(url("report", activity), data)

    names = [row.document.name for row in activity.evidence.present()]
    assert names == ["baru.jpg"]


def test_a_photo_of_another_activity_is_not_removed(sign_in, operator, activity, photo):
    other = EvidenceFactory()
    data = answers(activity, photos=[photo()], removed=[other.pk])

    response = sign_in(operator).post(url("report", activity), data)

    other.refresh_from_db()
    assert "removed" in response.context["form"].errors
    assert other.removed_at is None


def test_more_fields_than_the_form_has_change_nothing(
    sign_in, operator, activity, photo
):
    elsewhere = UnitFactory()
    data = answers(
        activity,
        photos=[photo()],
        office=elsewhere.pk,
        title="Judul lain",
        held_on="2020-01-01",
        status="verified",
        verified_by=operator.pk,
        visibility="public",
    )

    sign_in(operator).post(url("report", activity), data)

    before = (activity.title, activity.held_on, activity.office_id)
    activity.refresh_from_db()
    assert (activity.title, activity.held_on, activity.office_id) == before
    assert (activity.status, activity.verified_by) == (Status.REPORTED, None)
    assert Evidence.objects.get().visibility == Evidence.Visibility.INTERNAL


def test_a_partner_reports_his_own_activity(sign_in, photo):
    office = UnitFactory()
    user = person(Role.PARTNER, office)
    own = RepresentativeFactory(
        user=user, partner=PartnerFactory(office=office, status="active")
    ).partner
    activity = ActivityFactory(office=office, partners=[own])
    other = ActivityFactory(office=office)
    client = sign_in(user)

    client.post(url("report", activity), answers(activity, photos=[photo()]))

    activity.refresh_from_db()
    assert (activity.status, activity.reported_by) == (Status.REPORTED, user)
    assert client.get(url("report", other)).status_code == 404


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.VOLUNTEER])
def test_others_do_not_report(sign_in, activity, role):
    client = sign_in(person(role, activity.office))

    assert client.get(url("report", activity)).status_code == 403
    assert client.post(url("report", activity), {}).status_code == 403


# Deciding


def test_the_head_verifies(sign_in, operator):
    head = person(Role.UNIT_HEAD, operator.acting.office)
    activity = ActivityFactory(
        office=head.acting.office, status=Status.REPORTED, reported_by=operator
    )
    client = sign_in(head)

    page = client.get(activity.get_absolute_url()).content.decode()
    client.post(url("verify", activity), {"verdict": "verified"})

    activity.refresh_from_db()
    assert url("verify", activity) in page
    assert (activity.status, activity.verified_by) == (Status.VERIFIED, head)


def test_the_reporter_is_not_offered_to_verify(sign_in):
    head = person(Role.UNIT_HEAD)
    activity = ActivityFactory(
        office=head.acting.office, status=Status.REPORTED, reported_by=head
    )
    client = sign_in(head)

    page = client.get(activity.get_absolute_url()).content.decode()
    client.post(url("verify", activity), {"verdict": "verified"})

    activity.refresh_from_db()
    assert url("verify", activity) not in page
    assert activity.status == Status.REPORTED


def test_the_head_sends_back_and_the_reporter_reads_why(sign_in, operator):
    head = person(Role.UNIT_HEAD, operator.acting.office)
    activity = ActivityFactory(
        office=head.acting.office, status=Status.REPORTED, reported_by=operator
    )

    verdict = {"verdict": "returned", "reason": " "}
    empty = sign_in(head).post(url("verify", activity), verdict)
    sign_in(head).post(url("verify", activity), verdict | {"reason": "Foto buram"})
    page = sign_in(operator).get(url("report", activity)).content.decode()

    activity.refresh_from_db()
    assert "reason" in empty.context["form"].errors
    assert activity.status == Status.RETURNED
    assert "Foto buram" in page


@pytest.mark.parametrize(
    "role", [Role.UNIT_OPERATOR, Role.PARTNER, Role.VOLUNTEER, Role.REGIONAL_ADMIN]
)
@pytest.mark.parametrize("verdict", ["verified", "returned"])
def test_others_do_not_decide(sign_in, role, verdict):
    unit = UnitFactory()
    activity = ActivityFactory(office=unit, status=Status.REPORTED)
    office = unit.region if role == Role.REGIONAL_ADMIN else unit

    response = sign_in(person(role, office)).post(
        url("verify", activity), {"verdict": verdict, "reason": "x"}
    )

    activity.refresh_from_db()
    assert response.status_code == 403
    assert activity.status == Status.REPORTED


# Photos


def test_the_head_marks_a_photo_as_public(sign_in):
    head = person(Role.UNIT_HEAD)
    evidence = EvidenceFactory(activity__office=head.acting.office)

    sign_in(head).post(url("review_photo", evidence), {"visibility": "public"})

    evidence.refresh_from_db()
    assert (evidence.visibility, evidence.reviewed_by) == ("public", head)


@pytest.mark.parametrize("visibility", ["", "everywhere"])
def test_a_photo_has_two_uses(sign_in, visibility):
    head = person(Role.UNIT_HEAD)
    evidence = EvidenceFactory(activity__office=head.acting.office)

    sign_in(head).post(url("review_photo", evidence), {"visibility": visibility})

    evidence.refresh_from_db()
    assert evidence.visibility == "internal"


def test_a_photo_of_another_unit_is_not_found(sign_in):
    evidence = EvidenceFactory()

    response = sign_in(person(Role.UNIT_HEAD)).post(
        url("review_photo", evidence), {"visibility": "public"}
    )

    assert response.status_code == 404


def test_a_volunteer_is_shown_public_photos_and_no_internal_words(sign_in):
    unit = UnitFactory()
    activity = ActivityFactory(
        office=unit, status=Status.VERIFIED, obstacles="Pintu rusak", cost=500
    )
    internal = EvidenceFactory(activity=activity, caption="Di dalam")
    public = EvidenceFactory(
        activity=activity,
        caption="Di luar",
        visibility="public",
        reviewed_by=person(Role.UNIT_HEAD, unit),
    )
    client = sign_in(volunteer_of(unit))

    page = client.get(activity.get_absolute_url()).content.decode()

    assert public.caption in page
    assert internal.caption not in page
    assert "Pintu rusak" not in page
    assert "Riwayat" not in page


def test_files_follow_who_may_see_the_evidence(sign_in):
    unit = UnitFactory()
    user = person(Role.PARTNER, unit)
    own = RepresentativeFactory(
        user=user, partner=PartnerFactory(office=unit, status="active")
    ).partner
    evidence = EvidenceFactory(
        activity=ActivityFactory(office=unit, partners=[own], status=Status.VERIFIED)
    )
    seen = {
        who: Document.objects.visible_to(who).filter(pk=evidence.document_id).exists()
        for who in (
            user,
            person(Role.PARTNER, unit),
            volunteer_of(unit),
            person(Role.UNIT_OPERATOR, unit),
            person(Role.UNIT_OPERATOR),
            person(Role.REGIONAL_ADMIN, unit.region),
        )
    }

    assert list(seen.values()) == [True, False, False, True, False, True]


def test_a_removed_photo_is_nobodys_any_more():
    head = person(Role.UNIT_HEAD)
    evidence = EvidenceFactory(
        activity__office=head.acting.office, removed_at=timezone.now()
    )

    found = Document.objects.visible_to(head).filter(pk=evidence.document_id)

    assert found.count() == 0
    assert DocumentFactory().owner is None


def test_the_form_says_that_photos_or_an_attendance_list_are_wanted(
    sign_in, operator, activity
):
    page = sign_in(operator).get(url("report", activity)).content.decode()

    assert page.count('"optional">(foto atau daftar hadir, salah satu)<') == 2
