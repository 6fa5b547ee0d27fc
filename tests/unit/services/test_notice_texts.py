"""Owners' own words, as they are kept."""

from listserv.domain.language import Language
from listserv.services.create_list import create_list
from listserv.services.notice_texts import change_text, own_texts
from tests.fakes import World


def test_what_nobody_sees_and_a_database_may_refuse_is_left_out(any_world: World) -> None:
    group = create_list(any_world.kit, "group@example.org")
    change_text(any_world.kit, group, "welcome", Language.ENGLISH, " Be\0 kind.\r\nAll of you.\n")
    with any_world.kit.database.reading() as tx:
        own = own_texts(tx, group.id)
    assert own == {("welcome", Language.ENGLISH): "Be kind.\nAll of you."}
