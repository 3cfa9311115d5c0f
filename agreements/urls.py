from agreements.amendments import urls as amendments
from agreements.archive import urls as archive
from agreements.calendar import urls as calendar
from agreements.discussion import urls as discussion
from agreements.drafting import urls as drafting
from agreements.evaluations import urls as evaluations
from agreements.feasibility import urls as feasibility
from agreements.guided import urls as guided
from agreements.parties import urls as parties
from agreements.plans import urls as plans
from agreements.proofs import urls as proofs
from agreements.register import urls as register
from agreements.renewal import urls as renewal
from agreements.review import urls as review
from agreements.signing import urls as signing
from agreements.standing import urls as standing
from agreements.texts import urls as texts

app_name = "agreements"

urlpatterns = [
    *register.urlpatterns,
    *parties.urlpatterns,
    *feasibility.urlpatterns,
    *drafting.urlpatterns,
    *texts.urlpatterns,
    *discussion.urlpatterns,
    *review.urlpatterns,
    *signing.urlpatterns,
    *plans.urlpatterns,
    *evaluations.urlpatterns,
    *proofs.urlpatterns,
    *calendar.urlpatterns,
    *amendments.urlpatterns,
    *renewal.urlpatterns,
    *standing.urlpatterns,
    *archive.urlpatterns,
    *guided.urlpatterns,
]
