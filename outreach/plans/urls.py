from django.urls import path

from outreach.plans import views

urlpatterns = [path("create/", views.create, name="create")]
