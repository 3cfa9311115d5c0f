from reports.guidelines import urls as guidelines
from reports.home import urls as home
from reports.monthly import urls as monthly

app_name = "reports"

urlpatterns = [*home.urlpatterns, *guidelines.urlpatterns, *monthly.urlpatterns]
