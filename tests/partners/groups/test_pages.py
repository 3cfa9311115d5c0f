"""Groups through the pages, from a proposal to the end."""

import re
from datetime import date
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from partners.models import CommunityGroup
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from pokmas.rules.models import Rule
from tests.factories import (
    CommunityGroupFactory,
    FieldFactory,
    GroupMembershipFactory,
    PartnershipFactory,
    PostFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = CommunityGroup.Status
INDEX = reverse("partners:group_index")


def url(name, group, *more):
    return reverse(f"partners:group_{name}", args=[group.pk, *more])


def last_said(response):
    return [str(each) for each in get_messages(response.wsgi_request)][-1]


def rows(response):
    return set(response.context["page"])


@pytest.fixture
def group():
    return CommunityGroupFactory(status=Status.ACTIVE, name="Pokmas Oebobo")


def test_a_group_from_the_proposal_to_the_inauguration(sign_in, pdf):
    unit = UnitFactory()
    partner = PartnershipFactory(office=unit, status="approved")
    operator = person(Role.UNIT_OPERATOR, unit)
    head = person(Role.UNIT_HEAD, unit)

    client = sign_in(operator)
    client.post(
        reverse("partners:group_create"),
        {"name": "Pokmas Satu", "field": FieldFactory().pk},
    )
    group = CommunityGroup.objects.get()
    client.post(
        url("add_member", group),
        {
            "members": [partner.pk],
            f"role_{partner.pk}": "chair",
            "starts_on": "1 November 2026",
        },
    )
    client.post(url("assess", group), {"assessment": "Layak"})
    client = sign_in(head)
    decree = {
        "decree_number": "W.22-1",
        "decree_on": "05-01-2026",
        "decree": pdf("sk.pdf"),
    }
    client.post(url("establish", group), decree)
    client = sign_in(operator)
    inauguration = {"inaugurated_on": "12/1/2026", "inaugurated_by": "Kakanwil"}
    client.post(url("inaugurate", group), inauguration)

    group.refresh_from_db()
    partner.refresh_from_db()
    assert (group.status, group.office, partner.status) == (
        Status.ACTIVE,
        unit,
        "active",
    )
    assert (group.decree_on, group.decree.name) == (date(2026, 1, 5), "sk.pdf")
    page = client.get(group.get_absolute_url()).content.decode()
    assert "12 Januari 2026" in page
    assert group.decree.get_absolute_url() in page


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"decree_on": "31 Februari 2026"}, "decree_on", "tidak ada"),
        ({"decree_on": "01/31/2026"}, "decree_on", "bulan ke-31"),
        ({"decree_on": "1 Januari 2099"}, "decree_on", "belum tiba"),
        ({"decree_number": ""}, "decree_number", "Wajib diisi"),
        ({"decree": ""}, "decree", "Wajib diisi"),
    ],
)
def test_establishing_is_refused_without_a_whole_decree(
    sign_in, pdf, sent, field, message
):
    group = CommunityGroupFactory(status=Status.ASSESSED)
    answers = {
        "decree_number": "W.22-1",
        "decree_on": "05-01-2026",
        "decree": pdf(),
        **sent,
    }

    response = sign_in(person(Role.UNIT_HEAD, group.office)).post(
        url("establish", group), answers
    )

    [error] = response.context["form"].errors[field]
    assert message in error
    group.refresh_from_db()
    assert group.status == Status.ASSESSED


def test_the_decree_survives_an_error_elsewhere(sign_in, pdf):
    group = CommunityGroupFactory(status=Status.ASSESSED)
    client = sign_in(person(Role.UNIT_HEAD, group.office))

    response = client.post(
        url("establish", group),
        {"decree_number": "", "decree_on": "5-1-2026", "decree": pdf("sk.pdf")},
    )

    assert "sk.pdf" in response.content.decode()


