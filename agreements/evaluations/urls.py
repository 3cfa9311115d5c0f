from django.urls import path

from agreements.evaluations import views
from agreements.register.models import Agreement
from pokmas.steps import pages as steps

urlpatterns = [
    *steps.paths(Agreement, "evaluate"),
    path("<int:pk>/report-end/", views.report_end, name="report_end"),
    path("<int:pk>/confirm-evaluation/", views.confirm, name="confirm_evaluation"),
    path("evaluations/<int:pk>/", views.evaluation, name="evaluation"),
]
