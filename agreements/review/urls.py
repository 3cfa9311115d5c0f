from django.urls import path

from agreements.register.models import Agreement
from agreements.review import views
from pokmas.steps import pages as steps

urlpatterns = [
    path("<int:pk>/review/", views.review, name="review"),
    *steps.paths(Agreement, "submit", "reopen"),
]
