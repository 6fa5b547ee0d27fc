"""What a newcomer answers to the question of a list, without who they are."""

from listserv.domain.anonymous_message import Unclean
from listserv.domain.author import Author
from listserv.domain.mailing_list import MailingList
from listserv.domain.ports import Decoder
from listserv.domain.post import VISITOR
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.inbound import InboundMessage, typed


def words_of_newcomer(decoder: Decoder, mailing_list: MailingList, message: InboundMessage) -> str:
    """Cleaned like a post, on one line and without quotes; "" where the list asks nothing."""
    if not mailing_list.settings.newcomers_question:
        return ""
    policy = CleaningPolicy(
        list_addresses=frozenset({mailing_list.address}), language=mailing_list.settings.language
    )
    author = Author(VISITOR, frozenset({message.from_address} - {""}))
    cleaned = anonymise(message, author, policy, decoder)
    if isinstance(cleaned, Unclean):
        return ""
    lines = [line for line in cleaned.message.text.splitlines() if not line.startswith(">")]
    return " ".join(" ".join(lines).split())


def typed_by_newcomer(decoder: Decoder, mailing_list: MailingList, address: str, words: str) -> str:
    """The same of what was typed on a page by whoever reads mail at that address."""
    return words_of_newcomer(decoder, mailing_list, typed(address, words))
