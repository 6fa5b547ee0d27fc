"""Our letters are those of the RFC, for one token and for many."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from listserv.domain.base32 import TOKEN_BYTES, decode, encode, encode_all

tokens = st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES)


@given(tokens)
def test_it_is_base32_in_lower_case_without_padding(content: bytes) -> None:
    assert encode(content) == base64.b32encode(content).decode().rstrip("=").lower()
    assert decode(encode(content).upper()) == content


@given(st.lists(tokens, max_size=9))
def test_many_are_written_together(contents: list[bytes]) -> None:
    assert encode_all(b"".join(contents)) == [encode(content) for content in contents]
