"""The JSON Schema that ships with the program says what the program takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ledger_lines import ARITHMETIC, HASH, MALFORMED, NOT_JSON, OTHERS, WRITING, Case, line, other
from ledger_strategies import events, ids, json_values

from sverka.ledger import Event
from sverka.ledger.canonical import Json
from sverka.ledger.codec import parse
from sverka.ledger.kinds import KINDS
from sverka.model import ErrorClass, Verdict

SCHEMA = json.loads(files("sverka.ledger").joinpath("event.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"].startswith("urn:")


def properties(schema: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    """Every field that the schema describes; conditions describe nothing."""
    if isinstance(schema, dict):
        for name, value in schema.items():
            if name == "properties" and isinstance(value, dict):
                for field, described in value.items():
                    assert isinstance(described, dict)
                    yield field, described
            if name not in {"if", "then", "else"} and not name.startswith("is-"):
                yield from properties(value)


def test_every_field_is_named_and_described() -> None:
    known = set[str]()
    for name, described in properties(SCHEMA):
        known.add(name)
        told = described if "title" in described else SCHEMA["$defs"][str(described["$ref"]).removeprefix("#/$defs/")]
        assert isinstance(told, dict)
        assert told["title"]
        assert told["description"]
    assert known >= {name for kind in KINDS.values() for name in kind.names}


def test_the_words_are_those_of_the_program() -> None:
    decision = SCHEMA["$defs"]["decision"]["properties"]
    assert decision["verdict"]["enum"] == [verdict.value for verdict in Verdict]
    assert decision["class"]["enum"] == [error_class.value for error_class in ErrorClass]
    assert {kind for kind in SCHEMA["$defs"] if f"is-{kind}" in SCHEMA["$defs"]} == set(KINDS)
    for name, kind in KINDS.items():
        described = {*SCHEMA["properties"], *SCHEMA["$defs"][name]["properties"]}
        assert described == kind.names


@given(events())
def test_every_event_the_program_makes_is_valid(made: Event) -> None:
    VALIDATOR.validate(json.loads(made.line))


@pytest.mark.parametrize("case", [case for case in MALFORMED if not case.beyond], ids=lambda case: case.said)
def test_what_the_program_refuses_is_invalid(case: Case) -> None:
    assert not VALIDATOR.is_valid(json.loads(case.line))


@pytest.mark.parametrize("case", [case for case in MALFORMED if case.beyond], ids=lambda case: case.said)
def test_what_no_schema_can_say(case: Case) -> None:
    if case.beyond == NOT_JSON:
        assert not isinstance(parse(case.line, ""), Event)
    elif case.beyond == WRITING:
        assert len(json.loads(case.line)) == 1
    else:
        assert case.beyond in {ARITHMETIC, HASH}
        VALIDATOR.validate(json.loads(case.line))


def test_fields_and_kinds_of_a_later_version_are_valid() -> None:
    VALIDATOR.validate(json.loads(line(extra={"глубже": [1, 2.5, None]})))
    VALIDATOR.validate(json.loads(line(kind="seal", anchor=...)))
    VALIDATOR.validate(json.loads(line(v=2, verdict="perhaps", anchor=...)))
    VALIDATOR.validate(json.loads(line(rule="layout", scope="shelf")))


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """An event with some of its fields made something else, or taken out; its id is that of what it became."""
    kind = draw(st.sampled_from(["decision", *OTHERS]))
    values = json_values | ids | st.lists(ids, max_size=2)
    name = st.sampled_from(sorted(KINDS[kind].names - {"id", "kind"}))
    changes = draw(st.dictionaries(name, values | st.just(...), max_size=2))
    return line(**changes) if kind == "decision" else other(kind, **changes)


@given(bent())
def test_program_and_schema_agree(data: bytes) -> None:
    read = parse(data, "")
    valid = VALIDATOR.is_valid(json.loads(data))
    if isinstance(read, Event):
        assert valid
    else:
        assert not valid or "do not fit" in read.message or "cannot be" in read.message
