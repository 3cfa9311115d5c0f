#!/usr/bin/env python3
"""The lists of the portal beside Django's own admin over the same rows, in one run.

    .venv/bin/python benchmarks/admin.py FOLDER [--rounds 15] [--only activities]

FOLDER was filled by benchmarks/load.py; headquarters asks, who sees all rows. The admin
is installed here and nowhere else: 25 rows a page with the same columns, read with what
they need; it searches the same fields, offers the same filters, and has no middleware
but that of a new Django project. Both answer in turns in this process, with the same
database. A line has the processor time of a request, Python and database, the fastest
of all rounds, and how many times faster the portal is.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import import_django, processor, servers_in

ROWS = 25
BACKEND = "pokmas.accounts.backends.PeopleBackend"
PLAIN = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# What is asked of the portal that shows as much as the admin does.
ALL = {kind: {"status": "all"} for kind in ("partners", "groups", "volunteers")}
FOUND = {
    "activities": "barista",
    "agreements": "W.BUATAN-000123",
    "partners": "harapan",
    "groups": "harapan",
    "volunteers": "zainal",
    "people": "zainal",
}
NOT_FOUND = "xqzvw"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with servers_in(options.folder, POKMAS_STATEMENT_TIMEOUT="0"):
        set_up()
        measure(options.rounds, options.only)
    return 0


# Both in one process


def set_up() -> None:
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    settings.INSTALLED_APPS.append("django.contrib.admin.apps.SimpleAdminConfig")
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    os.makedirs(settings.STATIC_ROOT, exist_ok=True)
    import_django()
    from django.urls import include, path

    settings.ROOT_URLCONF = (
        path("beside/", site().urls),
        path("", include("pokmas.urls")),
    )


def site():
    """An admin for whoever signs in, with what a changelist of the records needs."""
    from django.contrib import admin

    from agreements.models import Agreement
    from outreach.models import Activity
    from partners.models import CommunityGroup, Partnership, Volunteer
    from pokmas.accounts.models import User

    class Site(admin.AdminSite):
        def has_permission(self, request):
            # Rights are not asked here, so the admin does not pay for reading them.
            request.user.acting = None
            return request.user.is_active

    class Regions(admin.RelatedFieldListFilter):
        def field_choices(self, field, request, model_admin):
            regional = {"level": "regional"}
            return field.get_choices(include_blank=False, limit_choices_to=regional)

    class Records(admin.ModelAdmin):
        list_per_page = ROWS
        ordering = ["-created_at", "-pk"]

        def get_queryset(self, request):
            return self.model.objects.for_list()

        def has_module_permission(self, request):
            return True

        def _may(self, request, obj=None):
            return True

        has_view_permission = has_change_permission = has_delete_permission = _may
        has_add_permission = has_module_permission

    class Activities(Records):
        ordering = ["-held_on", "-pk"]
        list_display = ["title", "type", "held_on", "company", "office"]
        list_display += ["served", "status", "corrected"]
        list_filter = ["status", "type", "held_on", ("region", Regions)]
        search_fields = ["title", "place"]

        def company(self, activity):
            taking_part = [activity.group, *activity.partners.all()]
            return ", ".join(str(each) for each in taking_part if each)

        def served(self, activity):
            return activity.served

        def corrected(self, activity):
            return activity.superseded_on or activity.correction

    class Agreements(Records):
        list_display = ["title", "our_number", "partner", "office", "standing"]
        list_display += ["ends_on", "ending_in"]
        list_filter = ["status", "kind", ("region", Regions)]
        search_fields = ["title", "our_number", "partner_number", "partner__name"]

        def standing(self, agreement):
            return agreement.validity or agreement.get_status_display()

        def ending_in(self, agreement):
            return agreement.ending_in

    class Partners(Records):
        list_display = ["partner__name", "partner__reference", "partner__kind"]
        list_display += ["partner__regency", "office", "status"]
        list_filter = ["status", "partner__kind", "fields", ("region", Regions)]
        search_fields = ["partner__name", "partner__leader_name", "partner__village"]
        search_fields += ["partner__registration_number", "partner__reference"]

    class Groups(Records):
        list_display = ["name", "decree_number", "field", "members", "office", "status"]
        list_filter = ["status", "field", ("region", Regions)]
        search_fields = ["name", "decree_number"]

        def members(self, group):
            return group.members

    class Volunteers(Records):
        list_display = ["name", "reference", "can", "availability", "regency"]
        list_display += ["office", "stage", "status"]
        list_filter = ["status", "stage", "skills", ("region", Regions)]
        search_fields = ["name", "reference"]

        def get_queryset(self, request):
            return super().get_queryset(request).prefetch_related("skills")

        def can(self, volunteer):
            return ", ".join(str(skill) for skill in volunteer.skills.all())

    class People(Records):
        ordering = ["full_name", "pk"]
        list_display = ["full_name", "email", "title", "office_name", "assigned"]
        list_display += ["is_active"]
        list_filter = ["is_active", "assignments__role"]
        search_fields = ["full_name", "email"]

        def title(self, user):
            return user.title

        def office_name(self, user):
            return user.office_name

        def assigned(self, user):
            return user.assigned

    made = Site()
    made.register(Activity, Activities)
    made.register(Agreement, Agreements)
    made.register(Partnership, Partners)
    made.register(CommunityGroup, Groups)
    made.register(Volunteer, Volunteers)
    made.register(User, People)
    return made


def clients():
    """One who looks at the portal, and one at the admin."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    user = get_user_model().objects.get(email="pusat@buatan.test")
    ours, admin = Client(), Client()
    own, settings.MIDDLEWARE = settings.MIDDLEWARE, PLAIN
    admin.handler.load_middleware()
    settings.MIDDLEWARE = own
    for client in (ours, admin):
        client.force_login(user, BACKEND)
    return user, ours, admin


