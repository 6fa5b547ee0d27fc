"""What companies, programs and phones put under a text."""

import pytest

from tests.unit.mail.anonymise.cleaning import text

_SMALL_PRINT = [
    (
        "IRS Circular 230 Disclosure: any tax advice of Vexley Partners contained in this "
        "communication is not intended to be used to avoid penalties."
    ),
    (
        "Vexley Care is a registered charity in England and Wales (no. 1234567). "
        "Registered office: 5 Vexstreet, London."
    ),
    "The University of Vexley is a charitable body, with registration number SC005336.",
    (
        "This email and any attachments are confidential and intended solely for the use "
        "of the individual to whom they are addressed. Vexley Ltd accepts no liability. "
        "Registered office: 1 Vexstreet, London. Company number 0123456."
    ),
    (
        "This email and any attachments are confidential and intended solely for the use "
        "of the individual to whom they are addressed. Vexley Ltd accepts no liability."
    ),
    (
        "AVISO LEGAL: Este mensaje y sus archivos adjuntos van dirigidos exclusivamente "
        "a su destinatario y puede contener información confidencial de Vexley S.A. Si "
        "no es usted el destinatario, queda prohibida su divulgación."
    ),
    (
        "Le informazioni contenute nella presente comunicazione e i relativi allegati "
        "possono essere riservate e sono destinate esclusivamente al destinatario. "
        "Vexley S.r.l. La diffusione è vietata ai sensi del GDPR."
    ),
    (
        "Esta mensagem e seus anexos são confidenciais e destinam-se exclusivamente ao "
        "destinatário. Vexley Lda. Se a recebeu por engano, por favor elimine-a."
    ),
    (
        "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. "
        "Vexley B.V. aanvaardt geen aansprakelijkheid."
    ),
    (
        "Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata. Vexley "
        "Sp. z o.o., KRS 00001234, NIP 123-456-78-90."
    ),
    (
        "Это сообщение является конфиденциальным и предназначено только для адресата. "
        "ООО Векслей. Если вы получили его по ошибке, удалите его."
    ),
    (
        "Detta meddelande är konfidentiellt och endast avsett för mottagaren. Vexley AB, "
        "org.nr 556000-0000."
    ),
    (
        "Ce message et toutes les pièces jointes sont confidentiels et établis à "
        "l'intention exclusive de ses destinataires. Vexley SA décline toute "
        "responsabilité."
    ),
    (
        "CONFIDENTIALITY NOTICE: This e-mail message, including any "
        "attachments,\nis for the sole use of the intended recipient(s) and may contain\n"
        "Vexley confidential and privileged information. Any unauthorized review,\nuse, "
        "disclosure or distribution is prohibited. If you are not the\nintended "
        "recipient, please contact the sender by reply e-mail and destroy\nall copies of "
        "the original message of Vexley."
    ),
    (
        "CONFIDENTIALITY NOTICE: This e-mail message, including any attachments,\nis for "
        "the sole use of the intended recipient(s) and may contain\nVexley confidential "
        "and privileged information. Any unauthorized review,\nuse, disclosure or "
        "distribution is prohibited. If you are not the\nintended recipient, please "
        "contact the sender by reply e-mail and destroy\nall copies of the original "
        "message of Vexley."
    ),
]
_TAGLINES = [
    "Vexley Ltd, best employer of 2026! Follow us on LinkedIn: https://www.linkedin.com/company/v",
    "Folgen Sie uns auf Instagram: @vexley",
    "Sent from my Phone 12",
    "Sent from my Huawei P30",
    "Get Outlook for Android",
    "Von meinem iPhone gesendet",
    "Gesendet von meinem Galaxy",
    "Enviado desde mi iPad",
    "Envoyé de mon iPhone",
    "Inviato da iPhone",
    "Enviado do meu iPhone",
    "Verzonden vanaf mijn iPhone",
    "Skickat från min iPhone",
    "Sendt fra min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "iPhone'umdan gönderildi",
    "iPhoneから送信",
    "从我的iPhone发送",
    "発信元: iPhone",
    "나의 iPhone에서 보냄",
    "Στάλθηκε από το iPhone μου",
    "Trimis de pe iPhone-ul meu",
    "Küldve az iPhone-omról",
    "Elküldve az iPhone-omról",
    "Poslano s iPhonea",
    "נשלח מה-iPhone שלי",
    "أرسلت من الiPhone",
    "Gửi từ iPhone của tôi",
    "ส่งจาก iPhone ของฉัน",
    "Dikirim dari iPhone saya",
    "Sent from Mail for Windows 10",
    "Sent with Proton Mail secure email.",
    "Sent using Zoho Mail",
    "Sent from Yahoo Mail on Android",
    "Sent from Workspace ONE Boxer",
    "Sent via BlackBerry from T-Mobile",
    "Sent from my Verizon, Samsung Galaxy smartphone",
    "Typed with my thumbs on a phone",
    "Sent by Mailbird",
    "Mobile: sent from phone, please forgive typos",
    "Please excuse typos, sent from mobile",
    "Sent from Outlook for iOS<https://aka.ms/zqo0ukef>",
    "Get Outlook for iOS<https://aka.ms/zqo0ukef>",
    "Obtener Outlook para Android",
    "Télécharger Outlook pour Android",
    "Diese Nachricht wurde von meinem Android Gerät mit K-9 Mail gesendet.",
    "Sent from my Android device with K-9 Mail. Please excuse my brevity.",
    "Отправлено из мобильной Почты Mail.ru",
    "Отправлено из Яндекс.Почты",
    "发自我的华为手机",
    "发自网易邮箱大师",
    "發自我的 iPhone",
    "--\nSent from myMail for iOS",
    "Envoyé depuis l'application Mail Orange",
    "Envoyé à partir de Outlook pour Android",
    "Sendt fra Outlook til Android",
    "Hanki Outlook for Android",
    "Holen Sie sich Outlook für Android",
    "Pobierz aplikację Outlook dla systemu Android",
    "Scarica Outlook per Android",
    "Download Outlook voor Android",
    "Hämta Outlook för Android",
    "Sent from Edison Mail",
    "Sent from my Commodore 64",
    "Powered by Cricket Wireless",
    "Sent while walking the dog on my Phone",
]


