import gzip
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import psycopg
import pytest
from django import forms
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from pokmas.accounts.models import RoleOverride
from pokmas.accounts.permissions import PermissionMissing
from pokmas.accounts.roles import Role
from pokmas.front import manual, views
from pokmas.front.navigation import ENTRIES, navigation_for
from tests.factories import AssignmentFactory, PartnershipFactory, UserFactory, person

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/help/",
    "/accessibility/",
    *(f"/help/{slug}/" for slug in manual.ORDER),
]


class Outline(HTMLParser):
    """What a screen reader finds first: language, title, headings, landmarks."""

    def __init__(self, response):
        super().__init__()
        self.open, self.tags, self.title, self.lang = [], [], "", ""
        self.assets = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.open.append(tag)
        self.tags.append(tag)
        if tag == "html":
            self.lang = attrs["lang"]
        if tag in ("script", "img") and "src" in attrs:
            self.assets.append(attrs["src"])
        if tag == "link" and attrs["rel"] in ("stylesheet", "icon"):
            self.assets.append(attrs["href"])
        if tag == "use":
            self.assets.append(attrs["href"].split("#")[0])

    def handle_data(self, data):
        if self.open and self.open[-1] == "title":
            self.title += data

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass


@pytest.fixture
def first_look(settings):
    settings.FIRST_LOOK = True


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_is_open_to_nobody_signed_in_and_well_formed(client, url):
    response = client.get(url)

    outline = Outline(response)
    assert response.status_code == 200
    assert outline.lang == "id"
    assert outline.title.endswith(" – Pokmas")
    assert [outline.tags.count(tag) for tag in ("h1", "main")] == [1, 1]
    assert "Layanan ini tidak dipungut biaya." in response.content.decode()


def test_no_two_public_pages_have_the_same_title(client):
    titles = [Outline(client.get(url)).title for url in PUBLIC]

    assert len(titles) == len(set(titles))


def test_the_front_page_leads_to_registering_signing_in_and_checking(client):
    html = client.get("/").content.decode()

    assert reverse("partners:start") in html
    assert reverse("account_login") in html
    assert f'action="{reverse("documents:check")}"' in html


def test_who_is_known_goes_on_to_his_own_home(sign_in):
    response = sign_in(person(Role.UNIT_OPERATOR)).get("/")

    assert response.url == reverse("reports:home")


def test_an_unknown_help_page_is_not_found(client):
    assert client.get("/help/passwd/").status_code == 404


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kode PEMULIHAN", ["sign-in"]),
        ("urusan gabungkan penerusnya", ["offices"]),
        ("tidak-ada-kata-ini", []),
        (" ", []),
    ],
)
def test_help_is_found_by_words_in_any_order(client, text, found):
    response = client.get("/help/", {"q": text})

    assert [page.slug for page, _sections in response.context["found"]] == found


def test_a_passage_of_help_is_one_press_away(client):
    found = client.get("/help/", {"q": "kata sandi baru"}).text
    page = client.get("/help/sign-in/").text

    assert 'href="/help/sign-in/#lupa-kata-sandi"' in found
    assert '<h2 id="lupa-kata-sandi">' in page


def test_html_in_a_help_page_is_shown_and_not_obeyed():
    html = manual._markdown().render("<script>alert(1)</script>\n\n[x](javascript:1)")

    assert "<script>" not in html
    assert 'href="javascript' not in html


def test_every_help_file_is_in_the_order_and_has_a_summary():
    files = {path.stem for path in manual.FOLDER.glob("*.md")}

    assert files == set(manual.ORDER)
    assert set(manual.SLUG_OF_NAMESPACE.values()) <= files
    assert all(0 < len(page.summary) < 200 for page in manual.help_pages())


# Language and theme


def test_the_browsers_language_does_not_count(client):
    response = client.get("/", headers={"accept-language": "en-US,en;q=0.9"})

    assert Outline(response).lang == "id"


