"""Members of a group from an old list."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.models import GroupMembership
from pokmas.imports import services
from tests.factories import (
    CommunityGroupFactory,
    GroupMembershipFactory,
    PartnershipFactory,
)
from tests.partners.imports.conftest import worked

HEAD = ["No", "Nama", "Kedudukan", "Mulai"]


@pytest.fixture
def group(unit):
    return CommunityGroupFactory(office=unit, status="active")


@pytest.fixture
def members(read, group):
    def _members(*rows):
        return read([HEAD, *rows], kind="members", way="", about_id=group.pk)

    return _members


def results(record):
    return dict(record.rows.values_list("number", "result"))


def test_members_come_in_and_go_again(members, group, unit, operator):
    partner = PartnershipFactory(office=unit, status="approved", name="Yayasan Kasih")

    record = members([1, "YYS. KASIH", "Ketua", "3/5/2026"])
    services.enter(record, by=operator)
    record = worked(record)
    made = GroupMembership.objects.get()
    services.undo(record, by=operator)
    record = worked(record)

    assert (made.group, made.partnership, made.role) == (group, partner, "chair")
    assert str(made.starts_on) == "2026-05-03"
    assert results(record) == {2: "gone"}
    assert GroupMembership.objects.count() == 0


def test_what_becomes_of_each_row(members, group, unit):
    GroupMembershipFactory(
        group=group,
        partner=PartnershipFactory(office=unit, status="active", name="LBH Adil"),
        role="chair",
    )
    for name, status in [("CV Karya", "approved"), ("PT Diam", "suspended")]:
        PartnershipFactory(office=unit, status=status, name=name)
    PartnershipFactory(status="active", name="PKBM Jauh")

    record = members(
        [1, "LBH Adil", "Ketua", None],
        [2, "CV Karya", "Ketua", None],
        [3, "PT Diam", None, None],
        [4, "PKBM Jauh", None, None],
        [5, "CV Karya", "Juru masak", None],
        [6, "CV Karya", None, None],
        [7, "CV Karya", "Anggota", None],
    )

    assert results(record) == {
        2: "same",
        3: "wrong",
        4: "wrong",
        5: "wrong",
        6: "wrong",
        7: "new",
        8: "conflict",
    }
    assert record.rows.get(number=3).reason == (
        "Kedudukan (C3): kelompok ini sudah punya ketua."
    )


def test_the_sheet_of_members_goes_back_in_unchanged(
    read, group, unit, operator, sign_in
):
    roles = ("chair", "secretary", "member", "member")
    statuses = ("active", "approved", "suspended", "active")
    names = ("=1+1 Karya", "Yayasan “Kasih”; Damai", "Jumlah", "0812")
    for name, role, status in zip(names, roles, statuses, strict=True):
        partner = PartnershipFactory(office=unit, status=status, name=name)
        GroupMembershipFactory(
            group=group, partner=partner, role=role, starts_on=date(2026, 3, 2)
        )
    GroupMembershipFactory(group=group, ends_on=date(2026, 4, 1))
    page = sign_in(operator).get(reverse("partners:group_members", args=[group.pk]))
    content = b"".join(page.streaming_content)

    record = read(content, kind="members", way="", about_id=group.pk)

    assert record.counts == {"same": 4}


def test_another_day_than_that_of_the_portal_is_a_conflict(members, group, unit):
    partner = PartnershipFactory(office=unit, status="active", name="LBH Adil")
    GroupMembershipFactory(group=group, partner=partner, starts_on=date(2026, 3, 2))

    record = members([1, "LBH Adil", None, "03-03-2026"])

    assert record.rows.get().reason == "Mulai (D2): di portal: 02-03-2026"


def test_a_list_is_offered_on_the_page_of_an_open_group(group, operator, sign_in, unit):
    closed = CommunityGroupFactory(office=unit, status="assessed")
    client = sign_in(operator)
    address = reverse("imports:create", args=["members"])

    texts = [client.get(each.get_absolute_url()).text for each in (group, closed)]
    page = client.get(f"{address}?about={closed.pk}", follow=True)

    assert [f"{address}?about=" in text for text in texts] == [True, False]
    assert page.redirect_chain == [(closed.get_absolute_url(), 302)]
    assert "tidak dapat dilakukan" in page.text


def test_the_page_of_a_list_leads_back_to_its_group(members, group, operator, sign_in):
    record = members([1, "Yayasan Kasih", None, None])

    text = sign_in(operator).get(record.get_absolute_url()).text

    assert f'<a href="{group.get_absolute_url()}">' in text
    assert "belum menjadi mitra unit ini" in text


def test_members_that_were_assessed_stay_and_say_why(members, group, operator, unit):
    PartnershipFactory(office=unit, status="approved", name="Yayasan Kasih")
    record = members([1, "Yayasan Kasih", None, None])
    services.enter(record, by=operator)
    record = worked(record)
    type(group).objects.filter(pk=group.pk).update(status="assessed", reason="")
    services.undo(record, by=operator)

    record = worked(record)

    row = record.rows.get()
    assert (row.result, row.reason) == (
        "kept",
        "Tetap ada: kelompoknya sudah diasesmen.",
    )


def test_a_group_that_was_assessed_meanwhile_takes_none(members, group, operator, unit):
    PartnershipFactory(office=unit, status="approved", name="Yayasan Kasih")
    record = members([1, "Yayasan Kasih", None, None])
    services.enter(record, by=operator)
    type(group).objects.filter(pk=group.pk).update(status="assessed", reason="")

    record = worked(record)

    assert record.status == "rehearsed"
    assert "tidak dapat dilakukan" in record.reason
    assert GroupMembership.objects.count() == 0


def test_a_list_for_a_closed_group_is_refused(read, unit):
    closed = CommunityGroupFactory(office=unit, status="assessed")

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        read([HEAD, [1, "A", None, None]], kind="members", way="", about_id=closed.pk)
