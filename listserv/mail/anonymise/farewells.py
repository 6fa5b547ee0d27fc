"""The words with which people end a mail, above their name.

The expressions are for what `lowered` returns.
"""

from listserv.mail.anonymise.letters import for_lowered

# They may be said to somebody as well: "Thanks, Bob".
_THANKS = (
    r"thanks|thank you|thx|ty|many thanks|with thanks|thanks again|thanks so much|danke|vielen dank"
    r"|gracias|muchas gracias|mil gracias|merci|merci beaucoup|grazie|grazie mille|obrigad[oa]"
    r"|bedankt|dank je|tack|tak|takk|kiitos|dzięki|dziękuję|díky|děkuji|спасибо|дякую|teşekkürler"
    r"|ευχαριστώ|köszönöm|mulțumesc|hvala|благодаря|gràcies|terima kasih|cảm ơn|תודה|شكرا"
    r"|ありがとう(?:ございます)?|谢谢|謝謝|감사합니다|고맙습니다"
)
_FAREWELLS = (
    r"god bless(?: you)?|your (?:old |new |good )?friend|a friend|tu amig[oa]|un[ao]? amig[oa]"
    r"|deine freundin|dein freund|ton amie?"
    r"|in friendship|in peace|with gratitude|gratefully|kisses|xo|bye|cheerio"
    r"|namaste|ciao|tschüss|servus|best wishes|best regards|best"
    r"|(?:with )?kind(?:est)? regards|(?:with )?warm(?:est)? regards"
    r"|warm wishes|regards|rgds|br|kr|cheers|love|lots of love|much love|all my love|with love"
    r"|hugs|big hugs|xx?x?|xoxo|sincerely|yours sincerely|yours truly|yours faithfully|yours"
    r"|take care|all the best|warmly|respectfully|cordially|peace|blessings|see you|talk soon"
    r"|in solidarity|stay strong|have a (?:good|nice|great|lovely) (?:day|week|weekend|evening)"
    r"|mit (?:freundlichen|besten|lieben|herzlichen) gr(?:ü|ue)(?:ß|ss)en|freundliche grüße"
    r"|viele (?:liebe )?grüße|vg|mfg|lg|liebe grüße|lieben gruß|herzliche grüße|herzlichst"
    r"|beste grüße|schöne grüße|gruß|grüße|grüsse|alles liebe|alles gute|bis bald|eure|euer|deine"
    r"|dein|hochachtungsvoll|schönen (?:abend|tag)(?: noch)?"
    r"|saludos cordiales|saludos|(?:un )?cordial saludo|un saludo|atentamente|cordialmente"
    r"|un abrazo"
    r"|abrazos|besos|un beso|con cariño|hasta pronto"
    r"|cordialement|bien cordialement|bien à vous|bien à toi|amicalement|bises|bisous|à bientôt"
    r"|sincèrement|bonne journée|bonne soirée"
    r"|cordiali saluti|distinti saluti|saluti|un saluto|un abbraccio|baci|a presto|con affetto"
    r"|atenciosamente|abraços|abraço|um abraço|beijos|cumprimentos|até logo"
    r"|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg|liefs"
    r"|(?:med )?vänliga hälsningar|mvh|hälsningar|med venlig hilsen|(?:med )?vennlig hilsen"
    r"|kærlig hilsen|hilsen|kh|kram|(?:ystävällisin )?terveisin|t\."
    r"|(?:serdecznie )?pozdrawiam(?: serdecznie| ciepło)?|z (?:poważaniem|wyrazami szacunku)"
    r"|serdeczności|ściskam|uściski|pozdrav|lijep pozdrav|s pozdravem|s úctou|s pozdravom"
    r"|lep pozdrav"
    r"|srdačan pozdrav|pozdravi?"
    r"|с уважением|с наилучшими пожеланиями|всего доброго|з повагою|з найкращими побажаннями"
    r"|поздрави|с уважение|üdvözlettel|üdv|saygılarımla|sevgiler|sevgilerimle|selamlar"
    r"|με εκτίμηση|φιλικά|χαιρετισμούς|cu stimă|cu respect|cu drag|salutacions|una abraçada"
    r"|hormat saya|salam|trân trọng|thân mến|בברכה|مع أطيب التحيات|تحياتي|مع التحية|敬具"
    r"|よろしくお願い(?:いた)?します|此致|敬礼|祝好|顺祝商祺|此致敬礼|드림|올림"
    r"|be well|stay (?:safe|well)|keep well|sending (?:love|hugs)|in love and light|ever yours"
    r"|ganz liebe grüße|cuídate|cuídense|besitos|bonne continuation|belle (?:journée|soirée)"
    r"|buona giornata|buona serata|com carinho|fique bem|tot ziens|tot snel|ha det bra"
    r"|ha en (?:fin|bra) dag|knus|klem|halauksin|miłego dnia|pozdrowienia|buziaki|mějte se|φιλιά"
    r"|öptüm|slán|искренне ваш[аи]?"
    r"|v/r|respectfully yours|(?:with )?best wishes|many regards|yours ever|yours always"
    r"|(?:venlig|bedste|beste|vennlig|hjertelig) hilsen|(?:de )?bedste hilsner"
    r"|(?:med )?vänlig(?:a)? hälsning(?:ar)?|bästa hälsningar|vänligen|varma hälsningar"
    r"|ystävällisesti|parhain terveisin|terveiset|lämpimin terveisin|t:|rakkaudella"
    r"|hoogachtend|warme groet(?:en)?|vriendelike groete|groete"
    r"|s (?:přátelským )?pozdravem|hezký den|se srdečným pozdravem"
    r"|tisztelettel|szeretettel|üdvözlet|cu prietenie|cu dragoste|o zi bună|numai bine"
    r"|srdačno|lijepi pozdravi|s poštovanjem|с поштовањем|срдачан поздрав|поздрав|со почит"
    r"|всего хорошего|всего наилучшего|с любовью|всього найкращого|щиро|з любов['’]ю|обнимаю"
    r"|saygılar|iyi günler|iyi çalışmalar|kolay gelsin|hoşça kal(?:ın)?"
    r"|μετά τιμής|με αγάπη|με φιλικούς χαιρετισμούς|pagarbiai|ar cieņu|lugupidamisega|kveðja"
    r"|bestu kveðjur|með (?:bestu )?kveðju|me respekt|cofion(?: gorau)?|le meas|saúdos|un saúdo"
    r"|atentament|cordialment|agur(?: bero bat)?|gumagalang|lubos na gumagalang|yang benar"
    r"|salam hangat|wassalam|thân ái|kính thư|kính chào"
    r"|ขอแสดงความนับถือ|ด้วยความเคารพ|ด้วยรัก|सादर|भवदीय|शुभकामना(?:एँ|एं|ओं सहित)|সাদর|শুভেচ্ছা(?:ন্তে)?"
    r"|با احترام|ارادتمند|با تشکر|با مهر|مع (?:خالص )?(?:التحية|التقدير|الاحترام|الشكر)"
    r"|مع فائق (?:التقدير|الاحترام)|وتقبلوا تحياتي|والسلام|محبتكم?|خالص التحيات|والسلام عليكم"
    r"|בכבוד רב|בתודה|באהבה|בברכה ובתודה|שבת שלום|להתראות|חיבוק|პატივისცემით|հարգանքով"
    r"|敬具|草々|かしこ|以上です?|それでは(?:また)?|では(?:また)?|(?:どうぞ)?宜しくお願い(?:いた|致)?します"
    r"|敬上|谨上|顺颂|此致 敬礼|祝您?愉快|祝安|致敬|敬祝|順頌商祺|배상|안녕히 계세요|그럼 이만"
)
_TAIL = r"(?:[ ,]+(?!\w*[.?!])[\w'’]{1,14}){0,3}"
_END = r"\s{0,2}[,.!…;:，。、،؛।)❤️🙏💕~*_-]{0,6}\s{0,2}"
_OPENING = r"[\s*_~-]{0,4}"

