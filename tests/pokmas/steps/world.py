"""A record of each kind at each of its statuses, for tests that walk all the steps."""

from datetime import date, timedelta

from outreach.ambassadors.steps import LOG
from outreach.models import ClosedMonth
from partners.nik import services as nik
from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.roles import LEVELS, OF_PARTNERS, Role, roles_with
from pokmas.coordination.models import DO
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    AmbassadorFactory,
    AttendanceFactory,
    CommunityGroupFactory,
    ContactFactory,
    DocumentFactory,
    EnteredValueFactory,
    FeasibilityFactory,
    GroupMembershipFactory,
    GuidelineFactory,
    HeadquartersFactory,
    PartnerFactory,
    PartnershipFactory,
    PlanItemFactory,
    ProgrammeFactory,
    ReportFactory,
    RepresentativeFactory,
    UnitFactory,
    VolunteerFactory,
    person,
)
from tests.pokmas.coordination.factories import TaskFactory
from tests.pokmas.imports.factories import ImportFactory


def partner(status, unit):
    return PartnershipFactory(office=unit, status=status)


def group(status, unit):
    more = {}
    if status == "dissolved":
        more = {
            "dissolution_number": "W.22-9",
            "dissolved_on": date(2026, 2, 1),
            "dissolution_decree": DocumentFactory(),
        }
    made = CommunityGroupFactory(office=unit, status=status, **more)
    GroupMembershipFactory(group=made)
    return made


def agreement(status, unit):
    more = {}
    if status == "terminated":
        more = {"reason": "Uji", "termination_paper": DocumentFactory()}
    made = AgreementFactory(office=unit, status=status, **more)
    if status == "discussion":
        TextAnswerFactory(agreement=made)
    return made


def sheet(status, unit):
    return FeasibilityFactory(office=unit, status=status)


def activity(status, unit):
    partners = [PartnerFactory(office=unit, status="active")]
    return ActivityFactory(office=unit, status=status, partners=partners)


def report(status, unit):
    made = ReportFactory(office=unit)
    with_pdf(made)
    changes = {"status": status, "reason": "Uji" if status == "returned" else ""}
    type(made).objects.filter(pk=made.pk).update(**changes)
    made.refresh_from_db()
    return made


def with_pdf(report):
    from pokmas.documents import services as documents  # needs the tests' media root
    from tests.pokmas.documents.corpus import pdf

    issued = documents.issue(
        kind="reports.monthly",
        office=report.office,
        owner=report,
        title="Laporan uji",
        holder="Unit uji",
    )
    documents.seal(issued, pdf(), pages=1)
    report.issued, report.version = issued, 1
    report.save()


def request(status, unit):
    asked = AssignmentRequest.objects.create(
        user=person(Role.UNIT_OPERATOR, unit),
        office=unit,
        role=Role.AMBASSADOR,
        purpose="Membantu",
    )
    AssignmentRequest.objects.filter(pk=asked.pk).update(status=status)
    asked.refresh_from_db()
    return asked


def volunteer(status, unit):
    user = person(Role.VOLUNTEER, unit)
    return VolunteerFactory(office=unit, user=user, status=status)


def old_list(status, unit):
    return ImportFactory(
        office=unit, status=status, way="approved" if status == "submitted" else "draft"
    )


def task(status, unit):
    owned = status in ("assigned", "done")
    return TaskFactory(
        office=unit,
        status=status,
        owner=person(Role.UNIT_OPERATOR, unit) if owned else None,
    )


def appointment(status, unit):
    is_ended = status == "ended"
    return AmbassadorFactory(
        office=unit,
        status=status,
        reason="Uji" if is_ended else "",
        ended_on=unit.today if is_ended else None,
    )


def contact(status, unit):
    later = unit.today + timedelta(days=30) if status == "open" else None
    return ContactFactory(office=unit, status=status, follow_up_on=later)


def programme(status, unit):
    return ProgrammeFactory(office=unit, status=status)


def guideline(status, unit):
    return GuidelineFactory(office=unit.region, status=status)


