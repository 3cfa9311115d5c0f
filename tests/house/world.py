"""One unit with one record of each kind, and a person of each role around it."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.utils import timezone

from pokmas.accounts.models import AssignmentRequest, Consent, ConsentText, User
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.documents.models import Document, IssuedDocument
from pokmas.jobs.models import Job
from pokmas.notices.models import Notice
from pokmas.offices.models import Office, OfficeChange
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    CommunityGroupFactory,
    CriterionFactory,
    DocumentFactory,
    EvidenceFactory,
    FieldFactory,
    GroupMembershipFactory,
    HeadquartersFactory,
    PartnerFactory,
    ReportFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import jpeg, pdf, upload

WORDS = {
    "help_slug": "partners",
    "token": "tidak-ada",
    "uid": "zzzzz",  # of nobody, however many people there are
    "purpose": "pendaftaran",
    "role": "partners.add_partner",
    "change_kind": OfficeChange.Kind.MOVE,
    "kind": "partners.partner",
    "model": "partners.partner",
    "message": "status",
    "list": "fields",
    "page_number": 1,
    "zoom": 1,
    "file_name": "berkas.pdf",
}


@dataclass
class World:
    unit: Office
    people: dict[Role, User]
    records: dict

    def find(self, name: str, user: User):
        """The argument an address takes: a word, a code, or the id of a record."""
        if name in WORDS:
            return WORDS[name]
        if name.startswith("own_") or name == "passkey":
            return OWN[name](user).pk
        record = self.records[name]
        return record if isinstance(record, str) else record.pk


def build() -> World:
    unit = UnitFactory()
    offices = {"headquarters": HeadquartersFactory(), "regional": unit.region}
    people = {
        role: person(
            role, offices[level] if (level := _level(role)) in offices else unit
        )
        for role in Role
    }
    for user in people.values():
        RecoveryCodes.activate(user)
        if user.acting.is_community:
            TOTP.activate(user, generate_totp_secret())
    operator = people[Role.UNIT_OPERATOR]
    partner = PartnerFactory(office=unit, status="active")
    draft = PartnerFactory(office=unit, status="draft", created_by=operator)
    for own in (partner, draft):
        RepresentativeFactory(partner=own, user=people[Role.PARTNER])
    group = CommunityGroupFactory(office=unit, status="active")
    membership = GroupMembershipFactory(group=group, partner=partner)
    agreement = AgreementFactory(office=unit, partner=partner, status="discussion")
    activity = ActivityFactory(office=unit, partners=[partner], status="planned")
    photo = documents.store(upload("foto.jpg", jpeg()), by=operator)
    evidence = EvidenceFactory(activity=activity, document=photo)
    report = ReportFactory(office=unit, month=date(2026, 8, 1))
    issued = _issued(report)
    job = Job.objects.create(
        kind="reports.build",
        key=f"walk-{unit.pk}",
        state=Job.State.FAILED,
        reason="Uji",
        requested_by=operator,
        payload={"report": report.pk, "version": 1, "issued": issued.pk},
    )
    colleague = person(Role.UNIT_OPERATOR, unit)
    request = AssignmentRequest.objects.create(
        user=operator, office=unit, role=Role.AMBASSADOR, purpose="Membantu"
    )
    document = _stored(partner)
    records = {
        "office": unit,
        "office_change": OfficeChange.objects.create(
            office=unit,
            kind=OfficeChange.Kind.RENAME,
            effective_on=date(2999, 1, 1),
            decree_number="UJI-1",
            after={"name": "Bapas Baru"},
        ),
        "partner": partner,
        "draft": draft,
        # Long overdue, and shown so wherever tasks are listed.
        "submitted": PartnerFactory(
            office=unit,
            status="submitted",
            status_since=timezone.now() - timedelta(days=60),
        ),
        "verifying": PartnerFactory(office=unit, status="verifying"),
        "paper": _stored(draft),
        "group": group,
        "membership": membership,
        "field": FieldFactory(),
        "criterion": CriterionFactory(),
        "agreement": agreement,
        "activity": activity,
        "activity_type": ActivityTypeFactory(),
        "evidence": evidence,
        "photo": evidence.document,
        "report": report,
        "job": job,
        "code": issued.code,
        "document": document,
        "colleague": colleague,
        "assignment": colleague.assignments.get(),
        "request": request,
    }
    return World(unit, people, records)


def _level(role: Role) -> str:
    if role == Role.HEADQUARTERS:
        return "headquarters"
    return "regional" if role.startswith("regional") else "unit"


def _stored(owner) -> Document:
    document = DocumentFactory(owner=owner, file=ContentFile(pdf(), name="uji"))
    return document


def _issued(report) -> IssuedDocument:
    issued = documents.issue(
        office=report.office, owner=report, title="Laporan uji", holder="Unit uji"
    )
    documents.seal(issued, pdf(), pages=1)
    return issued


def _own_consent(user):
    text = ConsentText.objects.first()
    return Consent.objects.get_or_create(user=user, text=text)[0]


def _own_session(user):
    return UserSession.objects.get_or_create(
        user=user, session_key=f"uji-{user.pk}", defaults={"ip": "127.0.0.1"}
    )[0]


def _own_notice(user):
    return Notice.objects.get_or_create(
        user=user, key="walk", defaults={"kind": "uji", "title": "Uji", "url": "/"}
    )[0]


def _passkey(user):
    return Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        defaults={"data": {"name": "Uji", "credential": {}}},
    )[0]


OWN = {
    "own_consent": _own_consent,
    "own_session": _own_session,
    "own_notice": _own_notice,
    "passkey": _passkey,
}
