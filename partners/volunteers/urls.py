from django.urls import path

from partners.volunteers import views
from partners.volunteers.models import Volunteer
from pokmas.steps import pages as steps

HERE = "volunteers/"

urlpatterns = [
    path(HERE, views.index, name="volunteer_index"),
    path(f"{HERE}start/", views.start, name="volunteer_start"),
    path(f"{HERE}mine/", views.mine, name="volunteer_mine"),
    path(f"{HERE}register/", views.register, name="volunteer_register"),
    path(f"{HERE}enter/", views.enter, name="volunteer_enter"),
    path(f"{HERE}<int:pk>/", views.detail, name="volunteer_detail"),
    path(f"{HERE}<int:pk>/person/", views.person, name="volunteer_person"),
    path(f"{HERE}<int:pk>/offer/", views.offer, name="volunteer_offer"),
    path(f"{HERE}<int:pk>/check/", views.check, name="volunteer_check"),
    path(f"{HERE}<int:pk>/submitted/", views.submitted, name="volunteer_submitted"),
    path(f"{HERE}<int:pk>/decide/", views.decide, name="volunteer_decide"),
    path(f"{HERE}find/", views.find_by_nik, name="volunteer_find"),
    path(f"{HERE}<int:pk>/nik/", views.nik, name="volunteer_nik"),
    *steps.paths(
        Volunteer, "resume", "suspend", "end", "withdraw", "drop", "leave", under=HERE
    ),
]
