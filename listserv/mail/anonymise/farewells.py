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
    r"|pozdrawiam|z poważaniem|pozdrav|lijep pozdrav|s pozdravem|s úctou|s pozdravom|lep pozdrav"
    r"|srdačan pozdrav|pozdravi?"
    r"|с уважением|с наилучшими пожеланиями|всего доброго|з повагою|з найкращими побажаннями"
    r"|поздрави|с уважение|üdvözlettel|üdv|saygılarımla|sevgiler|sevgilerimle|selamlar"
    r"|με εκτίμηση|φιλικά|χαιρετισμούς|cu stimă|cu respect|cu drag|salutacions|una abraçada"
    r"|hormat saya|salam|trân trọng|thân mến|בברכה|مع أطيب التحيات|تحياتي|مع التحية|敬具"
    r"|よろしくお願い(?:いた)?します|此致|敬礼|祝好|顺祝商祺|此致敬礼|드림|올림"
)
_TAIL = r"(?:[ ,]+(?!\w*[.?!])[\w'’]{1,14}){0,3}"
_END = r"\s{0,2}[,.!…;:，。、)❤️🙏💕~*_-]{0,6}\s{0,2}"
_OPENING = r"[\s*_~-]{0,4}"

SIGN_OFFS = for_lowered(f"{_OPENING}(?:{_FAREWELLS}|{_THANKS}){_END}")
# With a few words more: "Un abrazo fuerte a todas,". It has to end as a farewell does.
LONG_SIGN_OFFS = for_lowered(rf"{_OPENING}(?:{_FAREWELLS}|{_THANKS}){_TAIL}\s?[,!，]\s{{0,2}}")
_FROM = r"(?:\s(?:from|von|de|da|van|fra|från|od|от|від)\s|[ ,.!，、]{1,3})"
# A farewell with more behind it in the same line: "Love, Ann".
FAREWELL_AND_MORE = for_lowered(rf"{_OPENING}(?:{_FAREWELLS})(?!\w){_FROM}(?=\S)")
