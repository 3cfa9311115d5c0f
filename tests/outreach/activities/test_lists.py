from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.activities.filters import ActivityFilter
from outreach.models import Activity
from partners.registry.models import REPRESENTS
from pokmas.accounts.roles import Role
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    CommunityGroupFactory,
    EvidenceFactory,
    PartnerFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status
INDEX = "/activities/"


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def titles(response):
    return [row.title for row in response.context["page"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_index_costs_the_same_for_any_number_of_rows(
    sign_in, operator, django_assert_num_queries, rows
):
    office = operator.acting.office
    partners = PartnerFactory.create_batch(rows, office=office, status="active")
    ActivityFactory.create_batch(
        rows, office=office, partners=partners, counts={("public", "male"): 5}
    )
    client = sign_in(operator)
    client.get(INDEX)

    with django_assert_num_queries(9):
        response = client.get(INDEX)

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("rows", [0, 1])
def test_a_number_of_nobody_served_leads_to_a_list_that_says_so(
    sign_in, operator, rows
):
    ActivityFactory.create_batch(
        rows, office=operator.acting.office, status=Status.VERIFIED
    )
    ActivityFactory(office=operator.acting.office)

    page = sign_in(operator).get(INDEX, {"counted": "true"})

    assert len(titles(page)) == rows
    assert "<strong>0</strong> orang terlayani" in page.text


@pytest.mark.parametrize("panel", [False, True])
def test_today_and_the_days_that_follow_come_before_the_past(sign_in, operator, panel):
    office = operator.acting.office
    partner = PartnerFactory(office=office, status="active")
    now = timezone.now()
    for days in (-2, 300, 0, 9, 7, -40, 1):
        ActivityFactory(
            office=office,
            partners=[partner],
            title=str(days),
            starts_at=now + timedelta(days=days),
        )
    client = sign_in(operator)

    if panel:
        url = reverse("outreach:of_partner", args=[partner.pk])
        shown = [row.title for row in client.get(url).context["activities"]]
        assert shown == ["0", "1", "7", "-2", "-40"]
    else:
        shown = titles(client.get(INDEX))
        assert shown == ["0", "1", "7", "-2", "-40", "9", "300"]


def test_the_sum_equals_the_rows(sign_in, operator):
    office = operator.acting.office
    for number in (5, 7):
        ActivityFactory(
            office=office, status=Status.REPORTED, counts={("public", "male"): number}
        )
    ActivityFactory(
        office=office, status=Status.VERIFIED, counts={("child", "female"): 40}
    )
    ActivityFactory(counts={("public", "male"): 1000})
    client = sign_in(operator)

    for query, expected in (("", 52), ("?status=reported", 12), ("?q=tidak+ada", 0)):
        response = client.get(INDEX + query)
        assert response.context["served"] == expected
        assert sum(row.served for row in response.context["page"]) == expected


def test_who_was_counted_by_a_correction_is_not_counted_twice(sign_in, operator):
    held = {"office": operator.acting.office, "status": Status.VERIFIED}
    ActivityFactory(
        **held, superseded_on=date(2026, 11, 1), counts={("public", "male"): 18}
    )
    ActivityFactory(**held, correction="Salah hitung", counts={("public", "male"): 21})

    response = sign_in(operator).get(INDEX)

    assert response.context["served"] == 21


@pytest.mark.parametrize(("most", "is_known"), [(9, True), (2, False), (1, False)])
def test_what_few_partners_took_part_in_is_asked_by_number(
    monkeypatch, operator, most, is_known
):
    monkeypatch.setattr("outreach.activities.filters.MOST", most)
    office = operator.acting.office
    known = PartnerFactory.create_batch(
        2, office=office, status="active", name="PKBM Cendana"
    )
    rows = ActivityFactory.create_batch(3, office=office, partners=known)
    ActivityFactory(office=office)

    every = Activity.objects.visible_to(operator)
    found = ActivityFilter({"partner_name": "cendana"}, every, user=operator).qs

    assert set(found) == set(rows)
    assert ("EXISTS" not in str(found.query)) is is_known


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=verified", ["Terverifikasi"]),
        ("month=2026-08", ["Pemeriksaan"]),
        ("since=15-09-2026", ["Terverifikasi"]),
        ("until=31-08-2026", ["Pemeriksaan"]),
        ("since=1+Agustus+2026&until=2/9/2026", ["Pemeriksaan"]),
        ("q=pemeriksan", ["Pemeriksaan"]),
        ("partner_name=pkbm+cendna", ["Pemeriksaan"]),
        ("counted=true", ["Terverifikasi"]),
        ("unverified=true", ["Dilaporkan"]),
        ("mine=on", ["Rencana", "Pemeriksaan"]),
        ("month=2031-01", []),
        ("q=%00", ["Terverifikasi", "Dilaporkan", "Rencana", "Pemeriksaan"]),
    ],
)
def test_the_list_is_narrowed_down(sign_in, operator, query, found):
    office = operator.acting.office
    cendana = PartnerFactory(office=office, status="active", name="PKBM Cendana")

    def held(month, day, **fields):
        starts_at = datetime(2026, month, day, 3, tzinfo=UTC)
        ActivityFactory(office=office, starts_at=starts_at, **fields)

    held(8, 31, title="Pemeriksaan", partners=[cendana])
    held(9, 3, title="Rencana")
    held(9, 4, title="Dilaporkan", status=Status.REPORTED)
    held(9, 20, title="Terverifikasi", status=Status.VERIFIED)

    assert titles(sign_in(operator).get(f"{INDEX}?{query}")) == found


