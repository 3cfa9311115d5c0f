from django.urls import path

from partners.imports import views

urlpatterns = [
    path("groups/<int:pk>/members/sheet/", views.members, name="group_members"),
]
