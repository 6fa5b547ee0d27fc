"""Signing in by a link or a code that is mailed; there are no passwords."""

from datetime import timedelta

from listserv.domain.address import parse_address
from listserv.domain.language import Language
from listserv.services.kit import Kit
from listserv.services.tell import tell_person
from listserv.store import confirmations, members, notices, sign_ins
from listserv.store.sign_ins import SignIn

VALID = timedelta(minutes=15)
DIGITS = 6
MOST_PER_ADDRESS_AND_HOUR = 5


def ask_to_sign_in(kit: Kit, email: str, language: Language) -> str:
    """Mails a link and a code to a member. The id is for the browser that asks: only there
    does the code work.

    A stranger gets no mail, and everything else is the same: the answer, the
    record and the time it takes. What is asked for beyond a few an hour lets nobody in: each
    request allows some guesses at its code. Raises Refused for text that is no address.
    """
    address = parse_address(email)
    now = kit.clock.now()
    token, code, sign_in_id = kit.randomness.token(), _code(kit), kit.randomness.token()
    with kit.database.transaction() as tx:
        lookups = kit.vault.lookups(address)
        digests = [lookup.digest for lookup in lookups]
        confirmations.stand_in_line(tx, digests[0])
        asked = sign_ins.asked_since(tx, digests, now - timedelta(hours=1))
        member = members.find(tx, lookups)
        person = members.person(tx, member.member_id if member else "")
        let_in = member.member_id if member and asked < MOST_PER_ADDRESS_AND_HOUR else None
        sign_ins.add(
            tx,
            SignIn(
                id=sign_in_id,
                token_hash=kit.tokens.hash(token),
                code_hash=_code_hash(kit, sign_in_id, code),
                lookup=digests[0],
                member_id=let_in,
                created_at=now,
                expires_at=now + VALID,
            ),
        )
        notice_id = tell_person(
            kit,
            tx,
            "sign_in",
            member.member_id if member else None,
            address,
            person.language if person else language,
            code=code,
            sign_in_page=f"{kit.base_url}/sign-in/{token}",
        )
        if notice_id:
            notices.settle(tx, notice_id, wanted=let_in is not None)
    return sign_in_id


def is_open(kit: Kit, token: str) -> bool:
    """Whether a link still works. Changes nothing: mail scanners open links."""
    with kit.database.reading() as tx:
        return sign_ins.by_token(tx, kit.tokens.hash(token), kit.clock.now()) is not None


def by_link(kit: Kit, token: str) -> str | None:
    """The member's id, once; None for a link that is used, old or foreign."""
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        found = sign_ins.by_token(tx, kit.tokens.hash(token), now)
        if found is None or not sign_ins.use(tx, found.id, now):
            return None
        return found.member_id


def by_code(kit: Kit, sign_in_id: str, code: str) -> str | None:
    """The member's id, once; None for a wrong code, and for any after five tries."""
    now = kit.clock.now()
    digits = "".join(char for char in code if char.isdigit())
    with kit.database.transaction() as tx:
        found = sign_ins.try_code(tx, sign_in_id, now)
        if found is None or found.code_hash != _code_hash(kit, sign_in_id, digits):
            return None
        return found.member_id if sign_ins.use(tx, found.id, now) else None


def sign_out_everywhere(kit: Kit, member_id: str) -> None:
    """Ends every session of the member, wherever it is."""
    with kit.database.transaction() as tx:
        members.sign_out(tx, member_id, kit.clock.now())


def _code(kit: Kit) -> str:
    return "".join(kit.randomness.choose("0123456789") for _ in range(DIGITS))


def _code_hash(kit: Kit, sign_in_id: str, code: str) -> bytes:
    """Keyed: who steals the database must not find six digits by trying them all."""
    return kit.vault.fingerprint(f"sign-in {sign_in_id} {code}".encode())
