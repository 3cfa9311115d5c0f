from django.urls import path

from agreements.feasibility import views
from agreements.feasibility.models import Feasibility
from pokmas.steps import pages as steps

HERE = "feasibility/"

urlpatterns = [
    path(HERE, views.index, name="feasibility_index"),
    path(f"{HERE}create/", views.create, name="feasibility_create"),
    path(f"{HERE}<int:pk>/", views.detail, name="feasibility_detail"),
    path(f"{HERE}<int:pk>/change/", views.change, name="feasibility_change"),
    path(f"{HERE}<int:pk>/answer/", views.answer, name="feasibility_answer"),
    path(f"{HERE}<int:pk>/decide/", views.decide, name="feasibility_decide"),
    *steps.paths(Feasibility, "submit", under=HERE),
]
