from django.urls import path

from agreements.guided import views

urlpatterns = [path("<int:pk>/guide/", views.guide, name="guide")]
