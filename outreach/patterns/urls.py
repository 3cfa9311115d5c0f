from django.urls import path

from outreach.activities.models import Activity
from outreach.patterns import views
from pokmas.steps import pages as steps

urlpatterns = [
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/<int:pk>/", views.change_pattern, name="change_pattern"),
    *steps.paths(Activity, "keep_pattern"),
]
