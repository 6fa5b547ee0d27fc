"""The small print that companies put under mail, told from an author's own words."""

import re

from listserv.mail.anonymise.letters import for_lowered, has_any, lowered

_SHORTEST = 30
_LONGEST = 4000
# A paragraph has to speak of so many of these topics, and of the mail or its reader besides.
_LEAST_TOPICS = 3

_THIS_MAIL = (
    r"(?:this|the above) (?:e-?mail|mail|message|communication|transmission|electronic message)"
    r"|diese[rs]? (?:e-?mail|nachricht)|(?:este|esta|el presente|la presente|presente) "
    r"(?:mensaje|correo|e-?mail|comunicaci[óo]n|mensagem|comunicazione|messaggio)"
    r"|nella presente (?:comunicazione|e-?mail)|ce (?:message|courriel|mail|courrier)"
    r"|cet e-?mail|questo messaggio|questa e-?mail|dit (?:bericht|e-?mailbericht)|deze e-?mail"
    r"|niniejsz\w{1,3} (?:wiadomo\w{1,6}|e-?mail)|ta wiadomość|эт\w{1,2} (?:сообщени\w|письмо)"
    r"|данное (?:сообщение|письмо)|це (?:повідомлення|лист)|detta (?:meddelande|mejl|e-?post\w*)"
    r"|denne (?:e-?(?:mail|post)|meddelelse\w*|meldingen?)|tämä (?:viesti|sähköposti)"
    r"|tato zpráva|tento e-?mail|ez az (?:üzenet|e-?mail)|bu (?:e-?posta|mesaj)|acest mesaj"
    r"|aquest (?:missatge|correu)|αυτό το (?:μήνυμα|e-?mail)|本邮件|本郵件|このメール|이 메일"
)
_READER = (
    r"intended recipient|addressees?|individual or entity|to whom (?:it is|they are) addressed"
    r"|recipient\(s\)|sole use of|(?:nicht )?der (?:richtige|beabsichtigte) (?:adressat|empfänger)"
    r"|adressat\w{0,2}|empfänger\w{0,2}|destinat[aá]ri[oa]s?|destinataires?|geadresseerde"
    r"|adresat\w{0,2}|получател\w{1,3}|адресат\w{0,2}|mottagare\w?|modtager\w{0,2}"
    r"|vastaanottaja\w{0,4}|adresát\w{0,2}|címzett\w{0,3}|alıcı\w{0,4}|destinatar\w{0,3}"
    r"|παραλήπτη\w{0,2}|收件人|受信者|수신인"
)
_CONFIDENTIAL = (
    r"confidential(?:ity)?|privileged|proprietary|vertraulich\w{0,2}|rechtlich geschützt\w{0,2}"
    r"|confidenciales?|confidencial(?:idad)?|confidenciais|confidenti[ëe]le|confidentiel(?:le)?s?"
    r"|confidentialité|riservat[oeai]|vertrouwelijk\w?|poufn\w{1,2}|конфиденциальн\w{1,3}"
    r"|конфіденційн\w{1,3}|konfidentiell\w?|fortrolig\w{0,2}|luottamuksell\w{1,5}|důvěrn\w{1,3}"
    r"|dôvern\w{1,3}|bizalmas|gizli\w{0,3}|confidențial\w{0,2}|εμπιστευτικ\w{1,3}|保密|機密|기밀"
)
_FORBIDDEN = (
    r"unauthori[sz]ed|disclos\w{1,4}|dissemination|distribution|copying|prohibited"
    r"|strictly forbidden|unbefugt\w{0,2}|nicht gestattet|weitergabe|prohibid[oa]|divulgación"
    r"|interdite?s?|divulgation|vietat[oae]|diffusione|proibid[oa]|divulgação|niet toegestaan"
    r"|verboden|zabronion\w|запрещ\w{2,4}|заборонен\w|förbjud\w{1,3}|ulovlig|zakázán\w|tilos"
    r"|yasaktır|interzis\w|prohibid|exclusi\w{2,8}|exclusive|solely|uitsluitend|ausschließlich"
    r"|wyłącznie|только для|endast|intended only"
)
_ASTRAY = (
    r"in error|by mistake|notify|(?:delete|destroy) (?:it|this|all|the)|irrtümlich|versehentlich"
    r"|löschen|vernichten|por error|elimin\w{1,5}|par erreur|détrui\w{1,4}|supprim\w{1,4}"
    r"|per errore|cancell\w{1,5}|por engano|apag\w{1,4}|abusievelijk|ten onrechte|verwijder\w{0,3}"
    r"|omyłkow\w{1,3}|usun\w{1,4}|по ошибке|удалите|помилково|av misstag|fejlagtigt|omylem"
    r"|tévedésből|yanlışlıkla|din greșeală|κατά λάθος|误收|誤って"
)
_ATTACHED = (
    r"attachments?|attached files?|anlagen|anhänge|archivos adjuntos|adjuntos|pièces jointes"
    r"|allegati|anexos|bijlagen?|załącznik\w{0,4}|вложени\w{1,2}|bilagor|bilag|liitte\w{0,3}"
)
_LIABLE = (
    r"liab(?:le|ility)|responsib(?:le|ility)|viruses|haftung|responsabilidad|responsabilité"
    r"|responsabilità|aansprakelijk\w{0,4}|odpowiedzialności|do not necessarily|views expressed"
    r"|gdpr|rgpd|dsgvo|lopd|tax advice"
)
_TITLE = (
    r"disclaimer|legal notice|confidentiality notice|privileged and confidential|aviso legal"
    r"|circular 230"
    r"|avis de confidentialité|vertraulichkeitshinweis|rechtlicher hinweis|nota de confidencialidad"
)
_REGISTER = (
    r"geschäftsführer\w{0,3}|handelsregister|registergericht|amtsgericht|hr[ab] ?\d|ust-?id\S{0,5}"
    r"|steuernummer|vorstand|aufsichtsrat\w{0,12}|sitz der gesellschaft"
    r"|registered (?:in|office|charity)|charity (?:no|number|reg)|charitable body"
    r"|registration number"
    r"|company (?:number|registration)|vat (?:no|number|id|reg)|siret|siren|rcs|capital social"
    r"|c\.?i\.?f\.?|registro mercantil|partita iva|p\. ?iva|kvk(?:-nummer)?|btw|krs|nip|regon"
    r"|инн|огрн|org\.? ?nr|cvr|y-tunnus|ičo|dič|adószám|vergi no"
)


