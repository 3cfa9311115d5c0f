"""A partner known to two units of two regions: one identity, two registrations."""

import pytest
from django.urls import reverse

from partners.models import Finding, Partner, Partnership
from partners.registration import services as registration
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.audit.moments import timeline
from tests.factories import (
    CriterionFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)
from tests.pokmas.documents.factories import DocumentFactory

pytestmark = pytest.mark.django_db
IDENTITY = {"name": "Yayasan Bersama", "leader_name": "Ana Bersama"}
SIDES = ["Gebang", "Lontar"]
STAFF = [Role.UNIT_OPERATOR, Role.UNIT_HEAD, Role.REGIONAL_ADMIN]


def known(side, **whose):
    """A registration in which all that is one's own bears the name of the side."""
    partnership = PartnershipFactory(
        **whose,
        contact_name=f"Kontak {side}",
        email=f"{side.lower()}@contoh.test",
        services=f"Layanan {side}",
        status="submitted",
    )
    examiner = person(
        Role.UNIT_OPERATOR, partnership.office, full_name=f"Pemeriksa {side}"
    )
    findings = [
        Finding(criterion=CriterionFactory(), is_met=False, comment=f"Temuan {side}")
    ]
    vetting.return_for_repair(
        partnership, reason=f"Alasan {side}", findings=findings, by=examiner
    )
    DocumentFactory(owner=partnership, name=f"berkas-{side}.pdf")
    # As if it had been repaired, approved and stopped: its page shows all there is.
    Partnership.objects.filter(pk=partnership.pk).update(status="suspended")
    partnership.refresh_from_db()
    return partnership


@pytest.fixture
def sides():
    """Side → the registration there."""
    first = known(SIDES[0], **IDENTITY)
    return {SIDES[0]: first, SIDES[1]: known(SIDES[1], partner=first.partner)}


def reader(role, office):
    return person(role, office if role != Role.REGIONAL_ADMIN else office.parent)


def pages_of(partnership):
    """Whatever tells of a registration, and the lists in which it stands."""
    own = reverse("partners:detail", args=[partnership.pk])
    return [
        own,
        f"{own}?tab=findings",
        f"{own}?tab=history",
        reverse("audit:record", args=["partners.partnership", partnership.pk]),
        reverse("audit:record", args=["partners.partner", partnership.partner_id]),
        reverse("partners:partner", args=[partnership.partner_id]),
        reverse("partners:index"),
        f"{reverse('partners:index')}?q=bersama",
        f"{reverse('search:index')}?q=bersama",
        reverse("reports:home"),
        reverse("agreements:of_partner", args=[partnership.partner_id]),
        reverse("outreach:of_partner", args=[partnership.partner_id]),
    ]


def test_an_applicant_sees_at_which_unit_each_of_his_registrations_is(sign_in, sides):
    own = RepresentativeFactory(partner=sides["Gebang"]).user

    page = sign_in(own).get(reverse("partners:mine"), follow=True)

    units = {str(each.office) for each in sides.values()}
    assert [unit for unit in units if unit not in page.text] == []
    assert page.text.count('data-label="Unit"') == 2
    # The way to it, its heading and its title.
    assert page.text.count("Pendaftaran saya") >= 3
    detail = sign_in(own).get(sides["Gebang"].get_absolute_url()).text
    back = detail.partition(f'<a href="{reverse("partners:index")}">')[2]
    assert back.partition("</a>")[0].strip() == "Pendaftaran saya"


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize(("side", "other"), [SIDES, SIDES[::-1]])
def test_each_side_reads_what_is_its_own_and_nothing_of_the_other(
    sign_in, sides, role, side, other
):
    client = sign_in(reader(role, sides[side].office))

    text = "".join(client.get(page, follow=True).text for page in pages_of(sides[side]))

    words = ["Alasan", "Temuan", "Pemeriksa", "Layanan"]
    assert [word for word in words if f"{word} {side}" not in text] == []
    assert f"berkas-{side}.pdf" in text
    assert IDENTITY["leader_name"] in text
    assert other not in text
    assert other.lower() not in text


@pytest.mark.parametrize("role", STAFF)
def test_what_the_other_side_has_is_not_found(sign_in, sides, role):
    own, other = sides.values()
    client = sign_in(reader(role, own.office))
    paper = other.papers.get()

    asked = [
        reverse("partners:detail", args=[other.pk]),
        reverse("audit:record", args=["partners.partnership", other.pk]),
        paper.get_absolute_url(),
        paper.get_view_url(),
    ]

    assert [client.get(url).status_code for url in asked] == [404] * len(asked)


def test_the_status_of_one_side_says_nothing_of_the_other(sides):
    own, other = sides.values()
    head = person(Role.UNIT_HEAD, own.office)
    Partnership.objects.filter(pk=own.pk).update(status="active", reason="")

    assert list(Partner.objects.working_for(head)) == [own.partner]
    assert not Partner.objects.working_for(person(Role.UNIT_HEAD, other.office))


def test_each_is_led_to_its_own_and_headquarters_to_both(sign_in, sides):
    own, other = sides.values()
    url = reverse("partners:partner", args=[own.partner_id])

    led = sign_in(person(Role.UNIT_HEAD, own.office)).get(url)
    both = sign_in(person(Role.HEADQUARTERS)).get(url)

    assert led["Location"] == own.get_absolute_url()
    assert set(both.context["partnerships"]) == {own, other}


def test_who_acts_for_it_reads_both_sides(sign_in, sides):
    own, other = sides.values()
    client = sign_in(RepresentativeFactory(partner=own).user)

    for partnership in (own, other):
        page = client.get(partnership.get_absolute_url())
        assert partnership.contact_name in page.text


def test_who_it_is_changes_for_both_and_both_histories_tell_it(sign_in, sides):
    own, other = sides.values()
    partner, operator = own.partner, person(Role.UNIT_OPERATOR, own.office)
    Partnership.objects.filter(pk=other.pk).update(status="verifying", reason="")
    seen = Partnership.objects.get(pk=other.pk).revision

    partner.name = "Yayasan Berganti"
    registration.edit_identity(
        own, partner, revision=partner.revision, changed=["name"], by=operator
    )

    text = (
        sign_in(person(Role.UNIT_HEAD, other.office))
        .get(f"{other.get_absolute_url()}?tab=history")
        .text
    )
    other.refresh_from_db()
    assert "Yayasan Bersama" in text
    assert "Yayasan Berganti" in text
    # Who was about to decide there is asked to look once more.
    assert other.revision == seen + 1
    assert not Entry.objects.about(other).filter(actor=operator)


@pytest.mark.django_db(transaction=True)
def test_what_was_before_it_began_is_not_told_by_a_new_one(sign_in):
    first = PartnershipFactory(**IDENTITY, status="active")
    partner, operator = first.partner, person(Role.UNIT_OPERATOR, first.office)
    for name in ("Yayasan Dahulu", "Yayasan Sekarang"):
        partner.name = name
        registration.edit_identity(
            first, partner, revision=partner.revision, changed=["name"], by=operator
        )
        if name == "Yayasan Dahulu":
            second = PartnershipFactory(partner=partner, status="active")

    told = {
        each: [
            (change.before, change.after)
            for moment in timeline(each)
            for change in moment.changes
            if change.name == "name"
        ]
        for each in (first, second)
    }

    assert told == {
        first: [
            ("Yayasan Dahulu", "Yayasan Sekarang"),
            ("Yayasan Bersama", "Yayasan Dahulu"),
        ],
        second: [("Yayasan Dahulu", "Yayasan Sekarang")],
    }
