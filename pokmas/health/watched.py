"""The parts of the portal that are watched, and what is said of one."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import InterfaceError, OperationalError, ProgrammingError, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import QueryCanceled
from redis import exceptions as redis

from pokmas.server.outage import StoreFailed
from pokmas.words import dates

logger = logging.getLogger(__name__)

# Within which a part must have answered.
SECONDS = 3
# Of which no answer is no bad one: whose a store is that is away.
UNKNOWN = {"storage_mark"}


class State(models.TextChoices):
    OK = "ok", gettext_lazy("Baik")
    WARN = "warn", gettext_lazy("Perlu diperhatikan")
    BAD = "bad", gettext_lazy("Gangguan")


TONES = {State.OK: "good", State.WARN: "warn", State.BAD: "bad"}
# Where a person sees more.
PAGES = {"queue": "jobs:index", "changes": "offices:changes", "trail": "audit:chain"}
LABELS = {
    "database": gettext_lazy("Basis data"),
    "replica": gettext_lazy("Replika basis data"),
    "migrations": gettext_lazy("Susunan basis data"),
    "queue": gettext_lazy("Antrean pekerjaan"),
    "heartbeats": gettext_lazy("Tanda hidup"),
    "worker": gettext_lazy("Pekerja latar belakang"),
    "beat": gettext_lazy("Penjadwal"),
    "mail": gettext_lazy("Surel keluar"),
    "changes": gettext_lazy("Perubahan kantor yang tertahan"),
    "trail": gettext_lazy("Jejak audit"),
    "tallies": gettext_lazy("Rekap kegiatan"),
    "static": gettext_lazy("Berkas tampilan"),
    "backup": gettext_lazy("Cadangan"),
    "archive": gettext_lazy("Arsip basis data"),
    "broker": gettext_lazy("Perantara antrean (Valkey/Redis)"),
    "storage": gettext_lazy("Penyimpanan berkas"),
    "storage_mark": gettext_lazy("Pemilik penyimpanan berkas"),
    "pdf": gettext_lazy("Pencetak PDF"),
    "scanner": gettext_lazy("Pemindai virus"),
}
ADVICE = {
    "replica": gettext_lazy(
        "Periksa apakah replika berjalan, mengikuti basis data utama, dan "
        "POKMAS_REPLICA_DATABASE_URL benar. Sampai itu, semuanya dibaca dari basis "
        "data utama."
    ),
    "database": gettext_lazy(
        "Periksa apakah PostgreSQL berjalan dan DATABASE_URL benar. Portal pulih "
        "sendiri begitu basis data menjawab; tidak ada pekerjaan yang hilang."
    ),
    "migrations": gettext_lazy(
        "Versi portal lebih baru daripada basis data. Jalankan "
        "“python3 manage.py migrate”, lalu mulai ulang portal."
    ),
    "queue": gettext_lazy(
        "Lihat pekerja dan perantara di bawah; tambah pekerja bila keduanya baik. "
        "Pekerjaan yang gagal diulang dari halaman Pekerjaan latar."
    ),
    "heartbeats": gettext_lazy("Lihat basis data di atas."),
    "worker": gettext_lazy(
        "Mulai ulang pekerja (“up”, atau layanan “worker”). Pekerjaan yang menunggu "
        "dikerjakan sesudahnya."
    ),
    "beat": gettext_lazy(
        "Mulai ulang penjadwal (“up”, atau layanan “beat”). Yang terlewat disusulkan."
    ),
    "mail": gettext_lazy(
        "Periksa EMAIL_URL dan peladen surel. Pemberitahuan tetap ada di portal dan "
        "dikirim begitu peladen surel menjawab."
    ),
    "changes": gettext_lazy("Buka Kantor → Perubahan yang menunggu, lalu perbaiki."),
    "trail": gettext_lazy(
        "Buka Jejak audit → Keutuhan jejak dan minta pemeriksaan. Bila ada temuan, "
        "amankan basis data dan cadangan sebelum hal lain, lalu laporkan ke pimpinan."
    ),
    "tallies": gettext_lazy(
        "Periksa pekerja dan penjadwal. Hitung ulang dengan “python3 manage.py "
        "recount”; dengan “--mend” selisihnya dibetulkan. Bila selisih terulang, "
        "simpan catatan program dan cari sebabnya."
    ),
    "static": gettext_lazy(
        "Jalankan “python3 manage.py collectstatic” dengan versi portal ini, atau "
        "bangun ulang image-nya, lalu mulai ulang portal."
    ),
    "backup": gettext_lazy(
        "Buat cadangan: “python3 manage.py backup FOLDER”; dengan Compose lihat "
        "catatan layanan “backup” (docs/operations.md)."
    ),
    "archive": gettext_lazy(
        "Periksa tempat penyimpanan cadangan dan catatan layanan “db”. Sampai itu "
        "berhasil, potongannya menumpuk di disk basis data."
    ),
    "broker": gettext_lazy(
        "Mulai ulang Valkey atau Redis. Halaman dan masuk tetap berjalan; pekerjaan "
        "latar menunggu dan dilanjutkan sesudahnya."
    ),
    "storage": gettext_lazy(
        "Periksa ruang disk dan hak tulis POKMAS_MEDIA_ROOT, atau peladen dan setelan "
        "POKMAS_S3_*. Sampai itu, unggahan ditolak dengan pesan yang jelas dan laporan "
        "menunggu."
    ),
    "storage_mark": gettext_lazy(
        "Samakan POKMAS_MEDIA_ROOT atau POKMAS_S3_* di semua mesin. Sesudah pindah, "
        "salin berkas dengan “python3 manage.py copy_files”; bila penyimpanan ini "
        "memang yang benar, jalankan “python3 manage.py adopt_storage”."
    ),
    "pdf": gettext_lazy(
        "Pasang paket di requirements-production.lock, lalu mulai ulang. Laporan "
        "menunggu sampai itu."
    ),
    "scanner": gettext_lazy(
        "Mulai ulang clamd atau perbaiki POKMAS_CLAMD. Unggahan menunggu dipindai."
    ),
}
# Why a part cannot be reached: the first that fits its error, or what that came from.
REASONS = [
    (redis.AuthenticationError, gettext_lazy("kata sandinya ditolak")),
    (
        (TimeoutError, redis.TimeoutError, QueryCanceled),
        gettext_lazy("tidak menjawab pada waktunya"),
    ),
    (
        (ConnectionError, redis.ConnectionError),
        gettext_lazy("sambungannya ditolak atau terputus"),
    ),
    (PermissionError, gettext_lazy("portal tidak berhak membukanya")),
    (FileNotFoundError, gettext_lazy("tempatnya tidak ada")),
    (
        (OperationalError, InterfaceError),
        gettext_lazy("sambungannya gagal atau terputus"),
    ),
    (ProgrammingError, gettext_lazy("susunannya bukan untuk versi portal ini")),
]


@dataclass(frozen=True)
class Finding:
    """How one part is; “name” and “figures” are for monitors."""

    name: str
    state: State
    text: str
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def advice(self) -> str:
        """What to do, unless it is well."""
        return "" if self.state == State.OK else ADVICE[self.name]

    @property
    def page(self) -> str:
        return PAGES.get(self.name, "")


def worst(findings: list[Finding]) -> State:
    order = list(State)
    return max((each.state for each in findings), key=order.index, default=State.OK)


def failed(name: str, error: Exception | None) -> Finding:
    """The reason is its kind only: messages of drivers name hosts and users."""
    state = State.WARN if name in UNKNOWN else State.BAD
    if error is None:
        text = _("Tidak menjawab dalam %(seconds)s detik.") % {"seconds": SECONDS}
    elif isinstance(error, StoreFailed):
        text = str(error)
    elif why := _why(error):
        text = _("Tidak dapat dicapai: %(why)s.") % {"why": why}
    else:
        logger.warning("%s cannot be reached: %s", name, type(error).__name__)
        text = _("Tidak dapat dicapai; sebabnya ada di catatan program.")
    return Finding(name, state, text)


def _why(error: Exception) -> str:
    seen = (error, error.__cause__)
    fits = (
        words for kinds, words in REASONS if any(isinstance(e, kinds) for e in seen)
    )
    return str(next(fits, ""))


def by_age(age: timedelta, *, warn: timedelta, bad: timedelta) -> State:
    if age > bad:
        return State.BAD
    return State.WARN if age > warn else State.OK


def span(age: timedelta) -> str:
    seconds = max(int(age.total_seconds()), 0)
    for size, word in _units():
        if seconds >= size:
            return word % {"count": dates.number(seconds // size)}
    return _("%(count)s detik") % {"count": seconds}


def _units() -> Iterator[tuple[int, str]]:
    yield 86400, _("%(count)s hari")
    yield 3600, _("%(count)s jam")
    yield 60, _("%(count)s menit")
