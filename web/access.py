"""Who may open a list's own pages: those who look after it."""

from flask import abort

from listserv.domain.subscription import Role
from listserv.services.show_me import Group, groups_of
from web import reader
from web.database import reading

MODERATORS = (Role.MODERATOR, Role.OWNER)
OWNERS = (Role.OWNER,)


def looked_after(address: str, roles: tuple[Role, ...]) -> Group:
    """A list on which the reader has such a role; any other is not found, whether it exists or
    not."""
    mine = {group.mailing_list.address: group for group in groups_of(reading(), reader.me().id)}
    found = mine.get(address.lower()) or abort(404)
    if found.subscription.role not in roles or not found.subscription.may_post:
        abort(404)
    return found
