from django.urls import path

from partners.views import groups, lists, partners, registration

app_name = "partners"

urlpatterns = [
    path("", partners.index, name="index"),
    path("start/", registration.start, name="start"),
    path("mine/", registration.mine, name="mine"),
    path("register/", registration.register, name="register"),
    path("create/", registration.create, name="create"),
    path("<int:pk>/", partners.detail, name="detail"),
    path("<int:pk>/place/", registration.place, name="place"),
    path("<int:pk>/identity/", registration.identity, name="identity"),
    path("<int:pk>/work/", registration.work, name="work"),
    path(
        "<int:pk>/papers/<int:paper_pk>/remove/",
        registration.remove_paper,
        name="remove_paper",
    ),
    path("<int:pk>/check/", registration.check, name="check"),
    path("<int:pk>/submit/", registration.submit, name="submit"),
    path("<int:pk>/submitted/", registration.submitted, name="submitted"),
    path("<int:pk>/verify/", partners.verify, name="verify"),
    path("<int:pk>/decide/", partners.decide, name="decide"),
    path("<int:pk>/suspend/", partners.suspend, name="suspend"),
    path("<int:pk>/resume/", partners.resume, name="resume"),
    path("groups/", groups.index, name="group_index"),
    path("groups/compliance/", groups.compliance, name="group_compliance"),
    path("groups/create/", groups.create, name="group_create"),
    path("groups/<int:pk>/", groups.detail, name="group_detail"),
    path("groups/<int:pk>/change/", groups.change, name="group_change"),
    path("groups/<int:pk>/add-member/", groups.add_member, name="group_add_member"),
    path(
        "groups/<int:pk>/members/<int:membership_pk>/end/",
        groups.end_member,
        name="group_end_member",
    ),
    path("groups/<int:pk>/assess/", groups.assess, name="group_assess"),
    path("groups/<int:pk>/establish/", groups.establish, name="group_establish"),
    path("groups/<int:pk>/inaugurate/", groups.inaugurate, name="group_inaugurate"),
    path("groups/<int:pk>/rest/", groups.rest, name="group_rest"),
    path("groups/<int:pk>/revive/", groups.revive, name="group_revive"),
    path("groups/<int:pk>/dissolve/", groups.dissolve, name="group_dissolve"),
    path("fields/", lists.fields, name="fields"),
    path("fields/add/", lists.add_field, name="add_field"),
    path("fields/<int:pk>/change/", lists.change_field, name="change_field"),
    path("criteria/", lists.criteria, name="criteria"),
    path("criteria/add/", lists.add_criterion, name="add_criterion"),
    path("criteria/<int:pk>/change/", lists.change_criterion, name="change_criterion"),
    path("rules/", lists.rules, name="rules"),
    path("rules/add/", lists.add_rule, name="add_rule"),
]
