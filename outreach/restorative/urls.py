from django.urls import path

from outreach.restorative import views

urlpatterns = [path("restorative/", views.index, name="restorative_index")]
