"""duly.toml: read, checked, every fault at once with its line; the environment wins."""

from pathlib import Path

import pytest

from duly_server.gateways.office_file import Office, SettingsRefusedError, open_settings, read_settings


def read(text: str, **environ: str) -> Office:
    found = read_settings(text, environ)
    assert isinstance(found, Office), found
    return found


def refused(text: str, **environ: str) -> list[str]:
    found = read_settings(text, environ)
    assert not isinstance(found, Office)
    assert all(problem.remedy for problem in found)
    return [str(problem) for problem in found]


def test_without_a_file_everything_has_a_default_that_works_on_this_machine() -> None:
    found = read("")
    assert found.address == "http://127.0.0.1:8000"
    assert found.database == "sqlite"
    assert found.receipt_groups == 5
    assert found.mail is None
    assert found.keyring == Path.home() / ".duly-keyring"


def test_what_the_file_says_holds() -> None:
    found = read('name = "Harbour Club"\nzone = "Asia/Tokyo"\nreceipt_groups = 4\nkeyring = "/srv/keys"\n')
    assert (found.name, found.zone, found.receipt_groups) == ("Harbour Club", "Asia/Tokyo", 4)
    assert found.keyring == Path("/srv/keys")


def test_a_variable_wins_over_the_file_and_an_empty_one_does_not() -> None:
    text = 'name = "Of the file"\nreceipt_groups = 5\n'
    found = read(text, DULY_NAME="Of the environment", DULY_RECEIPT_GROUPS="4", DULY_LANGUAGES="en")
    assert (found.name, found.receipt_groups, found.languages) == ("Of the environment", 4, ("en",))
    assert read(text, DULY_NAME="").name == "Of the file"


def test_every_fault_is_told_at_once_with_its_line_in_order() -> None:
    text = "\n".join(
        (
            "# an office",
            'nmae = "Harbour Club"',
            "address = 3",
            'zone = "Europe/Lodnon"',
            "this is no key",
            "receipt_groups = true",
            "[mail]",
            'host = "mail server"',
            'password = "secret"',
        )
    )
    told = refused(text)
    assert [each.partition(":")[0] for each in told] == [
        f"duly.toml, line {line}" for line in (2, 3, 4, 5, 6, 8, 9)
    ] + ["duly.toml"]
    assert "Did you mean name?" in told[0]
    assert "never stands in this file" in told[6]
    assert "mail.from: it is missing" in told[7]
    assert "secret" not in " ".join(told)


def test_what_is_no_toml_at_all_is_told_with_its_line() -> None:
    assert refused('name = "One"\nname = "Two"\n')[0].startswith("duly.toml, line 2: this is no TOML")
    assert refused("x" * 100_001)[0].startswith("duly.toml: it has more than 100,000 characters.")


def test_a_fault_of_the_environment_is_told_by_its_name_and_beside_those_of_the_file() -> None:
    told = refused('zone = "Nowhere/Town"', DULY_RECEIPT_GROUPS="6", DULY_ADDRESS="complaints.example.org")
    assert [each.partition(":")[0] for each in told] == [
        "duly.toml, line 1",
        "DULY_ADDRESS",
        "DULY_RECEIPT_GROUPS",
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('address = "ftp://example.org"', "no address of a site"),
        ('address = "https://example.org/duly"', "more stands here"),
        ('address = "https://example.org:port"', "no address of a site"),
        ('origin = "two words"', "can't have this name"),
        ('zone = "../../etc/passwd"', "no such time zone"),
        ('zone = "localtime"', "no such time zone"),
        ('zone = "Factory"', "no such time zone"),
        (
            'address = "https://münchen.example"',
            'Write it as browsers send it: "https://xn--mnchen-3ya.example".',
        ),
        ('address = "http://łódź.example:8080"', '"http://xn--d-uga0v4h.example:8080"'),
        ('address = "https://ü..example"', "with xn--"),
        ('monitor = "0.0.0.0:80"', "every network of this machine"),
        ('monitor = "[::]:9180"', "every network of this machine"),
        ('languages = ["en", "tlh"]', "no page is written in 'tlh'"),
        ("languages = []", "a list of languages"),
        ('accent = "petrol"', "no colour"),
        ('leave_url = "javascript:alert(1)"', "no address of a page"),
        ('proxies = "127.0.0.1"', "a list of proxies"),
        ('proxies = ["127.0.0.1", "proxy.example.org"]', "'proxy.example.org' is no address and no network"),
        ('proxies = ["10.0.0.1/8"]', "'10.0.0.1/8' is no address and no network"),
        ('proxies = ["::/0"]', "is everybody"),
        ('keyring = "keys"', "no whole path"),
        ('database = "mysql://localhost/duly"', "no address of a PostgreSQL database"),
        ('database = "postgresql://duly:pass@localhost/duly"', "a password stands in the file"),
        ('database = "postgresql://duly@localhost/duly?password=pass"', "a password stands in the file"),
        ('keys_database = "postgresql://duly@localhost/keys"', "the database is SQLite"),
        ('name = ""', "words stand here"),
        ('mail = "mail.example.org"', "it is a table"),
    ],
)
def test_a_wrong_value_is_refused_in_words(line: str, says: str) -> None:
    told = refused(line)
    assert len(told) == 1
    assert says in told[0]


