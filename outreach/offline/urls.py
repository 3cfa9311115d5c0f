from django.urls import path

from outreach.offline import views

urlpatterns = [
    path("offline/", views.offline, name="offline"),
    path("offline/state/", views.offline_state, name="offline_state"),
    path("offline/photo/", views.offline_photo, name="offline_photo"),
    path("offline/entry/", views.offline_entry, name="offline_entry"),
]
