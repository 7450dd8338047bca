"""Output labels: how authors call what a program prints, by language.

A closed list, collected from translated documentation. A comment such as `# Example 2:` has the same shape
as `# Output:`, in every language, so nothing but the words tells them apart.
"""

import re
import unicodedata

from hexapla.programs.values import is_value

LABELS: dict[str, tuple[str, ...]] = {
    "en": ("output", "outputs", "expected output", "sample output", "example output", "the output", "prints",
           "returns", "result", "results", "expected result", "expected", "out", "stdout", "console output", "console",
           "output is", "gives", "o/p", "printed", "print",  "it prints", "on screen", "on the screen", "evaluates to", "possible output", "program output", "will print",
           "this prints", "would print", "should print", "prints out", "actual output", "output will be",
           "print output", "you should see", "you will see", "displays", "this displays", "this outputs", "yields", "expect"),
    "de": ("ausgabe", "ausgaben", "erwartete ausgabe", "ergebnis", "ergibt", "gibt aus", "liefert",
           "beispielausgabe", "bildschirmausgabe", "programmausgabe", "auf dem bildschirm", "druckt", "gibt zurück", "die ausgabe", "die ausgabe ist", "konsolenausgabe",
           "mögliche ausgabe", "erwartetes ergebnis"),
    "es": ("salida", "salidas", "salida esperada", "resultado", "imprime", "devuelve", "muestra",
           "resultado esperado", "la salida", "retorna", "ejemplo de salida", "salida de ejemplo",
           "lo cual debería imprimir", "en pantalla", "por pantalla", "debería imprimir"),
    "fr": ("sortie", "sorties", "sortie attendue", "affiche", "affichage", "résultat", "résultat attendu",
           "ressort", "renvoie", "imprime", "retourne", "exemple de sortie", "donne", "la sortie", "affichera",
           "résultats", "sortie console", "à l'écran"),
    "pt": ("saída", "saídas", "saída esperada", "resultado", "imprime", "retorna", "exibe", "mostra",
           "resultado esperado", "exemplo de saída", "a saída", "devolve", "na tela"),
    "ca": ("sortida", "resultat", "sortida esperada", "imprimeix", "retorna"),
    "it": ("output previsto", "risultato", "stampa", "uscita", "restituisce", "output atteso", "l'output",
           "risultato atteso", "esempio di output", "a schermo"),
    "nl": ("uitvoer", "verwachte uitvoer", "verwachte output", "resultaat", "verwacht resultaat",
           "geeft terug", "dit geeft", "geeft"),
    "sv": ("utdata", "utskrift", "resultat", "förväntad utdata", "förväntad utskrift", "förväntad output",
           "förväntat resultat"),
    "da": ("udskrift", "uddata", "resultat", "forventet output", "udskriver"),
    "nb": ("utdata", "utskrift", "resultat", "forventet utdata", "forventet resultat"),
    "fi": ("tuloste", "tulostus", "tulos", "odotettu tulos", "tulostaa"),
    "ru": ("вывод", "выходные данные", "результат", "выведет", "выводит", "ожидаемый вывод", "печатает",
           "ожидаемый результат", "возвращает", "вернёт", "выход", "результат выполнения", "на экране"),
    "uk": ("вивід", "результат", "очікуваний результат", "виводить", "виведе", "очікуваний вивід", "повертає",
           "вихідні дані"),
    "bg": ("изход", "резултат", "очакван изход", "извежда", "очакван резултат"),
    "sr": ("izlaz", "rezultat", "излаз", "резултат", "očekivani izlaz", "очекивани излаз",
           "очекивани резултат", "očekivani rezultat"),
    "hr": ("izlaz", "ispis", "rezultat", "očekivani izlaz"),
    "sl": ("izhod", "izpis", "rezultat", "pričakovan izhod", "pričakovani izhod", "pričakovani rezultat"),
    "pl": ("wynik", "wyjście", "oczekiwany wynik", "wypisze", "wyświetla", "rezultat", "drukuje", "wydruk",
           "oczekiwane wyjście", "zwraca", "wyniki", "na ekranie", "wynik działania"),
    "cs": ("výstup", "výsledek", "očekávaný výstup", "vypíše", "očekávaný výsledek", "vrátí"),
    "sk": ("výstup", "výsledok", "očakávaný výstup", "vypíše"),
    "hu": ("kimenet", "eredmény", "várt kimenet", "kiírja", "elvárt kimenet", "várható kimenet",
           "várt eredmény"),
    "ro": ("ieșire", "rezultat", "rezultatul", "ieșirea", "afișează", "ieșirea așteptată",
           "rezultat așteptat", "rezultatul așteptat"),
    "el": ("έξοδος", "αποτέλεσμα", "αναμενόμενη έξοδος", "εκτυπώνει", "αναμενόμενο αποτέλεσμα"),
    "lt": ("išvestis", "rezultatas", "laukiamas rezultatas", "tikėtinas rezultatas", "numatomas rezultatas"),
    "lv": ("izvade", "rezultāts"),
    "et": ("väljund", "tulemus", "oodatav väljund"),
    "tr": ("çıktı", "çıktısı", "sonuç", "beklenen çıktı", "yazdırır", "döndürür", "örnek çıktı", "ekranda"),
    "uz": ("natija", "chiqish", "kutilgan natija"),
    "hy": ("արդյունք", "ելք", "ակնկալվող արդյունք"),
    "az": ("çıxış", "nəticə"),
    "kk": ("нәтиже", "шығыс"),
    "vi": ("đầu ra", "kết quả", "kết quả mong đợi", "in ra", "đầu ra mong đợi", "trả về", "màn hình"),
    "id": ("keluaran", "hasil", "luaran", "hasilnya", "keluarannya", "outputnya", "keluaran yang diharapkan", "output yang diharapkan", "mencetak"),
    "ms": ("hasil", "keluaran", "output jangkaan", "output dijangka", "output yang dijangka"),
    "tl": ("inaasahang output", "resulta", "inaasahang resulta"),
    "sw": ("matokeo", "matokeo yanayotarajiwa"),
    "zh": ("输出", "输出结果", "结果", "预期输出", "打印", "返回", "运行结果", "打印结果", "期望输出", "输出为", "示例输出",
           "预期结果", "会输出", "将输出", "控制台输出", "输出示例", "程序输出", "终端输出", "屏幕输出", "执行结果", "运行输出", "打印输出"),
    "zh-TW": ("輸出", "輸出結果", "結果", "預期輸出", "列印", "執行結果", "應該打印以下內容", "印出", "預期結果", "返回", "回傳"),
    "ja": ("出力", "出力結果", "結果", "実行結果", "期待される出力", "表示", "出力例", "期待される結果", "戻り値", "出力は", "コンソール出力", "標準出力", "実行例", "画面表示"),
    "ko": ("출력", "출력 결과", "결과", "예상 출력", "실행 결과", "반환", "예상 결과", "출력 예시", "출력값", "출력 예", "실행 화면", "실행결과", "출력결과", "콘솔 출력"),
    "hi": ("आउटपुट", "अपेक्षित आउटपुट", "परिणाम", "नतीजा", "प्रिंट", "उत्पादन", "अपेक्षित परिणाम", "छापता है"),
    "mr": ("आउटपुट", "अपेक्षित आउटपुट", "निकाल", "परिणाम"),
    "ne": ("आउटपुट", "अपेक्षित आउटपुट", "नतिजा"),
    "bn": ("আউটপুট", "ফলাফল", "প্রত্যাশিত আউটপুট"),
    "pa": ("ਆਉਟਪੁੱਟ", "ਨਤੀਜਾ", "ਉਮੀਦ ਕੀਤੀ ਆਉਟਪੁੱਟ"),
    "gu": ("આઉટપુટ", "પરિણામ"),
    "ta": ("வெளியீடு", "எதிர்பார்க்கப்படும் வெளியீடு", "முடிவு"),
    "te": ("అవుట్‌పుట్", "ఔట్‌పుట్", "ఫలితం", "ఆశించిన అవుట్‌పుట్", "అంచనా అవుట్‌పుట్"),
    "kn": ("ಔಟ್‌ಪುಟ್", "ಫಲಿತಾಂಶ", "ನಿರೀಕ್ಷಿತ ಔಟ್‌ಪುಟ್"),
    "ml": ("ഔട്ട്‌പുട്ട്", "ഫലം", "പ്രതീക്ഷിക്കുന്ന ഔട്ട്പുട്ട്", "പ്രതീക്ഷിച്ച ഔട്ട്പുട്ട്"),
    "km": ("លទ្ធផល", "ទិន្នផល", "លទ្ធផលដែលរំពឹងទុក"),
    "th": ("ผลลัพธ์", "เอาต์พุต", "เอาท์พุท", "ผลลัพธ์ที่คาดหวัง"),
    "my": ("ရလဒ်", "အထွက်", "မျှော်မှန်းထားသောထွက်ရှိမှု", "မျှော်မှန်းထားသော output",
           "မျှော်မှန်းထားသော ရလဒ်"),
    "fa": ("خروجی", "نتیجه", "خروجی مورد انتظار"),
    "ar": ("الناتج", "المخرجات", "النتيجة", "الإخراج", "المخرجات المتوقعة", "يطبع", "الخرج", "الناتج المتوقع",
           "المخرج", "مخرجات"),
    "ur": ("آؤٹ پٹ", "نتیجہ", "متوقع آؤٹ پٹ"),
    "he": ("פלט", "תוצאה", "פלט צפוי", "הפלט"),
}  # fmt: skip