def test_the_list_is_narrowed_to_a_type(sign_in, operator):
    office = operator.acting.office
    kind = ActivityTypeFactory(code="health")
    ActivityFactory(office=office, title="Posyandu", type=kind)
    ActivityFactory(office=office)

    assert titles(sign_in(operator).get(f"{INDEX}?type={kind.pk}")) == ["Posyandu"]


@pytest.mark.parametrize("name", ["partners", "group", "agreement"])
def test_the_list_is_narrowed_to_a_record_and_says_so(sign_in, operator, name):
    office = operator.acting.office
    agreement = AgreementFactory(office=office, status="signed", title="PKS Surya")
    rows = {
        "partners": agreement.partner,
        "group": CommunityGroupFactory(office=office, name="Pokmas Tunas"),
        "agreement": agreement,
    }
    ActivityFactory(
        office=office,
        title="Bersama",
        partners=[agreement.partner],
        group=rows["group"],
        agreement=agreement,
    )
    ActivityFactory(office=office)

    response = sign_in(operator).get(f"{INDEX}?{name}={rows[name].pk}")

    assert titles(response) == ["Bersama"]
    assert f": {rows[name]}" in response.content.decode()


def test_false_filters_break_nothing(sign_in, operator):
    ActivityFactory(office=operator.acting.office)
    client = sign_in(operator)

    for query in (
        "status=x",
        "type=x",
        "month=2026-13",
        "month=x",
        "since=31-02-2026",
        "partners=x",
        "partners=99999999999999999999",
        "agreement=0",
        "after=x",
        "size=x",
        "office=1",
    ):
        assert client.get(f"{INDEX}?{query}").status_code == 200


def test_htmx_gets_the_list_alone(sign_in, operator):
    response = sign_in(operator).get(
        INDEX, headers={"HX-Request": "true", "HX-Target": "list"}
    )

    assert "Belum ada kegiatan" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_the_list_is_paged_by_key(sign_in, operator):
    ActivityFactory.create_batch(30, office=operator.acting.office)
    client = sign_in(operator)

    first = client.get(INDEX)
    second = client.get(INDEX + first.context["page"].next_url)

    seen = titles(first) + titles(second)
    assert (len(titles(first)), len(titles(second))) == (25, 5)
    assert len(set(seen)) == 30


# Who


@pytest.mark.parametrize(
    ("role", "count"),
    [
        (Role.UNIT_OPERATOR, 3),
        (Role.UNIT_HEAD, 3),
        (Role.AMBASSADOR, 3),
        (Role.PARTNER, 0),
        (Role.VOLUNTEER, 2),
        (Role.REGIONAL_ADMIN, 4),
        (Role.REGIONAL_HEAD, 4),
        (Role.REGIONAL_REVIEWER, 4),
        (Role.HEADQUARTERS, 5),
    ],
)
def test_each_role_sees_its_own_branch(sign_in, role, count):
    unit = UnitFactory()
    for status in (Status.PLANNED, Status.REPORTED, Status.VERIFIED):
        ActivityFactory(office=unit, status=status)
    ActivityFactory(office=UnitFactory(parent=unit.region))
    ActivityFactory()
    office = None if role == Role.HEADQUARTERS else unit
    if role.startswith("regional"):
        office = unit.region

    user = volunteer_of(unit) if role == Role.VOLUNTEER else person(role, office)
    response = sign_in(user).get(INDEX)

    assert len(response.context["page"]) == count


DETAIL_PAGES = ["detail", "change", "report", "verify", "cancel"]


