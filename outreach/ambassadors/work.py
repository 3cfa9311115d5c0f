"""What an ambassador sees of his own work first."""

from outreach.activities.models import Activity
from outreach.ambassadors.funnel import chart, of_person
from outreach.ambassadors.models import Ambassador, Contact
from outreach.ambassadors.steps import AHEAD
from partners.models import Partnership
from pokmas.accounts.models import User
from pokmas.offices.models import office_today

Status = Partnership.Status
# A partner whom somebody still has to hand in, to examine or to approve.
WAITING = (
    *(Status.DRAFT, Status.SUBMITTED, Status.VERIFYING, Status.RETURNED),
    *(Status.PROPOSED, Status.SENT_BACK),
)


def work_of(user: User, most: int) -> dict:
    """His follow-ups to come, his plans, his partners that wait, and what came of it.

    Those that are due stand among what he has to do.
    """
    today = user.acting.office.today
    contacts = Contact.objects.visible_to(user).filter(person=user)
    later = contacts.open().filter(follow_up_on__gt=office_today(ahead=AHEAD))
    plans = Activity.objects.visible_to(user).filter(
        created_by=user, status=Activity.Status.PLANNED, held_on__gte=today
    )
    waiting = Partnership.objects.visible_to(user).filter(
        created_by=user, status__in=WAITING
    )
    serving = Ambassador.objects.visible_to(user).serving().filter(person=user)
    own = of_person(user, contacts, today)
    return {
        "later": later.order_by("follow_up_on", "pk").select_related("office")[:most],
        "plans": plans.order_by("held_on", "pk").select_related("office")[:most],
        "waiting": waiting.for_list().order_by("-pk")[:most],
        "appointment": serving.select_related("office").first(),
        "chart": chart(own.total(person=user.pk)),
    }
