# ruff: noqa: E501
"""Codes: every word that a problem about a post's code, claims or alignment can carry.

One table, from which messages take their severity and hint, and the documentation its page.
"""

from dataclasses import dataclass

from hexapla.model.block import fence_for
from hexapla.model.problem import Problem, Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One kind of problem."""

    word: str
    severity: Severity
    """Unless the site's settings say otherwise."""
    meaning: str
    """One sentence for the documentation: what was found, and why it matters."""
    example: str
    """A few words of a post that has it; `→` stands between original and translation."""
    hint: str
    """What to do: the last sentence of the message."""


def _code(word: str, severity: Severity, meaning: str, example: str, hint: str) -> Code:
    return Code(word=word, severity=severity, meaning=meaning, example=example, hint=hint)


CODES: tuple[Code, ...] = (
    # What a post's own fences and front matter say.
    _code("cannot-run", WARNING, "A block does not parse as Python, or needs what is not there: a name that the article never defines above it, a package, a file, the network, a GPU, somebody at the keyboard, a key or another variable of the environment, a value for which `...` stands, arguments of a command line.", "torch.cat(tensors, dim=0)", "Correct it, or mark the fence `notest`."),
    _code("fence-unclosed", ERROR, "A fence is never closed, so the rest of the post is read as code.", "```python … end of file", "Close it with a line of the same mark."),
    _code("fence-hidden", ERROR, "No blank line stands between a tag of HTML and a fence below it, so that the fence is text and no code.", "<summary>Code</summary>, ```python", "Put a blank line above the fence."),
    _code("unknown-word", ERROR, "A Python fence has a word that means nothing here.", "```python notset", "Correct the word or remove it."),
    _code("unknown-fixture", WARNING, "A cell asks for a fixture that is none of hexapla's, and that no conftest.py defines.", "fixture:gpus", "Ask for `gpu`, `network` or `slow`, or define it in a conftest.py beside the posts or above them."),
    _code("bad-setting", ERROR, "A value in the front matter is not one that the key takes.", "execute: {timeout: soon}", "Give one of the values that the message names."),
    _code("bad-id", ERROR, "A block's `#id` cannot name a file.", "```{.python #a/b}", "Use letters, digits, `-`, `_` and `.`."),
    _code("duplicate-id", ERROR, "Two blocks of one post have the same `#id`.", "{#train} … {#train}", "Give each block an id of its own."),
    _code("unknown-id", ERROR, "A translation's block has an `#id` that the original does not have.", "{#train} → {#training}", "Use the original's id; ids are never translated."),
    _code("duplicate-language", ERROR, "Two posts of one article are in the same language.", "a.de.md, de/a.md", "Remove one, or give it another slug."),
    _code("magic", NOTE, "A notebook's magic or shell command is shown and not run.", "!pip install torch", "Put what the program needs into the site's environment."),
    _code("bidi-override", ERROR, "Code holds an invisible character that reorders what a reader sees.", "U+202E in code", "Delete the character."),
    _code("foreign-mark", WARNING, "A mark of another tool would change what is run, and hexapla does not read it.", "<!-- skip: next -->", "The page “Coming from …” says what to write instead."),
    _code("snippet-refused", ERROR, "A block takes code in by `--8<--` that is not there, lies outside of what `base_path:` names, or cannot be read.", '--8<-- "gone.py"', "Correct the name of the file or of its section."),
    _code("left-out", NOTE, "pytest-markdown-docs does not run a block, since it needs what a block that must raise binds.", "raises:ValueError, then its names", "Nothing, or move what it needs into a block of its own before the one that raises."),
    # How the blocks of a translation stand to those of the original.
    _code("missing-block", ERROR, "The original runs a block that the translation does not have.", "two blocks → one block", "Add the block to the translation."),
    _code("missing-example", WARNING, "The original shows a fence that it does not run, and the translation lacks it.", "```bash → nothing", "Add the fence to the translation."),
    _code("extra-block", WARNING, "The translation has a Python block that the original lacks; it is shown and not run.", "nothing → ```python", "Add it to the original, or mark it `notest`."),
    _code("moved-block", ERROR, "A block stands elsewhere in the translation, so its program runs in another order.", "A B C → B A C", "Move it to where the original has it."),
    _code("merged-block", ERROR, "The translation joins blocks that the original keeps apart, so an output has no place.", "A, B → AB", "Split it where the original does."),
    _code("split-block", ERROR, "The translation splits a block of the original, so an output has no place.", "AB → A, B", "Join the parts as the original does."),
    _code("retagged", WARNING, "A fence holds the original's program under another language, or none.", "```python → ```", "Give the fence the original's language."),
    _code("directive-changed", ERROR, "The fence of a translation asks for something else than the original's.", "```python notest → ```python", "Copy the original's fence; it is never translated."),
    _code("comment-directive-changed", WARNING, "A comment that tools read differs from the original's.", "# noqa: E501 → # keine", "Copy the comment from the original."),
    # Where a translated block holds another program.
    _code("program-differs", ERROR, "A translated block holds another program, so it gets no output.", "a + b → a - b", "Copy the original's code and translate its comments only."),
    _code("stale-block", WARNING, "A translated block holds an older version of the original's program.", "the version of last year", "Bring it up to date with the original; `hexapla fix` can. Where the original's text alone has changed and the translation is still right, `hexapla confirm` records that."),
    _code("number-changed", ERROR, "A number differs from the original's.", "lr=0.1 → lr=0,01", "Copy the number from the original."),
    _code("operator-changed", ERROR, "An operator differs from the original's.", "a @ b → a * b", "Copy the operator from the original."),
    _code("bytes-changed", ERROR, "A bytes literal differs; bytes are data and never translated.", "b'cat' → b'Katze'", "Copy the literal from the original."),
    _code("identifier-renamed", ERROR, "A name differs from the original's.", "total → summe", "Keep the original's names, or set `rename: allow` in the front matter."),
    _code("api-renamed", ERROR, "The name of an attribute, an import, a keyword argument or a builtin differs.", "model.eval() → model.auswerten()", "Keep the names of libraries as they are."),
    _code("argument-changed", ERROR, "A call or a function has an argument more or less than the original's.", "f(x, dim=1) → f(x)", "Copy the call from the original."),
    _code("call-wrapped", ERROR, "A call stands around an expression that stands alone in the original, or is missing around it.", "x.shape → print(x.shape)", "Copy the line from the original."),
    _code("value-changed", ERROR, "An expression stands in the place of another one.", "x = a + b → x = f(a)", "Copy the line from the original."),
    _code("lines-changed", ERROR, "A statement stands in the place of another one.", "return x → print(x)", "Copy the line from the original."),
    _code("lines-dropped", ERROR, "Statements of the original are missing in the translated block.", "three lines → two", "Copy the missing lines from the original."),
    _code("lines-added", ERROR, "The translated block has statements that the original lacks.", "two lines → three", "Remove them, or add them to the original."),
    _code("lines-reordered", ERROR, "The translated block has the original's statements in another order.", "a; b → b; a", "Put them in the original's order."),
    _code("indentation-changed", ERROR, "Only the indentation differs, which is part of a Python program.", "if x: y; z", "Copy the indentation from the original."),
    _code("symbol-string-changed", ERROR, "A string that names something (an address, a path, an option, a format) differs.", "'data/a.csv' → 'daten/a.csv'", "Copy the string from the original."),
    _code("key-changed", ERROR, "A string that is looked up or compared differs, and not everywhere alike.", "d['lr'] → d['tasa']", "Copy the key, or translate it in every place."),
    _code("key-localized", WARNING, "A string that is looked up or compared is translated, alike in every place.", "d['my name'] → d['mein Name']", "Check that no library reads the key."),
    _code("key-alone", WARNING, "A dictionary's key, which nothing else on the page looks up, is another word; the block gets no output.", "{'name': 1} → {'nombre': 1}", "Copy the key from the original, or translate the words around it too."),
    _code("sample-localized", WARNING, "A name in a string that stands for one of the reader's own is translated.", "'your-name/model' → 'tu-nombre/modelo'", "Check that the program does not need it."),
    _code("placeholder-changed", ERROR, "The placeholders of a string differ, so formatting fails or says something else.", "'%d of %s' → '%d von'", "Copy every placeholder from the original."),
    _code("string-number-changed", WARNING, "The numbers inside a string differ.", "'Epoch 10' → 'Époque 11'", "Check the numbers in the text."),
    _code("strings-frozen", ERROR, "A string differs, and the article says `strings: freeze`.", "'yes' → 'ja'", "Copy the string from the original."),
    _code("strings-localized", NOTE, "Translated strings make a program of their own, which is run for this language.", "print('yes') → print('ja')", "Nothing needs to be done, unless one program is enough: then copy the strings."),
    _code("names-localized", NOTE, "Translated names make a program of their own, as `rename: allow` permits.", "total → summe", "Nothing."),
    # Where a translated block is damaged.
    _code("translation-syntax", ERROR, "A translated block does not parse, while the original's does.", "for x in y: → für x in y:", "Copy the original's code and translate its comments only."),
    _code("unread-changed", WARNING, "A block that is no Python, and so never runs, is not what the original shows.", "for each element i: → für jedes Element i:", "Nothing, where only words are translated; else copy the original's block."),
    _code("keyword-translated", ERROR, "A keyword of Python was translated.", "for → für", "Copy the keyword from the original."),
    _code("typographic-character", ERROR, "Quotes or punctuation in code were replaced by typographic or full-width ones.", "print(“a”)", "Type plain ASCII quotes and punctuation in code."),
    _code("prose-in-code", ERROR, "A line of the block is prose: a comment that lost its mark, or a sentence that slipped in.", "Dies ist der Verlust", "Put a `#` before it, or move it out of the fence."),
    _code("fence-damage", ERROR, "A line of code ends with a fence's mark, so the fence does not end where it should.", "print(x)```", "Put the mark on a line of its own."),
    _code("leaked-placeholder", ERROR, "A translator's placeholder stayed in the code.", "@@CODE_1@@", "Put the original's code in its place."),
    _code("link-rewritten", ERROR, "A tool for links rewrote code that looks like one.", "a[0](../x.md)", "Copy the original's code."),
    _code("repaired", NOTE, "The translation parses where the original does not.", "print('a' → print('a')", "Correct the original in the same way."),
    # What authors claim.
    _code("claim-wrong", ERROR, "A typed output is not what the program prints.", "print(1 + 1)  # 3", "Remove it or correct it; the page shows the real output."),
    _code("claim-wrong-translation", WARNING, "A typed output of a translation is not what the program prints.", "# Affiche : [Parameter contenant : …]", "Remove it or copy it from the original; the page shows the real output."),
    _code("claim-random", NOTE, "A typed output is drawn at random and cannot be right.", "print(torch.rand(1))  # tensor([0.4])", "Remove it, or seed the program."),
    _code("claim-elsewhere", NOTE, "A typed output may be right elsewhere: on another machine, with another version, after other steps; or it departs in more than one place.", "print(torch.__version__)  # 1.13.1", "Nothing. The page of a post shows the real output; a page of the site's own keeps yours where it may be right."),
    _code("claim-undecided", NOTE, "What stands below or beside code as an output does, does not look like what the program prints; it stays.", "print(1 + 1), then a fence: a b c", "Write `text` and words before it that say what it is; if it is the output, a label such as `Output:` has it checked."),
    _code("claim-in-words", NOTE, "A sentence, a table or a session below a block says what it prints, and the program prints something else; it stays.", "print(1 + 1), then: This prints `3`.", "Correct it."),
    _code("address-shown", NOTE, "An output shows an address of memory, which is another at each run and tells readers nothing. It is compared as if it were the same.", "<__main__.Net object at 0x7f6c5ad0>", "Give the class a `__repr__`, or print something else."),
    _code("value-not-shown", NOTE, "A notebook would show more of a value than a page can: what needs scripts, is too large, or is of a kind that pages do not have.", "a chart of plotly's", "Nothing, or show a table, a figure of matplotlib's or a picture instead."),
    _code("output-left-out", NOTE, "On a page of the site's own, a block shows nothing but what no author would print for readers: warnings of libraries, a log, an object in angle brackets, a name of one of hexapla's own files; or what a second run prints otherwise: the order of a set, numbers drawn without a seed, the time. So nothing is put below it.", "<Route GET '/'>", "Nothing; or print what readers are to see, and seed what is drawn at random."),
    _code("figure-undescribed", NOTE, "A block draws a figure and does not say what it shows, so that who cannot see it gets a description made by hexapla.", "```python", 'Say it on the fence, as in `{.python alt="The loss falls fast, then slowly"}`; a translation says it in its own language.'),
    # What posts may publish.
    _code("link-refused", ERROR, "A link or an image leads to a file that a post may not publish: a hidden one, one outside of the posts' folder, a link out of it, or one that a browser would run.", "[x](../.git/config)", "Take the link out, or put the file beside the post or into a folder that `assets:` in mkdocs.yml names."),
    _code("post-left-out", NOTE, "A text in the posts' folder is not read: a draft, a part of other pages, or no Markdown.", "_drafts/a.md", "Nothing; or move it, and take `draft: true` out, to have a page of it."),
    _code("post-refused", ERROR, "A post, or a folder of posts, is a symbolic link, a device or a pipe, or has a name that cannot be shown; it is not read.", "a.en.md -> /etc/passwd", "Put the file itself into the posts' folder, under a name of letters and digits."),
    # What `pages:` names.
    _code("no-pages", ERROR, "A pattern of `pages:` in mkdocs.yml matches no Markdown file, so no page of it is run.", 'pages: ["doc/**/*.md"]', "Correct it: patterns are relative to the folder of mkdocs.yml, and `**` stands for folders."),
    _code("page-not-built", WARNING, "A file that `pages:` names is no page of the site: it lies outside of `docs_dir`, or in a language that the i18n plugin does not list. It is not run.", 'pages: ["README.md"]', "Move it, add its language, or leave it out by a pattern behind it that begins with `!`; `hexapla test FILE` tests it as it is."),
    _code("fence-shared", WARNING, "Another plugin makes something of its own of a block: markdown-exec runs it, or templates in it are filled in. hexapla does not run what readers do not see, or what another shows already.", '```python exec="on"', 'Take `exec=` out of the fence, or write `{% raw %}` around it, to have hexapla run it.'),
    # What stops an article, and no other one.
    _code("ledger-damaged", ERROR, "What is recorded of an article cannot be read: it is damaged, or of a newer hexapla. The article gets no page; all others do.", "snippets/a/run.json cut short", "Until then the article has no page; all others have theirs."),
    _code("internal-error", ERROR, "hexapla itself went wrong over an article, which gets no page; all others do.", "ValueError: …", "Please report it, with that file and the post; until then, change what is unusual in the post."),
    _code("file-refused", ERROR, "A file that `files:` names is not brought along: it leaves the post's folder, is hidden, is not there, or is too large.", "files: [../secrets.txt]", "Name files and folders beside the post, of 64 MB at most in all."),
    _code("front-matter-key", NOTE, "The page does not carry a key of the front matter: it is not known, or its value is not of its kind.", "template: mine.html", "Nothing, or correct it."),
    _code("series", WARNING, "What a post says of its series cannot be: `series:` is no name, `order:` no number, two parts have the same number, or two versions of an article different ones.", "order: third", "Give each part a number of its own, the same in every language."),
    # Markdown that is tested without a site.
    _code("not-markdown", WARNING, "Files with code lie beside the Markdown that is tested, and are not read.", "hexapla test docs/ with docs/tour.ipynb", "What the message names reads them."),
    _code("not-writable", ERROR, "`hexapla test --update` was to write outputs into a file that is not its user's to write: another user's, a read-only one, or a link to a file elsewhere.", "README.md -> /srv/README.md", "Have its owner run the command, make it writable, or name the file itself."),
    _code("nothing-run", ERROR, "`hexapla test FILES` ran nothing, though what looks like Python stands there.", ".. code-block:: python", "Have a block run, or say `--allow-none`."),
)  # fmt: skip

