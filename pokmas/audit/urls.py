from django.urls import path

from pokmas.audit import views

app_name = "audit"

urlpatterns = [
    path("", views.index, name="index"),
    path("chain/", views.chain, name="chain"),
    path("chain/inspect/", views.inspect, name="inspect"),
    path("<str:kind>/<int:pk>/", views.record, name="record"),
]
