from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from partners.groups import services as groups
from partners.groups.forms import InaugurateForm
from partners.models import CommunityGroup, Partnership
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.audit.services import timeline
from pokmas.notices.models import Notice
from pokmas.records.guarded import StaleRecord
from tests.factories import (
    CommunityGroupFactory,
    DocumentFactory,
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


BEGUN = date(2026, 1, 5)


def operator_of(group):
    return person(Role.UNIT_OPERATOR, group.office)


def head_of(group):
    return person(Role.UNIT_HEAD, group.office)


def test_propose_twice_with_one_form_makes_one_group():
    operator = person(Role.UNIT_OPERATOR)
    group = CommunityGroup(
        office=operator.acting.office, name="Pokmas Satu", field=FieldFactory()
    )
    again = CommunityGroup(
        office=group.office,
        name="Pokmas Satu",
        field=group.field,
        submission_key=group.submission_key,
    )

    groups.propose(group, by=operator)

    assert groups.propose(again, by=operator) == group
    assert CommunityGroup.objects.count() == 1
    assert Entry.objects.filter(action="communitygroup.proposed").count() == 1


def test_propose_is_refused_for_another_unit():
    group = CommunityGroup(office=UnitFactory(), name="Pokmas", field=FieldFactory())

    with pytest.raises(ValidationError, match="di luar kantor"):
        groups.propose(group, by=person(Role.UNIT_OPERATOR))


def test_edit_corrects_a_proposal():
    group = CommunityGroupFactory()
    group.name = "Nama baru"

    groups.change(group, revision=0, fields=["name"], by=operator_of(group))

    group.refresh_from_db()
    assert (group.name, group.revision) == ("Nama baru", 1)


def test_edit_is_refused_once_a_decree_names_the_group():
    group = CommunityGroupFactory(status=Status.ESTABLISHED)
    group.name = "Nama baru"

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        groups.change(group, revision=0, fields=["name"], by=operator_of(group))


def test_edit_is_refused_when_somebody_was_faster():
    group = CommunityGroupFactory()
    CommunityGroup.objects.filter(pk=group.pk).update(revision=3)

    with pytest.raises(StaleRecord):
        groups.change(group, revision=0, fields=["name"], by=operator_of(group))


def test_add_member_takes_a_working_partner_of_the_unit():
    group = CommunityGroupFactory()
    partner = PartnershipFactory(status="approved", office=group.office)

    groups.add_members(
        group,
        members=[(partner, "chair")],
        starts_on=BEGUN,
        by=operator_of(group),
    )

    assert [row.partnership for row in group.memberships.current()] == [partner]
    partner.refresh_from_db()
    assert partner.status == "approved"
    entry = Entry.objects.about(group).get()
    assert (entry.action, entry.details["partner"]) == (
        "communitygroup.member_added",
        str(partner),
    )


def test_add_member_of_a_post_to_the_group_of_its_unit():
    post = PostFactory()
    group = CommunityGroupFactory(office=post.parent)
    partner = PartnershipFactory(status="active", office=post)

    groups.add_members(
        group,
        members=[(partner, "member")],
        starts_on=BEGUN,
        by=operator_of(group),
    )

    assert group.memberships.current().count() == 1


def test_add_member_to_an_active_group_makes_the_partner_active():
    group = CommunityGroupFactory(status=Status.ACTIVE)
    partner = PartnershipFactory(status="approved", office=group.office)

    groups.add_members(
        group,
        members=[(partner, "member")],
        starts_on=BEGUN,
        by=operator_of(group),
    )

    partner.refresh_from_db()
    assert partner.status == "active"


@pytest.mark.parametrize(
    "status", [s for s in Partnership.Status if s not in Partnership.WORKING]
)
def test_add_member_refuses_a_partner_that_does_not_work_with_us(status):
    group = CommunityGroupFactory()
    partner = PartnershipFactory(status=status, office=group.office)

    with pytest.raises(ValidationError, match="belum disetujui"):
        groups.add_members(
            group,
            members=[(partner, "member")],
            starts_on=BEGUN,
            by=operator_of(group),
        )


def test_add_member_refuses_a_partner_of_another_unit():
    group = CommunityGroupFactory()

    with pytest.raises(ValidationError, match="unit lain"):
        groups.add_members(
            group,
            members=[(PartnershipFactory(status="active"), "member")],
            starts_on=BEGUN,
            by=operator_of(group),
        )


def test_add_member_refuses_a_second_chair():
    chair = GroupMembershipFactory(role="chair")
    partner = PartnershipFactory(status="active", office=chair.group.office)

    with pytest.raises(ValidationError, match="sudah punya ketua"):
        groups.add_members(
            chair.group,
            members=[(partner, "chair")],
            starts_on=BEGUN,
            by=operator_of(chair.group),
        )


def test_add_member_refuses_the_same_partner_twice():
    member = GroupMembershipFactory()

    with pytest.raises(ValidationError, match="sudah menjadi anggota"):
        groups.add_members(
            member.group,
            members=[(member.partnership, "member")],
            starts_on=BEGUN,
            by=operator_of(member.group),
        )


def test_add_member_refuses_a_day_to_come_and_a_dissolved_group():
    group = CommunityGroupFactory()
    partner = PartnershipFactory(status="active", office=group.office)
    tomorrow = group.office.today + timedelta(days=1)

    with pytest.raises(ValidationError, match="belum tiba"):
        groups.add_members(
            group,
            members=[(partner, "member")],
            starts_on=tomorrow,
            by=operator_of(group),
        )


def test_end_member_keeps_the_membership_in_the_history():
    member = GroupMembershipFactory()

    groups.end_member(
        member.group,
        membership=member,
        ends_on=date(2026, 3, 1),
        by=operator_of(member.group),
    )

    member.refresh_from_db()
    assert member.ends_on == date(2026, 3, 1)
    assert not member.group.memberships.current().exists()


@pytest.mark.parametrize(
    ("ends_on", "message"),
    [(date(2025, 12, 31), "sebelum tanggal mulai"), (date(2099, 1, 1), "belum tiba")],
)
def test_end_member_refuses_impossible_days(ends_on, message):
    member = GroupMembershipFactory()

    with pytest.raises(ValidationError, match=message):
        groups.end_member(
            member.group,
            membership=member,
            ends_on=ends_on,
            by=operator_of(member.group),
        )

    member.refresh_from_db()
    assert member.ends_on is None


def test_end_member_twice_is_refused():
    member = GroupMembershipFactory(ends_on=date(2026, 2, 1))

    with pytest.raises(ValidationError, match="sudah berakhir"):
        groups.end_member(
            member.group,
            membership=member,
            ends_on=date(2026, 3, 1),
            by=operator_of(member.group),
        )


def test_assess_hands_the_group_to_the_head():
    group = GroupMembershipFactory().group
    operator, head = operator_of(group), head_of(group)

    groups.assess(group, assessment="Layak", by=operator)

    group.refresh_from_db()
    assert (group.status, group.assessed_by) == (Status.ASSESSED, operator)
    assert [row.user for row in Notice.objects.all()] == [head]


def test_assess_is_refused_without_members():
    group = CommunityGroupFactory()

    with pytest.raises(ValidationError, match="Tambahkan anggota"):
        groups.assess(group, assessment="Layak", by=operator_of(group))


def establish(group, by, **values):
    answers = {
        "decree_number": "W.22-1",
        "decree_on": date(2026, 1, 5),
        "decree": DocumentFactory(uploaded_by=by),
        **values,
    }
    groups.establish(group, by=by, **answers)


def test_establish_keeps_the_decree_and_tells_operators_and_members():
    group = CommunityGroupFactory(status=Status.ASSESSED)
    member = GroupMembershipFactory(group=group)
    user = RepresentativeFactory(partner=member.partnership).user
    operator, head = operator_of(group), head_of(group)

    establish(group, head)

    group.refresh_from_db()
    assert (group.status, group.decree_number) == (Status.ESTABLISHED, "W.22-1")
    assert group.decree.owner == group
    told = set(Notice.objects.values_list("user", flat=True))
    assert told == {operator.pk, user.pk}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"decree_number": " "}, "SK wajib ada"),
        ({"decree": None}, "SK wajib ada"),
        ({"decree_on": None}, "wajib diisi"),
        ({"decree_on": date(2099, 1, 1)}, "belum tiba"),
    ],
)
def test_establish_is_refused_without_a_whole_decree(values, message):
    group = CommunityGroupFactory(status=Status.ASSESSED)

    with pytest.raises(ValidationError, match=message):
        establish(group, head_of(group), **values)

    group.refresh_from_db()
    assert group.status == Status.ASSESSED