OTHER_CODES: tuple[Code, ...] = (
    # Reading the posts' folder.
    _code("no-posts", ERROR, "The posts' folder holds no Markdown file.", "posts/", "Put a post there, such as `hello.en.md`."),
    _code("not-utf8", ERROR, "A post is not UTF-8, so it cannot be read.", "byte 0xff", "Save the file as UTF-8."),
    _code("unreadable", ERROR, "A post's file cannot be opened.", "no permission", "Check the file's permissions."),
    _code("front-matter", ERROR, "The front matter is not YAML, is no mapping, or is too long, too deep or repeats itself too often.", "title: a: b", "Put quotes around values that hold a colon."),
    _code("unknown-language", ERROR, "A post is in a language that the site does not have.", "lang: it", "Add the language in mkdocs.yml, or correct `lang:`."),
    _code("language-disagrees", ERROR, "The front matter and the file's name say different languages.", "a.de.md with lang: hi", "Correct the one that is wrong."),
    _code("bad-slug", ERROR, "A slug cannot name a folder.", "slug: ../x", "Use letters, digits, `-` and `_`."),
    _code("same-post-twice", ERROR, "Two files are the same article in the same language.", "a.de.md, a-de.md", "Remove one, or give it another `slug:` or `lang:`."),
    _code("page-in-the-way", ERROR, "A page of your own stands where a generated one belongs; it is left alone.", "docs/en/posts/a.md", "Move it out of that folder."),
    _code("extension-missing", WARNING, "mkdocs.yml lacks Markdown extensions that pages need, so that folds, notes or formulas would be plain text.", "no pymdownx.details", "Add the lines that the message names under `markdown_extensions:`."),
    _code("style-missing", WARNING, "mkdocs.yml lacks the style sheet that comes with the pages.", "no extra_css", "Add `- assets/hexapla/hexapla.css` under `extra_css:`."),
    _code("words-missing", NOTE, "hexapla has no words of its own in a language of the site, and says in English what it says itself on its pages.", "languages: en, sw", "Translate the file of English words that the message names and offer it to hexapla."),
    _code("broken-link", WARNING, "A link leads to no post and no file.", "[x](gone.md)", "Correct it, or put the file beside the post."),
    _code("blocked", WARNING, "A page has a picture, a frame, a script or a style that the site's policy keeps from readers.", "<iframe src=\"https://…\">", "Put the file beside the post, or allow its host by `content_security_policy`."),
    # Normalizing: from GitHub's Markdown to the site's.
    _code("jekyll", NOTE, "A leftover of Jekyll is translated, or left out where it means nothing here.", "{% raw %}", "Look at the page; nothing else."),
    _code("foreign", NOTE, "What another tool reads is translated into what readers see here; a warning where it has no equal.", ":::note", "Look at the page; write what a warning names in another way."),
    _code("wrapped-post", NOTE, "The whole post stood in a fence, which is taken off.", "```markdown … ```", "Take the fence off in the post."),
    _code("chatter", NOTE, "Words of a language model before or after the post are left out.", "Sure! Here is the post:", "Delete them in the post."),
    _code("glued-fence", NOTE, "A closing fence stood at the end of a line of code, or the end of its item or quote closed it: it is given its own line.", "x = 1```", "Put the fence on a line of its own."),
    _code("unclosed-fence", ERROR, "A fence is never closed; the page closes it where the code seems to end.", "```python … end of file", "Close it in the post."),
    _code("heading-emphasis", NOTE, "A heading has a `**` that nothing closes.", "## **Title", "Correct the heading."),
    _code("empty-heading", NOTE, "A heading has nothing in it or under it and is left out.", "# Example 1 at the end", "Write the section, or delete the heading."),
    _code("title", NOTE, "The title was missing or repeated as a heading.", "title: A, then # A", "Give the post a `title:`."),
    _code("heading-levels", NOTE, "Headings skip a level and are moved up.", "# A, then ### B", "Use the next level."),
    _code("normalize-apart", NOTE, "Blank lines are put around a block.", "text, then a list", "Nothing."),
    _code("normalize-printed", NOTE, "A block is written in the indentation that the site reads.", "two spaces in a list", "Nothing."),
    _code("normalize-spelled", NOTE, "Characters that the site would read as marks are escaped.", "$500 and $600", "Nothing."),
    _code("normalize-own", WARNING, "In an admonition, a fold or a tab (`!!!`, `???`, `===`) the site reads a block otherwise than GitHub would.", "!!! note … text, then a list", "Put blank lines around it, and what is inside a list's item four columns in."),
    _code("normalize-note", WARNING, "A footnote that no text refers to: neither GitHub nor the page shows anything of it.", "[^1]: never referred to", "Put its mark where it belongs, or take it out."),
    _code("normalize-unread", WARNING, "What another tool may read, and neither GitHub nor the site does: a tag that is no HTML, Markdown in raw HTML, a mark without its other half.", "<name>, [^1] without its note", "Put it in backticks, or write what it stands for."),
    _code("normalize-html", WARNING, "A block is written as HTML, since nothing else keeps it.", "a table in a list", "Look at the page, or write it more simply."),
    _code("normalize-lost", WARNING, "The page cannot show a block as GitHub does.", "raw HTML in Markdown in HTML", "Write it more simply."),
    # Running.
    _code("cell-raised", ERROR, "A cell raised an exception that its author did not announce.", "1 / 0", "Correct it, or write `raises:ZeroDivisionError`."),
    _code("announced-error", NOTE, "A cell raised an exception, and the sentence before it, a comment at the line, or the output typed below says so: the page shows it.", "This fails: int('a')", "Nothing, or write `raises:ValueError`, which is checked."),
    _code("requires", NOTE, "An article requires a distribution that is not installed here, so its cells are not run.", "requires: [transformers]", "Install it where programs run."),
    _code("not-reached", NOTE, "A cell was not run, since it reads what a cell that failed was to bind, or since the program had ended.", "model = Net( → model(x)", "Nothing: it runs once that cell does."),
    _code("cell-ok", ERROR, "A cell raised nothing, and its author says that it must.", "```python raises:ValueError", "Correct the code or the directive."),
    _code("cell-exited", ERROR, "A cell ended its process: with a status that tells of a failure, or before its last statement. `sys.exit()` as a block's last act is how programs end, and no fault.", "sys.exit(1)", "Take the call out, or mark the block `notest`."),
    _code("cell-killed", ERROR, "A signal ended a cell's process.", "os.kill(os.getpid(), 9)", "Correct the code, or use less memory."),
    _code("cell-timeout", ERROR, "A cell ran longer than it may.", "while True: pass", "Make it shorter, or set `execute: {timeout: …}`."),
    _code("cell-limit", ERROR, "A cell wrote or used more than it may.", "10 GB of output", "Use less, or set `limits:` in mkdocs.yml."),
    _code("stale-output", ERROR, "The record does not belong to the present code.", "an edited cell", "Run `hexapla run`."),
    _code("not-repeatable", ERROR, "A program showed something else when it was run twice in a row.", "`print(time.time())`", "Take out what changes, or mark the block `check=shape` or `check=skip`."),
    _code("drift-text", ERROR, "A cell printed other words or whole numbers than are recorded.", "cat → dog", "Look at the difference; `hexapla run --all` accepts it."),
    _code("drift-number", ERROR, "A number is off by more than the tolerance.", "0.5 → 0.6", "Look at the difference; `hexapla run --all` accepts it."),
    _code("drift-shape", ERROR, "A tensor has another shape or type than is recorded.", "Size([2]) → Size([3])", "Look at the difference; `hexapla run --all` accepts it."),
    _code("drift-count", ERROR, "A cell showed more or fewer outputs.", "one → two", "Look at the difference; `hexapla run --all` accepts it."),
    _code("drift-kind", ERROR, "A cell showed another kind of output.", "text → figure", "Look at the difference; `hexapla run --all` accepts it."),
    _code("drift-figure", ERROR, "A cell drew another figure.", "a curve", "Look at the figure; `hexapla run --all` accepts it."),
    _code("fixture", ERROR, "A cell asks for a fixture of pytest that does not exist, fails, or returns what cannot be sent to another process.", "fixture:database", "Define it in a conftest.py, and have it return data."),
    _code("no-post", ERROR, "`pytest --hexapla` was asked for a file that is no post of the site.", "pytest --hexapla docs/en/about.md", "Name the post, or run `hexapla test` with the file."),
    _code("output-differs", ERROR, "An output that stands in a Markdown file is not what its block prints.", "hexapla test README.md", "`hexapla test --update` writes what it prints."),
    _code("output-astray", WARNING, "An output that hexapla wrote into a Markdown file stands below no block that runs, so nothing compares it.", "<!-- hexapla:output --> below a text", "Remove it, or move it right below its block."),
    _code("coverage", ERROR, "Fewer Python blocks ran than `coverage:` in mkdocs.yml asks for.", "coverage: 0.95", "Have the blocks run that the message names."),
    _code("coverage-lowered", ERROR, "`coverage:` in mkdocs.yml is lower than git remembers it; it may only rise.", "coverage: 0.95 → coverage: 0.9", "Set it back, or make `coverage-lowered` a warning under `severities:`."),
)  # fmt: skip
"""Codes whose problems are made, with their own hints, where they are found; here for the documentation."""

