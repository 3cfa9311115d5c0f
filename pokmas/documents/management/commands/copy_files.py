from collections import Counter
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from pokmas.documents import belonging, moving
from pokmas.documents.moving import Outcome
from pokmas.documents.storage import DurableStorage
from pokmas.server.outage import StoreFailed
from pokmas.words import dates

SAID_EVERY = 1000


class Command(BaseCommand):
    help = (
        "Menyalin semua berkas dari sebuah folder ke penyimpanan yang disetel, atau "
        "sebaliknya, dan membandingkan sidik jarinya. Asalnya tidak diubah; dapat "
        "dijalankan lagi, dan yang sudah ada tidak dikirim ulang."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--back",
            action="store_true",
            help="Menyalin dari penyimpanan yang disetel ke folder itu.",
        )

    def handle(self, *args, folder, back, **options):
        there = DurableStorage(location=folder.absolute())
        source, target = (default_storage, there) if back else (there, default_storage)
        if not back and not folder.is_dir():
            raise CommandError(_("Folder %(name)s tidak ada.") % {"name": folder})
        try:
            self._refuse_what_is_anothers(source, target)
            counts = self._copied(source, target)
        except StoreFailed as failure:
            raise CommandError(
                _("%(why)s Jalankan lagi: yang sudah tersalin tidak diulang.")
                % {"why": failure}
            ) from failure
        self._say(counts)
        if counts[Outcome.ANOTHER]:
            raise CommandError(
                _("Ada berkas yang isinya lain di tujuan; lihat di atas.")
            )

    def _refuse_what_is_anothers(self, *stores):
        wanted = belonging.wanted()
        for store in stores:
            found = belonging.written(store)
            if wanted and found not in ("", wanted):
                raise CommandError(_("Penyimpanan berkas ini milik basis data lain."))

    def _copied(self, source, target) -> Counter:
        counts: Counter = Counter()
        for name, outcome in moving.bring(source, target):
            counts[outcome] += 1
            if outcome == Outcome.ANOTHER:
                self.stdout.write(name)
            if counts.total() % SAID_EVERY == 0:
                self._say(counts)
        return counts

    def _say(self, counts: Counter) -> None:
        words = _(
            "%(copied)s disalin, %(there)s sudah ada, %(another)s lain isinya; sidik "
            "jari dibandingkan satu per satu."
        )
        self.stdout.write(
            words % {each.value: dates.number(counts[each]) for each in Outcome}
        )
