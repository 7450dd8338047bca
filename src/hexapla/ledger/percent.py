"""Percent scripts: a program as one file that Python runs and editors open as a notebook."""

from hexapla.model.program import Program


def script(program: Program) -> str:
    """Return a program as a percent script, which Python runs and editors open as a notebook."""
    head = (
        f"# {program.slug}: written by hexapla from {program.cells[0].path if program.cells else 'posts'}\n"
    )
    parts = [head]
    for cell in program.cells:
        words = [f"raises:{cell.raises}"] if cell.raises else []
        words += [f"fixture:{name}" for name in cell.fixtures]
        title = " ".join((cell.id, *words))
        code = cell.code.rstrip("\n")
        parts.append(f"\n# %% {title}\n" + (guarded(code, cell.raises) if cell.raises else code) + "\n")
    return "".join(parts)


def guarded(code: str, name: str) -> str:
    """Show an expected exception instead of ending the script at it."""
    body = "\n".join(f"    {line}" if line else "" for line in code.split("\n"))
    return f"try:\n{body}\nexcept {name} as error:\n    print(type(error).__name__, error, sep=': ')"
