"""Activities and what shows them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory
import pgtrigger
from django.utils import timezone
from factory.django import DjangoModelFactory

from outreach.coverage.links import key_of
from outreach.models import PlannedActivity, Series, Session
from pokmas.accounts.roles import Role
from tests.owner import as_owner
from tests.partners.factories import PartnerKindFactory, PartnershipFactory
from tests.pokmas.factories import (
    DocumentFactory,
    RegencyFactory,
    UnitFactory,
    UserFactory,
    person,
)


class ActivityTypeFactory(DjangoModelFactory):
    class Meta:
        model = "outreach.ActivityType"
        django_get_or_create = ["code"]

    code = "legal_counselling"
    name = "Penyuluhan atau bantuan hukum"


class ActivityFactory(DjangoModelFactory):
    """An activity at the status asked for, with what that status needs.

    `partners=[…]` and `counts={("adult_client", "male"): 12}` come with it,
    and so does the link to an `item=` of a work plan.
    """

    class Meta:
        model = "outreach.Activity"
        skip_postgeneration_save = True

    office = factory.SubFactory(UnitFactory)
    type = factory.SubFactory(ActivityTypeFactory)
    title = factory.Sequence("Penyuluhan Uji {}".format)
    starts_at = datetime(2026, 9, 14, 2, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    held_on = factory.LazyAttribute(
        lambda row: row.starts_at.astimezone(ZoneInfo(row.office.zone)).date()
    )
    place = "Balai Desa Tarus"
    regency = factory.SubFactory(RegencyFactory)
    status = "planned"

    class Params:
        handed_in = factory.LazyAttribute(
            lambda row: row.status not in {"planned", "cancelled"}
        )

    output = factory.Maybe("handed_in", "Peserta memahami haknya.", "")
    is_declared = factory.SelfAttribute("handed_in")
    reason = factory.LazyAttribute(
        lambda row: "Alasan uji" if row.status in {"returned", "cancelled"} else ""
    )

    @factory.post_generation
    def partners(activity, create, partners, **kwargs):
        activity.partners.set(partners or [])

    @factory.post_generation
    def counts(activity, create, counts, **kwargs):
        if not counts:
            return
        with (
            as_owner(),
            pgtrigger.ignore("outreach.BeneficiaryCount:locked_is_final"),
        ):
            for (category, sex), number in counts.items():
                activity.counts.create(category=category, sex=sex, number=number)

    @factory.post_generation
    def item(activity, create, item, **kwargs):
        if item:
            PlannedActivity.objects.create(activity=activity, item=item)


class EvidenceFactory(DjangoModelFactory):
    """A photo whose file belongs to it, so that who sees the photo may open it."""

    class Meta:
        model = "outreach.Evidence"
        skip_postgeneration_save = True

    activity = factory.SubFactory(ActivityFactory)
    kind = "photo"
    document = factory.SubFactory(DocumentFactory, kind="image/jpeg", name="foto.jpg")

    @factory.post_generation
    def ownership(evidence, create, extracted, **kwargs):
        evidence.document.owner = evidence
        evidence.document.save(update_fields=["owner_type", "owner_id"])


def series_of(activities, rhythm="weekly"):
    """A series of these activities, each held when it was foreseen."""
    first = activities[0]
    series = Series.objects.create(
        office=first.office, title=first.title, rhythm=rhythm
    )
    Session.objects.bulk_create(
        Session(
            series=series,
            activity=row,
            number=number,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for number, row in enumerate(activities, 1)
    )
    return series


class PatternFactory(DjangoModelFactory):
    class Meta:
        model = "outreach.Pattern"
        skip_postgeneration_save = True

    office = factory.SubFactory(UnitFactory)
    name = factory.Sequence("Pola Uji {}".format)
    type = factory.SubFactory(ActivityTypeFactory)
    title = "Bimbingan mingguan"
    minutes = 90
    mode = "on_site"
    place = "Aula Bapas"
    regency = factory.SubFactory(RegencyFactory)
    funding = "none"

    @factory.post_generation
    def partners(pattern, create, partners, **kwargs):
        pattern.partners.set(partners or [])


class AttendanceWayFactory(DjangoModelFactory):
    class Meta:
        model = "outreach.AttendanceWay"
        django_get_or_create = ["name"]

    name = "Di tempat"


class AttendanceFactory(DjangoModelFactory):
    """An invitation to an activity of the unit's Kanwil, ahead unless one is given."""

    class Meta:
        model = "outreach.Attendance"

    office = factory.SubFactory(UnitFactory)
    activity = factory.LazyAttribute(
        lambda row: ActivityFactory(
            office=row.office.region, starts_at=timezone.now() + timedelta(days=3)
        )
    )
    asked_way = factory.SubFactory(AttendanceWayFactory)
    status = "invited"

    class Params:
        counted = factory.LazyAttribute(lambda row: row.status == "stated")

    way = factory.LazyAttribute(
        lambda row: row.asked_way if row.status in {"confirmed", "stated"} else None
    )
    coming = factory.LazyAttribute(lambda row: 2 if row.status == "confirmed" else None)
    reason = factory.LazyAttribute(
        lambda row: "Alasan uji" if row.status == "declined" else ""
    )
    officers = factory.Maybe("counted", 2, None)
    partners = factory.Maybe("counted", 1, None)
    groups = factory.Maybe("counted", 0, None)
    volunteers = factory.Maybe("counted", 3, None)


