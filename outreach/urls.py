from outreach.activities import urls as activities
from outreach.corrections import urls as corrections
from outreach.evidence import urls as evidence
from outreach.pasted import urls as pasted
from outreach.plans import urls as plans
from outreach.results import urls as results

app_name = "outreach"

urlpatterns = [
    *activities.urlpatterns,
    *corrections.urlpatterns,
    *evidence.urlpatterns,
    *pasted.urlpatterns,
    *plans.urlpatterns,
    *results.urlpatterns,
]
