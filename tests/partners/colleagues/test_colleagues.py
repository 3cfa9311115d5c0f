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
from partners.models import Invitation, Partnership
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
WRITES = {"role": Role.PARTNER_WRITER}


@pytest.fixture
def first():
    """Who acts for a partner alone so far."""
    return RepresentativeFactory(
        partner__is_self_registered=True, partner__name="Yayasan Uji"
    )


def page(partnership):
    return reverse("partners:colleagues", args=[partnership.pk])


def invited(row, email=EMAIL, role=Role.PARTNER):
    return colleagues.invite(row.partnership, email=email, role=role, by=row.user)


def address_of(invitation) -> str:
    return invitations.link_for(invitation).removeprefix("http://testserver")


def link(row, email=EMAIL, role=Role.PARTNER) -> str:
    return address_of(invited(row, email, role))


def joined(row, email=EMAIL, role=Role.PARTNER) -> User:
    """A colleague who came by such a link."""
    Client().post(link(row, email, role), ANSWERS)
    return User.objects.get(email=email)


def prove(user):
    """As whoever signed up himself has done."""
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )


def inviting(row):
    return reverse("partners:invite_colleague", args=[row.partnership.pk])


def role_of(row, colleague):
    mine = row.partner.representatives.get(user=colleague)
    return reverse("partners:colleague_role", args=[row.partnership.pk, mine.pk])


def remove(row, colleague):
    mine = row.partner.representatives.get(user=colleague)
    return reverse("partners:remove_colleague", args=[row.partnership.pk, mine.pk])


def test_a_colleague_without_an_account_makes_one_and_works_for_the_same_partner(
    sign_in, first
):
    sign_in(first.user).post(inviting(first), {"email": EMAIL.upper(), **WRITES})
    sent = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    newcomer = Client()

    asked = newcomer.get(sent)
    done = newcomer.post(sent, ANSWERS)

    assert f"{first.user} mengundang Anda ikut mewakili Yayasan Uji" in asked.text
    assert done.url == first.partnership.get_absolute_url()
    assert newcomer.get(done.url).status_code == 200
    colleague = User.objects.get(email=EMAIL)
    assert list(Partnership.objects.represented_by(colleague)) == [first.partnership]
    assert colleague.acting.role == Role.PARTNER_WRITER
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
        client.post(inviting(first), {"email": email, **WRITES}, follow=True).text
        for email in (known.email, EMAIL)
    ]

    assert known.full_name not in pages[0]
    assert f"Undangan dikirim ke {known.email}." in pages[0]
    assert f"Undangan dikirim ke {EMAIL}." in pages[1]


def test_an_address_longer_than_any_is_refused_in_words(sign_in, first):
    long = f"{'a' * 290}@contoh.test"

    page = sign_in(first.user).post(inviting(first), {"email": long, **WRITES})

    assert list(page.context["form"].errors) == ["email"]
    assert long in page.text


def test_a_link_is_for_one_address_alone(sign_in, first):
    other = RepresentativeFactory()

    shown = sign_in(other.user).get(link(first))

    assert "Undangan ini untuk" in shown.text
    with pytest.raises(ValidationError, match="alamat surel yang lain"):
        colleagues.join(Invitation.objects.get(), by=other.user)


def test_no_officer_comes_to_act_for_a_partner(sign_in, first):
    operator = person(Role.UNIT_OPERATOR, first.partnership.office)
    invitation = invited(first, operator.email)

    shown = sign_in(operator).get(address_of(invitation))

    assert "Akun petugas tidak dapat mewakili mitra" in shown.text
    assert "Terima undangan" not in shown.text
    with pytest.raises(ValidationError, match="petugas"):
        colleagues.join(invitation, by=operator)


def test_a_link_that_is_over_says_why(client, first, stopped_clock):
    invitation = invited(first)
    address = address_of(invitation)
    second = joined(first, "kedua@contoh.test")
    first.partner.representatives.filter(user=first.user).update(
        ended_on=first.partnership.office.today
    )
    left = client.get(address)
    stopped_clock.shift(60)
    colleagues.resend(invitation, by=second)
    older, address = client.get(address), address_of(invitation)
    again = client.get(address)
    stopped_clock.shift(8 * 24 * 60 * 60)
    late = client.get(address)
    colleagues.withdraw(invitation, by=second)
    withdrawn = client.get(address)
    strange = client.get(address.replace("/join/", "/join/x"))

    answers = (left, older, again, late, withdrawn, strange)
    assert [each.status_code for each in answers] == [410, 410, 200, 410, 410, 410]
    assert "sudah dikirim ulang" in older.text
    assert "bukan lagi penanggung jawab" in left.text
    assert "berlaku tujuh hari" in late.text
    assert "sudah ditarik" in withdrawn.text
    assert "bukan dari portal ini" in strange.text


