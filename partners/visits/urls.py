from django.urls import path

from partners.visits import views

urlpatterns = [path("<int:pk>/visit/", views.visit, name="visit")]
