from django.urls import path

from outreach.pasted import views

urlpatterns = [
    path("paste/", views.paste, name="paste"),
    path("paste/placed/", views.placed, name="placed"),
]
