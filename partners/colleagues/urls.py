from django.urls import path

from partners.colleagues import views

urlpatterns = [
    path("<int:pk>/colleagues/", views.colleagues, name="colleagues"),
    path(
        "<int:pk>/colleagues/<int:colleague_pk>/remove/",
        views.remove,
        name="remove_colleague",
    ),
    path("join/<str:token>/", views.join, name="join"),
]
