from django.urls import path

from partners.registration import status, views
from partners.registry.models import Partnership
from pokmas.steps import pages as steps

urlpatterns = [
    *steps.paths(Partnership, "correct", "discard", "withdraw"),
    path("start/", views.start, name="start"),
    path("status/", status.status, name="status"),
    path("mine/", views.mine, name="mine"),
    path("register/", views.register, name="register"),
    path("create/", views.create, name="create"),
    path("<int:pk>/place/", views.place, name="place"),
    path("<int:pk>/identity/", views.identity, name="identity"),
    path("<int:pk>/work/", views.work, name="work"),
    path(
        "<int:pk>/papers/<int:paper_pk>/remove/",
        views.remove_paper,
        name="remove_paper",
    ),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/submitted/", views.submitted, name="submitted"),
]
