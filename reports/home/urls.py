from django.urls import path

from reports.home import views

urlpatterns = [
    path("home/", views.home, name="home"),
    path("units/<int:pk>/", views.units, name="units"),
]
