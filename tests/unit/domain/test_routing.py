import pytest

from listserv.domain.errors import Refused
from listserv.domain.mailing_list import MOST_NAME, new_address
from listserv.domain.routing import (
    Command,
    Route,
    Shown,
    ToCommand,
    ToList,
    ToOperator,
    Unknown,
    route,
)

LISTS = {"group@example.org": 1, "night-owls@example.org": 2}
TOKEN = "a" * 26


def find(recipient: str) -> Route:
    return route(recipient, LISTS.get, lambda domain: domain == "example.org")


@pytest.mark.parametrize("recipient", ["group@example.org", "GROUP@Example.ORG"])
def test_the_list_itself_in_any_case(recipient: str) -> None:
    assert find(recipient) == ToList(1)


@pytest.mark.parametrize(
    ("local", "command"),
    [
        ("group-join", Command.JOIN),
        ("group+join", Command.JOIN),
        ("group-subscribe", Command.JOIN),
        ("group-leave", Command.LEAVE),
        ("group-unsubscribe", Command.LEAVE),
        ("group-request", Command.REQUEST),
        ("group-help", Command.HELP),
        ("group-owner", Command.OWNER),
        ("GROUP-Help", Command.HELP),
    ],
)
def test_command_words_after_either_mark(local: str, command: Command) -> None:
    assert find(f"{local}@example.org") == ToCommand(1, command)


def test_a_post_under_a_one_time_handle() -> None:
    assert find("group+anon@example.org") == find("GROUP+ANON@example.org")
    assert find("group+anon@example.org") == ToList(1, Shown.ONE_TIME)


@pytest.mark.parametrize(
    "local", ["group-anon", "group+anno", "group+anonymous", "group+anon+x", "nobody+anon"]
)
def test_a_typing_error_never_posts(local: str) -> None:
    assert find(f"{local}@example.org") == Unknown()


# Each word that an address of ours in a mail is made with, beside its token.
@pytest.mark.parametrize("word", ["confirm", "held", "owner", "leave", "bounces", "get"])
def test_words_that_take_a_token(word: str) -> None:
    assert find(f"group-{word}+{TOKEN}@example.org") == ToCommand(1, Command(word), TOKEN)
    assert find(f"group+{word}+{TOKEN}@example.org") == ToCommand(1, Command(word), TOKEN)


@pytest.mark.parametrize("mark", ["-", "+"])
def test_an_answer_to_a_post_names_it(mark: str) -> None:
    assert find(f"group{mark}thread+{TOKEN}@example.org") == ToList(1, post=TOKEN)


@pytest.mark.parametrize("word", ["confirm", "held", "bounces", "get", "thread"])
def test_words_that_need_a_token_are_nobody_without(word: str) -> None:
    assert find(f"group-{word}@example.org") == Unknown()


def test_a_list_with_a_hyphen_has_commands_too() -> None:
    assert find("night-owls-join@example.org") == ToCommand(2, Command.JOIN)


@pytest.mark.parametrize(
    "recipient",
    [
        "group+anom@example.org",  # a typing error must not post under the usual handle
        "group-anything@example.org",
        f"group-join+{TOKEN}@example.org",
        "nobody@example.org",
        "group@elsewhere.example",
        "group-thread@example.org",
        "",
        "group",
        "@",
        "a@b@group@example.org",
        "group @example.org",
    ],
)
def test_everything_else_is_nobody(recipient: str) -> None:
    assert find(recipient) == Unknown()


@pytest.mark.parametrize("name", ["postmaster", "abuse", "PostMaster"])
def test_the_operator_of_a_domain_with_lists(name: str) -> None:
    assert find(f"{name}@example.org") == ToOperator(name.lower(), "example.org")


def test_no_operator_where_no_list_lives() -> None:
    assert find("postmaster@elsewhere.example") == Unknown()


def test_postmaster_needs_no_domain() -> None:
    assert find("Postmaster") == ToOperator("postmaster")


@pytest.mark.parametrize(
    "address",
    [
        "group-join@example.org",
        "group-bounces@example.org",
        "group-thread@example.org",
        "postmaster@example.org",
        "gr+oup@example.org",
        "group@",
        "gröup@example.org",
        "g" * (MOST_NAME + 1) + "@example.org",
    ],
)
def test_names_that_would_collide_are_refused(address: str) -> None:
    with pytest.raises(Refused):
        new_address(address)


def test_the_longest_name_leaves_room_for_its_bounces() -> None:
    address = new_address("g" * MOST_NAME + "@example.org")
    local = address.partition("@")[0] + "-bounces+" + TOKEN
    assert len(local) <= 64
