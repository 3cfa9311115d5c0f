from django.urls import path

from agreements.register.models import Agreement
from partners.models import Partnership
from pokmas.steps import pages as steps

urlpatterns = [
    path(
        "partnerships/<int:pk>/end/",
        steps.page(Partnership, "end"),
        name="end_partnership",
    ),
    *steps.paths(Agreement, "rectify", "suspend", "resume", "terminate", "drop"),
]
