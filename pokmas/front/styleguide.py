"""Invented examples for /styleguide/: every component in every state.

Nothing here is stored; the objects only have the shape of what the components read.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import django_filters
from django import forms
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from pokmas import charts
from pokmas.audit.moments import Change, Moment, Timeline
from pokmas.documents.models import Document
from pokmas.forms.fields import (
    DateField,
    DateTimeField,
    DecimalField,
    IntegerField,
    MoneyField,
    PhoneField,
)
from pokmas.jobs.models import Job
from pokmas.lists.columns import Badge, Column, Number, Table
from pokmas.lists.pages import Listing
from pokmas.offices.models import Office, Regency
from pokmas.records.lines import LineFormField
from pokmas.steps.queue import Queue
from pokmas.steps.since import row
from pokmas.steps.tabs import tabs_of
from pokmas.words import dates

LONG = (
    "Yayasan Pendidikan, Pelatihan Kerja, dan Pemberdayaan Ekonomi Masyarakat "
    "Kepulauan Nusa Tenggara Timur Bersatu Sejahtera Berkelanjutan"
)


PLACES = Table(
    model=Regency,
    title=_("Daftar"),
    list_page="styleguide",
    order="name",
    columns=[
        Column(name="name", label=_("Nama"), value="name"),
        Column(name="code", label=_("Kode"), value="code", under="name"),
        Column(name="province", label=_("Provinsi"), value="province__name"),
        Number(name="count", label=_("Jumlah"), value=Value(1234567), sortable=False),
        Badge(
            name="status",
            label=_("Status"),
            value=Value("returned"),
            words={"returned": _("Perlu perbaikan")},
            tones={"returned": "warn"},
            sortable=False,
        ),
    ],
)


class ExampleForm(forms.Form):
    name = LineFormField(
        label=_("Nama organisasi"), help_text=_("Seperti tertulis pada akta.")
    )
    email = forms.EmailField(label=_("Alamat surel"))
    phone = PhoneField(label=_("Nomor telepon"), required=False)
    starts_on = DateField(label=_("Mulai"))
    held_at = DateTimeField(label=_("Waktu kegiatan"), zone="Asia/Makassar")
    people = IntegerField(label=_("Jumlah peserta"), min_value=0)
    hours = DecimalField(label=_("Lama (jam)"), required=False)
    budget = MoneyField(label=_("Nilai dukungan"), required=False)
    kind = forms.ChoiceField(
        label=_("Jenis mitra"),
        choices=[("", _("Pilih jenis")), ("a", _("Lembaga")), ("b", _("Perorangan"))],
    )
    field = forms.ChoiceField(
        label=_("Bidang"),
        choices=[("h", _("Hukum dan kemasyarakatan")), ("k", _("Kemandirian"))],
        widget=forms.RadioSelect,
    )
    served = forms.MultipleChoiceField(
        label=_("Penerima manfaat"),
        choices=[("k", _("Klien")), ("n", _("Narapidana")), ("a", _("Anak Binaan"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    letter = forms.FileField(
        label=_("Surat pengantar"),
        help_text=_("PDF, JPEG, PNG, paling besar 10 MB."),
        required=False,
    )
    story = forms.CharField(
        label=_("Uraian"),
        help_text=_("Jangan menulis nama Warga Binaan; cukup jumlahnya."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    agree = forms.BooleanField(label=_("Saya menyatakan data ini benar"))


WRONG = {
    "name": "",
    "email": "budi@",
    "phone": "0812",
    "starts_on": "05/25/2026",
    "held_at_0": "31 Februari 2026",
    "held_at_1": "25.70",
    "people": "banyak",
    "budget": "1.250.000",
    "kind": "",
}


class ExampleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Cari"), field_name="name")
    province = django_filters.ChoiceFilter(
        label=_("Provinsi"),
        choices=[("53", "Nusa Tenggara Timur"), ("51", "Bali")],
        empty_label=_("Semua"),
    )
    mine = django_filters.BooleanFilter(
        label=_("Menunggu saya"), method="keep", widget=forms.CheckboxInput
    )

    def keep(self, queryset, name, value):
        return queryset


@dataclass
class Example:
    """Something with a status, as tags print it."""

    status_label: str
    tone: str = "neutral"


def form_for(request) -> forms.Form:
    """Wrong on purpose with ?wrong, so that every error can be looked at."""
    return ExampleForm(WRONG if "wrong" in request.GET else request.POST or None)


def examples(request) -> dict:
    today = date.today()
    rows = Regency.objects.select_related("province")
    filters = ExampleFilter(request.GET, rows)
    document = Document(
        pk=1,
        name="surat-keterangan-domisili-yayasan-tunas-harapan-tahun-2026.pdf",
        kind=Document.Kind.PDF,
        size=2_345_678,
        certificates=[
            {"state": "changed", "by": "Contoh", "issuer": "Penerbit Contoh"}
        ],
    )
    return {
        "long": LONG,
        "today": today,
        "now": datetime.now(UTC),
        "money": Decimal("1250000"),
        "statuses": [
            Example(_("Draf")),
            Example(_("Diajukan"), "info"),
            Example(_("Disetujui"), "good"),
            Example(_("Perlu perbaikan"), "warn"),
            Example(_("Ditolak"), "bad"),
            Example(_("Berakhir")),
        ],
        "waiting": _turn(today, 3, "Bapas Kelas II Kupang", is_mine=True),
        "late": _turn(today, -4, LONG),
        "entries": _entries(),
        "figures": _figures(),
        "charts": _charts(),
        "steps": _steps(),
        "queue": Queue(2, 5, "#steps", "#facts"),
        "tabs": tabs_of(request, ("a", _("Kegiatan"), 12), ("b", _("Riwayat"))),
        "compared": [
            row(_("Nama organisasi"), LONG, LONG),
            row(_("Alamat"), "Jalan Melati 12, Kupang", "Jalan Melati 2, Kupang"),
        ],
        "facts": [
            (_("Nama"), "Yayasan Tunas Harapan", "#facts"),
            (_("Mulai"), "1 Januari 2026", "#facts"),
            (_("Uraian"), LONG, "#facts"),
            (_("Nomor akta"), ""),
        ],
        "document": document,
        "kept": [("token", document)],
        "file_input": {"name": "kept", "attrs": {"id": "id_kept"}},
        "jobs": _jobs(),
        "filters": filters,
        "listing": Listing(request, PLACES, filters),
        "office": Office(name="Bapas Kelas II Kupang"),
    }


def _turn(today, days, office, *, is_mine=False):
    due_on = today + timedelta(days=days)
    return {
        "who": [_("Penelaah Kanwil")],
        "where": [office],
        "act": _("Menelaah naskah dan menyetujui atau mengembalikannya."),
        "due_on": due_on,
        "is_late": due_on < today,
        "distance": dates.distance(due_on, today),
        "otherwise": [_("Kepala Kanwil diberi tahu bila terlambat.")],
        "is_mine": is_mine,
    }


def _entries():
    at = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    return Timeline(
        [
            Moment(
                at,
                "Maria Contoh",
                "mengembalikan naskah",
                capacity="Penelaah Kanwil · Kanwil Ditjenpas Nusa Tenggara Timur",
                reason="Pasal 4 belum menyebut jangka waktu. Mohon dilengkapi.",
            ),
            Moment(
                at - timedelta(days=2),
                "Budi Contoh",
                "mengajukan telaah",
                capacity="Operator UPT · Bapas Kelas II Kupang",
                changes=[Change("Judul", "Kerja sama", LONG)],
            ),
            Moment(at - timedelta(days=9), "Budi Contoh", "menyusun draf"),
        ],
        older=at - timedelta(days=9),
    )


def _figures():
    spark = charts.sparkline(_("Kegiatan per bulan"), [12, 18, 9, 24, 31, 28, 40])
    return [
        {"label": _("Mitra aktif"), "value": 1234, "url": "#figures", "hint": ""},
        {
            "label": _("Kegiatan bulan ini"),
            "value": 40,
            "url": "#figures",
            "hint": _("12 lebih banyak dari bulan lalu"),
            "spark": spark,
        },
        {"label": _("Akan berakhir"), "value": 0, "url": "", "hint": _("90 hari")},
        {
            "label": LONG,
            "value": "Rp1.234.567.890.123",
            "url": "#figures",
            "hint": _("angka yang sangat besar"),
        },
    ]


def _charts():
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt"]
    units = [
        ("Bapas Kelas II Kupang", 128, "#charts"),
        ("Lapas Kelas IIA Kupang", 64, "#charts"),
        (LONG, 12, "#charts"),
        ("Rutan Kelas IIB Bajawa", 0, "#charts"),
    ]
    return [
        charts.bar(_("Kegiatan per unit"), units),
        charts.stacked(
            _("Peserta menurut jenis kelamin"),
            [_("Laki-laki"), _("Perempuan")],
            [
                ("Narapidana", [420, 88]),
                ("Klien", [310, 145]),
                ("Anak Binaan", [35, 4]),
            ],
        ),
        charts.target(
            _("Pemberdayaan Pokmas terhadap target"),
            [
                ("Bapas Kelas II Kupang", 14, 12),
                ("Bapas Kelas II Waikabubak", 6, 12),
                ("Lapas Kelas IIB Ende", 0, 8),
                ("Rutan Kelas IIB Larantuka", 3, None),
            ],
        ),
        charts.line(
            _("Kegiatan per bulan"),
            months,
            {
                "2026": [12, 18, 9, 24, 31, 28, None, 40, 44, 39],
                "2025": [8, 9, 11, 10, 15, 22, 20, 19, 25, 27],
            },
        ),
        charts.line(
            _("Nilai dukungan"), ["2024", "2025", "2026"], {"Rp": [0, 9e8, 2.4e9]}
        ),
        charts.tile_map(
            _("Mitra aktif per wilayah"),
            {
                name: (place * 37) % 211
                for place, name in enumerate(charts.REGIONS)
                if place != 7
            },
        ),
        charts.bar(_("Bagan tanpa data"), []),
    ]


def _steps():
    return [
        {
            "title": _("Data organisasi"),
            "url": "#steps",
            "hint": "",
            "status": _("Selesai"),
            "tone": "good",
        },
        {
            "title": _("Berkas hukum"),
            "url": "#steps",
            "hint": _("Akta dan surat keterangan domisili"),
            "status": _("2 dari 3"),
            "tone": "warn",
        },
        {
            "title": _("Pernyataan"),
            "url": "",
            "hint": _("Terbuka setelah berkas lengkap"),
            "status": _("Belum dapat dimulai"),
            "tone": "neutral",
        },
    ]


def _jobs():
    state = Job.State
    return [
        Job(pk=1, kind="example", state=state.QUEUED),
        Job(
            pk=2,
            kind="example",
            state=state.RUNNING,
            percent=62,
            step=str(_("Menyusun bagan")),
        ),
        Job(
            pk=3,
            kind="example",
            state=state.FAILED,
            reason=str(_("Foto kegiatan 21 November tidak dapat dibaca.")),
        ),
        Job(pk=4, kind="example", state=state.DONE, percent=100),
    ]
