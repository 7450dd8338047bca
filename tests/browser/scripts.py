"""Short articles in three scripts, and what readers of each type who look for them."""

import shutil
from pathlib import Path

from hexapla import scaffold
from hexapla.cli.main import main

ARTICLES = {
    "ar": {
        "parameter": (
            "معلمات الوحدة",
            "كل وحدة في الشبكة تحمل معلمات يغيّرها التدريب. المعلمة موتر يوضع في `nn.Parameter` فتسجّله الوحدة باسمه، "
            "ويقرأه المُحسِّن من `model.parameters()`. إن كان `requires_grad` خاطئًا بقيت القيم مجمّدة.",
        ),
        "training": (
            "حلقة التدريب",
            "تكرّر الحلقة خمس خطوات: تصفير التدرجات بواسطة `optimizer.zero_grad()`، ثم التنبؤ، ثم قياس الخسارة، "
            "ثم حساب التدرجات، ثم خطوة واحدة. نرسم منحنى الخسارة بعد كل حقبة.",
        ),
        "dataset": (
            "تحميل البيانات",
            "تعيد مجموعة البيانات عيّنة واحدة، ويجمع `DataLoader` العيّنات في دفعات ويخلط ترتيبها. للعيّنات المختلفة الطول "
            "نكتب دالة تجميع ونمرّرها في `collate_fn`.",
        ),
        "broadcasting": (
            "البث بين الأشكال",
            "حين يختلف شكلا موترين يمدّ PyTorch المحور الذي طوله واحد. تُكتب الأشكال محاذيةً إلى اليمين ثم تُقارن محورًا "
            "محورًا، والرسالة عند الخطأ تذكر البعد الذي لا يتطابق.",
        ),
        "saving": (
            "حفظ النموذج",
            "نحفظ حالة النموذج لا الكائن كله: `state_dict` قاموس من الأسماء إلى الموترات. نقطة الحفظ تضم حالة المُحسِّن أيضًا "
            "كي يُستأنف التدريب من حيث توقف.",
        ),
        "randomness": (
            "الأعداد العشوائية",
            "تأتي الأعداد العشوائية من مولّد يبدأ من بذرة. البذرة نفسها تعطي المتتالية نفسها، ولكل غرض مولّد خاص به "
            "نصنعه بالصنف `torch.Generator`.",
        ),
    },
    "ja": {
        "parameter": (
            "モジュールのパラメータ",
            "ニューラルネットワークの層は、学習によって変わる値を持っています。テンソルを`nn.Parameter`で包むと、モジュールが名前を付けて登録し、"
            "最適化アルゴリズムが`model.parameters()`から受け取ります。`requires_grad`を偽にすると値は凍結されます。",
        ),
        "training": (
            "訓練ループを書く",
            "ループは五つの手順を繰り返します。`optimizer.zero_grad()`で勾配を消し、予測し、損失を測り、勾配を計算し、一歩進みます。"
            "エポックごとに損失曲線を描きましょう。",
        ),
        "dataset": (
            "データの読み込み",
            "データセットは一つの標本を返し、`DataLoader`がそれらをバッチにまとめて順序を入れ替えます。長さの違う文には、まとめる関数を"
            "`collate_fn`に渡します。",
        ),
        "broadcasting": (
            "ブロードキャスト",
            "形状の異なる二つのテンソルも足し算できます。形状を右端で揃え、軸ごとに比べます。大きさが1の軸は引き伸ばされ、"
            "合わない軸があればエラーになります。",
        ),
        "saving": (
            "モデルの保存",
            "オブジェクト全体ではなく状態を保存します。`state_dict`は名前からテンソルへの辞書です。チェックポイントには最適化の状態も入れ、"
            "中断した訓練を再開できるようにします。",
        ),
        "randomness": (
            "乱数の再現性",
            "乱数は種から始まる生成器が作ります。同じ種からは同じ数列が得られます。目的ごとに`torch.Generator`を用意すれば、"
            "互いに影響しません。",
        ),
    },
    "zh": {
        "parameter": (
            "模块的参数",
            "神经网络的每一层都有训练时会改变的数值。把张量放进 `nn.Parameter`，模块就会按名字登记它，优化器再从 `model.parameters()` 取得。"
            "把 `requires_grad` 设为假，参数就被冻结。",
        ),
        "training": (
            "编写训练循环",
            "循环重复五个步骤：用 `optimizer.zero_grad()` 清零梯度，预测，计算损失函数，反向传播，再走一步。每个周期之后画出损失曲线，"
            "看看有没有过拟合。",
        ),
        "dataset": (
            "加载数据集",
            "数据集每次返回一个样本，`DataLoader` 把样本组成批次，并打乱顺序。句子长短不一时，把自己写的函数传给 `collate_fn`。",
        ),
        "broadcasting": (
            "广播机制",
            "形状不同的两个张量也能相加。把形状右对齐，逐个维度比较：大小为 1 的维度会被拉伸，不匹配的维度会报错。",
        ),
        "saving": (
            "保存模型",
            "保存的是状态，而不是整个对象：`state_dict` 是从名字到张量的字典。检查点里还要放进优化器的状态，这样才能继续训练。",
        ),
        "randomness": (
            "随机数与种子",
            "随机数来自生成器，而生成器从种子开始。种子相同，序列就相同。为每个用途准备一个 `torch.Generator`，就不会互相干扰。",
        ),
    },
}
QUERIES = {
    "ar": [
        ("بالوحدة", "parameter"),
        ("المعلمات", "parameter"),
        ("معلمة", "parameter"),
        ("والتدريب", "training"),
        ("الحلقات", "training"),
        ("بحلقة", "training"),
        ("دفعة", "dataset"),
        ("البيانات", "dataset"),
        ("شكل", "broadcasting"),
        ("للنماذج", "saving"),
        ("عشوائي", "randomness"),
        ("nn.Parameter", "parameter"),
        ("grad", "parameter"),
        ("DataLoadr", "dataset"),
        ("العشوائيه", "randomness"),
    ],
    "ja": [
        ("パラメータ", "parameter"),
        ("登録", "parameter"),
        ("ニューラルネットワーク", "parameter"),
        ("訓練", "training"),
        ("訓練ループ", "training"),
        ("損失曲線", "training"),
        ("データ", "dataset"),
        ("足し算", "broadcasting"),
        ("形状", "broadcasting"),
        ("保存", "saving"),
        ("モデルを保存する", "saving"),
        ("乱数", "randomness"),
        ("zero_grad", "training"),
        ("Generator", "randomness"),
        ("state_dcit", "saving"),
    ],
    "zh": [
        ("参数", "parameter"),
        ("神经网络", "parameter"),
        ("冻结参数", "parameter"),
        ("训练循环", "training"),
        ("损失函数", "training"),
        ("过拟合", "training"),
        ("数据", "dataset"),
        ("打乱", "dataset"),
        ("张量形状", "broadcasting"),
        ("广播", "broadcasting"),
        ("保存模型", "saving"),
        ("随机种子", "randomness"),
        ("torch.Generator", "randomness"),
        ("collate", "dataset"),
        ("DataLaoder", "dataset"),
    ],
}


def build(folder: Path) -> Path:
    """Build a site of the articles in a folder and return where it is."""
    scaffold.make_site(folder, list(ARTICLES), "A site")
    shutil.rmtree(folder / "posts")
    (folder / "posts").mkdir()
    for language, articles in ARTICLES.items():
        for slug, (title, text) in articles.items():
            post = f'---\ntitle: "{title}"\nlang: {language}\n---\n\n{text}\n'
            (folder / "posts" / f"{slug}.{language}.md").write_text(post, encoding="utf-8")
    assert main(["build", "-f", str(folder / "mkdocs.yml")]) == 0
    return folder / "site"