# The same question to both


def measure(rounds: int, only: str) -> None:
    user, ours, admin = clients()
    print(f"{'milliseconds':34} {'portal':>9} {'admin':>9} {'times faster':>13}")
    for kind in FOUND:
        if only not in ("", kind):
            continue
        for what, here, there in questions(kind, user):
            # The first answer of each is not counted, nor is a redirect an answer.
            for client, url in ((ours, here), (admin, there)):
                if client.get(url).status_code != 200:
                    raise SystemExit(f"{url}: no page")
            turns = [(once(ours, here), once(admin, there)) for _ in range(rounds)]
            portal, other = (min(times) for times in zip(*turns, strict=True))
            print(
                f"{kind:12}{what:22} {portal:9.1f} {other:9.1f} {other / portal:13.1f}",
                flush=True,
            )


def once(client, url: str) -> float:
    return sum(processor(lambda: client.get(url)))


def questions(kind: str, user):
    """What is asked, where the portal answers it, and where the admin does."""
    from urllib.parse import urlencode

    from django.urls import reverse

    table = tables()[kind]
    meta = table.model._meta
    page = reverse(table.list_page)
    beside = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    every = ALL.get(kind, {})

    def both(ours: dict, theirs: dict):
        return f"{page}?{urlencode(every | ours)}", f"{beside}?{urlencode(theirs)}"

    found, none = {"q": FOUND[kind]}, {"q": NOT_FOUND}
    number, after = deep(table, user)
    yield "first page", *both({}, {})
    yield "search, found", *both(found, found)
    yield "search, nothing found", *both(none, none)
    yield f"half way, {number:,}", *both({"after": after}, {"p": number})


def tables():
    from lists_sql import lists

    return {kind: table for kind, (table, _filters) in lists().items()}


def deep(table, user) -> tuple[int, str]:
    """The number of the page half way down, and what leads to it by key."""
    from urllib.parse import parse_qs

    from pokmas.lists.pages import Sorting
    from pokmas.lists.paging import KeysetPage

    rows = table.model.objects.visible_to(user)
    number = rows.count() // ROWS // 2
    rows, order = Sorting(table, {}).ordered(rows)
    page = KeysetPage(rows, {}, order=order)
    last = ROWS * (number - 1)
    page.rows, page.is_last = list(rows.order_by(*order)[last - 1 : last]), False
    return number, parse_qs(page.next_url[1:])["after"][0]


if __name__ == "__main__":
    sys.exit(main())
