from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from listserv.adapters.tokens import RETURN_PATH_DAYS, AesTokens
from listserv.domain.base32 import TOKEN_LETTERS, decode, encode
from listserv.domain.return_path import ReturnPath

tokens = AesTokens(lambda: ("k" * 40,))
ids = st.integers(min_value=1, max_value=2**62)


@given(ids)
def test_an_unsubscribe_token_comes_back_in_any_case(subscription_id: int) -> None:
    token = tokens.unsubscribe(subscription_id)
    assert len(token) == TOKEN_LETTERS
    assert token.isalnum() and token == token.lower()
    assert tokens.read_unsubscribe(token.upper()) == subscription_id


@given(ids, st.integers(min_value=0, max_value=40000))
def test_a_return_path_lives_for_thirty_days(subscription_id: int, day: int) -> None:
    token = tokens.return_paths([subscription_id], day)[0]
    assert tokens.read_return_path(token, day + RETURN_PATH_DAYS) == ReturnPath(
        subscription_id, day
    )
    assert tokens.read_return_path(token, day + RETURN_PATH_DAYS + 1) is None


@given(ids)
def test_tokens_are_bound_to_their_purpose(subscription_id: int) -> None:
    assert tokens.read_return_path(tokens.unsubscribe(subscription_id), 0) is None
    assert tokens.read_unsubscribe(tokens.return_paths([subscription_id], 20000)[0]) is None


@given(ids)
def test_tokens_of_posts_and_digests_come_back_as_what_they_are(number: int) -> None:
    post, digest = tokens.post(number), tokens.digest(number)
    assert tokens.read_post(post.upper()) == tokens.read_digest(digest.upper()) == number
    assert tokens.read_post(digest) is None and tokens.read_digest(post) is None
    assert tokens.read_unsubscribe(post) is None and tokens.read_post(encode(bytes(16))) is None


@given(st.binary(min_size=16, max_size=16))
def test_a_made_up_token_is_nobodys(content: bytes) -> None:
    assert tokens.read_unsubscribe(encode(content)) is None


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert tokens.read_unsubscribe(text) is None or decode(text) is not None


def test_tokens_of_an_older_key_still_count() -> None:
    old = AesTokens(lambda: ("o" * 40,)).unsubscribe(7)
    assert AesTokens(lambda: ("n" * 40, "o" * 40)).read_unsubscribe(old) == 7


def test_neighbours_have_nothing_in_common() -> None:
    first, second = tokens.unsubscribe(1), tokens.unsubscribe(2)
    assert sum(a == b for a, b in zip(first, second, strict=True)) < 10


def test_a_token_has_one_spelling() -> None:
    token = tokens.unsubscribe(1)
    last = "abcdefghijklmnopqrstuvwxyz234567"
    other = token[:-1] + last[(last.index(token[-1]) + 1) % 32]
    assert tokens.read_unsubscribe(other) is None


def test_threads_that_make_tokens_at_once_do_not_mix_them_up() -> None:
    numbers = range(2000)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(tokens.unsubscribe, numbers, chunksize=50))
    assert [tokens.read_unsubscribe(token) for token in made] == list(numbers)