def test_an_inauguration_before_the_decree_is_refused(sign_in):
    group = CommunityGroupFactory(status=Status.ESTABLISHED)

    response = sign_in(person(Role.UNIT_OPERATOR, group.office)).post(
        url("inaugurate", group),
        {"inaugurated_on": "4-1-2026", "inaugurated_by": "Kakanwil"},
    )

    [error] = response.context["form"].errors["inaugurated_on"]
    assert "sebelum tanggal SK" in error


def test_only_working_partners_of_the_unit_are_offered_as_members(sign_in):
    group = CommunityGroupFactory()
    member = GroupMembershipFactory(group=group)
    free = PartnershipFactory(office=group.office, status="approved")
    PartnershipFactory(office=group.office, status="suspended")
    PartnershipFactory(status="active")

    form = (
        sign_in(person(Role.UNIT_OPERATOR, group.office))
        .get(url("add_member", group))
        .context["form"]
    )

    assert list(form.fields["members"].queryset) == [free]
    assert member.partnership not in form.fields["members"].queryset


def test_whoever_suits_the_group_is_offered_first(sign_in):
    group = CommunityGroupFactory()
    office, other = group.office, FieldFactory(name="Seni")
    elsewhere = GroupMembershipFactory(
        group__office=office, partner__name="A sudah berkelompok"
    ).partnership
    of_other_field = PartnershipFactory(
        office=office, status="active", name="B bidang lain", fields=[other]
    )
    suiting = PartnershipFactory(
        office=office, status="active", name="C bidang ini", fields=[group.field]
    )

    page = sign_in(person(Role.UNIT_OPERATOR, office)).get(url("add_member", group))

    offered = list(page.context["form"].fields["members"].queryset)
    assert offered == [suiting, of_other_field, elsewhere]


def test_a_second_chair_is_refused_in_words(sign_in):
    chair = GroupMembershipFactory(role="chair")
    partner = PartnershipFactory(office=chair.group.office, status="active")

    response = sign_in(person(Role.UNIT_OPERATOR, chair.group.office)).post(
        url("add_member", chair.group),
        {
            "members": [partner.pk],
            f"role_{partner.pk}": "chair",
            "starts_on": "1-11-2026",
        },
    )

    assert "sudah punya ketua" in response.content.decode()


def test_a_membership_ends_and_stays_in_the_history(sign_in):
    member = GroupMembershipFactory()
    client = sign_in(person(Role.UNIT_OPERATOR, member.group.office))

    client.post(url("end_member", member.group, member.pk), {"ends_on": "1-3-2026"})

    response = client.get(member.group.get_absolute_url())
    assert list(response.context["former"]) == [member]
    assert "Keanggotaan sebelumnya" in response.content.decode()


def partners_of(unit, count):
    return PartnershipFactory.create_batch(count, office=unit, status="approved")


def test_several_partners_become_members_at_once_each_with_its_place(sign_in, group):
    chair, secretary, member = partners_of(group.office, 3)

    sign_in(person(Role.UNIT_OPERATOR, group.office)).post(
        url("add_member", group),
        {
            "members": [chair.pk, secretary.pk, member.pk],
            f"role_{chair.pk}": "chair",
            f"role_{secretary.pk}": "secretary",
            f"role_{member.pk}": "emperor",
            "starts_on": "1-11-2026",
        },
    )

    assert dict(group.memberships.values_list("partnership", "role")) == {
        chair.pk: "chair",
        secretary.pk: "secretary",
        member.pk: "member",
    }


def test_two_chairs_in_one_form_are_refused_and_nothing_typed_is_lost(sign_in, group):
    first, second = partners_of(group.office, 2)

    response = sign_in(person(Role.UNIT_OPERATOR, group.office)).post(
        url("add_member", group),
        {
            "members": [first.pk, second.pk],
            f"role_{first.pk}": "chair",
            f"role_{second.pk}": "chair",
            "starts_on": "1-11-2026",
        },
    )

    assert response.context["form"].errors["members"] == ["Pilih satu ketua saja."]
    page = response.content.decode()
    assert page.count('<option value="chair" selected>') == 2
    assert not group.memberships.exists()


