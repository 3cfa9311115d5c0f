from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from pokmas.audit import chain, checking
from pokmas.audit.models import Seal
from pokmas.words import dates


class Command(BaseCommand):
    help = "Memeriksa jejak audit terhadap segelnya; gagal bila ada yang diubah."

    def add_arguments(self, parser):
        parser.add_argument(
            "--seal", action="store_true", help="segel dahulu baris yang baru"
        )
        parser.add_argument(
            "--head",
            metavar="HEX",
            help="kepala rantai dari kertas lama; harus masih ada di dalam rantai",
        )

    def handle(self, *args, seal, head, **options):
        if seal:
            chain.seal_all()
        result = checking.check()
        for fault in result.faults:
            row = "" if fault.id is None else f" baris {fault.id}"
            self.stdout.write(f"{fault.table}{row}: {fault.fault.label}")
        if head and not _is_in_chain(head):
            raise CommandError(f"Kepala {head} tidak ada di dalam rantai segel.")
        if result.faults:
            count = len(result.faults)
            words = "Jejak audit TIDAK utuh: %(count)d temuan."
            raise CommandError(ngettext(words, words, count) % {"count": count})
        self.stdout.write(
            f"Jejak audit utuh: {dates.number(result.rows)} baris dalam "
            f"{dates.number(result.seals)} segel, {dates.number(result.unsealed)} "
            f"baris belum disegel. Kepala rantai: {result.head.hex()}"
        )


def _is_in_chain(head: str) -> bool:
    try:
        digest = bytes.fromhex(head)
    except ValueError:
        return False
    return Seal.objects.filter(digest=digest).exists()
