import logging
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from pokmas.documents import keeping
from pokmas.jobs import backups

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Menyalin berkas ke folder lain dan mencatatnya; yang dihapus disisihkan."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--every",
            type=int,
            metavar="DETIK",
            help="terus berjalan, dengan jeda ini (bawaan: sekali saja)",
        )

    def handle(self, *args, folder, every, **options):
        if settings.S3_BUCKET:
            self.stdout.write("Berkas ada di dalam bucket: versinya adalah cadangan.")
            return
        while True:
            try:
                self.keep(folder)
            except (OSError, keeping.Vanished, DatabaseError, InterfaceError) as error:
                if not every:
                    raise CommandError(str(error)) from error
                logger.error("Documents were not copied: %s", error)
            if not every:
                return
            close_old_connections()
            time.sleep(every)

    def keep(self, folder: Path) -> None:
        now = timezone.now()
        source = Path(settings.MEDIA_ROOT)
        count = keeping.keep(source, folder, now.date())
        if oldest := backups.noted().get(backups.OLDEST):
            keeping.forget(folder, oldest.date())
        backups.note(backups.DOCUMENTS)
        if count:
            logger.info("%s documents copied", count)
