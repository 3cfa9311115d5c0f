"""Guidelines: who sees them, who has read which version, and who is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.merging.services import merge
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from reports.guidelines import reading, services
from reports.guidelines.models import Guideline
from reports.guidelines.telling import tell_readers
from reports.home.page import home_of
from tests.factories import (
    DocumentFactory,
    GuidelineFactory,
    HeadquartersFactory,
    PartnershipFactory,
    PostFactory,
    RegionFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import docx, pdf, upload

pytestmark = pytest.mark.django_db
Status = Guideline.Status


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def kanwil(unit):
    return person(Role.REGIONAL_ADMIN, unit.region)


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


@pytest.fixture
def partner(unit):
    """A representative of a partner of the unit."""
    partnership = PartnershipFactory(office=unit, status="active")
    return RepresentativeFactory(partner=partnership).user


def new(**fields):
    return GuidelineFactory.build(
        office=None,
        status="draft",
        file=None,
        published_on=None,
        news_at=None,
        **fields,
    )


def draft(by, **fields):
    file = DocumentFactory(uploaded_by=by)
    return services.draft(new(**fields), file=file, by=by)


def published(by, **fields):
    made = draft(by, **fields)
    services.publish(made, by=by)
    return made


def version_of(guideline, by, **fields):
    version = new(changes="Bab III baru.", **fields)
    version.office = guideline.office
    file = DocumentFactory(uploaded_by=by)
    return services.revise(guideline, version, file=file, by=by)


def seen(user):
    return set(Guideline.objects.visible_to(user))


def unread(user):
    return list(Guideline.objects.unread_by(user))


def told(user):
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


def tally(guideline, user, name):
    found = reading.totals(guideline, user)[name]
    return found.read, found.unread


# Who sees it


def test_a_draft_is_seen_by_its_own_office_alone(unit, kanwil, operator, partner):
    made = draft(kanwil)

    hq = person(Role.HEADQUARTERS, HeadquartersFactory())
    assert seen(kanwil) == {made}
    assert [seen(user) for user in (hq, operator, partner)] == [set()] * 3


def test_that_of_a_kanwil_holds_in_its_region_only(unit, kanwil, operator, partner):
    made = published(kanwil)

    elsewhere = PartnershipFactory(status="active")
    strangers = [
        person(Role.UNIT_OPERATOR),
        person(Role.REGIONAL_ADMIN),
        RepresentativeFactory(partner=elsewhere).user,
        person(Role.VOLUNTEER, unit),
    ]
    assert [seen(user) for user in (operator, partner)] == [{made}] * 2
    assert [seen(user) for user in strangers] == [set()] * 4


def test_that_of_headquarters_holds_everywhere(operator, partner):
    made = published(person(Role.HEADQUARTERS, HeadquartersFactory()))

    assert seen(operator) == seen(partner) == seen(person(Role.UNIT_HEAD)) == {made}


def test_what_is_for_units_is_none_of_a_partner(kanwil, partner):
    made = published(kanwil, audience="units")

    assert (seen(partner), made.is_for_partners) == (set(), False)


def test_whose_partnership_does_not_work_is_asked_nothing(unit, kanwil):
    ended = PartnershipFactory(office=unit, status="ended")
    user = RepresentativeFactory(partner=ended).user
    published(kanwil)

    assert seen(user) == set()


def test_a_unit_writes_none(operator):
    with pytest.raises(ValidationError, match="Pusat atau Kanwil"):
        draft(operator)


def test_another_kanwil_does_nothing_to_it(kanwil):
    made = published(kanwil)
    hq = person(Role.HEADQUARTERS, HeadquartersFactory())

    for step in (services.remind, services.publish):
        with pytest.raises(ValidationError):
            step(made, by=hq)
    with pytest.raises(ValidationError, match="kantor lain"):
        services.withdraw(made, reason="Uji", by=hq)


# Reading


def test_the_unit_counts_once_however_many_officers_read(unit, kanwil, operator):
    made = published(kanwil)
    head = person(Role.UNIT_HEAD, unit)
    at_post = person(Role.UNIT_OPERATOR, PostFactory(parent=unit))
    UnitFactory(parent=unit.region)
    assert tally(made, kanwil, "units") == (0, 2)

    for user in (operator, head, at_post):
        assert unread(user) == [made]
        services.acknowledge(made, by=user)
        assert unread(user) == []

    assert tally(made, kanwil, "units") == (1, 1)
    assert {row.office for row in made.acknowledgements.all()} == {unit}


def test_each_reads_a_version_once(kanwil, operator):
    made = published(kanwil)
    services.acknowledge(made, by=operator)

    with pytest.raises(ValidationError, match="cukup sekali"):
        services.acknowledge(made, by=operator)

    assert made.acknowledgements.count() == 1


def test_who_looks_over_units_confirms_nothing(kanwil):
    made = published(kanwil)

    with pytest.raises(ValidationError, match="tidak ditujukan"):
        services.acknowledge(made, by=kanwil)


def test_a_representative_reads_for_each_partner_he_acts_for(unit, kanwil):
    user = person(Role.PARTNER, unit)
    for _number in range(2):
        own = PartnershipFactory(office=unit, status="active")
        RepresentativeFactory(partner=own, user=user)
    PartnershipFactory(office=UnitFactory(parent=unit.region), partner=own.partner)
    made = published(kanwil)

    services.acknowledge(made, by=user)

    assert tally(made, kanwil, "partners") == (2, 0)
    later = PartnershipFactory(office=unit, status="active")
    RepresentativeFactory(partner=later, user=user)
    assert unread(user) == [made]
    services.acknowledge(made, by=user)
    assert tally(made, kanwil, "partners") == (3, 0)


def test_two_partners_found_to_be_one_count_once(unit, kanwil):
    one, two = (
        PartnershipFactory(office=place, status=status)
        for place, status in (
            (unit, "active"),
            (UnitFactory(parent=unit.region), "active"),
        )
    )
    user = RepresentativeFactory(partner=one).user
    RepresentativeFactory(partner=two, user=user)
    made = published(kanwil)
    services.acknowledge(made, by=user)

    merge(one.partner, two.partner, by=kanwil)

    assert tally(made, kanwil, "partners") == (1, 0)


def test_a_merged_unit_has_not_read_for_its_successor(unit, kanwil, operator):
    made = published(kanwil)
    services.acknowledge(made, by=operator)
    successor = UnitFactory(parent=unit.region)
    type(unit).objects.filter(pk=unit.pk).update(is_active=False)

    assert tally(made, kanwil, "units") == (0, 1)
    assert unread(person(Role.UNIT_OPERATOR, successor)) == [made]


# Versions


def test_a_new_version_asks_anew_and_the_old_one_stays_with_its_days(kanwil, operator):
    first = published(kanwil)
    services.acknowledge(first, by=operator)
    since = first.in_force_from + timedelta(days=60)
    second = version_of(first, kanwil, in_force_from=since)
    assert unread(operator) == []

    services.publish(second, by=kanwil)

    first.refresh_from_db()
    assert first.status == Status.REPLACED
    assert first.in_force_until == since - timedelta(days=1)
    assert (second.version, unread(operator)) == (2, [second])
    assert seen(operator) == {first, second}
    in_force = Guideline.objects.in_force
    assert [list(in_force(day)) for day in (since - timedelta(days=1), since)] == [
        [first],
        [second],
    ]
    with pytest.raises(ValidationError, match="Digantikan"):
        services.acknowledge(first, by=operator)


def test_a_second_draft_of_the_next_version_is_refused(kanwil):
    first = published(kanwil)
    version_of(first, kanwil)

    with pytest.raises(ValidationError, match="sudah disusun"):
        version_of(first, kanwil)


def test_after_a_discarded_draft_there_may_be_another(kanwil):
    first = published(kanwil)
    services.discard(version_of(first, kanwil), by=kanwil)

    assert version_of(first, kanwil).version == 2


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"letter_on": timezone.localdate() + timedelta(days=9)}, "letter_on"),
        (
            {"in_force_from": timezone.localdate() - timedelta(days=9999)},
            "in_force_from",
        ),
    ],
)
def test_days_out_of_order_are_refused(kanwil, fields, name):
    with pytest.raises(ValidationError) as refusal:
        draft(kanwil, **fields)

    assert name in refusal.value.message_dict


def test_withdrawn_before_its_day_it_never_held(kanwil, operator):
    ahead = timezone.localdate() + timedelta(days=30)
    made = published(kanwil, in_force_from=ahead)

    services.withdraw(made, reason="Keliru", by=kanwil)

    assert (made.never_held, unread(operator)) == (True, [])
    assert seen(operator) == {made}


# Telling


def test_those_who_must_read_it_are_told_once_however_late(unit, kanwil, operator):
    partnership = PartnershipFactory(office=unit, status="active")
    partner = RepresentativeFactory(partner=partnership).user
    head = person(Role.UNIT_HEAD, unit)
    others = [person(Role.UNIT_OPERATOR), person(Role.AMBASSADOR, unit), kanwil]
    published(kanwil)
    assert told(head) == []

    for _run in range(2):
        tell_readers()

    assert [told(user) for user in (head, operator, partner)] == [
        ["guideline.published"]
    ] * 3
    assert [told(user) for user in others] == [[]] * 3


def test_a_reminder_reaches_those_who_have_not_read_once_a_day(unit, kanwil, operator):
    other = person(Role.UNIT_OPERATOR, UnitFactory(parent=unit.region))
    made = published(kanwil)
    tell_readers()
    services.acknowledge(made, by=operator)
    with pytest.raises(ValidationError, match="besok"):
        services.remind(made, by=kanwil)
    yesterday = made.office.today - timedelta(days=1)
    Guideline.objects.update(published_on=yesterday)

    services.remind(made, by=kanwil)
    tell_readers()
    with pytest.raises(ValidationError, match="besok"):
        services.remind(made, by=kanwil)

    assert told(operator) == ["guideline.published"]
    assert sorted(told(other)) == ["guideline.published", "guideline.reminder"]


def test_of_what_was_withdrawn_they_hear_if_they_had_heard_of_it(kanwil, operator):
    known, unknown = published(kanwil), None
    tell_readers()
    unknown = published(kanwil)

    for made in (known, unknown):
        services.withdraw(made, reason="Keliru terbit", by=kanwil)
    tell_readers()

    assert sorted(told(operator)) == ["guideline.published", "guideline.withdrawn"]
    notice = Notice.objects.get(user=operator, kind="guideline.withdrawn")
    assert (notice.about, notice.body) == (known, "Keliru terbit")


# Pages


def test_the_home_page_counts_what_one_has_not_read(sign_in, kanwil, operator, partner):
    first, _second = published(kanwil), published(kanwil, audience="partners")
    assert (
        home_of(operator, {})["guidelines"],
        home_of(partner, {})["guidelines"],
    ) == (1, 2)
    client = sign_in(operator)
    told = client.get(reverse("reports:home")).text
    assert "1 pedoman belum Anda baca" in told
    assert "Tidak ada yang menunggu Anda" not in told

    client.post(reverse("reports:guideline_acknowledge", args=[first.pk]))

    told = client.get(reverse("reports:home")).text
    assert "belum Anda baca" not in told
    assert "Tidak ada yang menunggu Anda" in told
    entry = Entry.objects.about(first).get(action="guideline.acknowledged")
    assert entry.actor == operator


def test_one_is_written_published_and_read_through_the_pages(
    sign_in, kanwil, operator, partner
):
    client = sign_in(kanwil)
    answers = {
        "title": "<script>Pedoman</script> kunjungan",
        "about": "Tata cara",
        "audience": "both",
        "letter_number": "PAS-1",
        "letter_on": "05-01-2026",
        "in_force_from": "01-02-2026",
        "file": upload("pedoman.pdf", pdf()),
        "word": upload("pedoman.docx", docx()),
    }
    client.post(reverse("reports:guideline_create"), answers)
    made = Guideline.objects.get()
    client.post(reverse("reports:guideline_publish", args=[made.pk]))

    page = sign_in(partner).get(made.get_absolute_url()).text

    assert "<script>Pedoman" not in page
    assert made.file.get_view_url() in page
    for file in (made.file, made.word):
        assert client.get(file.get_absolute_url()).status_code == 200
    stranger = sign_in(person(Role.UNIT_OPERATOR))
    assert stranger.get(made.file.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("letter_on", "31-02-2026"), ("file", upload("kosong.pdf", b"")), ("title", "")],
)
def test_bad_answers_are_said_and_nothing_typed_is_lost(sign_in, kanwil, field, value):
    answers = {
        "title": "Pedoman kunjungan",
        "about": "Tata cara",
        "audience": "both",
        "letter_number": "PAS-1",
        "letter_on": "05-01-2026",
        "in_force_from": "01-02-2026",
        "file": upload("pedoman.pdf", pdf()),
    } | {field: value}

    page = sign_in(kanwil).post(reverse("reports:guideline_create"), answers)

    assert (page.status_code, field in page.context["form"].errors) == (200, True)
    assert "PAS-1" in page.text
    assert not Guideline.objects.exists()


def test_a_replaced_file_of_a_draft_is_gone(sign_in, kanwil):
    made = draft(kanwil)
    old = made.file

    client = sign_in(kanwil)
    url = reverse("reports:guideline_change", args=[made.pk])
    shown = client.get(url).context["form"]
    answers = {
        name: shown[name].value()
        for name in ("title", "about", "audience", "letter_number", "revision")
    }
    answers |= {"letter_on": "05-01-2026", "in_force_from": "01-02-2026"}
    client.post(url, answers | {"file": upload("baru.pdf", pdf(2))})

    made.refresh_from_db()
    assert made.file != old
    assert not type(old).objects.filter(pk=old.pk).exists()


def test_each_count_of_readers_opens_a_list_of_as_many(sign_in):
    hq = person(Role.HEADQUARTERS, HeadquartersFactory())
    units = [UnitFactory(), UnitFactory()]
    units.append(UnitFactory(parent=units[0].region))
    both = PartnershipFactory(office=units[0], status="active")
    PartnershipFactory(office=units[1], partner=both.partner, status="active")
    reader = RepresentativeFactory(partner=both).user
    PartnershipFactory(office=units[2], status="active")
    made = published(hq)
    services.acknowledge(made, by=person(Role.UNIT_HEAD, units[0]))
    services.acknowledge(made, by=reader)
    client = sign_in(hq)

    context = client.get(made.get_absolute_url(), {"tab": "readers"}).context

    assert context["totals"]["units"].read == 1
    assert context["totals"]["partners"].unread == 1
    tallies = [*context["totals"].values()]
    tallies += [
        row[name] for row in context["regions"] for name in ("units", "partners")
    ]
    for each in tallies:
        for url, number in (
            (each.url, each.all),
            (each.read_url, each.read),
            (each.unread_url, each.unread),
        ):
            assert len(client.get(url).context["page"].rows) == number, url


def test_a_kanwil_sees_the_readers_of_its_own_region(unit, kanwil):
    UnitFactory(parent=RegionFactory())
    made = published(person(Role.HEADQUARTERS, HeadquartersFactory()))

    assert tally(made, kanwil, "units") == (0, 1)


def test_many_units_and_partners_cost_no_more_than_a_page_may(sign_in, unit):
    hq = person(Role.HEADQUARTERS, HeadquartersFactory())
    made = published(hq)
    for _number in range(30):
        PartnershipFactory(office=UnitFactory(parent=unit.region), status="active")
    client = sign_in(hq)

    for url in (
        f"{made.get_absolute_url()}?tab=readers",
        reverse("reports:guideline_units", args=[made.pk]),
        reverse("reports:guideline_partners", args=[made.pk]),
        reverse("reports:guideline_index"),
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= 12, url
