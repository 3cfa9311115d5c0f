"""What a device sends, read by the forms of the pages and done by their services."""

import hashlib
import json
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from outreach.offline import services
from outreach.offline.sides import sides
from outreach.plans.forms import ActivityForm
from outreach.plans.views import put_on_record
from outreach.results.forms import ReportForm
from outreach.results.views import hand_in
from pokmas.accounts.models import display_name
from pokmas.accounts.permissions import require
from pokmas.forms.kept_files import token_of
from pokmas.server.outside import whole_number
from pokmas.steps import pages as steps

# About the sending, not of the report.
ABOUT = {"revision", "sure", "acting", "user", "was_title", "was_when", "was_place"}
# What only a page may ask for.
NOT_SENT = ("keep", "choose", "photos_kept", "attendance_kept", "removed")
MOST_PHOTOS = 20


class Refused(Exception):
    """What is wrong with what was sent: label and words of each, and its field.

    `sure` goes with it when it is sent once more as it was (`forms.doubts`).
    """

    def __init__(self, errors: list[tuple], sure: str = ""):
        super().__init__(errors)
        self.errors, self.sure = errors, sure


class Conflict(Exception):
    """The activity is another than the device knew; both stand side by side."""

    def __init__(self, told: dict):
        super().__init__(told)
        self.told = told


class Sent:
    """What a device sent, as the pages' own forms read it."""

    def __init__(self, request, key: UUID):
        self.request, self.user, self.key = request, request.user, key
        self.data = request.POST.copy()
        for name in NOT_SENT:
            self.data.pop(name, None)
        wanted = list(dict.fromkeys(self.data.getlist("photo")))[:MOST_PHOTOS]
        found = services.photos_of(key, wanted, by=self.user)
        self.missing = [each for each in wanted if each not in found]
        tokens = [token_of(row, self.user) for row in found.values()]
        self.data.setlist("photos_kept", tokens)
        self.data["submission_key"] = str(key)

    @property
    def digest(self) -> str:
        content = sorted(
            (name, self.request.POST.getlist(name))
            for name in self.request.POST
            if name not in ABOUT
        )
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def find(self) -> Activity:
        """The planned activity, or one that is put on record now."""
        if asked := self.data.get("activity"):
            rows = Activity.objects.visible_to(self.user).only("pk")
            return rows.filter(pk=whole_number(asked)).first() or self._refuse_gone()
        require(self.user, "outreach.add_activity")
        form = ActivityForm(self.data, user=self.user)
        if form.is_valid():
            with form.refusals():
                return put_on_record(form, self.user)
        raise _refused(form)

    def _known(self, pk) -> Activity:
        try:
            return steps.find(self.request, Activity, "report", pk)[0]
        except Http404:
            self._refuse_gone()

    def _refuse_gone(self):
        words = _("Kegiatan ini tidak ada lagi, atau bukan urusan Anda.")
        raise Refused([("", words)])

    def report(self, activity: Activity) -> None:
        activity = self._known(activity.pk)
        form = self._form(activity)
        step = Activity.STEPS["report"]
        if refusal := activity.refusal(step, self.user):
            if activity.status in Activity.STEPS.statuses(step):
                raise Refused([("", str(refusal))])
            raise self.conflict(activity.pk, _overtaken(activity) or refusal)
        if form.is_valid():
            with form.refusals():
                hand_in(form, self.user)
                return
        if hasattr(form, "newer_values"):
            words = _("Kegiatan ini diubah sejak Anda menulis laporannya.")
            raise self.conflict(activity.pk, words)
        raise _refused(form)

    def _form(self, activity) -> ReportForm:
        return ReportForm(self.data, user=self.user, instance=activity)

    def conflict(self, pk: int, words: str) -> Conflict:
        now = self._known(pk)
        is_open = now.status in Activity.STEPS.statuses(Activity.STEPS["report"])
        return Conflict(
            {
                "state": "conflict",
                "words": str(words),
                "rows": sides(self._form(now), now, self.data),
                "url": now.get_absolute_url(),
                "revision": now.revision if is_open else None,
            }
        )


def _overtaken(activity: Activity) -> str:
    """Who has reported meanwhile what waited on the device."""
    if activity.reported_by is None or not activity.has_result:
        return ""
    words = _("Kegiatan ini sudah dilaporkan oleh %(person)s. Bandingkan isinya.")
    return words % {"person": display_name(activity.reported_by)}


def _refused(form) -> Refused:
    """Everything that is wrong, in the order of the form."""
    found = [("", words) for words in form.non_field_errors()]
    for bound in form:
        found += [(bound.label, words, bound.name) for words in bound.errors]
    return Refused(found, form.data.get("sure", ""))