_SAYS = tuple(
    word.replace("_", " ")
    for word in """
    print output display show return yield produc gives see gibt ausgegeben druckt zeigt liefert ergibt ergebnis ausgabe affich imprim
    renvoi retourn donne sortie résultat muestra mostra mostrar devuelve salida obten resultado exib retorna saída stampa restituisce
    risultato drukt toont uitvoer resulta skriver udskriv utskrift tulost вывод вывед выход печата верн результат получ отобраз вивод
    вивед друку поверт извежда отпечат wyświetl wypis zwraca wynik vypíše vypis zobraz výstup kiír kimenet eredmény afiș afis rezultat
    ispis izpiš εκτυπ τυπών εμφαν αποτέλεσμα yazdır yazdir döndür çıktı basar ekrana in_ra hiển_thị kết_quả trả_về mencetak menampilkan
    hasil keluaran 输出 打印 显示 返回 结果 得到 輸出 列印 印出 顯示 結果 回傳 出力 表示 返り 戻り 출력 표시 결과 반환 छाप प्रिंट दिख आउटपुट परिणाम
    দেখা প্রিন্ট আউটপুট ফলাফল يطبع تطبع ستطبع يعرض الناتج النتيجة المخرج يعيد چاپ خروجی نمایش نتیجه מדפיס ידפיס הפלט תוצאה แสดง พิมพ์ ผลลัพธ์
    เอาต์พุต அச்சிட வெளியீடு
    """.split()
)
"""How words begin that say that something is printed."""
_UNLESS = re.compile(
    r"\b(?:not|\w{2,9}n['’]t|never|instead|unless|if|would|nicht|nie|statt|wenn|würde|pas|jamais|si|serait|no|nunca|sino|não|non|не|если"
    r"|бы|jeśli|ne|eğer|değil|niet|inte|om|ikke|hvis)\b|不|没|沒|如果|ない|もし|않|नहीं|अगर|यदि|ليس|لن|إذا|لو"
)
"""What tells that something is printed at another time, or not at all."""

