"""Lines that programs, phones, servers and scanners add to what somebody wrote."""

import re

from listserv.mail.anonymise.letters import for_lowered, lowered

_LONGEST = 160
_LONGEST_WEAK = 80
_LONGEST_VERB = 20
# Advertisements of programs and devices, as whole lines or as their beginning.
_STARTS = (
    "sent from mail for", "sent from outlook", "sent from yahoo mail",
    "sent from proton mail", "sent from protonmail", "sent with proton mail",
    "sent with protonmail", "sent from the all new", "sent from aol", "sent from gmail mobile",
    "sent from nine", "sent from bluemail", "sent from spark", "sent via blackberry",
    "sent from samsung", "sent via the samsung", "sent from k-9 mail", "sent from thunderbird",
    "sent by mailcow", "sent with airmail", "sent with tutanota", "sent with tuta",
    "sent from a mobile", "sent from myphone", "sent with shift", "sent with mutt",
    "get bluemail for", "download outlook", "secured with tuta",
    "composed with", "please excuse brevity", "please forgive typ", "please forgive any typ",
    "excuse typ", "forgive typ", "excuse any typ", "please excuse typ",
    "please excuse my brevity", "excuse my brevity",
    "gesendet mit", "gesendet über", "diese nachricht wurde von meinem",
    "holen sie sich outlook", "outlook für", "bitte entschuldigen sie die kürze",
    "enviado desde", "enviado con", "enviado a través", "obtener outlook", "obtén outlook",
    "descarga outlook", "disculpa la brevedad", "envoyé de mon", "envoyé depuis",
    "envoyé à partir", "envoyé avec", "télécharger outlook", "obtenez outlook", "inviato con",
    "inviato dal", "scarica outlook", "ottieni outlook", "enviado do", "enviado pelo",
    "enviado via", "obter o outlook", "baixe o outlook", "verzonden vanaf", "verzonden met",
    "verstuurd vanaf", "verstuurd met", "outlook voor", "skickat från", "skickat från min",
    "sendt fra", "wysłane z", "wysłano z", "odesláno z", "отправлено с", "отправлено из",
    "надіслано з", "iphone'umdan", "iphoneから送信", "从我的", "发自", "發自", "來自我的",
    "gửi từ", "発信元", "hanki outlook", "pobierz aplikację outlook", "hämta outlook",
    "hent outlook", "stáhnout outlook", "나의 iphone에서 보냄",
    "sent via superhuman", "sent with spark", "sent with mailtrack", "sent with aqua mail",
    "sent with thunderbird", "sent with canary", "sent with mailspring", "sent from fairemail",
    "sent with fairemail", "sent from my hey", "sent from hey", "sent by boxer",
    "sent from boxer", "sent from my galaxy", "sent from the aol", "sent from aol",
    "sent from hotmail", "sent from windows mail", "sent from my windows phone", "yahoo mail:",
    "yahoo mail for", "virus-free", "virenfrei", "libre de virus", "sans virus",
    "garanti sans virus", "virusvrij", "senza virus", "livre de vírus",
    "this email has been checked for viruses", "this email was scanned",
    "diese e-mail wurde von avast", "avast logo", "mit der gmx mail app",
    "sicher versendet mit", "diese nachricht wurde mit", "apologies for typ",
    "please excuse any typ", "please consider the environment", "think before you print",
    "bitte prüfen sie, ob diese mail", "pensez à l'environnement", "antes de imprimir",
    "iphone'dan gönderildi", "trimis de pe", "στάλθηκε από", "poslano s", "odeslané z",
    "odoslané z", "изпратено от", "enviat des de", "dikirim dari", "được gửi từ", "נשלח מה",
    "נשלח מ",
    "أرسلت من", "تم الإرسال من", "ส่งจาก", "iphoneから", "androidから", "내 iphone", "iphone에서",
    "나의 갤럭시", "sendt med", "sent with ♥", "sent with ❤",
)  # fmt: skip
# These begin sentences too, so a device or program has to stand behind them.
_WEAK_STARTS = (
    "von meinem", "von meiner", "from my phone", "from my mobile", "powered by", "protected by",
    "scanned by", "sent through", "sent on the go", "typed on", "dictated", "gesendet von",
    "enviado de", "lähetetty", "gönderildi", "küldve", "elküldve", "inviato da", "mail sent by",
    "envoyé par", "sent using", "mobile sent", "mobile: sent", "sent by", "sent with", "sent from",
    "sent via", "sent while", "typed with", "typed by", "written on my",
    "envoyé via", "gesendet aus", "gesendet vom", "verzonden via", "skickat via", "sendt via",
)  # fmt: skip
_DEVICE = for_lowered(
    r"iphone|ipad|android|galaxy|samsung|huawei|xiaomi|pixel|handy|smartphone|phone|puhelin|telefon"
    r"|mobil|mail|outlook|app\b|tablet|blackberry|windows|posta|почт|antivirus|voice|voz|siri"
    r"|\bios\b|wireless|boxer|workspace|laptop|keyboard|watch|kindle|linux|webmail|メール|手机|手機"
)
# "Sent from my" anything, but for what people say of themselves.
_FROM_MINE = for_lowered(r"sent from my (?!heart\b|soul\b|bed\b|room\b|corner\b)\S")
_OUTLOOK = for_lowered(
    r"outlook\b.{0,20}\b(?:android|ios|mac|windows)(?:\b|http)|(?:android|ios)\b.{0,20}\boutlook"
)
# How companies ask for readers elsewhere; but not "People like us on Facebook …".
_FOLLOW = for_lowered(
    r"(?:\A|[.,:;!?|&/–—-]\s?|\b(?:and|please) )(?:(?:follow|find|like|connect with) us on"
    r"|folgen sie uns|síguenos en|suivez-nous|seguici su|siga-nos|volg ons)\b"
    r".{0,20}(?:linkedin|facebook|twitter|instagram|youtube|tiktok|xing)"
)
# Other languages put the verb last.
_SENT_LAST = for_lowered(
    r"(?:gönderildi|gönderilmiştir|から送信(?:しました)?|에서 보냄|에서 보냈습니다|发送|發送"
    r"|gesendet|versendet|verschickt|verzonden|lähetetty|küldve|отправлено|से भेजा गया)\W{0,3}\Z"
)
# Any program or place, where it is the very last line.
_LAST = re.compile(
    r"(?i:sent|mailed|gesendet|enviado|envoyé|inviato|verzonden|skickat|sendt)"
    r" (?i:from|via|with|using|through|by|mit|von|aus|über|desde|con|por|avec|depuis|de|da|met|från"
    r"|med|fra)(?: (?i:the|my))?"
    r" (?!(?i:love|hugs?|heaven|god|care|peace|hope|joy|light|gratitude|prayers?|kisses|affection"
    r"|thanks|amor|cariño|abrazos|liebe|amour)\b)[A-Z0-9][\w.+'’-]{0,30}"
    r"(?: (?:[A-Z0-9][\w.+'’-]{0,20}|(?:app|mail|mobile|phone|email|for|on|my|für|auf|para|en|pour"
    r"|sur|per|su|voor|op|för|på|och|und|y|et|&)\b)){0,4}"
)
_MARKUP = re.compile(r"[\[\]*_<>~|]")
# What a server writes above mail from elsewhere.
_BANNER = re.compile(
    r"\s{0,4}(?:\W{0,4}(?:caution|warning|external(?: e-?mail| sender)?|attention|achtung|vorsicht"
    r"|externe e-?mail|precaución|correo externo|attenzione|let op|externer absender)\W{1,6}"
    r"|you don['’]t often get email from|some people who received this message don['’]t often"
    r"|sie erhalten nicht häufig e-mails von|no suele recibir correo electrónico de"
    r"|vous (?:ne )?recevez pas souvent|this (?:e-?mail|message) (?:originated|was sent|came) from"
    r" (?:outside|an external)|diese e-?mail (?:kommt|stammt) von (?:außerhalb|extern))",
    re.IGNORECASE,
)
_MAIL = (
    r"(?:e-?mails?|messages?|sender|nachricht|absender|mensaje|correo|courriel|messaggio|bericht)"
)
_AWAY = (
    r"(?:extern\w{0,4}|outside (?:of |the |your |our |this )|außerhalb|häufig|souvent"
    r"|don['’]t often|no suele|fuera de|extérieur|esterno|buiten)"
)
_ABOUT_MAIL = re.compile(rf"{_MAIL}\b.{{0,200}}{_AWAY}|{_AWAY}.{{0,60}}{_MAIL}", re.IGNORECASE)
_LONGEST_BANNER = 400
EXTERNAL_TAG = re.compile(
    r"(?:\[\s?(?:ext|external|extern|externe|externo|esterno|caution"
    r"|(?:possible |suspected )?\*{0,5}spam\??\*{0,5}"
    r"|bulk|secure|encrypt(?:ed)?|classification:[^\]\n]{1,40})\s?:?\s?\]"
    r"|\*{2,5}spam\*{2,5}|\{spam\?\}|external:)\s*",
    re.IGNORECASE,
)


