from django.urls import path

from outreach.results import views

urlpatterns = [
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/verify/", views.verify, name="verify"),
]