def test_of_700_partners_a_few_are_shown_and_the_ticked_ones_stay(sign_in, group):
    unit = group.office
    rows = [
        PartnershipFactory(office=unit, status="active", name=f"Lembaga {number:02}")
        for number in range(20)
    ]

    response = sign_in(person(Role.UNIT_OPERATOR, unit)).post(
        url("add_member", group),
        {
            "members": [rows[3].pk],
            f"role_{rows[3].pk}": "treasurer",
            "find_members": "Lembaga 17",
            "choose": "members",
        },
    )

    field = response.context["form"].fields["members"]
    assert [key for key, _label in field.choices] == [rows[3].pk, rows[17].pk]
    assert '<option value="treasurer" selected>' in response.content.decode()


def test_a_change_of_place_ends_the_old_one_and_begins_the_new(sign_in):
    member = GroupMembershipFactory(starts_on=date(2026, 1, 5))
    client = sign_in(person(Role.UNIT_OPERATOR, member.group.office))
    page = client.get(member.group.get_absolute_url()).content.decode()
    assert url("change_role", member.group, member.pk) in page

    client.post(
        url("change_role", member.group, member.pk),
        {"role": "chair", "starts_on": "1-3-2026"},
    )

    places = member.group.memberships.order_by("pk")
    assert list(places.values_list("role", "starts_on", "ends_on")) == [
        ("member", date(2026, 1, 5), date(2026, 3, 1)),
        ("chair", date(2026, 3, 1), None),
    ]
    day = date(2026, 3, 1)
    assert [row.role for row in member.group.memberships.on(day)] == ["chair"]


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"role": "member"}, "role", "Kedudukannya sudah ini."),
        ({"starts_on": "4-1-2026"}, "starts_on", "sebelum kedudukan yang sekarang"),
        ({"starts_on": "1-1-2099"}, "starts_on", "belum tiba"),
    ],
)
def test_an_impossible_change_of_place_is_refused(sign_in, sent, field, message):
    member = GroupMembershipFactory(starts_on=date(2026, 1, 5))

    response = sign_in(person(Role.UNIT_OPERATOR, member.group.office)).post(
        url("change_role", member.group, member.pk),
        {"role": "secretary", "starts_on": "1-3-2026", **sent},
    )

    [error] = response.context["form"].errors[field]
    assert message in error


def test_a_missing_chair_and_too_few_members_are_said_before_the_decree(sign_in):
    five_partners_are_asked_for()
    group = CommunityGroupFactory()
    GroupMembershipFactory(group=group)
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))

    page = client.get(group.get_absolute_url())
    step = client.get(url("assess", group))

    said = [
        "Mitra kelompok kini 1; pedoman meminta paling sedikit 5.",
        "Kelompok kini tanpa ketua.",
    ]
    assert page.context["cautions"] == said
    assert step.context["cautions"][:2] == said
    assert step.context["cautions"][2].startswith("Lengkapi dahulu: sesudah diteruskan")


@pytest.mark.parametrize(
    ("asked", "words"),
    [(5, "untuk 1 mitra (pedoman: paling sedikit 5)"), (0, "untuk 1 mitra")],
)
def test_the_page_of_the_decree_says_for_how_many_it_is(sign_in, asked, words):
    Rule.objects.filter(code=Rule.Code.MIN_PARTNERS).delete()
    if asked:
        five_partners_are_asked_for()
    group = CommunityGroupFactory(status=Status.ASSESSED)
    GroupMembershipFactory(group=group)

    page = sign_in(person(Role.UNIT_HEAD, group.office)).get(url("establish", group))

    [(heading, _rows)] = page.context["form"].parts
    assert heading == f"Surat keputusan {words}"


