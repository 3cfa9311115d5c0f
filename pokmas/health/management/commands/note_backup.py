from django.core.management.base import BaseCommand
from django.utils import timezone

from pokmas.jobs.models import Heartbeat


class Command(BaseCommand):
    help = "Mencatat bahwa cadangan baru saja selesai dibuat, untuk pemantauan."

    def handle(self, *args, **options):
        now = timezone.now()
        Heartbeat.objects.update_or_create(part="backup", defaults={"at": now})
