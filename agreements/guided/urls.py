from django.urls import path

from agreements.guided import views
from partners.models import Partnership
from pokmas.steps import pages as steps

urlpatterns = [
    path("<int:pk>/guide/", views.guide, name="guide"),
    path(
        "partnerships/<int:pk>/guide/",
        steps.page(Partnership, "guide"),
        name="guide_partner",
    ),
]
