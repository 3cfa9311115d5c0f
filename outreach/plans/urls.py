from django.urls import path

from outreach.activities.models import Activity
from outreach.plans import views
from pokmas.steps import pages as steps

urlpatterns = [
    path("create/", views.create, name="create"),
    *steps.paths(Activity, "bring_back"),
]
