from django.urls import path

from pokmas.numbering import views

app_name = "numbering"

urlpatterns = [
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("books/", views.books, name="books"),
    path("books/<int:pk>/", views.book, name="book"),
    path("books/<int:pk>/continue/", views.continue_book, name="continue"),
    path("settings/", views.settings, name="settings"),
    path("settings/<str:kind>/", views.template, name="template"),
]