@pytest.mark.parametrize("print_below", _SMALL_PRINT)
def test_small_print_goes(print_below: str) -> None:
    assert text(f"I slept.\n\nSix hours.\n\n{print_below}\n") == "I slept.\n\nSix hours."


@pytest.mark.parametrize("line", _TAGLINES)
def test_taglines_go(line: str) -> None:
    assert text(f"I slept.\n\nSix hours.\n\n{line}\n") == "I slept.\n\nSix hours."


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("I slept.\n\nHugs from Zedzed", "I slept.\n\nHugs from [name]"),
        ("I slept.\n\nYour friend Zedzed", "I slept.\n\nYour friend [name]"),
        ("I slept.\n\n~Zedzed~", "I slept."),
        ("I slept.\n\n//Zedzed", "I slept."),
        ("I slept.\n\n---\nZed Vexley\nVexworks\n030 5550123", "I slept."),
        ("I slept.\n\nBest, Zelda Quarkwright, vexer at Vexworks", "I slept.\n\nBest,"),
        ("I slept.\n\n— Zelda Quarkwright, Vextown", "I slept."),
        ("I slept.\n\nPagarbiai\nZelda Quarkwright\nvexer, Vexworks", "I slept.\n\nPagarbiai"),
        ("I slept.\n\nOnwards,\nZed Vexley\nvexer at Vexworks", "I slept.\n\nOnwards,"),
        ("I slept.\n\nSonnige Grüße aus Köln\nZed Vexley", "I slept.\n\nSonnige Grüße aus Köln"),
        (
            "I slept.\n\nMed venlig hilsen / Best regards\nZed Vexley\nVexworks A/S",
            "I slept.\n\nMed venlig hilsen / Best regards",
        ),
        ("I slept.\n\nمع التحية،\nزيد فكسلي\nهاتف: ٠١٢٣٤٥٦٧٨٩", "I slept.\n\nمع التحية،"),
        ("I slept.\n\nसादर,\nज़ेड\nवेक्स प्रा. लि.", "I slept.\n\nसादर,"),
        ("I slept.\n\n------\nVexworks 営業部\nTEL: 03-1234-5678\n------", "I slept."),
        ("I slept.\n\n□■□■□■\nVexworks\n〒100-0001\n□■□■□■", "I slept."),
        ("I slept.\n\n***\nZed Vexley\nPhone 030 5550123", "I slept."),
    ],
)
def test_ways_to_sign_go(words: str, left: str) -> None:
    assert text(words) == left


@pytest.mark.parametrize(
    "last",
    [
        "Zelda, I say to myself, go on.",
        "Follow us around the lake on Sunday.",
        "What I learnt:\n\nBreathe\nRest\nRepeat",
        "I asked three people, of whom\nBob\nwas the first",
        "* * *\nMonday: walk\nTuesday: tea with mum\n* * *",
        "Dear all of you,\nBelieve in it",
        "What helps me,\nIbuprofen",
        "Visit us at https://e.example/ any time.",
        "-----\nWeek one\nWeek two: call the manager\n-----",
        "People like us on Facebook get bullied a lot, so I left.",
        "They find us on Instagram each time.",
        "Take care,\ncall the hotline if it gets bad",
        "-----\nTelephone Samaritans 0800 1110111\nDay and night\n-----",
        "If you need it,\nNational Suicide Hotline\n988",
        "Whom I call,\nSamaritans UK\ncall 116 123",
        "Two poets I love,\nMary Oliver\nRumi",
        "If you need it,\nCrisis Line Vextown\ncall at any time",
        "Two poets I love,\nMary Oliver\nand Rumi",
        "As they say,\nEasy Does It",
        "Zelda Quarkwright, thank you all for reading this",
        "Vex is a registered charity (charity no. 219830), and they helped me a lot.",
        "-----\nMobile off\nFacebook off\nKettle on\n-----",
    ],
)
def test_last_lines_that_do_not_sign_stay(last: str) -> None:
    assert text(f"I slept.\n\n{last}") == f"I slept.\n\n{last}".replace(
        "Zelda Quarkwright", "[name]"
    ).replace("Zelda", "[name]")
