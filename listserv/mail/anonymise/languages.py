"""What mail programs write around a text, in the languages that they speak."""

import re

# The verb of "On … NAME wrote:". Bounded by non-letters when searched.
WROTE = re.compile(
    r"(?<!\w)(?:wrote|writes|said|schrieb|a écrit|écrivait|escribió|escribio|ha scritto|escreveu"
    r"|schreef|geschreven|skrev|kirjoitti|napisał(?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?"
    r"|napísal(?:\(a\)|a)?|пишет|написал(?:\(а\)|а)?|пише|писав|написав|írta|yazdı|şunu yazdı"
    r"|έγραψε|a scris|va escriure|je napisao|je napisal(?:/a|a)?|napisao|rašė|rakstīja|kirjutas"
    r"|כתב|כתבה|كتب|đã viết|menulis|написа|idatzi zuen|escribiu)(?!\w)",
    re.IGNORECASE,
)
# No spaces stand around these, so they are searched anywhere.
WROTE_ANYWHERE = re.compile(
    "写道|寫道|书写|のメール|さんは書きました|が書きました|님이 작성|작성:|เขียน"
)
# Words with which such a line begins.
STARTS = re.compile(
    r"[\s*_>-]{0,8}(?:(?:on|am|le|el|il|em|op|den|dne|w dniu|dnia|at|a|il giorno|no dia|vào|pada"
    r"|в|на|στις|בתאריך|tarihinde|el día|o dia|der|die|lun|mar|mer|jeu|ven|sam|dim"
    r"|mon|tue|wed|thu|fri|sat|sun)(?!\w)|\d{4}[-/.年]|\d{1,2}[-/.]|ב-)",
    re.IGNORECASE,
)
# Fields of the block that programs put above a quoted or forwarded mail.
FIELDS = re.compile(
    r"[\s*_|]{0,6}(?:from|sent|to|cc|bcc|date|subject|reply-to|importance|attachments"
    r"|von|gesendet|datum|an|betreff|kopie|antwort an|wichtigkeit"
    r"|de|envoyé|date|à|objet|cc"
    r"|enviado(?: el)?|para|asunto|fecha|cco"
    r"|da|inviato|a|oggetto|data|enviada(?: em)?|assunto|enviado em"
    r"|van|verzonden|aan|onderwerp|från|skickat|till|ämne|fra|sendt|til|emne|dato"
    r"|lähettäjä|lähetetty|vastaanottaja|aihe|od|wysłano|do|temat|odesláno|komu|předmět|kopia"
    r"|от|отправлено|кому|тема|дата|від|надіслано|feladó|elküldve|címzett|tárgy"
    r"|kimden|gönderilen|kime|konu|από|εστάλη|προς|θέμα|trimis|către|subiect"
    r"|发件人|发送时间|收件人|抄送|主题|日期"
    r"|差出人|送信日時|宛先|件名|보낸 사람|보낸 날짜|받는 사람|제목)"
    r"\s?[*_]{0,3}\s?[:：]",
    re.IGNORECASE,
)
# Lines that stand above such a block.
DIVIDER = re.compile(
    r"\s{0,4}(?:-{2,}|_{2,}|={2,})\s?(?:original message|forwarded message|original appointment"
    r"|reply message|weitergeleitete nachricht|ursprüngliche nachricht|original-nachricht"
    r"|originalnachricht|message d'origine|message original|message transféré|mensaje original"
    r"|mensaje reenviado|messaggio originale|messaggio inoltrato|messaggio originale"
    r"|mensagem original|mensagem encaminhada|oorspronkelijk bericht|doorgestuurd bericht"
    r"|ursprungligt meddelande|vidarebefordrat meddelande|oprindelig meddelelse"
    r"|videresendt meddelelse|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna"
    r"|treść przekazanej wiadomości|původní zpráva|пересланное сообщение|исходное сообщение"
    r"|原始邮件|转发邮件|元のメッセージ)\s?(?:-{2,}|_{2,}|={2,})\s{0,4}",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    r"\s{0,4}(?:begin forwarded message|anfang der weitergeleiteten nachricht"
    r"|début du message (?:transféré|réexpédié)|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|início da mensagem (?:reencaminhada|encaminhada)"
    r"|begin doorgestuurd bericht|vidarebefordrat brev)\s?:\s{0,4}",
    re.IGNORECASE,
)
# Advertisements of programs and devices, as whole lines or as their beginning.
TAGLINE_STARTS = (
    "sent from my", "sent from mail for", "sent from outlook", "sent from yahoo mail",
    "sent from proton mail", "sent from protonmail", "sent with proton mail",
    "sent with protonmail", "sent from the all new", "sent from aol", "sent from gmail mobile",
    "sent from nine", "sent from bluemail", "sent from spark", "sent via blackberry",
    "sent from samsung", "sent via the samsung", "sent from k-9 mail", "sent from thunderbird",
    "sent using", "sent by mailcow", "sent with airmail", "sent with tutanota", "sent with tuta",
    "sent from a mobile", "sent from myphone", "sent with shift", "sent with mutt",
    "get outlook for", "get bluemail for", "download outlook", "secured with tuta",
    "composed with", "please excuse brevity", "please excuse my brevity", "excuse my brevity",
    "von meinem", "von meiner", "gesendet von", "gesendet mit", "gesendet über",
    "diese nachricht wurde von meinem", "holen sie sich outlook", "outlook für",
    "bitte entschuldigen sie die kürze",
    "enviado desde", "enviado con", "enviado a través", "obtener outlook", "obtén outlook",
    "descarga outlook", "disculpa la brevedad",
    "envoyé de mon", "envoyé depuis", "envoyé à partir", "envoyé avec", "envoyé par",
    "télécharger outlook", "obtenez outlook",
    "inviato da", "inviato con", "inviato dal", "scarica outlook", "ottieni outlook",
    "enviado do", "enviado pelo", "enviado via", "enviado de", "obter o outlook", "baixe o outlook",
    "verzonden vanaf", "verzonden met", "verstuurd vanaf", "verstuurd met", "outlook voor",
    "skickat från", "skickat från min", "sendt fra", "lähetetty", "wysłane z", "wysłano z",
    "odesláno z", "отправлено с", "отправлено из", "надіслано з", "gönderildi", "iphone'umdan",
    "iphoneから送信", "从我的", "发自我的", "來自我的", "나의 iphone에서 보냄",
)  # fmt: skip
# The words with which people end a mail, above their name.
SIGN_OFFS = re.compile(
    r"[\s*_~-]{0,4}(?:best|best wishes|best regards|kind regards|kindest regards|warm regards"
    r"|warmest regards|regards|rgds|br|kr|cheers|thanks|thank you|thx|many thanks|with thanks"
    r"|thanks again|thanks so much|love|lots of love|much love|with love|hugs|big hugs|xx?x?|xoxo"
    r"|sincerely|yours|yours sincerely|yours truly|yours faithfully|take care|all the best|warmly"
    r"|respectfully|cordially|peace|blessings|see you|talk soon|in solidarity|stay strong"
    r"|mit freundlichen grüßen|mit freundlichen gruessen|freundliche grüße|viele grüße|vg|mfg|lg"
    r"|liebe grüße|lieben gruß|herzliche grüße|herzlichst|beste grüße|schöne grüße|gruß|grüße"
    r"|alles liebe|alles gute|bis bald|danke|vielen dank|eure|euer|deine|dein"
    r"|saludos|un saludo|saludos cordiales|atentamente|cordialmente|un abrazo|abrazos|besos|gracias"
    r"|muchas gracias|con cariño|hasta pronto"
    r"|cordialement|bien cordialement|bien à vous|amicalement|bises|bisous|merci|merci beaucoup"
    r"|à bientôt|sincèrement|bonne journée"
    r"|cordiali saluti|distinti saluti|saluti|un saluto|un abbraccio|baci|grazie|a presto"
    r"|con affetto"
    r"|atenciosamente|abraços|abraço|um abraço|beijos|obrigad[oa]|cumprimentos|até logo"
    r"|met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|liefs|bedankt"
    r"|hartelijke groet(?:en)?|dank je"
    r"|vänliga hälsningar|mvh|hälsningar|med venlig hilsen|vennlig hilsen|hilsen|kram"
    r"|pozdrawiam|pozdrav|s pozdravem|с уважением|з повагою|üdvözlettel|saygılarımla|terveisin)"
    r"\s{0,2}[,.!…;:)❤️🙏💕-]{0,6}\s{0,2}",
    re.IGNORECASE,
)
GREETINGS = re.compile(
    r"[\s*_]{0,4}(?:hi|hello|hey|dear|hiya|good (?:morning|afternoon|evening)|greetings|thanks"
    r"|thank you|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|moin|servus|grüezi|danke|hola"
    r"|querid[oa]|estimad[oa]|buenos días|buenas(?: tardes| noches)?|gracias|bonjour|bonsoir|salut"
    r"|coucou|chère?|merci|ciao|car[oa]|gentile|buongiorno|buonasera|grazie|olá|oi|bom dia"
    r"|boa (?:tarde|noite)|prezad[oa]|obrigad[oa]|beste|lieve|hoi|goedemorgen|goedemiddag|dag|hej"
    r"|kære|kjære|hei|cześć|ahoj|привет|здравствуйте)(?!\w)",
    re.IGNORECASE,
)
INTRODUCTIONS = re.compile(
    r"(?<!\w)(?:i['’]?m|i am|my name is|my name['’]s|call me|this is|it['’]s|ich bin|ich heiße"
    r"|ich heisse|mein name ist|hier ist|soy|me llamo|mi nombre es|je suis"
    r"|je m['’]appelle|moi c['’]est"
    r"|sono|mi chiamo|il mio nome è|sou|meu nome é|me chamo|ik ben|ik heet|mijn naam is|jag heter"
    r"|jag är|jeg hedder|jeg heter|nazywam się|mam na imię|меня зовут)(?!\w)",
    re.IGNORECASE,
)
# The small print that companies put under mail.
DISCLAIMER = re.compile(
    r"(?<!\w)(?:confidential|intended (?:only|solely)|intended recipient|disclaimer|privileged"
    r"|vertraulich|rechtlich geschützt|geschäftsführer|handelsregister|registergericht|ust-id"
    r"|confidentiel|destinataire|confidencial|destinatario|riservat[oe]|vertrouwelijk"
    r"|registered (?:in|office)|company number|vat)(?!\w)",
    re.IGNORECASE,
)
