import re
from dataclasses import fields
from pathlib import Path

import pytest

from listserv.domain.errors import Refused
from listserv.settings import Listen, Settings, misspelt, read_settings

CONTRACT = {
    "data_dir": "./var",
    "smtp_listen": "127.0.0.1:8025",
    "web_listen": "127.0.0.1:8080",
    "database_url": "",
    "redis_url": "",
    "lmtp_listen": "",
    "base_url": "",
    "relay_url": "",
    "workers": "",
    "secret_keys": "",
    "trusted_authserv_id": "",
    "trusted_proxies": "",
    "postmaster": "",
}


def test_the_defaults_are_what_is_promised() -> None:
    settings = read_settings({})
    assert {name: getattr(settings, name) for name in CONTRACT} == CONTRACT


def test_every_setting_says_what_it_means() -> None:
    assert all(f.metadata["meaning"].endswith(".") for f in fields(Settings))


def test_the_environment_counts() -> None:
    assert read_settings({"QUIETLIST_WORKERS": " 3 "}).worker_count == 3


def test_a_file_counts_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("QUIETLIST_WORKERS=3\nQUIETLIST_POSTMASTER=op@example.org\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIETLIST_WORKERS", "4")
    settings = read_settings()
    assert (settings.worker_count, settings.operator) == (4, "op@example.org")


def test_secrets_are_not_in_the_repr() -> None:
    settings = read_settings(
        {
            "QUIETLIST_SECRET_KEYS": "s" * 40,
            "QUIETLIST_RELAY_URL": "smtps://user:hush-hush@mail.example.org",
        }
    )
    assert "s" * 40 not in repr(settings) and "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_LISTEN", "8025x"),
        ("SMTP_LISTEN", "host:99999"),
        ("WEB_LISTEN", ""),
        ("WEB_LISTEN", "/a/socket"),
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("TRUSTED_CLIENTS", "10.0.0.0/99"),
        ("TRUSTED_PROXIES", "example.org"),
        ("POSTMASTER", "nobody"),
        ("BASE_URL", "quietlist.example.org"),
        ("BASE_URL", "https:/lists.example.org"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https:///lists.example.org"),
        ("BASE_URL", "https://lists.example.org /x"),
        ("BASE_URL", "https://lists.example.org\u200b"),
        ("BASE_URL", "https://lists.example.org/?page=1"),
        ("BASE_URL", "https://lists.example.org/#top"),
        ("BASE_URL", "https://user:secret@lists.example.org"),
        ("RELAY_URL", "http://mail.example.org"),
        ("RELAY_URL", "smtp:///secret"),
        ("RELAY_URL", "smtps://user:a secret@mail.example.org"),
        ("RELAY_URL", "smtp://user:secret@mail.example.org"),
        ("REDIS_URL", "localhost:6379"),
        ("MAX_MESSAGE_SIZE", "1"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(Refused, match=f"QUIETLIST_{name}") as refusal:
        read_settings({f"QUIETLIST_{name}": value})
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BASE_URL", "lists.example.org", "begins with http:// or https://, such as https://"),
        ("RELAY_URL", "mail:25", "begins with smtp://, smtp+starttls:// or smtps://, such as smtp"),
        ("BASE_URL", "https://", "names no host"),
        ("REDIS_URL", "redis://a host", "has a space in it"),
    ],
)
def test_what_is_wrong_with_a_url_is_told(name: str, value: str, says: str) -> None:
    with pytest.raises(Refused, match=re.escape(says)):
        read_settings({f"QUIETLIST_{name}": value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "https://example.org/lists/"),
        ("RELAY_URL", "smtps://user:a%20secret@mail.example.org"),
        ("REDIS_URL", "unix:///run/redis.sock"),
        ("REDIS_URL", "redis:///0"),
    ],
)
def test_a_url_that_can_be_used_is_taken(name: str, value: str) -> None:
    read_settings({f"QUIETLIST_{name}": value})


def test_what_is_no_setting_is_told_with_the_one_that_was_meant() -> None:
    found = misspelt({"QUIETLIST_RELAY_ULR": "x", "QUIETLIST_TEA": "x", "QUIETLIST_LEASE": "x"})
    assert found == [
        "QUIETLIST_RELAY_ULR is no setting. Did you mean QUIETLIST_RELAY_URL?",
        "QUIETLIST_TEA is no setting. `quietlist settings` prints all there are.",
    ]


@pytest.mark.parametrize(
    ("text", "listen"),
    [
        ("127.0.0.1:8025", Listen("127.0.0.1", 8025)),
        ("[::1]:25", Listen("::1", 25)),
        (":25", Listen("0.0.0.0", 25)),
        ("/run/quietlist/lmtp", Listen(path="/run/quietlist/lmtp")),
        ("unix:/run/quietlist/lmtp", Listen(path="/run/quietlist/lmtp")),
    ],
)
def test_where_to_listen_has_several_forms(text: str, listen: Listen) -> None:
    assert read_settings({"QUIETLIST_LMTP_LISTEN": text}).lmtp == listen


def test_nothing_to_listen_on_is_a_choice() -> None:
    assert read_settings({"QUIETLIST_SMTP_LISTEN": ""}).smtp is None


def test_the_outbox_is_shown_only_here_and_without_a_relay() -> None:
    assert read_settings({}).outbox_shown
    assert not read_settings({"QUIETLIST_RELAY_URL": "smtp://127.0.0.1:25"}).outbox_shown
    assert not read_settings({"QUIETLIST_WEB_LISTEN": "0.0.0.0:8080"}).outbox_shown


def test_a_long_path_still_gives_a_socket_that_fits() -> None:
    settings = read_settings({"QUIETLIST_DATA_DIR": "/srv/" + "long/" * 40})
    assert len(str(settings.redis_socket)) < 108
    assert settings.redis_socket == settings.redis_socket


def test_a_file_of_settings_that_is_not_ours_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(name: str) -> dict[str, str]:
        raise PermissionError(name)

    monkeypatch.setattr("listserv.settings.dotenv_values", closed)
    with pytest.raises(Refused, match="its owner"):
        read_settings()