# What these words end is a farewell, whatever stands before: "Sonnige Grüße".
ENDINGS = (
    "grüße", "grüßen", "gruß", "grüsse", "grüssen", "gruss", "saluti", "saluto", "saludos",
    "abrazo", "abrazos", "abraço", "abraços", "amitié", "amitiés", "cordialement",
    "amicalement", "hilsner",
    "hilsen", "hälsningar", "kram", "kramar", "groet", "groeten", "groetjes", "pozdrowienia",
    "regards", "wishes", "hugs", "gratitude", "обнимаю",
)  # fmt: skip
ENDED = for_lowered(
    rf"{_OPENING}(?:[^\W\d_]{{2,14}} ){{1,3}}(?:{'|'.join(ENDINGS)})"
    rf"(?: (?:aus|from|uit|desde|fra|från|de|da) [^\W\d_]{{2,20}})?{_END}"
)
# Some say it in two languages: "Med venlig hilsen / Best regards".
SIGN_OFFS = for_lowered(
    f"{_OPENING}(?:{_FAREWELLS}|{_THANKS})(?:\\s?[/|]\\s?(?:{_FAREWELLS}|{_THANKS}))?{_END}"
)
# With a few words more: "Un abrazo fuerte a todas,". It has to end as a farewell does.
LONG_SIGN_OFFS = for_lowered(rf"{_OPENING}(?:{_FAREWELLS}|{_THANKS}){_TAIL}\s?[,!，]\s{{0,2}}")
_FROM = r"(?:\s(?:from|von|de|da|van|fra|från|od|от|від)\s|[ ,.!，、]{1,3})"
# A farewell with more behind it in the same line: "Love, Ann".
FAREWELL_AND_MORE = for_lowered(rf"{_OPENING}(?:{_FAREWELLS})(?!\w){_FROM}(?=\S)")
