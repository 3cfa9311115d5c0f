from django.urls import path

from pokmas.reference import views

app_name = "reference"

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:slug>/", views.index, name="index"),
    path("<slug:slug>/create/", views.create, name="create"),
    path("<slug:slug>/<int:pk>/change/", views.change, name="change"),
    path("<slug:slug>/<int:pk>/archive/", views.archive, name="archive"),
    path("<slug:slug>/<int:pk>/restore/", views.restore, name="restore"),
]
