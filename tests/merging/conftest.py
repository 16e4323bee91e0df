"""The letter and its catalogues under git, as the files of translators come back to them."""

import pytest

from tests.conftest import Copy
from tests.git import commit, start_repository


@pytest.fixture
def repository(copy: Copy) -> Copy:
    """The letter and its catalogues under git, with one version committed."""
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    return copy
