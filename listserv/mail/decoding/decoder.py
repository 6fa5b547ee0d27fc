"""Opens files of strangers in this very process.

Decoders are large programs in C, fed by whoever can write a mail: the product
runs this in a child that is walled in (`listserv.adapters.decoder_process`).
"""

from listserv.domain.picture import Picture
from listserv.mail.decoding.office import words_of
from listserv.mail.decoding.pictures import rebuild


class DirectDecoder:
    """A `listserv.domain.ports.Decoder`."""

    def picture(self, content: bytes) -> Picture | None:
        return rebuild(content)

    def words(self, content: bytes) -> str | None:
        return words_of(content)
