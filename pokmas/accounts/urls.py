from django.urls import path

from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.views import entrance, own, people, requests, roles, substitutes
from pokmas.steps import pages as steps

app_name = "accounts"

urlpatterns = [
    # The own account
    path("me/", own.me, name="me"),
    path("me/edit/", own.edit, name="edit"),
    path("me/history/", own.my_history, name="my_history"),
    path("me/consent/give/", own.give_consent, name="give_consent"),
    path(
        "me/consent/<int:pk>/withdraw/", own.withdraw_consent, name="withdraw_consent"
    ),
    path("me/devices/<int:pk>/end/", own.end_session, name="end_session"),
    path("me/devices/end-all/", own.end_all_sessions, name="end_all_sessions"),
    path("me/substitutes/", substitutes.index, name="substitutes"),
    path("me/substitutes/<int:pk>/end/", substitutes.end, name="end_substitute"),
    path("switch/", own.switch, name="switch"),
    path("second-factor/", own.second_factor, name="second_factor"),
    path("second-factor/codes/", own.save_codes, name="save_codes"),
    path("consent/<slug:purpose>/", own.consent_text, name="consent_text"),
    path("farewell/", own.farewell, name="farewell"),
    # Coming in
    path("invitation/<str:token>/", entrance.accept, name="accept"),
    path("go-on/", entrance.go_on, name="go_on"),
    path("resume/", entrance.show_kept, name="resume"),
    path("resume/drop/", entrance.drop_kept, name="drop_kept"),
    # Requests for one more assignment
    path("requests/", requests.index, name="request_index"),
    path("requests/create/", requests.create, name="request_create"),
    path("requests/<int:pk>/", requests.detail, name="request_detail"),
    *steps.paths(
        AssignmentRequest, "approve", "decline", "withdraw", under="requests/"
    ),
    # Roles
    path("roles/", roles.index, name="roles"),
    path("roles/<str:name>/", roles.change, name="change_role"),
    # The people of the branch
    path("", people.index, name="index"),
    path("invite/", people.invite, name="invite"),
    path("<int:pk>/", people.detail, name="detail"),
    path("<int:pk>/history/", people.history, name="history"),
    path("<int:pk>/invite-again/", people.invite_again, name="invite_again"),
    path("<int:pk>/assign/", people.assign, name="assign"),
    path("<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path(
        "<int:pk>/reset-second-factor/",
        people.reset_second_factor,
        name="reset_second_factor",
    ),
    path("assignments/<int:pk>/end/", people.end, name="end"),
]
