"""Our letters are those of the RFC."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from listserv.domain.base32 import TOKEN_BYTES, decode, encode

tokens = st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES)


@given(tokens)
def test_it_is_base32_in_lower_case_without_padding(content: bytes) -> None:
    assert encode(content) == base64.b32encode(content).decode().rstrip("=").lower()
    assert decode(encode(content).upper()) == content
