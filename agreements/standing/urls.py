from django.urls import path

from agreements.register.models import Agreement
from partners.models import Partner
from pokmas.steps import pages as steps

urlpatterns = [
    path("of-partner/<int:pk>/end/", steps.page(Partner, "end"), name="end_partner"),
    *steps.paths(Agreement, "rectify", "suspend", "resume", "terminate"),
]
