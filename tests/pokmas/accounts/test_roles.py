import pytest
from django.urls import reverse

from pokmas.accounts.models import RoleOverride
from pokmas.accounts.permissions import PermissionMissing, explain, require
from pokmas.accounts.roles import (
    APPOINTS,
    COMMUNITY,
    DEFAULTS,
    LEVELS,
    PERMISSIONS,
    STAFF,
    Role,
    is_locked,
    permissions_of,
    roles_with,
)
from tests.factories import AssignmentFactory, UserFactory, person

pytestmark = pytest.mark.django_db


def test_every_role_is_either_of_the_staff_or_of_the_community():
    assert set(Role) == STAFF | COMMUNITY
    assert set() == STAFF & COMMUNITY
    assert set(LEVELS) == set(Role)


def test_every_permission_is_named_once():
    names = [permission.name for permission in PERMISSIONS]

    assert len(names) == len(set(names))


def test_nobody_appoints_his_own_role_or_one_above():
    order = list(Role)
    for role, below in APPOINTS.items():
        assert all(order.index(other) > order.index(role) for other in below)


@pytest.mark.parametrize("role", Role)
def test_without_a_change_a_role_holds_what_the_table_says(role):
    assert permissions_of(role) == DEFAULTS[role]


def test_headquarters_gives_and_takes_permissions_at_run_time():
    RoleOverride.objects.create(
        role=Role.AMBASSADOR, permission="reports.add_report", granted=True
    )
    RoleOverride.objects.create(
        role=Role.UNIT_OPERATOR, permission="reports.add_report", granted=False
    )

    assert roles_with("reports.add_report") == [Role.REGIONAL_ADMIN, Role.AMBASSADOR]
    assert "reports.add_report" in permissions_of(Role.AMBASSADOR)
    assert "reports.add_report" not in permissions_of(Role.UNIT_OPERATOR)


def test_the_way_back_and_the_line_to_the_community_are_locked():
    assert is_locked(Role.HEADQUARTERS, "accounts.change_role")
    assert is_locked(Role.HEADQUARTERS, "accounts.view_role")
    assert is_locked(Role.REGIONAL_ADMIN, "accounts.change_role")
    assert is_locked(Role.PARTNER, "partners.approve_partner")
    assert not is_locked(Role.PARTNER, "partners.view_partner")
    assert not is_locked(Role.UNIT_OPERATOR, "partners.approve_partner")


def test_a_missing_permission_is_refused_by_its_name():
    with pytest.raises(PermissionMissing) as refusal:
        require(person(Role.UNIT_OPERATOR), "accounts.appoint_user")

    assert refusal.value.permission == "accounts.appoint_user"


def test_whoever_has_no_assignment_is_refused_everything():
    with pytest.raises(PermissionMissing):
        require(UserFactory(), "partners.view_partner")


def test_a_refusal_says_which_roles_may_and_who_gives_them():
    operator = person(Role.UNIT_OPERATOR)

    why = explain(PermissionMissing("partners.approve_partner"), operator)

    assert why == {
        "permission": "Menyetujui mitra",
        "acting": operator.acting,
        "roles": ["Admin Pusat", "Kepala Kanwil", "Kepala UPT"],
        "switch_to": None,
        "granted_by": ["Admin Pusat", "Admin Kanwil"],
        "changed_by": "Admin Pusat",
    }


def test_a_refusal_offers_the_own_assignment_that_would_do():
    operator = person(Role.UNIT_OPERATOR)
    head = AssignmentFactory(user=operator, role=Role.UNIT_HEAD)

    why = explain(PermissionMissing("partners.approve_partner"), operator)

    assert why["switch_to"] == head


def test_any_other_refusal_explains_nothing():
    assert explain(PermissionError(), person(Role.UNIT_OPERATOR)) == {}


def test_who_acts_for_a_partner_is_told_whom_to_ask(sign_in):
    reader = person(Role.PARTNER_READER)
    own, officers = "outreach.add_activity", "partners.approve_partner"

    assert explain(PermissionMissing(own), reader)["may_be_asked"]
    assert not explain(PermissionMissing(officers), reader)["may_be_asked"]
    page = sign_in(reader).get(reverse("outreach:create")).text
    assert "Minta penanggung jawab mitra Anda" in page
    assert "Admin Pusat" not in page


def test_the_refused_page_explains_itself(sign_in):
    response = sign_in(person(Role.UNIT_OPERATOR)).get("/people/invite/")

    text = response.content.decode()
    assert response.status_code == 403
    assert "Membuka dan menutup akun" in text
    assert "Admin Kanwil" in text
