"""Django's settings: from duly.toml and the environment (docs/reference/settings.md), with safe defaults."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from duly_server.conf.databases import databases
from duly_server.gateways.office_file import open_settings

DULY_HOME = Path(os.environ.get("DULY_HOME", "var")).absolute()
# Everything that duly.toml says or a variable of the same setting; or SettingsRefusedError with all faults.
_office = open_settings(DULY_HOME, os.environ)

DULY_KEYRING = _office.keyring.absolute()
DULY_ADDRESS = _office.address
# What the office is called; the name of its log, which stands in every fact and never changes after the
# first; and the zone its days are counted in.
DULY_NAME = _office.name
DULY_ORIGIN = _office.origin
DULY_ZONE = _office.zone
DULY_ACCENT, DULY_ACCENT_DARK = _office.accent, _office.accent_dark
# Groups of four digits in a receipt code: five, and four in a small office (threats 2.6).
DULY_RECEIPT_GROUPS = _office.receipt_groups
# Where "Leave this page" leads: somewhere that nobody wonders about.
DULY_LEAVE_URL = _office.leave_url
# The proxies whose word on where a request came from is taken (threats 2.7).
DULY_PROXIES = _office.proxies
# Where health and figures are told to a monitor, apart from what everybody reaches; "" for nowhere.
DULY_MONITOR = _office.monitor
# Letters are not sent yet; a fault pages nobody's mailbox, whatever is set (threats 5.6).
DULY_MAIL = _office.mail
# Who lets officers in beside Duly itself, where the office has such a provider.
DULY_PROVIDER = _office.provider
# Set by `duly demo` and by tests only: the file that says which day it is.
_day_file = os.environ.get("DULY_DAY_FILE", "")
DULY_DAY_FILE = Path(_day_file) if _day_file else None
DULY_DEMO = os.environ.get("DULY_DEMO", "") == "1"

DEBUG = os.environ.get("DULY_DEBUG", "") == "1"

_secret = DULY_KEYRING / "django-secret"
# Without a keyring a fresh secret each start: everybody logs in again, and nobody shares a published one.
SECRET_KEY = (
    os.environ.get("DULY_SECRET_KEY")
    or (_secret.read_text("ascii").strip() if _secret.is_file() else "")
    or secrets.token_urlsafe(48)
)

_address = urlsplit(DULY_ADDRESS)
ALLOWED_HOSTS = sorted({_address.hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"})
CSRF_TRUSTED_ORIGINS = [f"{_address.scheme}://{_address.netloc}"]
_https = _address.scheme == "https"

DATABASES = databases(_office.database, DULY_HOME, keys_url=_office.keys_database)
# The same databases as the role that owns their tables, for `duly migrate`; {} where it is the web's own.
DULY_OWNER_DATABASES = (
    databases(_office.owner_database, DULY_HOME, keys_url=_office.owner_keys_database)
    if _office.owner_database
    else {}
)
DATABASE_ROUTERS = ["duly_server.store.router.KeysApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # Django's own form templates; ours in web/templates/django/forms come first
    "duly_server.store",
    "duly_server.store.keys",
    "duly_server.web",
]

MIDDLEWARE = [
    "duly_server.web.request_log.RequestLog",
    "duly_server.web.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "duly_server.web.methods.InWords",
    "duly_server.web.arriving.Arriving",
    "duly_server.web.waiting.Waiting",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "duly_server.web.reading.ReadOnce",
]

ROOT_URLCONF = "duly_server.conf.urls"
WSGI_APPLICATION = "duly_server.conf.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent.parent / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "duly_server.web.desk.frame.demo",
                "duly_server.web.accent.own_accent",
            ],
            "libraries": {"look": "duly_server.web.shared.tags"},
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Served by the application itself from web/static; no collectstatic step.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
# Length before rules of spelling (ASVS 6.2): what is common, or is one's own name, is refused.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("login", "name")}),
    )
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

# A row only for staff who log in: anonymous pages touch no session (threats 2.7). Messages ride in a cookie.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_NAME = "duly"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_NAME = "duly-form"
CSRF_FAILURE_VIEW = "duly_server.web.public.errors.form_not_ours"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _https
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Not "no-referrer": under it browsers send "Origin: null" with our own forms and the CSRF check refuses them.
# This one tells other sites as little.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 86400 if _https else 0
X_FRAME_OPTIONS = "DENY"

# One page takes a file (a rulebook or a calendar, as text), and none may spill one to /tmp in clear: what is
# too big for memory is dropped.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Of a fault its class and its place, and nothing that was in it; of a page that is not there, nothing: it
# would be a log of who came (threats 2.7, 5.6).
_log_as = "lines" if os.environ.get("DULY_LOG", "") == "lines" else "words"
_events = {"handlers": ["stderr"], "level": "INFO" if _log_as == "lines" else "ERROR", "propagate": False}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "words": {"()": "duly_server.gateways.logs.ClassAndPlace"},
        "lines": {"()": "duly_server.gateways.log_lines.Lines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": _log_as}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "duly.event": _events,
        "duly.request": _events,
        "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

_LANGUAGES = {"en": "English"}
LANGUAGES = [(each, _LANGUAGES[each]) for each in _office.languages]
LANGUAGE_CODE = _office.languages[0]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
