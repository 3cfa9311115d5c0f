from django.urls import path

from outreach.ambassadors import views
from outreach.ambassadors.models import Ambassador, Contact
from pokmas.steps import pages as steps

CONTACTS = "contacts/"
HERE = f"{CONTACTS}ambassadors/"

urlpatterns = [
    path(HERE, views.ambassadors, name="ambassador_index"),
    path(f"{HERE}create/", views.appoint, name="ambassador_create"),
    path(f"{HERE}<int:pk>/", views.ambassador, name="ambassador_detail"),
    path(f"{HERE}<int:pk>/change/", views.correct, name="ambassador_change"),
    *steps.paths(Ambassador, "end", under=HERE),
    path(CONTACTS, views.contacts, name="contact_index"),
    path(f"{CONTACTS}create/", views.log, name="contact_create"),
    path(f"{CONTACTS}funnel/", views.funnel, name="contact_funnel"),
    path(f"{CONTACTS}<int:pk>/", views.contact, name="contact_detail"),
    path(f"{CONTACTS}<int:pk>/change/", views.change, name="contact_change"),
    *steps.paths(Contact, "register", "register_at", "settle", under=CONTACTS),
]
