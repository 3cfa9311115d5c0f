from django.urls import path

from outreach.programmes import views
from outreach.programmes.models import Programme
from pokmas.steps import pages as steps

urlpatterns = [
    path("programmes/", views.index, name="programme_index"),
    path("programmes/phases/", views.overview, name="programme_overview"),
    path("programmes/create/", views.create, name="programme_create"),
    path("programmes/<int:pk>/", views.detail, name="programme_detail"),
    path("programmes/<int:pk>/judge/", views.judge, name="programme_judge"),
    *steps.paths(
        Programme, "write", "hand_over", "stop", "resume", under="programmes/"
    ),
]
