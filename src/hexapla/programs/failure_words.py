# ruff: noqa: E501
"""Failure words: how authors say, before a block or in it, that it fails; by language.

A closed list of beginnings of words, like that of output labels. It is asked only of a block that did fail, so a
sentence that speaks of errors in passing does no harm but there.
"""

import re
import unicodedata

WORDS: dict[str, tuple[str, ...]] = {
    "en": ("error", "exception", "raise", "throw", "fail", "crash", "traceback", "won't work", "will not work",
           "doesn't work", "does not work", "not allowed", "illegal", "blow up", "blows up", "complain"),
    "de": ("fehler", "ausnahme", "wirft", "schlägt fehl", "scheitert", "löst aus", "stürzt", "abgebrochen", "bricht ab",
           "funktioniert nicht", "nicht erlaubt", "unzulässig", "beschwert sich"),
    "es": ("error", "excepci", "lanza", "falla", "fallará", "no funciona", "no está permitid", "no se permite", "se queja"),
    "fr": ("erreur", "exception", "lève", "lèvera", "échoue", "échouera", "plante", "ne marche pas", "ne fonctionne pas",
           "interdit", "n’est pas permis", "n'est pas permis", "se plaint"),
    "pt": ("erro", "exceç", "exceção", "lança", "levanta", "falha", "não funciona", "não é permitid"),
    "ca": ("error", "excepci", "llança", "falla", "fallarà", "no funciona", "no està permès"),
    "it": ("errore", "errori", "eccezion", "solleva", "lancia", "fallisce", "fallirà", "non funziona", "non è consentit"),
    "nl": ("fout", "uitzondering", "mislukt", "faalt", "werkt niet", "niet toegestaan", "exceptie"),
    "sv": ("fel", "undantag", "misslyckas", "kraschar", "fungerar inte", "inte tillåt"),
    "da": ("fejl", "undtagelse", "mislykkes", "virker ikke", "ikke tilladt"),
    "nb": ("feil", "unntak", "mislykkes", "virker ikke", "fungerer ikke", "ikke tillatt"),
    "fi": ("virhe", "poikkeu", "epäonnistuu", "ei toimi", "kaatuu", "ei ole sallit"),
    "ru": ("ошибк", "исключени", "не работает", "не сработает", "падает", "упадёт", "упадет", "нельзя", "недопустим"),
    "uk": ("помилк", "винят", "виключенн", "не працює", "не спрацює", "падає", "не можна"),
    "bg": ("грешк", "изключени", "не работи", "проваля"),
    "sr": ("greš", "izuzet", "ne radi", "греш", "изузет", "не ради"),
    "hr": ("greš", "pogreš", "iznim", "ne radi", "ne uspijeva"),
    "sl": ("napak", "izjem", "ne deluje", "ne uspe"),
    "pl": ("błąd", "błęd", "wyjąt", "nie działa", "nie zadziała", "nie powiedzie", "niedozwolon"),
    "cs": ("chyb", "výjimk", "nefunguje", "nebude fungovat", "selže", "selhá", "nelze"),
    "sk": ("chyb", "výnimk", "nefunguje", "zlyhá", "nemožno"),
    "hu": ("hib", "kivétel", "nem működik", "meghiúsul", "nem megengedett"),
    "ro": ("eroare", "erori", "excepți", "eșuea", "nu funcționează", "nu merge", "nu este permis"),
    "el": ("σφάλμα", "σφάλματα", "λάθος", "εξαίρεση", "αποτυγχάνει", "αποτύχει", "δεν λειτουργεί"),
    "lt": ("klaid", "išimt", "nepavyk", "neveik"),
    "lv": ("kļūd", "izņēmum", "neizdo", "nedarbo"),
    "et": ("vig", "viga", "vea", "erand", "ebaõnnestu", "ei tööta"),
    "tr": ("hata", "istisna", "başarısız", "çalışmaz", "çalışmayacak", "izin verilmez"),
    "uz": ("xato", "istisno", "ishlamaydi"),
    "hy": ("սխալ", "բացառությ", "չի աշխատ", "ձախող"),
    "az": ("xəta", "səhv", "istisna", "işləmir", "uğursuz"),
    "kk": ("қате", "ерекше жағдай", "жұмыс істемейді", "сәтсіз"),
    "vi": ("lỗi", "ngoại lệ", "thất bại", "không hoạt động", "không được phép"),
    "id": ("galat", "kesalahan", "eksepsi", "pengecualian", "gagal", "tidak berfungsi", "tidak diizinkan", "error"),
    "ms": ("ralat", "kesilapan", "pengecualian", "gagal", "tidak berfungsi", "tidak dibenarkan"),
    "tl": ("error", "mali", "pagkakamali", "hindi gagana", "nabigo", "mabibigo"),
    "sw": ("kosa", "hitilafu", "itashindwa", "inashindwa", "haifanyi kazi"),
    "zh": ("报错", "出错", "错误", "异常", "失败", "抛出", "引发", "不允许", "不能运行", "无法运行", "崩溃"),
    "zh-TW": ("報錯", "出錯", "錯誤", "例外", "失敗", "拋出", "引發", "不允許", "無法執行", "不能執行", "當掉"),
    "ja": ("エラー", "例外", "失敗", "送出", "投げ", "動きません", "動かない", "許されません", "できません"),
    "ko": ("오류", "에러", "예외", "실패", "발생시", "작동하지 않", "허용되지 않"),
    "hi": ("त्रुटि", "एरर", "अपवाद", "एक्सेप्शन", "विफल", "असफल", "काम नहीं करता", "काम नहीं करेगा", "ग़लती", "गलती"),
    "mr": ("त्रुटी", "एरर", "अपवाद", "अयशस्वी", "काम करत नाही", "चूक"),
    "ne": ("त्रुटि", "अपवाद", "असफल", "काम गर्दैन"),
    "bn": ("ত্রুটি", "এরর", "ব্যতিক্রম", "এক্সেপশন", "ব্যর্থ", "কাজ করে না", "কাজ করবে না"),
    "pa": ("ਗਲਤੀ", "ਐਰਰ", "ਅਪਵਾਦ", "ਅਸਫਲ", "ਕੰਮ ਨਹੀਂ"),
    "gu": ("ભૂલ", "એરર", "અપવાદ", "નિષ્ફળ", "કામ કરતું નથી"),
    "ta": ("பிழை", "விதிவிலக்கு", "தோல்வி", "வேலை செய்யாது"),
    "te": ("లోపం", "ఎర్రర్", "మినహాయింపు", "విఫల", "పనిచేయదు", "పని చేయదు"),
    "kn": ("ದೋಷ", "ಎರರ್", "ವಿನಾಯಿತಿ", "ವಿಫಲ", "ಕೆಲಸ ಮಾಡುವುದಿಲ್ಲ"),
    "ml": ("പിശക", "എറർ", "അപവാദം", "പരാജയ", "പ്രവർത്തിക്കില്ല"),
    "km": ("កំហុស", "ករណីលើកលែង", "បរាជ័យ", "មិនដំណើរការ"),
    "th": ("ข้อผิดพลาด", "ผิดพลาด", "ข้อยกเว้น", "ล้มเหลว", "เออเรอร์", "ไม่ทำงาน", "ไม่ได้"),
    "my": ("အမှား", "ချွင်းချက်", "မအောင်မြင်", "အလုပ်မလုပ်"),
    "fa": ("خطا", "استثنا", "شکست", "کار نمی", "مجاز نیست"),
    "ar": ("خطأ", "أخطاء", "استثناء", "يفشل", "ستفشل", "سيفشل", "تفشل", "لا يعمل", "لن يعمل", "غير مسموح", "الخطأ", "الاستثناء", "يرمي"),
    "ur": ("غلطی", "خرابی", "استثنا", "ناکام", "کام نہیں", "ایرر"),
    "he": ("שגיאה", "שגיאת", "חריגה", "נכשל", "ייכשל", "תיכשל", "לא עובד", "לא יעבוד", "אסור"),
}  # fmt: skip
"""Beginnings of words, or in scripts without blanks between words, parts of a sentence."""

