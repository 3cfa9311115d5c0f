from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import display_name_of
from pokmas.coordination.models import Task
from pokmas.lists.columns import Badge, Column, Day, Nothing, Office, Order, Table

TASKS = Table(
    model=Task,
    title=_("Tugas"),
    list_page="coordination:index",
    page="coordination:detail",
    order="until",
    kept=("until",),
    orders=[
        Order("until", _("Batas terdekat"), ("until", "pk")),
        Order("new", _("Terbaru diberikan"), ("-created_at", "-pk")),
    ],
    nothing=Nothing(
        _("Belum ada tugas"),
        _("Tekan “Beri tugas” di sini, atau pada halaman mitra, kerja sama, kegiatan."),
    ),
    columns=[
        Column(name="what", label=_("Tugas"), value="what"),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Column(
            name="owner",
            label=_("Pelaksana"),
            value=display_name_of("owner"),
            may_be_empty=True,
            empty=_("Belum ditunjuk"),
        ),
        Column(name="from", label=_("Pemberi tugas"), value="given_from__name"),
        Day(name="until", label=_("Batas"), value="until"),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Task.Status.choices),
            tones=Task.TONES,
        ),
    ],
)
