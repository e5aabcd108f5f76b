"""What the specification shows is what the program does."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ledger_events import fold

from sverka.ledger import Event, Ruling
from sverka.ledger.canonical import canonical
from sverka.ledger.codec import encode, parse

PAGE = (Path(__file__).parents[3] / "docs" / "ledger.md").read_text("utf-8")


def block(language: str) -> list[str]:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1].splitlines()


def events() -> list[Event]:
    read = [parse(line.encode(), "docs/ledger.md") for line in block("jsonl")]
    return [event for event in read if isinstance(event, Event)]


def test_the_example_is_a_ledger() -> None:
    assert "".join(encode(event).decode() for event in events()).splitlines() == block("jsonl")
    opened, decided, retracted = events()
    state = fold([opened, decided, retracted])
    assert (state.decisions, state.problems, state.undoable) == ((), (), ())
    assert state.redoable == (retracted,)
    assert len(fold([opened, decided]).decisions) == 1


def test_the_canonical_json_shown_gives_the_id_shown() -> None:
    decided = events()[1]
    assert isinstance(decided.content, Ruling)
    (shown,) = block("json")
    assert canonical({name: value for name, value in decided.fields.items() if name != "id"}).decode() == shown
    assert hashlib.sha256(shown.encode()).hexdigest()[:32] == decided.id
