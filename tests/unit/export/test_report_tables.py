"""A report as tables and as JSON lines: they hold everything, nothing in them runs, and a missing package is named."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace

import pytest
from export_samples import report
from openpyxl import load_workbook
from pyarrow import parquet as arrow

from sverka.errors import InputError, UsageError
from sverka.export.comparison import compare
from sverka.export.comparison_pages import comparison_markdown
from sverka.export.report_contents import Contents
from sverka.export.report_data import encode, read_report
from sverka.export.report_sheets import Sheet, csv_table, needed, parquet, sheets, xlsx
from sverka.model import Report, Reviewed

FORMULA = '=HYPERLINK("http://evil.example")'


def hostile() -> Report:
    """The sample with formulas for notes, editors and messages."""
    first, second = report().documents
    said = tuple(replace(one, note=FORMULA, by="@SUM(1)") for one in first.decisions)
    found = tuple(replace(one, message=f"-{FORMULA}", original=FORMULA) for one in second.checked.findings)
    return replace(
        report(), documents=(replace(first, decisions=said), Reviewed(replace(second.checked, findings=found)))
    )


def contents(of: Report | None = None) -> Contents:
    return Contents.of(of or hostile(), title=FORMULA)


def the(name: str) -> Sheet:
    return next(sheet for sheet in sheets(contents()) if sheet.name == name)


def test_all_tables_have_their_columns_filled() -> None:
    assert [sheet.name for sheet in sheets(contents())] == ["summary", "documents", "series", "findings"]
    for sheet in sheets(contents()):
        assert sheet.rows
        assert {len(row) for row in sheet.rows} == {len(sheet.columns)}


def test_no_cell_of_a_csv_is_a_formula() -> None:
    for sheet in sheets(contents()):
        data = csv_table(sheet).decode("utf-8-sig")
        assert "\x1b" not in data
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in data
        for row in csv.reader(io.StringIO(data, newline="")):
            assert not [cell for cell in row if cell[:1] in set("=@+\t\r") or cell.startswith("-=")]


def test_a_workbook_holds_text_as_text() -> None:
    book = load_workbook(io.BytesIO(xlsx(sheets(contents()), made_at="2026-03-02T08:00:00Z")))
    assert book.sheetnames == ["summary", "documents", "series", "findings"]
    page = book["findings"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:Z{page.max_row}"
    cells = [cell for line in page.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    heads = [cell.value for cell in page[1]]
    notes = [page.cell(line, heads.index("note") + 1).value for line in range(2, page.max_row + 1)]
    assert FORMULA in notes
    assert isinstance(page.cell(2, heads.index("confidence") + 1).value, float)
    assert page.column_dimensions["B"].width > 30


def test_parquet_is_typed_and_verbatim() -> None:
    table = arrow.read_table(io.BytesIO(parquet(the("findings"))))
    assert table.num_rows == len(the("findings").rows)
    assert {str(table.schema.field(name).type) for name in ("line", "confidence", "original")} == {
        "int64",
        "double",
        "string",
    }
    assert FORMULA in table.column("original").to_pylist()
    assert "transcripts/<b>|\x1b[1m.txt" in table.column("path").to_pylist()


@pytest.mark.parametrize(("wanted", "package"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch, wanted: str, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.parquet", None)
    with pytest.raises(UsageError) as told:
        needed(wanted)
    assert str(told.value) == (
        f"--format {wanted} needs the package {package}, which is not installed; "
        "install it with: pip install 'sverka[tables]'"
    )


def test_json_lines_say_everything_in_lines_a_terminal_can_show() -> None:
    data = encode(contents(report()))
    assert all(line.isprintable() for line in data.decode().splitlines())
    lines = [json.loads(line) for line in data.splitlines()]
    assert [line["kind"] for line in lines] == [
        *("report", "problem", "document", "finding", "finding", "document", "finding", "finding", "series")
    ]
    assert lines[0]["findings"] == 4
    assert lines[3]["decision"]["replacement"] == "теперь"
    assert lines[3]["candidates"][0]["evidence"][0]["detail"] == "о→е, о→е"
    assert lines[8]["findings"] == [lines[3]["id"], lines[4]["id"]]


def test_a_comparison_tells_what_was_decided_undone_found_and_lost() -> None:
    decided = report()
    undecided = replace(decided, documents=tuple(replace(one, decisions=()) for one in decided.documents))
    fewer = replace(undecided, documents=undecided.documents[:1])
    less = replace(undecided, documents=tuple(_without_first(one) for one in undecided.documents))

    def groups(old: Report, new: Report) -> dict[str, int]:
        one, other = (read_report(encode(Contents.of(made, title="t")), "r") for made in (old, new))
        return {group.name: len(group.changes) for group in compare(one, other).groups if group.changes}

    assert groups(decided, decided) == {}
    assert groups(undecided, decided) == {"decided": 1}
    assert groups(decided, undecided) == {"reopened": 1}
    assert groups(fewer, undecided) == {"new": 2}
    assert groups(undecided, fewer) == {"gone": 2}
    assert groups(undecided, less) == {"fixed": 2}


def _without_first(one: Reviewed) -> Reviewed:
    return replace(one, checked=replace(one.checked, findings=one.checked.findings[1:]))


def test_a_comparison_as_markdown() -> None:
    undecided = replace(hostile(), documents=tuple(replace(one, decisions=()) for one in hostile().documents))
    old, new = (read_report(encode(contents(made)), "r") for made in (undecided, hostile()))
    made = comparison_markdown(compare(old, new), title="<b>")
    assert made.startswith("# &lt;b&gt;\n")
    assert "| decided | 0 | 1 | +1 |" in made
    assert "| left to decide | 4 | 3 | \N{MINUS SIGN}1 |" in made
    assert "| open | accepted → теперь |" in made


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "r: is no report"),
        (b"not json\n", "r:1: is no line of a report"),
        (b'{"kind": "series"}\n{"kind": "other"}\n', "r:2: is no line of a report"),
        (b"\xff\n", "r:1: is no line of a report"),
    ],
)
def test_what_is_no_report_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_report(data, "r")


def test_a_report_of_a_later_version_is_refused() -> None:
    data = encode(contents(report())).replace(b'"v": 1', b'"v": 2')
    with pytest.raises(InputError, match="later version"):
        read_report(data, "r")
