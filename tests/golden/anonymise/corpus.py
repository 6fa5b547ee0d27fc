"""The mails of the corpus, and how what comes of them is written down.

`python -m tests.golden.anonymise.corpus` writes all out.txt and redactions.txt
anew; read the difference before you commit it.
"""

from dataclasses import dataclass
from pathlib import Path

from listserv.domain.anonymous_message import Anonymised, Unclean
from listserv.domain.author import Author
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.decoding.decoder import DirectDecoder
from listserv.mail.anonymise.summary import sentence
from listserv.mail.inbound import InboundMessage, parse

HERE = Path(__file__).parent
AUTHOR = Author("quiet-otter")
POLICY = CleaningPolicy(frozenset({"group@example.org", "help@helpline.example"}))


@dataclass(frozen=True)
class Sample:
    """One folder: in.eml, marks.txt (what must not come out), out.txt, redactions.txt."""

    folder: Path

    @property
    def marks(self) -> list[str]:
        return (self.folder / "marks.txt").read_text("utf-8").splitlines()

    def anonymised(self) -> Anonymised | Unclean:
        message = parse((self.folder / "in.eml").read_bytes())
        assert isinstance(message, InboundMessage), message
        return anonymise(message, AUTHOR, POLICY, DirectDecoder())

    def expected(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


def samples() -> list[Sample]:
    """All of them, in order."""
    return [Sample(path.parent) for path in sorted(HERE.glob("*/in.eml"))]


def written(result: Anonymised | Unclean) -> str:
    """What everybody sees, as text."""
    if isinstance(result, Unclean):
        return f"refused: {result.reason}\n"
    message = result.message
    attached = "".join(f"{a.name} {a.content_type} {a.content_id}\n" for a in message.attachments)
    return (
        f"Subject: {message.subject}\n\n{message.text}\n"
        f"======== html\n{message.html}\n======== attachments\n{attached}"
    )


def taken_out(result: Anonymised | Unclean) -> str:
    """The redactions, a line each, and the line that the author reads."""
    if isinstance(result, Unclean):
        return ""
    lines = [f"{r.kind} {r.count} {r.detail}".rstrip() for r in result.redactions]
    return "\n".join([*lines, sentence(result.redactions)]) + "\n"


def write_all() -> None:
    """Writes down what comes out now."""
    for sample in samples():
        result = sample.anonymised()
        (sample.folder / "out.txt").write_text(written(result), "utf-8")
        (sample.folder / "redactions.txt").write_text(taken_out(result), "utf-8")


if __name__ == "__main__":
    write_all()
