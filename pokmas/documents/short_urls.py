"""The address in every QR, short enough to be typed: /v/7KQM-2XVD-9TRB/."""

from django.urls import path

from pokmas.documents import views

urlpatterns = [path("<str:code>/", views.check_code, name="check_code")]
