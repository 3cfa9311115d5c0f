from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from reports.tallies import services


class Command(BaseCommand):
    help = "Menghitung ulang rekap kegiatan dari catatannya; gagal bila ada selisih."

    def add_arguments(self, parser):
        parser.add_argument(
            "--mend", action="store_true", help="betulkan rekap yang berbeda"
        )

    def handle(self, *args, mend, **options):
        found = services.recount(mend=mend)
        for each in found:
            self.stdout.write(str(each))
        if not found:
            self.stdout.write("Rekap sama dengan catatan kegiatan.")
            return
        words = "Rekap BERBEDA dari catatan kegiatan: %(count)d selisih."
        text = ngettext(words, words, len(found)) % {"count": len(found)}
        if not mend:
            raise CommandError(text)
        self.stdout.write(f"{text} Dibetulkan.")
