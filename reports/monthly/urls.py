from django.urls import path

from pokmas.steps import pages as steps
from reports.monthly import views
from reports.monthly.models import Report

urlpatterns = [
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/figures.xlsx", views.figures, name="figures"),
    path("<int:pk>/explain/", views.explain, name="explain"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    *steps.paths(
        Report,
        *("rebuild", "refresh", "take_word", "submit", "answer", "keep_signed"),
    ),
]
