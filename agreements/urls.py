from agreements.amendments import urls as amendments
from agreements.drafting import urls as drafting
from agreements.guided import urls as guided
from agreements.register import urls as register
from agreements.renewal import urls as renewal
from agreements.review import urls as review
from agreements.signing import urls as signing
from agreements.standing import urls as standing

app_name = "agreements"

urlpatterns = [
    *register.urlpatterns,
    *drafting.urlpatterns,
    *review.urlpatterns,
    *signing.urlpatterns,
    *amendments.urlpatterns,
    *renewal.urlpatterns,
    *standing.urlpatterns,
    *guided.urlpatterns,
]
