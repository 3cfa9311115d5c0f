from django.urls import path

from agreements.register.models import Agreement
from agreements.signing import views
from pokmas.steps import pages as steps

urlpatterns = [
    path("signing-days/", views.signing_days, name="signing_days"),
    path("signing-days/create/", views.plan_signing_day, name="plan_signing_day"),
    path("signing-days/<int:pk>/", views.signing_day, name="signing_day"),
    path(
        "signing-days/<int:pk>/change/",
        views.change_signing_day,
        name="change_signing_day",
    ),
    path(
        "signing-days/<int:pk>/call-off/",
        views.call_off_signing_day,
        name="call_off_signing_day",
    ),
    path(
        "signing-days/<int:pk>/number/",
        views.number_signing_day,
        name="number_signing_day",
    ),
    *steps.paths(Agreement, "number", "renumber", "srikandi", "sign"),
]