def test_who_assessed_does_not_establish():
    group = CommunityGroupFactory(status=Status.ASSESSED)
    head = head_of(group)
    CommunityGroup.objects.filter(pk=group.pk).update(assessed_by=head)

    with pytest.raises(ValidationError, match="orang lain"):
        establish(group, head)


@pytest.mark.parametrize("status", [s for s in Status if s != Status.ASSESSED])
def test_establish_refuses_every_other_status(status):
    group = (
        CommunityGroupFactory(status=status)
        if status != Status.DISSOLVED
        else (dissolved())
    )

    with pytest.raises(ValidationError, match="tidak dapat"):
        establish(group, head_of(group))


# Withdrawn: a proposal that was made wrongly


def test_withdraw_keeps_the_reason_and_frees_name_and_partners():
    group = CommunityGroupFactory()
    member = GroupMembershipFactory(group=group)
    operator = operator_of(group)
    again = CommunityGroup(office=group.office, name=group.name, field=group.field)

    groups.withdraw(group, reason=" Salah bidang ", by=operator)

    member.refresh_from_db()
    assert (group.status, group.reason) == (Status.WITHDRAWN, "Salah bidang")
    assert member.ends_on == group.office.today
    entry = Entry.objects.about(group).get()
    assert (entry.actor, entry.action) == (operator, "communitygroup.withdrawn")
    assert Notice.objects.count() == 0
    assert groups.propose(again, by=operator) == again


