from django.urls import path

from pokmas.papers import views

app_name = "papers"

urlpatterns = [
    path("<str:kind>/<int:pk>/", views.ask, name="ask"),
    path("<str:kind>/<int:pk>/progress/", views.progress, name="progress"),
]
