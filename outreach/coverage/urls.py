from django.urls import path

from outreach.activities.models import Activity
from outreach.coverage import views
from pokmas.steps import pages as steps

urlpatterns = [
    path("coverage/", views.index, name="coverage_index"),
    path("coverage/<int:pk>/remove/", views.remove, name="coverage_remove"),
    *steps.paths(Activity, "cover"),
]