_AVOIDING: tuple[str, ...] = (
    "avoid", "prevent", "instead of", "without error", "no error", "no longer", "fixes", "fixed", "to fix", "solve", "handle",
    "catch", "vermeid", "verhinder", "ohne fehler", "kein fehler", "behebt", "beheben", "abfang", "statt", "evita", "evitar",
    "sin error", "corrige", "corregir", "captura", "éviter", "évite", "sans erreur", "corrig", "attrap", "eviter", "evitare",
    "senza errori", "избежа", "без ошиб", "исправ", "避免", "防止", "修复", "解决", "不会报错", "不会出错", "捕获", "避ける",
    "handling", "behandlung", "manejo de", "gestión de", "gestion d", "gestione d", "tratamento de", "обработк", "obsługa",
    "错误处理", "异常处理", "錯誤處理", "例外處理", "例外処理", "エラー処理", "ハンドリング", "오류 처리", "예외 처리", "त्रुटि संभाल", "معالجة",
    "error detail", "error handler", "error page", "error response", "error code", "error type", "error class", "error report",
    "friendly error", "exception handler", "exception class", "exception type", "fehlerdetail", "fehlerseite", "fehlerklasse",
    "fehlertyp", "detalles de error", "página de error", "page d’erreur", "page d'erreur", "错误详情", "错误页面", "错误代码", "エラーページ",
    "custom failure", "custom error message", "custom message", "are accepted", "is accepted", "eigene fehlermeldung",
    "eigenen fehlermeldung", "mensajes de error personaliz", "mensaje de error personaliz", "erreur personnalis",
    "mensagem de erro personaliz", "自定义错误", "自訂錯誤", "カスタムエラー", "사용자 정의 오류",
    "防ぐ", "修正", "エラーなし", "피하", "방지", "해결", "बचने", "रोकने", "ठीक करने", "पकड़", "تجنب", "لتجنب", "بدون خطأ",
)  # fmt: skip
"""What a sentence says that speaks of how not to fail."""

