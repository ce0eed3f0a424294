"""Which sentences the project says: every template given to `_` or to `Message`, found in the source.

`python -m lib.locale.extract` brings zh.po up to date: new templates get an empty entry, unused ones are dropped.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("lib", "pages")
PO = Path(__file__).parent / "zh.po"


def templates() -> dict[str, list[str]]:
    """Each template -> the files that say it, in order."""
    found: dict[str, list[str]] = {}
    for folder in FOLDERS:
        spoken = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords={"_": None, "Message": None})
        for file, _line, template, _comments, _context in spoken:
            if isinstance(template, str) and template:
                found.setdefault(template, []).append(f"{folder}/{file}")
    return found


def catalogue() -> Catalog:
    """The Chinese catalogue as it is on disk."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh", ignore_obsolete=True)


def update() -> Catalog:
    """The catalogue with exactly the templates of the source, translations kept, grouped by file."""
    old = {str(entry.id): str(entry.string) for entry in catalogue() if entry.id}
    new = Catalog(locale="zh_CN", fuzzy=False, charset="utf-8")
    for template, files in sorted(templates().items(), key=lambda item: (item[1][0], item[0])):
        new.add(template, old.get(template, ""), locations=[(file, 0) for file in sorted(set(files))])
    return new


def main() -> None:
    """Write the updated catalogue and say how many translations are missing."""
    new = update()
    with PO.open("wb") as file:
        file.write(
            b"# Simplified Chinese. `python -m lib.locale.extract` adds new sentences and drops unused ones.\n\n"
        )
        write_po(file, new, width=120, include_lineno=False, omit_header=True)
    missing = sum(1 for entry in new if entry.id and not entry.string)
    sys.stdout.write(f"{len(new)} entries, {missing} without a translation\n")


if __name__ == "__main__":
    main()
