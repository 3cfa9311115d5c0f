from django.urls import path

from partners.merging import views

urlpatterns = [
    path("<int:pk>/alike/<int:partner_pk>/merge/", views.merge, name="merge"),
    path("known/<int:pk>/merged/", views.merged, name="merged"),
]
