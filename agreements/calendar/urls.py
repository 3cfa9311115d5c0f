from django.urls import path

from agreements.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<str:token>.ics", views.moved_feed, name="moved_feed"),
    path("regions/", views.region_months, name="region_months"),
    path("regions/open/", views.open_month, name="open_month"),
    path("regions/<int:pk>/", views.region_month, name="region_month"),
]
