"""Makes the knowledge that ships with the program: ``python -m sverka.language.build STEP``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from sverka.errors import SverkaError
from sverka.language.build.steps import STEPS, Sources
from sverka.language.store import DATA

_STEPS = """\
steps:
  names      the inflected forms of the names of names.tsv
  lexicon    the words, from the dictionary of pymorphy3 and --corpora
  ngrams     the language model of words, from --corpora (needs the lexicon)
  agreement  how word forms agree, from --corpora (needs the lexicon)
  chars      the language model of letters, from --corpora (needs the lexicon)
  errors     how letters are misread, from --bench
  capitals   how often words have capitals, from --corpora (needs the lexicon)
  all        these seven, one after the other

All of it takes about fifteen minutes and 8 GB of memory.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the build program; returns its exit code (0 done, 2 wrong usage or sources)."""
    options = _parser().parse_args(arguments)
    sources = Sources(options.corpora, options.bench)
    names = tuple(STEPS) if options.step == "all" else (options.step,)
    for name in names:
        print(f"== {name} → {options.output}", flush=True)
        start = time.monotonic()
        try:
            STEPS[name](sources, options.output)
        except SverkaError as error:
            print(error, file=sys.stderr)
            return 2
        print(f"done in {time.monotonic() - start:.0f} s", flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sverka.language.build",
        description="Makes the knowledge that ships with the program, one step at a time.",
        epilog=_STEPS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", metavar="STEP", choices=(*STEPS, "all"), help="what to make, see below")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="folder of NAME.txt.xz, a sentence a line")
    parser.add_argument("--bench", type=Path, metavar="DIR", help="folder of NNN.ocr.txt, NNN.truth.txt and gold.tsv")
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", default=DATA, help="where to (the package's data)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
