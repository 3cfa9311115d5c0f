from django.urls import path

from agreements.archive import views
from agreements.register.models import Agreement
from pokmas.steps import pages as steps

urlpatterns = [
    path("scans/", views.scans, name="scans"),
    *steps.paths(Agreement, "add_scan", "remove_scan"),
]
