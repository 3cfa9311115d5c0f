from django.urls import path

from outreach.activities.models import Activity
from outreach.told import views
from pokmas.steps import pages as steps

urlpatterns = [
    path("news/<int:pk>/", views.news, name="news"),
    *steps.paths(Activity, "write"),
]
