from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe({"report.reminded": _("mengingatkan laporan yang belum masuk")})
