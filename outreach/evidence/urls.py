from django.urls import path

from outreach.evidence import views

urlpatterns = [
    path("photos/<int:pk>/review/", views.review_photo, name="review_photo"),
]
