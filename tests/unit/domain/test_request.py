"""What people ask for keeps its meaning in the database."""

import json
from datetime import date

import pytest

from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.domain.request import (
    ForgetMe,
    Kept,
    Leave,
    Pause,
    Resume,
    SendData,
    SetDelivery,
    SetHandle,
    SetHour,
    SetLanguage,
    SetOneTime,
    SetReceipts,
    SetTimeZone,
    as_json,
    from_json,
)
from listserv.domain.subscription import DeliveryMode

EXAMPLES: list[Kept] = [
    Leave(),
    Pause(),
    Pause(date(2026, 12, 24)),
    Resume(),
    *(SetDelivery(mode) for mode in DeliveryMode),
    SetHandle(""),
    SetHandle("Quiet Otter"),
    SetReceipts(True),
    SetReceipts(False),
    SetOneTime(True),
    SetHour(0),
    SetHour(23),
    *(SetLanguage(language) for language in Language),
    SetTimeZone("Europe/Madrid"),
    ForgetMe(),
    ForgetMe(posts=True),
    SendData(),
]


@pytest.mark.parametrize("request_", EXAMPLES, ids=repr)
def test_there_and_back(request_: Kept) -> None:
    assert from_json(json.loads(json.dumps(as_json(request_)))) == request_


@pytest.mark.parametrize("values", [{}, {"kind": "fly"}])
def test_what_a_newer_version_wrote_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(Refused, match="ask again"):
        from_json(values)
