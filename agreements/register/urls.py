from django.urls import path

from agreements.register import views

urlpatterns = [
    path("", views.index, name="index"),
    path("of-partner/<int:partner_pk>/", views.of_partner, name="of_partner"),
    path("<int:pk>/", views.detail, name="detail"),
]