def test_what_was_assessed_before_is_there_to_be_corrected(sign_in):
    group = CommunityGroupFactory(status=Status.PROPOSED, assessment="Layak semua.")
    GroupMembershipFactory(group=group)

    response = sign_in(person(Role.UNIT_OPERATOR, group.office)).get(
        url("assess", group)
    )

    assert response.context["form"]["assessment"].value() == "Layak semua."


@pytest.mark.parametrize(
    ("count", "named"),
    [
        (0, ""),
        (2, "Mitra 0, Mitra 1"),
        (5, "Mitra 0, Mitra 1, Mitra 2, dan 2 lainnya"),
    ],
)
def test_a_decree_older_than_a_membership_is_remarked_and_not_refused(
    sign_in, pdf, count, named
):
    group = CommunityGroupFactory(status=Status.ASSESSED)
    GroupMembershipFactory(group=group, starts_on=date(2026, 1, 5))
    for place in range(count):
        GroupMembershipFactory(
            group=group, starts_on=date(2026, 1, 6), partner__name=f"Mitra {place}"
        )
    client = sign_in(person(Role.UNIT_HEAD, group.office))
    answers = {"decree_number": "W.22-1", "decree_on": "5-1-2026"}

    response = client.post(url("establish", group), answers | {"decree": pdf("sk.pdf")})

    group.refresh_from_db()
    remark = f" Perhatikan: SK ini bertanggal sebelum keanggotaan {named} dimulai."
    assert (group.status, last_said(response)) == (
        Status.ESTABLISHED,
        "Kelompok ditetapkan." + (remark if named else ""),
    )


def test_the_head_reads_when_the_last_member_joined_before_he_dates_the_decree(sign_in):
    group = CommunityGroupFactory(status=Status.ASSESSED)
    for day in (5, 9, 7):
        GroupMembershipFactory(group=group, starts_on=date(2026, 1, day))

    response = sign_in(person(Role.UNIT_HEAD, group.office)).get(
        url("establish", group)
    )

    assert "Anggota terakhir masuk pada 9 Januari 2026." in response.content.decode()


def five_partners_are_asked_for():
    Rule.objects.update_or_create(
        code="min_partners",
        valid_from=date(2020, 2, 10),
        defaults={"value": 5, "source": "Uji"},
    )


def group_of_five(**answers):
    group = CommunityGroupFactory(status=Status.ACTIVE, **answers)
    chair = GroupMembershipFactory(group=group, role="chair")
    return group, [chair, *GroupMembershipFactory.create_batch(4, group=group)]


def test_what_an_active_group_lacks_stands_on_its_page_for_officers(sign_in, group):
    five_partners_are_asked_for()
    member = RepresentativeFactory(
        partner=GroupMembershipFactory(group=group).partnership
    )
    page = group.get_absolute_url()

    seen = [
        sign_in(user).get(page).context["cautions"]
        for user in (person(Role.UNIT_OPERATOR, group.office), member.user)
    ]

    assert seen == [
        [
            "Mitra kelompok kini 1; pedoman meminta paling sedikit 5.",
            "Kelompok kini tanpa ketua.",
        ],
        [],
    ]


def test_who_ends_the_membership_of_the_chair_reads_what_the_group_now_lacks(sign_in):
    five_partners_are_asked_for()
    group, [chair, *others] = group_of_five()
    head = person(Role.UNIT_HEAD, group.office)
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))
    answers = {"ends_on": "1-3-2026"}

    said = [
        last_said(client.post(url("end_member", group, each.pk), answers))
        for each in (chair, others[0])
    ]

    assert said == [
        "Keanggotaan berakhir. Mitra kelompok kini 4; pedoman meminta paling sedikit "
        "5. Kelompok kini tanpa ketua.",
        "Keanggotaan berakhir.",
    ]
    [notice] = Notice.objects.filter(kind="communitygroup.lacking")
    assert (notice.user, notice.body) == (
        head,
        said[0].removeprefix("Keanggotaan berakhir. "),
    )


