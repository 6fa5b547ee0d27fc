"""Quotes of posts above become one line; everything else stays as it was written."""

from listserv.mail.digest_folding import Folded, Paragraph, Quote, Said

FIRST = "The kettle is on at seven.\n\nBring a cup and a chair, and a book if you like."


def after_first(text: str) -> list[object]:
    said = Said()
    said.blocks(FIRST, "Quiet Otter")
    return list(said.blocks(text, "Brave Elk"))


def test_a_quote_of_a_post_above_is_one_line_with_its_beginning() -> None:
    folded, answer = after_first(
        "> The kettle is on at seven.\n> \n> Bring a cup and a chair, and a\n"
        "> book if you like.\n\nYes."
    )
    assert folded == Folded(
        "Quiet Otter", "The kettle is on at seven. Bring a cup and a chair, and a …"
    )
    assert isinstance(answer, Paragraph)


def test_short_quotes_between_answers_keep_their_places() -> None:
    found = after_first(
        "> The kettle is on at seven.\n\nGood.\n\n> Bring a cup and a chair\n\nI will."
    )
    assert [type(block) for block in found] == [Folded, Paragraph, Folded, Paragraph]


def test_a_quote_of_another_conversation_above_is_one_line_too() -> None:
    said = Said()
    said.blocks(FIRST + "\n\nSee you.", "Quiet Otter")
    said.begin_conversation()
    folded, answer = said.blocks("> The kettle is on at seven.\n\nMine is, too.", "Brave Elk")
    assert folded == Folded("Quiet Otter", "The kettle is on at seven.")
    assert isinstance(answer, Paragraph)
    (quote, _) = said.blocks("> See you.\n\nTill then.", "Brave Elk")
    assert quote == Quote(("See you.",))  # anybody may have said that


def test_a_quote_of_something_else_stays() -> None:
    found = after_first("> Sleep is the best meditation, they say, and rest.\n\nTrue.")
    assert found[0] == Quote(("Sleep is the best meditation, they say, and rest.",))


def test_a_quote_within_a_quote_is_known_too() -> None:
    said = Said()
    said.blocks(FIRST, "Quiet Otter")
    said.blocks("> The kettle is on at seven.\n\nI will bring the biscuits this time.", "Brave Elk")
    (folded, _) = said.blocks(
        "> > The kettle is on at seven.\n>\n> I will bring the biscuits this time.\n\nThanks.",
        "Calm Bee",
    )
    assert isinstance(folded, Folded)


def test_a_post_without_quotes_is_untouched() -> None:
    text = "One.\n  indented\n\nTwo > one."
    assert Said().blocks(text, "Quiet Otter") == [Paragraph(tuple(text.split("\n")))]


def test_many_lines_take_no_long_time() -> None:
    said = Said()
    said.blocks("word " * 100_000, "Quiet Otter")
    assert said.blocks("> " + "word " * 100_000 + "\n>" * 50_000, "Brave Elk")


def test_a_quote_without_marks_is_folded_up_to_where_the_author_goes_on() -> None:
    answer, folded, more = after_first(f"Yes.\n\n--- Earlier message ---\n\n{FIRST}\n\nSee you.")
    assert isinstance(answer, Paragraph) and isinstance(folded, Folded)
    assert more == Paragraph(("See you.",))


def test_an_earlier_message_that_is_not_in_this_digest_stays() -> None:
    text = "Yes.\n\n--- Earlier message ---\n\nSleep is the best meditation, they say."
    assert after_first(text) == [Paragraph(tuple(text.split("\n")))]
