"""What devices send that had no network: once each, and never for somebody else."""

import hashlib
import os
import random
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.models import Activity, ActivityType, Evidence, OfflineEntry
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.words import dates
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AssignmentFactory,
    PartnerFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status
# POKMAS_REPLAYS=1000 draws as many as were promised.
REPLAYS = int(os.environ.get("POKMAS_REPLAYS", "12"))


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def activity(operator):
    return ActivityFactory(office=operator.acting.office)


class Device:
    """Sends as js/offline.js does."""

    def __init__(self, client):
        self.client = client

    def post(self, name, **sent):
        return self.client.post(
            reverse(f"outreach:offline_{name}"),
            sent,
            headers={"accept": "application/json"},
        )

    def photo(self, key, upload, **more):
        content = upload.read()
        upload.seek(0)
        fingerprint = hashlib.sha256(content).hexdigest()
        told = self.post(
            "photo", key=key, photo=upload, fingerprint=fingerprint, **more
        ).json()
        return fingerprint, told["state"]

    def entry(self, **sent):
        return self.post("entry", **sent).json()


@pytest.fixture
def device(sign_in, operator):
    return Device(sign_in(operator))


def report(activity=None, **changes):
    known = {"activity": activity.pk, "revision": activity.revision} if activity else {}
    return {
        "key": str(uuid.uuid4()),
        "count_adult_client_male": "12",
        "output": "Peserta memahami haknya.",
        "funding": "none",
        "declared": "on",
        **known,
        **changes,
    }


def plan(partner, **changes):
    day = dates.date_short(timezone.localdate() - timedelta(days=1))
    return report(
        **{
            "type": ActivityTypeFactory().pk,
            "title": "Penyuluhan di dusun",
            "starts_at_0": day,
            "starts_at_1": "09.00",
            "ends_at_0": day,
            "ends_at_1": "11.00",
            "mode": "on_site",
            "place": "Balai Dusun",
            "regency": partner.regency_id,
            "partners": [partner.pk],
            **changes,
        }
    )


def with_photo(device, sent, upload):
    sent["photo"] = [device.photo(sent["key"], upload)[0]]
    return sent


def test_a_report_and_its_photos_arrive_once_however_often_they_are_sent(
    device, operator, activity, photo
):
    sent = report(activity)
    fingerprints = [
        device.photo(sent["key"], photo(name))[0]
        for name in ("satu.jpg", "dua.jpg", "satu.jpg")
    ]
    sent["photo"] = fingerprints

    told = [device.entry(**sent) for _time in range(3)]
    late = device.photo(sent["key"], photo("satu.jpg"))

    activity.refresh_from_db()
    assert {each["state"] for each in told} == {"done"}
    assert late[1] == "done"
    assert (activity.status, activity.reported_by) == (Status.REPORTED, operator)
    assert (Evidence.objects.count(), Document.objects.count()) == (2, 2)
    assert Activity.objects.served() == 12


def test_an_activity_is_put_on_record_with_its_report_or_not_at_all(
    device, operator, photo
):
    partner = PartnerFactory(office=operator.acting.office, status="active")
    sent = with_photo(device, plan(partner, output=""), photo())

    refused = device.entry(**sent)
    assert refused["state"] == "refused"
    assert [each["name"] for each in refused["errors"]] == ["output"]
    assert not Activity.objects.exists()

    states = [device.entry(**sent | {"output": "Selesai."})["state"] for _ in "12"]
    assert states == ["done", "done"]
    activity = Activity.objects.get()
    assert (activity.title, activity.status) == ("Penyuluhan di dusun", Status.REPORTED)
    assert activity.evidence.count() == 1


def test_shuffled_and_replayed_entries_leave_one_row_each(device, operator, photo):
    office = operator.acting.office
    entries = [report(ActivityFactory(office=office)) for _ in range(REPLAYS)]
    for number, sent in enumerate(entries):
        with_photo(device, sent, photo(f"{number}.jpg"))
    sent = entries * 2
    random.Random(7).shuffle(sent)

    states = {device.entry(**each)["state"] for each in sent}

    assert states == {"done"}
    assert OfflineEntry.objects.count() == REPLAYS
    assert Activity.objects.filter(status=Status.REPORTED).count() == REPLAYS
    assert Evidence.objects.count() == REPLAYS


def test_a_photo_that_is_not_here_is_asked_for_again(device, activity, photo):
    sent = with_photo(device, report(activity), photo())
    Document.objects.all().delete()

    told = device.entry(**sent)

    assert told == {"state": "photos", "missing": sent["photo"]}


def test_a_photo_cut_on_its_way_is_refused(device, activity, photo):
    upload = photo()
    told = device.post(
        "photo", key=uuid.uuid4(), photo=upload, fingerprint="0" * 64
    ).json()

    assert told["state"] == "refused"
    assert not Document.objects.exists()


def test_what_changed_meanwhile_stands_side_by_side(device, activity, photo):
    sent = with_photo(device, report(activity, was_place=activity.place), photo())
    Activity.objects.filter(pk=activity.pk).update(
        place="Aula Baru", revision=1, obstacles="Hujan"
    )

    told = device.entry(**sent)

    assert (told["state"], told["revision"]) == ("conflict", 1)
    rows = {row["label"]: (row["mine"], row["now"]) for row in told["rows"]}
    assert rows["Tempat"] == ("Balai Desa Tarus", "Aula Baru")
    assert rows["Kendala"] == ("–", "Hujan")
    assert rows["Klien dewasa, Laki-laki"] == ("12", "–")
    assert device.entry(**sent | {"revision": 1})["state"] == "done"


