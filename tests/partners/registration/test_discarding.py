"""A draft that nobody needs is thrown away, by whoever may write it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.models import LegalPaper, Partnership
from partners.registration import services as registration
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents.models import Document
from pokmas.notices.models import Notice
from tests.factories import (
    LegalPaperFactory,
    PartnershipFactory,
    RepresentativeFactory,
    declared_today,
    person,
)
from tests.pokmas.documents.factories import DocumentFactory

pytestmark = pytest.mark.django_db
Status = Partnership.Status


def address(partnership):
    return reverse("partners:discard", args=[partnership.pk])


def entered(by=Role.UNIT_OPERATOR, **answers):
    """A draft that an officer began, and he."""
    partnership = PartnershipFactory(**answers)
    officer = person(by, partnership.office)
    Partnership.objects.filter(pk=partnership.pk).update(created_by=officer)
    partnership.refresh_from_db()
    return partnership, officer


def test_an_officer_throws_away_what_he_entered_wrongly(sign_in):
    partnership, operator = entered()

    page = sign_in(operator).get(partnership.get_absolute_url())
    answer = sign_in(operator).post(
        address(partnership), {"reason": "Salah orang"}, follow=True
    )

    partnership.refresh_from_db()
    entry = Entry.objects.moves(partnership).get()
    assert address(partnership) in page.text
    assert "Draf dibuang" in answer.text
    assert (partnership.status, partnership.reason) == (
        Status.WITHDRAWN,
        "Salah orang",
    )
    assert (entry.actor, entry.action) == (operator, "partnership.discarded")


def test_its_page_is_called_as_the_button_and_tells_who_reads_the_reason(sign_in):
    partnership, operator = entered()

    page = sign_in(operator).get(address(partnership))

    assert page.context["title"] == "Buang draf"
    assert "Bila orang lain yang memulainya, ia membacanya." in page.text
    assert "Yang berkepentingan" not in page.text


def test_what_is_hardly_begun_is_thrown_away_too():
    partnership, operator = entered(
        name="", leader_name="", address="", contact_name="", phone="", services=""
    )

    registration.discard(partnership, reason="Kosong", by=operator)

    assert partnership.status == Status.WITHDRAWN


def test_its_files_go_with_it():
    partnership, operator = entered()
    LegalPaperFactory(partnership=partnership)
    DocumentFactory(owner=partnership)

    registration.discard(partnership, reason="Ganda", by=operator)

    assert not Document.objects.exists()
    assert not LegalPaper.objects.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_takes_a_reason(sign_in, reason):
    partnership, operator = entered()

    sign_in(operator).post(address(partnership), {"reason": reason})

    partnership.refresh_from_db()
    assert partnership.status == Status.DRAFT


def test_the_list_of_what_goes_on_forgets_it_and_the_archive_keeps_it(sign_in):
    partnership, operator = entered(name="Yayasan Terbuang")
    registration.discard(partnership, reason="Ganda", by=operator)

    lists = [
        sign_in(operator).get(reverse("partners:index"), {"status": status}).text
        for status in ("", "all")
    ]

    assert ["Yayasan Terbuang" in text for text in lists] == [False, True]


def test_the_page_shows_that_it_never_was_more_than_a_draft(sign_in):
    partnership, operator = entered()
    registration.discard(partnership, reason="Ganda", by=operator)

    page = sign_in(operator).get(partnership.get_absolute_url())

    way = page.text.partition('class="way"')[2].partition("</ol>")[0]
    assert ["Draf" in way, "Ditarik" in way, "Diajukan" in way] == [True, True, False]


def test_an_ambassador_throws_away_his_own_and_no_other():
    own, ambassador = entered(Role.AMBASSADOR)
    other, _operator = entered(office=own.office)

    registration.discard(own, reason="Salah", by=ambassador)

    with pytest.raises(ValidationError, match="yang boleh mengisinya"):
        registration.discard(other, reason="Salah", by=ambassador)
    assert [own.status, other.status] == [Status.WITHDRAWN, Status.DRAFT]


def test_whoever_entered_it_hears_that_a_colleague_threw_it_away():
    partnership, ambassador = entered(Role.AMBASSADOR)
    operator = person(Role.UNIT_OPERATOR, partnership.office)

    registration.discard(partnership, reason="Ganda", by=operator)

    assert [(note.user, note.body) for note in Notice.objects.all()] == [
        (ambassador, "Ganda")
    ]


@pytest.mark.parametrize("status", [s for s in Status if s != Status.DRAFT])
def test_nothing_but_a_draft_is_thrown_away(status):
    partnership, operator = entered(status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        registration.discard(partnership, reason="Salah", by=operator)


# A draft of an applicant


@pytest.fixture
def applied():
    return RepresentativeFactory(
        partner__is_self_registered=True, partner__name="Yayasan Rahasia"
    )


def test_an_applicant_throws_his_draft_away_and_begins_again(sign_in, applied):
    sign_in(applied.user).post(
        address(applied.partnership), {"reason": "Salah unit"}, follow=True
    )

    applied.partnership.refresh_from_db()
    assert applied.partnership.status == Status.WITHDRAWN
    assert registration.own_draft(applied.user) is None


def test_no_officer_ever_sees_a_draft_that_its_applicant_threw_away(sign_in, applied):
    operator = person(Role.UNIT_OPERATOR, applied.partnership.office)
    registration.discard(applied.partnership, reason="Batal", by=applied.user)

    client = sign_in(operator)
    page = client.get(applied.partnership.get_absolute_url())
    everything = client.get(reverse("partners:index"), {"status": "all"})

    assert page.status_code == 404
    assert "Yayasan Rahasia" not in everything.text
    assert not Notice.objects.exists()


def test_what_was_handed_in_and_taken_back_first_is_hidden_as_well(applied):
    operator = person(Role.UNIT_OPERATOR, applied.partnership.office)
    partnership = applied.partnership
    registration.submit(partnership, declared=declared_today(), by=applied.user)
    registration.correct(partnership, reason="Salah", by=applied.user)

    registration.discard(partnership, reason="Batal", by=applied.user)

    assert partnership not in Partnership.objects.visible_to(operator)


def test_an_officer_throws_away_no_draft_of_an_applicant(applied):
    operator = person(Role.UNIT_OPERATOR, applied.partnership.office)

    with pytest.raises(ValidationError, match="pendaftarnya sendiri"):
        registration.discard(applied.partnership, reason="Sampah", by=operator)
