"""What this floor and the one below know of an agreement."""

from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from agreements.evaluations.due import day_of
from agreements.evaluations.models import Evaluation
from agreements.parties.models import Contact
from agreements.proofs.known import Fact, State, tells
from agreements.register.models import Agreement
from partners.models import Partnership
from partners.registry import legal
from pokmas.words import dates

# An evaluation counts until the next one should be there.
LASTS = timedelta(days=366 + 90)


def _page(agreement, tab="") -> str:
    return agreement.get_absolute_url() + (f"?tab={tab}#tabs" if tab else "")


@tells()
def signing(agreement: Agreement, found) -> dict[str, Fact]:
    numbers = [agreement.our_number, agreement.partner_number]
    given = [number for number in numbers if number]
    state = {2: State.MET, 1: State.PARTLY, 0: State.UNMET}[len(given)]
    told = " · ".join(given) or _("Belum ada nomor.")
    if len(given) == 1:
        told = _("Baru satu nomor: %(number)s.") % {"number": told}
    if agreement.scan_id and agreement.signed_on:
        day = dates.date_long(agreement.signed_on)
        scan = Fact(
            State.MET,
            _("Ditandatangani %(day)s, pindaian ada.") % {"day": day},
            _page(agreement, "papers"),
        )
    else:
        scan = Fact(State.UNMET, _("Belum ada pindaian."), _page(agreement))
    return {
        "scan": scan,
        "numbers": Fact(state, told, _page(agreement)),
        "in_force": _in_force(agreement),
    }


def _in_force(agreement):
    today = agreement.office.today
    term = dates.date_range(agreement.starts_on, agreement.ends_on)
    if not agreement.is_signed:
        return Fact(State.UNMET, agreement.get_status_display(), _page(agreement))
    is_running = agreement.starts_on <= today <= agreement.ends_on
    return Fact(State.MET if is_running else State.UNMET, term, _page(agreement))


def _plan_items(agreement):
    return ArraySubquery(agreement.plan_items.order_by().values("pk"))


@tells(planned_items=_plan_items)
def plan(agreement: Agreement, found) -> dict[str, Fact]:
    count = len(found["planned_items"])
    words = _("%(count)s butir rencana.") % {"count": dates.number(count)}
    if not count:
        words = _("Belum ada rencana kerja.")
    state = State.MET if count else State.UNMET
    return {"plan": Fact(state, words, _page(agreement, "plan"))}


def _newest_evaluation(agreement):
    shown = JSONObject(kind="kind", status="status", due_on="due_on")
    return Subquery(agreement.evaluations.values(shown=shown)[:1])


@tells(newest_evaluation=_newest_evaluation)
def evaluation(agreement: Agreement, found) -> dict[str, Fact]:
    url, today = _page(agreement, "evaluations"), agreement.office.today
    shown = found["newest_evaluation"]
    if shown is None:
        day = day_of(agreement)
        if day <= agreement.starts_on or day > today:
            words = _("Belum jatuh tempo.")
        else:
            words = _("Jatuh tempo %(day)s.") % {"day": dates.date_long(day)}
        return {"evaluation": Fact(State.UNMET, words)}
    due_on = date.fromisoformat(shown["due_on"])
    newest = Evaluation(agreement=agreement, **{**shown, "due_on": due_on})
    is_met = newest.status == Evaluation.Status.CONFIRMED
    if not is_met or newest.due_on < today - LASTS:
        words = f"{newest.name}: {newest.get_status_display()}."
        return {"evaluation": Fact(State.PARTLY, words, url)}
    return {"evaluation": Fact(State.MET, f"{newest.name}.", url)}


def _contacts(agreement):
    rows = Contact.objects.filter(agreement=agreement).current().order_by()
    return ArraySubquery(
        rows.values(shown=JSONObject(side="side", confirmed_on="confirmed_on"))
    )


@tells(current_contacts=_contacts)
def contacts(agreement: Agreement, found) -> dict[str, Fact]:
    """Of each side somebody who was asked, and said that it is right."""
    known = found["current_contacts"]
    confirmed = {each["side"] for each in known if each["confirmed_on"]}
    sides = {"confirmed": len(confirmed), "sides": len(Contact.Side)}
    words = _("%(confirmed)s dari %(sides)s pihak sudah memastikan narahubungnya.")
    if len(confirmed) == len(Contact.Side):
        state = State.MET
    else:
        state = State.PARTLY if known else State.UNMET
    return {"contact": Fact(state, words % sides, _page(agreement))}


@tells()
def partnership(agreement: Agreement, found) -> dict[str, Fact]:
    if agreement.partnership is None:
        words = _("Mitra ini tidak tercatat di unit.")
        return {"papers": Fact(State.UNMET, words)}
    return {"papers": _papers(agreement.partnership)}


def _papers(partnership: Partnership) -> Fact:
    url = partnership.get_absolute_url()
    asked = [each for each in legal.standings(partnership) if each.required.is_active]
    if not asked:
        return Fact(State.MET, _("Tidak ada surat yang diminta dari jenis ini."), url)
    good = [each for each in asked if not each.is_lacking]
    words = _("%(good)s dari %(asked)s surat ada dan berlaku.") % {
        "good": dates.number(len(good)),
        "asked": dates.number(len(asked)),
    }
    if len(good) == len(asked):
        return Fact(State.MET, words, url)
    return Fact(State.PARTLY if good else State.UNMET, words, url)
