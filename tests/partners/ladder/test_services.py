from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from partners.ladder import services
from partners.models import Promotion, Volunteer
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents.models import Document
from pokmas.notices.models import Notice
from tests.factories import DocumentFactory, VolunteerFactory, person, volunteer_of

pytestmark = pytest.mark.django_db
Stage = Volunteer.Stage
TODAY = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-09-14 03:00Z", tick=False):
        yield


def head_of(volunteer):
    return person(Role.UNIT_HEAD, volunteer.office)


def promote(volunteer, by, **more):
    answers = {"promoted_on": TODAY, "evidence": "Hadir tiga kali.", "papers": []}
    services.promote(volunteer, **answers | more, by=by)


def test_he_rises_one_stage_with_evidence_and_file():
    user = volunteer_of()
    volunteer, head = user.volunteers.get(), head_of(user.volunteers.get())
    paper = DocumentFactory(uploaded_by=head)

    promote(volunteer, head, papers=[paper])

    volunteer.refresh_from_db()
    promotion = Promotion.objects.get()
    assert volunteer.stage == promotion.stage == Stage.FURTHER_COLLABORATION
    assert (promotion.promoted_on, promotion.decided_by) == (TODAY, head)
    assert list(Document.objects.visible_to(user)) == [paper]
    assert Notice.objects.get(user=user).body == "Hadir tiga kali."
    assert Entry.objects.filter(action="volunteer.promoted").exists()


def test_at_the_top_there_is_no_step_more():
    volunteer = VolunteerFactory(stage=Stage.INDEPENDENT_PROGRAMME)

    with pytest.raises(ValidationError, match="tertinggi"):
        promote(volunteer, head_of(volunteer))


@pytest.mark.parametrize("status", sorted(set(Volunteer.Status) - {"active"}))
def test_only_active_ones_rise(status):
    volunteer = VolunteerFactory(status=status, stage=Stage.INITIAL_APPROACH)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        promote(volunteer, head_of(volunteer))


def test_nobody_promotes_himself():
    volunteer = VolunteerFactory()
    volunteer.user = head = head_of(volunteer)
    volunteer.save()

    with pytest.raises(ValidationError, match="orang lain"):
        promote(volunteer, head)


@pytest.mark.parametrize("evidence", ["", "  "])
def test_without_evidence_nobody_rises(evidence):
    volunteer = VolunteerFactory()

    with pytest.raises(ValidationError, match="buktinya"):
        promote(volunteer, head_of(volunteer), evidence=evidence)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 9, 15), "belum tiba"), (date(2026, 9, 13), "Paling awal")],
)
def test_the_day_lies_between_the_last_stage_and_today(day, words):
    volunteer = VolunteerFactory()

    with pytest.raises(ValidationError, match=words):
        promote(volunteer, head_of(volunteer), promoted_on=day)


def test_a_stage_is_reached_once():
    volunteer = VolunteerFactory()
    promote(volunteer, head_of(volunteer))
    again = Promotion.objects.get()
    again.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_the_page_asks_for_text_and_file(sign_in):
    volunteer = VolunteerFactory()
    address = reverse("partners:volunteer_promote", args=[volunteer.pk])

    response = sign_in(head_of(volunteer)).post(address, {"promoted_on": "14-09-2026"})

    assert set(response.context["form"].errors) == {"evidence", "papers"}


def test_from_a_page_of_before_nobody_rises_twice(sign_in):
    volunteer = VolunteerFactory()
    head = head_of(volunteer)
    paper = DocumentFactory(uploaded_by=head)
    promote(volunteer, head, papers=[paper])
    address = reverse("partners:volunteer_promote", args=[volunteer.pk])
    sent = {"promoted_on": "14-09-2026", "evidence": "Sekali lagi.", "revision": 0}

    sign_in(head).post(address, sent)

    assert Promotion.objects.count() == 1


def test_his_page_tells_the_stages_with_their_evidence(sign_in):
    user = volunteer_of()
    volunteer = user.volunteers.get()
    promote(volunteer, head_of(volunteer))
    address = reverse("partners:volunteer_stages", args=[volunteer.pk])

    page = sign_in(user).get(address).content.decode()

    assert page.index("Pendekatan awal") < page.index("Hadir tiga kali.")