def test_accepting_twice_is_harmless(sign_in, first):
    address = link(first)
    Client().post(address, ANSWERS)
    colleague = User.objects.get(email=EMAIL)

    again = sign_in(colleague).post(address)

    assert again.url == first.partnership.get_absolute_url()
    assert first.partner.representatives.filter(user=colleague).count() == 1
    assert "sudah dipakai" in Client().get(address).text


def test_open_invitations_are_listed_sent_again_and_withdrawn(
    sign_in, first, stopped_clock
):
    invitation = invited(first, role=Role.PARTNER_READER)
    with pytest.raises(ValidationError, match="masih terbuka"):
        invited(first)
    stopped_clock.shift(8 * 24 * 60 * 60)
    client = sign_in(first.user)
    args = [first.partnership.pk, invitation.pk]

    listed = client.get(page(first.partnership))
    sent = client.post(reverse("partners:resend_invitation", args=args), follow=True)
    taken = reverse("partners:withdraw_invitation", args=args)
    withdrawn = client.post(taken, follow=True)
    twice = client.post(taken, follow=True)

    assert f"Dikirim {first.user} 8 hari yang lalu" in listed.text
    assert "Kirim ulang agar dapat dipakai" in listed.text
    assert "Kirim ulang agar dapat dipakai" not in sent.text
    assert mail.outbox[-1].to == [EMAIL]
    assert "Pembaca: melihat semuanya" in mail.outbox[-1].body
    assert EMAIL not in withdrawn.text
    assert "sudah ditarik" in twice.text


def test_who_follows_reads_and_who_does_the_work_writes(sign_in, first):
    reader = joined(first, role=Role.PARTNER_READER)
    writer = joined(first, "pelaksana@contoh.test", role=Role.PARTNER_WRITER)
    own = first.partnership.get_absolute_url()
    plan = reverse("outreach:create")

    seen = [
        [sign_in(user).get(url).status_code for url in (own, plan, inviting(first))]
        for user in (first.user, writer, reader)
    ]

    assert seen == [[200, 200, 200], [200, 200, 403], [200, 403, 403]]
    with pytest.raises(ValidationError, match="Hanya penanggung jawab"):
        colleagues.invite(
            first.partnership, email="x@contoh.test", role=Role.PARTNER, by=writer
        )


def test_another_role_holds_from_the_next_page(sign_in, first):
    colleague = joined(first, role=Role.PARTNER_READER)
    theirs = sign_in(colleague)
    plan = reverse("outreach:create")
    before = theirs.get(plan).status_code

    sign_in(first.user).post(role_of(first, colleague), WRITES)

    assert (before, theirs.get(plan).status_code) == (403, 200)
    held = colleague.assignments.current().values_list("role", flat=True)
    assert list(held) == [Role.PARTNER_WRITER]
    told = Notice.objects.get(user=colleague)
    assert told.title == "Peran Anda untuk Yayasan Uji kini Pelaksana"


def test_one_who_answers_for_it_is_always_left(sign_in, first):
    client = sign_in(first.user)
    alone = client.post(role_of(first, first.user), WRITES)
    colleague = joined(first, role=Role.PARTNER_WRITER)
    still = client.post(role_of(first, first.user), WRITES)
    client.post(role_of(first, colleague), {"role": Role.PARTNER})

    lowered = client.post(role_of(first, first.user), WRITES)

    assert "Undang penggantinya sebagai penanggung jawab" in alone.text
    assert "Jadikan rekan lain penanggung jawab" in still.text
    assert lowered.url == reverse("home")
    assert [each.user for each in first.partner.representatives.answering()] == [
        colleague
    ]


def test_of_two_partners_he_sees_the_one_for_which_he_acts_so(first):
    """A right at one partner is none at the other, though both work with one unit."""
    other = RepresentativeFactory(
        partner=PartnershipFactory(office=first.partnership.office)
    )
    invitation = invited(other, first.user.email, Role.PARTNER_READER)
    colleagues.join(invitation, by=first.user)
    user = User.objects.get(pk=first.user.pk)
    roles = {each.role: each for each in user.assignments.current()}

    seen = {}
    for role, assignment in roles.items():
        user.acting = assignment
        seen[role] = list(Partnership.objects.visible_to(user))

    assert seen == {
        Role.PARTNER: [first.partnership],
        Role.PARTNER_READER: [other.partnership],
    }


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
    assert "satu-satunya" in client.post(leave, follow=True).text
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
        link(first, "lain@contoh.test")
    monkeypatch.setattr(colleagues, "MOST", 1)
    with pytest.raises(ValidationError, match="Paling banyak 1 orang"):
        link(first, "lain@contoh.test")


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
