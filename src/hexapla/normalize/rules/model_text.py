"""Repairs: what is wrong in posts that a language model wrote, each rule by its name in mkdocs.yml."""

import re
from collections.abc import Iterator
from dataclasses import replace

from hexapla.model.block import Edit
from hexapla.normalize.github.outline import outline
from hexapla.normalize.rules import headings
from hexapla.normalize.rules.rule import Draft, Remark, Repair, Rule

_OPENERS = re.compile(
    r"(?:sure|certainly|of course|absolutely|great question|no problem)[!,.:]"
    r"|here(?:'|’)?s? (?:is )?(?:the|your|a) (?:translat|markdown|blog post|revised|updated"
    r"|full post|article)"
    r"|(?:natürlich|gerne|klar|selbstverständlich)[!,.]|hier ist (?:die|der|deine|ihre) (?:übersetz"
    r"|über|blog|artikel)"
    r"|(?:claro|por supuesto|desde luego)[!,.]|aquí (?:tienes|está) (?:la traducción|el artículo|tu)"
    r"|(?:bien sûr|certainement|volontiers)[ \u00a0\u202f]?[!,.]|voici (?:la traduction|l['’]article|votre)"
    r"|(?:ज़रूर|जरूर|बिल्कुल)[!,।]|यह(?:ाँ|ां) .{0,20}अनुवाद"
    r"|(?:当然|好的)[！!，,]|(?:以下是|以下为|这是|下面是|以下為|這是).{0,12}(?:翻译|译文|文章|翻譯|譯文)"
    r"|もちろんです|(?:以下|こちら)(?:は|が).{0,12}(?:翻訳|記事)|翻訳(?:は|した).{0,12}(?:以下|次)"
    r"|물론(?:입니다|이죠)|(?:다음은|아래는|여기).{0,12}(?:번역|글)|إليك.{0,12}(?:ترجمة|المقال)|(?:بالتأكيد|بالطبع)[!،.]"
    r"|(?:конечно|разумеется)[!,.]|вот.{0,12}(?:перевод|перевед[её]нн|статья)|ось.{0,12}переклад"
    r"|com certeza[!,.]|aqui est(?:á|ão) (?:a tradução|o artigo|o post|sua)"
    r"|(?:certo|certamente)[!,.]|ecco (?:la traduzione|l['’]articolo|il post)"
    r"|hier is (?:de vertaling|het artikel)|oto (?:tłumaczenie|artykuł)|işte.{0,20}çeviri|در اینجا.{0,12}ترجمه",
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
    r"|j['’]espère que cela|n['’]hésitez pas à|希望(?:这|對|对)|如果你?有任何|参考になれば|お気軽に"
    r"|espero que isto|spero che|надеюсь,? (?:это|что)|도움이 되|أتمنى أن|आशा है)",
    re.IGNORECASE,
)
"""Authors say so too: it is an assistant's where a rule sets it off from the post."""
_WRAPPER = re.compile(
    r"^(?P<mark>`{3,}|~{3,})[ \t]*(?:markdown|mdx?|mkd|gfm)(?:[ \t][^\n`]*)?\n", re.I | re.M
)
_MATTER = re.compile(r"\s*+---[ \t]*\n[\w-]++:(?:[^\n]*\n)*?---[ \t]*\n")
_SPOKEN = "This speaks to the one who asked for the post, not to its readers: it is taken out."
_LONGEST_SAID = 300
"""Nobody says more of a post than so many characters."""
_ENDS = re.compile(r"^(?P<mark>`{3,}|~{3,})[ \t]*$", re.M)
_OPENS = re.compile(r"[ \t>]*(?:`{3,}|~{3,})\w")
_AT_MARGIN = re.compile(
    r"(?P<code>(?!```|~~~)\S[^\n]*+\n(?:(?![ \t]*(?:```|~~~))[^\n]*+\n)*+)"
    r"(?P<prefix>[ \t]*+)(?P<mark>```++|~~~++)[ \t]*(?:\n|\Z)"
)
"""Code left of its item, and what closes it."""


def wrapped(draft: Draft) -> Repair:
    """Unwrap a post that is one ```` ```markdown ```` fence, whatever fences are in it and is said around it."""
    text = draft.text
    opening = _WRAPPER.search(text)
    said = text[: opening.start()].strip() if opening else ""
    if opening is None or (said and not _is_said(_OPENERS, said)):
        return Repair()
    matter = _MATTER.match(text, opening.end())
    start = matter.end() if matter else opening.end()
    for stop, past in _wrapper_ends(text, opening, start, is_said=bool(said)):
        if _are_whole(text[start:stop]):
            remarks = [
                Remark(offset=0, message="The whole post is in a Markdown fence: the fence is taken out.")
            ]
            if said or text[past:].strip() == "" != text[stop:past].strip(" \t\n`~"):
                remarks.append(Remark(offset=0, message=_SPOKEN))
            return Repair(
                edits=(Edit(start=0, end=start, text=""), Edit(start=stop, end=past, text="")),
                remarks=tuple(remarks),
                mends_fences=True,
            )
    return Repair()


def _is_said(words: re.Pattern[str], text: str) -> bool:
    return len(text) < _LONGEST_SAID and words.match(text) is not None


