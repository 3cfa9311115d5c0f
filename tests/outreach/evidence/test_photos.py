"""Photos are blurred, cut and refused; what they were is gone."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from PIL import Image

from outreach.corrections import services as corrections
from outreach.evidence import services
from outreach.evidence.look import look_of
from outreach.evidence.models import Bands, bands_of
from outreach.models import Activity, Evidence, PhotoRefusal
from outreach.results import services as results
from outreach.results.questions import near, showing
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.notices.models import Notice
from pokmas.records.guarded import StaleRecord
from tests.factories import (
    ActivityFactory,
    EvidenceFactory,
    PartnerFactory,
    RepresentativeFactory,
    person,
)
from tests.pokmas.documents.corpus import upload

pytestmark = pytest.mark.django_db
Status = Activity.Status
LEFT_HALF = {"blurred": [[0, 0, 50, 100]], "cut": None}
WHOLE = [0, 0, 50, 100]


def picture():
    """Fine stripes on the left, a slope on the right: a photo that tells something."""
    image = Image.new("RGB", (600, 400))
    image.putdata(
        [
            ((255, 255, 255) if x % 4 < 2 else (0, 0, 0)) if x < 300 else (x % 256,) * 3
            for y in range(400)
            for x in range(600)
        ]
    )
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def shown(status="reported", by=None, **more):
    """A photo of an activity, with its file."""
    by = by or person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(
        office=by.acting.office, status=status, reported_by=by, created_by=by, **more
    )
    photo = documents.store(upload("foto.jpg", picture), by=by)
    return EvidenceFactory(activity=activity, document=photo, look=look_of(photo))


def head_of(evidence):
    return person(Role.UNIT_HEAD, evidence.activity.office)


def opened(document):
    with document.file.open() as file:
        image = Image.open(file)
        image.load()
    return image


def contrast(image, box):
    low, high = image.crop(box).convert("L").getextrema()
    return high - low


def test_what_is_blurred_is_gone_and_the_rest_stays(
    django_capture_on_commit_callbacks,
):
    evidence = shown()
    head, old = head_of(evidence), evidence.document
    before, look = old.file.name, evidence.look

    with django_capture_on_commit_callbacks(execute=True):
        services.edit_photo(evidence, areas=LEFT_HALF, by=head)

    image = opened(evidence.document)
    assert image.size == (600, 400)
    assert contrast(image, (0, 0, 290, 400)) < 60
    assert contrast(image, (310, 0, 600, 400)) > 150
    assert not default_storage.exists(before)
    old.refresh_from_db()
    assert (old.file.name, old.thumbnail.name) == ("", "")
    assert (evidence.edited_by, evidence.look) == (head, look)
    assert evidence.document.uploaded_by == old.uploaded_by
    actions = {entry.action for entry in Entry.objects.about(evidence.activity)}
    assert actions == {"activity.photo_edited"}


def test_a_photo_is_cut_to_what_stays():
    evidence = shown()

    services.edit_photo(
        evidence,
        areas={"blurred": [], "cut": [50, 0, 50, 50]},
        by=evidence.document.uploaded_by,
    )

    assert opened(evidence.document).size == (300, 200)
    assert (evidence.document.width, evidence.document.height) == (300, 200)


def test_the_same_photo_is_still_known_after_it_was_blurred():
    evidence = shown()
    other = shown(by=evidence.document.uploaded_by)

    services.edit_photo(evidence, areas=LEFT_HALF, by=head_of(evidence))

    rows = near(other.activity).filter(pk__in=showing([other]))
    assert list(rows) == [evidence.activity]


def test_a_few_other_bits_leave_a_part_of_the_look():
    look = -0x123456789ABCDEF

    for bits in range(60):
        near, far = 0b1111 << bits, 0x1000100010001 << bits % 16
        assert set(bands_of(look)) & set(bands_of(look ^ near))
        assert set(bands_of(look)) & set(bands_of(look ^ far))


@pytest.mark.parametrize("look", [5, -(2**63), 2**63 - 1])
def test_the_database_parts_a_look_likewise(look):
    evidence = shown()
    Evidence.objects.filter(pk=evidence.pk).update(look=look)

    assert Evidence.objects.values_list(Bands("look")).get() == (bands_of(look),)


def test_the_same_photo_is_looked_for_in_indexes():
    rows = Evidence.objects.order_by()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "evidence_looks" in rows.looking_like(5).explain()
    plan = rows.filter(document__sha256__in=["a", "b"]).explain()
    assert "documents_d_sha256" in plan


def test_a_public_photo_is_judged_anew_once_it_was_changed():
    evidence = shown()
    head = head_of(evidence)
    services.review_photo(evidence, visibility="public", by=head)

    services.edit_photo(evidence, areas=LEFT_HALF, by=head)

    assert (evidence.visibility, evidence.reviewed_by) == ("internal", None)
    services.review_photo(evidence, visibility="public", by=head)
    assert Evidence.objects.public().get() == evidence


def test_who_reports_changes_photos_until_they_were_verified():
    evidence = shown("verified")

    with pytest.raises(ValidationError, match="sudah diperiksa"):
        services.edit_photo(evidence, areas=LEFT_HALF, by=evidence.document.uploaded_by)

    services.edit_photo(evidence, areas=LEFT_HALF, by=head_of(evidence))
    assert evidence.edited_by is not None


def test_an_edit_of_a_version_that_is_gone_is_told():
    evidence = shown()
    seen, by = evidence.document_id, evidence.document.uploaded_by
    services.edit_photo(evidence, areas=LEFT_HALF, by=by)

    with pytest.raises(StaleRecord, match="berubah"):
        services.edit_photo(evidence, areas=LEFT_HALF, seen=seen, by=by)


def test_whoever_judges_the_report_is_told_that_a_photo_changed():
    evidence = shown()
    revision = evidence.activity.revision

    services.edit_photo(evidence, areas=LEFT_HALF, by=evidence.document.uploaded_by)

    evidence.activity.refresh_from_db()
    assert evidence.activity.revision == revision + 1


def test_a_correction_shows_the_blurred_photo_too():
    evidence = shown("locked")
    head = head_of(evidence)
    corrections.replace(evidence.activity, reason="Salah hitung", by=head)
    copy = Evidence.objects.exclude(pk=evidence.pk).get()
    assert copy.look == evidence.look

    services.edit_photo(evidence, areas=LEFT_HALF, by=head)

    copy.refresh_from_db()
    assert copy.document == evidence.document


def test_a_refused_photo_is_no_evidence_and_its_file_is_gone(
    django_capture_on_commit_callbacks,
):
    evidence = shown()
    operator, head = evidence.document.uploaded_by, head_of(evidence)
    name = evidence.document.file.name
    why = PhotoRefusal.objects.get(name="Wajah anak terlihat")

    with django_capture_on_commit_callbacks(execute=True):
        services.refuse_photo(evidence, refusal=why, by=head)

    assert not default_storage.exists(name)
    assert not Evidence.objects.present().exists()
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (operator, "activity.photo_refused")
    assert "Wajah anak terlihat" in notice.body
    # Nothing shows any more that it was held.
    activity = Activity.objects.get(pk=evidence.activity_id)
    assert activity.status == Activity.Status.RETURNED
    assert "Wajah anak terlihat" in activity.reason
    assert activity.is_turn_of(operator)
    assert not activity.is_turn_of(head)


def test_who_uploaded_a_photo_does_not_refuse_it():
    head = person(Role.UNIT_HEAD)
    evidence = shown(by=head)

    with pytest.raises(ValidationError, match="orang lain"):
        services.refuse_photo(evidence, refusal=PhotoRefusal.objects.first(), by=head)


def test_a_kanwil_judges_the_photos_of_its_own_activities_alone():
    ours = shown()
    kanwil = ours.activity.office.parent
    theirs = shown(by=person(Role.REGIONAL_ADMIN, kanwil))
    head, why = person(Role.REGIONAL_HEAD, kanwil), PhotoRefusal.objects.first()

    with pytest.raises(ValidationError, match="Langkah ini dilakukan"):
        services.refuse_photo(ours, refusal=why, by=head)
    with pytest.raises(ValidationError, match="Langkah ini dilakukan"):
        services.edit_photo(ours, areas=LEFT_HALF, by=head)

    services.refuse_photo(theirs, refusal=why, by=head)
    theirs.refresh_from_db()
    assert theirs.refused_by == head


def test_another_photo_takes_the_place_of_a_refused_one(sign_in, photo):
    evidence = shown()
    operator, head = evidence.document.uploaded_by, head_of(evidence)
    activity = evidence.activity
    EvidenceFactory(activity=activity, kind=Evidence.Kind.ATTENDANCE)
    services.refuse_photo(evidence, refusal=PhotoRefusal.objects.first(), by=head)
    client = sign_in(operator)
    url = reverse("outreach:add_photos", args=[activity.pk])
    assert url in client.get(activity.get_absolute_url()).content.decode()

    client.post(url, {"photos": [photo()], "declared": "on"})

    assert Evidence.objects.present().filter(activity=activity).count() == 2
    assert Notice.objects.filter(user=head, kind="activity.photo_added").exists()
    assert url not in client.get(activity.get_absolute_url()).content.decode()
    activity.refresh_from_db()
    results.verify(activity, by=head)


def test_a_refused_photo_is_shown_as_its_reason_alone(sign_in):
    evidence = shown()
    url = evidence.document.get_absolute_url()
    services.refuse_photo(
        evidence, refusal=PhotoRefusal.objects.first(), by=head_of(evidence)
    )
    client = sign_in(evidence.document.uploaded_by)

    page = client.get(evidence.activity.get_absolute_url()).content.decode()

    assert "Wajah anak terlihat" in page
    assert url not in page
    assert client.get(url).status_code == 404


def test_the_file_of_before_is_given_to_nobody(sign_in):
    evidence = shown()
    by, old = evidence.document.uploaded_by, evidence.document
    services.edit_photo(evidence, areas=LEFT_HALF, by=by)

    client = sign_in(by)

    assert client.get(old.get_absolute_url()).status_code == 404
    assert client.get(old.get_thumbnail_url()).status_code == 404
    assert client.get(evidence.document.get_absolute_url()).status_code == 200


# Pages


def numbers(name, values):
    sides = ("left", "top", "width", "height")
    return {f"{name}_{side}": value for side, value in zip(sides, values, strict=True)}


def test_a_preview_comes_with_the_page_and_changes_nothing(sign_in):
    evidence = shown()
    client = sign_in(evidence.document.uploaded_by)
    url = reverse("outreach:edit_photo", args=[evidence.pk])

    response = client.post(url, {**numbers("blur1", WHOLE), "preview": "1"})

    assert "data:image/jpeg;base64," in response.content.decode()
    assert "data:" in response["Content-Security-Policy"]
    assert Evidence.objects.get().document == evidence.document


def test_the_verifier_comes_back_to_the_report_he_judges(sign_in):
    evidence = shown()
    client = sign_in(head_of(evidence))
    url = reverse("outreach:edit_photo", args=[evidence.pk])
    verify = reverse("outreach:verify", args=[evidence.activity_id])
    assert url in client.get(verify).content.decode()

    response = client.post(url, numbers("cut", [10, 10, 80, 80]))

    assert response["Location"] == verify
    assert opened(Evidence.objects.get().document).size == (480, 320)


def test_whoever_reported_it_is_told_of_the_saved_photo_alone(sign_in):
    evidence = shown()
    client = sign_in(evidence.document.uploaded_by)
    url = reverse("outreach:edit_photo", args=[evidence.pk])

    page = client.post(url, numbers("blur1", WHOLE), follow=True)

    assert "Foto tersimpan." in page.text
    assert "tidak dapat dilakukan" not in page.text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Tandai dahulu"),
        ({"blur1_left": "3"}, "Isi keempat angkanya"),
        (numbers("blur1", [60, 0, 50, 10]), "keluar dari foto"),
        (numbers("cut", [0, 0, 5, 50]), "Sisakan sedikitnya 10 persen"),
        (numbers("blur2", ["a", 0, 50, 10]), "blur2_left"),
        (numbers("blur2", [0, 0, 0, 10]), "blur2_width"),
    ],
)
def test_areas_that_are_none_are_refused_in_words(sign_in, answers, words):
    evidence = shown()
    url = reverse("outreach:edit_photo", args=[evidence.pk])

    response = sign_in(evidence.document.uploaded_by).post(url, answers)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert Evidence.objects.get().edited_at is None


def test_a_partner_blurs_the_photos_of_his_own_report_alone(sign_in):
    evidence, other = shown(), shown()
    user = person(Role.PARTNER, evidence.activity.office)
    own = RepresentativeFactory(
        user=user,
        partner=PartnerFactory(office=evidence.activity.office, status="active"),
    ).partner
    evidence.activity.partners.set([own])
    client = sign_in(user)

    client.post(
        reverse("outreach:edit_photo", args=[evidence.pk]), numbers("blur1", WHOLE)
    )

    evidence.refresh_from_db()
    assert evidence.edited_by == user
    strange = reverse("outreach:edit_photo", args=[other.pk])
    assert client.get(strange).status_code == 404
    refusing = reverse("outreach:refuse_photo", args=[evidence.pk])
    assert client.get(refusing).status_code == 403


def test_the_verifier_refuses_with_a_reason_of_the_list(sign_in):
    evidence = shown()
    client = sign_in(head_of(evidence))
    url = reverse("outreach:refuse_photo", args=[evidence.pk])
    why = PhotoRefusal.objects.get(name="Bukan kegiatan ini")

    assert "Tandai" not in client.post(url, {}).content.decode()
    client.post(url, {"refusal": why.pk})

    evidence.refresh_from_db()
    assert evidence.refusal == why
