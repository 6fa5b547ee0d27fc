"""Which lines tell where somebody lives."""

import pytest

from listserv.mail.anonymise.streets import has_street


@pytest.mark.parametrize(
    "line",
    [
        "I live at 12 Mill Road, York.",
        "at 10 Downing Street",
        "come to Hauptstraße 5a",
        "Kerkstraat 12, second bell",
        "vivo en la calle Mayor 5",
        "Calle de la Luna, 12, 3ºA",
        "5, rue de la Paix",
        "abito in via Roma 12",
        "rua Augusta 15",
        "ul. Długa 5",
        "ул. Ленина, д. 5",
    ],
)
def test_a_street_with_a_number_does(line: str) -> None:
    assert has_street(line)


@pytest.mark.parametrize(
    "line",
    [
        "in der Hauptstraße war es laut",
        "I walked 5 miles down the Road",
        "It took 3 days. The Way is long",
        "Platz 3 im Turnier",
        "on page 12 Road signs",
        "via mail 5 times",
        "10 people came to the Park",
        "In 2019 Long Street was closed",
        "a las 5 en la calle",
    ],
)
def test_other_numbers_do_not(line: str) -> None:
    assert not has_street(line)
