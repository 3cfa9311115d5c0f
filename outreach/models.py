"""What units and partners did together, in counts and evidence; never names."""

from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity, Participation
from outreach.ambassadors.models import Ambassador, Contact, ContactResult
from outreach.attended.models import Attendance, AttendanceWay, Material, Speaker
from outreach.closing.models import ClosedMonth
from outreach.coverage.models import Coverage
from outreach.evidence.models import Evidence, PhotoRefusal
from outreach.offline.models import OfflineEntry, OfflinePhoto
from outreach.patterns.models import Pattern
from outreach.planned.models import PlannedActivity
from outreach.presence.models import Outcome, Participant, SessionResult
from outreach.programmes.models import PhaseReport, Programme, ProgrammeActivity
from outreach.restorative.models import (
    Restitution,
    RestorativeMeeting,
    RestorativeOutcome,
)
from outreach.results.models import HintAnswer
from outreach.series.models import Series, Session
from outreach.told.models import News, Recipient
from outreach.types.models import ActivityType

__all__ = [
    "Activity",
    "ActivityType",
    "Ambassador",
    "Attendance",
    "AttendanceWay",
    "BeneficiaryCount",
    "ClosedMonth",
    "Contact",
    "ContactResult",
    "Coverage",
    "Evidence",
    "HintAnswer",
    "Material",
    "News",
    "OfflineEntry",
    "OfflinePhoto",
    "Outcome",
    "Participant",
    "Participation",
    "Pattern",
    "PhaseReport",
    "PhotoRefusal",
    "PlannedActivity",
    "Programme",
    "ProgrammeActivity",
    "Recipient",
    "Restitution",
    "RestorativeMeeting",
    "RestorativeOutcome",
    "Series",
    "Session",
    "SessionResult",
    "Speaker",
]