def test_withdraw_tells_the_head_who_was_asked_to_decide():
    group = CommunityGroupFactory(status=Status.ASSESSED)
    head = head_of(group)

    groups.withdraw(group, reason="Salah bidang", by=operator_of(group))

    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (head, "communitygroup.withdrawn")
    assert notice.body == "Salah bidang"


def test_withdraw_refuses_without_a_reason():
    group = CommunityGroupFactory()

    with pytest.raises(ValidationError, match="Alasan wajib"):
        groups.withdraw(group, reason=" ", by=operator_of(group))


@pytest.mark.parametrize(
    "status", [Status.ESTABLISHED, Status.ACTIVE, Status.DORMANT, Status.WITHDRAWN]
)
def test_withdraw_refuses_what_is_no_proposal(status):
    group = CommunityGroupFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat"):
        groups.withdraw(group, reason="Salah", by=operator_of(group))


def dissolved():
    return CommunityGroupFactory(
        status=Status.DISSOLVED,
        dissolution_number="W.22-9",
        dissolved_on=date(2026, 2, 1),
        dissolution_decree=DocumentFactory(),
    )


def inaugurate(group, day=date(2026, 1, 12)):
    groups.inaugurate(
        group, inaugurated_on=day, inaugurated_by="Kakanwil", by=operator_of(group)
    )


