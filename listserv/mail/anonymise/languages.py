"""What mail programs write around a text, in the languages that they speak."""

import re

from listserv.mail.anonymise.letters import for_lowered

# The verb of "On … NAME wrote:". Bounded by non-letters when searched.
WROTE = for_lowered(
    r"(?<!\w)(?:wrote|writes|said|spake(?: thusly)?|schrieb|a écrit|écrivait|escribió"
    r"|escribio|ha scritto|escreveu|schreef|geschreven|skrev|kirjoitti|napisał(?:\(a\)|a)?|pisze"
    r"|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|пишет|написал(?:\(а\)|а)?|пише|писав"
    r"|написав|írta|yazdı|şunu yazdı|έγραψε|a scris|va escriure|je napisao|je napisal(?:/a|a)?"
    r"|napisao|rašė|rakstīja|kirjutas"
    r"|כתב|כתבה|كتب|đã viết|menulis|написа|idatzi zuen|escribiu|zitat von|quoting|missatge de"
    r"|citando|citação de|citation de|cytowanie|μήνυμα από|بواسطة)(?!\w)"
)
# No spaces stand around these, so they are searched anywhere.
WROTE_ANYWHERE = re.compile(
    "写道|寫道|书写|のメール|さんは書きました|が書きました|님이 작성|작성:|เขียน"
)
# Words with which such a line begins.
STARTS = re.compile(
    r"[\s*_>-]{0,8}(?:(?:on|am|le|el|il|em|op|den|dne|w dniu|dnia|at|a|il giorno|no dia|vào|pada"
    r"|на|στις|בתאריך|tarihinde|el día|o dia|der|die|lun|mar|mer|jeu|ven|sam|dim"
    r"|mon|tue|wed|thu|fri|sat|sun|zitat von|quoting|missatge de|citando|citation de|citação de"
    r"|cytowanie|в|у|в сообщении|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?!\w)"
    r"|\d{4}[-/.年]|\d{1,2}[-/.]|ב-)",
    re.IGNORECASE,
)
# Fields of the block that programs put above a quoted or forwarded mail.
_FIELD = (
    r"[\s*_|]{0,6}(?:from|sent|to|cc|bcc|date|subject|reply-to|importance|attachments"
    r"|von|gesendet|datum|an|betreff|kopie|antwort an|wichtigkeit"
    r"|de|envoyé|date|à|objet|cc"
    r"|enviado(?: el)?|para|asunto|fecha|cco"
    r"|da|inviato|a|oggetto|data|enviada(?: em)?|assunto|enviado em"
    r"|van|verzonden|aan|onderwerp|från|skickat|till|ämne|fra|sendt|til|emne|dato"
    r"|lähettäjä|lähetetty|vastaanottaja|aihe|od|wysłano|do|temat|odesláno|komu|předmět|kopia"
    r"|от|отправлено|кому|тема|дата|від|надіслано|feladó|elküldve|címzett|tárgy"
    r"|kimden|gönderilen|gönderildi|kime|bilgi|konu|tarih|από|εστάλη|στάλθηκε|προς|κοιν|θέμα"
    r"|de la|trimis|data|către|subiect|šalje|poslano|poslato|prima|predmet|pošiljatelj|za|zadeva"
    r"|odosielateľ|odosielané|odoslané|odesílatel|odeslané|изпратено|до|относно|отправитель"
    r"|надіслав|копія|копия|пошиљалац|послато|nuo|išsiųsta|kam|no|nosūtīts|temats|saatja|saadetud"
    r"|adressaat|koopia|teema|enviat(?: el)?|per a|a/c|assumpte|nork|bidalia|nori|gaia|sendandi"
    r"|sent|viðtakandi|efni|từ|đã gửi|tới|đến|ngày|chủ đề|dari|daripada|dikirim|dihantar|kepada"
    r"|tema|subjek|perihal|จาก|ส่ง|ส่งเมื่อ|ถึง|สำเนา|เรื่อง|วันที่|מאת|נשלח|אל|עותק|נושא|תאריך"
    r"|من|مرسل|تم الإرسال|أرسلت|إلى|نسخة|الموضوع|التاريخ|از|ارسال شده|به|موضوع|प्रेषक|भेजा|प्रति"
    r"|विषय|发件人|发送时间|收件人|抄送|主题|日期|寄件者|寄件日期|收件者|副本|主旨"
    r"|差出人|送信者|送信日時|宛先|件名|보낸 사람|보낸 날짜|받는 사람|참조|제목|날짜"
    r"|dátum|päivämäärä|nadawca|adresat|ogg|copie(?: à)?|ημερομηνία|日付|送信日|寄件人|reply to"
    r"|responder (?:a|para)|répondre à|rispondi a|svar til)"
)
FIELDS = for_lowered(_FIELD + r"\s?[*_]{0,3}\s?[:：|]")
# As one program writes them, with nothing behind the name of the field.
BARE_FIELDS = for_lowered(_FIELD + r"\s{1,2}(?=[\"<\w])")
# Lines that stand above such a block.
DIVIDER = re.compile(
    r"\s{0,4}(?:-{2,}|_{2,}|={2,})\s?(?:original message|forwarded message|original appointment"
    r"|reply message|weitergeleitete nachricht|ursprüngliche nachricht|original-nachricht"
    r"|originalnachricht|message d'origine|message original|message transféré|mensaje original"
    r"|mensaje reenviado|messaggio originale|messaggio inoltrato"
    r"|forwarded message from [^\n]{1,120}?|end forwarded message"
    r"|начало переадресованного сообщения|пересылаемое сообщение|конец пересылаемого сообщения"
    r"|forwarded by [^\n]{1,120}?"
    r"|mensagem original|mensagem encaminhada|oorspronkelijk bericht|doorgestuurd bericht"
    r"|ursprungligt meddelande|vidarebefordrat meddelande|oprindelig meddelelse"
    r"|videresendt meddelelse|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna"
    r"|treść przekazanej wiadomości|původní zpráva|пересланное сообщение|исходное сообщение"
    r"|原始邮件(?:信息)?|(?:回复|转发)的?(?:原)?邮件|元のメッセージ|転送メッセージ)\s?(?:-{2,}|_{2,}|={2,})\s{0,4}",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    r"\s{0,4}(?:begin forwarded message|anfang der weitergeleiteten nachricht"
    r"|début du message (?:transféré|réexpédié)|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|início da mensagem (?:reencaminhada|encaminhada)"
    r"|begin doorgestuurd bericht|vidarebefordrat brev|początek przekazywanej wiadomości"
    r"|転送されたメッセージ|начало переадресованного сообщения|videresendt melding"
    r"|videresendt besked|välitetty viesti alkaa|начало переадресованного письма|开始转发的邮件"
    r"|轉寄的郵件|전달된 메시지|iletilen ileti başlangıcı)\s?:\s{0,4}",
    re.IGNORECASE,
)
GREETINGS = for_lowered(
    r"[\s*_]{0,4}(?:hi|hello|hey|dear|hiya|good (?:morning|afternoon|evening)|greetings|thanks"
    r"|thank you|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|moin|servus|grüezi|danke|hola"
    r"|querid[oa]|estimad[oa]|buenos días|buenas(?: tardes| noches)?|gracias|bonjour|bonsoir|salut"
    r"|coucou|chère?|merci|ciao|car[oa]|gentile|buongiorno|buonasera|grazie|olá|oi|bom dia"
    r"|boa (?:tarde|noite)|prezad[oa]|obrigad[oa]|beste|lieve|hoi|goedemorgen|goedemiddag|dag"
    r"|hej|kære|kjære|hei|cześć|ahoj|dobrý den|szia|sziasztok|kedves|bună|dragă|merhaba"
    r"|sevgili|sayın|γεια|αγαπητ[έή]|привет|здравствуйте|привіт|вітаю|дорог[аоуи][йяе]|шалом"
    r"|שלום|היי|مرحبا|عزيزي|عزيزتي|hola|benvolgu[td]a?|halo|kepada|chào|xin chào)(?!\w)"
)
INTRODUCTIONS = re.compile(
    r"(?<!\w)(?:i['’]?m|i am|my name is|my name['’]s|call me|this is|it['’]s|ich bin|ich heiße"
    r"|ich heisse|mein name ist|hier ist|soy|me llamo|mi nombre es|je suis"
    r"|je m['’]appelle|moi c['’]est"
    r"|sono|mi chiamo|il mio nome è|sou|meu nome é|me chamo|ik ben|ik heet|mijn naam is|jag heter"
    r"|jag är|jeg hedder|jeg heter|nazywam się|mam na imię|меня зовут)(?!\w)",
    re.IGNORECASE,
)
# In German every noun has a capital; behind one of these it is no name.
_ARTICLE = re.compile(
    r"(?<!\w)(?:d(?:er|ie|as|en|em|es)|(?:k|m|d|s)?ein(?:e[rmns]?)?|unsere?[rmns]?|im|zu[rm]|vom|ins)"
    r"\s\Z",
    re.IGNORECASE,
)
_LONGEST_ARTICLE = 8


def is_noun_at(text: str, start: int) -> bool:
    """Whether what begins there with a capital is the noun of a German article."""
    return bool(_ARTICLE.search(text, max(0, start - _LONGEST_ARTICLE), start))
