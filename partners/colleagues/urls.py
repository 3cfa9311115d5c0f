from django.urls import path

from partners.colleagues import views

COLLEAGUE = "<int:pk>/colleagues/<int:colleague_pk>"
INVITATION = "<int:pk>/colleagues/invitations/<int:invitation_pk>"

urlpatterns = [
    path("<int:pk>/colleagues/", views.colleagues, name="colleagues"),
    path("<int:pk>/colleagues/invite/", views.invite, name="invite_colleague"),
    path(f"{COLLEAGUE}/role/", views.role, name="colleague_role"),
    path(f"{COLLEAGUE}/remove/", views.remove, name="remove_colleague"),
    path(f"{INVITATION}/resend/", views.resend, name="resend_invitation"),
    path(f"{INVITATION}/withdraw/", views.withdraw, name="withdraw_invitation"),
    path("join/<str:token>/", views.join, name="join"),
]
