"""Obstacles: what an exception says is not there, so that a block that cannot run is told from one that is wrong.

It is found out in the program's own process, which may say what it likes: who reads it decides what it means.
"""

import dis
import errno
import importlib.util
import linecache
import os
import re
import traceback
from collections.abc import Collection, Iterable, Iterator

from hexapla.execution import exceptions
from hexapla.model.program import Cell
from hexapla.model.run import Failure, Obstacle

_HOST = re.compile(r"(?:host=|://|name resolution for )['\"]?(?P<host>[\w.-]++)")
_OFFLINE = re.compile(
    "urlopen error|name resolution|Name or service not known|Network is unreachable|offline mode|outgoing traffic"
)
"""What libraries say that swallow the system's own error: torchvision of its mirrors, huggingface_hub of its files."""
_NO_GPU = re.compile(
    r"cudaGetDeviceCount\(\)|no CUDA-capable device is detected|CUDA driver version is insufficient"
    "|OS call failed or operation not supported on this OS"
    "|[Tt]orch (?:was |not )?compiled with(?:out)? (?:CUDA|XPU)|Found no NVIDIA driver|No CUDA GPUs are available"
    "|torch.cuda.is_available\\(\\) is False|not linked with support for mps|doesn't have NCCL built in"
    "|Tried to instantiate dummy base class|Cannot access accelerator device when none is available"
    "|0 active drivers|requires CUDA support|without ATen_cuda library|have a CUDA build|without MPS backend"
    "|from the '(?:CUDA|MPS|XPU)' backend|no attribute '_(?:cuda|mps|xpu)_"
)
"""What torch says where it was built for processors alone, or finds no device: 2.13 was asked for all of torch.cuda,
and 2.11 where there is a GPU that it may not use."""
_NO_SCREEN = re.compile(
    r"no display name and no \$DISPLAY|(?:[Cc]annot|[Cc]ould ?n[o']t|[Uu]nable to|[Ff]ailed to) "
    r"(?:connect to|open|acquire)[^\n]{0,20} (?:display|X (?:server|connection))|No available video device"
    r"|could not locate runnable browser|DISPLAY environment variable|[Bb]ad display name"
    r"|[Rr]ebuild the library with Windows, GTK\+"
)
"""What tkinter, turtle, pygame, pynput, glfw, Xlib and OpenCV say where nobody has a screen, and webbrowser."""
_GPU_ERRORS = (RuntimeError, AssertionError, TypeError, AttributeError)
_INSTALL = re.compile(
    r"pip3? install (?:-\w++ )?['\"]?(?P<name>[\w.-]++)|optional dependency '(?P<other>[\w.-]++)'"
)
_USAGE = 2
"""The exit status by which argparse and click tell of arguments that are missing or wrong."""
_PLACEHOLDER = re.compile(r"'ellipsis'|\bEllipsis(?:Type)?+\b")
"""How `...` is called by what wanted a value."""
_OS_ERROR = re.compile(r"\(os error 2\): (?P<file>[^\s:]+)")
"""How Rust says that there is no such file."""
_VARIABLE = re.compile(
    r"\b[Ee]nvironment variable:? ['\"`]?(?P<behind>[A-Z]\w++)"
    r"|\b(?P<name>[A-Z][A-Z0-9]*+(?:_[A-Z0-9]++)++)\b(?:[^.\n]{0,40}\benv(?:ironment)?\b"
    r"|(?<=KEY|KEN|RET|ORD)[^.\n]{0,20} (?:not (?:set|found|defined|provided)|missing|required|must be set))"
)
"""How a variable of the environment that is missing is named."""
_CREDENTIALS = re.compile(
    r"\b(?:[Nn]o|[Mm]issing|(?:pass|provide|setting|set) (?:an?|the|your)) "
    r"(?:valid )?(?:API[ _-]?key|api[ _]key|access token|auth(?:entication)? token|credentials)"
    r"|\b(?:API key|api_key|auth_token|credentials)\b[^.\n]{0,60}(?:must be|to be) (?:set|provided|configured)"
    r"|no token found|passing in token"
)
"""What clients of services say that were given no key: openai, anthropic, google-genai, groq, wandb, cohere …"""
_ENVIRON = os._Environ.__getitem__.__code__
_NOT_THERE = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.EROFS)


def failure_of(error: BaseException, cell: Cell, paths: Collection[str]) -> Failure:
    """Return what an exception that ended a cell tells; `paths` are the posts that the program's code is from."""
    obstacle, subject = _obstacle(error, paths)
    return Failure(
        exception=type(error).__qualname__, line=_line(error, cell), obstacle=obstacle, subject=subject
    )


def _line(error: BaseException, cell: Cell) -> int:
    """Return the line of the cell that led to an exception, from 1; 0 where none did."""
    frames = traceback.walk_tb(error.__traceback__)
    rows = [line for frame, line in frames if frame.f_code.co_filename == cell.path]
    if isinstance(error, SyntaxError) and error.filename == cell.path and error.lineno:
        rows = [error.lineno]
    last = cell.line + cell.code.count("\n")
    return next((row - cell.line + 1 for row in rows if cell.line <= row <= last), 0)


