"""The pages of a small article that ran, for the tests of what makes and writes them."""

import examples
from hexapla.config.config import Config
from hexapla.ledger.ledger import Ledger, Record, updated_record
from hexapla.render import article_files
from hexapla.storage.cache import of_site


def pages(config: Config, output: str = "1\n") -> dict[str, str]:
    """Return the texts of all files that an article gives whose only block printed `output`, by path in docs/."""
    one = examples.article({"en": "```python\nprint(1)\n```"})
    (program,) = one.programs
    record = updated_record(Record(), program, examples.run(program, output))
    ledgers = {"a": Ledger(records={"": record})}
    return article_files.article_files(config, [one], ledgers, of_site(config.root))[0]
