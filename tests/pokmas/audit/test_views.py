import pytest
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.audit import chain, services, tasks
from pokmas.audit.models import Entry, Inspection
from tests.factories import PartnershipFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


def page_of(record):
    return reverse("audit:record", args=[record._meta.label_lower, record.pk])


# The list


@pytest.fixture
def unit():
    return UnitFactory(name="Bapas Kupang")


def test_the_list_says_who_did_what_to_which_record_and_why(sign_in, unit):
    admin = person(Role.REGIONAL_ADMIN, unit.region, full_name="Maria Uji")
    Entry.record(admin, "office.changed", unit, reason="Pindah gedung.")

    page = sign_in(admin).get(reverse("audit:index")).text

    for words in ("Mengubah data kantor", "Maria Uji", "Pindah gedung."):
        assert words in page
    assert page_of(unit) in page


def test_the_list_shows_the_own_branch_only(sign_in, unit):
    Entry.record(None, "office.changed", unit)
    Entry.record(None, "office.changed", UnitFactory(name="Bapas Lain"))
    head = person(Role.UNIT_HEAD, unit)

    response = sign_in(head).get(reverse("audit:index"))

    assert [entry.label for entry in response.context["page"]] == ["Bapas Kupang"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"person": "maria"}, ["office.changed", "office.viewed"]),
        ({"person": "tidak ada"}, []),
        ({"deed": "readings"}, ["office.viewed"]),
        ({"deed": "denied"}, ["access.denied"]),
        ({"kind": "offices.office"}, ["office.changed", "office.viewed"]),
        ({"kind": "partners.partnership"}, []),
        ({"words": "kupang"}, ["office.changed", "office.viewed"]),
        ({"since": "1 Januari 2020", "deed": "readings"}, ["office.viewed"]),
        ({"until": "1 Januari 2020"}, []),
    ],
)
def test_the_list_can_be_narrowed(sign_in, unit, query, found):
    maria = person(Role.UNIT_HEAD, unit, full_name="Maria Uji")
    yosef = person(Role.UNIT_HEAD, unit, full_name="Yosef Uji")
    Entry.record(maria, "office.changed", unit)
    Entry.record(maria, "office.viewed", unit)
    services.note_denial(yosef, method="GET", path="/jobs/")

    response = sign_in(maria).get(reverse("audit:index"), query)

    assert sorted(entry.action for entry in response.context["page"]) == found


def test_a_period_that_ends_before_it_begins_is_refused_beside_its_end(sign_in, unit):
    head = person(Role.UNIT_HEAD, unit)

    response = sign_in(head).get(
        reverse("audit:index"), {"since": "2 Mei 2026", "until": "1 Mei 2026"}
    )

    assert response.context["filters"].form.errors == {
        "until": ["Tanggal akhir sebelum tanggal mulai."]
    }
    assert "data-filters open>" in response.text


def test_a_day_that_cannot_be_is_refused_in_words(sign_in, unit):
    head = person(Role.UNIT_HEAD, unit)

    response = sign_in(head).get(reverse("audit:index"), {"since": "31-02-2026"})

    assert response.status_code == 200
    assert response.context["filters"].form.errors["since"]


def test_what_was_taken_as_a_sheet_is_told_in_one_line(sign_in, unit):
    head = person(Role.UNIT_HEAD, unit)
    filters = {"Status": "Aktif"}
    Entry.record(head, "office.exported", sheet="csv", rows=1234, filters=filters)

    page = sign_in(head).get(reverse("audit:index")).text

    assert "1.234 baris, CSV; Status: Aktif" in page


def test_the_trail_is_taken_away_by_those_above_a_unit_alone(sign_in, unit):
    head = person(Role.UNIT_HEAD, unit)
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    Entry.record(head, "office.changed", unit, reason="Pindah gedung.")
    address = reverse("audit:index") + "?export=csv"

    refused = sign_in(head).get(address)
    offered = sign_in(head).get(reverse("audit:index")).context["listing"].exports
    taken = b"".join(sign_in(admin).get(address).streaming_content).decode()

    assert (refused.status_code, offered) == (403, [])
    assert "Mengubah data kantor" in taken
    assert "Pindah gedung." in taken
    assert Entry.objects.get(action="entry.exported").actor == admin


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, unit, rows
):
    head = person(Role.UNIT_HEAD, unit)
    for _ in range(rows):
        Entry.record(head, "office.changed", unit)
    client = sign_in(head)
    client.get(reverse("audit:index"))

    with django_assert_num_queries(5):
        response = client.get(reverse("audit:index"))

    assert len(response.context["page"]) == rows