def test_inaugurate_makes_the_group_and_its_approved_partners_active():
    group = CommunityGroupFactory(status=Status.ESTABLISHED)
    approved = GroupMembershipFactory(
        group=group, partner__status="approved"
    ).partnership
    suspended = GroupMembershipFactory(
        group=group, partner__status="suspended"
    ).partnership

    inaugurate(group)

    for row in (group, approved, suspended):
        row.refresh_from_db()
    assert group.status == Status.ACTIVE
    assert (approved.status, suspended.status) == ("active", "suspended")


@pytest.mark.parametrize(
    ("day", "message"),
    [(date(2026, 1, 4), "sebelum tanggal SK"), (date(2099, 1, 1), "belum tiba")],
)
def test_inaugurate_refuses_impossible_days(day, message):
    group = CommunityGroupFactory(status=Status.ESTABLISHED)

    with pytest.raises(ValidationError, match=message):
        inaugurate(group, day)


@pytest.mark.parametrize(
    "status", [Status.PROPOSED, Status.ASSESSED, Status.ACTIVE, Status.DORMANT]
)
def test_inaugurate_refuses_every_other_status(status):
    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        inaugurate(CommunityGroupFactory(status=status))


def test_rest_and_revive():
    group = CommunityGroupFactory(status=Status.ACTIVE)

    groups.rest(group, reason="Ketua pindah", by=operator_of(group))
    assert (group.status, group.reason) == (Status.DORMANT, "Ketua pindah")
    groups.revive(group, by=operator_of(group))

    group.refresh_from_db()
    assert (group.status, group.reason) == (Status.ACTIVE, "")


def verbs_of(group):
    entries = Entry.objects.about(group).order_by("pk")
    return [entry.action.partition(".")[2] for entry in entries]


def test_the_trail_calls_each_way_back_by_its_own_name():
    group = CommunityGroupFactory(status=Status.ESTABLISHED)
    head, operator = head_of(group), operator_of(group)

    groups.send_back(group, reason="SK keliru", by=head)
    groups.send_back(group, reason="Kurang anggota", by=head)

    resting = CommunityGroupFactory(status=Status.DORMANT)
    groups.revive(resting, by=operator_of(resting))
    decreed = CommunityGroupFactory(status=Status.ESTABLISHED)
    groups.revoke(decreed, reason="Mitra mundur", by=head_of(decreed))
    assert [verbs_of(each) for each in (group, resting, decreed)] == [
        ["decree_undone", "sent_back"],
        ["revived"],
        ["revoked"],
    ]
    told = [moment.phrase for moment in timeline(group, operator).moments]
    assert told[:2] == [
        "Mengembalikan usulan kelompok",
        "Mengembalikan kelompok ke asesmen",
    ]


def test_rest_without_a_reason_is_refused():
    group = CommunityGroupFactory(status=Status.ACTIVE)

    with pytest.raises(ValidationError, match="Alasan wajib"):
        groups.rest(group, reason="", by=operator_of(group))


def test_revive_refuses_a_group_that_was_never_inaugurated():
    group = CommunityGroupFactory(status=Status.ESTABLISHED)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        groups.revive(group, by=operator_of(group))


def dissolve(group, **values):
    by = head_of(group)
    answers = {
        "reason": "Selesai",
        "dissolution_number": "W.22-9",
        "dissolved_on": date(2026, 2, 1),
        "dissolution_decree": DocumentFactory(uploaded_by=by),
        **values,
    }
    groups.dissolve(group, by=by, **answers)


