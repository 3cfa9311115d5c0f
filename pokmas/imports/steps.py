"""From the file to the portal, and back again."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import ReasonForm
from pokmas.imports import services
from pokmas.imports.kinds import KINDS
from pokmas.imports.models import UNDO_FOR, Import, ImportRow
from pokmas.records.steps import Step, Turn, When
from pokmas.words import dates

Status = Import.Status
ADD, CONFIRM = "imports.add_import", "imports.confirm_import"
OTHERWISE = _("Tidak ada yang masuk; barisnya dihapus sesudah 30 hari.")


WITHIN_SEVEN_DAYS = When(
    rows=lambda user: Q(written_at__gt=timezone.now() - UNDO_FOR),
    holds=lambda record, user: services.undo_is_open(record),
    refusal=_("Tujuh hari untuk membatalkan sudah lewat."),
)
HAS_NEW = When(
    rows=lambda user: Q(counts__new__gt=0),
    holds=lambda record, user: record.count(ImportRow.Result.NEW) > 0,
    refusal=_("Tidak ada baris baru yang dapat dimasukkan."),
)


def what_comes_in(record: Import) -> list[str]:
    """How many rows come in, and how many of which sort stay out."""
    many = dates.number(record.count(ImportRow.Result.NEW))
    return [
        _("%(many)s baris baru akan masuk. Tidak ikut: %(left)s.")
        % {"many": many, "left": record.left_out()}
    ]


def before_entering(record: Import) -> list[str]:
    said = what_comes_in(record)
    if KINDS[record.kind].way(record.way).is_confirmed:
        said.append(
            _(
                "Daftarnya diajukan dahulu kepada kepala; tanpa pengesahan tidak ada "
                "yang masuk."
            )
        )
    return said


def what_goes(record: Import) -> list[str]:
    many = dates.number(record.count(ImportRow.Result.IN))
    return [_("%(many)s baris masuk dari daftar ini.") % {"many": many}]


Import.STEPS.add(
    Step(
        "enter",
        to={Status.WRITING, Status.SUBMITTED},
        at={Status.REHEARSED},
        permission=ADD,
        service=services.enter,
        label=_("Masukkan baris baru"),
        question=_("Masukkan semua baris baru?"),
        warning=_("Selama tujuh hari semuanya dapat dibatalkan."),
        icon="plus",
        when=(HAS_NEW,),
        cautions=before_entering,
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
        "compare",
        to=Status.READING,
        at={Status.REHEARSED},
        permission=ADD,
        service=services.compare,
        label=_("Cocokkan lagi dengan portal"),
        done=_("Barisnya dicocokkan lagi dengan portal."),
    ),
    Step(
        "mend",
        to=Status.READING,
        at={Status.REHEARSED},
        permission=ADD,
        label=_("Unggah baris yang dibetulkan"),
        done=_("Perbaikan sedang dibaca."),
        is_main=True,
    ),
    Step(
        "let_in",
        to=Status.READING,
        at={Status.REHEARSED},
        permission=ADD,
        label=_("Masukkan baris yang bentrok"),
        done=_("Baris itu ikut masuk; daftarnya dicocokkan lagi."),
        needs_reason=True,
        is_inside=True,
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
        cautions=what_comes_in,
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
        cautions=what_goes,
        is_danger=True,
    ),
)