class CoverageFactory(DjangoModelFactory):
    class Meta:
        model = "outreach.Coverage"

    activity = factory.SubFactory(ActivityFactory)
    office = factory.SelfAttribute("activity.office")
    kind = "online"
    outlet = "Pos Uji"
    headline = factory.Sequence("Berita uji {}".format)
    published_on = date(2026, 9, 15)
    link = factory.Sequence("https://contoh.test/berita/{}".format)
    key = factory.LazyAttribute(lambda row: key_of(row.link))


class ContactResultFactory(DjangoModelFactory):
    class Meta:
        model = "outreach.ContactResult"
        django_get_or_create = ["code"]

    code = "interested"
    name = factory.LazyAttribute(lambda row: f"Hasil {row.code}")
    needs_follow_up = factory.LazyAttribute(lambda row: row.code == "follow_up")


class AmbassadorFactory(DjangoModelFactory):
    """An appointment whose term lasts, at the office where the person works."""

    class Meta:
        model = "outreach.Ambassador"

    office = factory.SubFactory(UnitFactory)
    person = factory.LazyAttribute(lambda row: person(Role.AMBASSADOR, row.office))
    letter_number = factory.Sequence("WP.22.PAS.3-HK.01.05-{:04}".format)
    letter_on = factory.LazyAttribute(lambda row: row.starts_on)
    file = factory.SubFactory(DocumentFactory)
    starts_on = factory.LazyAttribute(lambda row: row.office.today - timedelta(30))
    ends_on = factory.LazyAttribute(lambda row: row.starts_on + timedelta(365))


class ContactFactory(DjangoModelFactory):
    """A first contact of today with somebody who is on no record."""

    class Meta:
        model = "outreach.Contact"

    office = factory.SubFactory(UnitFactory)
    person = factory.LazyAttribute(lambda row: person(Role.AMBASSADOR, row.office))
    met_on = factory.LazyAttribute(lambda row: row.office.today)
    name = factory.Sequence("Yayasan Kontak Uji {}".format)
    kind = factory.SubFactory(PartnerKindFactory, code="media")
    approach = "communication"
    result = factory.SubFactory(ContactResultFactory)


class ParticipantFactory(DjangoModelFactory):
    """An officer on the list of an activity, or with `volunteer=` a volunteer."""

    class Meta:
        model = "outreach.Participant"

    activity = factory.SubFactory(ActivityFactory)
    volunteer = None
    user = factory.Maybe("volunteer", None, factory.SubFactory(UserFactory))
    kind = factory.LazyAttribute(
        lambda row: "volunteer" if row.volunteer else "officer"
    )
    affiliation = "Bapas Uji"
    registered_by = factory.SubFactory(UserFactory)


class ProgrammeFactory(DjangoModelFactory):
    """In its first phase, led by an approved partner of the unit."""

    class Meta:
        model = "outreach.Programme"

    office = factory.SubFactory(UnitFactory)
    partner = factory.LazyAttribute(
        lambda row: PartnershipFactory(office=row.office, status="active").partner
    )
    title = factory.Sequence("Program Uji {}".format)
    problem = "Klien sulit mendapat pekerjaan."
    status = "writing"
    reason = factory.LazyAttribute(
        lambda row: "Alasan uji" if row.status in {"returned", "stopped"} else ""
    )
