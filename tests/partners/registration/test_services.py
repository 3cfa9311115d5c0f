from functools import partial

import pytest
from django.core.exceptions import ValidationError

from partners.models import Partner, Partnership
from partners.registration import services as registration
from partners.registry import sections
from pokmas.accounts.models import Assignment
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from pokmas.records.guarded import StaleRecord
from tests.factories import (
    DocumentFactory,
    FieldFactory,
    PartnerFactory,
    PartnerKindFactory,
    PartnershipFactory,
    PostFactory,
    RegencyFactory,
    RegionFactory,
    RepresentativeFactory,
    UnitFactory,
    UserFactory,
    declared_today,
    person,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status


def new_partner(office, **values):
    partner = Partner(regency=RegencyFactory(), kind=PartnerKindFactory())
    return Partnership(office=office, partner=partner, **values)


def test_start_opens_draft_role_and_representation_at_once(applicant):
    unit = UnitFactory()

    partner = registration.start(new_partner(unit), by=applicant)

    assert (partner.status, partner.is_self_registered) == (Status.DRAFT, True)
    assert [row.user for row in partner.partner.representatives.all()] == [applicant]
    assignment = Assignment.objects.get(user=applicant)
    assert (assignment.role, assignment.office) == (Role.PARTNER, unit)
    entry = Entry.objects.about(partner).get()
    assert (entry.actor, entry.action) == (applicant, "partnership.started")
    assert entry.capacity == str(assignment)


def test_start_takes_over_what_the_account_says(applicant):
    applicant.phone = "+6281234567890"

    partner = registration.start(new_partner(UnitFactory()), by=applicant)

    kept = Partnership.objects.get(pk=partner.pk)
    assert (kept.contact_name, kept.phone, kept.email) == (
        applicant.full_name,
        "+6281234567890",
        applicant.email,
    )


def test_start_takes_the_name_of_who_registers_himself(applicant):
    partner = new_partner(UnitFactory())
    partner.partner.kind = PartnerKindFactory(code="person")

    registration.start(partner, by=applicant)

    assert Partner.objects.get().name == applicant.full_name


def test_start_twice_goes_on_with_the_first_draft(applicant):
    unit = UnitFactory()
    first = registration.start(new_partner(unit), by=applicant)

    second = registration.start(new_partner(UnitFactory()), by=applicant)

    assert second == first
    assert Partnership.objects.count() == 1


def test_start_again_after_submission_with_the_same_form_makes_no_second(applicant):
    unit = UnitFactory()
    first = registration.start(new_partner(unit), by=applicant)
    Partner.objects.update(name="Yayasan", leader_name="Maria", address="Jalan 1")
    Partnership.objects.filter(pk=first.pk).update(
        status=Status.SUBMITTED,
        contact_name="Maria",
        phone="+6281234567890",
        services="Pelatihan",
    )
    again = new_partner(unit, submission_key=first.submission_key)

    assert registration.start(again, by=applicant) == first
    assert Partnership.objects.count() == 1


def test_start_is_refused_without_a_verified_address():
    with pytest.raises(ValidationError, match="surel"):
        registration.start(new_partner(UnitFactory()), by=UserFactory())

    assert Partnership.objects.count() == 0


def test_start_is_refused_to_staff(applicant):
    Assignment.objects.create(
        user=applicant, office=UnitFactory(), role=Role.UNIT_OPERATOR
    )

    with pytest.raises(ValidationError, match="petugas"):
        registration.start(new_partner(UnitFactory()), by=applicant)


@pytest.mark.parametrize(
    "make_office", [RegionFactory, lambda: UnitFactory(is_active=False)]
)
def test_start_is_refused_at_an_office_that_takes_no_partners(applicant, make_office):
    with pytest.raises(ValidationError, match="unit yang masih bekerja"):
        registration.start(new_partner(make_office()), by=applicant)


def test_enter_opens_a_draft_at_the_own_office():
    operator = person(Role.UNIT_OPERATOR)

    partner = registration.enter(new_partner(operator.acting.office), by=operator)

    assert (partner.created_by, partner.is_self_registered) == (operator, False)
    assert Entry.objects.about(partner).get().action == "partnership.entered"


def test_enter_at_a_post_of_the_own_unit():
    post = PostFactory()
    operator = person(Role.UNIT_OPERATOR, post.parent)

    assert registration.enter(new_partner(post), by=operator).office == post


def test_enter_is_refused_for_another_unit():
    with pytest.raises(ValidationError, match="di luar kantor"):
        registration.enter(new_partner(UnitFactory()), by=person(Role.UNIT_OPERATOR))


def test_edit_saves_the_changed_answers():
    row = RepresentativeFactory(partner__status=Status.DRAFT)
    partner, applicant = row.partnership, row.user
    economy = FieldFactory(name="Ekonomi")
    paper = DocumentFactory(uploaded_by=applicant)
    partner.services = "Menjahit"

    registration.edit(
        partner,
        revision=0,
        changed=["services", "fields", "papers"],
        fields=[economy],
        papers=[paper],
        by=applicant,
    )

    partner.refresh_from_db()
    paper.refresh_from_db()
    assert (partner.services, partner.revision) == ("Menjahit", 1)
    assert list(partner.fields.all()) == [economy]
    assert paper.owner == partner
    entry = Entry.objects.about(partner).get(action="partnership.changed")
    assert entry.details["changed"] == ["services", "fields", "papers"]


def test_what_all_units_know_is_changed_by_way_of_one_of_them():
    row = RepresentativeFactory(partner__status=Status.ACTIVE)
    waiting = PartnershipFactory(partner=row.partner, status=Status.VERIFYING)
    partner, operator = row.partner, person(Role.UNIT_OPERATOR, row.partnership.office)
    partner.name = "Yayasan Baru"

    registration.edit_identity(
        row.partnership, partner, revision=0, changed=["name"], by=operator
    )

    for each in (partner, row.partnership, waiting):
        each.refresh_from_db()
    # Who decides about it elsewhere is shown that it is another than he saw.
    assert (partner.name, row.partnership.revision, waiting.revision) == (
        "Yayasan Baru",
        1,
        1,
    )
    assert Entry.objects.about(row.partnership).get().action == "partnership.changed"
    assert not Entry.objects.about(waiting).exists()


def test_edit_is_refused_when_somebody_was_faster():
    row = RepresentativeFactory()
    partner = row.partnership
    Partnership.objects.filter(pk=partner.pk).update(revision=1, services="Dari loket")
    partner.services = "Dari saya"

    with pytest.raises(StaleRecord, match="sudah diubah orang lain"):
        registration.edit(partner, revision=0, changed=["services"], by=row.user)

    partner.refresh_from_db()
    assert partner.services == "Dari loket"


def test_two_units_do_not_overwrite_what_both_know():
    partner = PartnerFactory(status=Status.ACTIVE)
    other = PartnershipFactory(partner=partner, status=Status.ACTIVE)
    theirs = Partner.objects.get(pk=partner.pk)
    mine = Partner.objects.get(pk=partner.pk)
    mine.village, theirs.village = "Oebobo", "Alak"
    first = partner.partnerships.exclude(pk=other.pk).get()

    def edit(partnership, known):
        officer = person(Role.UNIT_OPERATOR, partnership.office)
        registration.edit_identity(
            partnership, known, revision=0, changed=["village"], by=officer
        )

    edit(first, mine)
    with pytest.raises(StaleRecord):
        edit(other, theirs)

    partner.refresh_from_db()
    assert partner.village == "Oebobo"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("side", ["partner", "officer"])
def test_edit_obeys_the_one_table_of_who_may_change_what(status, side):
    row = RepresentativeFactory(partner__status=status)
    partner = row.partnership
    by = row.user if side == "partner" else person(Role.UNIT_OPERATOR, partner.office)
    may = sections.EDITABLE.get(status, ((), ()))[side == "officer"]
    changes = {"name": "Nama lain", "phone": "+6281200000000", "capacity": 7}

    for name, value in changes.items():
        record = sections.about(partner, name)
        setattr(record, name, value)
        edit = partial(registration.edit, partner)
        if record is not partner:
            edit = partial(registration.edit_identity, partner, record)
        partner.refresh_from_db(fields=["revision"])
        if name in may:
            edit(revision=record.revision, changed=[name], by=by)
        else:
            with pytest.raises(ValidationError, match="tidak dapat Anda ubah"):
                edit(revision=record.revision, changed=[name], by=by)


def test_moving_a_draft_takes_the_applicants_role_along(applicant):
    first, second = UnitFactory(), UnitFactory()
    partner = registration.start(new_partner(first), by=applicant)
    partner.office = second

    registration.edit(partner, revision=0, changed=["office"], by=applicant)

    partner.refresh_from_db()
    assert partner.region_id == second.region_id
    assert [row.office for row in applicant.assignments.all()] == [second]


def test_remove_paper_takes_it_back_before_it_was_judged():
    row = RepresentativeFactory(partner__status=Status.RETURNED)
    paper = DocumentFactory(owner=row.partnership, uploaded_by=row.user)

    registration.remove_paper(row.partnership, paper, by=row.user)

    assert not type(paper).objects.filter(name=paper.name).exists()


def test_remove_paper_is_refused_afterwards():
    row = RepresentativeFactory(partner__status=Status.SUBMITTED)
    paper = DocumentFactory(owner=row.partnership, uploaded_by=row.user)

    with pytest.raises(ValidationError, match="sudah diajukan"):
        registration.remove_paper(row.partnership, paper, by=row.user)


def test_submit_tells_officer_and_applicant():
    row = RepresentativeFactory(partner__is_self_registered=True)
    partner = row.partnership
    operator = person(Role.UNIT_OPERATOR, partner.office)

    registration.submit(partner, declared=declared_today(), by=row.user)

    partner.refresh_from_db()
    assert (partner.status, partner.submitted_by) == (Status.SUBMITTED, row.user)
    told = Notice.objects.values_list("user", "kind")
    assert set(told) == {
        (operator.pk, "partnership.submitted"),
        (row.user.pk, "partnership.received"),
    }
    received = Notice.objects.get(user=row.user)
    assert partner.partner.reference in received.body


def test_submit_twice_is_harmless():
    row = RepresentativeFactory()
    registration.submit(row.partnership, declared=declared_today(), by=row.user)

    registration.submit(row.partnership, declared=declared_today(), by=row.user)

    entries = Entry.objects.about(row.partnership).filter(
        action="partnership.submitted"
    )
    assert entries.count() == 1


def test_submit_says_all_that_is_missing_at_once():
    row = RepresentativeFactory(
        partner__name="", partner__phone="", partner__fields=[], partner__services=""
    )

    with pytest.raises(ValidationError) as refusal:
        registration.submit(row.partnership, declared=declared_today(), by=row.user)

    assert refusal.value.messages == [
        "Belum dapat diajukan. Masih kosong: nama mitra, nomor telepon, bidang, "
        "layanan yang ditawarkan."
    ]


def test_a_person_is_not_asked_for_a_leader_but_is_his_own():
    row = RepresentativeFactory(
        partner__kind=PartnerKindFactory(code="person"),
        partner__leader_name="",
        partner__leader_position="",
    )
    row.partner.name = "Petrus Uji"
    registration.edit_identity(
        row.partnership, row.partner, revision=0, changed=["name"], by=row.user
    )

    registration.submit(row.partnership, declared=declared_today(), by=row.user)

    row.partner.refresh_from_db()
    assert (row.partnership.status, row.partner.leader_name) == (
        Status.SUBMITTED,
        "Petrus Uji",
    )


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in {Status.DRAFT, Status.RETURNED}]
)
def test_submit_refuses_every_other_status(status):
    partner = PartnershipFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat"):
        registration.submit(
            partner,
            declared=declared_today(),
            by=person(Role.UNIT_OPERATOR, partner.office),
        )


def test_submit_after_a_repair_clears_the_reason():
    row = RepresentativeFactory(partner__status=Status.RETURNED)

    registration.submit(row.partnership, declared=declared_today(), by=row.user)

    row.partnership.refresh_from_db()
    assert (row.partnership.reason, row.partnership.verified_by) == ("", None)
