from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe({"activity.written": _("menulis kepada peserta kegiatan")})
