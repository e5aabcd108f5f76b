"""The forms in which an edition is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sverka.model import Edition, View

SUFFIXES = {"text": "", "diff": ".diff", "tei": ".tei.xml"}
"""The forms, and what stands behind a transcript's name in those of a folder."""


def view_for(form: str, asked: str) -> View:
    """The view an edition is made in. TEI holds both texts, and marks what the reading view applies."""
    from sverka.model import View

    return View.READING if form == "tei" else View(asked)


def written(edition: Edition, form: str, path: Path, before: str | None = None) -> bytes:
    """The edition of the transcript in the file ``path``; a diff of it from the text ``before``, if there is one."""
    from dataclasses import replace

    from sverka.export.plain import plain
    from sverka.export.tei import tei
    from sverka.export.unified import unified
    from sverka.workflow.carrying import under_project_name

    if form == "tei":
        return tei(replace(edition, transcript=under_project_name(edition.transcript, path)))
    return unified(edition, before) if form == "diff" else plain(edition)