def is_tagline(text: str) -> bool:
    """Whether the line is a program's advertisement for itself."""
    if len(text) > _LONGEST:
        return False
    words = lowered(_MARKUP.sub("", text).strip(" \t-–—()."))
    if words.startswith(_STARTS) or _FROM_MINE.match(words) or _FOLLOW.search(words):
        return True
    if len(words) > _LONGEST_WEAK:
        return False
    weak = words.startswith(_WEAK_STARTS) or bool(_SENT_LAST.search(words[-_LONGEST_VERB:]))
    return bool(weak and _DEVICE.search(words)) or (
        "outlook" in words and bool(_OUTLOOK.search(words))
    )


def is_last_tagline(text: str) -> bool:
    """The same of a program that we do not know, for the last line of all."""
    return len(text) <= _LONGEST_WEAK and bool(_LAST.fullmatch(text.strip(" \t-–—().<>*_|")))


def is_banner_mark(text: str) -> bool:
    """Whether the line is one of two, hidden in HTML, between which a warning stands."""
    return text.startswith("ZjQcmQRYFpfptBanner")


def is_banner(text: str) -> bool:
    """Whether the line is a server's warning that the mail comes from elsewhere."""
    return (
        len(text) <= _LONGEST_BANNER
        and bool(_BANNER.match(text))
        and bool(_ABOUT_MAIL.search(text))
    )
