from partners.volunteers.models import Volunteer
from partners.volunteers.urls import HERE
from pokmas.steps import pages as steps

urlpatterns = steps.paths(Volunteer, "renew", under=HERE)
