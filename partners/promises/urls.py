from django.urls import path

from partners.promises import views
from partners.volunteers.urls import HERE

urlpatterns = [
    path(f"{HERE}<int:pk>/promise/", views.promise, name="volunteer_promise"),
]
