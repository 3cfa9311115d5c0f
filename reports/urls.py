from reports.home import urls as home
from reports.monthly import urls as monthly
from reports.obligations import urls as obligations

app_name = "reports"

urlpatterns = [
    *home.urlpatterns,
    *obligations.urlpatterns,
    *monthly.urlpatterns,
]
