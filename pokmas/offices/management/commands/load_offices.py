from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from pokmas.offices.loading import Outcome, load


class Command(BaseCommand):
    help = (
        "Memuat provinsi, kabupaten/kota, Kanwil, dan UPT dari daftar acuan. Boleh "
        "diulang; yang sudah disunting atau diputuskan di portal tidak dibalikkan."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--kanwil", type=Path, help="daftar Kanwil (name,province,seat_city)"
        )
        parser.add_argument(
            "--units",
            type=Path,
            help="daftar UPT (kanwil,type,class,name,city,province)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="hanya laporkan, tidak menyimpan"
        )

    def handle(self, *args, kanwil, units, dry_run, **options):
        try:
            outcome = load(kanwil, units, rehearse=dry_run)
        except ValidationError as refusal:
            problems = "\n".join(f"  - {text}" for text in refusal.messages)
            raise CommandError(
                f"Daftar ditolak, tidak ada yang disimpan:\n{problems}"
            ) from refusal
        self.report(outcome, dry_run)

    def report(self, outcome: Outcome, dry_run: bool) -> None:
        self.stdout.write(
            f"{outcome.provinces} provinsi, {outcome.regencies} kabupaten/kota, "
            f"{outcome.regions} Kanwil, {outcome.units} UPT dalam daftar."
        )
        self.stdout.write(
            f"{len(outcome.new)} baru, {len(outcome.changed)} berubah, "
            f"{len(outcome.gone)} hilang dari daftar."
        )
        for name in outcome.changed:
            self.stdout.write(f"  berubah: {name}")
        for name in outcome.gone:
            self.stdout.write(f"  hilang dari daftar, tetap disimpan: {name}")
        for text in outcome.unmatched:
            self.stdout.write(f"  kabupaten/kota tidak diketahui: {text}")
        if dry_run:
            self.stdout.write("Hanya percobaan; tidak ada yang disimpan.")
