"""Findings as a table, and what editors make of it in a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sverka.errors import InputError
from sverka.ledger import anchor_at
from sverka.ledger.spreadsheet import COLUMNS, Entry, Row, encode, read_decisions
from sverka.model import Candidate, Decision, ErrorClass, Finding, Rule, Span, Transcript, Verdict
from sverka.text.cells import NOTHING

TEXT = "пусть\nона будет топорь,\x1b[1m а не потом"
TRANSCRIPT = Transcript("transcripts/a.txt", TEXT)
FINDING = Finding(
    Span(16, 22),
    "топорь",
    Rule.NONWORD,
    0.98765,
    "not a Russian word",
    (Candidate("теперь", 0.95, "lexicon"), Candidate("", 0.01, "lexicon")),
    "f3c1",
)
DECISION = Decision(
    anchor_at(TEXT, FINDING.span),
    Verdict.AMEND,
    ErrorClass.OCR,
    "теперь",
    Rule.NONWORD,
    0.98,
    note="по снимку",
    event="091a1ba100d822a1f164281b606cf203",
)
HEAD = "id,original,verdict,replacement,class,note\n"


def cells(data: bytes, delimiter: str = ",") -> list[list[str]]:
    """The table as any other program sees it."""
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True))


def one(entry: Entry) -> dict[str, str]:
    head, row = cells(encode([entry]))
    return dict(zip(head, row, strict=True))


def read(text: str, encoding: str = "utf-8") -> tuple[Row, ...]:
    return read_decisions(text.encode(encoding), "t.csv")


def test_the_bytes_are_the_contract() -> None:
    assert encode([Entry(TRANSCRIPT, FINDING, DECISION), Entry(TRANSCRIPT, FINDING)]).decode() == (
        "\ufeffid,path,line,column,original,verdict,replacement,class,note,rule,confidence,candidates,"
        "context_before,context_after,event\r\n"
        "f3c1,transcripts/a.txt,2,11,топорь,amend,теперь,ocr,по снимку,nonword,0.9877,теперь | ∅,"
        'пусть она будет,",␛[1m а не потом",\'091a1ba100d822a1f164281b606cf203\r\n'
        "f3c1,transcripts/a.txt,2,11,топорь,,,,,nonword,0.9877,теперь | ∅,"
        'пусть она будет,",␛[1m а не потом",\r\n'
    )


def test_undecided_rows_are_passed_over_and_decided_ones_read() -> None:
    other = replace(FINDING, id="aaaa")
    data = encode([Entry(TRANSCRIPT, other), Entry(TRANSCRIPT, FINDING, DECISION)])
    assert read_decisions(data, "t.csv") == (
        Row(
            "f3c1",
            "топорь",
            Verdict.AMEND,
            "теперь",
            ErrorClass.OCR,
            "по снимку",
            "transcripts/a.txt",
            3,
            "091a1ba100d822a1f164281b606cf203",
        ),
    )
    undecided = encode([Entry(TRANSCRIPT, FINDING)]).decode().replace("топорь,,", "топорь,reject,")
    assert read(undecided)[0].event == ""
    assert read(f"{HEAD}a,топорь,reject,,,\n")[0].event is None


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://example.org";"нажми")',
        "+7",
        "-да",
        "@SUM(A1)",
        "\tда",
        "\rда",
        "'слово'",
        "''",
        "'",
        "'=1",
    ],
)
def test_no_cell_is_a_formula_and_each_reads_back(cell: str) -> None:
    finding = replace(FINDING, original=cell, candidates=(Candidate(cell, 0.5, "lexicon"),))
    entry = Entry(Transcript(cell, TEXT), finding, replace(DECISION, replacement=cell, note=cell))
    row = one(entry)
    assert row["original"] == row["replacement"] == row["note"] == f"'{cell}"
    assert all(written[:1] not in set("=+-@\t\r") for written in row.values() if written)
    (back,) = read_decisions(encode([entry]), "t.csv")
    assert (back.original, back.replacement, back.note) == (cell, cell, cell)


@pytest.mark.parametrize("cell", ["да;=1+1", 'да,"=1+1"', "да\n=1+1", "да\t@SUM(A1)", "да;'=1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_program_that_parts_cells_elsewhere_finds_no_formula_either(cell: str, delimiter: str) -> None:
    entry = Entry(TRANSCRIPT, FINDING, replace(DECISION, replacement=cell))
    data = encode([entry])
    wrongly = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    assert not [found for row in wrongly for found in row if found.lstrip('"')[:1] in set("=+-@") and found]
    assert read_decisions(data, "t.csv")[0].replacement == cell


@pytest.mark.parametrize("cell", ["20.15", "1/2", "007", "12e45678", "38-ю"])
def test_no_number_or_date_is_made_of_what_was_read(cell: str) -> None:
    entry = Entry(TRANSCRIPT, replace(FINDING, original=cell, id=cell), DECISION)
    assert one(entry)["original"] == one(entry)["id"] == f"'{cell}"
    (back,) = read_decisions(encode([entry]), "t.csv")
    assert (back.id, back.original) == (cell, cell)
    # A program that takes the apostrophe for its own mark of a text saves the cell without it.
    (bare,) = read(f"id,original,verdict,replacement\n{cell},{cell},amend,{cell}\n")
    assert (bare.id, bare.original, bare.replacement) == (cell, cell, cell)


def test_to_delete_is_not_to_say_nothing() -> None:
    deleting = Entry(TRANSCRIPT, FINDING, replace(DECISION, replacement=""))
    assert one(deleting)["replacement"] == NOTHING
    assert read_decisions(encode([deleting]), "t.csv")[0].replacement == ""
    literal = Entry(TRANSCRIPT, FINDING, replace(DECISION, replacement=NOTHING))
    assert read_decisions(encode([literal]), "t.csv")[0].replacement == NOTHING
    (first_candidate,) = read(f"{HEAD}a,топорь,accept,,,\n")
    assert first_candidate.replacement is None
    (space,) = read(f"{HEAD}a,топорь,amend, ,,\n")
    assert space.replacement == " "


def test_what_a_terminal_would_obey_is_kept_where_it_is_read_and_shown_elsewhere() -> None:
    awkward = "<b>\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}</b>\r\n\0𝒜"
    text = f"до {awkward} после"
    finding = replace(FINDING, span=Span(0, 2), original=awkward, candidates=(Candidate(awkward, 0.5, "lexicon"),))
    entry = Entry(Transcript("a\x1b.txt", text), finding, replace(DECISION, replacement=awkward))
    row = one(entry)
    assert row["candidates"] == "<b>␛[2J⟨U+202E⟩</b>↵␀𝒜"
    assert all(row[name].isprintable() for name in ("path", "candidates", "context_before", "context_after"))
    (back,) = read_decisions(encode([entry]), "t.csv")
    assert (back.original, back.replacement) == (awkward, awkward)


def test_half_a_letter_is_no_obstacle() -> None:
    entry = Entry(TRANSCRIPT, replace(FINDING, original="то\udcffорь"), DECISION)
    assert read_decisions(encode([entry]), "t.csv")[0].original == "то\ufffdорь"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_it_may_come_back_from_any_program(delimiter: str, encoding: str) -> None:
    table = [
        ["Replacement", "мнение", " ID ", "VERDICT", "original", "Class"],
        ["вместе", "да; нет, или\tтак", " b ", " Amend ", "вмес\nто", "SOURCE"],
        ["", "", "", "", "", ""],
        ["", "", "c", "REJECT", "топорь", ""],
        ["", "", "d", "", "дом", ""],
    ]
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    assert read(out.getvalue(), encoding) == (
        Row("b", "вмес\nто", Verdict.AMEND, "вместе", ErrorClass.SOURCE, "", "", 2),
        Row("c", "топорь", Verdict.REJECT, None, ErrorClass.OCR, "", "", 5),
    )


def test_a_table_for_spreadsheets_that_part_cells_at_semicolons() -> None:
    data = encode([Entry(TRANSCRIPT, FINDING, DECISION)], delimiter=";")
    assert cells(data, ";")[0] == list(COLUMNS)
    assert read_decisions(data, "t.csv")[0].replacement == "теперь"


def test_rows_that_end_early_are_whole() -> None:
    assert read(f"{HEAD}a,топорь,reject\n")[0].error_class is ErrorClass.OCR
    assert read(f"{HEAD}a,топорь,reject,,,,,,,\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "t.csv:1: has no column id, original, verdict, replacement"),
        ("\n\nid,original\n", "t.csv:3: has no column verdict, replacement"),
        ("топорь\n", "t.csv:1: has no column"),
        ("id,original,verdict,replacement,Verdict\n", "t.csv:1: has two columns verdict"),
        (f"{HEAD}a,то\n", None),
        (f"{HEAD}a,топорь,maybe,,,\n", "t.csv:2: verdict is unknown: maybe; write one of accept, amend, reject, defer"),
        (f"{HEAD}a,топорь,reject,,\x1b,\n", "t.csv:2: class is unknown: ␛"),
        (f"{HEAD}a,топорь,amend,,,\n", "t.csv:2: says amend, and gives no replacement"),
        (f"{HEAD}a,топорь,defer,теперь,,\n", "t.csv:2: says defer, and gives a replacement"),
        (f"{HEAD},топорь,reject,,,\n", "t.csv:2: has a verdict, and no id"),
        (f"{HEAD}a,топорь,amend,да, нет,,,,\n", "t.csv:2: class is unknown: нет"),
        (f"{HEAD}a,топорь,amend,да,,да, нет\n", "t.csv:2: has more cells than the heading"),
        ("id,original,verdict,replacement,event\na,то,reject,,9.1E+07\n", "t.csv:2: event is not well formed: 9.1E+07"),
        (f'{HEAD}a,"то\nпорь",reject,,,\na,топорь,defer,,,\n', "t.csv:4: finding a is decided here and in line 2"),
        (f'{HEAD}a,топорь,reject,,,\nb,"топорь,reject,,,\n', "t.csv:3: is no CSV here"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_a_remedy(text: str, said: str | None) -> None:
    if said is None:
        assert read(text) == ()
        return
    with pytest.raises(InputError) as raised:
        read(text)
    assert str(raised.value).startswith(said)
    assert raised.value.remedy


def test_the_same_finding_in_two_files_is_two() -> None:
    head = "path,id,original,verdict,replacement\n"
    assert len(read(f"{head}a.txt,a,топорь,reject,\nb.txt,a,топорь,defer,\n")) == 2


def test_letters_that_an_old_encoding_lost_are_noticed() -> None:
    lossy = f"{HEAD}a,топорь,amend,?же,,\n"
    with pytest.raises(InputError, match="cp1251 may lack a letter"):
        read(lossy, "cp1251")
    assert read(lossy)[0].replacement == "?же"
    assert read(f"{HEAD}a,топорь?,amend,теперь?,,\n", "cp1251")[0].replacement == "теперь?"


@pytest.mark.parametrize("data", [b"\x98\x98,\xff", b"\xef\xbb\xbf\xff", b"\xff\xfei\x00d"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_decisions(data, "t.csv")


texts = st.text(max_size=8) | st.text("=+-@\t\r\n',;\"0а∅ ", max_size=8)


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    finding = Finding(
        Span(0, 0), draw(texts), draw(st.sampled_from(Rule)), draw(st.floats(0, 1)), "", (), f"{number}{draw(texts)}."
    )
    verdict = draw(st.sampled_from(Verdict))
    decision = Decision(
        anchor_at(TEXT, Span(0, 0)),
        verdict,
        draw(st.sampled_from(ErrorClass)),
        draw(texts) if verdict in {Verdict.ACCEPT, Verdict.AMEND} else None,
        finding.rule,
        finding.confidence,
        note=draw(texts),
    )
    return Entry(TRANSCRIPT, finding, draw(st.sampled_from([decision, None])))


@given(st.integers(0, 4).flatmap(lambda count: st.tuples(*map(entries, range(count)))), st.sampled_from(",;\t"))
def test_every_decision_reads_back_as_it_was_written(written: tuple[Entry, ...], delimiter: str) -> None:
    expected = [
        (one.finding.id, one.finding.original, said.verdict, said.replacement, said.error_class, said.note)
        for one in written
        if (said := one.decision)
    ]
    rows = read_decisions(encode(written, delimiter=delimiter), "t.csv")
    found = [(r.id, r.original, r.verdict, r.replacement, r.error_class, r.note) for r in rows]
    assert found == expected


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda rest: (HEAD + rest).encode()))
def test_no_table_does_worse_than_be_refused(data: bytes) -> None:
    try:
        read_decisions(data, "t.csv")
    except InputError as error:
        assert error.place.startswith("t.csv")
        assert error.remedy
