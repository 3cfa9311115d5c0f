from django.urls import path

from outreach.presence import views

urlpatterns = [
    path("<int:pk>/participants/", views.participants, name="participants"),
    path("participants/<int:pk>/remove/", views.unregister, name="unregister"),
    path("<int:pk>/join/", views.join, name="join"),
    path("<int:pk>/attendance/", views.attendance, name="attendance"),
    path("<int:pk>/scan/", views.scan, name="scan"),
    path("<int:pk>/code/", views.code, name="code"),
    path("<int:pk>/sheets/a/", views.sheet_a, name="sheet_a"),
    path("<int:pk>/sheets/b/", views.sheet_b, name="sheet_b"),
    path("mine/", views.mine, name="mine"),
    path("presence/", views.present, name="present"),
    path("outcomes/", views.outcomes, name="outcomes"),
    path("overdue/", views.overdue, name="overdue"),
]
