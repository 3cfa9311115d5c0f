from django.urls import path

from pokmas.calendar import views

app_name = "calendar"

urlpatterns = [
    path("", views.index, name="index"),
    path("feed/", views.feed, name="feed"),
    path("feed/close/", views.close_feed, name="close_feed"),
    path("<str:token>.ics", views.feed_file, name="feed_file"),
]
