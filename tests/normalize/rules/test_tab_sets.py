"""Tab sets: tabs get the names that their set has for them."""

from hexapla.model.block import splice
from hexapla.normalize.rules.marks import marks_in, paired_marks
from hexapla.normalize.rules.tab_sets import names_of_tabs


def written(text):
    pairs, _ = paired_marks(sorted(marks_in(text), key=lambda mark: mark.start))
    return splice(text, list(names_of_tabs(text, pairs)))


def test_tabs_are_named_in_their_order():
    text = "<Tabs items={['a', `b`]}>\n<Tab>x</Tab>\n<Tab>y</Tab>\n<Tab>z</Tab>\n</Tabs>"
    assert written(text) == text.replace("<Tab>x", '<Tab title="a">x').replace("<Tab>y", '<Tab title="b">y')


def test_tabs_are_named_by_their_values():
    text = "<Tabs values={[{label: 'One', value: '1'}, {value: '2', label: \"Two\"}]}>\n<TabItem value=\"2\">x</TabItem>\n</Tabs>"
    assert written(text) == text.replace('value="2">x', 'value="2" title="Two">x')


def test_a_tab_that_has_a_name_keeps_it():
    text = "<Tabs items={['a', 'b']}>\n<Tab title=\"c\">x</Tab>\n</Tabs>"
    assert written(text) == text


def test_each_set_names_its_own():
    inner = "<Tabs items={['x']}>\n<Tab>1</Tab>\n</Tabs>"
    text = f"<Tabs items={{['a', 'b']}}>\n<Tab>{inner}</Tab>\n<Tab>2</Tab>\n</Tabs>"
    assert [piece.split('"')[0] for piece in written(text).split('title="')[1:]] == ["a", "x", "b"]


def test_a_set_that_names_none_names_none():
    text = "<Tabs>\n<Tab>x</Tab>\n</Tabs>\n\n<Tab>y</Tab>"
    assert written(text) == text
