from agreements.calendar import urls as calendar
from agreements.drafting import urls as drafting
from agreements.register import urls as register
from agreements.review import urls as review
from agreements.signing import urls as signing
from agreements.standing import urls as standing
from agreements.texts import urls as texts

app_name = "agreements"

urlpatterns = [
    *register.urlpatterns,
    *drafting.urlpatterns,
    *texts.urlpatterns,
    *review.urlpatterns,
    *signing.urlpatterns,
    *calendar.urlpatterns,
    *standing.urlpatterns,
]
