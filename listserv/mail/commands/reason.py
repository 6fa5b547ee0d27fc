"""What a moderator says to somebody whom they turn down, without who the moderator is."""

from dataclasses import dataclass, field, replace

from listserv.domain.anonymous_message import Unclean
from listserv.domain.author import Author
from listserv.domain.clean_reason import CleanReason
from listserv.domain.mailing_list import MailingList
from listserv.domain.ports import Decoder
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.anonymise.farewells import SIGN_OFFS
from listserv.mail.anonymise.letters import lowered
from listserv.mail.canned_reasons import is_canned
from listserv.mail.inbound import InboundMessage, typed

_LONGEST = 1000
# A name alone is known for a signature below a sentence, and the word of a command is none.
_SENTENCE = "This is why it comes back.\n\n"


@dataclass(frozen=True)
class Speaker:
    """A moderator: "" for the handle of the operator, and for an address that is not known.

    message: the mail in which they speak.
    """

    mailing_list: MailingList
    handle: str
    address: str = field(repr=False)
    message: InboundMessage = field(repr=False)


def typing(mailing_list: MailingList, handle: str, address: str) -> Speaker:
    """A moderator who speaks without a mail: on a page, or in a command."""
    return Speaker(mailing_list, handle, address, typed(address))


def clean_reason(decoder: Decoder, speaker: Speaker, words: str) -> CleanReason:
    """Cleaned like a post, on one line; nothing where only a sign-off is left.

    words: all that are said; in a mail those behind the ruling, as `FoundRuling` has them.
    The word of a canned reason stays as it is, whoever signs below it.
    """
    beside, _, below = words.partition("\n")
    if beside and not is_canned(beside):
        return CleanReason(_on_one_line(_cleaned(decoder, speaker, words)))
    said = _cleaned(decoder, speaker, _SENTENCE + below).splitlines()[1:]
    if all(not line.strip() or SIGN_OFFS.fullmatch(lowered(line)) for line in said):
        return CleanReason(beside)
    return CleanReason(_on_one_line("\n".join([beside, *said])))


def _cleaned(decoder: Decoder, speaker: Speaker, words: str) -> str:
    """The words without what tells of the moderator; "" where they cannot be cleaned."""
    mailing_list = speaker.mailing_list
    policy = CleaningPolicy(
        list_addresses=frozenset({mailing_list.address}), language=mailing_list.settings.language
    )
    author = Author(speaker.handle, frozenset({speaker.address} - {""}))
    # Nothing else of the mail counts: no HTML form, no file, no quote of the notice.
    spoken = replace(speaker.message, parts=typed("", words).parts)
    cleaned = anonymise(spoken, author, policy, decoder)
    return "" if isinstance(cleaned, Unclean) else cleaned.message.text


def _on_one_line(text: str) -> str:
    """Shortened only once it is clean: half a name would not be found."""
    return " ".join(text.split())[:_LONGEST]
