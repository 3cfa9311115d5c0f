from django.urls import path

from outreach.evidence import views

urlpatterns = [
    path("photos/<int:pk>/", views.edit_photo, name="edit_photo"),
    path("photos/<int:pk>/refuse/", views.refuse_photo, name="refuse_photo"),
    path("photos/<int:pk>/review/", views.review_photo, name="review_photo"),
]