ALL = (*CODES, *OTHER_CODES)
"""In the order of the documentation."""
TABLE = {code.word: code for code in CODES}
REPAIRED = frozenset({
    "api-renamed", "argument-changed", "bytes-changed", "call-wrapped", "directive-changed", "fence-damage", "fence-unclosed", "glued-fence",
    "identifier-renamed", "indentation-changed", "keyword-translated", "leaked-placeholder", "lines-added", "lines-changed",
    "lines-dropped", "lines-reordered", "link-rewritten", "merged-block", "number-changed", "operator-changed",
    "placeholder-changed", "program-differs", "prose-in-code", "retagged", "stale-block", "strings-frozen",
    "symbol-string-changed", "translation-syntax", "typographic-character", "unclosed-fence", "unknown-id", "unread-changed",
    "value-changed",
})  # fmt: skip
"""The codes of what `hexapla fix` may repair in a translation."""


def problem(
    word: str, path: str, line: int, message: str, *, details: tuple[str, ...] = (), cause: str = ""
) -> Problem:
    """Return a problem of a known kind: its severity and hint come from the table."""
    code = TABLE[word]
    return Problem(
        path=path,
        line=line,
        code=word,
        message=message,
        hint=code.hint,
        severity=code.severity,
        details=details,
        cause=str(cause),  # Not an enum, which a cache would give back as a text.
    )


