"""The list, the page and the decisions, for each role."""

import pytest
from django.urls import reverse

from partners.models import Criterion, Finding, Partnership
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import (
    CriterionFactory,
    FieldFactory,
    PartnerKindFactory,
    PartnershipFactory,
    PostFactory,
    RegionFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status
INDEX = reverse("partners:index")


def url(name, partner):
    return reverse(f"partners:{name}", args=[partner.pk])


def rows(response):
    return set(response.context["page"])


@pytest.fixture
def partner():
    return PartnershipFactory(status=Status.ACTIVE, name="Yayasan Harapan Bangsa")


SEES = [
    (Role.HEADQUARTERS, lambda unit: None),
    (Role.REGIONAL_HEAD, lambda unit: unit.parent),
    (Role.REGIONAL_ADMIN, lambda unit: unit.parent),
    (Role.REGIONAL_REVIEWER, lambda unit: unit.parent),
    (Role.UNIT_HEAD, lambda unit: unit),
    (Role.UNIT_OPERATOR, lambda unit: unit),
    (Role.AMBASSADOR, lambda unit: unit),
]


@pytest.mark.parametrize(("role", "office"), SEES)
def test_officers_see_their_branch(sign_in, partner, role, office):
    other = PartnershipFactory(status=Status.ACTIVE)
    client = sign_in(person(role, office(partner.office)))

    seen = {partner, other} if role == Role.HEADQUARTERS else {partner}
    assert rows(client.get(INDEX)) == seen
    assert client.get(partner.get_absolute_url()).status_code == 200
    hidden = client.get(other.get_absolute_url()).status_code
    assert hidden == (200 if role == Role.HEADQUARTERS else 404)


def test_a_unit_sees_the_partners_of_its_posts(sign_in):
    post = PostFactory()
    partner = PartnershipFactory(office=post, status=Status.ACTIVE)

    response = sign_in(person(Role.UNIT_HEAD, post.parent)).get(INDEX)

    assert rows(response) == {partner}


def test_a_partner_sees_its_own_record_alone(sign_in, partner):
    row = RepresentativeFactory(
        partner__office=partner.office, partner__status=Status.ENDED
    )
    client = sign_in(row.user)

    assert rows(client.get(INDEX)) == {row.partnership}
    assert client.get(row.partnership.get_absolute_url()).status_code == 200
    assert client.get(partner.get_absolute_url()).status_code == 404


def test_a_volunteer_is_told_that_partners_are_not_for_him(sign_in, partner):
    client = sign_in(person(Role.VOLUNTEER, partner.office))

    assert client.get(INDEX).status_code == 403
    assert client.get(partner.get_absolute_url()).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "detail",
        "place",
        "identity",
        "work",
        "check",
        "submitted",
        "verify",
        "decide",
        "suspend",
    ],
)
def test_nobody_is_asked_to_sign_in_and_strangers_find_nothing(
    client, sign_in, partner, name
):
    response = client.get(url(name, partner))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))

    for role in (Role.UNIT_OPERATOR, Role.UNIT_HEAD):
        status = sign_in(person(role)).get(url(name, partner)).status_code
        assert status in {403, 404}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("verify", Role.UNIT_HEAD),
        ("verify", Role.REGIONAL_REVIEWER),
        ("decide", Role.UNIT_OPERATOR),
        ("suspend", Role.UNIT_OPERATOR),
        ("check", Role.UNIT_HEAD),
    ],
)
def test_a_verb_of_another_role_is_refused(sign_in, partner, name, role):
    is_above = role == Role.REGIONAL_REVIEWER
    office = partner.office.parent if is_above else partner.office

    response = sign_in(person(role, office)).get(url(name, partner))

    assert response.status_code == 403


# The list


