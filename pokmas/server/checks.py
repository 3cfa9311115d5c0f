"""What a production setting refuses, said at start in one clear line each."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from pokmas.server.keys import read_keys
from pokmas.server.outage import StoreFailed
from pokmas.server.owner import is_owner


@register(Tags.security)
def production_is_serious(app_configs, **kwargs):
    if settings.FIRST_LOOK:
        return []
    errors = []
    if settings.DEBUG:
        errors.append(
            Error(
                "POKMAS_DEBUG hanya boleh bersama POKMAS_FIRST_LOOK.", id="pokmas.E001"
            )
        )
    if len(settings.SECRET_KEY) < 50 or "contoh" in settings.SECRET_KEY:
        errors.append(
            Error(
                "POKMAS_SECRET_KEY harus acak dan paling sedikit 50 huruf.",
                id="pokmas.E002",
            )
        )
    return errors


@register(Tags.security)
def keys_can_be_read(app_configs, **kwargs):
    errors = []
    for setting in ("DATA_KEYS", "SEAL_KEYS"):
        try:
            read_keys(f"POKMAS_{setting}", tuple(getattr(settings, setting)))
        except ImproperlyConfigured as error:
            errors.append(Error(str(error), id="pokmas.E005"))
    return errors


@register(Tags.database)
def production_has_no_demo_accounts(app_configs, databases=None, **kwargs):
    from pokmas.accounts.models import User  # apps load first

    if settings.FIRST_LOOK or not databases or not _has_table(User):
        return []
    if User.objects.filter(is_demo=True, is_active=True).exists():
        return [
            Error(
                "Basis data ini berisi akun contoh. Setelan produksi menolaknya; "
                "tutup dengan `python3 manage.py demo --close-accounts`.",
                id="pokmas.E003",
            )
        ]
    return []


@register(Tags.database)
def database_is_of_this_line(app_configs, databases=None, **kwargs):
    """Before 0.1.0 the tables were begun anew; an older trial is not carried over."""
    if not databases or not _has_table(MigrationRecorder.Migration):
        return []
    migrations = MigrationRecorder.Migration.objects
    if migrations.filter(app="partners", name="0002_lists").exists():
        return [
            Error(
                "Basis data ini dibuat oleh versi percobaan sebelum 0.1.0 dan tidak "
                "dapat diteruskan. Mulai dengan basis data kosong; untuk `manage.py "
                "up` pilih folder lain dengan --data atau hapus folder var.",
                id="pokmas.E004",
            )
        ]
    return []


@register(Tags.database)
def files_have_a_place(app_configs, databases=None, **kwargs):
    """A bucket that is named but cannot be used is said at start, with the reason."""
    if not databases or not settings.S3_BUCKET:
        return []
    from pokmas.documents import belonging  # apps load first

    try:
        belonging.written()
    except StoreFailed as failure:
        return [
            Error(
                f"Wadah berkas “{settings.S3_BUCKET}” tidak dapat dipakai. {failure} "
                "Periksa POKMAS_S3_BUCKET, POKMAS_S3_ENDPOINT, POKMAS_S3_REGION, dan "
                "kedua kuncinya.",
                id="pokmas.E007",
            )
        ]
    return []


@register(Tags.database)
def production_cannot_rewrite_the_trail(app_configs, databases=None, **kwargs):
    from pokmas.audit import grants  # apps load first

    if settings.FIRST_LOOK or not databases or is_owner() or grants.is_bound():
        return []
    return [
        Error(
            "Peran basis data di DATABASE_URL dapat mengubah jejak audit. Beri portal "
            "peran lain daripada pemilik tabel, dan isi POKMAS_OWNER_DATABASE_URL "
            "untuk migrate; lihat docs/operations.md, Two roles.",
            id="pokmas.E006",
        )
    ]


def _has_table(model) -> bool:
    """`migrate` runs the checks too, on a database that is still empty."""
    connection = connections["default"]
    return model._meta.db_table in connection.introspection.table_names()
