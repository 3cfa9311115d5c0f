from django.urls import path

from agreements.drafting import views
from agreements.feasibility.models import Feasibility
from agreements.feasibility.urls import HERE
from agreements.register.models import Agreement
from pokmas.steps import pages as steps

urlpatterns = [
    path("create/", views.create, name="create"),
    path("<int:pk>/change/", views.change, name="change"),
    *steps.paths(Feasibility, "draft", under=HERE),
    *steps.paths(Agreement, "discuss", "derive"),
]
