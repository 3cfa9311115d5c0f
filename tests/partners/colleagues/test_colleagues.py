"""A representative invites colleagues, who work for the same partner, and go again."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from partners.colleagues import invitations
from partners.colleagues import services as colleagues
from partners.models import Partnership
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from tests.factories import PartnershipFactory, RepresentativeFactory, person

pytestmark = pytest.mark.django_db
EMAIL = "rekan@contoh.test"
ANSWERS = {
    "full_name": "Rekan Uji",
    "password": "kata sandi yang panjang",
    "consent": "on",
}


@pytest.fixture
def first():
    """Who acts for a partner alone so far."""
    return RepresentativeFactory(
        partner__is_self_registered=True, partner__name="Yayasan Uji"
    )


def page(partnership):
    return reverse("partners:colleagues", args=[partnership.pk])


def link(row, email=EMAIL) -> str:
    whole = colleagues.invite(row.partnership, email=email, by=row.user)
    return whole.removeprefix("http://testserver")


def joined(row, email=EMAIL) -> User:
    """A colleague who came by such a link."""
    Client().post(link(row, email), ANSWERS)
    return User.objects.get(email=email)


def prove(user):
    """As whoever signed up himself has done."""
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )


def remove(row, colleague):
    mine = row.partner.representatives.get(user=colleague)
    return reverse("partners:remove_colleague", args=[row.partnership.pk, mine.pk])


def test_a_colleague_without_an_account_makes_one_and_works_for_the_same_partner(
    sign_in, first
):
    sign_in(first.user).post(page(first.partnership), {"email": EMAIL.upper()})
    sent = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    newcomer = Client()

    asked = newcomer.get(sent)
    done = newcomer.post(sent, ANSWERS)

    assert "Yayasan Uji" in asked.text
    assert done.url == first.partnership.get_absolute_url()
    assert newcomer.get(done.url).status_code == 200
    colleague = User.objects.get(email=EMAIL)
    assert list(Partnership.objects.represented_by(colleague)) == [first.partnership]
    assert colleague.acting.role == Role.PARTNER
    assert colleague.consents.count() == 1
    assert Notice.objects.get(user=first.user).title == (
        "Rekan Uji kini ikut mewakili Yayasan Uji"
    )
    verbs = Entry.objects.about(first.partnership).values_list("action", flat=True)
    assert {"partnership.colleague_invited", "partnership.colleague_joined"} <= {*verbs}


def test_who_has_an_account_signs_in_and_accepts(sign_in, first):
    other = RepresentativeFactory()
    prove(other.user)
    address = link(first, other.user.email)

    led = Client().get(address)
    done = sign_in(other.user).post(address)

    assert led.url.startswith(reverse("account_login"))
    assert done.url == first.partnership.get_absolute_url()
    assert set(Partnership.objects.represented_by(other.user)) == {
        first.partnership,
        other.partnership,
    }


def test_the_inviter_learns_nothing_of_who_has_an_account(sign_in, first):
    known = RepresentativeFactory().user
    known.full_name = "Orang Lain"
    known.save(update_fields=["full_name"])
    prove(known)
    client = sign_in(first.user)

    pages = [
        client.post(page(first.partnership), {"email": email}, follow=True).text
        for email in (known.email, EMAIL)
    ]

    assert known.full_name not in pages[0]
    assert f"Undangan dikirim ke {known.email}." in pages[0]
    assert f"Undangan dikirim ke {EMAIL}." in pages[1]


def test_a_link_is_for_one_address_alone(sign_in, first):
    other = RepresentativeFactory()

    shown = sign_in(other.user).get(link(first))

    assert "Undangan ini untuk" in shown.text
    invitation = invitations.read(link(first).split("/")[-2])
    with pytest.raises(ValidationError, match="alamat surel yang lain"):
        colleagues.join(invitation, by=other.user)


def test_no_officer_comes_to_act_for_a_partner(first):
    operator = person(Role.UNIT_OPERATOR, first.partnership.office)
    invitation = invitations.read(link(first, operator.email).split("/")[-2])

    with pytest.raises(ValidationError, match="petugas"):
        colleagues.join(invitation, by=operator)


def test_a_link_ends_after_a_week_with_its_sender_and_when_tampered(
    client, first, stopped_clock
):
    address = link(first)
    tampered = address.replace("/join/", "/join/x")
    first.ended_on = first.partnership.office.today
    first.save()
    without = client.get(address).status_code
    first.ended_on = None
    first.save()
    stopped_clock.shift(8 * 24 * 60 * 60)

    late = client.get(address).status_code

    assert (without, late, client.get(tampered).status_code) == (410, 410, 410)


def test_accepting_twice_is_harmless(sign_in, first):
    colleague = joined(first)
    address = link_again(first, colleague)

    sign_in(colleague).post(address)

    assert first.partner.representatives.filter(user=colleague).count() == 1


def link_again(row, colleague) -> str:
    whole = invitations.link_for(row.partnership, colleague.email, by=row.user)
    return whole.removeprefix("http://testserver")


def test_who_came_first_removes_who_came_later_and_all_ends_at_once(sign_in, first):
    colleague = joined(first)

    sign_in(first.user).post(remove(first, colleague))

    colleague = User.objects.get(pk=colleague.pk)
    assert not Partnership.objects.represented_by(colleague).exists()
    assert colleague.acting is None
    assert (
        Entry.objects.about(first.partnership)
        .filter(action="partnership.colleague_removed", actor=first.user)
        .exists()
    )
    told = Notice.objects.get(user=colleague)
    assert told.title == "Anda tidak lagi mewakili Yayasan Uji"


def test_nobody_removes_who_was_there_before_him(sign_in, first):
    client = sign_in(joined(first))

    client.post(remove(first, first.user))

    assert first.partner.representatives.current().count() == 2
    assert remove(first, first.user) not in client.get(page(first.partnership)).text


def test_a_leader_leaves_once_a_colleague_goes_on(sign_in, first):
    client, leave = sign_in(first.user), remove(first, first.user)
    assert leave not in client.get(page(first.partnership)).text
    client.post(leave)
    colleague = joined(first)

    assert leave in client.get(page(first.partnership)).text
    left = client.post(leave, follow=True)

    assert "tidak lagi mewakili mitra ini" in left.text
    (stays,) = first.partner.representatives.current()
    assert stays.user == colleague


def test_a_role_stays_where_another_partner_needs_it(first):
    office = first.partnership.office
    colleague = joined(first)
    RepresentativeFactory(partner=PartnershipFactory(office=office), user=colleague)
    row = first.partner.representatives.get(user=colleague)

    colleagues.remove(row, first.partnership, by=first.user)

    assert colleague.assignments.current().filter(office=office).exists()


def test_there_is_a_limit_to_colleagues_and_to_invitations(first, monkeypatch):
    monkeypatch.setattr(colleagues, "TIMES", 1)
    link(first)
    with pytest.raises(ValidationError, match="Coba besok"):
        link(first)
    monkeypatch.setattr(colleagues, "MOST", 1)
    with pytest.raises(ValidationError, match="Paling banyak 1 orang"):
        link(first)


def test_a_stranger_finds_no_colleagues(sign_in, first):
    stranger = RepresentativeFactory().user
    officer = person(Role.UNIT_OPERATOR, first.partnership.office)

    answers = [
        sign_in(user).get(page(first.partnership)).status_code
        for user in (stranger, officer)
    ]

    assert answers == [404, 403]


def test_the_page_of_the_partner_leads_to_its_colleagues(sign_in, first):
    shown = sign_in(first.user).get(first.partnership.get_absolute_url())

    assert page(first.partnership) in shown.text
