"""What the lists of ambassadors and of their contacts show."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outreach.ambassadors.models import Ambassador, Contact
from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Day,
    Listed,
    Nothing,
    Office,
    Order,
    Table,
)

AMBASSADORS = Table(
    model=Ambassador,
    title=pgettext_lazy("several", "Duta Kerja Sama"),
    list_page="outreach:ambassador_index",
    page="outreach:ambassador_detail",
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru ditunjuk"), ("-starts_on", "-pk"))],
    nothing=Nothing(
        _("Belum ada Duta Kerja Sama"),
        _("Catat surat penunjukannya; nama dan masa tugasnya lalu ada di sini."),
        "user",
    ),
    columns=[
        Column(name="person", label=_("Petugas"), value="person__full_name"),
        Column(
            name="letter",
            label=_("Nomor surat"),
            value="letter_number",
            under="person",
        ),
        Office(name="office", label=_("Kantor"), value="office__name", wide=True),
        Day(name="starts", label=_("Mulai"), value="starts_on"),
        Day(name="ends", label=_("Sampai"), value="ends_on"),
        Badge(
            name="validity",
            label=_("Masa tugas"),
            value="validity",
            words=Ambassador.VALIDITY,
            tones=Ambassador.VALIDITY_TONES,
        ),
    ],
)

CONTACTS = Table(
    model=Contact,
    title=pgettext_lazy("several", "Kontak"),
    list_page="outreach:contact_index",
    page="outreach:contact_detail",
    order="-met",
    kept=("-met", "met"),
    nothing=Nothing(
        _("Belum ada kontak"),
        _("Siapa yang dihubungi, hasilnya, dan tindak lanjutnya dicatat di sini."),
        "phone",
    ),
    columns=[
        Column(name="name", label=_("Siapa"), value="name"),
        Column(
            name="person",
            label=_("Petugas"),
            value="person__full_name",
            under="name",
        ),
        Day(name="met", label=_("Tanggal"), value="met_on"),
        Listed(name="result", label=_("Hasil"), value="result__name"),
        Choice(
            name="approach",
            label=_("Pendekatan"),
            value="approach",
            words=dict(Contact._meta.get_field("approach").choices),
            under="result",
        ),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Day(
            name="follow_up",
            label=_("Tindak lanjut"),
            value="follow_up_on",
            may_be_empty=True,
        ),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Contact.Status.choices),
            tones=Contact.TONES,
        ),
    ],
)
