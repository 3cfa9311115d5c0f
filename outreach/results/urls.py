from django.urls import path

from outreach.activities.models import Activity
from outreach.results import views
from pokmas.steps import pages as steps

urlpatterns = [
    path("queue/", views.queue, name="queue"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/verify/", views.verify, name="verify"),
    *steps.paths(Activity, "add_photos", "take_back"),
]
