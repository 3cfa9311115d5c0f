"""One settings file, read from the environment; `.env.example` lists every name."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent


class Files(FileAwareMapping):
    """NAME_FILE is a file that holds the value of NAME, as secrets of a container are.

    The end of its line is no part of it.
    """

    def __getitem__(self, name):
        return super().__getitem__(name).strip()


env = environ.FileAwareEnv()
env.ENVIRON = Files()

# A first look: demo accounts are let in without a second factor, under a banner.
FIRST_LOOK = env.bool("POKMAS_FIRST_LOOK", False)

REQUIRED = ["DATABASE_URL", "REDIS_URL", "POKMAS_SECRET_KEY", "POKMAS_DATA_KEYS"]
if not FIRST_LOOK:
    REQUIRED += ["POKMAS_BASE_URL", "POKMAS_ALLOWED_HOSTS", "EMAIL_URL"]
    REQUIRED += ["POKMAS_SEAL_KEYS"]
missing = [name for name in REQUIRED if not env.str(name, "")]
if missing:
    raise ImproperlyConfigured(
        f"Setelan belum diisi: {', '.join(missing)}. "
        "Lihat .env.example, atau jalankan `python3 manage.py up`."
    )

DEBUG = env.bool("POKMAS_DEBUG", False)
SECURE = env.bool("POKMAS_SECURE", True)
SECRET_KEY = env.str("POKMAS_SECRET_KEY")
DATA_KEYS = env.list("POKMAS_DATA_KEYS")
SEAL_KEYS = env.list("POKMAS_SEAL_KEYS", default=DATA_KEYS)
ALLOWED_HOSTS = env.list("POKMAS_ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
BASE_URL = env.str("POKMAS_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATA_DIR = Path(env.str("POKMAS_DATA_DIR", str(BASE_DIR / "var")))

# Applications

INSTALLED_APPS = [
    "pokmas.apps.PokmasConfig",
    "pokmas.records",
    "pokmas.offices",
    "pokmas.accounts",
    "pokmas.audit",
    "pokmas.jobs",
    "pokmas.documents",
    "pokmas.notices",
    "pokmas.health",
    "pokmas.rules",
    "pokmas.reference",
    "pokmas.numbering",
    "pokmas.coordination",
    "pokmas.imports",
    "pokmas.calendar",
    "partners",
    "agreements",
    "outreach",
    "reports",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "pokmas.server.stack.OnePieceMiddleware",
    "pokmas.server.tracing.TracingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "pokmas.server.compression.PageCompressionMiddleware",
    "pokmas.server.methods.KnownMethodsMiddleware",
    "pokmas.server.outside.ReadableMiddleware",
    "pokmas.health.middleware.ProbeMiddleware",
    "pokmas.accounts.middleware.OwnSessionMiddleware",
    "pokmas.words.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pokmas.accounts.middleware.SessionAgeMiddleware",
    "pokmas.accounts.middleware.SignInRequiredMiddleware",
    "pokmas.accounts.middleware.ActingMiddleware",
    "pokmas.server.methods.WayOnMiddleware",
    "pokmas.documents.uploads.RequestSizeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pokmas.server.patience.PatienceMiddleware",
    "pokmas.server.replica.OwnWritesMiddleware",
    "pokmas.documents.away.StoreMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pokmas.audit.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "pokmas.urls"
WSGI_APPLICATION = "pokmas.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"pokmas": "pokmas.front.tags"},
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pokmas.front.context.page",
            ],
        },
    }
]
FORM_RENDERER = "pokmas.forms.base.FormRenderer"

# Database and queue


def login(address: dict, password: str) -> dict:
    """That of a database; the password may stand apart from the address."""
    return address | {"PASSWORD": address["PASSWORD"] or password}


DATABASE_PASSWORD = env.str("POKMAS_DATABASE_PASSWORD", "")
DATABASES = {"default": login(env.db_url("DATABASE_URL"), DATABASE_PASSWORD)}
# A streaming replica that lists may be read from, and how old its rows may be then.
if env.str("POKMAS_REPLICA_DATABASE_URL", ""):
    DATABASES["replica"] = login(
        env.db_url("POKMAS_REPLICA_DATABASE_URL"), DATABASE_PASSWORD
    )
REPLICA_LAG_SECONDS = env.int("POKMAS_REPLICA_LAG_SECONDS", 10)
# The role that may use the tables, and the login of the one that owns them.
DATABASE_ROLE = DATABASES["default"]["USER"]
OWNER_DATABASE = {}
if env.str("POKMAS_OWNER_DATABASE_URL", ""):
    OWNER_DATABASE = login(
        env.db_url("POKMAS_OWNER_DATABASE_URL"), env.str("POKMAS_OWNER_PASSWORD", "")
    )
# A host that went away, or a line that was cut, says nothing: nobody waits 5 seconds
# for it, be it a new connection (in seconds) or one that is there (in milliseconds).
LINE = {
    "connect_timeout": 3,
    "tcp_user_timeout": 1500,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}
# In milliseconds.
TIME_LIMITS = {
    "statement_timeout": env.int("POKMAS_STATEMENT_TIMEOUT", 15_000),
    "idle_in_transaction_session_timeout": 60_000,
}
# As long the server keeps what a host held that went away: in seconds, the last one in
# milliseconds.
SERVER_LIMITS = {
    "tcp_keepalives_idle": 4,
    "tcp_keepalives_interval": 2,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
POOLED = env.bool("POKMAS_POOLED", False)
for database in DATABASES.values():
    database.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
    database["OPTIONS"] = LINE | database.get("OPTIONS", {})
    if POOLED:
        database.update(ENGINE="pokmas.server.pooled", DISABLE_SERVER_SIDE_CURSORS=True)
    else:
        database["OPTIONS"].setdefault(
            "options",
            "".join(
                f"-c {name}={value} "
                for name, value in (TIME_LIMITS | SERVER_LIMITS).items()
            )
            # As the server of one machine is told (launch/tuning.py), for others.
            + "-c timezone=UTC -c random_page_cost=1.1 -c jit=off "
            "-c join_collapse_limit=5",
        )

REDIS_URL = env.str("REDIS_URL")
QUEUE_PASSWORD = env.str("POKMAS_QUEUE_PASSWORD", "")
if QUEUE_PASSWORD and not urlsplit(REDIS_URL).password:
    login_of_queue = f"//:{quote(QUEUE_PASSWORD, safe='')}@"
    REDIS_URL = REDIS_URL.replace("//", login_of_queue, 1)
# What must not be believed because a server beside it was away: in the database.
CACHES = {"default": {"BACKEND": "pokmas.records.marks.Marks"}}

CELERY = {
    "broker_url": REDIS_URL.replace("unix://", "redis+socket://"),
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {
        "visibility_timeout": 900,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 2,
        "socket_connect_timeout": 1,
        # Nobody waits for a broker that is away: his job is swept up later.
        "max_retries": 1,
        "interval_start": 0.1,
    },
    "broker_pool_limit": 4,
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_time_limit": 300,
    "task_soft_time_limit": 240,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_default_queue": "default",
    "task_publish_retry": False,
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 50,
    "worker_soft_shutdown_timeout": 30,
    "worker_hijack_root_logger": False,
    "timezone": "UTC",
}
JOB_LEASE_SECONDS = env.int("POKMAS_JOB_LEASE_SECONDS", 60)

# Who comes in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["pokmas.accounts.backends.PeopleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation"
        ".UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "pokmas.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "pokmas.accounts.entrance.LoginForm",
    "signup": "pokmas.accounts.entrance.SignupForm",
    "add_email": "pokmas.accounts.entrance.NewEmailForm",
    "change_password": "pokmas.accounts.entrance.ChangePasswordForm",
    "reset_password": "pokmas.accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "pokmas.accounts.entrance.NewPasswordForm",
    "reauthenticate": "pokmas.accounts.entrance.ReauthenticateForm",
}
# Offices share an address. Who gets in, and how often he fails to, the adapter counts.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "signup": "60/m/ip",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_USER_DISPLAY = "pokmas.accounts.models.display_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BASE_URL.startswith("https") else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("POKMAS_TRUSTED_PROXIES", 0)
MFA_ADAPTER = "pokmas.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "pokmas.accounts.entrance.CodeForm",
    "reauthenticate": "pokmas.accounts.entrance.ReauthenticateByCodeForm",
    "activate_totp": "pokmas.accounts.entrance.ActivateAppForm",
    "login_webauthn": "pokmas.accounts.entrance.LoginByPasskeyForm",
    "authenticate_webauthn": "pokmas.accounts.entrance.AuthenticateByPasskeyForm",
    "reauthenticate_webauthn": "pokmas.accounts.entrance.ReauthenticateByPasskeyForm",
    "add_webauthn": "pokmas.accounts.entrance.AddPasskeyForm",
    "edit_webauthn": "pokmas.accounts.entrance.EditPasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Pokmas"
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
# SessionAgeMiddleware notes activity once a minute instead of at every request.
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_IDLE_SECONDS = env.int("POKMAS_SESSION_IDLE_SECONDS", 30 * 60)

# Safety

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pokmas.front.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Files

MAX_UPLOAD_BYTES = env.int("POKMAS_MAX_UPLOAD_MB", 10) * 1024 * 1024
# One form may carry several photos; what is larger is cut off while it arrives.
MAX_REQUEST_BYTES = 6 * MAX_UPLOAD_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["pokmas.documents.uploads.BoundedUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
CLAMD = env.str("POKMAS_CLAMD", "")
# Certificates (PEM) of those whose signatures on PDF files are trusted; none: nobody.
TRUSTED_CERTIFICATES = env.str("POKMAS_TRUSTED_CERTIFICATES", "")
# The certificate (PKCS#12) with which issued papers are sealed, and its password.
SEAL_PDF = env.str("POKMAS_SEAL_PDF", "")
SEAL_PDF_PASSWORD = env.str("POKMAS_SEAL_PDF_PASSWORD", "")
# What making one PDF may take; the second one is address space, not memory in use.
PDF_SECONDS = env.int("POKMAS_PDF_SECONDS", 120)
PDF_MEGABYTES = env.int("POKMAS_PDF_MB", 1536)
# The bucket in which files are kept instead of MEDIA_ROOT, if there is one.
S3_BUCKET = env.str("POKMAS_S3_BUCKET", "")
if S3_BUCKET and not find_spec("boto3"):
    raise ImproperlyConfigured(
        "POKMAS_S3_BUCKET memerlukan paket boto3: "
        "pasang paket di requirements-production.lock."
    )
MEDIA_ROOT = env.str("POKMAS_MEDIA_ROOT", str(DATA_DIR / "media"))
STATIC_URL = "static/"
STATIC_ROOT = env.str("POKMAS_STATIC_ROOT", str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# The fonts are for PDF files: nobody fetches them, so nobody waits for their packing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "pokmas.documents.storage.DurableStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Whoever collects them, the web server and the proxy read them.
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
}

if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "pokmas.documents.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("POKMAS_S3_ENDPOINT", "") or None,
            "region_name": env.str("POKMAS_S3_REGION", "") or None,
            "access_key": env.str("POKMAS_S3_ACCESS_KEY", "") or None,
            "secret_key": env.str("POKMAS_S3_SECRET_KEY", "") or None,
            "prefix": env.str("POKMAS_S3_PREFIX", "").strip("/"),
        },
    }

# Words, dates, mail

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
FORMAT_MODULE_PATH = ["pokmas.words.formats"]
USE_THOUSAND_SEPARATOR = False
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

vars().update(env.email_url("EMAIL_URL", f"filemail://{DATA_DIR / 'mail'}"))
if env.str("POKMAS_EMAIL_PASSWORD", ""):
    EMAIL_HOST_PASSWORD = env.str("POKMAS_EMAIL_PASSWORD")
# environ cuts the first slash off, which would make the folder a relative one.
EMAIL_FILE_PATH = f"/{vars().get('EMAIL_FILE_PATH', '')}"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "POKMAS_EMAIL_FROM", "Pokmas <noreply@localhost>"
)
EMAIL_TIMEOUT = 10
# Who is sent the head of the audit trail's chain every day, to keep it elsewhere.
WITNESSES = env.list("POKMAS_WITNESSES", default=[])
SMS_GATEWAY = env.str("POKMAS_SMS_GATEWAY", "")

# Seen from outside

METRICS_TOKEN = env.str("POKMAS_METRICS_TOKEN", "")
SENTRY_DSN = env.str("POKMAS_SENTRY_DSN", "")
SLOW_QUERY_MS = env.int("POKMAS_SLOW_QUERY_MS", 1000)
JSON_LOGS = env.bool("POKMAS_JSON_LOGS", False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "pokmas.server.masking.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "pokmas.server.logs.Json"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if JSON_LOGS else "line",
        },
    },
    # Nothing goes another way, past the masks.
    "loggers": {"django": {"handlers": []}},
    "root": {
        "handlers": ["console"],
        "level": env.str("POKMAS_LOG_LEVEL", "INFO"),
    },
}

PGHISTORY_APPEND_ONLY = True
PGHISTORY_BASE_MODEL = "pokmas.audit.history.Event"
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"
# Nobody asks a history for all rows of an office or a type: see history.looked_up_by.
PGHISTORY_FIELD = pghistory.Field(db_index=False)
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
SILENCED_SYSTEM_CHECKS = []
