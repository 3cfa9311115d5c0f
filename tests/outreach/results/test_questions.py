"""What looks odd is answered by its author, and read by who verifies."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from outreach.evidence.look import look_of
from outreach.models import Activity, HintAnswer
from outreach.results import services as results
from outreach.results.questions import Unanswered, questions
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    DocumentFactory,
    EvidenceFactory,
    person,
)
from tests.pokmas.documents.corpus import upload

pytestmark = pytest.mark.django_db
Status = Activity.Status
ADULTS = ("adult_client", "male")
LONG = "Peserta memahami hak dan kewajibannya selama menjalani bimbingan."


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def codes(activity):
    served = sum(count.number for count in activity.counts.all())
    return [each.code for each in questions(activity, served, activity.evidence.all())]


def landscape(size=(800, 600), quality=90, shift=0):
    """A sky that grows lighter to one side, with a hill."""
    picture = Image.linear_gradient("L").rotate(90).resize(size)
    picture.paste(40 + shift, (size[0] // 3, size[1] // 2, size[0], size[1]))
    output = BytesIO()
    picture.convert("RGB").save(output, "JPEG", quality=quality)
    return output.getvalue()


def test_a_number_far_from_what_is_usual_at_the_unit(operator):
    office = operator.acting.office
    for number in (18, 20, 20, 21, 22, 23, 24, 25):
        ActivityFactory(office=office, status="verified", counts={ADULTS: number})

    usual, far = (
        ActivityFactory(office=office, status="reported", counts={ADULTS: number})
        for number in (30, 300)
    )
    elsewhere = ActivityFactory(status="reported", counts={ADULTS: 300})

    assert (codes(usual), codes(far), codes(elsewhere)) == ([], ["range"], [])


def test_a_day_out_of_the_agreement(operator):
    office = operator.acting.office
    agreement = AgreementFactory(office=office, status="signed")
    day = datetime(2020, 5, 1, tzinfo=UTC)

    activity = ActivityFactory(office=office, agreement=agreement, starts_at=day)

    assert codes(activity) == ["agreement"]


def test_a_text_copied_from_last_month(operator):
    office = operator.acting.office
    august = datetime(2026, 8, 3, 2, tzinfo=UTC)
    ActivityFactory(
        office=office, status="verified", starts_at=august, output=f"{LONG} Baik."
    )
    copied = ActivityFactory(office=office, status="reported", output=LONG)
    own = ActivityFactory(
        office=office,
        status="reported",
        starts_at=august - timedelta(days=90),
        output=LONG,
    )

    assert (codes(copied), codes(own)) == (["copied"], [])


def test_the_same_photo_saved_anew(operator):
    office = operator.acting.office
    one, anew, other = (
        documents.store(upload("foto.jpg", content), by=operator)
        for content in (
            landscape(),
            landscape((640, 480), quality=40),
            landscape(shift=215),
        )
    )
    assert look_of(DocumentFactory()) is None
    first = ActivityFactory(office=office, status="verified")
    EvidenceFactory(activity=first, document=one, look=look_of(one))

    asked = []
    for photo in (anew, other):
        activity = ActivityFactory(office=office, status="reported")
        EvidenceFactory(activity=activity, document=photo, look=look_of(photo))
        asked.append(codes(activity))

    assert asked == [["photo"], []]


def test_its_author_answers_in_the_form_and_the_verifier_reads_both(
    sign_in, operator, photo
):
    office = operator.acting.office
    ActivityFactory(office=office, status="verified", output=LONG)
    activity = ActivityFactory(office=office)
    url = reverse("outreach:report", args=[activity.pk])
    client = sign_in(operator)
    answers = {"output": LONG, "declared": "on", "funding": "none"}

    asked = client.post(url, {**answers, "photos": photo()})
    form = asked.context["form"]
    assert "Hasilnya hampir sama" in str(form.errors["answer_copied"])
    assert not activity.evidence.exists()
    kept = {
        name: form.data.getlist(name) for name in form.data if name.startswith("photos")
    }
    sent = client.post(
        url, {**answers, **kept, "photos": photo(), "answer_copied": "Sesi yang sama"}
    )

    assert sent.status_code == 302
    head = sign_in(person(Role.UNIT_HEAD, office))
    page = head.get(reverse("outreach:verify", args=[activity.pk])).content.decode()
    assert "Jawaban pelapor: Sesi yang sama" in page
    assert HintAnswer.objects.get().answered_by == operator


def test_answers_to_what_is_odd_no_more_go(operator):
    office = operator.acting.office
    other = ActivityFactory(office=office, status="verified", output=LONG)
    activity = ActivityFactory(office=office)
    activity.output = LONG
    given = {
        "by": operator,
        "declared": True,
        "counts": {ADULTS: 3},
        "photos": [DocumentFactory(uploaded_by=operator)],
    }
    with pytest.raises(Unanswered):
        results.report(activity, revision=0, **given)
    results.report(activity, revision=0, explained={"copied": "Sama"}, **given)
    head = person(Role.UNIT_HEAD, office)
    results.send_back(activity, reason="Tulis sendiri", by=head)
    activity.refresh_from_db()
    Activity.objects.filter(pk=other.pk).update(output="Lain sekali.")

    results.report(activity, revision=activity.revision, **{**given, "photos": []})

    assert not activity.hint_answers.exists()
