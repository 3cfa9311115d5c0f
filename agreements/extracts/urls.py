from django.urls import path

from agreements.extracts import views

urlpatterns = [
    path("<int:pk>/extract/", views.extract, name="extract"),
    path("<int:pk>/extract/progress/", views.extract_progress, name="extract_progress"),
]