_NAMED = re.compile(r"(?<![A-Za-z0-9_])[A-Z][A-Za-z0-9_]*+")
_EXCEPTIONS = ("Error", "Exception", "Interrupt", "Exit", "Iteration", "Warning")


_RAISING = (
    r"[Rr]ais|[Tt]hrow|wirft|löst|lanza|lève|lança|levanta|solleva|lancia|gooit|kastar|kaster|rzuca|zgłasza|vyvolá|вызыва|"
    r"вызов|броса|кидає|fırlatır|melempar|抛出|引发|拋出|引發"
)
_ARTICLE = r"(?:(?:an?|the|eine?n?|das|die|den|un|una|une|el|la|l[’']|um|uma|een|en|ett|et) ?)?"
_PATH = r"(?:\w{1,40}+\.){0,6}"
_RAISED = re.compile(
    rf"(?:{_RAISING})\w{{0,9}}+[ :*]{{0,4}}+{_ARTICLE}(?:[`*]{{1,3}}+{_PATH}(?P<marked>[A-Z]\w{{1,60}}+)[`*(]"
    rf"|{_PATH}(?P<plain>[A-Z]\w{{0,60}}+)(?= ?(?:[.,:;!)(。，：]|$)))"
    rf"|`{_PATH}(?P<before>[A-Z]\w{{1,60}}+)` ?(?:を|という)?(?:exception|error|Ausnahme|exceção|исключени|例外|异常|異常|エラー|예외"
    r"|오류|अपवाद|त्रुटि|送出|投げ)",
    re.MULTILINE,
)
"""What is raised, by a name of any kind: behind a word for that, or before one for what it is."""