def documentation() -> str:
    """Return the table of codes as Markdown: one section a code, for the documentation."""
    return "\n".join(f"### {code.word}\n\n{section(code)}" for code in ALL)


def section(code: Code) -> str:
    """Return what is to be said of a code: how much it weighs, what it means, an example and what to do."""
    before, arrow, after = code.example.partition(" → ")
    example = f"{_span(before)} → {_span(after)}" if arrow else _span(code.example)
    return f"*{code.severity.value}* – {code.meaning}\n\nExample: {example}\n\nWhat to do: {code.hint}\n"


def _span(text: str) -> str:
    """Return a code span that no backtick inside it ends."""
    mark = fence_for(text) if "`" in text else "`"
    return f"{mark} {text} {mark}" if "`" in text else f"`{text}`"


def problems_page() -> str:
    """Return the page of the documentation that explains every code."""
    return (
        "# Problems\n\nEvery problem that hexapla reports, with an example and what to do.\n"
        "`hexapla explain CODE` shows one of them in the terminal.\n\n"
        "A problem is printed as `path:line: E-code message`, where `E` is an error, `W` a warning and `N` a note.\n"
        "Errors make the exit status 1. The severity of a code can be set in mkdocs.yml, below the plugin's options:\n\n"
        "```yaml\nplugins:\n  - hexapla:\n      severities: {claim-wrong: warning}\n```\n\n"
        f"{documentation()}"
    )
