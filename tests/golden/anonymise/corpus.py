"""The mails of the corpus, and how what comes of them is written down.

`python -m tests.golden.anonymise.corpus` writes all out.eml and redactions.txt
anew; read the difference before you commit it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from listserv.domain.anonymous_message import Anonymised, Unclean
from listserv.domain.author import Author
from listserv.domain.list_settings import ListSettings
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import Post, PostState
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.compose import compose_post
from listserv.mail.decoding.decoder import DirectDecoder
from listserv.mail.inbound import Unreadable, parse
from listserv.mail.summary import sentence

HERE = Path(__file__).parent
AUTHOR = Author("quiet-otter")
POLICY = CleaningPolicy(frozenset({"group@example.org", "help@helpline.example"}))
LIST = MailingList(1, "group@example.org", "Quiet evening", ListSettings())
DATE = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """One folder: in.eml, marks.txt (what must not come out), out.eml, redactions.txt."""

    folder: Path

    @property
    def marks(self) -> list[str]:
        return (self.folder / "marks.txt").read_text("utf-8").splitlines()

    def anonymised(self) -> Anonymised | Unclean | Unreadable:
        message = parse((self.folder / "in.eml").read_bytes())
        if isinstance(message, Unreadable):
            return message
        return anonymise(message, AUTHOR, POLICY, DirectDecoder())

    def expected(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


def samples() -> list[Sample]:
    """All of them, in order."""
    return [Sample(path.parent) for path in sorted(HERE.glob("*/in.eml"), key=_number)]


def _number(path: Path) -> int:
    return int(path.parent.name.partition("-")[0])


def copy_of(result: Anonymised) -> bytes:
    """The mail that a member gets, as bytes."""
    post = Post(
        id=1,
        list_id=1,
        author_id=1,
        state=PostState.ACCEPTED,
        handle=AUTHOR.handle,
        message=result.message,
        message_id="<post@example.org>",
        references=(),
        redactions=result.redactions,
        received_at=DATE,
        accepted_at=DATE,
    )
    template = compose_post(post, LIST, DATE)
    return template.copy("https://lists.example.org/u/1", "group-leave+1@example.org")


def written(result: Anonymised | Unclean | Unreadable) -> str:
    """The copy, to be read: its header as a set, and each part decoded, without encoding."""
    if not isinstance(result, Anonymised):
        return f"refused: {result.reason}\n"
    mail = message_from_bytes(copy_of(result), policy=default)
    header = sorted(f"{name}: {value}" for name, value in mail.items() if not _is_of_tree(name))
    parts = (_part(part) for part in mail.walk() if not part.is_multipart())
    return "\n".join([*header, "", *parts]).replace("\r\n", "\n")


def _is_of_tree(name: str) -> bool:
    return name.lower().startswith("content-")


def _part(part: EmailMessage) -> str:
    fields = [f"{n}: {v}" for n, v in part.items() if n.lower() != "content-transfer-encoding"]
    head = "\n".join(f for f in fields if _is_of_tree(f))
    words = part.get_content() if part.get_content_maintype() == "text" else ""
    return f"======== {head}\n\n{words}"


def taken_out(result: Anonymised | Unclean | Unreadable) -> str:
    """The redactions, a line each, and the line that the author reads."""
    if not isinstance(result, Anonymised):
        return ""
    lines = [f"{r.kind} {r.count} {r.detail}".rstrip() for r in result.redactions]
    return "\n".join([*lines, sentence(result.redactions)]) + "\n"


def write_all() -> None:
    """Writes down what comes out now."""
    for sample in samples():
        result = sample.anonymised()
        (sample.folder / "out.eml").write_text(written(result), "utf-8")
        (sample.folder / "redactions.txt").write_text(taken_out(result), "utf-8")


if __name__ == "__main__":
    write_all()