def test_who_takes_the_chair_from_a_member_reads_that_nobody_has_it(sign_in):
    group, [chair, *_others] = group_of_five()
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))

    response = client.post(
        url("change_role", group, chair.pk),
        {"role": "member", "starts_on": "1-3-2026"},
    )

    assert last_said(response) == (
        "Kedudukan diubah; yang lama tetap tercatat. Kelompok kini tanpa ketua."
    )


def test_a_membership_of_another_group_is_not_found(sign_in, group):
    member = GroupMembershipFactory()

    response = sign_in(person(Role.UNIT_OPERATOR, group.office)).get(
        url("end_member", group, member.pk)
    )

    assert response.status_code == 404


def test_the_inauguration_is_prepared_beside_the_button_that_records_it(sign_in):
    group = CommunityGroupFactory(status=Status.ESTABLISHED)
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))

    page = client.get(group.get_absolute_url()).content.decode()

    buttons, _summary, _menu = page.partition("Tindakan lain")
    assert re.findall(r'class="btn btn-[a-z]+" href="[^"]+/([a-z-]+)/"', buttons) == [
        "inaugurate",
        "plan-ceremony",
    ]


def test_rest_revive_and_dissolve(sign_in, group, pdf):
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))
    client.post(url("rest", group), {"reason": "Ketua pindah"})
    group.refresh_from_db()
    assert group.status == Status.DORMANT
    client.post(url("revive", group))
    group.refresh_from_db()
    assert group.status == Status.ACTIVE

    client = sign_in(person(Role.UNIT_HEAD, group.office))
    answers = {
        "reason": "Selesai",
        "dissolution_number": "W.22-9",
        "dissolved_on": "1-2-2026",
        "dissolution_decree": pdf("bubar.pdf"),
    }
    response = client.post(url("dissolve", group), {**answers, "reason": ""})
    assert "reason" in response.context["form"].errors
    client.post(url("dissolve", group), {**answers, "dissolution_decree": pdf()})

    group.refresh_from_db()
    assert group.status == Status.DISSOLVED
    assert group not in rows(client.get(INDEX))
    assert group in rows(client.get(INDEX + "?status=all"))


def test_a_proposal_is_withdrawn_with_a_reason_and_goes_to_the_archive(sign_in):
    group = CommunityGroupFactory()
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))
    page = client.get(group.get_absolute_url()).content.decode()
    assert url("withdraw", group) in page

    empty = client.post(url("withdraw", group), {"reason": ""})
    client.post(url("withdraw", group), {"reason": "Salah bidang"})

    assert set(empty.context["form"].errors) == {"reason"}
    page = client.get(group.get_absolute_url()).content.decode()
    assert "Salah bidang" in page
    assert url("withdraw", group) not in page
    assert group not in rows(client.get(INDEX))
    assert group in rows(client.get(INDEX + "?status=withdrawn"))


@pytest.mark.parametrize("posts", [0, 1])
def test_sending_a_proposal_twice_makes_one_group(sign_in, posts):
    unit = UnitFactory()
    PostFactory.create_batch(posts, parent=unit)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))
    create = reverse("partners:group_create")
    answers = {
        "name": "Pokmas Satu",
        "field": FieldFactory().pk,
        "office": unit.pk,
        "submission_key": "11111111-1111-4111-8111-111111111111",
    }

    first = client.post(create, answers)
    second = client.post(create, answers)

    assert first.url == second.url
    assert CommunityGroup.objects.count() == 1


def test_a_name_that_the_unit_has_already_is_refused(sign_in, group):
    response = sign_in(person(Role.UNIT_OPERATOR, group.office)).post(
        reverse("partners:group_create"), {"name": group.name, "field": group.field_id}
    )

    assert "sudah punya kelompok bernama sama" in response.content.decode()


@pytest.mark.parametrize("name", ["x" * 300, " "])
def test_an_impossible_name_is_refused_kindly(sign_in, name):
    response = sign_in(person(Role.UNIT_OPERATOR)).post(
        reverse("partners:group_create"), {"name": name, "field": FieldFactory().pk}
    )

    assert set(response.context["form"].errors) == {"name"}


