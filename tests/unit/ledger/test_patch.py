"""Patches as files: what is in one, and what is refused."""

from __future__ import annotations

import json

import pytest

from sverka.errors import InputError
from sverka.ledger import anchor_at
from sverka.ledger.patch import Hunk, Patch, decode, encode, made
from sverka.model import Decision, ErrorClass, Rule, Span, Transcript, Verdict

TEXT = "Пусть она будет топорь вестись вместо с народом.\r\nВторая строка без ошибок.\r\n"
TRANSCRIPT = Transcript("transcripts/x.txt", TEXT)
HEADER = json.dumps({"sverka-patch": 1, "transcript": {"path": "x.txt", "sha256": "0" * 64}})
HUNK = {"exact": "топорь", "prefix": "будет ", "suffix": " ", "replacement": "теперь", "class": "ocr"}


def decision(word: str, said: str | None, *, at: int = 0, verdict: Verdict = Verdict.AMEND) -> Decision:
    start = TEXT.index(word)
    return Decision(
        anchor=anchor_at(TEXT, Span(start, start + len(word))),
        verdict=verdict,
        error_class=ErrorClass.OCR,
        replacement=said,
        rule=Rule.NONWORD,
        confidence=0.9,
        note="по снимку",
        event=f"{at:032x}",
        at=f"2026-01-02T03:04:{at:02}.000Z",
        by="Anna",
    )


def file(*hunks: object, header: str = HEADER) -> bytes:
    return "\n".join([header, *(hunk if isinstance(hunk, str) else json.dumps(hunk) for hunk in hunks)]).encode()


def test_a_patch_is_legible_lines() -> None:
    lines = encode(made(TRANSCRIPT, [decision("топорь", "теперь")])).decode().splitlines()
    assert (
        lines[0] == f'{{"sverka-patch":1,"transcript":{{"path":"transcripts/x.txt","sha256":"{TRANSCRIPT.sha256}"}}}}'
    )
    assert lines[1:] == [
        '{"exact":"топорь","prefix":"Пусть она будет ","suffix":" вестись вместо с народом.\\r\\nВтор",'
        '"replacement":"теперь","class":"ocr","verdict":"amend","rule":"nonword","confidence":0.9,'
        '"note":"по снимку","by":"Anna","at":"2026-01-02T03:04:00.000Z","event":"00000000000000000000000000000000"}'
    ]


def test_it_holds_what_changes_the_text_in_the_order_of_the_text() -> None:
    patch = made(
        TRANSCRIPT,
        [
            decision("вместо", "вместе", at=1),
            decision("топорь", "теперь", at=2),
            decision("Пусть", None, verdict=Verdict.REJECT),
            decision("строка", None, verdict=Verdict.DEFER),
            decision("народом", "народом"),
            decision(" без ошибок", ""),
        ],
    )
    assert [(hunk.exact, hunk.replacement) for hunk in patch.hunks] == [
        ("топорь", "теперь"),
        ("вместо", "вместе"),
        (" без ошибок", ""),
    ]


def test_the_context_grows_until_it_tells_the_place_from_others() -> None:
    text = "Секретно. Экземпляр единственный. Пусть она будет топорь вестись, говорит он.\n" * 2
    transcript = Transcript("x.txt", text)
    start = text.rindex("топорь")
    said = Decision(
        anchor_at(text, Span(start, start + 6)), Verdict.AMEND, ErrorClass.OCR, "теперь", Rule.NONWORD, confidence=0.9
    )
    (hunk,) = made(transcript, [said]).hunks
    assert text.count(hunk.prefix + hunk.exact + hunk.suffix) == 1
    # However often a text repeats itself, a patch does not hold all of it for each hunk.
    (hunk,) = made(Transcript("x.txt", "да, " * 9000), [_at("да, " * 9000, 20_000)]).hunks
    assert len(hunk.prefix) == len(hunk.suffix) == 512


def _at(text: str, start: int) -> Decision:
    anchor = anchor_at(text, Span(start, start + 2))
    return Decision(anchor, Verdict.AMEND, ErrorClass.OCR, "нет", Rule.EDITOR, confidence=1.0)


