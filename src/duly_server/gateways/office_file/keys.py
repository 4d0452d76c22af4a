"""Every key of duly.toml in the order of the file, with its check, its default and what is said above it.

The environment variable of a key is its name in capitals after DULY_: `receipt_groups` is
DULY_RECEIPT_GROUPS, `host` in [mail] DULY_MAIL_HOST. Each has a heading in
docs/reference/settings.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

from duly_server.gateways.office_file import checks

Value = str | int | list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One setting. `path` is dotted; where there is no `default`, `sample` stands commented out."""

    path: str
    check: Callable[[object], checks.Wrong | None]
    says: str
    default: Value | None = None
    sample: Value | None = None

    @property
    def variable(self) -> str:
        return "DULY_" + self.path.replace(".", "_").upper()

    @property
    def page(self) -> str:
        return f"/help/reference/settings#{self.variable.lower()}"


KEYS = (
    Key(
        path="name",
        check=checks.words,
        says="What the organisation is called, on every page.",
        default="Example Association",
    ),
    Key(
        path="address",
        check=checks.address,
        says="The address people use.",
        default="http://127.0.0.1:8000",
    ),
    Key(
        path="origin",
        check=checks.origin,
        says="The name of your record. It stands in every fact: never change it after the first.",
        default="duly.example/office",
    ),
    Key(
        path="zone",
        check=checks.zone,
        says="The time zone your days are counted in.",
        default="Europe/London",
    ),
    Key(
        path="languages",
        check=checks.languages,
        says="What the pages are written in, the first where nothing else is asked for.",
        default=["en"],
    ),
    Key(
        path="accent",
        check=checks.light_accent,
        says="The colour of links and of the one main button: 4.5 to 1 against white and the page.",
        default="#0E5A61",
    ),
    Key(
        path="accent_dark",
        check=checks.dark_accent,
        says="The same in the dark. Left out, a lighter one is made of the accent.",
        sample="#74C5C8",
    ),
    Key(
        path="receipt_groups",
        check=checks.receipt_groups,
        says="Groups of four digits in a receipt code: 5, or 4 in a small office.",
        default=5,
    ),
    Key(
        path="leave_url",
        check=checks.leave_url,
        says='Where "Leave this page" leads: somewhere nobody wonders about.',
        default="https://www.wikipedia.org/",
    ),
    Key(
        path="proxies",
        check=checks.proxies,
        says="The proxies in front of Duly, whose word on where a request came from is taken.",
        default=[],
    ),
    Key(
        path="monitor",
        check=checks.listening,
        says="Where a monitor reads health and figures: a port that nobody else reaches.",
        sample="127.0.0.1:9180",
    ),
    Key(
        path="keyring",
        check=checks.folder,
        says="The folder of the keys: on another disk than this one, and in no backup of it.",
        default="~/.duly-keyring",
    ),
    Key(
        path="database",
        check=checks.database,
        says='"sqlite", or the address of a PostgreSQL database, without a password.',
        default="sqlite",
    ),
    Key(
        path="keys_database",
        check=checks.postgresql,
        says="With PostgreSQL, the key store's own database.",
        sample="postgresql://duly@db.example.org:5432/duly_keys",
    ),
    Key(
        path="owner_database",
        check=checks.postgresql,
        says="With PostgreSQL, the database as the role that owns its tables: for duly migrate alone.",
        sample="postgresql://duly_owner@db.example.org:5432/duly",
    ),
    Key(
        path="owner_keys_database",
        check=checks.postgresql,
        says="The same of the key store's database.",
        sample="postgresql://duly_owner@db.example.org:5432/duly_keys",
    ),
    Key(
        path="mail.host",
        check=checks.host,
        says="The mail server. Letters are not sent yet: what stands here is checked, and no more.",
        sample="mail.example.org",
    ),
    Key(path="mail.port", check=checks.port, says="Its port.", sample=587),
    Key(
        path="mail.tls",
        check=checks.security,
        says='"starttls", "tls", or "none" for a server on this machine.',
        sample="starttls",
    ),
    Key(
        path="mail.from",
        check=checks.mail_address,
        says="The address letters come from.",
        sample="office@example.org",
    ),
    Key(path="mail.user", check=checks.words, says="Who logs in there.", sample="office@example.org"),
    Key(
        path="mail.password_file",
        check=checks.secret_file,
        says="A file with the password, mode 600. The password itself never stands here.",
        sample="/etc/duly/mail-password",
    ),
    Key(
        path="oidc.name",
        check=checks.words,
        says="What officers know the provider as: “Log in with ...”.",
        sample="Example Association",
    ),
    Key(
        path="oidc.issuer",
        check=checks.issuer,
        says="The address of the provider, as it calls itself (issuer).",
        sample="https://login.example.org",
    ),
    Key(path="oidc.client_id", check=checks.words, says="What the provider calls Duly.", sample="duly"),
    Key(
        path="oidc.client_secret_file",
        check=checks.secret_file,
        says="A file with Duly's secret at the provider, mode 600. Left out, Duly shows none.",
        sample="/etc/duly/oidc-secret",
    ),
    Key(
        path="oidc.second_factor",
        check=checks.whose_factor,
        says='Whose second factor counts after it: "duly" asks for its own, "provider" leaves it to them.',
        sample="duly",
    ),
)
BY_PATH = {key.path: key for key in KEYS}
# Read from the environment alone: no file that is copied around holds a secret.
SECRET = "DULY_MAIL_PASSWORD"  # noqa: S105 -- its name, not its value
OIDC_SECRET = "DULY_OIDC_CLIENT_SECRET"  # noqa: S105 -- the same
# What stands in a table of the file, and what of it never does, with the variable that says it instead.
TABLES = {"mail": ("mail.password", SECRET), "oidc": ("oidc.client_secret", OIDC_SECRET)}
