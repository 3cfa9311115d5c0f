from django.urls import path

from pokmas.steps import pages as steps
from reports.guidelines import views
from reports.guidelines.models import Guideline

UNDER = "guidelines/"

urlpatterns = [
    path(UNDER, views.index, name="guideline_index"),
    path(f"{UNDER}create/", views.create, name="guideline_create"),
    path(f"{UNDER}<int:pk>/", views.detail, name="guideline_detail"),
    path(f"{UNDER}<int:pk>/change/", views.change, name="guideline_change"),
    path(f"{UNDER}<int:pk>/revise/", views.revise, name="guideline_revise"),
    path(f"{UNDER}<int:pk>/units/", views.units, name="guideline_units"),
    path(f"{UNDER}<int:pk>/partners/", views.partners, name="guideline_partners"),
    *steps.paths(Guideline, "acknowledge", "publish", "discard", under=UNDER),
    *steps.paths(Guideline, "remind", "withdraw", under=UNDER),
]
