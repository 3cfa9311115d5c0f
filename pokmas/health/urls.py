from django.urls import path

from pokmas.health import views

app_name = "health"

urlpatterns = [
    path("", views.status, name="status"),
    path("live/", views.live, name="live"),
    path("ready/", views.ready, name="ready"),
]
