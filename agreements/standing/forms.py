from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import Document
from pokmas.forms.base import ReasonForm
from pokmas.forms.kept_files import KeptFileField


class TerminateForm(ReasonForm):
    paper = KeptFileField(label=_("Surat pengakhiran"), kinds=[Document.Kind.PDF])
