"""`manage.py demo`: fills an empty portal with invented people and work."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partners.models import Partner
from pokmas.accounts.models import User
from pokmas.server.owner import as_owner
from reports.demo import country, people, reports


class Command(BaseCommand):
    help = "Mengisi portal dengan data contoh; orang dan lembaganya rekaan."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--scale", type=int, default=1)
        parser.add_argument(
            "--if-empty", action="store_true", help="lewati bila sudah ada data"
        )
        parser.add_argument(
            "--logins", action="store_true", help="tampilkan akun contoh saja"
        )
        parser.add_argument(
            "--close-accounts", action="store_true", help="tutup semua akun contoh"
        )

    def handle(self, *, seed, scale, if_empty, logins, close_accounts, **options):
        if close_accounts:
            closed = User.objects.filter(is_demo=True).update(is_active=False)
            self.stdout.write(f"{closed} akun contoh ditutup.")
            return
        if logins:
            self.print_logins()
            return
        if not settings.FIRST_LOOK:
            raise CommandError(
                "Data contoh hanya untuk tampilan pertama (POKMAS_FIRST_LOOK)."
            )
        if Partner.objects.exists():
            if if_empty:
                return
            raise CommandError("Portal sudah berisi data; data contoh tidak dimuat.")
        started = time.monotonic()
        with as_owner():  # for what happened before today is added to the history
            built = country.build(seed=seed, scale=scale, today=timezone.localdate())
        reports.build(built)
        self.stdout.write(
            f"Data contoh: {len(built.units)} unit, "
            f"{sum(map(len, built.partners.values()))} mitra, "
            f"{sum(map(len, built.agreements.values()))} kerja sama "
            f"({time.monotonic() - started:.1f} detik)."
        )

    def print_logins(self):
        self.stdout.write(f"Kata sandi semua akun contoh: {people.PASSWORD}")
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.stdout.write(
                f"Surel tidak terkirim; suratnya di {settings.EMAIL_FILE_PATH}"
            )
        for login in people.LOGINS:
            if User.objects.filter(email=login.email, is_active=True).exists():
                self.stdout.write(
                    f"  {login.email:<36} {login.role.label}, {login.office}"
                )