def value(status, unit):
    is_confirmed = status == "confirmed"
    return EnteredValueFactory(
        office=unit,
        status=status,
        reason="Uji" if status == "returned" else "",
        entered_by=person(Role.UNIT_OPERATOR, unit),
        confirmed_by=person(Role.UNIT_HEAD, unit) if is_confirmed else None,
    )


def attendance(status, unit):
    return AttendanceFactory(office=unit, status=status)


MAKERS = {
    "imports.import": old_list,
    "partners.partnership": partner,
    "partners.communitygroup": group,
    "partners.volunteer": volunteer,
    "agreements.agreement": agreement,
    "agreements.feasibility": sheet,
    "outreach.activity": activity,
    "reports.enteredvalue": value,
    "reports.report": report,
    "accounts.assignmentrequest": request,
    "coordination.task": task,
    "outreach.ambassador": appointment,
    "outreach.contact": contact,
    "outreach.programme": programme,
    "reports.guideline": guideline,
    "outreach.attendance": attendance,
}
# Of whose steps none is ever awaited, and in which no partner has a say.
AWAITED_BY_NOBODY = {"outreach.ambassador"}
WITHOUT_PARTNER = {
    *("outreach.ambassador", "outreach.attendance", "outreach.contact"),
    *("coordination.task", "reports.enteredvalue"),
}


def make(model, status):
    """A record of `model` at `status`, at a unit of its own."""
    return MAKERS[model._meta.label_lower](status, UnitFactory())


def who_may(record, step):
    """An officer who holds what the step asks for, where the record lies; or the person
    whose record it is."""
    permission = record.permission_of(step)
    if record._meta.model_name == "task" and permission == DO and record.owner:
        return record.owner
    if record._meta.model_name == "contact" and permission == LOG:
        return record.person
    if not permission or set(roles_with(permission)) == {Role.VOLUNTEER}:
        return record.user
    roles = record.exercised_by(permission, roles_with(permission))
    if set(roles) == {Role.PARTNER}:
        return RepresentativeFactory(partner=record.partner).user
    role = next(
        role
        for role in roles
        if role not in OF_PARTNERS
        and all(each.suits(record, role) for each in step.when)
    )
    unit = record.office
    if record._meta.model_name == "guideline" and role == Role.UNIT_HEAD:
        unit = UnitFactory(parent=unit)  # that has to read it
    places = {"unit": unit, "regional": unit.region}
    level = next((each for each in places if each in LEVELS[role]), None)
    return person(role, places[level] if level else HeadquartersFactory())


def represent(record, user):
    """Have `user` act for a partner whom the record concerns, or be it himself."""
    if record._meta.model_name == "volunteer":
        record.user = user
        record.save(update_fields=["user"])
        return
    partners = {
        "partners.partnership": lambda: record,
        "partners.communitygroup": lambda: record.partnerships.first(),
        "agreements.agreement": lambda: record.partner,
        "agreements.feasibility": lambda: record.partner,
        "outreach.activity": lambda: record.partners.first(),
        "outreach.programme": lambda: record.partner,
    }
    RepresentativeFactory(partner=partners[record._meta.label_lower](), user=user)


def open_way(record, name):
    """Make hold what the step asks for beside the status, and beside who may."""
    if name == "correct" and record._meta.model_name == "activity":
        month = record.held_on.replace(day=1)
        ClosedMonth.objects.create(office=record.office, month=month)
    if name == "put_in_plan":
        agreement = AgreementFactory(partner=record.partners.first())
        PlanItemFactory(agreement=agreement)
        record.agreement = agreement
        record.save(update_fields=["agreement"])
    if name == "renumber":
        record.our_number = "W.22-1"
        record.save(update_fields=["our_number"])
    if name == "remove_scan":
        record.is_archived = True
        record.scan = record.scan or DocumentFactory()
        record.save(update_fields=["is_archived", "scan"])
    if name == "nik":
        record.nik = nik.keep("5371014107900001")
        record.save(update_fields=["nik"])
