"""Pictures: the text that stands for one, as GitHub writes it: without marks, but formulas as they are."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token


def pictures(parser: MarkdownIt) -> None:
    """Add the rule to a parser, whose own leaves out formulas, escaped characters and code."""
    parser.add_render_rule("image", _rendered)


def alt(token: Token) -> str:
    """Return the text that stands for the picture of a token."""
    return "".join(map(_text, token.children or ()))


def _text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "image":
        return alt(token)
    if token.type.startswith("math_inline"):
        return f"{token.markup}{token.content}{token.markup}"
    return token.content


def _rendered(self: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    token = tokens[at].copy(attrs={**tokens[at].attrs, "alt": alt(tokens[at])})
    return f"<img{self.renderAttrs(token)} />"  # type: ignore[attr-defined]
