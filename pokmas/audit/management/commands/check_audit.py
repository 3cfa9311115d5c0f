from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from pokmas.audit import chain, inspections, witnesses
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
            action="append",
            default=[],
            help="kepala rantai dari kertas lama; harus masih ada di dalam rantai",
        )
        parser.add_argument(
            "--heads",
            metavar="BERKAS",
            type=Path,
            action="append",
            default=[],
            help="berkas dengan kepala rantai, misalnya surel harian yang disimpan",
        )

    def handle(self, *args, seal, head, heads, **options):
        kept = [*head, *(each for path in heads for each in _heads_of(path))]
        if seal:
            chain.seal_all()
        result, missing = inspections.check_now(kept)
        for fault in result.faults:
            row = "" if fault.id is None else f" baris {fault.id}"
            self.stdout.write(f"{fault.table}{row}: {fault.fault.label}")
        if missing:
            names = ", ".join(missing)
            raise CommandError(f"Kepala {names} tidak ada di dalam rantai segel.")
        if result.faults:
            count = len(result.faults)
            words = "Jejak audit TIDAK utuh: %(count)d temuan."
            raise CommandError(ngettext(words, words, count) % {"count": count})
        self.stdout.write(
            f"Jejak audit utuh: {dates.number(result.rows)} baris dalam "
            f"{dates.number(result.seals)} segel, {dates.number(result.unsealed)} "
            f"baris belum disegel. Kepala rantai: {result.head.hex()}"
            + (f" ({dates.number(len(kept))} kepala dari luar ada)" if kept else "")
        )


def _heads_of(path: Path) -> list[str]:
    try:
        found = witnesses.heads_in(path.read_text(errors="replace"))
    except OSError as error:
        raise CommandError(f"{path} tidak dapat dibaca: {error.strerror}.") from error
    if not found:
        raise CommandError(f"Tidak ada kepala rantai di dalam {path}.")
    return found
