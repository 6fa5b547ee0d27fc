"""What the doctor finds, with DNS answers of our own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dns.resolver
import pytest

from listserv.adapters import rsa_lanes
from listserv.adapters.rq_queue import RqQueue
from listserv.bootstrap import build_kit
from listserv.cli.checkup import Finding, Resolve, checkup
from listserv.domain.dkim import DkimAlgorithm
from listserv.services.add_members import Newcomer, add_members
from listserv.services.create_dkim_keys import create_dkim_keys
from listserv.services.create_list import create_list
from listserv.settings import Settings
from listserv.store import migrate
from listserv.store.engine import open_engine

RSA, ED25519 = DkimAlgorithm.RSA, DkimAlgorithm.ED25519


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings(data_dir=str(tmp_path), redis_url="redis://127.0.0.1:1/0")
    migrate.upgrade(open_engine(found.database))
    kit = build_kit(found, "test")
    create_list(kit, "group@lists.example.org")
    return found


def dns_says(mx: list[str], txt: list[str]) -> Resolve:
    return lambda domain, kind: mx if kind == "MX" else txt


def about_dns(settings: Settings, resolve: Resolve) -> list[Finding]:
    return [f for f in checkup(settings, resolve) if f.check == "DNS of lists.example.org"]


def levels(findings: list[Finding]) -> list[str]:
    return [finding.level for finding in findings]


def test_mx_and_spf_are_fine(settings: Settings) -> None:
    found = about_dns(settings, dns_says(["mx.example.org"], ["v=spf1 mx -all", "other"]))
    assert levels(found) == ["ok", "ok"]


def test_missing_records_are_shown_as_they_should_be(settings: Settings) -> None:
    found = about_dns(settings, dns_says([], []))
    assert levels(found) == ["error", "warning"]
    assert "lists.example.org. MX 10" in found[0].words
    assert "v=spf1" in found[1].words


def test_two_spf_records_count_as_none(settings: Settings) -> None:
    found = about_dns(settings, dns_says(["mx"], ["v=spf1 mx -all", "v=spf1 a -all"]))
    assert levels(found) == ["ok", "error"]


def test_a_silent_dns_is_told(settings: Settings) -> None:
    def silent(domain: str, kind: str) -> list[str]:
        raise dns.resolver.NoNameservers

    assert levels(about_dns(settings, silent)) == ["warning"]


def test_keys_of_another_database_are_told(settings: Settings, tmp_path: Path) -> None:
    people = [Newcomer("ann@example.net")]
    list(add_members(build_kit(settings, "test"), "group@lists.example.org", people))
    found = [f for f in checkup(settings, dns_says([], [])) if f.check == "keys"]
    assert "error" not in levels(found)
    (tmp_path / "keys").write_text("another key that opens nothing of this database")
    found = [f for f in checkup(settings, dns_says([], [])) if f.check == "keys"]
    assert "None of them opens the members" in found[-1].words
    assert levels(found)[-1] == "error"


def test_keys_apart_from_the_data_are_fine(settings: Settings, tmp_path: Path) -> None:
    found = [f for f in checkup(settings, dns_says([], [])) if f.check == "keys"]
    assert levels(found) == ["warning"]
    (tmp_path / "keys").chmod(0o644)
    found = [f for f in checkup(settings, dns_says([], [])) if f.check == "keys"]
    assert levels(found) == ["error", "warning"]


def test_looking_makes_no_key(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "keys").unlink()
    (found,) = [f for f in checkup(settings, dns_says([], [])) if f.check == "keys"]
    assert found.level == "warning" and "There are none" in found.words
    assert not (tmp_path / "keys").exists()


def test_a_variable_with_a_typing_error_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIETLIST_DATABSE_URL", "x")
    found = [f.words for f in checkup(settings, dns_says([], [])) if f.check == "settings"]
    assert any("QUIETLIST_DATABSE_URL" in words for words in found)


def test_tables_of_another_version_are_told(tmp_path: Path) -> None:
    empty = Settings(data_dir=str(tmp_path / "new"), redis_url="redis://127.0.0.1:1/0")
    (tmp_path / "new").mkdir()
    (found,) = [f for f in checkup(empty, dns_says([], [])) if f.check == "database"]
    assert found.level == "error" and "quietlist db upgrade" in found.words


def test_a_relay_that_is_down_is_told(settings: Settings) -> None:
    down = Settings(data_dir=settings.data_dir, relay_url="smtp://127.0.0.1:1")
    (found,) = [f for f in checkup(down, dns_says([], [])) if f.check == "relay"]
    assert found.level == "error" and "QUIETLIST_RELAY_URL" in found.words


def about_dkim(settings: Settings, resolve: Resolve) -> list[Finding]:
    return [f for f in checkup(settings, resolve) if f.check == "DKIM of lists.example.org"]


def test_a_domain_without_a_key_is_told_how_to_make_one(settings: Settings) -> None:
    (found,) = about_dkim(settings, dns_says([], []))
    assert found.level == "warning"
    assert "quietlist dkim create lists.example.org" in found.words


def test_the_record_of_a_key_is_compared(settings: Settings) -> None:
    kit = build_kit(settings, "test")
    selectors = {RSA: "one", ED25519: "two"}
    keys = create_dkim_keys(kit, "lists.example.org", selectors)
    records = {key.name: [key.record] for key in keys}
    found = about_dkim(settings, lambda name, kind: records.get(name, []))
    assert levels(found) == ["ok", "ok"]
    records[keys[0].name] = ["v=DKIM1; k=rsa; p=another"]
    del records[keys[1].name]
    found = about_dkim(settings, lambda name, kind: records.get(name, []))
    assert levels(found) == ["error", "error"]
    assert "another" in found[0].words and "no TXT" in found[1].words


@pytest.mark.parametrize(
    ("answers", "level", "words"),
    [
        ({"here": True, "hold": True, "possible": True}, "ok", "eight at a time."),
        ({"here": True, "hold": False, "possible": True}, "warning", "Remove it"),
        ({"here": False, "possible": True}, "ok", "could"),
        ({"here": False, "possible": False}, "ok", "made one at a time."),
    ],
)
def test_who_signs_hears_how_fast(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    answers: dict[str, bool],
    level: str,
    words: str,
) -> None:
    for name, answer in answers.items():
        monkeypatch.setattr(rsa_lanes, name, lambda answer=answer: answer)

    def signatures() -> list[Finding]:
        return [f for f in checkup(settings, dns_says([], [])) if f.check == "signatures"]

    create_dkim_keys(build_kit(settings, "test"), "lists.example.org", {ED25519: "one"})
    assert signatures() == []
    create_dkim_keys(build_kit(settings, "test"), "lists.example.org", {RSA: "two"})
    (told,) = signatures()
    assert told.level == level and words in told.words


def about_clocks(settings: Settings) -> list[Finding]:
    return [f for f in checkup(settings, dns_says([], [])) if f.check == "clocks"]


def test_clocks_that_agree_are_not_spoken_of(settings: Settings, redis_url: str) -> None:
    assert about_clocks(settings) == []  # no Redis answers
    assert about_clocks(replace(settings, redis_url=redis_url)) == []


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_clock_of_redis_that_goes_wrong_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    there = datetime.now(UTC) + timedelta(seconds=seconds)
    monkeypatch.setattr(RqQueue, "time", lambda _: there)
    (found,) = about_clocks(settings)
    assert found.level == "warning" and "that of Redis" in found.words


def test_a_clock_of_the_database_that_goes_wrong_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = datetime.now(UTC) + timedelta(hours=1)
    monkeypatch.setattr("listserv.cli.checkup.server_time", lambda _: there)
    (found,) = about_clocks(settings)
    assert "that of the database" in found.words