@pytest.mark.parametrize("name", DETAIL_PAGES)
def test_a_stranger_gets_404_and_nobody_the_sign_in(client, sign_in, name):
    activity = ActivityFactory()
    url = reverse(f"outreach:{name}", args=[activity.pk])

    nobody = client.get(url)
    role = Role.UNIT_HEAD if name == "verify" else Role.UNIT_OPERATOR
    answer = sign_in(person(role)).get(url)

    assert nobody.status_code == 302
    assert nobody.url.startswith("/accounts/login/")
    assert answer.status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if r != Role.HEADQUARTERS])
def test_a_page_opens_for_each_role_that_sees_it(sign_in, role):
    unit = UnitFactory()
    partner = PartnerFactory(office=unit, status="active")
    user = person(role, unit.region if role.startswith("regional") else unit)
    if role == Role.VOLUNTEER:
        user = volunteer_of(unit)
    acts = {"role": role} if role in dict(REPRESENTS) else {}
    RepresentativeFactory(partner=partner, user=user, **acts)
    activity = ActivityFactory(
        office=unit,
        partners=[partner],
        status=Status.VERIFIED,
        counts={("public", "male"): 7},
    )

    response = sign_in(user).get(activity.get_absolute_url())

    assert response.status_code == 200
    assert "Masyarakat umum" in response.content.decode()


def test_the_page_says_whose_turn_it_is(sign_in, operator):
    activity = ActivityFactory(office=operator.acting.office, status=Status.REPORTED)

    page = sign_in(operator).get(activity.get_absolute_url()).content.decode()

    assert "Periksa angka dan bukti, lalu verifikasi" in page
    assert "Kepala UPT" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_photos(
    sign_in, operator, django_assert_num_queries, rows
):
    office = operator.acting.office
    partners = PartnerFactory.create_batch(rows, office=office, status="active")
    activity = ActivityFactory(office=office, partners=partners, status=Status.VERIFIED)
    EvidenceFactory.create_batch(rows, activity=activity)
    client = sign_in(operator)

    with django_assert_num_queries(8):
        client.get(activity.get_absolute_url())


# Panels


@pytest.mark.parametrize("name", ["of_partner", "of_group", "of_agreement"])
def test_a_panel_is_a_piece_and_a_page(sign_in, operator, name):
    office = operator.acting.office
    agreement = AgreementFactory(office=office, status="signed")
    group = CommunityGroupFactory(office=office)
    record = {
        "of_partner": agreement.partner,
        "of_group": group,
        "of_agreement": agreement,
    }[name]
    for status in (Status.PLANNED, Status.VERIFIED):
        ActivityFactory(
            office=office,
            title="Bersama",
            partners=[agreement.partner],
            group=group,
            agreement=agreement,
            status=status,
            counts={("public", "male"): 8},
        )
    ActivityFactory(office=office, title="Sendiri")
    url = reverse(f"outreach:{name}", args=[record.pk])
    client = sign_in(operator)

    page = client.get(url).content.decode()
    piece = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<html" in page
    assert "<html" not in piece
    for text in (page, piece):
        assert "<strong>2</strong> kegiatan" in text
        assert "<strong>8</strong> orang" in text
        assert "Sendiri" not in text


@pytest.mark.parametrize("status", ["draft", "suspended", "signed"])
def test_nothing_is_recorded_with_an_agreement_without_days(sign_in, operator, status):
    agreement = AgreementFactory(office=operator.acting.office, status=status)

    panel = sign_in(operator).get(reverse("outreach:of_agreement", args=[agreement.pk]))

    assert panel.context["may_plan"] == (status == "signed")


@pytest.mark.parametrize("name", ["of_partner", "of_group", "of_agreement"])
def test_a_panel_of_another_unit_is_not_found(sign_in, operator, name):
    record = {
        "of_partner": PartnerFactory,
        "of_group": CommunityGroupFactory,
        "of_agreement": AgreementFactory,
    }[name]()

    response = sign_in(operator).get(reverse(f"outreach:{name}", args=[record.pk]))

    assert response.status_code == 404


def test_what_was_not_held_has_no_figure(sign_in, operator):
    office = operator.acting.office
    for status in (Status.PLANNED, Status.CANCELLED, Status.REPORTED):
        ActivityFactory(office=office, title=status, status=status)

    rows = sign_in(operator).get(f"{INDEX}?sort=served").context["page"]

    assert [(row.title, row.served) for row in rows] == [
        ("reported", 0),
        ("planned", None),
        ("cancelled", None),
    ]


def test_the_kinds_on_offer_are_read_in_the_language_of_the_reader(sign_in):
    ActivityTypeFactory(code="health", name="Layanan kesehatan")
    client = sign_in(person(Role.UNIT_OPERATOR))
    client.post(reverse("set_language"), {"language": "en"})

    page = client.get(reverse("outreach:index")).text

    assert ("Health service" in page, "Layanan kesehatan" in page) == (True, False)