@pytest.mark.parametrize("count", [1, 3])
def test_index_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, count
):
    unit = UnitFactory()
    PartnershipFactory.create_batch(count, office=unit, status=Status.ACTIVE)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))
    client.get(INDEX)

    with django_assert_num_queries(7):
        response = client.get(INDEX)

    assert len(response.context["page"]) == count


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"active", "submitted"}),
        ("?status=active", {"active"}),
        ("?status=ended", {"ended"}),
        ("?status=all", {"active", "submitted", "ended", "declined"}),
        ("?kind=school", {"submitted"}),
        ("?mine=on", {"submitted"}),
        ("?q=harpan+bangsa", {"active"}),
        ("?q=HARAPAN", {"active"}),
        ("?q=tidak+ada+ini", set()),
        ("?status=salah", {"active", "submitted", "ended", "declined"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(sign_in, partner, query, found):
    unit = partner.office
    made = {
        "active": partner,
        "submitted": PartnershipFactory(
            office=unit,
            status=Status.SUBMITTED,
            kind=PartnerKindFactory(code="school"),
            name="Sekolah Uji",
        ),
        "ended": PartnershipFactory(office=unit, status=Status.ENDED, name="Usai"),
        "declined": PartnershipFactory(
            office=unit, status=Status.DECLINED, name="Tolak"
        ),
    }

    response = sign_in(person(Role.UNIT_OPERATOR, unit)).get(INDEX + query)

    assert rows(response) == {made[name] for name in found}


def test_the_list_of_a_field(sign_in, partner):
    economy = FieldFactory(name="Ekonomi")
    other = PartnershipFactory(
        office=partner.office, status=Status.ACTIVE, fields=[economy]
    )

    response = sign_in(person(Role.UNIT_OPERATOR, partner.office)).get(
        f"{INDEX}?field={economy.pk}"
    )

    assert rows(response) == {other}


def test_a_region_narrows_down_to_a_unit_and_headquarters_to_a_region(sign_in, partner):
    neighbour = PartnershipFactory(
        office=UnitFactory(parent=partner.office.parent), status=Status.ACTIVE
    )
    PartnershipFactory(status=Status.ACTIVE)
    region = partner.office.parent

    client = sign_in(person(Role.REGIONAL_ADMIN, region))
    assert rows(client.get(f"{INDEX}?office={partner.office.pk}")) == {partner}
    client = sign_in(person(Role.HEADQUARTERS))
    found = rows(client.get(f"{INDEX}?office={region.pk}"))

    assert found == {partner, neighbour}


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.UNIT_OPERATOR, False), (Role.REGIONAL_ADMIN, True)]
)
def test_the_unit_is_named_to_those_who_see_several(sign_in, partner, role, shown):
    office = partner.office if role == Role.UNIT_OPERATOR else partner.office.parent

    page = sign_in(person(role, office)).get(INDEX).content.decode()

    assert ('data-label="Unit"' in page) == shown


def test_the_list_answers_htmx_with_the_piece(sign_in, partner):
    response = sign_in(person(Role.UNIT_OPERATOR, partner.office)).get(
        INDEX, headers={"HX-Request": "true", "HX-Target": "list"}
    )

    page = response.content.decode()
    assert str(partner) in page
    assert "<html" not in page


@pytest.mark.parametrize(
    "role", [Role.UNIT_OPERATOR, Role.REGIONAL_ADMIN, Role.UNIT_HEAD]
)
def test_an_empty_list_says_what_to_do(sign_in, role):
    page = sign_in(person(role)).get(INDEX).content.decode()

    assert "Belum ada mitra" in page
    assert ("Catat mitra" in page) == (role != Role.UNIT_HEAD)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}{% debug %}",
        "Budi's & “Anak” ${x}",
    ],
)
def test_names_are_shown_as_they_were_written(sign_in, name):
    from django.utils.html import escape

    partner = PartnershipFactory(name=name, status=Status.ACTIVE, services=name)
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))

    for address in (INDEX, partner.get_absolute_url()):
        page = client.get(address).content.decode()
        assert escape(name) in page
        assert name not in page or escape(name) == name


# The page


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_max_num_queries, count
):
    partner = PartnershipFactory(status=Status.VERIFYING)
    examiner = person(Role.UNIT_OPERATOR, partner.office)
    for criterion in CriterionFactory.create_batch(count):
        partner.findings.create(criterion=criterion, is_met=True, found_by=examiner)
        Entry.record(examiner, "partnership.changed", partner)
    client = sign_in(person(Role.UNIT_HEAD, partner.office))
    client.get(partner.get_absolute_url())

    with django_assert_max_num_queries(12):
        response = client.get(partner.get_absolute_url())

    assert len(response.context["findings"]) == count


def test_contact_data_is_masked_for_those_who_do_not_need_it(sign_in):
    partner = PartnershipFactory(
        status=Status.ACTIVE, email="rahasia@contoh.test", address="Jalan Rahasia 9"
    )

    page = (
        sign_in(person(Role.REGIONAL_ADMIN, partner.office.parent))
        .get(partner.get_absolute_url())
        .content.decode()
    )

    for secret in ("12-3456-7890", "1234567890", "rahasia@", "Jalan Rahasia", "Yosef"):
        assert secret not in page
    assert "Disembunyikan" in page


