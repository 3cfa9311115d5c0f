from django.urls import path

from agreements.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/feed/", views.feed, name="feed"),
    path("calendar/feed/close/", views.close_feed, name="close_feed"),
    path("calendar/<str:token>.ics", views.feed_file, name="feed_file"),
    path("regions/", views.region_months, name="region_months"),
    path("regions/open/", views.open_month, name="open_month"),
    path("regions/<int:pk>/", views.region_month, name="region_month"),
]
