import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.words import dates
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    CommunityGroupFactory,
    PartnerFactory,
    RegencyFactory,
    RegionFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status
CREATE = "/activities/create/"


def answers(**changes):
    day = changes.pop("day", timezone.localdate() + timedelta(days=7))
    text = day if isinstance(day, str) else dates.date_short(day)
    return {
        "type": ActivityTypeFactory().pk,
        "title": "Penyuluhan hukum",
        "starts_at_0": text,
        "starts_at_1": "09.00",
        "ends_at_0": text,
        "ends_at_1": "11.00",
        "mode": "on_site",
        "place": "Balai Desa Tarus",
        "regency": RegencyFactory().pk,
        "funding": "none",
        "revision": "0",
        "submission_key": str(uuid.uuid4()),
        **changes,
    }


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def partner(operator):
    return PartnerFactory(
        office=operator.acting.office, status="active", name="LBH Surya"
    )


def test_an_operator_plans_an_activity(sign_in, operator, partner):
    response = sign_in(operator).post(CREATE, answers(partners=[partner.pk]))

    activity = Activity.objects.get()
    assert response.url == activity.get_absolute_url()
    assert (activity.office, activity.created_by) == (operator.acting.office, operator)
    assert list(activity.partners.all()) == [partner]


@pytest.mark.parametrize("day", ["25-05-2026", "25/5/2026", "25 Mei 2026"])
def test_days_are_read_as_people_write_them(sign_in, operator, partner, day):
    sign_in(operator).post(CREATE, answers(day=day, partners=[partner.pk]))

    assert Activity.objects.get().held_on == date(2026, 5, 25)


@pytest.mark.parametrize("day", ["05/25/2026", "31 Juni 2026", "besok", "25-05-26"])
def test_days_that_do_not_exist_are_refused(sign_in, operator, partner, day):
    response = sign_in(operator).post(CREATE, answers(day=day, partners=[partner.pk]))

    assert set(response.context["form"].errors) == {"starts_at", "ends_at"}
    assert "Penyuluhan hukum" in response.content.decode()
    assert Activity.objects.count() == 0


def test_no_more_are_expected_than_a_report_counts(sign_in, operator, partner):
    data = answers(partners=[partner.pk], expected="100.001")

    response = sign_in(operator).post(CREATE, data)

    assert response.context["form"].errors == {
        "expected": ["Isi paling banyak 100.000."]
    }
    assert Activity.objects.count() == 0


def test_times_are_typed_in_the_zone_of_the_unit(sign_in):
    operator = person(Role.UNIT_OPERATOR, UnitFactory(zone="Asia/Jayapura"))
    partner = PartnerFactory(office=operator.acting.office, status="active")
    client = sign_in(operator)

    page = client.get(CREATE).content.decode()
    client.post(
        CREATE,
        answers(
            day="30-09-2026",
            starts_at_1="23.59",
            ends_at_0="1 Oktober 2026",
            partners=[partner.pk],
        ),
    )

    activity = Activity.objects.get()
    assert "WIT" in page
    assert activity.starts_at == datetime(2026, 9, 30, 14, 59, tzinfo=UTC)
    assert activity.held_on == date(2026, 9, 30)


def test_what_is_over_is_reported_next(sign_in, operator, partner):
    yesterday = timezone.localdate() - timedelta(days=1)

    response = sign_in(operator).post(
        CREATE, answers(day=yesterday, partners=[partner.pk])
    )

    activity = Activity.objects.get()
    assert response.url == reverse("outreach:report", args=[activity.pk])


def test_a_form_sent_again_leads_to_what_it_made(sign_in, operator, partner):
    client, data = sign_in(operator), answers(partners=[partner.pk])

    first, again = client.post(CREATE, data), client.post(CREATE, data)

    assert first.url == again.url == Activity.objects.get().get_absolute_url()


def test_a_form_changed_and_sent_again_tells_what_it_made(sign_in, operator, partner):
    client, data = sign_in(operator), answers(partners=[partner.pk])
    client.post(CREATE, data)
    made, data = Activity.objects.get(), data | {"title": "Penyuluhan lain"}

    again = client.post(CREATE, data)

    assert f'href="{made.get_absolute_url()}"' in again.text
    assert "sudah tersimpan" in again.text
    key = again.context["form"]["submission_key"].value()
    client.post(CREATE, data | {"submission_key": key})
    assert Activity.objects.count() == 2


