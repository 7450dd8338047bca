"""Repository: where the source of a page is edited, and where a mistake in it is reported."""

from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """What mkdocs.yml says of a site's repository (`repo_url:`, `edit_uri:`)."""

    address: str = ""
    """Without a slash at its end; empty where there is none."""
    edit: str = ""
    """The address below which its files are edited, as they lie beside mkdocs.yml; empty where nobody says."""

    @staticmethod
    def of(address: str | None, edit_uri: str | None, docs: str) -> "Repository":
        """Take what mkdocs knows; its `edit_uri` leads to the folder `docs`, below that of mkdocs.yml."""
        whole = urljoin(f"{(address or '').rstrip('/')}/", edit_uri or "")
        edit = whole.rstrip("/").removesuffix(docs)
        return Repository(
            address=(address or "").rstrip("/"), edit=edit if edit_uri and edit.endswith("/") else ""
        )

    def edited_at(self, path: str) -> str:
        """Return where a file is edited, by its path from mkdocs.yml; empty where that is not known."""
        return f"{self.edit}{quote(path)}" if self.edit else ""

    def mending(self, path: str, *, edit: str, report: str) -> tuple[tuple[str, str], ...]:
        """Return where a file is edited and a mistake in it reported, as far as that is known, each behind its word."""
        places = ((edit, self.edited_at(path)), (report, self.reported_at(path))) if path else ()
        return tuple((words, address) for words, address in places if address)

    def reported_at(self, path: str) -> str:
        """Return where a mistake in a file is reported, on GitHub and GitLab; empty elsewhere."""
        host = urlsplit(self.address).hostname or ""
        if host == "github.com":
            return f"{self.address}/issues/new?title={quote(path)}"
        if host.startswith("gitlab."):
            return f"{self.address}/-/issues/new?issue%5Btitle%5D={quote(path)}"
        return ""
