from django.urls import path

from agreements.drafting import views
from agreements.register.models import Agreement
from pokmas.steps import pages as steps

urlpatterns = [
    path("create/", views.create, name="create"),
    path("<int:pk>/change/", views.change, name="change"),
    *steps.paths(Agreement, "discuss"),
]
