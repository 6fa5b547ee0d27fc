"""The commands of SMTP (RFC 5321) and LMTP (RFC 2033), and the transaction they build."""

from listserv import logs
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Unavailable
from listserv.domain.routing import Route, Unknown
from smtp_gateway import replies
from smtp_gateway.arguments import Malformed, read_recipient, read_sender
from smtp_gateway.clients import Share, address_of
from smtp_gateway.conversation import Conversation
from smtp_gateway.mail_under_way import MailUnderWay
from smtp_gateway.wire import Message, Overflow


class SmtpSession(Conversation):
    """SMTP: one target in a transaction, one answer after the final dot."""

    async def smtp_HELO(self, arg: str) -> None:
        if await self._greet(arg):
            await self.push(replies.hello(self._house.host_name))

    async def smtp_EHLO(self, arg: str) -> None:
        if await self._greet(arg):
            offers_tls = self._house.tls is not None and self._tls_protocol is None
            house = self._house
            await self._say(replies.extensions(house.host_name, house.size_limit, offers_tls))

    async def _greet(self, name: str) -> bool:
        """Who they say they are is of no use to anyone, and is not kept."""
        if not name:
            await self.push(replies.NO_NAME)
            return False
        self._greeted = True
        self._mail = None
        return True

    async def smtp_MAIL(self, arg: str | None) -> None:
        await self.push(self._begin(arg or ""))

    def _begin(self, argument: str) -> str:
        if not self._greeted:
            return replies.HELLO_FIRST
        if self._mail is not None:
            return replies.ONE_MAIL
        sender = read_sender(argument, self._house.size_limit)
        if isinstance(sender, Malformed):
            return sender.reply
        self._mail = MailUnderWay(sender)
        return replies.SENDER_OK

    async def smtp_RCPT(self, arg: str | None) -> None:
        await self.push(await self._add_recipient(arg or ""))

    async def _add_recipient(self, argument: str) -> str:
        mail = self._mail
        if mail is None:
            return replies.MAIL_FIRST
        mail.tried = True
        recipient = read_recipient(argument)
        if isinstance(recipient, Malformed):
            return recipient.reply
        try:
            route = await self._house.handler.route_of(recipient)
        except Unavailable as error:
            logs.problem("not_looked_up", error)
            return replies.TRY_AGAIN
        if isinstance(route, Unknown):
            return replies.UNKNOWN
        refusal = self._refusal(mail, route)
        if refusal is None:
            mail.routes.append(route)
        return refusal or replies.OK

    def _refusal(self, mail: MailUnderWay, route: Route) -> str | None:
        """A different second target is for another transaction; the same one counts once."""
        if mail.routes and route not in mail.routes:
            return replies.ONE_TARGET
        return self._too_many(mail)

    def _too_many(self, mail: MailUnderWay) -> str | None:
        full = len(mail.routes) >= self._limits.recipients
        return replies.TOO_MANY_RECIPIENTS if full else None

    async def smtp_DATA(self, arg: str) -> None:
        mail = self._mail
        if arg or mail is None or not mail.routes:
            await self._refuse_data(arg, mail)
            return
        await self.push(replies.GO_ON)
        try:
            answers = await self._receive(mail)
        finally:
            self._mail = None
        if any(answer.startswith("2") for answer in answers):
            self._forgive()
        await self._say(answers)

    async def _refuse_data(self, arg: str, mail: MailUnderWay | None) -> None:
        reply = replies.MAIL_FIRST if mail is None else replies.RCPT_FIRST
        if mail is not None and mail.tried:
            reply = replies.NO_RECIPIENTS
        await self.push(replies.NO_ARGUMENT if arg else reply)
        if self._wire.has_more:
            # The message itself follows unasked. Its lines are no commands, and someone who
            # got a browser to send them would like them to be.
            await self._farewell(replies.UNASKED)

    async def _receive(self, mail: MailUnderWay) -> list[str]:
        """The answers after the final dot."""
        client = self._guest()
        share = Share(self._house.clients, client)
        self._start_clock(self._limits.data_seconds)
        try:
            message = await self._wire.message(self._house.size_limit, share)
            self._stop_clock()
            if isinstance(message, Overflow):
                return self._each(mail, [message.reply] * len(mail.routes))
            async with client.turn:
                return self._each(mail, await self._take(mail, message, client.trusted))
        finally:
            share.let_go()
            self._start_clock(self._limits.idle_seconds)

    async def _take(self, mail: MailUnderWay, message: Message, trusted: bool) -> list[str]:
        envelope = Envelope(mail.sender, trusted, "" if trusted else self._client_address())
        return await self._house.handler.take(mail.routes, envelope, message.content)

    def _client_address(self) -> str:
        """For SPF, which asks whether the client may send for the domain."""
        return address_of(self._writer.get_extra_info("peername"))

    def _each(self, mail: MailUnderWay, answers: list[str]) -> list[str]:
        """SMTP answers once for all."""
        return answers[:1]

    async def smtp_RSET(self, arg: str) -> None:
        if not await self._alone(arg):
            return
        self._mail = None
        await self.push(replies.RESET)

    async def smtp_NOOP(self, arg: str) -> None:
        await self.push(replies.RESET)

    async def smtp_QUIT(self, arg: str) -> None:
        if await self._alone(arg):
            await self._farewell(replies.BYE)

    async def smtp_HELP(self, arg: str) -> None:
        await self.push(replies.HELP)

    async def smtp_VRFY(self, arg: str) -> None:
        await self.push(replies.NO_VRFY)

    async def smtp_EXPN(self, arg: str) -> None:
        await self.push(replies.NOT_OFFERED)

    async def smtp_AUTH(self, arg: str) -> None:
        await self.push(replies.NOT_OFFERED)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self._alone(arg):
            return
        if self._house.tls is None or self._tls_protocol is not None:
            await self.push(replies.NO_TLS)
            return
        self._wire.forget()
        await super().smtp_STARTTLS("")

    async def _alone(self, arg: str) -> bool:
        if arg:
            await self.push(replies.NO_ARGUMENT)
        return not arg

    async def _end_http(self, arg: str) -> None:
        """A browser was tricked into speaking to us; a mail in its request is not taken."""
        await self._farewell(replies.NOT_HTTP)

    smtp_GET = smtp_HEAD = smtp_POST = smtp_PUT = smtp_DELETE = smtp_OPTIONS = _end_http
    smtp_CONNECT = smtp_PATCH = smtp_TRACE = smtp_PRI = _end_http


class LmtpSession(SmtpSession):
    """LMTP: many targets, and an answer for each accepted recipient (RFC 2033 §4.2)."""

    protocol = "LMTP"

    async def smtp_LHLO(self, arg: str) -> None:
        await super().smtp_EHLO(arg)

    async def smtp_HELO(self, arg: str) -> None:
        await self.push(replies.UNKNOWN_COMMAND)

    async def smtp_EHLO(self, arg: str) -> None:
        await self.push(replies.UNKNOWN_COMMAND)

    def _client_address(self) -> str:
        """A server of ours hands mail on by LMTP; it is not whoever wrote to us."""
        return ""

    def _refusal(self, mail: MailUnderWay, route: Route) -> str | None:
        return self._too_many(mail)

    def _each(self, mail: MailUnderWay, answers: list[str]) -> list[str]:
        return answers