_VALIDATION = re.compile(
    r"\bvalidation (?:error|failure|exception)|\bvalidierungsfehler|\berror(?:es)? de validaci|\berreurs? de validation"
    r"|\berros? de valida|ошибк\w* валидации|验证错误|驗證錯誤|検証エラー|유효성 검사 오류",
    re.IGNORECASE,
)
"""What is raised, in words that name a kind."""

_END = re.compile(r"[.!?](?=[\s*_])|[。！？।؟]")
_MARKS = " \t\n.!?:。！？：।؟*_"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


_JOINED = frozenset(("zh", "zh-TW", "ja", "th", "km", "my"))
_PARTS = tuple(_folded(word) for tag in sorted(_JOINED) for word in WORDS[tag])
_BEGINNINGS = tuple(
    f" {_folded(word)}" for tag, words in WORDS.items() if tag not in _JOINED for word in words
)


def says_it_fails(text: str) -> bool:
    """Return whether a sentence, or a comment, announces that the code fails."""
    folded = _folded(text)
    if not folded or _avoids(folded):
        return False
    # Marks of sentences and of Markdown stand where blanks do; the marks of Indian and other scripts are letters' own.
    spaced = " " + " ".join("".join(sign if _of_words(sign) else " " for sign in folded).split())
    return any(part in folded for part in _PARTS) or any(beginning in spaced for beginning in _BEGINNINGS)


def _avoids(folded: str) -> bool:
    return any(word in folded for word in _AVOIDING)


def exceptions_named(text: str) -> tuple[str, ...]:
    """Return the exceptions that a text names, such as `ValueError`, without their modules."""
    return tuple(dict.fromkeys(name for name in _NAMED.findall(text) if name.endswith(_EXCEPTIONS)))


def raised_in(text: str) -> tuple[str, ...]:
    """Return the exceptions that a text says to be raised: those that it names, such as `NoMatch` in "raises `NoMatch`".

    A validation error is one of that kind, whatever its name.
    """
    groups = (match["marked"] or match["plain"] or match["before"] for match in _RAISED.finditer(text))
    kinds = ("ValidationError",) if _VALIDATION.search(text) and not _avoids(_folded(text)) else ()
    return tuple(dict.fromkeys((*exceptions_named(text), *groups, *kinds)))


def last_sentence(prose: str) -> str:
    """Return the last sentence of the text before a block; nothing where a blank part of the page is between.

    Nor does a heading say anything unless it names an exception. Comments between them are for tools, and tell readers nothing.
    """
    prose = prose.rstrip()
    while prose.endswith("-->"):
        prose = prose[: max(0, prose.rfind("<!--"))].rstrip()
    paragraph = prose.rpartition("\n\n")[2]
    if paragraph.lstrip(" >").startswith("#") and not exceptions_named(paragraph):
        # "Retry on failure" says what a section is about, and nothing of the block below.
        return ""
    ends = [match.end() for match in _END.finditer(paragraph.rstrip(_MARKS))]
    return paragraph[ends[-1] :] if ends else paragraph


def failing_lines(code: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the lines of a code, from 1, of which a comment on them or right above says that they fail.

    Each has the exceptions that the comment names.
    """
    lines: list[tuple[int, tuple[str, ...]]] = []
    above = ""
    for row, line in enumerate(code.split("\n"), start=1):
        before, mark, remark = line.partition("#")
        if not before.strip():
            above = f"{above} {remark}" if mark else above
            continue
        said, above = f"{above} {remark}", ""
        names = raised_in(said)
        if names or says_it_fails(said):
            lines.append((row, names))
    return tuple(lines)


def _of_words(sign: str) -> bool:
    return sign in "'’" or unicodedata.category(sign)[0] in "LMN"
