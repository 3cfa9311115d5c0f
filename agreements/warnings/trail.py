from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe({"agreement.warned": _("memberi tahu bahwa kerja sama mendekati akhirnya")})