def test_dissolve_ends_the_memberships():
    group = CommunityGroupFactory(status=Status.ACTIVE)
    member = GroupMembershipFactory(group=group)

    dissolve(group)

    member.refresh_from_db()
    assert (group.status, member.ends_on) == (Status.DISSOLVED, date(2026, 2, 1))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"reason": " "}, "Alasan wajib"),
        ({"dissolution_number": ""}, "SK pembubaran wajib"),
        ({"dissolution_decree": None}, "SK pembubaran wajib"),
        ({"dissolved_on": date(2026, 1, 1)}, "sebelum SK penetapan"),
        ({"dissolved_on": date(2099, 1, 1)}, "belum tiba"),
    ],
)
def test_dissolve_is_refused_without_reason_or_decree(values, message):
    group = CommunityGroupFactory(status=Status.ACTIVE)

    with pytest.raises(ValidationError, match=message):
        dissolve(group, **values)

    group.refresh_from_db()
    assert group.status == Status.ACTIVE


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.ASSESSED])
def test_dissolve_refuses_a_group_without_a_decree(status):
    with pytest.raises(ValidationError, match="tidak dapat"):
        dissolve(CommunityGroupFactory(status=status))


def test_a_group_that_was_never_inaugurated_is_dissolved_by_decree_too():
    group = CommunityGroupFactory(status=Status.ESTABLISHED)
    member = GroupMembershipFactory(group=group)

    dissolve(group)

    group.refresh_from_db()
    member.refresh_from_db()
    assert (group.status, member.ends_on) == (Status.DISSOLVED, group.dissolved_on)


def test_the_head_sends_an_established_group_back_and_its_decree_with_it():
    group = CommunityGroupFactory(status=Status.ESTABLISHED)
    operator, head = operator_of(group), head_of(group)

    groups.send_back(group, reason="Nomor SK keliru", by=head)

    group.refresh_from_db()
    assert (group.status, group.decree_number, group.decree_on, group.decree) == (
        Status.ASSESSED,
        "",
        None,
        None,
    )
    assert group.reason == "Nomor SK keliru"
    told = Notice.objects.filter(kind="communitygroup.returned")
    assert operator.pk in told.values_list("user", flat=True)
    assert head.pk not in told.values_list("user", flat=True)


def test_an_inaugurated_group_is_not_sent_back():
    group = CommunityGroupFactory(status=Status.ACTIVE)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        groups.send_back(group, reason="Uji", by=head_of(group))


def test_a_decree_is_taken_back_before_the_inauguration_and_the_name_is_free():
    group = CommunityGroupFactory(status=Status.ESTABLISHED)
    member = GroupMembershipFactory(group=group)
    operator = operator_of(group)

    groups.revoke(group, reason="Mitra mundur", by=head_of(group))

    group.refresh_from_db()
    member.refresh_from_db()
    assert (group.status, member.ends_on) == (
        Status.WITHDRAWN,
        max(member.starts_on, group.office.today),
    )
    [notice] = Notice.objects.filter(kind="communitygroup.revoked", user=operator)
    assert notice.body == "Mitra mundur"
    again = CommunityGroup(office=group.office, name=group.name, field=group.field)
    assert groups.propose(again, by=operator).pk != group.pk


@pytest.mark.parametrize(
    "status", [s for s in CommunityGroup.TRANSITIONS if s != Status.ESTABLISHED]
)
def test_a_decree_is_taken_back_at_no_other_status(status):
    group = CommunityGroupFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        groups.revoke(group, reason="Uji", by=head_of(group))


def test_the_plan_of_the_inauguration_is_proposed_when_it_is_recorded():
    group = CommunityGroupFactory(status=Status.ESTABLISHED)
    at = datetime(2026, 3, 1, 17, tzinfo=UTC)  # the second of March there

    groups.plan_ceremony(
        group,
        ceremony_at=at,
        ceremony_place="Aula",
        inaugurated_by="Kakanwil",
        by=operator_of(group),
    )

    form = InaugurateForm(record=group, user=operator_of(group))
    assert form["inaugurated_on"].value() == date(2026, 3, 2)
    assert form["inaugurated_by"].value() == "Kakanwil"


def test_a_dissolved_group_takes_no_members():
    group = dissolved()
    partner = PartnershipFactory(status="active", office=group.office)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        groups.add_members(
            group,
            members=[(partner, "member")],
            starts_on=BEGUN,
            by=operator_of(group),
        )