def test_extra_fields_in_a_form_change_nothing(sign_in):
    group = CommunityGroupFactory()
    extra = {"status": "active", "office": UnitFactory().pk, "decree_number": "X"}

    sign_in(person(Role.UNIT_OPERATOR, group.office)).post(
        url("change", group),
        {"name": "Nama Baru", "field": group.field_id, "revision": 0, **extra},
    )

    after = CommunityGroup.objects.get()
    assert (after.name, after.status, after.office) == (
        "Nama Baru",
        Status.PROPOSED,
        group.office,
    )
    assert after.decree_number == ""


def test_a_stale_form_shows_what_is_new(sign_in):
    group = CommunityGroupFactory()
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))
    CommunityGroup.objects.filter(pk=group.pk).update(revision=2, name="Nama Rekan")

    page = client.post(
        url("change", group),
        {"name": "Nama Saya", "field": group.field_id, "revision": 0},
    ).content.decode()

    assert "sudah diubah orang lain" in page
    assert "Nama Rekan" in page
    assert 'value="Nama Saya"' in page


# Who sees and may do what


@pytest.mark.parametrize(
    ("role", "office"),
    [
        (Role.HEADQUARTERS, lambda unit: None),
        (Role.REGIONAL_ADMIN, lambda unit: unit.parent),
        (Role.UNIT_HEAD, lambda unit: unit),
        (Role.UNIT_OPERATOR, lambda unit: unit),
    ],
)
def test_officers_see_their_branch(sign_in, group, role, office):
    other = CommunityGroupFactory(status=Status.ACTIVE)
    client = sign_in(person(role, office(group.office)))

    everything = role == Role.HEADQUARTERS
    assert rows(client.get(INDEX)) == ({group, other} if everything else {group})
    hidden = client.get(other.get_absolute_url()).status_code
    assert hidden == (200 if everything else 404)


def test_a_partner_sees_its_groups_but_not_the_assessment(sign_in, group):
    CommunityGroup.objects.filter(pk=group.pk).update(assessment="Catatan dalam")
    member = GroupMembershipFactory(group=group)
    stranger = GroupMembershipFactory(
        group=group, partner__name="Mitra Lain"
    ).partnership
    client = sign_in(RepresentativeFactory(partner=member.partnership).user)

    assert rows(client.get(INDEX)) == {group}
    page = client.get(group.get_absolute_url()).content.decode()

    assert "Mitra Lain" in page
    assert stranger.get_absolute_url() not in page
    assert "Catatan dalam" not in page
    assert client.get(CommunityGroupFactory().get_absolute_url()).status_code == 404


STEPS = [
    ("change", Role.UNIT_HEAD),
    ("add_member", Role.REGIONAL_ADMIN),
    ("assess", Role.UNIT_HEAD),
    ("withdraw", Role.UNIT_HEAD),
    ("establish", Role.UNIT_OPERATOR),
    ("inaugurate", Role.AMBASSADOR),
    ("rest", Role.HEADQUARTERS),
    ("dissolve", Role.UNIT_OPERATOR),
]


@pytest.mark.parametrize(("name", "role"), STEPS)
def test_a_verb_of_another_role_is_refused(sign_in, group, name, role):
    office = {
        Role.REGIONAL_ADMIN: group.office.parent,
        Role.HEADQUARTERS: None,
    }.get(role, group.office)

    assert sign_in(person(role, office)).get(url(name, group)).status_code == 403


