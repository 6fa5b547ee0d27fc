"""format=flowed (RFC 3676): paragraphs that were cut into lines are put together again."""


def unflow(text: str, delsp: bool) -> str:
    """The text with whole paragraphs as lines. delsp: drop the space at each soft break (§4.1)."""
    out: list[str] = []
    flowing: list[str] = []
    depth = 0
    for raw in text.split("\n"):
        content = raw.lstrip(">")
        line_depth = len(raw) - len(content)
        content = content.removeprefix(" ")
        # §4.3: a signature's separator is never part of a paragraph, and §4.5: neither is a
        # line at another depth.
        if flowing and (line_depth != depth or content == "-- "):
            out.append(_quoted(depth, "".join(flowing)))
            flowing = []
        depth = line_depth
        soft = content.endswith(" ") and content != "-- "
        flowing.append(content[:-1] if soft and delsp else content)
        if not soft:
            out.append(_quoted(depth, "".join(flowing)))
            flowing = []
    if flowing:
        out.append(_quoted(depth, "".join(flowing)))
    return "\n".join(out)


def _quoted(depth: int, content: str) -> str:
    return f"{'>' * depth} {content}" if depth else content
