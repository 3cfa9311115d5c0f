from django.urls import path

from pokmas.imports import views
from pokmas.imports.models import Import
from pokmas.steps import pages as steps

app_name = "imports"

urlpatterns = [
    path("", views.index, name="index"),
    path("new/<slug:kind>/", views.create, name="create"),
    path("headings/<slug:kind>/", views.headings, name="headings"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/rows/<int:number>/", views.row, name="row"),
    path("<int:pk>/rows/<int:number>/let-in/", views.let_in, name="let_in"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/map/", views.map_columns, name="map"),
    path("<int:pk>/mend/", views.mend, name="mend"),
    *steps.paths(Import, "compare", "enter", "confirm", "send_back", "drop", "undo"),
]
