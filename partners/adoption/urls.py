from django.urls import path

from partners.adoption import views
from partners.registry.models import Partnership
from pokmas.steps import pages as steps

urlpatterns = [
    path("propose/<str:sign>/", views.propose, name="propose"),
    path("<int:pk>/mend-proposal/", views.mend_proposal, name="mend_proposal"),
    *steps.paths(
        Partnership, "adopt", "send_back", "propose_again", "drop_proposal", "turn_down"
    ),
]
