"""The operator, or a group, asks people whether they would like to join."""

from collections.abc import Sequence

from listserv.domain.address import parse_address
from listserv.domain.audit import OPERATOR
from listserv.services.kit import Kit
from listserv.services.question import Purpose, write_down
from listserv.services.tell import Reader, tell
from listserv.store import audit, mailing_lists
from listserv.store.audit import Act


def invite(kit: Kit, address: str, emails: Sequence[str], actor: str = OPERATOR) -> int:
    """Sends one question to each; who is a member already gets it too. Returns how many went out.
    actor: an owner's or moderator's handle, or the operator.

    Fewer than asked for go out when somebody was asked often enough or wants to be left alone.
    Raises Refused for text that is no address, before any mail goes out, and NotFound.
    """
    people = list(dict.fromkeys(parse_address(email) for email in emails))
    sent = 0
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        speak = mailing_list.settings.language
        for person in people:
            asked = write_down(kit, tx, Purpose.INVITE, mailing_list.id, person, speak)
            if asked:
                tell(kit, tx, "confirm_invite", Reader(mailing_list, person, speak), asked.token)
                sent += 1
        act = Act(actor, "invite", mailing_list.id, reason=str(len(people)))
        audit.add(tx, act, kit.clock.now())
    return sent
