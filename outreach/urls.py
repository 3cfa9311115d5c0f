from outreach.activities import urls as activities
from outreach.corrections import urls as corrections
from outreach.coverage import urls as coverage
from outreach.evidence import urls as evidence
from outreach.plans import urls as plans
from outreach.restorative import urls as restorative
from outreach.results import urls as results

app_name = "outreach"

urlpatterns = [
    *activities.urlpatterns,
    *corrections.urlpatterns,
    *coverage.urlpatterns,
    *evidence.urlpatterns,
    *plans.urlpatterns,
    *restorative.urlpatterns,
    *results.urlpatterns,
]
