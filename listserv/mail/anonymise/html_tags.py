"""What each element of HTML is to us."""

INLINE = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "u": "u",
    "s": "s",
    "strike": "s",
    "del": "s",
    "code": "code",
    "tt": "code",
    "kbd": "code",
    "sub": "sub",
    "sup": "sup",
}
DROPPED = frozenset(
    {
        "head", "title", "style", "script", "noscript", "template", "object", "embed", "applet",
        "iframe", "frame", "frameset", "svg", "math", "canvas", "audio", "video", "input",
        "button", "select", "textarea", "map", "meta", "link", "base", "xml", "datalist", "dialog",
    }
)  # fmt: skip
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
# With a gap above and below; the others only begin a new line.
SPACED = frozenset({"p", "ul", "ol", "dl", "blockquote", "pre", "table", "hr", *HEADINGS})
BREAKING = SPACED | {
    "div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "main", "aside",
    "address", "center", "fieldset", "form", "figure", "figcaption", "body", "nav", "caption",
    "details", "summary", "marquee",
}  # fmt: skip
