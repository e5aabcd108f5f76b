"""Makes the inflected forms of the shipped names: ``python -m sverka.language.build names``."""

from __future__ import annotations

from pathlib import Path

from sverka.language import namestore
from sverka.language.names import FORMS, TABLE, forms_of_names
from sverka.language.nametable import parse_table

DATA = Path(__file__).resolve().parent.parent / "data"


def build(target: Path = DATA) -> None:
    """Write the forms of the names in ``target / names.tsv`` to ``target / name_forms.tsv.gz``.

    Raises InputError where the table is not as it should be.
    """
    table = (target / TABLE).read_bytes()
    names = parse_table(table.decode(), str(target / TABLE))
    forms = forms_of_names(names)
    data = namestore.encode(forms, table)
    (target / FORMS).write_bytes(data)
    print(f"{len(names):,} names, {len(forms.surfaces):,} forms, {len(data):,} bytes: {target / FORMS}")
