from django.urls import path

from outreach.series import views

urlpatterns = [
    path("create/series/", views.create_series, name="create_series"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/bring-back/", views.bring_back, name="bring_back"),
]
