from reports.brief import urls as brief
from reports.bundles import urls as bundles
from reports.dashboard import urls as dashboard
from reports.guidelines import urls as guidelines
from reports.home import urls as home
from reports.monthly import urls as monthly
from reports.obligations import urls as obligations
from reports.targets import urls as targets

app_name = "reports"

urlpatterns = [
    *home.urlpatterns,
    *brief.urlpatterns,
    *dashboard.urlpatterns,
    *guidelines.urlpatterns,
    *targets.urlpatterns,
    *bundles.urlpatterns,
    *obligations.urlpatterns,
    *monthly.urlpatterns,
]
