from django.core.management.base import BaseCommand

from pokmas.jobs import backups


class Command(BaseCommand):
    help = "Mencatat bahwa cadangan baru saja selesai dibuat, untuk pemantauan."

    def add_arguments(self, parser):
        parser.add_argument(
            "--failed", action="store_true", help="cadangan itu gagal dibuat"
        )

    def handle(self, *args, failed, **options):
        backups.note(backups.FAILED if failed else backups.GOOD)
