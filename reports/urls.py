from reports.home import urls as home
from reports.monthly import urls as monthly

app_name = "reports"

urlpatterns = [*home.urlpatterns, *monthly.urlpatterns]