def test_reading_contact_data_leaves_a_trace_once(sign_in, partner):
    operator = person(Role.UNIT_OPERATOR, partner.office)
    client = sign_in(operator)

    client.get(partner.get_absolute_url())
    page = client.get(partner.get_absolute_url()).content.decode()

    assert "12-3456-7890" in page
    entry = Entry.objects.about(partner).get(action="partnership.viewed")
    assert entry.actor == operator


# Decisions


@pytest.fixture
def criterion():
    return CriterionFactory()


def answers(**values):
    """The whole checklist met, and what else is sent."""
    met = {f"met_{row.pk}": "yes" for row in Criterion.objects.in_use()}
    return met | values


def test_an_operator_hands_over_with_the_checklist(sign_in, criterion):
    partner = PartnershipFactory(status=Status.SUBMITTED)
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))
    assert criterion.text in client.get(url("verify", partner)).content.decode()

    response = client.post(url("verify", partner), answers(verdict="verifying"))

    assert response.url == partner.get_absolute_url()
    partner.refresh_from_db()
    assert partner.status == Status.VERIFYING


def test_an_operator_returns_with_a_reason(sign_in, criterion):
    partner = PartnershipFactory(status=Status.SUBMITTED)
    sent = answers(verdict="returned", reason="Akta belum terbaca")
    sent |= {f"met_{criterion.pk}": "no", f"comment_{criterion.pk}": "Buram"}

    sign_in(person(Role.UNIT_OPERATOR, partner.office)).post(
        url("verify", partner), sent
    )

    partner.refresh_from_db()
    assert (partner.status, partner.reason) == (Status.RETURNED, "Akta belum terbaca")
    assert partner.findings.get(criterion=criterion).comment == "Buram"


def test_the_checklist_says_all_that_is_missing(sign_in, criterion):
    partner = PartnershipFactory(status=Status.SUBMITTED)
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))

    response = client.post(
        url("verify", partner), {f"met_{criterion.pk}": "no", "verdict": "returned"}
    )

    errors = response.context["form"].errors
    assert {f"comment_{criterion.pk}", "reason"} <= set(errors)
    partner.refresh_from_db()
    assert partner.status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        ("approved", Status.APPROVED),
        ("returned", Status.RETURNED),
        ("declined", Status.DECLINED),
    ],
)
def test_a_head_decides(sign_in, verdict, status):
    partner = PartnershipFactory(status=Status.VERIFYING)

    sign_in(person(Role.UNIT_HEAD, partner.office)).post(
        url("decide", partner), {"verdict": verdict, "reason": "Alasan"}
    )

    partner.refresh_from_db()
    assert partner.status == status


@pytest.mark.parametrize("verdict", ["returned", "declined"])
def test_a_head_must_say_why_not(sign_in, verdict):
    partner = PartnershipFactory(status=Status.VERIFYING)

    response = sign_in(person(Role.UNIT_HEAD, partner.office)).post(
        url("decide", partner), {"verdict": verdict, "reason": " "}
    )

    assert "reason" in response.context["form"].errors


def test_a_head_who_submitted_is_told_that_another_must_decide(sign_in):
    partner = PartnershipFactory(status=Status.VERIFYING)
    head = person(Role.UNIT_HEAD, partner.office)
    Partnership.objects.filter(pk=partner.pk).update(submitted_by=head)

    response = sign_in(head).post(
        url("decide", partner), {"verdict": "approved"}, follow=True
    )

    assert "orang lain" in response.content.decode()
    partner.refresh_from_db()
    assert partner.status == Status.VERIFYING


@pytest.mark.parametrize("name", ["verify", "decide"])
def test_a_decision_at_the_wrong_time_is_refused_in_words(sign_in, partner, name):
    role = {"verify": Role.UNIT_OPERATOR, "decide": Role.UNIT_HEAD}[name]
    client = sign_in(person(role, partner.office))

    response = client.post(url(name, partner), {"verdict": "approved"}, follow=True)

    assert "tidak dapat dilakukan" in response.content.decode()
    partner.refresh_from_db()
    assert partner.status == Status.ACTIVE


def test_a_head_suspends_and_resumes(sign_in, partner):
    client = sign_in(person(Role.UNIT_HEAD, partner.office))

    client.post(url("suspend", partner), {"reason": "Izin habis"})
    partner.refresh_from_db()
    assert partner.status == Status.SUSPENDED
    client.post(url("resume", partner))
    partner.refresh_from_db()
    assert partner.status == Status.ACTIVE
    assert client.get(partner.get_absolute_url()).status_code == 200