def test_who_may_not_see_the_trail_is_refused_and_that_is_noted(sign_in, unit):
    operator = person(Role.UNIT_OPERATOR, unit)

    response = sign_in(operator).get(reverse("audit:index"))

    entry = Entry.objects.get()
    assert (response.status_code, entry.action, entry.actor, entry.details["path"]) == (
        403,
        "access.denied",
        operator,
        reverse("audit:index"),
    )


# One record


def test_the_page_of_a_record_tells_its_history(sign_in, unit):
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    Entry.record(admin, "office.changed", unit)

    page = sign_in(admin).get(page_of(unit)).text

    assert "Mengubah data kantor" in page


def test_it_tells_who_looked_at_protected_data(sign_in, unit):
    head = person(Role.UNIT_HEAD, unit, full_name="Maria Uji")
    services.note_reading(head, unit, "phone")

    page = sign_in(head).get(page_of(unit)).text

    assert "<strong>Maria Uji</strong> melihat data terlindung kantor" in page


def test_who_looked_is_told_only_to_those_who_see_the_trail(sign_in, unit):
    services.note_reading(person(Role.UNIT_HEAD, unit), unit, "phone")
    operator = person(Role.UNIT_OPERATOR, unit)

    response = sign_in(operator).get(page_of(unit))

    assert "readings" not in response.context


def test_the_page_of_a_person_leads_to_his_sign_ins(sign_in, unit):
    head = person(Role.UNIT_HEAD, unit)
    operator = person(Role.UNIT_OPERATOR, unit)

    page = sign_in(head).get(page_of(operator)).text

    assert reverse("accounts:history", args=[operator.pk]) in page


def test_who_may_not_see_accounts_sees_no_history_of_a_colleague(sign_in, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    head = person(Role.UNIT_HEAD, unit)
    client = sign_in(operator)

    assert client.get(page_of(head)).status_code == 403
    assert client.get(page_of(operator)).status_code == 200


def test_a_stranger_finds_no_history(sign_in):
    partner = PartnershipFactory()
    stranger = person(Role.UNIT_HEAD, UnitFactory())

    assert sign_in(stranger).get(page_of(partner)).status_code == 404


@pytest.mark.parametrize(
    "kind", ["x", "x.y", "offices.province", "auth.permission", "."]
)
def test_what_has_no_history_of_that_kind_is_not_found(sign_in, unit, kind):
    head = person(Role.UNIT_HEAD, unit)

    response = sign_in(head).get(f"/audit/{kind}/1/")

    assert response.status_code == 404


@pytest.mark.parametrize("before", ["kemarin", "2026-13-45T99:00", "2026-11-21T00:00"])
def test_a_moment_that_cannot_be_read_gives_the_newest(sign_in, unit, before):
    head = person(Role.UNIT_HEAD, unit)

    response = sign_in(head).get(page_of(unit), {"before": before})

    assert len(response.context["history"]) == 1


# The chain


def test_headquarters_asks_for_a_check_and_reads_that_all_is_well(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))
    Entry.record(None, "office.changed")
    chain.seal_all()

    client.post(reverse("audit:inspect"))
    meanwhile = client.get(reverse("audit:chain")).text
    tasks.check_when_asked()
    afterwards = client.get(reverse("audit:chain")).text

    assert "Pemeriksaan sedang berjalan." in meanwhile
    assert "Utuh" in afterwards
    assert services.head() in afterwards


def test_the_page_names_what_was_changed_and_its_row(sign_in):
    Inspection.objects.create(
        finished_at="2026-11-21T00:00Z",
        faults=[
            {"table": "audit_entry", "id": 1234, "fault": "changed"},
            {"table": "offices_officeevent", "id": 5678, "fault": "removed"},
        ],
    )

    page = sign_in(person(Role.HEADQUARTERS)).get(reverse("audit:chain")).text

    assert "Tidak utuh" in page
    assert "<td>Jejak</td>" in page
    assert "1234" in page
    assert "<td>Riwayat kantor</td>" in page
    assert "audit_entry" not in page
    assert "Baris diubah" in page


@pytest.mark.parametrize("role", [Role.REGIONAL_ADMIN, Role.UNIT_HEAD])
def test_the_chain_is_for_headquarters(sign_in, role):
    client = sign_in(person(role))

    assert client.get(reverse("audit:chain")).status_code == 403
    assert client.post(reverse("audit:inspect")).status_code == 403