def test_the_key_store_is_never_in_the_database_of_the_record() -> None:
    same = 'database = "postgresql://d@h/duly"\nkeys_database = "postgresql://d@h/duly"\n'
    assert "whoever copies the record" in refused(same)[0]


def test_an_accent_that_cannot_be_read_is_refused_with_the_figure() -> None:
    assert "on the page; text needs 4.5. Choose a darker" in refused('accent = "#E0A030"')[0]
    assert "on the dark surface; text needs 4.5. Choose a lighter" in refused('accent_dark = "#0E5A61"')[0]


def test_a_name_may_join_its_letters_and_has_some() -> None:
    """Persian is written with a joiner that has no width, and so are pictures of more than one person."""
    for name in ("انجمن می\u200cخواهیم", "👩\u200d⚖ Bench"):
        assert read(f'name = "{name}"').name == name
    assert "words stand here" in refused('name = "\u200c\u200d"')[0]


MAIL = '[mail]\nhost = "mail.example.org"\nfrom = "office@example.org"\n'


def test_the_mail_server_is_read_with_its_password_from_a_file_or_the_environment(tmp_path: Path) -> None:
    bare = read(MAIL).mail
    assert bare is not None
    assert (bare.host, bare.port, bare.tls, bare.sender, bare.user) == (
        "mail.example.org",
        587,
        "starttls",
        "office@example.org",
        "",
    )
    secret = tmp_path / "password"
    secret.write_text("correct horse\n")
    secret.chmod(0o600)
    of_file = read(f'{MAIL}user = "duly"\npassword_file = "{secret}"\ntls = "tls"\n').mail
    assert of_file is not None
    assert (of_file.password, of_file.port) == ("correct horse", 465)
    of_environment = read(f'{MAIL}user = "duly"\n', DULY_MAIL_PASSWORD="battery").mail
    assert of_environment is not None
    assert of_environment.password == "battery"


def test_a_password_that_others_can_read_or_that_is_missing_or_travels_in_clear_stops_the_start(
    tmp_path: Path,
) -> None:
    secret = tmp_path / "password"
    secret.write_text("correct horse\n")
    secret.chmod(0o640)
    assert "others than its owner" in refused(f'{MAIL}user = "duly"\npassword_file = "{secret}"\n')[0]
    assert "it has no password" in refused(f'{MAIL}user = "duly"\n')[0]
    clear = f'{MAIL}user = "duly"\ntls = "none"\n'
    assert "would travel in clear" in refused(clear, DULY_MAIL_PASSWORD="x")[0]


def test_a_file_that_is_no_text_is_refused_and_none_is_no_fault(tmp_path: Path) -> None:
    assert open_settings(tmp_path, {}).name == "Example Association"
    (tmp_path / "duly.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(SettingsRefusedError, match="can't be read"):
        open_settings(tmp_path, {})


PROVIDER = '[oidc]\nname = "Harbour Club"\nissuer = "https://login.example.org"\nclient_id = "duly"\n'


def test_a_provider_is_read_with_our_own_second_factor_unless_left_to_them(tmp_path: Path) -> None:
    assert read("").provider is None
    found = read(PROVIDER).provider
    assert found is not None
    assert (found.name, found.issuer, found.client_id) == (
        "Harbour Club",
        "https://login.example.org",
        "duly",
    )
    assert (found.client_secret, found.second_factor) == ("", "duly")
    secret = tmp_path / "secret"
    secret.write_text("tuning-fork\n")
    secret.chmod(0o600)
    more = f'client_secret_file = "{secret}"\nsecond_factor = "provider"\n'
    found = read(PROVIDER + more).provider
    assert found is not None
    assert (found.client_secret, found.second_factor) == ("tuning-fork", "provider")
    of_environment = read(PROVIDER, DULY_OIDC_CLIENT_SECRET="other").provider
    assert of_environment is not None
    assert of_environment.client_secret == "other"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[oidc]\nname = "x"', "oidc.issuer: it is missing. Write it, or leave the provider out whole."),
        (PROVIDER.replace("https", "http"), "line 3: oidc.issuer: who comes in would travel in clear."),
        (
            PROVIDER.replace("https://login", "login"),
            "line 3: oidc.issuer: this is no address of a provider.",
        ),
        (PROVIDER.replace("client_id", "client"), "line 4: oidc.client: there is no such key."),
        (PROVIDER + 'client_secret = "x"', "line 5: oidc.client_secret: a secret never stands in this file."),
        (PROVIDER + 'second_factor = "none"', 'Write "duly" or "provider".'),
        (PROVIDER + 'client_secret_file = "/nowhere/at/all"', "there is no file /nowhere/at/all"),
        ("oidc = 3", "line 1: oidc: it is a table. Write [oidc] on a line of its own"),
    ],
)
def test_a_wrong_key_of_a_provider_is_told_with_its_remedy(text: str, says: str) -> None:
    assert any(says in each for each in refused(text)), refused(text)


def test_a_provider_on_this_machine_may_do_without_encryption() -> None:
    assert read(PROVIDER.replace("https://login.example.org", "http://127.0.0.1:9000")).provider is not None
