from django.urls import path

from outreach.activities.models import Activity
from outreach.attended import views
from outreach.attended.models import Attendance
from pokmas.steps import pages as steps

urlpatterns = [
    path("invitations/", views.index, name="attendance_index"),
    path("invitations/<int:pk>/", views.detail, name="attendance_detail"),
    path("speakers/<int:pk>/remove/", views.remove_speaker, name="speaker_remove"),
    path("materials/<int:pk>/remove/", views.remove_material, name="material_remove"),
    *steps.paths(Activity, "invite", "remind", "add_speaker", "add_material"),
    *steps.paths(
        Attendance,
        *("confirm", "decline", "state", "withdraw"),
        under="invitations/",
    ),
]
