"""A decision from an old page is not made; what has happened since is said."""

from datetime import date

import pghistory
import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from agreements.drafting import services as drafting
from outreach.results import services as results
from partners.groups import services as groups
from pokmas.accounts.roles import Role
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    GroupMembershipFactory,
    PartnershipFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_head_decrees_the_members_he_saw_and_no_others(sign_in):
    group = CommunityGroupFactory(status="proposed")
    GroupMembershipFactory(group=group)
    unit = group.office
    operator = person(Role.UNIT_OPERATOR, unit, full_name="Maria Uji")
    other = person(Role.UNIT_OPERATOR, unit)
    groups.assess(group, assessment="Layak", by=other)
    client = sign_in(person(Role.UNIT_HEAD, unit))
    url = reverse("partners:group_establish", args=[group.pk])
    form = client.get(url).context["form"]
    groups.send_back(group, reason="Kurang", by=person(Role.UNIT_HEAD, unit))
    newcomer = PartnershipFactory(office=unit, status="active")
    with pghistory.context():  # as in a request
        groups.add_members(
            group,
            members=[(newcomer, "member")],
            starts_on=date(2026, 1, 5),
            by=operator,
        )
    groups.assess(group, assessment="Layak", by=other)

    page = client.post(
        url,
        {
            "revision": form["revision"].value(),
            "decree_number": "W.22-1",
            "decree_on": "10-01-2026",
            "decree": upload("sk.pdf", pdf()),
        },
    ).content.decode()

    group.refresh_from_db()
    assert group.status == "assessed"
    assert "Data ini berubah sejak Anda membukanya." in page
    assert "Maria Uji menambah anggota kelompok." in page


def test_seen_once_more_the_decision_is_made(sign_in):
    group = CommunityGroupFactory(status="assessed")
    GroupMembershipFactory(group=group)
    client = sign_in(person(Role.UNIT_HEAD, group.office))
    url = reverse("partners:group_establish", args=[group.pk])
    answers = {
        "revision": str(group.revision + 7),
        "decree_number": "W.22-1",
        "decree_on": "10-01-2026",
        "decree": upload("sk.pdf", pdf()),
    }
    refused = client.post(url, answers).context["form"]

    client.post(
        url,
        answers
        | {
            "revision": refused.data["revision"],
            "decree": upload("sk.pdf", pdf()),
        },
    )

    group.refresh_from_db()
    assert group.status == "established"


def test_between_assessment_and_decree_nothing_of_a_group_changes(sign_in):
    group = CommunityGroupFactory(status="assessed")
    member = GroupMembershipFactory(group=group)
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))

    for name, more in (
        ("group_change", ()),
        ("group_add_member", ()),
        ("group_end_member", (member.pk,)),
    ):
        url = reverse(f"partners:{name}", args=[group.pk, *more])
        assert client.get(url)["Location"] == group.get_absolute_url()


def test_a_button_on_an_old_page_leads_back_to_what_has_changed(sign_in):
    agreement = AgreementFactory(status="discussion")
    TextAnswerFactory(agreement=agreement)
    writer = person(Role.UNIT_OPERATOR, agreement.office, full_name="Maria Uji")
    client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))
    seen = agreement.revision
    agreement.for_all_units = True
    with pghistory.context():  # as in a request
        drafting.change(agreement, by=writer, revision=seen, fields=["for_all_units"])

    response = client.post(
        reverse("agreements:submit", args=[agreement.pk]), {"revision": seen}
    )

    agreement.refresh_from_db()
    assert (agreement.status, response["Location"]) == (
        "discussion",
        agreement.get_absolute_url(),
    )
    assert said(response) == [
        "Data ini berubah sejak Anda membukanya. Periksa lagi, lalu putuskan.",
        "Maria Uji mengubah naskah.",
    ]


def test_the_page_of_a_record_says_which_revision_it_shows(sign_in):
    agreement = AgreementFactory(status="discussion", revision=4)
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    page = sign_in(operator).get(agreement.get_absolute_url()).content.decode()

    assert '<input type="hidden" name="revision" value="4">' in page


def test_figures_corrected_meanwhile_are_not_verified_unseen(sign_in):
    activity = ActivityFactory(status="reported")
    head = person(Role.UNIT_HEAD, activity.office)
    seen = activity.revision
    results.send_back(
        activity, reason="Periksa", by=person(Role.UNIT_HEAD, activity.office)
    )
    activity.move_to("reported", by=person(Role.UNIT_OPERATOR, activity.office))

    page = sign_in(head).post(
        reverse("outreach:verify", args=[activity.pk]),
        {"revision": seen, "verdict": "verified"},
    )

    activity.refresh_from_db()
    assert activity.status == "reported"
    assert "Data ini berubah sejak Anda membukanya." in page.content.decode()


def test_what_was_typed_on_an_old_page_is_shown_beside_what_stands_there(sign_in):
    agreement = AgreementFactory(status="discussion", title="Lama")
    client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))
    url = reverse("agreements:change", args=[agreement.pk])
    seen = agreement.revision
    submitter = person(Role.UNIT_OPERATOR, agreement.office, full_name="Maria Uji")
    with pghistory.context():  # as in a request
        agreement.move_to("legal_review", by=submitter)

    response = client.post(url, {"title": "Judul yang diketik", "revision": seen})

    assert response.context["typed"] == [("Judul", "Judul yang diketik", "Lama")]
    page = response.content.decode()
    assert "“Ubah data kerja sama” tidak dapat dilakukan pada status “Telaah”." in page
    assert "Maria Uji" in page


def test_the_reason_of_a_decision_that_came_too_late_is_not_lost(sign_in):
    activity = ActivityFactory(status="reported")
    head = person(Role.UNIT_HEAD, activity.office)
    activity.move_to("verified", by=person(Role.UNIT_HEAD, activity.office))

    response = sign_in(head).post(
        reverse("outreach:verify", args=[activity.pk]),
        {"verdict": "returned", "reason": "Jumlah peserta keliru"},
    )

    assert [typed for _label, typed, _now in response.context["typed"]] == [
        "Kembalikan untuk diperbaiki",
        "Jumlah peserta keliru",
    ]


def test_sections_typed_after_the_partner_was_sent_in_are_not_lost(sign_in):
    partnership = PartnershipFactory(status="submitted", name="Yayasan Lama")
    operator = person(Role.UNIT_OPERATOR, partnership.office)

    response = sign_in(operator).post(
        reverse("partners:identity", args=[partnership.pk]), {"name": "Yayasan Baru"}
    )

    labels = [label for label, *_rest in response.context["typed"]]
    assert "Nama lembaga" in labels
    partnership.partner.refresh_from_db()
    assert partnership.partner.name == "Yayasan Lama"


def test_with_nothing_typed_an_old_page_leads_back_to_the_record(sign_in):
    agreement = AgreementFactory(status="legal_review")
    client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))

    response = client.get(reverse("agreements:change", args=[agreement.pk]))

    assert response["Location"] == agreement.get_absolute_url()
