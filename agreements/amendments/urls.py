from django.urls import path

from agreements.amendments import views

urlpatterns = [path("<int:pk>/amend/", views.amend, name="amend")]