def test_a_place_that_is_lost_in_this_text_is_carried_as_it_was() -> None:
    (hunk,) = made(Transcript("y.txt", "Совсем другой текст."), [decision("топорь", "теперь")]).hunks
    assert (hunk.exact, hunk.prefix) == ("топорь", "Пусть она будет ")


def test_what_is_not_said_has_its_default() -> None:
    (hunk,) = decode(file(HUNK), "p").hunks
    assert hunk == Hunk("топорь", "будет ", " ", "теперь", ErrorClass.OCR)


@pytest.mark.parametrize(
    "awkward",
    [
        "<script>alert('x')</script>",
        '=HYPERLINK("http://example.org")',
        "\x1b[2J\x9b31m",
        "\N{RIGHT-TO-LEFT OVERRIDE}абв\u2028\x85\u200b",
        "половина \udcff буквы",
        "𝒜𓀀",
        "одна\r\nдругая\r\n",
        "",
    ],
)
def test_awkward_text_survives_on_one_printable_line(awkward: str) -> None:
    patch = Patch(awkward, "a" * 64, (Hunk(awkward, awkward, awkward, awkward, ErrorClass.SOURCE, note=awkward),))
    data = encode(patch)
    assert all(line.isprintable() for line in data.decode().split("\n"))
    assert len(data.decode().splitlines()) == 2
    assert decode(data, "p") == patch


def test_what_another_program_left_in_the_file_is_passed_over() -> None:
    later = HUNK | {"rule": "a rule of later", "colour": ["blue"]}
    data = b"\xef\xbb\xbf" + file("", later, "  ").replace(b"\n", b"\r\n") + b"\n"
    (hunk,) = decode(data, "p").hunks
    assert (hunk.replacement, hunk.rule) == ("теперь", Rule.EDITOR)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "p: is empty"),
        (b"\n\n", "p: is empty"),
        (file(header="diff --git a/x b/x"), "p:1: is not a JSON object"),
        (file(header="[1]"), "p:1: is not a JSON object"),
        (file(header='{"v":1,"kind":"open"}'), "p:1: is no patch"),
        (file(header='{"sverka-patch":true}'), "p:1: is no patch"),
        (file(header='{"sverka-patch":2}'), "p:1: is a patch of version 2"),
        (file(header='{"sverka-patch":1}'), "p:1: transcript is not an object"),
        (file(header=HEADER.replace("0", "Z")), "p:1: sha256 is not well formed"),
        (file(HUNK, "{"), "p:3: is not a JSON object"),
        (file("[" * 100_000), "p:2: is not a JSON object"),
        (file(HUNK, "", '{"exact":"а","exact":"б"}'), "p:4: names a field twice"),
        (file(HUNK).replace("топорь".encode("unicode_escape"), b"\xff"), "p:2: is not UTF-8"),
        (file({name: HUNK[name] for name in HUNK if name != "suffix"}), "p:2: suffix is missing"),
        (file(HUNK | {"exact": 5}), "p:2: exact is not text"),
        (file(HUNK | {"replacement": None}), "p:2: replacement is not text"),
        (file(HUNK | {"class": "OCR\x1b"}), "p:2: class is unknown: OCR␛"),
        (file(HUNK | {"verdict": "reject"}), "p:2: verdict is reject, which corrects nothing"),
        (file(HUNK | {"confidence": "0.9"}), "p:2: confidence is not a number from 0 to 1"),
        (file(HUNK | {"confidence": True}), "p:2: confidence is not a number from 0 to 1"),
        (file(json.dumps(HUNK | {"confidence": float("nan")})), "p:2: holds NaN"),
        (file(HUNK | {"at": "вчера"}), "p:2: at is not well formed: вчера"),
        (file(HUNK | {"note": ["а"]}), "p:2: note is not text"),
    ],
)
def test_a_malformed_line_is_named_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as raised:
        decode(data, "p")
    assert str(raised.value).startswith(said)
    assert raised.value.remedy