# A cheap look that spares most lines the long one.
_LIKELY = (
    "mail", "message", "recipient", "addressee", "disclaimer", "notice", "nachricht", "empfänger",
    "adressat", "mensaje", "correo", "comunica", "communica", "destinat", "mensagem", "messaggio",
    "courriel", "bericht", "geadresseerde", "wiadomo", "adresat", "сообщен", "письм", "получател",
    "адресат", "повідомлен", "meddel", "mottagar", "modtager", "viesti", "vastaanott", "zpráv",
    "adresát",
    "üzenet", "címzett", "e-posta", "mesaj", "missatge", "μήνυμα", "παραλήπτη", "邮件", "郵件",
    "メール", "메일", "收件人", "受信者", "수신인", "aviso", "vertraulich", "hinweis", "nota de",
)  # fmt: skip
_KINDS = {
    "mail": _THIS_MAIL,
    "reader": _READER,
    "title": _TITLE,
    "confidential": _CONFIDENTIAL,
    "forbidden": _FORBIDDEN,
    "astray": _ASTRAY,
    "attached": _ATTACHED,
    "liable": _LIABLE,
}
_ABOUT = {"mail", "reader", "title"}
_TOPICS = for_lowered(
    r"(?<!\w)(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()) + r")(?!\w)"
)
_REGISTERS = re.compile(rf"(?<!\w)(?:{_REGISTER})(?!\w)", re.IGNORECASE)
_LEAST_REGISTERS = 2
# No company says so of its registers; somebody whom a charity helped does.
_SPEAKS = re.compile(r"(?<!\w)(?:I|me|my|mich|mir|yo|je)(?!\w)")
_DIGIT = re.compile(r"\d")
_BEGINS = for_lowered(
    rf"(?<!\w)(?:{_THIS_MAIL}|{_TITLE}|{_READER}|{_CONFIDENTIAL}|{_ATTACHED}|{_REGISTER})(?!\w)"
)


def is_small_print(paragraph: str) -> bool:
    """Whether a paragraph, as one line, warns its reader or names a company's registers."""
    if not _SHORTEST <= len(paragraph) <= _LONGEST:
        return False
    if _DIGIT.search(paragraph):
        registers = {match.group().lower() for match in _REGISTERS.finditer(paragraph)}
        if len(registers) >= _LEAST_REGISTERS and not _SPEAKS.search(paragraph):
            return True
    words = lowered(paragraph)
    if not has_any(words, _LIKELY):
        return False
    topics: set[str | None] = set()
    for match in _TOPICS.finditer(words):
        topics.add(match.lastgroup)
        if len(topics) >= _LEAST_TOPICS and not topics.isdisjoint(_ABOUT):
            return True
    return False


def may_have_small_print(paragraph: str) -> bool:
    """A cheap look; False when it is none from whichever of its words on."""
    return bool(_DIGIT.search(paragraph)) or has_any(lowered(paragraph), _LIKELY)


def may_begin(line: str) -> bool:
    """Whether small print that is cut into lines may begin with this one."""
    return bool(_BEGINS.search(lowered(line[:_LONGEST])))
