"""Who may open a list's own pages: its members, or those who look after it."""

from flask import abort

from listserv.domain.subscription import Role
from listserv.services.show_me import Group, groups_of
from web import reader
from web.database import reading

MODERATORS = (Role.MODERATOR, Role.OWNER)
OWNERS = (Role.OWNER,)


def joined(address: str) -> Group:
    """A list that the reader is on; any other is not found, whether it exists or not."""
    mine = {group.mailing_list.address: group for group in groups_of(reading(), reader.me().id)}
    found = mine.get(address.lower()) or abort(404)
    if not found.subscription.may_post:  # a moderator has not let them in yet
        abort(404)
    return found


def looked_after(address: str, roles: tuple[Role, ...]) -> Group:
    """A list on which the reader has such a role; any other is not found either."""
    found = joined(address)
    if found.subscription.role not in roles:
        abort(404)
    return found
