"""Names of people whom we do not know, where a text signs or an attribution names them."""

import re
from itertools import pairwise

from listserv.mail.anonymise.letters import is_joined
from listserv.mail.anonymise.words import ALSO_NAMES, NO_NAMES, OF_HEADERS, word_set

_LONGEST = 40
_MOST_WORDS = 4
_LONGEST_JOINED = 7
_MARKS = " \t*_-–—~<>,;:|'\"“”‘’()[]❤️💕💜🙏😊🌸xX"
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")
_BRACKET = re.compile(r"[\"”']?\s?[<(\[]")
_PARTICLES = word_set(
    "van von de der den del della di da do dos das la le el al bin ibn ben zu zur ter ten y e und"
    " and & mac mc st"
)
# What people write below a farewell that names nobody.
NO_SIGNER = word_set(
    """
    everyone everybody all friends folks amen namaste peace bye goodbye hugs love cheers thanks
    thank you yes no ok okay me us again soon always tomorrow today tonight monday tuesday
    wednesday thursday friday saturday sunday good night morning evening help please sorry hope
    welcome group hello hi dear alle danke tschüss gute nacht ja nein bis bald hallo
    todos todas gracias adiós adios hola buenas noches sí si merci tous toutes bonne nuit oui non
    ciao grazie tutti tutte buonanotte tchau todo mundo sim não bedankt dag welterusten ps pps
    anyway same sigh hmm ugh phew indeed exactly maybe perhaps onwards hallelujah hooray yay wow
    oops ouch haha lol period nothing everything nobody someone silence enough now then never
    forever ever still alone together home true done agreed right sure fine well courage breathe
    wish wishes regards sincerely yours warmly the a an and or but if when we they it this that
    """
)

# With what else they close a mail, where no name is meant.
CLOSING_WORDS = NO_SIGNER | word_set(
    """
    guys lovelies peeps people ladies gang mates buddy buddies dears darlings sisters brothers fam
    team warriors survivors strength gratitude faith serenity patience trust joy rest sleep kindness
    acceptance healing balance calm quiet light life breath breathing repeat onward forward upward
    progress recovery sober sobriety clean namaskar shalom salaam inshallah mashallah aloha slainte
    sláinte skål prost shukran om ameen amin aleluya aleluia alleluia halleluja maranatha bless
    blessings respect unity solidarity resist keep going goodnight xoxo finally sadly luckily
    thankfully honestly seriously anyhow whatever nevertheless meanwhile later soonish yesterday
    midnight noon weekend january february march april may june july august september october
    november december spring summer autumn winter one two three four five six seven eight nine ten
    first second third last yep nope nah yeah yup cool nice great bad sad happy tired exhausted
    better worse ill sick lost afraid scared lonely proud grateful thankful glad
    mut kraft hoffnung frieden ruhe geduld liebe vertrauen dankbarkeit stille leben licht glück
    morgen heute gestern abend wochenende montag dienstag mittwoch donnerstag freitag samstag
    sonntag dennoch trotzdem vielleicht leider endlich schade genau richtig ende umarmung tschö
    fuerza ánimo animo fe esperanza paz amor paciencia calma valor luz vida salud gratitud abrazo
    mañana ayer hoy lunes martes miércoles jueves viernes sábado domingo siempre nunca basta fin
    quizás force espoir paix amour lumière vie demain hier lundi mardi mercredi jeudi vendredi
    samedi dimanche toujours jamais enfin peut-être forza coraggio speranza pace pazienza amore
    luce domani ieri oggi sempre mai forse fine força esperança paciência amanhã ontem hoje
    kracht moed hoop vrede vandaag gisteren altijd nooit einde sterkte end turn choice
    call loss win alive god jesus chocolate prayer prayers greetings odaat kcb halt ttyl ily iwndwyt
    sea dinner summer river never over water anger fear other winter order weather
    """
)

# "Dr. med.", "Rev.", "Dipl.-Ing.", in front of a name.
TITLES = re.compile(
    r"(?:(?:dr|prof|med|phil|rer|nat|jur|dent|dipl|ing|mag|rev|fr|sr|mr|mrs|ms|mx|lic|ing|arq|dra"
    r"|sra|dott|avv|herr|frau|sir|dame|lady|father|sister|brother|pastor|rabbi|captain|nurse)"
    r"(?:[.-]|\b)[\s-]*)*",
    re.IGNORECASE,
)


def looks_like_name(text: str) -> bool:
    """Whether a line below a farewell is one to four words written as a name is."""
    words = [word for word in text.strip(_MARKS).split() if word not in ("&", "+")]
    if not words or len(words) > _MOST_WORDS or len(text) > _LONGEST:
        return False
    if any(not _WORD.fullmatch(word) for word in words) or words[0].lower() in NO_SIGNER:
        return False
    if any(map(is_joined, words)):
        return sum(map(len, words)) <= _LONGEST_JOINED
    named = [word for word in words if word.lower() not in _PARTICLES]
    if words[-1].endswith(".") and len(words[-1]) > 2 and len(words) > 1:
        return False
    return bool(named) and all(not word[0].islower() for word in named)


def is_full_name(text: str) -> bool:
    """Two words or more, all written as names are."""
    return len(text.split()) > 1 and looks_like_name(text)


def names_in(text: str) -> frozenset[str]:
    """The words of an attribution or header line that may name somebody."""
    found = (word.rstrip(".").removesuffix("'s") for word in _WORD.findall(text))
    return frozenset(
        word
        for word in found
        if len(word) > 1 and not word[0].islower() and word.lower() not in NO_NAMES | NO_SIGNER
    )


def people_in(text: str) -> frozenset[str]:
    """The same without what an attribution or a header says besides: "On", "Monday"."""
    found = names_in(text)
    told = {word for word in found if word.lower() not in OF_HEADERS}
    doubtful = {word for word in found - told if word.lower() in ALSO_NAMES}
    return frozenset(told | (_beside(text, told) & doubtful if doubtful else set()))


def _beside(text: str, told: set[str]) -> set[str]:
    """Words right before one of those, or before a bracket: "Mo Salah", "Mo <mo@…>"."""
    words = [*_WORD.finditer(text)]
    alone = {word[0] for word in words if _BRACKET.match(text, word.end())}
    return alone | {
        one[0]
        for one, two in pairwise(words)
        if two[0] in told and text[one.end() : two.start()] == " "
    }