def _are_whole(body: str) -> bool:
    """Whether each fence of a text is closed, and by no mark that was to close another."""
    return all(
        fence.is_closed and (fence.info or not any(map(_OPENS.match, fence.code.split("\n"))))
        for fence in outline(body).fences
    )


def _wrapper_ends(
    text: str, opening: re.Match[str], start: int, *, is_said: bool
) -> Iterator[tuple[int, int]]:
    """Yield where a post may end that a fence wraps, and past what is taken out there.

    Where the last mark ends a fence inside, nothing ends the wrapper. Text below it stays, unless it is said by who
    wrote the post; a fence at the start of a text that has none inside is an example.
    """
    closings = [match for match in _ENDS.finditer(text, start) if match["mark"].startswith(opening["mark"])]
    if closings:
        stop, past = closings[-1].span()
        after = text[past:].strip()
        if not after or _is_said(_OFFERS, after) or _is_said(_POLITE, after):
            yield stop, len(text)
        elif is_said or outline(text[start:stop]).fences:
            yield stop, past
    yield len(text), len(text)


def chatter(draft: Draft) -> Repair:
    """Take out what the model said to its user before the post and after it."""
    paragraphs = list(re.finditer(r"(?:[^\n]+(?:\n|\Z))+", draft.text))
    if len(paragraphs) < 3:
        return Repair()
    edits = []
    first, second, last = paragraphs[0], paragraphs[1], paragraphs[-1]
    if (
        _OPENERS.match(first[0])
        and len(first[0]) < _LONGEST_SAID
        and re.match(r"#|(?:---|\*\*\*|___)\s*$", second[0])
    ):
        end = second.end() if not second[0].startswith("#") else second.start()
        edits.append(Edit(start=0, end=end, text=""))
    before = paragraphs[-2]
    set_off = len(paragraphs) > 3 and re.fullmatch(r"(?:---|\*\*\*|___)\s*", before[0]) is not None
    closes = _OFFERS.match(last[0]) or (set_off and _POLITE.match(last[0]))
    if (
        closes
        and len(last[0]) < _LONGEST_SAID
        and not outline(draft.text).literal.meet(last.start(), len(draft.text))
    ):
        start = before.start() if set_off else last.start()
        start = len(draft.text[:start].rstrip("\n")) + 1
        edits.append(Edit(start=start, end=len(draft.text), text=""))
    return Repair.of(edits, _SPOKEN)


def glued(draft: Draft) -> Repair:
    """Put a closing fence that is glued to the last line of code on a line of its own."""
    text = draft.text
    for fence in outline(text).fences:
        lines = text[fence.body : fence.end].split("\n")
        at = fence.body
        last_opening = max((row for row, line in enumerate(lines) if _OPENS.match(line)), default=0)
        for row, line in enumerate(lines):
            body = line.rstrip()
            is_glued = body.endswith(fence.mark) and body.count(fence.mark[0]) == len(fence.mark)
            is_meant = row < last_opening or not fence.is_closed
            if is_glued and is_meant and body.strip("> \t") != fence.mark:
                at += len(body) - len(fence.mark)
                repair = Repair.of(
                    [Edit(start=at, end=at, text=f"\n{fence.prefix}")],
                    "The closing fence stands at the end of a line of code: it gets its own line.",
                )
                return replace(repair, mends_fences=True)
            at += len(line) + 1
    return Repair()


def enclosed(draft: Draft) -> Repair:
    """Close the fences that end where their item or quote does: what another repair does below can't reach them."""
    if repair := _indented(draft.text):
        return repair
    text = draft.text
    edits = [
        Edit(start=fence.end, end=fence.end, text=f"{fence.prefix}{fence.mark}\n")
        for fence in outline(text).fences
        if not fence.is_closed and text[fence.end :].strip()
    ]
    return Repair.of(edits, "The fence ends with its item or quote: it is closed there.")


def _indented(text: str) -> Repair | None:
    """Put code into its item that begins at the margin, and whose closing fence stands in the item again."""
    edits = []
    for fence in outline(text).fences:
        is_empty = not fence.is_closed and not fence.code and not fence.prefix.strip()
        below = _AT_MARGIN.match(text, fence.end) if is_empty and fence.prefix else None
        if below and (below["prefix"], below["mark"]) == (fence.prefix, fence.mark):
            code = below["code"]
            lines = re.sub(r"^(?=[^\n])", fence.prefix, code, flags=re.M)
            edits.append(Edit(start=fence.end, end=fence.end + len(code), text=lines))
    message = (
        "The code of a fence in an item begins at the margin, which ends the item: it is put into the item."
    )
    return replace(Repair.of(edits, message), mends_fences=True) if edits else None


def unclosed(draft: Draft) -> Repair:
    """Close a fence that is open at the end of the text."""
    text = draft.text
    fences = outline(text).fences
    if not fences or fences[-1].is_closed or text[fences[-1].end :].strip():
        return Repair()
    last = fences[-1]
    end = max(len(text.rstrip("\n")), last.body - 1)
    return Repair(
        edits=(Edit(start=end, end=len(text), text=f"\n{last.prefix}{last.mark}\n"),),
        remarks=(
            Remark(
                offset=last.start, message="Nothing closes the fence: it is closed at the end of the post."
            ),
        ),
        mends_fences=True,
    )


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
