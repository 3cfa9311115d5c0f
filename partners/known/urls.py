from django.urls import path

from partners.known import views

urlpatterns = [
    path("seek/", views.seek, name="seek"),
    path("<int:pk>/alike/", views.alike, name="alike"),
    path("<int:pk>/typed/", views.typed, name="typed"),
    path("<int:pk>/alike/<int:partner_pk>/apart/", views.set_apart, name="set_apart"),
    path("<int:pk>/alike/<int:partner_pk>/ask/", views.ask_units, name="ask_units"),
    path("<int:pk>/alike/<int:partner_pk>/back/", views.take_back, name="take_back"),
]
