from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from pokmas.health import integrity
from pokmas.server.outage import StoreFailed

NAMED = 200


class Command(BaseCommand):
    help = "Memeriksa apakah data, berkas, dan riwayat saling cocok; gagal bila tidak."

    def handle(self, *args, **options):
        count = 0
        try:
            for count, line in enumerate(integrity.faults(), start=1):
                if count <= NAMED:
                    self.stdout.write(line)
        except StoreFailed as failure:
            raise CommandError(str(failure)) from failure
        if count:
            words = "Data TIDAK utuh: %(count)d temuan."
            raise CommandError(ngettext(words, words, count) % {"count": count})
        self.stdout.write("Data, berkas, dan riwayat saling cocok.")