def test_english_once_chosen_stays(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    assert Outline(client.get("/")).lang == "en"


@pytest.mark.parametrize(
    ("cookie", "written"), [("dark", True), ("light", True), ('"><script>', False)]
)
def test_the_chosen_theme_is_written_by_the_server(client, cookie, written):
    client.cookies["theme"] = cookie

    html = client.get("/").content.decode()

    assert (f'data-bs-theme="{cookie}"' in html) == written
    assert ("data-bs-theme=" in html) == written


def test_the_portal_can_be_put_on_a_home_screen(client):
    content = client.get("/manifest.webmanifest").json()

    assert content["display"] == "standalone"
    for icon in content["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


# The style page


def test_the_style_page_does_not_exist_in_production(client):
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.parametrize("query", ["", "?wrong=1"])
def test_the_style_page_shows_every_component(client, first_look, query):
    response = client.get(f"/styleguide/{query}")

    used = {template.name for template in response.templates if template.name}
    folder = Path(django_settings.BASE_DIR) / "templates" / "components"
    # These show only to a person who is signed in, after a step, of a real record, or
    # in place of a list.
    signed_in = {
        *("_switcher.html", "_account_menu.html", "_bottom_bar.html"),
        *("_turn.html", "_actions.html", "_action.html"),
        *("_way.html", "_reason.html", "_papers.html", "_papers_gone.html"),
        *("_too_long.html", "_verdict.html", "_verdict_buttons.html"),
    }
    for path in folder.glob("*.html"):
        if path.name not in signed_in:
            assert f"components/{path.name}" in used, path.name
    assert Outline(response).tags.count("h1") == 1


def test_a_page_with_a_wrong_form_says_so_in_its_title(client, first_look):
    right = Outline(client.get("/styleguide/")).title
    wrong = Outline(client.get("/styleguide/?wrong=1")).title

    assert wrong == f"Kesalahan: {right}"


# Weight


def weight(*contents):
    return sum(len(gzip.compress(content, 9)) for content in contents)


def assets_of(response):
    """The files a first visit fetches, those that the style sheets name included."""
    found = {}
    for url in Outline(response).assets:
        name = url.removeprefix("/static/")
        found[name] = Path(finders.find(name)).read_bytes()
    for name in [name for name in found if name.endswith(".css")]:
        for inner in re.findall(rb"url\(\"?\.\./([^)\"]+)", found[name]):
            path = f"{inner.decode()}"
            found[path] = Path(finders.find(path)).read_bytes()
    return found


@pytest.mark.parametrize("url", ["/", "/help/", "/help/partners/", "/styleguide/"])
def test_a_first_visit_weighs_at_most_60_kb_and_a_later_one_20(client, first_look, url):
    response = client.get(url)

    later = weight(response.content)
    first = later + weight(*assets_of(response).values())
    assert later <= 20_000
    assert first <= 60_000


def test_a_page_of_a_signed_in_person_holds_the_budget_too(sign_in, first_look):
    response = sign_in(person(Role.HEADQUARTERS)).get("/styleguide/")

    assets = assets_of(response)
    assert any("htmx" in name for name in assets)
    assert weight(response.content, *assets.values()) <= 60_000


def test_who_is_not_signed_in_does_not_pay_for_htmx(client):
    assert not any("htmx" in name for name in Outline(client.get("/")).assets)


def test_the_icons_are_small():
    sprite = Path(finders.find("img/icons.svg")).read_bytes()

    assert len(sprite) < 6_000


# Navigation


@pytest.mark.parametrize("role", list(Role))
def test_the_navigation_offers_only_what_the_role_may_open(role):
    user = person(role)

    navigation = navigation_for(user, "/")

    offered = {item.url for item in [*navigation.work, *navigation.manage]}
    for entry in ENTRIES:
        needed = entry.permission
        needed = [needed] if isinstance(needed, str) else needed
        if needed and not any(user.has_perm(each) for each in needed):
            assert reverse(entry.view) not in offered
    assert len(navigation.bar) <= 4


@pytest.mark.parametrize(
    ("role", "bar"),
    [
        (Role.HEADQUARTERS, ["home", "partners", "agreements", "reports"]),
        (Role.REGIONAL_ADMIN, ["home", "partners", "agreements", "reports"]),
        (Role.UNIT_HEAD, ["home", "partners", "agreements", "outreach"]),
        (Role.UNIT_OPERATOR, ["home", "partners", "agreements", "outreach"]),
        (Role.PARTNER, ["home", "partners", "agreements", "outreach"]),
        (Role.VOLUNTEER, ["home", "mine", "outreach", "calendar"]),
    ],
)
def test_the_bar_below_the_thumb_leads_to_the_daily_work(role, bar):
    home = reverse("reports:home")
    pages = {
        name: home if name == "home" else reverse(f"{name}:index")
        for name in (
            *("home", "partners", "agreements", "outreach", "reports", "calendar"),
        )
    }

    pages["mine"] = reverse("partners:volunteer_mine")

    navigation = navigation_for(person(role), home)

    assert [item.url for item in navigation.bar] == [pages[name] for name in bar]


def test_the_deepest_entry_above_a_page_is_current():
    navigation = navigation_for(
        person(Role.UNIT_OPERATOR), reverse("partners:group_index") + "7/"
    )

    current = [item.url for item in navigation.work if item.current]
    assert current == [reverse("partners:group_index")]


def test_a_right_that_is_taken_away_leaves_the_navigation_at_once(sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR))
    link = f'<a class="nav-link" href="{reverse("partners:index")}"'
    before = link in client.get("/help/").content.decode()
    RoleOverride.objects.create(
        permission="partners.view_partner", role=Role.UNIT_OPERATOR, granted=False
    )

    after = link in client.get("/help/").content.decode()

    assert (before, after) == (True, False)


def test_who_acts_in_another_role_is_given_its_navigation(sign_in):
    user = person(Role.UNIT_OPERATOR)
    other = AssignmentFactory(user=user, role=Role.HEADQUARTERS)
    client = sign_in(user)
    link = f'href="{reverse("jobs:index")}"'
    before = link in client.get("/help/").content.decode()
    client.post(reverse("accounts:switch"), {"assignment": other.pk})

    after = link in client.get("/help/").content.decode()

    assert (before, after) == (False, True)


def test_who_has_no_assignment_yet_sees_the_own_registration():
    urls = [item.url for item in navigation_for(UserFactory(), "/").work]

    assert reverse("partners:mine") in urls
    assert reverse("partners:index") not in urls


def test_an_officer_whose_post_begins_later_is_no_applicant():
    later = timezone.localdate() + timedelta(days=2)
    officer = AssignmentFactory(starts_on=later).user

    urls = [item.url for item in navigation_for(officer, "/").work]

    assert reverse("partners:mine") not in urls


@pytest.mark.parametrize("view", [entry.view for entry in ENTRIES])
def test_every_entry_of_the_navigation_has_its_page(view):
    assert reverse(view)


# What every page of a signed-in person has


def test_the_header_says_in_which_role_one_acts_and_offers_the_others(sign_in):
    user = person(Role.UNIT_OPERATOR)
    other = AssignmentFactory(user=user, role=Role.AMBASSADOR)

    html = sign_in(user).get("/help/").content.decode()

    assert "Operator UPT" in html
    assert f'name="assignment" value="{other.pk}"' in html
    assert f'action="{reverse("accounts:switch")}"' in html


def test_the_banner_stands_only_over_a_first_look(client, settings):
    assert "rekaan" not in client.get("/help/").content.decode()
    settings.FIRST_LOOK = True
    assert "rekaan" in client.get("/help/").content.decode()


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.UNIT_OPERATOR])
def test_the_turn_box_tells_whose_turn_it_is(rf, role):
    partner = PartnershipFactory(status="verifying")
    request = rf.get("/")
    request.user = person(role, partner.office)

    html = render_to_string("components/_turn.html", {"object": partner}, request)

    assert "Kepala UPT" in html
    assert "Kepala Kanwil, Admin Kanwil diberi tahu bila terlambat." in html
    assert ("Giliran Anda" in html) == (role == Role.UNIT_HEAD)


