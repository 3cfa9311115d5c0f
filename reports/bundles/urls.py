from django.urls import path

from reports.bundles import views

urlpatterns = [
    path("evidence/", views.index, name="bundles"),
    path("evidence/item/", views.item, name="bundle"),
    path("evidence/item/make/", views.make, name="bundle_make"),
    path("evidence/item/add/", views.add, name="bundle_add"),
    path("evidence/files/<int:pk>/remove/", views.remove, name="bundle_remove"),
]
