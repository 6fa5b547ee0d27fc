"""Handles that are drawn, handles that are chosen, and handles that look like others."""

import random
import re

import pytest

from listserv.domain.errors import Refused
from listserv.domain.handle import chosen, draw, skeleton
from listserv.domain.handle_words import HandleWords, words_of
from listserv.domain.language import Language

languages = pytest.mark.parametrize("language", list(Language))

# What could hurt somebody who came for help; with a star, all words that begin so.
_HURTFUL = """
    alco* alkoh* beer bier wine vino vin* whisk* vodka ginebra gin drink* drunk* sober* sobri* tipsy
    hops barley cebada grape* uva* vid vine* viñ* parra agave lúpul* borrach* ebri* resac* juniper
    drug* droga* coca crack crystal hemp cann* cáñamo opi* amapola* poppy hongo* seta* mushroom*
    weed* salvia* hash* snow
    dead* dea die died dying mort* muert* mour* grave* tomb* tumb* ash ceniz* coffin* cemet* ciprés
    cypress yew tejo fune* luto ghost* fantas ripper skull* lily lirio still resting
    fat* gord* thin* delgad* slim* slend* skinny flac* lean plump* heavy pesad* light liger* whale
    ballena little tall stout
    pig cerd* cochin* marran* cow vaca elephant* elefant* foca hippo* hipop* walrus morsa manatee
    war* guerr* gun* bomb* arma kill* mata* blood* sang* knife* fight* fier* viola* rape* assault*
    hawk halcón shark* tibur* viper* víbor* raven* cuervo* vultur* buitre* wolf lobo
    sick* ill enferm* pain dolor* cancer* cáncer* plag* virus* wound* herid* mad loon* loco* crazy
    insan* blue sad* trist* dark* oscur* alone solitari* lone* empty vací* broken rot* lost perdid*
    weak* débil* patient paciente positive positivo
    ass burr* asno dog perr* bitch cat gat* rat rata snake* serpient* weasel toad* sapo* slug* worm*
    gusan* leech* cuckoo* zorr* chick chicken gallin* turkey pavo monkey* mono ape simio* cougar
    vixen goose gans* sheep* goat* cabra* cabrón mariposa* mariquita* loro mosca* buey pansy raccoon
    coon gibbon pluma piña
    god dios* angel* ángel* saint* sant* holy sagrad* bless* bendit* devil* diab* demon* lamb pray*
    faith* cross* cruz* lotus loto
    sex* nud* naked desnud* hot calient* naught* beaver* tit tits boob* cock* pussy* concha pájaro
    almeja conejo stork cigüeña ostrich avestruz lemming tender horse verde bueno caballo
"""
_WARS_THAT_ARE_NONE = {"warm", "warmhearted", "warbler"}


def _all(words: HandleWords) -> list[str]:
    return [words.handle(one, other) for one in words.adjectives for other in words.nouns]


def _hurts(word: str) -> bool:
    if word in _WARS_THAT_ARE_NONE:
        return False
    stems = tuple(banned[:-1] for banned in _HURTFUL.split() if banned.endswith("*"))
    return word in _HURTFUL.split() or word.startswith(stems)


@languages
def test_a_hundred_thousand_handles_of_which_none_looks_like_another(language: Language) -> None:
    handles = _all(words_of(language))
    assert len(handles) > 100_000
    assert len(set(map(skeleton, handles))) == len(handles)


@languages
def test_no_word_could_hurt_somebody_who_came_for_help(language: Language) -> None:
    words = words_of(language)
    single = [form for word in (*words.adjectives, *words.nouns) for form in word.split("/")]
    assert [word for word in single if _hurts(word)] == []
    assert all(map(_hurts, ["whale", "muertos", "war", "cocktail"]))


@languages
def test_every_word_that_is_drawn_could_have_been_chosen(language: Language) -> None:
    words = words_of(language)
    pairs = [(words.adjectives[0], noun) for noun in words.nouns]
    pairs += [(adjective, noun) for adjective in words.adjectives for noun in words.nouns[::191]]
    for pair in pairs:
        assert chosen(words.handle(*pair)) == words.handle(*pair)


@languages
def test_a_drawn_handle_is_two_of_the_words(language: Language) -> None:
    handle = draw(random.Random(1).choice, lambda _: False, language)  # noqa: S311
    assert re.fullmatch(r"[^\W\d_]+ [^\W\d_]+", handle)
    assert handle in _all(words_of(language))


def test_without_a_language_it_is_english() -> None:
    first, second = draw(random.Random(1).choice, lambda _: False).lower().split()  # noqa: S311
    english = words_of(Language.ENGLISH)
    assert first in english.adjectives and second in english.nouns


@pytest.mark.parametrize(
    ("adjective", "noun", "handle"),
    [
        ("tranquilo", "nutria", "Nutria Tranquila"),
        ("tranquilo", "erizo", "Erizo Tranquilo"),
        ("juguetón/juguetona", "águila", "Águila Juguetona"),
        ("soñador/soñadora", "ñandú", "Ñandú Soñador"),
        ("amable", "ardilla", "Ardilla Amable"),
        ("cortés", "garza", "Garza Cortés"),
    ],
)
def test_spanish_adjectives_agree(adjective: str, noun: str, handle: str) -> None:
    spanish = words_of(Language.SPANISH)
    assert adjective in spanish.adjectives or adjective.startswith("jug")
    assert noun in spanish.nouns
    assert spanish.handle(adjective, noun) == handle


