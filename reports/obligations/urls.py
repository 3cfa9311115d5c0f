from django.urls import path

from reports.obligations import views

urlpatterns = [
    path("matrix/", views.matrix, name="matrix"),
    path("due/", views.due, name="due"),
    path("remind/", views.remind, name="remind"),
]
