"""Repairs: what is wrong in posts that a language model wrote, each rule by its name in mkdocs.yml."""

import re

from hexapla.model.block import Edit, blocks
from hexapla.normalize.rules import headings
from hexapla.normalize.rules.rule import Draft, Repair, Rule

_OPENERS = re.compile(
    r"(?:sure|certainly|of course|absolutely|great question|no problem)[!,.:]"
    r"|here(?:'|’)?s? (?:is )?(?:the|your|a) (?:translat|markdown|blog post|revised|updated"
    r"|full post|article)"
    r"|(?:natürlich|gerne|klar|selbstverständlich)[!,.]|hier ist (?:die|der|deine|ihre) (?:übersetz"
    r"|über|blog|artikel)"
    r"|(?:claro|por supuesto|desde luego)[!,.]|aquí (?:tienes|está) (?:la traducción|el artículo|tu)"
    r"|(?:bien sûr|certainement|volontiers)[ \u00a0\u202f]?[!,.]|voici (?:la traduction|l['’]article|votre)"
    r"|(?:ज़रूर|जरूर|बिल्कुल)[!,।]|यह(?:ाँ|ां) .{0,20}अनुवाद"
    r"|(?:当然|好的)[！!，,]|以下是.{0,12}(?:翻译|文章)|もちろんです|以下(?:は|が).{0,12}(?:翻訳|記事)",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"(?:would you like me to|do you want me to"
    r"|(?:let me know|just say|tell me) if you(?:'d| would)? (?:like|want)(?: me)? to"
    r"|möchten sie,? dass ich|soll ich|¿(?:quieres|te gustaría) que|voulez-vous que je|souhaitez-vous que je"
    r"|(?:如果|若)您?你?(?:需要|想).{0,40}(?:请?告诉我|让我知道)|क्या आप चाहते हैं कि मैं)",
    re.IGNORECASE,
)
"""Only an assistant says so."""
_POLITE = re.compile(
    r"(?:i hope this helps|hope this helps|let me know if|feel free to (?:ask|reach)"
    r"|if you (?:have any|need|want|would like).{0,60}(?:let me know|ask|just say)"
    r"|ich hoffe,? das hilft|lass(?:en sie)? mich wissen|espero que (?:esto|te) (?:ayude|sirva)|avísame si"
    r"|j['’]espère que cela|n['’]hésitez pas à|希望(?:这|對|对)|如果你?有任何|参考になれば|お気軽に)",
    re.IGNORECASE,
)
"""Authors say so too: it is an assistant's where a rule sets it off from the post."""


def wrapped(draft: Draft) -> Repair:
    """Unwrap a post that is one ```` ```markdown ```` fence."""
    text = draft.text
    fences = blocks(text)
    fence = fences[0] if fences else None
    if fence is None or fence.directives.language not in ("markdown", "md") or text[: fence.start].strip():
        return Repair()
    last = list(re.finditer(rf"^{re.escape(fence.fence)}[ \t]*$", text, re.M))
    if not last or text[last[-1].end() :].strip():
        return Repair()
    inner = text[text.index("\n", fence.start) + 1 : last[-1].start()]
    if not re.match(r"\s*(?:#|---)", inner) or any(not block.closed for block in blocks(inner)):
        return Repair()
    opening = Edit(start=fence.start, end=text.index("\n", fence.start) + 1, text="")
    closing = Edit(start=last[-1].start(), end=min(last[-1].end() + 1, len(text)), text="")
    return Repair(
        edits=(opening, closing),
        remarks=Repair.of(
            [opening], "The whole post is in a Markdown fence: the fence is taken out."
        ).remarks,
    )


def chatter(draft: Draft) -> Repair:
    """Take out what the model said to its user before the post and after it."""
    paragraphs = list(re.finditer(r"(?:[^\n]+(?:\n|\Z))+", draft.text))
    if len(paragraphs) < 3:
        return Repair()
    edits = []
    first, second, last = paragraphs[0], paragraphs[1], paragraphs[-1]
    if _OPENERS.match(first[0]) and len(first[0]) < 300 and re.match(r"#|(?:---|\*\*\*|___)\s*$", second[0]):
        end = second.end() if not second[0].startswith("#") else second.start()
        edits.append(Edit(start=0, end=end, text=""))
    before = paragraphs[-2]
    set_off = len(paragraphs) > 3 and re.fullmatch(r"(?:---|\*\*\*|___)\s*", before[0]) is not None
    closes = _OFFERS.match(last[0]) or (set_off and _POLITE.match(last[0]))
    if closes and len(last[0]) < 300 and last.start() >= _code_ends(draft.text):
        start = before.start() if set_off else last.start()
        start = len(draft.text[:start].rstrip("\n")) + 1
        edits.append(Edit(start=start, end=len(draft.text), text=""))
    return Repair.of(
        edits, "This speaks to the one who asked for the post, not to its readers: it is taken out."
    )


def glued(draft: Draft) -> Repair:
    """Put a closing fence that is glued to the last line of code on a line of its own."""
    edits = []
    for block in blocks(draft.text):
        lines = draft.text[block.start : block.end].split("\n")
        rest = [line.strip() for line in lines]
        for number, line in enumerate(lines[1:], 1):
            body = line.rstrip()
            is_glued = body.endswith(block.fence) and body.count(block.fence[0]) == len(block.fence)
            if not is_glued or body.strip() == block.fence:
                continue
            opens_below = any(re.match(r"(?:`{3,}|~{3,})\w", below) for below in rest[number + 1 :])
            if block.closed and not opens_below:
                continue
            at = block.start + sum(len(above) + 1 for above in lines[:number]) + len(body) - len(block.fence)
            indent = re.match(r"[ \t>]*", block.prefix)
            edits.append(Edit(start=at, end=at, text=f"\n{indent[0] if indent else ''}"))
            break
    return Repair.of(
        edits[:1], "The closing fence stands at the end of a line of code: it gets its own line."
    )


def unclosed(draft: Draft) -> Repair:
    """Close a fence that is open at the end of the text."""
    fences = blocks(draft.text)
    if not fences or fences[-1].closed or fences[-1].end < len(draft.text):
        return Repair()
    last = fences[-1]
    end = len(draft.text.rstrip("\n"))
    text = f"\n{last.prefix}{last.fence}\n"
    edit = Edit(start=end, end=len(draft.text), text=text)
    remarks = Repair.of(
        [Edit(start=last.start, end=last.start, text="")],
        "Nothing closes the fence: it is closed at the end of the post.",
    )
    return Repair(edits=(edit,), remarks=remarks.remarks)


RULES: tuple[tuple[str, Rule], ...] = (
    ("wrapped-post", wrapped),
    ("chatter", chatter),
    ("glued-fence", glued),
    ("unclosed-fence", unclosed),
    ("heading-emphasis", headings.emphasis),
    ("empty-heading", headings.empty),
    ("title", headings.title),
    ("heading-levels", headings.levels),
)
"""In the order in which they are applied."""


def _code_ends(text: str) -> int:
    fences = blocks(text)
    return fences[-1].end if fences else 0