def test_all_errors_come_at_once_and_nothing_typed_is_lost(sign_in, operator, partner):
    data = answers(
        type="", place="", ends_at_1="08.00", partners=[partner.pk], title="Bakti"
    )

    response = sign_in(operator).post(CREATE, data)

    page = response.content.decode()
    assert set(response.context["form"].errors) == {"type", "place", "ends_at"}
    assert 'value="Bakti"' in page
    assert response.context["form"]["partners"].value() == [str(partner.pk)]


def test_a_refusal_of_the_service_stands_beside_its_field(sign_in, operator):
    response = sign_in(operator).post(CREATE, answers())

    assert "partners" in response.context["form"].errors
    assert Activity.objects.count() == 0


def test_more_fields_than_the_form_has_change_nothing(sign_in, operator, partner):
    elsewhere, other = UnitFactory(), person(Role.UNIT_HEAD)
    data = answers(
        partners=[partner.pk],
        office=elsewhere.pk,
        region=elsewhere.region_id,
        status="verified",
        held_on="2020-01-01",
        created_by=other.pk,
        reported_by=other.pk,
        verified_by=other.pk,
        is_declared="on",
        output="Angka palsu",
        cost="999",
        reason="x",
    )

    sign_in(operator).post(CREATE, data)

    activity = Activity.objects.get()
    assert activity.office == operator.acting.office
    assert activity.region_id == operator.acting.office.region_id
    assert activity.status == Status.PLANNED
    assert activity.created_by == operator
    assert activity.held_on > timezone.localdate()
    assert (activity.reported_by, activity.verified_by) == (None, None)
    assert (activity.is_declared, activity.output, activity.cost) == (False, "", None)


def test_another_units_partner_cannot_be_sent(sign_in, operator):
    stranger = PartnerFactory(status="active")

    response = sign_in(operator).post(CREATE, answers(partners=[stranger.pk]))

    assert "partners" in response.context["form"].errors


def test_the_text_is_shown_as_it_was_typed(sign_in, operator, partner):
    text = "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}"
    client = sign_in(operator)
    client.post(CREATE, answers(title=text, place=text, partners=[partner.pk]))

    for url in ("/activities/", Activity.objects.get().get_absolute_url()):
        page = client.get(url).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


# Choosing partners


def offered(response):
    return [label for _pk, label in response.context["form"].fields["partners"].choices]


def test_many_partners_are_searched_for(sign_in, operator, partner):
    PartnerFactory.create_batch(15, office=operator.acting.office, status="active")
    client = sign_in(operator)

    first = client.get(CREATE)
    found = client.post(CREATE, answers(choose="1", find="surya"))

    assert len(offered(first)) == 12
    assert offered(found) == ["LBH Surya (Kota Kupang)"]
    assert found.context["form"].errors == {}
    assert Activity.objects.count() == 0


def test_who_was_chosen_stays_while_one_searches(sign_in, operator, partner):
    chosen = PartnerFactory(
        office=operator.acting.office, status="active", name="PKBM Cendana"
    )

    response = sign_in(operator).post(
        CREATE, answers(choose="1", find="surya", partners=[chosen.pk])
    )

    assert offered(response) == [
        "PKBM Cendana (Kota Kupang)",
        "LBH Surya (Kota Kupang)",
    ]


def test_htmx_gets_the_choices_alone(sign_in, operator, partner):
    response = sign_in(operator).post(
        CREATE,
        answers(choose="1", find="surya"),
        headers={"HX-Request": "true", "HX-Target": "company"},
    )

    assert "LBH Surya" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_only_working_partners_of_the_branch_are_offered(sign_in, operator, partner):
    office = operator.acting.office
    for status in ("draft", "submitted", "suspended", "ended"):
        PartnerFactory(office=office, status=status)
    PartnerFactory(status="active")

    response = sign_in(operator).get(CREATE)

    assert offered(response) == ["LBH Surya (Kota Kupang)"]


