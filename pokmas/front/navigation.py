"""The one table of what stands in the navigation, for whom."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Entry:
    """`permission`, or one of several, is needed to see it; without one all do.

    One for a newcomer is for who has no assignment, also none ahead: an applicant. Who
    holds one of the permissions in `daily` works there most days, and has it below the
    thumb. Who holds `hidden_by` has another entry that leads to his own. Who sees his
    own records alone, by the permission in `own`, has it under the name beside it.
    """

    view: str
    label: str | Promise
    icon: str
    permission: str | tuple[str, ...] = ()
    group: str = "work"
    newcomer: bool = False
    daily: tuple[str, ...] = ()
    hidden_by: str = ""
    own: tuple[str, str | Promise] | None = None

    def is_for(self, who: "Who") -> bool:
        if self.newcomer:
            return who.is_newcomer
        if self.hidden_by in who.permissions:
            return False
        needed = self.permission
        needed = (needed,) if isinstance(needed, str) else needed
        return not needed or not who.permissions.isdisjoint(needed)

    def label_for(self, who: "Who") -> str | Promise:
        if self.own and self.own[0] in who.permissions:
            return self.own[1]
        return self.label

    def is_daily_for(self, who: "Who") -> bool:
        return not self.permission or not who.permissions.isdisjoint(self.daily)


ENTRIES = [
    Entry("reports:home", _("Beranda"), "home"),
    Entry("partners:mine", _("Pendaftaran saya"), "edit", newcomer=True),
    Entry(
        "partners:index",
        pgettext_lazy("several", "Mitra"),
        "partners",
        "partners.view_partner",
        daily=("partners.view_partner",),
        own=("partners.view_colleague", _("Pendaftaran saya")),
    ),
    Entry(
        "partners:group_index",
        pgettext_lazy("several", "Kelompok"),
        "group",
        "partners.view_communitygroup",
    ),
    Entry(
        "partners:volunteer_mine",
        _("Halaman saya"),
        "user",
        "partners.be_volunteer",
        daily=("partners.be_volunteer",),
    ),
    Entry(
        "partners:volunteer_index",
        pgettext_lazy("several", "Sahabat"),
        "user",
        "partners.view_volunteer",
        hidden_by="partners.be_volunteer",
    ),
    Entry(
        "agreements:index",
        pgettext_lazy("several", "Kerja sama"),
        "agreement",
        "agreements.view_agreement",
        daily=("agreements.view_agreement",),
    ),
    Entry(
        "outreach:index",
        _("Kegiatan"),
        "calendar",
        "outreach.view_activity",
        # Of those who work in a unit or with it: offices above hold few of their own.
        daily=("outreach.add_programme", "outreach.correct_activity"),
    ),
    Entry("coordination:index", _("Tugas"), "verify", "coordination.view_task"),
    Entry(
        "calendar:index",
        _("Kalender"),
        "clock",
        ("outreach.view_activity", "agreements.view_agreement"),
    ),
    Entry(
        "outreach:contact_index",
        _("Duta dan kontak"),
        "phone",
        "outreach.view_contact",
    ),
    Entry(
        "reports:index",
        pgettext_lazy("several", "Laporan"),
        "chart",
        "reports.view_report",
        daily=("reports.view_report",),
    ),
    Entry("reports:guideline_index", _("Pedoman"), "info", "reports.view_guideline"),
    Entry(
        "numbering:index",
        _("Buku nomor"),
        "file",
        "numbering.view_number",
        "manage",
    ),
    Entry(
        "offices:index",
        pgettext_lazy("several", "Kantor"),
        "office",
        "offices.view_office",
        "manage",
    ),
    Entry(
        "accounts:index",
        pgettext_lazy("several", "Akun"),
        "user",
        "accounts.view_user",
        "manage",
    ),
    Entry(
        "accounts:request_index",
        _("Permintaan penugasan"),
        "edit",
        "accounts.request_assignment",
        "manage",
    ),
    Entry("accounts:roles", _("Peran dan hak"), "key", "accounts.view_role", "manage"),
    Entry(
        "reference:home",
        _("Daftar acuan"),
        "filter",
        ("partners.manage_field", "outreach.manage_activitytype"),
        "manage",
    ),
    Entry("audit:index", _("Jejak audit"), "history", "audit.view_entry", "manage"),
    Entry("jobs:index", _("Pekerjaan latar"), "jobs", "jobs.view_job", "manage"),
    Entry(
        "health:status", _("Kesehatan sistem"), "pulse", "health.view_status", "manage"
    ),
]
# All that is open to an officer who has not proved his second step: the way on.
BEFORE_THE_PROOF = [Entry("accounts:second_factor", _("Langkah kedua"), "key")]
# How much stands below a thumb, beside "Menu".
ON_THE_BAR = 4


@dataclass(frozen=True)
class Who:
    """All that the navigation of a person depends on, apart from where he is."""

    permissions: frozenset[str]
    is_newcomer: bool
    # Not an officer who has yet to show or set up his second step.
    proven: bool


@dataclass(frozen=True)
class Item:
    label: str | Promise
    icon: str
    url: str
    current: bool
    daily: bool


@dataclass(frozen=True, eq=False)
class Navigation:
    work: list[Item]
    manage: list[Item]

    @property
    def bar(self) -> list[Item]:
        """The daily work, and what else there is if that is little."""
        return sorted(self.work, key=lambda item: not item.daily)[:ON_THE_BAR]

    @property
    def manage_is_current(self) -> bool:
        return any(item.current for item in self.manage)

    def __bool__(self):
        return bool(self.work or self.manage)


def navigation_for(user, path: str, *, proven: bool = True) -> Navigation:
    """The entries `user` may follow; the deepest one above `path` is current.

    Who may do the same is given the very same navigation at the same place.
    """
    newcomer = user.acting is None and not user.assignments.not_over().exists()
    who = Who(user.permissions, newcomer, proven)
    above = [url for _entry, url in _found(who) if path.startswith(url)]
    return _navigation(who, max(above, key=len, default=None))


@lru_cache(maxsize=100)
def _found(who: Who) -> list[tuple[Entry, str]]:
    """The entries for `who` with their addresses."""
    return [
        (entry, url)
        for entry in (ENTRIES if who.proven else BEFORE_THE_PROOF)
        if entry.is_for(who) and (url := _url(entry.view))
    ]


@lru_cache(maxsize=1000)
def _navigation(who: Who, current: str | None) -> Navigation:
    groups = {"work": [], "manage": []}
    for entry, url in _found(who):
        daily = entry.is_daily_for(who)
        item = Item(entry.label_for(who), entry.icon, url, url == current, daily)
        groups[entry.group].append(item)
    return Navigation(**groups)


def _url(view: str) -> str | None:
    """The address of a view; None if this installation has no such page."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return None
