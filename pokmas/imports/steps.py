"""From the file to the portal, and back again."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import ReasonForm
from pokmas.imports import services
from pokmas.imports.models import UNDO_FOR, Import
from pokmas.records.steps import Step, Turn, When

Status = Import.Status
ADD, CONFIRM = "imports.add_import", "imports.confirm_import"
OTHERWISE = _("Tidak ada yang masuk; barisnya dihapus sesudah 30 hari.")


WITHIN_SEVEN_DAYS = When(
    rows=lambda user: Q(written_at__gt=timezone.now() - UNDO_FOR),
    holds=lambda record, user: services.undo_is_open(record),
    refusal=_("Tujuh hari untuk membatalkan sudah lewat."),
)

Import.STEPS.add(
    Step(
        "enter",
        to={Status.WRITING, Status.SUBMITTED},
        at={Status.REHEARSED},
        permission=ADD,
        service=services.enter,
        label=_("Masukkan baris baru"),
        question=_("Masukkan semua baris baru?"),
        warning=_(
            "Baris yang sudah ada, bentrok, atau salah tidak ikut. Selama tujuh hari "
            "semuanya dapat dibatalkan."
        ),
        icon="plus",
        turns={
            Status.REHEARSED: Turn(_("Periksa hasilnya, lalu masukkan"), 7, OTHERWISE)
        },
    ),
    Step(
        "map",
        to=Status.READING,
        at={Status.MAPPING, Status.REHEARSED},
        permission=ADD,
        label=_("Cocokkan kolom"),
        turns={Status.MAPPING: Turn(_("Katakan kolom mana berisi apa"), 7, OTHERWISE)},
    ),
    Step(
        "mend",
        to=Status.READING,
        at={Status.REHEARSED},
        permission=ADD,
        label=_("Unggah baris yang dibetulkan"),
        done=_("Perbaikan sedang dibaca."),
    ),
    Step(
        "confirm",
        to=Status.WRITING,
        at={Status.SUBMITTED},
        permission=CONFIRM,
        service=services.confirm,
        label=_("Sahkan dan masukkan"),
        question=_("Sahkan daftar ini?"),
        warning=_("Semua baris baru masuk sebagai mitra yang disetujui."),
        done=_("Daftar sedang dimasukkan."),
        icon="verify",
        not_by=("submitted_by", "created_by"),
        turns={Status.SUBMITTED: Turn(_("Sahkan, atau kembalikan"), 7, OTHERWISE)},
    ),
    Step(
        "send_back",
        to=Status.REHEARSED,
        at={Status.SUBMITTED},
        permission=CONFIRM,
        service=services.send_back,
        form=ReasonForm,
        label=_("Kembalikan daftar"),
        done=_("Daftar dikembalikan kepada pengunggahnya."),
        not_by=("submitted_by", "created_by"),
        needs_reason=True,
    ),
    Step(
        "drop",
        to=Status.DROPPED,
        permission=ADD,
        service=services.drop,
        label=_("Buang daftar ini"),
        question=_("Buang daftar ini?"),
        warning=_("Tidak ada yang masuk; baris yang dibaca dihapus."),
        done=_("Daftar dibuang."),
        is_danger=True,
    ),
    Step(
        "undo",
        to=Status.UNDOING,
        permission=ADD,
        service=services.undo,
        label=_("Batalkan pemasukan"),
        question=_("Batalkan semua yang masuk dari daftar ini?"),
        warning=_(
            "Semuanya dihapus, kecuali yang sejak itu sudah dikerjakan orang; yang "
            "dipertahankan disebut namanya."
        ),
        done=_("Pembatalan sedang dikerjakan."),
        when=(WITHIN_SEVEN_DAYS,),
        is_danger=True,
    ),
)
