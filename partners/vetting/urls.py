from django.urls import path

from partners.registry.models import Partnership
from partners.vetting import views
from pokmas.steps import pages as steps

urlpatterns = [
    path("queue/", views.queue, name="queue"),
    *steps.paths(Partnership, "take", "hand_over", "put_back"),
    path("<int:pk>/verify/", views.verify, name="verify"),
    path("<int:pk>/decide/", views.decide, name="decide"),
]