@pytest.mark.parametrize("status", [Status.REPORTED, Status.CANCELLED])
def test_what_was_settled_meanwhile_is_not_overwritten(device, operator, photo, status):
    activity = ActivityFactory(office=operator.acting.office)
    sent = with_photo(device, report(activity), photo())
    colleague = person(Role.UNIT_OPERATOR, operator.acting.office)
    Activity.objects.filter(pk=activity.pk).update(
        status=status,
        output="Lain",
        reason="Hujan",
        is_declared=True,
        reported_by=colleague,
    )

    told = device.entry(**sent)

    assert (told["state"], told["revision"]) == ("conflict", None)
    is_reported = status == Status.REPORTED
    assert (colleague.full_name in told["words"]) == is_reported
    assert {"label": "Hasil kegiatan", "mine": sent["output"], "now": "Lain"} in told[
        "rows"
    ]
    assert not OfflineEntry.objects.exists()


def test_a_change_after_it_arrived_is_not_lost_in_silence(device, activity, photo):
    sent = with_photo(device, report(activity), photo())
    device.entry(**sent)

    told = device.entry(**sent | {"output": "Ditulis ulang."})

    assert (told["state"], told["revision"]) == ("conflict", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"count_adult_client_male": "dua"},
        {"output": ""},
        {"declared": ""},
        {"photo": []},
        {"activity": "999999999999"},
        {"activity": "<script>"},
        {"key": "satu"},
    ],
)
def test_what_the_page_refuses_is_refused_in_its_words(device, activity, photo, wrong):
    sent = with_photo(device, report(activity), photo()) | wrong

    told = device.entry(**sent)

    assert told["state"] == "refused"
    assert all(each["words"] for each in told["errors"])
    activity.refresh_from_db()
    assert activity.status == Status.PLANNED


def test_a_meeting_of_restorative_justice_is_asked_about(device, operator, photo):
    kind = ActivityType.objects.filter(is_restorative=True).first()
    activity = ActivityFactory(office=operator.acting.office, type=kind)

    page = device.client.get(reverse("outreach:offline"))
    told = device.entry(**with_photo(device, report(activity), photo()))

    assert 'name="restorative_outcome"' in page.text
    assert [each["name"] for each in told["errors"]] == ["restorative_outcome"]


def test_what_is_doubted_is_taken_when_it_is_sent_once_more(device, activity, photo):
    sent = with_photo(
        device, report(activity, output="a.n. Budi, sudah paham."), photo()
    )

    told = device.entry(**sent)

    assert (told["state"], told["errors"][0]["name"]) == ("refused", "output")
    assert device.entry(**sent | {"sure": told["sure"]})["state"] == "done"


def test_nothing_is_taken_for_another_person_or_assignment(
    device, sign_in, operator, activity, photo
):
    sent = with_photo(device, report(activity), photo())
    second = AssignmentFactory(user=operator, role=Role.UNIT_OPERATOR)
    colleague = person(Role.UNIT_OPERATOR, operator.acting.office)

    assert device.entry(**sent, acting=second.pk)["state"] == "other_acting"
    assert device.entry(**sent, user=colleague.pk)["state"] == "other_user"
    other = Device(sign_in(colleague))
    assert other.entry(**sent, user=operator.pk)["state"] == "other_user"
    # His key and fingerprint alone give nobody the photo.
    assert other.entry(**sent)["state"] == "photos"
    assert not OfflineEntry.objects.exists()


def test_a_key_that_somebody_used_is_nobody_elses(
    device, sign_in, operator, activity, photo
):
    sent = with_photo(device, report(activity), photo())
    device.entry(**sent)
    colleague = person(Role.UNIT_OPERATOR, operator.acting.office)

    assert Device(sign_in(colleague)).entry(**sent)["state"] == "refused"


def test_a_script_that_is_signed_out_is_told_so_and_nothing_is_kept(
    client, activity, photo
):
    told = Device(client).post("entry", **report(activity))

    assert (told.status_code, told.json()) == (401, {"state": "signed_out"})
    assert "kept_form" not in client.session


def test_the_page_holds_the_activities_of_these_days(sign_in, operator):
    office = operator.acting.office
    now = timezone.now()
    near, begun, ahead, far = (
        ActivityFactory(
            office=office,
            starts_at=now + timedelta(days=days),
            title=title,
            output=output,
        )
        for days, title, output in (
            (-2, "Dekat", ""),
            (-3, "Dimulai", "Sudah"),
            (2, "Nanti", ""),
            (-20, "Jauh", ""),
        )
    )
    PartnerFactory(office=office, status="active", name="LBH Surya")

    page = sign_in(operator).get(reverse("outreach:offline"))

    assert f'data-away-report="{near.pk}"' in page.text
    assert f'data-away-report="{begun.pk}"' not in page.text
    assert begun.title in page.text
    assert far.title not in page.text
    before, after = page.text.split(f"<h3>{ahead.title}</h3>")
    later = "diterima portal setelah kegiatan berlangsung"
    assert (later in before, later in after) == (False, True)
    assert "LBH Surya" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client):
    answer = client.get("/sw.js")

    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert reverse("outreach:offline") in answer.text
