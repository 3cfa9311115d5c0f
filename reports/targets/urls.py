from django.urls import path

from pokmas.steps import pages as steps
from reports.targets import views
from reports.targets.models import EnteredValue

urlpatterns = [
    path("targets/", views.index, name="targets"),
    path("targets/records/", views.records, name="target_records"),
    path("targets/set/", views.set_target, name="target_set"),
    path("targets/spread/", views.spread, name="target_spread"),
    path("targets/values/", views.values, name="value_index"),
    path("targets/values/enter/", views.enter, name="value_enter"),
    path("targets/values/<int:pk>/", views.value, name="value_detail"),
    path("targets/values/<int:pk>/change/", views.change, name="value_change"),
    *steps.paths(EnteredValue, "confirm", under="targets/values/"),
]
