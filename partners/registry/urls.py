from django.urls import path

from partners.registry import views

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.detail, name="detail"),
    path("known/<int:pk>/", views.partner, name="partner"),
]
