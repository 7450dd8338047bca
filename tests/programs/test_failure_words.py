"""How authors announce that a block fails, in the words of every language of the list."""

import pytest

from hexapla.programs.failure_words import (
    WORDS,
    exceptions_named,
    failing_lines,
    last_sentence,
    raised_in,
    says_it_fails,
)

SENTENCES = {
    "en": ("This raises an error:", "Running it **throws** the following:", "The next line won't work:"),
    "de": ("Das löst aus, was man erwartet: einen Fehler.", "Die nächste Zeile schlägt fehl:"),
    "es": ("Esto lanza una excepción:", "La siguiente línea fallará:"),
    "fr": ("Ceci lève une exception :", "La ligne suivante échoue :"),
    "pt": ("Isto lança uma exceção:", "A linha seguinte dá erro:"),
    "ca": ("Això llança una excepció:",),
    "it": ("Questo solleva un’eccezione:", "La riga seguente fallisce:"),
    "nl": ("Dit geeft een foutmelding:", "De volgende regel mislukt:"),
    "sv": ("Detta ger ett fel:", "Nästa rad misslyckas:"),
    "da": ("Dette giver en fejl:",),
    "nb": ("Dette gir en feil:",),
    "fi": ("Tämä aiheuttaa virheen:", "Seuraava rivi epäonnistuu:"),
    "ru": ("Это вызовет ошибку:", "Здесь возникает исключение:"),
    "uk": ("Це спричинить помилку:", "Тут виникає виняток:"),
    "bg": ("Това води до грешка:",),
    "sr": ("Ово изазива грешку:", "Ovo izaziva grešku:"),
    "hr": ("Ovo izaziva pogrešku:",),
    "sl": ("To sproži napako:",),
    "pl": ("To zgłosi błąd:", "Tu pojawia się wyjątek:"),
    "cs": ("Tohle vyvolá chybu:", "Vyvolá se výjimka:"),
    "sk": ("Toto vyvolá chybu:",),
    "hu": ("Ez hibát okoz:", "Ez kivételt dob:"),
    "ro": ("Aceasta produce o eroare:",),
    "el": ("Αυτό προκαλεί σφάλμα:",),
    "lt": ("Tai sukelia klaidą:",),
    "lv": ("Tas izraisa kļūdu:",),
    "et": ("See annab vea:",),
    "tr": ("Bu bir hata verir:",),
    "uz": ("Bu xatolik beradi:",),
    "hy": ("Սա սխալ է առաջացնում՝",),
    "az": ("Bu xəta verir:",),
    "kk": ("Бұл қате береді:",),
    "vi": ("Đoạn mã này gây ra lỗi:",),
    "id": ("Ini menghasilkan galat:", "Baris berikut gagal:"),
    "ms": ("Ini menghasilkan ralat:",),
    "tl": ("Magbibigay ito ng error:",),
    "sw": ("Hii inaleta kosa:",),
    "zh": ("下面的代码会报错：", "这会抛出异常："),
    "zh-TW": ("下面的程式碼會出錯：", "這會拋出例外："),
    "ja": ("次のコードはエラーになります：", "例外が送出されます。"),
    "ko": ("다음 코드는 오류를 발생시킵니다:",),
    "hi": ("यह एक त्रुटि देता है:", "अगली पंक्ति विफल होती है।"),
    "mr": ("यामुळे त्रुटी येते:",),
    "ne": ("यसले त्रुटि दिन्छ:",),
    "bn": ("এটি একটি ত্রুটি দেয়:",),
    "pa": ("ਇਹ ਗਲਤੀ ਦਿੰਦਾ ਹੈ:",),
    "gu": ("આ ભૂલ આપે છે:",),
    "ta": ("இது பிழையைத் தருகிறது:",),
    "te": ("ఇది లోపం ఇస్తుంది:",),
    "kn": ("ಇದು ದೋಷವನ್ನು ನೀಡುತ್ತದೆ:",),
    "ml": ("ഇത് പിശക് നൽകുന്നു:",),
    "km": ("វាបង្កើតកំហុស៖",),
    "th": ("โค้ดนี้ทำให้เกิดข้อผิดพลาด:",),
    "my": ("၎င်းသည် အမှားဖြစ်ပေါ်စေသည်။",),
    "fa": ("این کد خطا می‌دهد:",),
    "ar": ("يؤدي هذا إلى خطأ:", "السطر التالي يفشل:"),
    "ur": ("یہ ایک غلطی دیتا ہے:",),
    "he": ("זה זורק שגיאה:",),
}
QUIET = (
    "", "With composition, custom failure messages or even custom failure types; these are accepted:",
    "To enable error details, update the app as follows:", "Register an exception handler:", "Eine eigene Fehlerseite:",
    "Con mensajes de error personalizados:", "自定义错误信息：",
    "Here is the output:", "Let us train it:", "To avoid the error, cast it first:", "We can catch the exception:",
    "Um den Fehler zu vermeiden, schreibt man:", "Para evitar el error:", "Pour éviter l’erreur :",
    "A comprehensive example with error handling:", "Ein Beispiel der Fehlerbehandlung:", "Un ejemplo de manejo de errores:",
    "Exemple de gestion des erreurs :", "错误处理的完整例子：", "エラー処理の例：", "त्रुटि संभालने का उदाहरण:",
    "为了避免错误：", "エラーを避けるには：", "त्रुटि से बचने के लिए:", "The terror of it:", "Ein feiner Unterschied:",
    "The mean absolute deviation is", "Das Ergebnis:", "结果如下：", "परिणाम:",
)  # fmt: skip