COLONS = ":：︰﹕៖"


def _folded(text: str) -> str:
    """Return a text as labels are compared: in one case, with single blanks and without marks of direction."""
    folded = unicodedata.normalize("NFC", text).casefold().strip()
    return re.sub(r"\s++", " ", re.sub("[\u200b-\u200f\u2066-\u2069]", "", folded))


_KNOWN = frozenset(_folded(word) for words in LABELS.values() for word in words)
_COMMENT = re.compile(
    rf"(?P<label>[^{COLONS}]{{1,40}}?)\s*+(?:[{COLONS}]|[=-]{{1,3}}>|→|>{{1,3}}|»)\s*+(?P<rest>.*)$",
    re.DOTALL,
)
_MARKUP = re.compile(r"^[\s>]*(?:[-*+]\s+(?=\*|_|<b|`)|#{1,6}\s+)?|[*_#]{1,3}|</?(?:b|strong|em|i|p)>")
_LINE = re.compile(
    rf"[*_]{{0,3}}(?P<label>[^*_`\n{COLONS}]{{1,40}}?)\s*+[*_]{{0,3}}\s*+(?:[{COLONS}]|[=-]{{1,3}}>|→)\s*+[*_]{{0,3}}\s*+"
    r"(?P<rest>\S[^\n]*+)\Z"
)
_BOXED = re.compile(r"[\[【](?P<label>[^\[\]【】\n]{1,40})[\]】]\s*+(?P<rest>[^\s(（:：][^\n]*+)\Z")
_DRAWN = "=*~#_─-[]<>【】《》 "
"""What authors draw around a label."""
_REMARK = re.compile(r"(?<!\s)\s*+[(（\[](?:[^()（）\[\]]++|\([^()]*+\))*+[)）\]]")
_NAME = re.compile(r"[^\s_.,:;!?\"'=()\[\]{}<>|/*#-]++")
_BESIDE = frozenset(
    """
    the this will would should be is of on in to your our here here's program program's script code screen console terminal final
    actual expected sample possible a an standard what
    die der das im auf des dem wird ist programms programm konsole bildschirm erwartete
    por en de la el del consola pantalla programa código será es
    le du à l'écran écran sur dans programme est sera
    no na do da o tela è é di su schermo programma terminale il
    в на программы консоль консоли экран экране кода выполнения работы будет виконання програми
    działania programu konsoli w ekranie programu konzoli
    ekran program konsol ekranda màn hình chạy chương trình ra trên layar di
    البرنامج الشاشة على في هو الكود برنامه در صفحه प्रोग्राम का पर होगा है het op scherm van de
    """.split()
)
"""What may stand beside a label and says nothing else."""
_COUNT = re.compile(r"[#№(]?\d{1,2}\)?")
_WORDS_OF_A_LABEL = 5
_PICTURES = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]++")
"""Arrows, emoji and the like, which authors put beside a label."""
_LEADS = frozenset(["output the following", "outputs the following", "print the following", "prints the following",
                    "we get", "you get", "this gives us", "gives us", "produces", "yields", "which gives",
                    "will get"])  # fmt: skip
