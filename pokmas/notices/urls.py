from django.urls import path

from pokmas.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.index, name="index"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/open/", views.open_notice, name="open"),
    path("<int:pk>/read/", views.read, name="read"),
    path("preferences/", views.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("whatsapp/<str:model>/<int:pk>/<slug:kind>/", views.whatsapp, name="whatsapp"),
    path(
        "whatsapp/<str:model>/<int:pk>/<slug:kind>/open/",
        views.open_whatsapp,
        name="open_whatsapp",
    ),
]