def test_agreements_in_force_that_day_are_offered(sign_in, operator, partner):
    office = operator.acting.office
    agreement = AgreementFactory(office=office, partner=partner, status="signed")
    AgreementFactory(office=office, partner=partner, status="draft")
    AgreementFactory(office=office, status="signed")

    response = sign_in(operator).post(
        CREATE, answers(choose="1", day="14-09-2026", partners=[partner.pk])
    )

    choices = response.context["form"].fields["agreement"].choices
    assert [pk for pk, _label in choices] == ["", agreement.pk]


def in_force_with(partner, office, **changes):
    return AgreementFactory(office=office, partner=partner, status="signed", **changes)


def test_the_only_agreement_in_force_is_chosen_in_sight(sign_in, operator, partner):
    agreement = in_force_with(partner, operator.acting.office)
    client, day = sign_in(operator), "14-09-2026"
    asked = answers(choose="1", day=day, partners=[partner.pk], seen_agreements="")

    form = client.post(CREATE, asked).context["form"]
    assert form["agreement"].value() == str(agreement.pk)
    assert "Dipilihkan: hanya ini yang berlaku" in form["agreement"].as_field_group()

    # Whoever was shown it may say that it is none of it.
    seen = {"seen_agreements": form.shown_agreements, "agreement": ""}
    again = client.post(CREATE, asked | seen).context["form"]
    assert again["agreement"].value() == ""
    client.post(CREATE, answers(day=day, partners=[partner.pk], **seen))
    assert Activity.objects.get().agreement is None


def test_the_only_agreement_in_force_is_chosen_without_script(
    sign_in, operator, partner
):
    agreement = in_force_with(partner, operator.acting.office)

    response = sign_in(operator).post(
        CREATE,
        answers(day="14-09-2026", partners=[partner.pk], seen_agreements=""),
        follow=True,
    )

    assert Activity.objects.get().agreement == agreement
    assert f"Dicatat di bawah “{agreement.title}”" in response.text


def test_among_several_agreements_it_is_asked_which(sign_in, operator, partner):
    office, client = operator.acting.office, sign_in(operator)
    first, _second = (in_force_with(partner, office) for _ in range(2))
    sent = answers(day="14-09-2026", partners=[partner.pk], seen_agreements="")

    asked = client.post(CREATE, sent)

    form = asked.context["form"]
    assert form.errors == {
        "agreement": ["Pilih kerja samanya, atau “Tanpa kerja sama”."]
    }
    [field] = re.findall(
        r"<fieldset(?:(?!</fieldset>).)*Tanpa kerja sama.*?</fieldset>",
        asked.text,
        re.S,
    )
    assert "checked" not in field.rpartition("<fieldset")[2]
    seen = {"seen_agreements": form.shown_agreements}
    client.post(CREATE, sent | seen | {"agreement": first.pk})
    assert Activity.objects.get().agreement == first


def test_that_none_is_in_force_is_said(sign_in, operator, partner):
    in_force_with(partner, operator.acting.office)
    sent = answers(choose="1", day="14-09-2027", partners=[partner.pk])

    page = sign_in(operator).post(CREATE, sent)

    assert "agreement" not in page.context["form"].fields
    assert "Tidak ada kerja sama yang berlaku pada hari itu" in page.text


def test_another_partner_brings_the_agreement_with_him(sign_in, operator, partner):
    office = operator.acting.office
    before = in_force_with(partner, office)
    other = in_force_with(PartnerFactory(office=office, status="active"), office)

    form = (
        sign_in(operator)
        .post(
            CREATE,
            answers(
                choose="1",
                day="14-09-2026",
                partners=[other.partner_id],
                seen_agreements=str(before.pk),
                agreement=before.pk,
            ),
        )
        .context["form"]
    )

    assert form["agreement"].value() == str(other.pk)
    assert [pk for pk, _label in form.fields["agreement"].choices] == ["", other.pk]


def test_a_plan_from_a_partners_page_begins_with_its_agreement(
    sign_in, operator, partner
):
    agreement = in_force_with(partner, operator.acting.office, ends_on=date(2099, 1, 1))

    form = sign_in(operator).get(f"{CREATE}?partner={partner.pk}").context["form"]

    assert form["agreement"].value() == agreement.pk