@pytest.mark.parametrize("name", [name for name, _role in STEPS])
def test_a_group_of_another_office_is_not_found(sign_in, client, group, name):
    assert client.get(url(name, group)).status_code == 302
    head = name in {"establish", "dissolve"}
    role = Role.UNIT_HEAD if head else Role.UNIT_OPERATOR

    assert sign_in(person(role)).get(url(name, group)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_index_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, count
):
    unit = UnitFactory()
    for group in CommunityGroupFactory.create_batch(count, office=unit):
        GroupMembershipFactory(group=group)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))
    client.get(INDEX)

    with django_assert_num_queries(8):
        response = client.get(INDEX)

    assert [group.members for group in response.context["page"]] == [1] * count


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_members(
    sign_in, django_assert_max_num_queries, group, count
):
    GroupMembershipFactory.create_batch(count, group=group)
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))
    client.get(group.get_absolute_url())

    with django_assert_max_num_queries(12):
        response = client.get(group.get_absolute_url())

    assert len(response.context["members"]) == count


def test_members_stand_by_their_places(sign_in, group):
    places = ["member", "coordinator", "treasurer", "secretary", "chair"]
    for place in places:
        GroupMembershipFactory(group=group, role=place)

    operator = person(Role.UNIT_OPERATOR, group.office)
    page = sign_in(operator).get(group.get_absolute_url())

    assert [row.role for row in page.context["members"]] == places[::-1]


def test_the_panel_of_a_bapas_says_what_the_guidebook_misses(sign_in):
    page = sign_in(person(Role.UNIT_HEAD)).get(INDEX).content.decode()

    assert "Pedoman belum terpenuhi" in page


def test_a_prison_has_no_such_panel(sign_in):
    unit = UnitFactory(kind="lapas")

    page = sign_in(person(Role.UNIT_HEAD, unit)).get(INDEX).content.decode()

    assert "Pedoman belum terpenuhi" not in page


def test_a_region_sees_the_compliance_of_its_bapas(sign_in, group):
    CommunityGroupFactory(status=Status.ACTIVE)

    response = sign_in(person(Role.REGIONAL_ADMIN, group.office.parent)).get(
        reverse("partners:group_compliance")
    )

    assert list(response.context["page"]) == [group.office]


def test_each_number_of_the_compliance_opens_a_list_of_as_many(sign_in):
    law, independence = FieldFactory(), FieldFactory(name="Kemandirian dan Kepribadian")
    five_partners_are_asked_for()
    unit = UnitFactory()
    post = PostFactory(parent=unit)
    for office, field, status, members in [
        (unit, law, Status.ACTIVE, 5),
        (post, law, Status.ESTABLISHED, 2),
        (unit, independence, Status.ACTIVE, 1),
        (unit, independence, Status.PROPOSED, 1),
        (unit, independence, Status.DORMANT, 1),
    ]:
        group = CommunityGroupFactory(office=office, field=field, status=status)
        GroupMembershipFactory.create_batch(members, group=group)
    client = sign_in(person(Role.REGIONAL_ADMIN, unit.parent))

    page = client.get(reverse("partners:group_compliance")).content.decode()

    row = page.partition("<tbody>")[2].partition("</tr>")[0]
    numbers = re.findall(r'<a href="([^"]+)">(\d+)</a>', row)
    counts = [int(number) for _url, number in numbers]
    assert counts == [3, 2, 1, 2, 3]
    lists = [client.get(unescape(url)).context["page"] for url, _number in numbers]
    assert [len(list(each)) for each in lists] == counts


def test_the_compliance_of_many_units_costs_few_questions(
    sign_in, django_assert_max_num_queries
):
    admin = person(Role.REGIONAL_ADMIN)
    for unit in UnitFactory.create_batch(30, parent=admin.acting.office):
        GroupMembershipFactory(group__office=unit, group__status=Status.ACTIVE)
    client, url = sign_in(admin), reverse("partners:group_compliance")
    client.get(url)

    with django_assert_max_num_queries(12):
        response = client.get(url)

    assert [number for _label, number, _url in response.context["totals"]] == [
        *(30, 0, 30, 30)
    ]


