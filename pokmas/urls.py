"""Every address of the portal; apps are named as strings, so none is imported."""

from django.urls import include, path

from pokmas.front import views

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_index, name="help"),
    path("help/<slug:slug>/", views.help_page, name="help_page"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("styleguide/", views.style_page, name="styleguide"),
    path("accounts/", include("allauth.urls")),
    path("people/", include("pokmas.accounts.urls")),
    path("offices/", include("pokmas.offices.urls")),
    path("audit/", include("pokmas.audit.urls")),
    path("jobs/", include("pokmas.jobs.urls")),
    path("documents/", include("pokmas.documents.urls")),
    path("papers/", include("pokmas.papers.urls")),
    path("v/", include("pokmas.documents.short_urls")),
    path("notices/", include("pokmas.notices.urls")),
    path("health/", include("pokmas.health.urls")),
    path("reference/", include("pokmas.reference.urls")),
    path("imports/", include("pokmas.imports.urls")),
    path("tasks/", include("pokmas.coordination.urls")),
    path("numbers/", include("pokmas.numbering.urls")),
    path("calendar/", include("pokmas.calendar.urls")),
    path("partners/", include("partners.urls")),
    path("agreements/", include("agreements.urls")),
    path("activities/", include("outreach.urls")),
    path("reports/", include("reports.urls")),
    path("search/", include("pokmas.search.urls")),
    path("language/", views.set_language, name="set_language"),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.not_found
handler500 = views.server_error
