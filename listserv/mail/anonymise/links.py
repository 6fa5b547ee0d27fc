"""Links in text and HTML: what they carry besides their target is taken off."""

import re
from base64 import urlsafe_b64decode
from urllib.parse import unquote, unquote_plus, urlunsplit

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.addresses import find_addresses, has_address
from listserv.mail.anonymise.edits import Edit, apply
from listserv.mail.anonymise.letters import has_any
from listserv.mail.anonymise.link_wrappers import unwrapped
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.words import word_set

PERSONAL_LINK = "[a personal link]"
_URL = re.compile(r"https?://(?:[^\s<>\"\[\]{}|\\^`]|\[\w{0,20}\](?==)){1,4000}", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_TRAILING = ".,;:!?'*_)"
_MOST_PARAMETERS = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Paths of our own pages that act for one person.
_PERSONAL_PATHS = ("/unsubscribe/", "/confirm/", "/sign-in/", "/leave/")
# Pages that act for one reader of somebody's mailing, by what their query says.
_ACTS = re.compile(r"unsub|opt-?out|desuscri|abmeld|desabonn|desinscr", re.IGNORECASE)
# Where nothing but one person is behind the link, to be reached, met or paid.
_PERSONS = re.compile(
    r"(?:wa\.me|api\.whatsapp\.com|m\.me|signal\.me|calendly\.com|cal\.com|paypal\.me"
    r"|paypal\.com/paypalme|venmo\.com|cash\.app|revolut\.me|snapchat\.com/add|line\.me/ti/p"
    r"|linkedin\.com/in|xing\.com/profile|facebook\.com/profile\.php|zoom\.us/my"
    r"|keybase\.io|doodle\.com/bp|savvycal\.com|tidycal\.com"
    r"|discord(?:app)?\.com/users)[/?#]+[^/?#]|matrix\.to/\?#/@|[\w-]+-my\.sharepoint\.com/",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"=[\w%.+-]{6}")
_ACCOUNT_NUMBER = re.compile(r"(?<=/)u/\d{1,2}/")
_TRACKING = word_set(
    """fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid
    _hsenc _hsmi hsctatracking mkt_tok vero_id vero_conv oly_enc_id oly_anon_id rb_clickid s_cid
    wickedid ref_src ref_url spm scm share_id shareid li_fat_id epik _openstat cmpid si feature
    trk trkcampaign sc_cid _branch_match_id __s cx_recsid usp ved ei sxsrf sca_esv usg ust mibextid
    trackingid xmt igmid fb_action_ids fb_action_types fb_ref fb_source action_object_map
    mc_tc ml_subscriber ml_subscriber_hash dm_i _kx _ke cvid sk_eid elqtrackid elqtrack elqaid
    elqat elq2 spmailingid spuserid spjobid spreportid s_kwcid ef_id _bta_tid _bta_c trk_contact
    trk_msg trk_module trk_sid gs_l irclickid irgwc awc wt_mc wt_zmc zanpid cjevent tduid affid
    aff_id affiliate affiliate_id clickid click_id subid sub_id
    session sessionid session_id phpsessid jsessionid sid uid userid user_id username login
    account account_id accountid member_id memberid customer_id customerid client_id clientid
    subscriber subscriber_id subscriberid recipient recipient_id recipientid contact_id contactid
    email mail email_id emailid token auth access_token id_token sso_token utoken
    usr uname user_name userhash user_hash login_hint loginid email_address emailaddress e-mail
    e_mail mailaddress mail_address useremail user_email email_hash emailhash hashed_email
    account_name accountname acct member_no memberno member_name customer_no cust_id custid
    patient_id patientid sender_id senderid visitor_id visitorid device_id deviceid install_id
    anonymous_id first_name firstname fname last_name lastname lname full_name fullname nickname
    piwik_kwd piwik_campaign ck_subscriber_id bsft_uid bsft_eid srsltid guce_referrer
    guce_referrer_sig guccounter attribution_id recruiter recruited_by_id utm-campaign utm-source
    utm-medium utm-term utm-content invite_code amdata g_ep trkid sharer shared_by sharedby
    referral referral_code ref_code refcode invited_by inviter distinct_id ajs_uid ajs_aid
    nick phone mobile phone_number phonenumber msisdn birthdate birthday dob"""
)
_TRACKING_STARTS = (
    "utm_", "pk_", "mtm_", "hsa_", "ga_", "_ga", "_gl", "__cft__", "__tn__", "pd_rd_", "pf_rd_",
    "vero_", "at_custom", "itm_", "matomo_", "stm_", "share_app_", "share_item_", "share_link_",
)  # fmt: skip
# What only some sites mean by a name; elsewhere it says what the page is.
_TRACKING_ON = {
    "twitter.com": {"s", "t"},
    "x.com": {"s", "t"},
    "tiktok.com": {
        "_r",
        "_t",
        "is_from_webapp",
        "sender_device",
        "sec_user_id",
        "web_id",
        "u_code",
    },
    "amazon": {"tag", "qid", "sr", "crid", "sprefix", "ascsubtag", "linkcode", "camp", "creative"},
    "google": {
        "authuser",
        "client",
        "gs_lcp",
        "gs_lp",
        "sclient",
        "iflsig",
        "sourceid",
        "rlz",
        "oq",
        "aqs",
    },
    "substack.com": {"r"},
    "medium.com": {"source"},
    "dropbox.com": {"st"},
    "booking.com": {"aid", "label", "sid", "srpvid"},
    "pin.it": {"sender", "sfo"},
    "pinterest": {"sender", "sfo"},
    "eventbrite": {"aff"},
    "ampproject.org": {"amp_js_v", "amp_gsa", "usqp"},
    "teams.microsoft.com": {"context", "tenantid", "organizerid"},
    "docs.google.com": {"ouid", "rtpof", "sd", "usp"},
    "linkedin.com": {"rcm", "lipi", "trackingid"},
    "youtube.com": {"pp", "ab_channel"},
    "ebay": {"mkevt", "mkcid", "mkrid", "campid", "toolid", "customid", "_trksid", "_trkparms"},
    "reddit.com": {"rdt", "correlation_id", "ref_campaign", "ref_source"},
    "spotify.com": {"context", "nd", "pt", "dlsi"},
    "facebook.com": {"mibextid", "rdid", "sfnsn", "paipv", "eav", "hash"},
}
_SHORTEST_PACKED = 12
_PACKED = re.compile(rf"[A-Za-z0-9+/_-]{{{_SHORTEST_PACKED},200}}={{0,2}}")
_HEX = re.compile(r"[0-9a-fA-F]+")
# Elsewhere it says whose work a page shows.
_READERS = frozenset({"user"})
_REFERRERS = frozenset({"ref", "referrer", "referer"})
_ANYWHERE = _READERS | _REFERRERS
_LIKE_ADDRESS = re.compile("@|＠|%40|%2540|&#|\\bat\\b|\\(at\\)", re.IGNORECASE)
_MAY_BE_ADDRESS = ("@", "＠", "%", "&", "at")
_NO_REFERRER = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
# Most hosts have none of these labels, so that nothing of the sort is known of them.
_KNOWN_LABELS = {name.split(".")[-2:][0] for name in (*_TRACKING_ON, *_NO_REFERRER, "scholar")}
_SEGMENT = re.compile(r"(?:;(?:jsessionid|sid|phpsessid)=[^/?#;]*)|/ref=[^/?#]*", re.IGNORECASE)


def find_links(text: str, policy: CleaningPolicy) -> list[Edit]:
    """Links whose address has to change, each with the address that stays."""
    edits: list[Edit] = []
    if not may_have_link(text):
        return edits
    for match in _URL.finditer(text):
        url = match.group()
        shown = url.rstrip(_TRAILING) if url.count("(") == 0 else url.rstrip(_TRAILING[:-1])
        cleaned, kind = clean_link(shown, policy)
        if cleaned != shown:
            edits.append(Edit(match.start(), match.start() + len(shown), cleaned, kind))
    return edits


def may_have_link(text: str) -> bool:
    """A cheap look at a line or a whole text."""
    return "://" in text


def clean_link(url: str, policy: CleaningPolicy) -> tuple[str, RedactionKind | None]:
    """The link as it may stay, and what was taken off; `PERSONAL_LINK` when none of it may."""
    try:
        link = unwrapped(url)
    except ValueError:
        link = None
    if link is None:
        return PERSONAL_LINK, RedactionKind.PERSONAL_LINK
    host, scheme, netloc, path, query, fragment = link
    site = host.removeprefix("www.")
    if (
        _has_controls("".join(link))  # unwrapping may have brought it in; no page needs it
        or query.count("&") >= _MOST_PARAMETERS
        or _is_personal(site, path, query, fragment)
    ):
        return PERSONAL_LINK, RedactionKind.PERSONAL_LINK
    if query:
        here = _tracking_on(site)
        query = "&".join([p for p in query.split("&") if p and not _tracks(here, p)])
    # A user name before the host names its owner; an address in the path or fragment too.
    host = netloc.rpartition("@")[2]
    if "=" in path:
        path = _SEGMENT.sub("", path)
    path = _without_addresses(path, policy)
    if "google" in site:
        path = _ACCOUNT_NUMBER.sub("", path)
    if fragment:
        fragment = "" if fragment.startswith("xtor=") else _fragment(fragment, policy)
    kept = _joined(scheme, host, path, query, fragment)
    if kept.rstrip("?#") == url.rstrip("?#"):
        return url, None
    return kept, RedactionKind.LINK_TRACKING


def _joined(scheme: str, host: str, path: str, query: str, fragment: str) -> str:
    """As `urlunsplit`, which takes long, for what most links are."""
    if not host or (path and not path.startswith("/")):
        return urlunsplit((scheme, host, path, query, fragment))
    query = f"?{query}" if query else ""
    fragment = f"#{fragment}" if fragment else ""
    return f"{scheme}://{host}{path}{query}{fragment}"


def _has_controls(text: str) -> bool:
    return not text.isprintable() and bool(_CONTROL.search(text))


def _is_personal(site: str, path: str, query: str, fragment: str) -> bool:
    """Whether it acts for one person, or leads to nothing but one."""
    if has_any(path.lower(), _PERSONAL_PATHS) or (
        query and _TOKEN.search(query) and _ACTS.search(path)
    ):
        return True
    fragment = f"#{fragment}" if fragment else ""
    return bool(_PERSONS.match(f"{site}{path}?{query}{fragment}"))


def _tracks(here: frozenset[str], piece: str) -> bool:
    """A campaign's parameter, or one that names the reader or the author. here: on this site."""
    name, _, value = piece.partition("=")
    if "%" in piece or "+" in piece:
        name, value = unquote_plus(name), unquote_plus(value)
    name = name.lower()
    if name in _TRACKING or name in here or name.startswith(_TRACKING_STARTS):
        return True
    return _identifies(value)


def _identifies(value: str) -> bool:
    """An address, plain or packed, or another link with such a parameter in it."""
    if len(value) < _SHORTEST_PACKED and value.isalnum():
        return False
    if _LIKE_ADDRESS.search(value) and (has_address(value) or has_address(unquote(value))):
        return True
    if "=" in value and "?" in (inner := unquote(value)):
        return any(_names_somebody(piece) for piece in inner.partition("?")[2].split("&"))
    return bool(_PACKED.fullmatch(value)) and has_address(_unpacked(value))


def _names_somebody(piece: str) -> bool:
    name, _, value = piece.partition("=")
    return name.lower() in _TRACKING | _READERS or bool("@" in value and has_address(value))


def _unpacked(value: str) -> str:
    """What base64 or hex stand for, where that is text; else ""."""
    try:
        if not len(value) % 2 and _HEX.fullmatch(value):
            return bytes.fromhex(value).decode("ascii")
        return urlsafe_b64decode(value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4)).decode(
            "ascii"
        )
    except ValueError:
        return ""