def test_an_agreement_that_ran_out_is_refused_in_words(sign_in, operator, partner):
    agreement = AgreementFactory(
        office=operator.acting.office, partner=partner, status="signed"
    )

    response = sign_in(operator).post(
        CREATE,
        answers(day="14-09-2027", partners=[partner.pk], agreement=agreement.pk),
    )

    [error] = response.context["form"].errors["agreement"]
    assert error == "Kerja sama ini tidak berlaku pada 14 September 2027."


def test_the_form_begins_with_the_partner_one_came_from(sign_in, operator, partner):
    form = sign_in(operator).get(f"{CREATE}?partner={partner.pk}").context["form"]

    assert form["partners"].value() == [partner.pk]


def test_the_form_begins_with_the_group_one_came_from(sign_in, operator):
    group = CommunityGroupFactory(office=operator.acting.office, status="active")

    form = sign_in(operator).get(f"{CREATE}?group={group.pk}").context["form"]

    assert form["group"].value() == group.pk


def test_the_form_begins_with_the_agreement_one_came_from(sign_in, operator, partner):
    office = operator.acting.office
    group = CommunityGroupFactory(office=office, status="active")
    agreement = AgreementFactory(
        office=office,
        partner=partner,
        group=group,
        status="signed",
        ends_on=date(2099, 1, 1),
    )

    form = sign_in(operator).get(f"{CREATE}?agreement={agreement.pk}").context["form"]

    assert form["agreement"].value() == agreement.pk
    assert form["group"].value() == group.pk
    assert form["partners"].value() == [partner.pk]


def test_a_false_key_in_the_address_is_ignored(sign_in, operator, partner):
    for value in ("x", "-1", "9" * 40, "%00", ""):
        assert sign_in(operator).get(f"{CREATE}?partner={value}").status_code == 200


def test_regencies_are_those_of_the_area_and_the_province(sign_in, operator):
    far = RegencyFactory(
        code="11.01", province__code="11", province__name="Aceh", name="Aceh Selatan"
    )
    near = RegencyFactory(code="53.02", name="Timor Tengah Selatan")
    office = operator.acting.office
    office.working_area.add(near)

    field = sign_in(operator).get(CREATE).context["form"].fields["regency"]

    assert far not in field.queryset
    assert list(field.widget.choices)[1][1] == [("53.02", "Timor Tengah Selatan")]


# Who


def test_a_partner_plans_for_his_own_organisation(sign_in):
    office = UnitFactory()
    user = person(Role.PARTNER, office)
    own = RepresentativeFactory(
        user=user, partner=PartnerFactory(office=office, status="active")
    ).partner
    other = PartnerFactory(office=office, status="active")
    client = sign_in(user)

    page = client.get(CREATE).content.decode()
    client.post(CREATE, answers(partners=[other.pk]))

    activity = Activity.objects.get()
    assert own.name in page
    assert other.name not in page
    assert list(activity.partners.all()) == [own]
    assert activity.office == office


def test_a_partner_with_two_organisations_chooses(sign_in):
    office = UnitFactory()
    user = person(Role.PARTNER, office)
    first, second = (
        RepresentativeFactory(
            user=user, partner=PartnerFactory(office=office, status="active")
        ).partner
        for _ in range(2)
    )

    sign_in(user).post(CREATE, answers(partners=[second.pk]))

    assert list(Activity.objects.get().partners.all()) == [second]
    assert first.pk != second.pk


def test_a_partner_that_is_not_yet_approved_is_told_so(sign_in):
    user = person(Role.PARTNER)
    RepresentativeFactory(
        user=user,
        partner=PartnerFactory(office=user.acting.office, status="submitted"),
    )

    page = sign_in(user).get(CREATE).content.decode()

    assert "Mitra Anda belum aktif" in page
    assert 'name="title"' not in page


