from django.urls import path

from partners.vetting import views

urlpatterns = [
    path("<int:pk>/verify/", views.verify, name="verify"),
    path("<int:pk>/decide/", views.decide, name="decide"),
]