def _fragment(text: str, policy: CleaningPolicy) -> str:
    """What stands behind the "#", where pages written in scripts keep parameters."""
    if not text:
        return ""
    text = text.partition(":~:")[0]  # which words somebody had marked
    path, mark, query = text.rpartition("?")
    if "=" not in query:
        return _without_addresses(text, policy)
    kept = "&".join(piece for piece in query.split("&") if not _tracks(_READERS, piece))
    return _without_addresses(path + (mark if kept else "") + kept, policy)


def _tracking_on(site: str) -> frozenset[str]:
    """What tracks on that host; a known site without a dot has many endings (amazon.de)."""
    labels = site.split(".")
    if _KNOWN_LABELS.isdisjoint(labels):
        return _ANYWHERE
    known = _TRACKING_ON.keys() & {*labels, ".".join(labels[-2:]), ".".join(labels[-3:])}
    here = frozenset() if site in _NO_REFERRER else _REFERRERS
    here |= frozenset() if "scholar" in labels else _READERS
    return here.union(*(_TRACKING_ON[name] for name in known))


def _without_addresses(text: str, policy: CleaningPolicy) -> str:
    if not has_any(text.lower(), _MAY_BE_ADDRESS) or not _LIKE_ADDRESS.search(text):
        return text
    edits = find_addresses(text, policy)
    return apply(text, [Edit(e.start, e.end, "-", e.kind) for e in edits])