"""What a sentence before a fence ends with, besides the labels."""

_UNSPACED = tuple(_folded(word) for tag in ("zh", "zh-TW", "ja", "th", "km") for word in LABELS[tag])
"""Labels in scripts without blanks between words: a sentence may end with one."""


def is_label(text: str) -> bool:
    """Return whether a text is one of the labels, in any language and case, without its colon.

    It can have words around it that say nothing else: `Output of the program`, `Output 1`.
    """
    bare = _PICTURES.sub("", _folded(text)).strip(_DRAWN)
    if bare in _KNOWN:
        return True
    words = [word for word in bare.split() if word not in _BESIDE and not _COUNT.fullmatch(word)]
    return 0 < len(words) <= 2 and len(bare.split()) <= _WORDS_OF_A_LABEL and " ".join(words) in _KNOWN


def names_output(text: str) -> bool:
    """Return whether one of the words of a text is a label: `Show the output`, `class="cell-output"`."""
    folded = _folded(text)
    return any(map(is_label, _NAME.findall(folded))) or any(word in folded for word in _UNSPACED)


def says_output(sentence: str) -> bool:
    """Return whether a sentence, without what it quotes, says that this is printed here and now."""
    folded = _folded(sentence)
    return any(word in folded for word in _SAYS) and not _UNLESS.search(folded)


def split_line(line: str) -> tuple[str, str]:
    """Split a line of a text, `**Ausgabe:** 3` or `Out[3]: 3`, into its label and the rest; both empty where it has none."""
    match = _BOXED.match(line.strip()) or _LINE.match(line.strip())
    if match and is_label(_REMARK.sub("", match["label"]).strip()):
        return match["label"].strip(), match["rest"].strip()
    return "", ""


def split_comment(text: str) -> tuple[str, str]:
    """Split `Ausgabe: 3` into the author's label and what follows; an empty label where there is none."""
    match = _COMMENT.match(text)
    if match and (is_label(match["label"]) or is_label(_REMARK.sub("", match["label"]))):
        return match["label"].strip(_DRAWN), match["rest"].strip()
    words = text.split()
    for count in range(1, min(4, len(words))):
        label, rest = " ".join(words[:count]), " ".join(words[count:])
        if is_label(label) and is_value(rest) and not rest.isdecimal():
            return label, text.strip().split(maxsplit=count)[count]
    return "", text.strip()


def label_of_line(line: str) -> str:
    """Return the label of a line that is nothing but a label, such as `**Ausgabe (3.9):**`; else empty."""
    text = _PICTURES.sub("", _MARKUP.sub("", line)).strip()
    label = text.rstrip(COLONS + "。. ").strip()
    bare = _REMARK.sub("", label).strip().rstrip(COLONS).strip()
    marked = text != line.strip() or label != text or label[:1] in ("[", "【")
    return label.strip(_DRAWN) if marked and (is_label(bare) or is_label(label)) else ""


def ends_in_label(line: str) -> str:
    """Return the label that a lead-in such as `This gives the output:` ends with; else empty."""
    text = _MARKUP.sub("", line).strip()
    if not text or text[-1] not in COLONS:
        return ""
    words = text.rstrip(COLONS + " ").split()
    for count in (3, 2, 1):
        end = " ".join(words[-count:])
        if len(words) >= count and (is_label(end) or _folded(end) in _LEADS):
            return " ".join(words[-count:])
    sentence = _folded(text.rstrip(COLONS + " "))
    return next((word for word in _UNSPACED if sentence.endswith(word)), "")
