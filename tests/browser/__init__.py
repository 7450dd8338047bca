"""Our own site, and a small one in five scripts, as readers of every language meet them in Chromium."""

import shutil
from pathlib import Path

from hexapla.config.config import load

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = load(ROOT / "mkdocs.yml").codes
"""Those of our own site, the default first."""
CHROMIUM = next(
    filter(
        None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    ),
    None,
)
"""The machine's own; None where there is none."""
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
