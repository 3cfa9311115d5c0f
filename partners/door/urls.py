from django.urls import path

from partners.door import views
from partners.registry.models import Partnership
from partners.volunteers.models import Volunteer
from partners.volunteers.urls import HERE
from pokmas.steps import pages as steps

urlpatterns = [
    path("take-over/", views.take_over, name="take_over"),
    path("<int:pk>/print-slip/", views.print_slip, name="print_slip"),
    *steps.paths(Partnership, "revoke_slip"),
    path(
        f"{HERE}<int:pk>/print-slip/",
        views.volunteer_print_slip,
        name="volunteer_print_slip",
    ),
    *steps.paths(Volunteer, "revoke_slip", under=HERE),
]
