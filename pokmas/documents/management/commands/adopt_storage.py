from django.core.management.base import BaseCommand

from pokmas.documents import belonging


class Command(BaseCommand):
    help = (
        "Menyatakan bahwa penyimpanan berkas yang disetel sekarang adalah milik basis "
        "data ini, misalnya setelah dipindahkan tanpa tandanya."
    )

    def handle(self, *args, **options):
        belonging.adopt()
