"""The words of the settings' schema, listed so that translators find them.

A test holds this list to the schema.
"""

from web.words import N_, _

HELP = (
    N_("Who may join. Open still asks each person for confirmation."),
    N_("The neutral name that shows in From and List-Id, and so on lock screens."),
    N_("How long posts are kept; then they are erased."),
    N_("Whether members who signed in can read on a page what went out and is still kept."),
    N_("Whose posts wait for a moderator."),
    N_("What happens to posts from people who are not members."),
    N_("What happens to a post that nothing proves to come from the address in From."),
    N_("How many posts a member may send in an hour; more wait for a moderator."),
    N_("Where a plain reply goes."),
    N_(
        "Which attachments pass, made anew: pictures and plain text, none, or also the "
        "words of .docx and .odt documents."
    ),
    N_("On how many days mail to a member must come back before it is stopped."),
    N_("A digest comes before its time once this many posts wait for it."),
    N_("A digest comes before its time once this many kilobytes of text wait for it."),
    N_(
        "The language of the lines below each post, of new handles, and of mail to people who "
        "have not chosen one."
    ),
    N_("Where most members live: the clock of new members, until they choose another."),
    N_("One line below each mail that says where to find help in a crisis."),
    N_("What happens to automatic mail, such as an out-of-office reply."),
    N_("What happens to a post with nothing left to read."),
    N_("What happens to a post that moderate picks out."),
    N_("What happens to a post of a member whose posts wait."),
    N_("What happens to posts while emergency is on."),
    N_("On: every post waits, whoever wrote it, moderators aside."),
    N_("Posts larger than that, as they come in, are too large."),
    N_("What happens to a post that is too large."),
    N_("How many addresses a post may have in To and Cc together."),
    N_("What happens to a post to more addresses than that."),
    N_("What happens to a post with a file that was left out."),
    N_("What happens to a post that looks like a request to us."),
    N_("What happens to more posts than posts_per_hour."),
    N_("What happens to an answer in a conversation that was closed."),
    N_("What happens to a post of a member who is muted."),
    N_("What happens to a post from an address that is banned."),
    N_("What happens to a post that cleaning is not certain of."),
    N_("What happens to a post that the front mail server marks as spam."),
    N_("Whether a member is asked before a post with a phone number or a street address goes out."),
    N_(
        "When posts go out: at once, or at the next quarter of an hour, so that their time tells "
        "nothing."
    ),
    N_("Addresses that may stand in posts, such as those of helplines. All others are taken out."),
    N_("Where the front mail server marks spam. Nothing: X-Spam-Flag and X-Spam-Status."),
    N_("From which score in that field a post is spam. None: where it says yes."),
    N_("How long a post waits for a moderator; then it goes back to its author."),
    N_("What somebody who wants to join is asked; moderators see the answer."),
    N_("Whether a member is told by mail when somebody looks their address up."),
)
VALUES = (
    N_("a place such as Europe/Madrid"),
    N_("a number from 2, or none"),
    N_("a number or none"),
    N_("days"),
    N_("days or forever"),
    N_("kilobytes or none"),
    N_("none, all, first:N"),
    N_("text"),
    N_("addresses"),
    N_("the name of a header field, or nothing"),
)
_CHOICES = {
    "open": N_("everybody who confirms"),
    "approve": N_("who a moderator lets in"),
    "invite": N_("who is invited"),
    "reject": N_("it goes back with a reason"),
    "hold": N_("it waits for a moderator"),
    "discard": N_("it is dropped"),
    "ignore": N_("nothing, it goes out"),
    "ask": N_("the address is asked"),
    "off": N_("off"),
    "on": N_("on"),
    "list": N_("to the group"),
    "none": N_("none"),
    "images": N_("pictures and plain text"),
    "documents": N_("also the words of documents"),
    "now": N_("at once"),
    "quarter": N_("at the next quarter of an hour"),
    "en": N_("English"),
    "es": N_("Spanish"),
}


def choice_in_words(choice: str) -> str:
    """One value of a setting as people say it; the value itself where no words are known."""
    return _(_CHOICES.get(choice, choice))