def test_each_language_of_the_list_has_a_sentence_here():
    assert SENTENCES.keys() == WORDS.keys()


@pytest.mark.parametrize("sentence", [sentence for several in SENTENCES.values() for sentence in several])
def test_a_sentence_announces_a_failure(sentence):
    assert says_it_fails(sentence)


@pytest.mark.parametrize("sentence", QUIET)
def test_other_sentences_announce_nothing(sentence):
    assert not says_it_fails(sentence)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Raises `ValueError`, or torch.cuda.OutOfMemoryError.", ("ValueError", "OutOfMemoryError")),
        ("It stops with StopIteration and KeyboardInterrupt:", ("StopIteration", "KeyboardInterrupt")),
        ("An error; no Errors of ours, no value_error, x.error.", ()),
        ("这里会引发ValueError：", ("ValueError",)),
    ],
)
def test_the_exceptions_that_a_text_names(text, names):
    assert exceptions_named(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("This raises a `NoMatch`:", ("NoMatch",)),
        ("This **raises** `orders.NoMatch`, since it is gone.", ("NoMatch",)),
        ("raises NoMatch", ("NoMatch",)),
        ("throws orders.Rejected(1)", ("Rejected",)),
        ("Das löst eine `Absage` aus:", ("Absage",)),
        ("这会抛出 `NoMatch`：", ("NoMatch",)),
        ("`NoMatch` を送出します。", ("NoMatch",)),
        ("You get a `NoMatch` exception, or a KeyError:", ("KeyError", "NoMatch")),
        ("These lines will trigger a validation error:", ("ValidationError",)),
        ("Das gibt einen Validierungsfehler:", ("ValidationError",)),
        ("这会引发验证错误：", ("ValidationError",)),
        ("Handle union type validation errors:", ()),
        # What says how, when and to whom is none.
        ("Raises an error:", ()),
        ("It raises HTTP errors when `Order` is missing:", ()),
        ("The `Order` is raised by one:", ()),
        ("This raises if `Order` is empty:", ()),
        ("raises the price", ()),
    ],
)
def test_the_exceptions_that_a_text_says_to_be_raised(text, names):
    assert raised_in(text) == names


@pytest.mark.parametrize(
    ("prose", "sentence"),
    [
        ("One. Two fails.\n\n", "Two fails.\n\n"),
        ("A paragraph with an error.\n\nAnother one:\n", "Another one:"),
        ("一。二会报错：\n\n", "二会报错："),
        ("## ValueError\n\n", "## ValueError"),
        ("### Automatic retry on failure\n\n", ""),
        ("\n\n", ""),
        ("Words.\n\n<!-- tool: expect an error -->\n", "Words."),
        ("This fails:\n<!-- one -->\n\n<!-- two\nlines -->\n\n", "This fails:"),
        ("an arrow -->", ""),
        ("see torch.cuda, e.g. this:\n", "this:"),
    ],
)
def test_the_sentence_before_a_block(prose, sentence):
    assert last_sentence(prose).strip() == sentence.strip()


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("x = 1\nint('a')  # raises ValueError\ny = 2", ((2, ("ValueError",)),)),
        ("# This fails:\nint('a')\nint('b')", ((2, ()),)),
        ("# This fails,\n# of course\n\nint('a')", ((4, ()),)),
        ("x = 1  # the first\n# prints\nx", ()),
        ("int('a')  # Fehler!", ((1, ()),)),
        ("shop.get(1)  # raises NoMatch", ((1, ("NoMatch",)),)),
    ],
)
def test_the_lines_whose_comments_say_that_they_fail(code, lines):
    assert failing_lines(code) == lines
