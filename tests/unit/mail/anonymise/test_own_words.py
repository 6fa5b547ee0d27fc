"""Words that look like what programs add, and are their author's all the same."""

import pytest

from listserv.domain.doubt import PRIVATE
from tests.unit.mail.anonymise.cleaning import anonymised, text

_POSTS = [
    (
        "On Monday I wrote: do not forget to breathe.\nAnd it helped.\n\nOn Tuesday, 3 "
        "November 2026, my doctor wrote:\nrest more.\n\nThat was all."
    ),
    "Best day ever\n\nWe went to the lake with everyone from ward 3.",
    "We went to the lake.\n\nBest day ever",
    "What do I miss most?\n\nLove,\npatience and a dog.",
    "Three things keep me going:\n\nLove\nMusic\nBread",
    "Thanks\n\nMarta for the soup\nBen for the ride\nmy sister for calling",
    (
        "The night is long\nthe lamp is low\n\nI count the steps\nfrom bed to snow\n\n— and "
        "back again"
    ),
    "I walk\n  the line\n    between\nsleep and rain.\n\nPeace",
    "--- a/file.txt\n+++ b/file.txt\n@@ -1 +1 @@\n-old\n+new",
    (
        "First part of my story.\n\n--\n\nSecond part of my story is longer, and it has "
        "things to say that matter.\nIt goes on for a while.\n\nThird."
    ),
    (
        "First part of my story.\n\n---\n\nSecond part of my story: I called Anna on 12 May "
        "and she said come by.\n\n---\n\nThird part, the end of it."
    ),
    "First part.\n\n* * *\n\nSecond part, in which Ben calls.\n\n_____\n\nThird part, short.",
    "My plan:\n\n1. Sleep\n2. Eat\n   - bread\n   - soup\n3. Walk\n\n* phone: off\n* mail: off",
    "What helped:\n- Walking\n- Anna\n- Tea",
    "I want two things.\n\n- Peace",
    "— How are you?\n— Fine.\n— Really?\n— No.",
    "—¿Cómo estás?\n—Bien.\n—¿De verdad?\n\n—No",
    "שלום לכולם,\nאתמול ישנתי טוב.\nתודה על הכול",
    "السلام عليكم\nنمت جيدا أمس.\n\nشكرا لكم جميعا على الدعم",
    "سلام دوستان\nمی‌خواهم بگویم که نیم‌فاصله مهم است.",
    "I feel 🙂👍🏽 👩‍👩‍👧 ❤️ today! 🏳️‍🌈 🇩🇪 1️⃣\n\n🎉🎉🎉",
    "👍🏽",
    "क्षमा करें, मैं ठीक हूँ।\nनमस्ते सब लोग",
    "สวัสดีทุกคน วันนี้ฉันสบายดี",
    "大家好，我昨天睡得很好。\n谢谢你们的支持！\n\n晚安",
    "皆さん、こんにちは。\n昨日はよく眠れました。",
    "여러분 안녕하세요.\n어제는 잘 잤습니다.",
    (
        "Look at https://example.org/help?page=3&lang=en#top and "
        "http://example.com/a_(b).\nAlso www.example.net/x.\n"
        "https://de.wikipedia.org/wiki/Schlaf_(Physiologie)"
    ),
    "See https://example.org/watch?v=abcDEF123&t=30s for the film.",
    (
        "It costs 12.50 € or $13, 50 % off, at 19:30–21:00, room 3.14.\nCall number 5 on "
        "the list. ISBN 978-3-16-148410-0. Order 123-456-789."
    ),
    "I take 5 mg at 8:00 and 2.5 mg at 20:00. BP 120/80. IP 192.0.2.1",
    "The Samaritans answer on 116 123, day and night.\nIn the US it is 988.",
    "From: the heart\nTo: all of you\nSubject: hope\n\nI mean it.",
    "Date: Friday\nWhere: the lake\nTo bring: bread\n\nSee you there",
    "Date: Friday 7 pm\nSubject: sleep\nTo bring: a blanket\nPlace: the lake",
    "De: 7 a 9\nFecha: viernes\nAsunto: dormir\n\nNos vemos.",
    "To: do list\n\nFrom: now on",
    'In 1951 he wrote: "The days are long."\nIn 2019 she wrote:\nthe years are short.',
    'On 3 May 2026 my mother wrote me a letter:\n"Come home."\nI did.',
    (
        "I said\n\nBest regards,\n\nto my old boss, and left. Then I went for a walk and had "
        "soup.\nIt was great."
    ),
    "Thanks,\nthis helped me a lot.",
    "Thank you all.\n\nBest,\nand see you on Friday at the lake",
    "Good night.\n\nPS: I will bring bread.\nPPS: and soup.",
    "Write to group@example.org and not to me.",
    "In numpy, a@b is matrix multiplication, and x = A@B.T too.",
    "I AM NOT OK.\nBUT I WILL BE.",
    "ok",
    "Yes.",
    "+1",
    "[name] tag and <b>not html</b> & \"quotes\" 'single' `code` \\ back",
    "BEGIN:VCARD is how such files start.\nThat is all.",
    "=ybegin is a marker\nI read.",
    "Sent from my heart: thank you all.",
    "Sent from the hospital to home yesterday. What a relief.",
    "Enviado a casa ayer, qué alivio.",
    "Caution: external factors play a role in sleep.",
    "Warning: this message is about outside pressure and weight.\n\nIt was hard.",
    (
        "What I say here is confidential and private, strictly between us. Please delete "
        "if you are not the intended reader of my heart."
    ),
    (
        "Group rules:\n\nWhat is said here is confidential. Unauthorized recording is "
        "prohibited.\n\nWe start at seven."
    ),
    (
        "We start at seven.\n\nEverything said in the group is strictly confidential. "
        "Recording is prohibited. Please delete old mails."
    ),
    "I am a nurse. My manager lives on Elm Street.\n\nThe director of the university said no.",
    "Who should I tell?\n\nMy manager\nMy teacher\nThe nurse",
    "I asked for help.\n\nThanks\nto the nurse\nand my teacher",
    "We meet at\n\nThe Old Mill\n12 Mill Road\nYork\n\non Friday at 7.",
    "We meet on Friday at 7 here:\n\nThe Old Mill\n12 Mill Road\nYork",
    "We meet on Friday at 7.\n\nThe Old Mill\n12 Mill Road, York\nTel. 01904 555 0123",
    "Numbers that help:\n\n116 123\n112\n0800 111 0 111",
    "Hello darkness\nHey you\nDear friend\nSo long\n\nGoodbye\nRuby\nTuesday",
    "Who?\nWhat?\nWhen?\n\nMe\nMyself\nI",
    "Things to read:\n\nThe Night\nThe Day",
    "I recommend a book:\n\nMatt Haig\nReasons to Stay Alive",
    "I recommend this.\n\nMatt Haig, Reasons to Stay Alive",
    'The best line I know.\n\n"Hope is the thing with feathers"\n- Emily Dickinson',
    '"Hope is the thing with feathers" – Emily Dickinson\n\nI love it.',
    "My favourite song is by\n\nNina Simone",
    "Hugs",
    "Big hugs to all of you who wrote. It means the world.",
    "Much love\nto everyone who is awake now",
    (
        "Liebe Gruppe,\n\nam 3. Mai um 10:00 schrieb mir meine Ärztin: Ruhe.\n\nIch schlafe "
        "besser. Von: 22 Uhr, bis 6 Uhr.\n\nEuer Zuspruch hilft."
    ),
    "Hola a todas:\n\nEl lunes mi médico escribió:\ndescansa.\n\nUn abrazo a quien no duerme.",
    (
        "Bonjour à tous,\n\nLe 3 mai, mon médecin a écrit :\nreposez-vous.\n\nÀ bientôt au "
        "lac vendredi."
    ),
    "-> walk\n--> sleep\n=> eat",
    "Part one\n======\nPart two",
    "~ 5 km today\n\n~ 6 tomorrow",
    "I ran today.\n\n~ 5 km",
    "#sleep #rest",
]


@pytest.mark.parametrize("words", _POSTS)
def test_every_line_of_it_arrives(words: str) -> None:
    kept = text(words).split("\n")
    assert [line for line in words.split("\n") if line.strip()] == [k for k in kept if k.strip()]


@pytest.mark.parametrize("words", _POSTS)
def test_none_of_it_waits_for_anybody_but_its_author(words: str) -> None:
    found = anonymised(words.encode(), "Content-Type: text/plain; charset=utf-8")
    assert PRIVATE.issuperset(found.doubts)
