from django.urls import path

from agreements.proofs import views
from agreements.register.models import Agreement
from pokmas.steps import pages as steps

urlpatterns = [
    path("<int:pk>/proofs/", views.proofs, name="proofs"),
    path("<int:pk>/prove/", views.prove, name="prove"),
    *steps.paths(Agreement, "lock_baseline"),
]
