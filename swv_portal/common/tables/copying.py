"""Rows for PostgreSQL's COPY, as one text: a call per row costs more than the database needs for it."""

from collections.abc import Sequence
from typing import cast

#: What COPY's text format gives a meaning; PostgreSQL, COPY, 'Text Format'.
_TEKENS = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def als_copy(kolommen: Sequence[Sequence[object]]) -> str:
    """Columns (texts, numbers, booleans or ``None``) of the same length as the rows of ``copy ... from stdin``.

    A text may not hold a NUL character: PostgreSQL has none.
    """
    rows = map("\t".join, zip(*map(_kolom, kolommen), strict=True))
    return "".join([row + "\n" for row in rows])


def _kolom(cellen: Sequence[object]) -> Sequence[str]:
    """The cells as COPY reads them.  Nearly every column is plain text as a whole, which is found out at once."""
    kinds = set(map(type, cellen))
    if kinds == {str}:
        texts = cast("Sequence[str]", cellen)
        whole = "".join(texts)
        if whole.isprintable() and "\\" not in whole:
            return texts
    if kinds == {int}:
        return list(map(str, cellen))
    if kinds == {bool}:
        return ["t" if cell else "f" for cell in cellen]
    return [r"\N" if cell is None else str(cell).translate(_TEKENS) for cell in cellen]
