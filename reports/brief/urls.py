from django.urls import path

from reports.brief import views

urlpatterns = [
    path("brief/<int:pk>/", views.brief, name="brief"),
    path("brief/<int:pk>/paper/", views.paper, name="brief_paper"),
    path("brief/<int:pk>/pass-on/", views.pass_on, name="brief_pass_on"),
]
