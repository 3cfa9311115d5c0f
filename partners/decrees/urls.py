from django.urls import path

from partners.decrees import views

urlpatterns = [
    path("groups/templates/", views.templates, name="templates"),
    path("groups/templates/<str:kind>/", views.template_kind, name="template_kind"),
    path("groups/template/<int:pk>/use/", views.template_use, name="template_use"),
    path(
        "groups/template/<int:pk>/put-aside/",
        views.template_put_aside,
        name="template_put_aside",
    ),
    path(
        "groups/template/<int:pk>/preview/",
        views.template_preview,
        name="template_preview",
    ),
]
