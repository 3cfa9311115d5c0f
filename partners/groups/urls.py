from django.urls import path

from partners.groups import views
from partners.groups.models import CommunityGroup
from pokmas.steps import pages as steps

urlpatterns = [
    path("groups/", views.index, name="group_index"),
    path("groups/compliance/", views.compliance, name="group_compliance"),
    path("groups/create/", views.create, name="group_create"),
    path("groups/<int:pk>/", views.detail, name="group_detail"),
    path("groups/<int:pk>/change/", views.change, name="group_change"),
    path(
        "groups/<int:pk>/members/<int:membership_pk>/end/",
        views.end_member,
        name="group_end_member",
    ),
    path(
        "groups/<int:pk>/members/<int:membership_pk>/role/",
        views.change_role,
        name="group_change_role",
    ),
    *steps.paths(
        CommunityGroup,
        "add_member",
        "assess",
        "establish",
        "send_back",
        "plan_ceremony",
        "revoke",
        "inaugurate",
        "revive",
        "rest",
        "withdraw",
        "dissolve",
        under="groups/",
    ),
]
