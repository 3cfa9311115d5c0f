from agreements.drafting import urls as drafting
from agreements.feasibility import urls as feasibility
from agreements.parties import urls as parties
from agreements.register import urls as register
from agreements.review import urls as review
from agreements.signing import urls as signing
from agreements.standing import urls as standing

app_name = "agreements"

urlpatterns = [
    *register.urlpatterns,
    *parties.urlpatterns,
    *feasibility.urlpatterns,
    *drafting.urlpatterns,
    *review.urlpatterns,
    *signing.urlpatterns,
    *standing.urlpatterns,
]
