from django.urls import path

from pokmas.offices.views import office, reorganise, tree

app_name = "offices"

urlpatterns = [
    path("", tree.index, name="index"),
    path("list/", tree.listing, name="listing"),
    path("changes/", tree.changes, name="changes"),
    path("changes/<int:pk>/cancel/", reorganise.cancel, name="cancel"),
    path("<int:pk>/", office.detail, name="detail"),
    path("<int:pk>/create/", office.create, name="create"),
    path("<int:pk>/edit/", office.edit, name="edit"),
    path("<int:pk>/area/", office.area, name="area"),
    path("<int:pk>/target/<slug:kind>/", reorganise.target, name="target"),
    path("<int:pk>/reorganise/<slug:kind>/", reorganise.reorganise, name="reorganise"),
]
