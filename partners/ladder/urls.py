from django.urls import path

from partners.ladder import views
from partners.volunteers.models import Volunteer
from partners.volunteers.urls import HERE
from pokmas.steps import pages as steps

urlpatterns = [
    path(f"{HERE}<int:pk>/stages/", views.stages, name="volunteer_stages"),
    *steps.paths(Volunteer, "promote", under=HERE),
]