def test_each_total_of_the_compliance_opens_a_list_of_as_many(sign_in):
    law, independence = FieldFactory(), FieldFactory(name="Kemandirian dan Kepribadian")
    five_partners_are_asked_for()
    region = UnitFactory(name="Bapas Gebang").parent
    lone = UnitFactory(name="Bapas Lontar", parent=region)
    met = UnitFactory(name="Bapas Lontar Timur", parent=region)
    prison = UnitFactory(kind="lapas", parent=region)
    elsewhere = UnitFactory(name="Bapas Lontar Barat")
    for office, field, members in [
        *((met, law, 5), (PostFactory(parent=met), independence, 5)),
        *((lone, law, 1), (prison, law, 1), (elsewhere, law, 1)),
    ]:
        group = CommunityGroupFactory(office=office, field=field, status=Status.ACTIVE)
        GroupMembershipFactory.create_batch(members, group=group)
    client = sign_in(person(Role.HEADQUARTERS))
    url = reverse("partners:group_compliance")

    def behind(link):
        page = client.get(link if link.startswith("/") else url + link)
        return len(list(page.context["page"]))

    for asked, expected in [
        ({}, [4, 1, 4, 2]),
        ({"region": region.pk}, [3, 1, 3, 1]),
        ({"region": region.pk, "q": "lontar", "state": "lacking"}, [1, 0, 1, 1]),
        ({"q": "lontar", "state": "met"}, [1, 1, 2, 0]),
    ]:
        for htmx in ({}, {"HX-Request": "true", "HX-Target": "list"}):
            totals = client.get(url, asked, headers=htmx).context["totals"]

            assert [count for _label, count, _link in totals] == expected
            linked = [each for each in totals if each[2]]
            assert [behind(link) for _label, _count, link in linked] == [
                count for _label, count, _link in linked
            ]


@pytest.mark.parametrize(
    ("role", "office"),
    [
        (Role.HEADQUARTERS, lambda unit: None),
        (Role.REGIONAL_ADMIN, lambda unit: unit.parent),
        (Role.UNIT_HEAD, lambda unit: unit),
    ],
)
def test_the_compliance_is_linked_from_the_home_of_officers(sign_in, role, office):
    client = sign_in(person(role, office(UnitFactory())))

    home = client.get(reverse("reports:home")).content.decode()

    assert reverse("partners:group_compliance") in home


def test_the_compliance_of_many_bapas_is_paged(sign_in):
    admin = person(Role.REGIONAL_ADMIN)
    units = UnitFactory.create_batch(27, parent=admin.acting.office)
    client, url = sign_in(admin), reverse("partners:group_compliance")

    first = client.get(url)
    second = client.get(url + first.context["page"].next_url)

    shown = [row for page in (first, second) for row in page.context["page"]]
    assert shown == sorted(units, key=lambda unit: (unit.name.lower(), unit.pk))
    assert len(first.context["page"]) == 25


def test_the_compliance_can_be_narrowed_to_what_is_lacking(sign_in):
    admin = person(Role.REGIONAL_ADMIN)
    without = UnitFactory(parent=admin.acting.office)
    within = UnitFactory(parent=admin.acting.office)
    Rule.objects.update(value=1)
    for field in (FieldFactory(), FieldFactory(name="Kemandirian dan Kepribadian")):
        group = CommunityGroupFactory(office=within, field=field, status=Status.ACTIVE)
        GroupMembershipFactory(group=group)
    client, url = sign_in(admin), reverse("partners:group_compliance")

    found = {
        state: list(client.get(url, {"state": state}).context["page"])
        for state in ("lacking", "met")
    }

    assert found == {"lacking": [without], "met": [within]}


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.UNIT_OPERATOR, False), (Role.REGIONAL_ADMIN, True)]
)
def test_the_unit_is_named_to_those_who_see_several(sign_in, group, role, shown):
    office = group.office if role == Role.UNIT_OPERATOR else group.office.parent

    page = sign_in(person(role, office)).get(INDEX).content.decode()

    assert ('data-label="Unit"' in page) == shown
