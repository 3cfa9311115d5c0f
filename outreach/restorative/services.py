"""What a report says of a meeting of restorative justice; part of the report."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from outreach.restorative.models import RestorativeMeeting

# What is agreed on farther ahead is a typing error.
FARTHEST = timedelta(days=731)
COPIED = [*RestorativeMeeting.FIGURES, "outcome_id", "agreed", "agreed_on"]


def keep(activity: Activity, answers: dict) -> None:
    """Keep what was answered."""
    rows = RestorativeMeeting.objects.filter(activity=activity)
    meeting = rows.first() or RestorativeMeeting(activity=activity)
    for name, number in answers["numbers"].items():
        setattr(meeting, name, number)
    for name in ("outcome", "agreed", "agreed_on"):
        setattr(meeting, name, answers[name])
    meeting.save()
    meeting.restitution.set(answers["restitution"])


def forget(activity: Activity) -> None:
    """It was of another type after all."""
    for meeting in RestorativeMeeting.objects.filter(activity=activity):
        meeting.restitution.clear()
        meeting.delete()


def carry(activity: Activity, made: Activity) -> None:
    """Let a correction begin with what was reported of the meeting."""
    meeting = RestorativeMeeting.objects.filter(activity=activity).first()
    if meeting is None:
        return
    copied = {name: getattr(meeting, name) for name in COPIED}
    copy = RestorativeMeeting.objects.create(activity=made, **copied)
    copy.restitution.set(meeting.restitution.all())


def lacking(activity: Activity) -> dict[str, str]:
    """What is missing before it may be verified, by the field of the form."""
    if not activity.type.is_restorative:
        return {}
    rows = RestorativeMeeting.objects.select_related("outcome")
    meeting = rows.filter(activity=activity).first() or RestorativeMeeting()
    errors = {}
    if not (meeting.on("victim") or meeting.on("offender")):
        errors["restorative_victim_male"] = _(
            "Isi berapa orang yang hadir dari pihak korban dan pihak pelaku."
        )
    if meeting.outcome is None:
        errors["restorative_outcome"] = _("Pilih hasil pertemuan.")
        return errors
    agreed = bool(meeting.pk) and meeting.restitution.exists()
    if meeting.outcome.is_agreement and not agreed:
        errors["restorative_restitution"] = _(
            "Pilih sedikitnya satu bentuk pemulihan yang disepakati."
        )
    if agreed and not meeting.outcome.is_agreement:
        errors["restorative_restitution"] = _(
            "Hasilnya tanpa kesepakatan: kosongkan bentuk pemulihan, atau ubah "
            "hasilnya."
        )
    return errors | _wrong_day(meeting, activity.held_on)


def _wrong_day(meeting: RestorativeMeeting, held_on: date) -> dict[str, str]:
    day, name = meeting.agreed_on, "restorative_agreed_on"
    if day is None:
        if meeting.outcome.is_open or meeting.agreed:
            return {name: _("Isi hari tindak lanjutnya.")}
        return {}
    if not meeting.agreed:
        return {"restorative_agreed": _("Tulis apa yang dilakukan pada hari itu.")}
    if day < held_on:
        return {name: _("Hari tindak lanjut sebelum pertemuannya.")}
    if day > held_on + FARTHEST:
        return {name: _("Lebih dari dua tahun lagi; periksa lagi tahunnya.")}
    return {}