def _obstacle(error: BaseException, paths: Collection[str]) -> tuple[Obstacle | None, str]:
    """Return what is not there, and which."""
    links = list(exceptions.chain(error))
    if (
        isinstance(error, SystemExit)
        and error.code == _USAGE
        and any(map(_is_parsers, exceptions.frames(error)))
    ):
        return Obstacle.ARGUMENTS, ""
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        file = _raised_in(error)
        return (Obstacle.NAME, error.name or "") if file in paths or file.startswith("<") else (None, "")
    if _raised_in(error) not in paths and (name := _undefined(links, paths)):
        # A library has wrapped it in an exception of its own.
        return Obstacle.NAME, name
    if package := next(_missing_packages(error, links), ""):
        return Obstacle.PACKAGE, package
    if any(map(_is_offline, links)):
        hosts = (match["host"] for link in links for match in _HOST.finditer(exceptions.message_of(link)))
        return Obstacle.NETWORK, next(hosts, "")
    if any(map(_wants_a_screen, links)):
        return Obstacle.SCREEN, ""
    for link in links:
        if isinstance(link, OSError) and link.errno in _NOT_THERE and isinstance(link.filename, str):
            return Obstacle.FILE, link.filename
    if isinstance(error, FileNotFoundError) and error.errno and not _is_stated(error):
        return Obstacle.FILE, ""  # OpenSSL does not say which
    if _is_librarys(error, paths):
        match = _OS_ERROR.search(exceptions.message_of(error))
        return Obstacle.FILE, match["file"] if match else ""
    if isinstance(error, EOFError) and "reading a line" in exceptions.message_of(error):
        return Obstacle.KEYBOARD, ""
    if isinstance(error, ImportError) and "relative import" in exceptions.message_of(error):
        *_, (frame, line) = traceback.walk_tb(error.__traceback__)
        _, module, *_ = (*linecache.getline(frame.f_code.co_filename, line).split(), "", "")
        return Obstacle.PARENT, module
    if any(map(_lacks_credentials, links)):
        return Obstacle.ENVIRONMENT, next(filter(None, map(_variable, links)), "")
    if _PLACEHOLDER.search(exceptions.message_of(error)):
        return Obstacle.PLACEHOLDER, ""
    if isinstance(error, _GPU_ERRORS) and _NO_GPU.search(exceptions.message_of(error)):
        return Obstacle.GPU, ""
    return None, ""


def _undefined(links: Iterable[BaseException], paths: Collection[str]) -> str:
    """Return the name that one of several exceptions missed in the program's own code; empty for none."""
    named = (
        link for link in links if isinstance(link, NameError) and not isinstance(link, UnboundLocalError)
    )
    return next((link.name or "" for link in named if _raised_in(link) in paths), "")


def _wants_a_screen(link: BaseException) -> bool:
    """Return whether an exception tells that there is no screen for a window, or no browser."""
    if isinstance(link, KeyError) and _variable(link) in ("DISPLAY", "WAYLAND_DISPLAY"):
        return True
    is_named = type(link).__name__ in ("NoSuchDisplayException", "DisplayNameError", "DisplayConnectionError")
    return is_named or (isinstance(link, Exception) and bool(_NO_SCREEN.search(exceptions.message_of(link))))


def _is_parsers(file: str) -> bool:
    """Return whether a file is of what reads the arguments of a command line: typer and others stand on click."""
    return file.endswith("/argparse.py") or "click/" in file


def _is_librarys(error: BaseException, paths: Collection[str]) -> bool:
    """Return whether a library in Rust, such as polars, found no file: it says in words what others say by numbers."""
    return isinstance(error, FileNotFoundError) and error.errno is None and _raised_in(error) not in paths


def _is_stated(error: BaseException) -> bool:
    """Return whether a `raise` of Python code began an exception, and not what is written in C."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return last is not None and dis.opname[last.tb_frame.f_code.co_code[last.tb_lasti]] == "RAISE_VARARGS"


def _raised_in(error: BaseException) -> str:
    """Return the file of the frame that an exception was raised in."""
    *_, last = ("", *(frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)))
    return last


def _lacks_credentials(link: BaseException) -> bool:
    """Return whether an exception tells of a key or another variable of the environment that is not set."""
    said = isinstance(link, Exception) and _CREDENTIALS.search(exceptions.message_of(link))
    return bool(said or _variable(link))


def _variable(link: BaseException) -> str:
    """Return the variable of the environment that an exception tells is not set; empty for none."""
    if isinstance(link, KeyError):
        *_, last = (None, *(frame.f_code for frame, _ in traceback.walk_tb(link.__traceback__)))
        return str(link.args[0]) if last is _ENVIRON and link.args else ""
    match = _VARIABLE.search(exceptions.message_of(link)) if isinstance(link, Exception) else None
    return (match["name"] or match["behind"]) if match else ""


def _missing_packages(error: BaseException, links: Collection[BaseException]) -> Iterator[str]:
    """Yield the packages for want of which an import failed, as far as the exceptions name them."""
    if not isinstance(error, ImportError) and not isinstance(error.__cause__, ModuleNotFoundError):
        return
    for link in links:
        if isinstance(link, ModuleNotFoundError) and link.name:
            top, _, below = link.name.partition(".")
            if not _is_installed(top):
                yield top
            elif below and _is_shared(top):
                yield f"{top}.{below.partition('.')[0]}"
    for match in _INSTALL.finditer(exceptions.message_of(error)):
        yield (match["name"] or match["other"]).rstrip(".")


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _is_shared(module: str) -> bool:
    """Return whether several distributions may be below a module's name: a namespace package, as `google`."""
    spec = importlib.util.find_spec(module)
    return spec is not None and spec.origin is None and spec.submodule_search_locations is not None


def _is_offline(link: BaseException) -> bool:
    """Return whether an exception tells that a connection could not be made."""
    if isinstance(link, OSError) and any(file.endswith("socket.py") for file in exceptions.frames(link)):
        return True
    return isinstance(link, Exception) and bool(_OFFLINE.search(exceptions.message_of(link)))
