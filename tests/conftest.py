"""Where test data lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser import Reader, reader

# The first example of a test may have to wait until its loop is compiled.
settings.register_profile("sverka", deadline=None)
settings.load_profile("sverka")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LETTER = ROOT / "transcripts" / "1950-10-08-feng-xi-to-kim-il-sung.txt"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the material beside a developer's checkout where there is none."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason=f"needs the corpora and benchmarks in {SHARED.name}/ beside the checkout")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep nothing in the cache folder of whoever runs them, and find nothing there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def letter() -> Path:
    return LETTER


@pytest.fixture(scope="module")
def browser() -> Iterator[Reader]:
    """A headless browser for the tests of one file: its loop must be gone before those of another use theirs."""
    with reader() as opened:
        yield opened


@pytest.fixture
def bilingual() -> Path:
    """Constructed letters with their translation, as read and (``*.truth.txt``) as they should read."""
    return ROOT / "tests" / "data" / "bilingual"
