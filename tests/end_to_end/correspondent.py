"""Somebody with a mailbox and nothing else: writes by swaks, reads what comes, replies."""

import json
import subprocess
from dataclasses import dataclass
from email.message import EmailMessage

from tests.sink import Copy, Sink
from tests.stack import Stack
from tests.waiting import wait_for

FRONT = "mx.example.org"


@dataclass(frozen=True)
class Correspondent:
    """address: a mailbox at the sink. proven: a front server has found out that it is theirs."""

    house: Stack
    world: Sink
    address: str
    proven: bool = True

    def write(self, recipient: str, subject: str = "", body: str = "", **more: str) -> None:
        """One mail, which is taken. more: header fields, with underscores for hyphens."""
        door = ["--server", "127.0.0.1", "--port", str(self.house.smtp_port)]
        who = ["--from", self.address, "--to", recipient]
        what = ["--header", f"Subject: {subject}", "--body", f"{body}\n"]
        fields = {"Content_Type": "text/plain; charset=utf-8", **more}
        if self.proven:
            domain = self.address.partition("@")[2]
            fields["Authentication_Results"] = f"{FRONT}; dmarc=pass header.from={domain}"
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
        added = [word for line in lines for word in ("--add-header", line)]
        done = subprocess.run(
            ["swaks", *door, *who, *what, *added],
            check=False,
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert done.returncode == 0, done.stdout

    def reply(self, copy: Copy, word: str = "") -> None:
        """As a mail program does it: the word on top, the rest quoted below."""
        mail = copy.message
        quoted = "".join(f"> {line}\n" for line in copy.text.splitlines())
        said = f"{word}\n\nOn Mon, 23 Nov 2026, {mail['From']} wrote:\n{quoted}"
        (recipient,) = (mail["Reply-To"] or mail["From"]).addresses
        parent = str(mail["Message-ID"])
        self.write(recipient.addr_spec, f"Re: {mail['Subject']}", said, In_Reply_To=parent)

    @property
    def mailbox(self) -> list[Copy]:
        return self.world.to(self.address)

    def next_mail(self, subject: str, after: int) -> Copy:
        """The mail that came after the first `after`, and is about that."""
        wait_for(lambda: len(self.mailbox) > after, f"a mail about {subject!r}")
        copy = self.mailbox[after]
        assert subject in str(copy.message["Subject"])
        return copy

    def find(self, words: str, after: int) -> Copy:
        """A mail that came after the first `after`, among others, with these words in it."""

        def found() -> list[Copy]:
            among = self.mailbox[after:]
            return [c for c in among if words in f"{c.message['Subject']}\n{c.text}"]

        return wait_for(found, f"a mail with {words!r}")[0]

    def ask(self, recipient: str, line: str, subject: str) -> Copy:
        """Writes one line, and gives what comes back."""
        before = len(self.mailbox)
        self.write(recipient, body=line)
        return self.next_mail(subject, before)

    def answer(self, copy: Copy, subject: str, word: str = "") -> Copy:
        """Replies, and gives what comes back."""
        before = len(self.mailbox)
        self.reply(copy, word)
        return self.next_mail(subject, before)


def files_of(mail: EmailMessage) -> dict[str, bytes]:
    """The files beside a mail, by name."""
    return {
        str(part.get_filename()): bytes(part.get_payload(decode=True) or b"")
        for part in mail.iter_attachments()
    }


def json_of(mail: EmailMessage, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(files_of(mail)[name])
    return found