# When something is wrong


def test_a_page_that_is_not_there_shows_a_way_on(client):
    response = client.get("/tidak-ada/")

    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()
    assert Outline(response).tags.count("h1") == 1


def test_a_refusal_says_which_role_may_and_who_grants_it(rf):
    request = rf.get("/")
    request.user = person(Role.UNIT_OPERATOR)

    response = views.permission_denied(
        request, PermissionMissing("partners.approve_partner")
    )

    html = response.content.decode()
    assert response.status_code == 403
    assert "Menyetujui mitra" in html
    assert "Kepala UPT" in html


def test_a_refusal_without_a_known_permission_explains_itself_too(rf):
    request = rf.get("/")
    request.user = person(Role.UNIT_OPERATOR)

    response = views.permission_denied(request)

    assert "hubungi kepala unit" in response.content.decode()


def test_a_request_that_cannot_be_read_gets_advice(rf):
    response = views.bad_request(rf.get("/"), BadRequest())

    assert (response.status_code, b"Belum ada yang disimpan" in response.content) == (
        400,
        True,
    )


def _raise(error, view):
    """Answer as Django does when a view has raised `error`."""
    try:
        raise error
    except type(error):
        return view(RequestFactory().get("/"))


def test_our_own_fault_is_admitted_without_asking_the_database(
    django_assert_num_queries,
):
    with django_assert_num_queries(0):
        response = _raise(ValueError("rahasia"), views.server_error)

    html = response.content.decode()
    assert response.status_code == 500
    assert "bukan pada Anda" in html
    assert "rahasia" not in html