def test_spanish_adjectives_with_a_form_of_their_own_have_it_in_the_list() -> None:
    for adjective in words_of(Language.SPANISH).adjectives:
        masculine, _, feminine = adjective.partition("/")
        assert (
            bool(feminine) == bool(re.search("(or|ín|ón|és)$", masculine)) or masculine == "cortés"
        )


def test_taken_handles_are_passed_over() -> None:
    taken: set[str] = set()
    choose = random.Random(2).choice  # noqa: S311
    for _ in range(500):
        handle = draw(choose, taken.__contains__)
        assert skeleton(handle) not in taken
        taken.add(skeleton(handle))


def test_a_number_is_added_only_when_words_run_out() -> None:
    plain = set(map(skeleton, _all(words_of(Language.ENGLISH))))
    handle = draw(random.Random(3).choice, plain.__contains__)  # noqa: S311
    assert re.fullmatch(r"\w+ \w+ [2-9]", handle)


def test_numbered_handles_differ_by_their_number() -> None:
    assert len({skeleton(f"Quiet Otter {number}") for number in range(2, 10)}) == 8


def test_when_everything_is_taken_it_says_so() -> None:
    with pytest.raises(Refused, match="by hand"):
        draw(random.Random(4).choice, lambda _: True)  # noqa: S311


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quiet Otter", "quiet  otter"),
        ("Quiet Otter", "QUIET OTTER"),
        ("Quiet Otter", "Qu1et 0tter"),
        ("Quiet Otter", "Quiet-Otter"),
        ("Quiet Otter", "Quіet Оtter"),  # Cyrillic і and О
        ("Quiet Otter", "Quiet Οtter"),  # Greek Ο
        ("Quiet Otter", "Ｑｕｉｅｔ Ｏｔｔｅｒ"),
        ("Quiet Otter", "𝐐𝐮𝐢𝐞𝐭 𝑂𝑡𝑡𝑒𝑟"),
        ("Quiet Otter", "Qu\u200biet Ot\u00adter\u2060"),
        ("Quiet Otter", "Quıet Otteɾ".replace("ɾ", "r")),
        ("Quiet Otter", "Q\u0323uiet Ot\u0308ter"),
        ("Modern Elk", "Modem Elk"),
        ("Windy Elm", "VVindy Elm"),
        ("Lively Lark", "Iiveiy Iark"),
        ("Élan Vital", "Elan Vital"),
        ("Peña", "Pena"),
        ("Łódź", "Lodz"),
        ("ANNA", "АNNА"),
        ("MAX", "ΜΑΧ"),  # Greek throughout
        ("CATO", "САТО"),  # Cyrillic throughout
        ("Ηλιος", "ηλιος"),
        ("Straße", "STRASSE"),
        ("Room ٣", "Room 3"),
    ],
)
def test_lookalikes_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Quiet Otter", "Quiet Badger"), ("Анна", "Нина"), ("Σοφία", "Ελένη")]
)
def test_different_handles_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x" * 41,
        "a@b.org",
        "two\nlines<",
        "Оtter Mіx",
        "Ηappy Elk",
        "🦦🦦",
        "\u3164\u3164\u3164",
        "Quiet\u200b Otter",
        "Quiet\u202e Otter",
        "Qu\ufe0fiet Otter",
        "Zalgo" + "\u0323" * 5,
        " \u0301ab",
        "⠀⠀⠀",
    ],
)
def test_unfit_handles_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        chosen(text)


@pytest.mark.parametrize(
    "text",
    [
        "The M0derator",
        "Moderadora Ana",
        "mοderatοr".replace("ο", "o"),
        "ＭＯＤＥＲＡＴＯＲ",
        "list-owner",
        "ListOwner",
        "The Owners",
        "Owner 2",
        "Admin",
        "Adm1n1strator",
        "A d m i n",
        "Propietaria",
        "Soporte",
        "Ayuda",
        "El Grupo",
        "La lista",
        "Staff",
        "Support Team",
        "El Equipo de Ayuda",
        "Anon",
        "anon 7",
        "Anónima",
        "Visitor",
        "Postmaster",
        "Quietlist",
        "Todas",
    ],
)
def test_nobody_passes_for_who_runs_the_group(text: str) -> None:
    with pytest.raises(Refused, match="moderator"):
        chosen(text)


@pytest.mark.parametrize(
    "text",
    [
        "María del Mar",
        "Jean-Luc",
        "O'Hara",
        "O’Hara",
        "Тихая Выдра",
        "Σοφία",
        "山田 たろう",
        "Nguyễn Thị",
        "Shannon",
        "Badminton",
        "Calista",
        "Stafford",
        "Steam Engine",
        "Anton",
        "Modest Elm",
    ],
)
def test_names_in_any_one_alphabet_are_fine(text: str) -> None:
    assert chosen(text) == text


def test_wide_letters_become_ordinary_ones() -> None:
    assert chosen("Ｑｕｉｅｔ　Ｏｔｔｅｒ") == "Quiet Otter"
