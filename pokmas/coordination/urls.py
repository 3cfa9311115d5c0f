from django.urls import path

from pokmas.coordination import views
from pokmas.coordination.models import Task
from pokmas.steps import pages as steps

app_name = "coordination"

urlpatterns = [
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    *steps.paths(Task, "assign", "finish", "write", "hand_back", "give_again"),
    *steps.paths(Task, "reopen", "withdraw"),
]
