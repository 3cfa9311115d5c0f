from django.urls import path

from partners.renewal import views

urlpatterns = [
    path("<int:pk>/reexamine/", views.reexamine, name="reexamine"),
    path("<int:pk>/prolong/", views.prolong, name="prolong"),
]