def test_an_ambassador_of_a_region_names_the_unit(sign_in):
    region = RegionFactory()
    unit = UnitFactory(parent=region, zone="Asia/Makassar")
    partner = PartnerFactory(office=unit, status="active")
    client = sign_in(person(Role.AMBASSADOR, region))
    data = answers(day="30-09-2026", starts_at_1="23.59", ends_at_0="1-10-2026")

    refused = client.post(CREATE, data | {"partners": [partner.pk]})
    client.post(CREATE, data | {"partners": [partner.pk], "office": unit.pk})

    activity = Activity.objects.get()
    assert "office" in refused.context["form"].errors
    assert (activity.office, activity.held_on) == (unit, date(2026, 9, 30))
    assert activity.starts_at == datetime(2026, 9, 30, 15, 59, tzinfo=UTC)


def test_an_ambassador_of_a_region_cannot_name_another_regions_unit(sign_in):
    client = sign_in(person(Role.AMBASSADOR, RegionFactory()))

    response = client.post(CREATE, answers(office=UnitFactory().pk))

    assert "office" in response.context["form"].errors


@pytest.mark.parametrize(
    "role", [Role.VOLUNTEER, Role.UNIT_HEAD, Role.REGIONAL_HEAD, Role.REGIONAL_REVIEWER]
)
def test_others_do_not_plan(sign_in, role):
    client = sign_in(person(role))

    assert client.get(CREATE).status_code == 403
    assert client.post(CREATE, answers()).status_code == 403
    assert Activity.objects.count() == 0


# Changing


def change_url(activity):
    return reverse("outreach:change", args=[activity.pk])


def test_an_operator_changes_a_plan(sign_in, operator, partner):
    activity = ActivityFactory(office=operator.acting.office, partners=[partner])
    client = sign_in(operator)

    page = client.get(change_url(activity)).content.decode()
    response = client.post(
        change_url(activity), answers(place="Aula", partners=[partner.pk])
    )

    activity.refresh_from_db()
    assert 'value="14-09-2026"' in page
    assert response.url == activity.get_absolute_url()
    assert (activity.place, activity.revision) == ("Aula", 1)


def test_a_stale_form_shows_what_is_new_and_keeps_what_was_typed(
    sign_in, operator, partner
):
    activity = ActivityFactory(
        office=operator.acting.office,
        partners=[partner],
        place="Sudah diganti",
        revision=5,
    )
    client = sign_in(operator)

    response = client.post(
        change_url(activity), answers(place="Aula", partners=[partner.pk])
    )

    page = response.content.decode()
    activity.refresh_from_db()
    assert activity.place == "Sudah diganti"
    assert "Sudah diganti" in page
    assert 'value="Aula"' in page
    assert 'name="revision" value="5"' in page


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in Activity.STEPS["change"].at]
)
def test_what_was_handed_in_is_not_changed(sign_in, operator, partner, status):
    activity = ActivityFactory(
        office=operator.acting.office, partners=[partner], status=status
    )

    response = sign_in(operator).post(
        change_url(activity),
        answers(place="Aula", partners=[partner.pk]),
        follow=True,
    )

    activity.refresh_from_db()
    assert "tidak dapat dilakukan" in response.content.decode()
    assert activity.place == "Balai Desa Tarus"


def test_an_operator_cancels_with_a_reason(sign_in, operator):
    activity = ActivityFactory(office=operator.acting.office)
    url = reverse("outreach:cancel", args=[activity.pk])
    client = sign_in(operator)

    empty = client.post(url, {"reason": ""})
    client.post(url, {"reason": "Jalan putus"})

    activity.refresh_from_db()
    assert "reason" in empty.context["form"].errors
    assert (activity.status, activity.reason) == (Status.CANCELLED, "Jalan putus")


# Cost


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_for_any_number_of_partners(
    sign_in, django_assert_num_queries, rows
):
    # On the last evening of a month it is over in the east, and one more is asked.
    with time_machine.travel(datetime(2026, 9, 14, 3, tzinfo=UTC), tick=False):
        operator = person(Role.UNIT_OPERATOR)
        office = operator.acting.office
        partners = PartnerFactory.create_batch(rows, office=office, status="active")
        activity = ActivityFactory(office=office, partners=partners)
        client = sign_in(operator)
        client.get(change_url(activity))  # what a process asks once is known now

        with django_assert_num_queries(9):
            client.get(CREATE)
        with django_assert_num_queries(11):
            client.get(change_url(activity))
