from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("home/", views.home, name="home"),
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/narrate/", views.narrate, name="narrate"),
    path("<int:pk>/rebuild/", views.rebuild, name="rebuild"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/send-back/", views.send_back, name="send_back"),
]