@pytest.mark.parametrize("error", [OperationalError, psycopg.OperationalError])
def test_a_database_that_is_away_is_said_to_come_back(error):
    response = _raise(error("connection refused"), views.server_error)

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "refused" not in response.content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/help/start/", "/help/start/"),
        ("https://jahat.test/", "/"),
        ("javascript:alert(1)", "/"),
        (None, "/"),
    ],
)
def test_an_outdated_form_leads_back_to_itself_and_nowhere_else(referer, back):
    client = Client(enforce_csrf_checks=True)
    headers = {"referer": referer} if referer else {}

    response = client.post(reverse("set_language"), {"language": "en"}, headers=headers)

    html = response.content.decode()
    assert response.status_code == 403
    assert "Formulir sudah kedaluwarsa" in html
    assert f'class="btn btn-primary" href="{back}"' in html


def test_a_refused_password_is_not_called_kept(client):
    answer = client.post(
        reverse("account_login"), {"login": "ana@uji.test", "password": "salah"}
    )

    page = answer.content.decode()
    assert "Ada yang perlu diperbaiki" in page
    assert "Isian Anda masih ada" not in page


def test_a_label_that_is_a_sentence_is_joined_without_its_stop():
    class Agreeing(forms.Form):
        agreed = forms.BooleanField(label="Saya setuju pada naskah itu.")
        named = forms.CharField(label="Nama")

    page = render_to_string("components/_errors.html", {"form": Agreeing({})})

    assert "Saya setuju pada naskah itu: " in page
    assert "Isian Anda masih ada, tetapi belum disimpan." in page


def test_the_profile_names_the_language_in_use_and_offers_the_other(sign_in):
    page = sign_in(UserFactory()).get(reverse("accounts:me")).content.decode()

    assert '<dd lang="id">Bahasa Indonesia</dd>' in page
    assert 'name="language" value="en"' in page
