"""Fixtures shared by all tests: the open gazetteer, and the folder `shared` beside the repository where it is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import Gazetteer, open_gazetteer

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"


@pytest.fixture(scope="session")
def world() -> Iterator[Gazetteer]:
    with open_gazetteer() as gazetteer:
        yield gazetteer


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the folder 'shared' with corpora and gold is not beside this checkout")
    return SHARED