def test_a_link_to_a_button_changes_nothing_and_leads_back(sign_in, partner):
    operator = person(Role.UNIT_OPERATOR, partner.office)

    address = reverse("partners:remove_paper", args=[partner.pk, 1])

    response = sign_in(operator).get(address)

    assert (response.status_code, response.context["back"]) == (
        405,
        partner.get_absolute_url(),
    )


def test_a_button_by_link_is_offered_once_more(sign_in, partner):
    partner.move_to(Status.SUSPENDED, by=None, reason="Uji")
    client = sign_in(person(Role.UNIT_HEAD, partner.office))

    page = client.get(url("resume", partner)).content.decode()

    partner.refresh_from_db()
    assert partner.status == Status.SUSPENDED
    assert "Lanjutkan kemitraan" in page


def test_buttons_follow_status_and_role(sign_in):
    partner = PartnershipFactory(status=Status.SUBMITTED)
    operator = person(Role.UNIT_OPERATOR, partner.office)
    head = person(Role.UNIT_HEAD, partner.office)

    for user, name in ((operator, "verify"), (head, "decide")):
        page = sign_in(user).get(partner.get_absolute_url()).content.decode()
        assert (url(name, partner) in page) == (name == "verify")

    Partnership.objects.filter(pk=partner.pk).update(status=Status.VERIFYING)
    page = sign_in(head).get(partner.get_absolute_url()).content.decode()
    assert url("decide", partner) in page


def test_a_region_without_units_is_shown_an_empty_list(sign_in):
    response = sign_in(person(Role.REGIONAL_ADMIN, RegionFactory())).get(INDEX)

    assert rows(response) == set()


@pytest.fixture
def returned(sign_in):
    """A registration sent back with a note, and the page its applicant sees."""
    row = RepresentativeFactory(partner__status=Status.SUBMITTED)
    operator = person(Role.UNIT_OPERATOR, row.partnership.office)
    finding = Finding(
        criterion=CriterionFactory(text="Akta sah"), is_met=False, comment="Buram"
    )
    vetting.return_for_repair(
        row.partnership, reason="Lengkapi", by=operator, findings=[finding]
    )
    return sign_in(row.user), row.partnership


def test_an_applicant_reads_the_note_of_each_unmet_criterion(returned):
    client, partner = returned

    for name in ("detail", "identity", "work"):
        page = client.get(url(name, partner)).content.decode()
        assert "<dt>Akta sah</dt><dd>Buram</dd>" in page


def test_no_part_of_a_returned_registration_is_called_complete(returned):
    client, partner = returned

    steps = client.get(url("detail", partner)).context["steps"]

    assert "Lengkap" not in [step["status"] for step in steps]
    assert "Terisi" in [step["status"] for step in steps]


def test_home_tells_an_applicant_who_has_the_registration_now(sign_in):
    row = RepresentativeFactory(partner__status=Status.SUBMITTED)
    unit = row.partnership.office

    page = sign_in(row.user).get(reverse("reports:home")).content.decode()

    assert f"Sekarang di tangan Operator UPT, {unit}, paling lambat" in page
    assert "Periksa berkas" not in page


def test_a_draft_without_a_name_is_called_the_same_wherever_it_is_linked(sign_in):
    row = RepresentativeFactory(
        partner__status=Status.DRAFT, partner__is_self_registered=True, partner__name=""
    )
    client, draft = sign_in(row.user), row.partnership
    words = "Pendaftaran baru"

    home = client.get(reverse("reports:home"))
    listed = client.get(INDEX)
    found = client.get(reverse("search:index"), {"q": draft.partner.reference})

    (task,) = home.context["tasks"]
    own = f'<a href="{draft.get_absolute_url()}">{words}</a>'
    assert task.title == words
    assert home.content.decode().count(own) == 2
    assert words in listed.content.decode()
    assert words in found.content.decode()


def test_home_leads_on_to_the_draft_that_waits_for_its_applicant(sign_in):
    row = RepresentativeFactory(
        partner__status=Status.DRAFT, partner__is_self_registered=True
    )

    page = sign_in(row.user).get(reverse("reports:home")).content.decode()

    where = row.partnership.get_absolute_url()
    assert f'href="{where}">Lanjutkan pendaftaran</a>' in page


def test_the_turn_of_an_applicant_names_no_office(sign_in):
    row = RepresentativeFactory(
        partner__status=Status.DRAFT, partner__is_self_registered=True
    )

    page = sign_in(row.user).get(row.partnership.get_absolute_url()).content.decode()

    assert "<dd><strong>Mitra</strong></dd>" in page
