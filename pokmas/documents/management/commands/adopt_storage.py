from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from pokmas.documents import belonging
from pokmas.server.outage import StoreFailed


class Command(BaseCommand):
    help = (
        "Menyatakan bahwa penyimpanan berkas yang disetel sekarang adalah milik basis "
        "data ini, misalnya setelah dipindahkan tanpa tandanya."
    )

    def handle(self, *args, **options):
        try:
            belonging.adopt()
        except StoreFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(_("Penyimpanan ini sekarang milik basis data ini."))
