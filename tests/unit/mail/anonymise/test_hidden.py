"""Words in HTML that no reader would see, and pale ones that a reader would."""

import pytest

from tests.unit.mail.anonymise.cleaning import page

_STYLES = [
    "display:none",
    "display: none !important",
    "visibility:hidden",
    "font-size:0",
    "font-size:0px;line-height:0",
    "font-size:1px",
    "opacity:0",
    "color:white",
    "color:#ffffff",
    "color:#FFF",
    "color:rgb(255,255,255)",
    "color:rgba(0,0,0,0)",
    "color:transparent",
    "mso-hide:all",
    "max-height:0;overflow:hidden",
    "height:0;overflow:hidden",
    "width:0;height:0;overflow:hidden;display:block",
    "position:absolute;left:-9999px",
    "text-indent:-9999px",
    "position:absolute;top:-1000px",
    "clip:rect(0,0,0,0)",
    "clip-path:inset(50%)",
    "transform:scale(0)",
    "font:0/0 a",
    "font-size:.1px",
    "font-size:0.01em",
    "font-size:.1em",
    "font-size:2px",
    "color:hsl(0,0%,100%)",
    "color:hsla(0,0%,0%,0)",
    "color:#ffffff00",
    "color:#0000",
    "color:snow",
    "color:ivory",
    "color:#fefefe",
    "content-visibility:hidden",
    "display:none;display:none",
    "DISPLAY:NONE",
    "display:/**/none",
    "dis\\play:none",
    "filter:opacity(0)",
    "-webkit-text-fill-color:transparent",
    "zoom:0",
    "font-size:0.5pt",
    "position:fixed;right:-5000px",
    "margin-left:-5000px",
    "overflow:hidden;max-width:0",
    "height:1px;width:1px;overflow:hidden",
    "font-size:0%",
    "opacity:0%",
    "text-indent:-100em",
    "left:-100vw;position:absolute",
    "font-size:calc(0px)",
    "background:#000;color:#000",
    "background-color:black;color:black",
    "color:#eee;background:#eee",
]


@pytest.mark.parametrize("style", _STYLES)
def test_hidden_words_go(style: str) -> None:
    assert page(f'<p>Hi</p><div style="{style}">secret <b>mark</b></div>').text == "Hi"


@pytest.mark.parametrize(
    "style",
    [
        "color:#fff;background:#036",
        "color:white;background-color:navy",
        "color:#ffffff;background:url(x.png)",
        "color:#999",
        "font-size:small",
        "font-size:1em;line-height:1.4",
        "margin-left:-5.4pt;text-indent:-18.0pt",
        "height:0",
        "opacity:0.6",
        "background:#000;color:#fff",
    ],
)
def test_words_that_can_be_read_stay(style: str) -> None:
    assert page(f'<p>Hi</p><div style="{style}">you</div>').text == "Hi\n\nyou"


def test_what_a_style_sheet_hides_goes() -> None:
    sheet = ".a{display:none} #b>span , p.x .y{font-size:0} em{visibility:hidden} .c{color:#fff}"
    words = "<i class=a>1</i><b id=b><span>2</span></b><p class=x><b class=y>3</b></p><em>4</em>"
    assert page(f"<style>{sheet}</style>Hi {words}<b class=c>5</b>").text.strip() == "Hi"


def test_a_signature_that_only_its_beginning_marks_goes() -> None:
    mark = '<br id="lineBreakAtBeginningOfSignature">'
    quote = "<div><br><blockquote>Well?</blockquote></div>"
    page_left = page(f"<div>Hi</div>{mark}<div>Zed</div><div>Vexworks</div>{quote}")
    assert page_left.text == "Hi\n\n> Well?"


def test_a_dialog_that_nobody_opens_goes() -> None:
    assert page("<p>Hi</p><dialog>secret mark</dialog>").text == "Hi"
