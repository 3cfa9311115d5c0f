from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from pokmas.accounts import invitations
from pokmas.accounts.services import people
from pokmas.offices.models import Office


class Command(BaseCommand):
    help = "Open the account of an administrator at headquarters; prints the link."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *args, email, full_name, **options):
        office = Office.objects.filter(level=Office.Level.HEADQUARTERS).first()
        if office is None:
            raise CommandError("Muat dahulu daftar kantor.")
        try:
            person = people.invite_headquarters(email, full_name, office)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        if person.is_invited:
            self.stdout.write(invitations.link_for(person))
        else:
            self.stdout.write(f"{person.email} sudah punya kata sandi; silakan masuk.")
