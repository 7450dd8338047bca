"""What stands around an output in a fence goes with it, and is not compared."""

import pytest

from claims_helpers import settle
from hexapla.programs.claims.transcripts import is_of_arguments, without_frame

FRAMES = {
    "a command": "python main.py\n{}",
    "a command at a prompt": "$ python3 -m a.b\n{}",
    "somebody's prompt": "me@box:~/a$ python main.py\n{}",
    "a prompt in brackets": "[me@box ~]$ python3 main.py\n{}",
    "an environment": "(venv) $ python main.py\n{}",
    "PowerShell": "PS C:\\Users\\me> python main.py\n{}\nPS C:\\Users\\me>",
    "a runner": "$ uv run main.py\n{}",
    "a script": "$ ./main.py\n{}\n$",
    "an arrow for a prompt": "➜ python main.py\n{}",
    "IDLE": "=== RESTART: C:/main.py ===\n{}\n>>> ",
    "PyCharm": "/usr/bin/python3 /home/me/main.py\n{}\n\nProcess finished with exit code 0",
    "Sublime": "{}\n[Finished in 0.1s]",
    "a site that runs code": "{}\n\n...Program finished with exit code 0\nPress ENTER to exit console.",
    "options of MyST's": ":caption: Output\n\n{}",
    "options in YAML": "---\ncaption: Output\n---\n{}",
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_only_the_output_is_left(frame: str) -> None:
    assert without_frame(frame.format("total 42\n\n[1]")) == "total 42\n\n[1]"


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_it_is_compared(frame: str) -> None:
    for text, verdict in (("total 42", "right"), ("total 43", "wrong")):
        left, (one,) = settle("print('total', 42)", f"```\n{frame.format(text)}\n```\n\nMore.\n")
        assert one.verdict == verdict
        assert left.endswith("print('total', 42)\n```\n\nMore.\n")


NONE = (
    "total 42",
    "",
    "a\n\nb",
    "  12  ",
    "pythons: 3",
    "> quoted",
    "main: 3\nother: 4",
    "--- a ---\nb",
    "py: 3",
    "100 % done",
)


@pytest.mark.parametrize("text", NONE)
def test_an_output_without_one_stays(text: str) -> None:
    assert without_frame(text) == text


def test_a_command_alone_is_no_output() -> None:
    assert settle("print('total', 42)", "```\npython main.py\n```\n")[1] == ()


HELP = "usage: tea.py [-h] command ...\n\ncommands:\n  brew  make tea"


@pytest.mark.parametrize("label", ["", "Output:\n\n"])
@pytest.mark.parametrize(
    ("command", "others"),
    [("$ python3 tea.py -h", True), ("$ python3 tea.py", False), ("$ python3 tea.py  # so", False)],
)
def test_what_arguments_bring_is_no_output_of_the_block(command: str, others: bool, label: str) -> None:
    code = f"print({HELP.replace('tea.py', 'program.py')!r})"
    assert is_of_arguments(f"{command}\n{HELP}") is others
    left, claims = settle(code, f"{label}```console\n{command}\n{HELP}\n```\n")
    assert (command in left and claims == ()) is others
