"""Usual mistakes: each message says what is wrong, and what to do."""

from __future__ import annotations

import pytest
from support.mistakes import MISTAKES, PAGE, Mistake, page, said


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_messages(mistake: Mistake) -> None:
    """What is wrong comes first, what helps after it."""
    message = said(mistake)
    assert mistake.wrong in message
    assert mistake.fix in message[message.index(mistake.wrong) :]


def test_the_page_is_up_to_date() -> None:
    """The documentation shows what is said; ``python test/support/mistakes.py --write`` renews it."""
    assert PAGE.read_text("utf-8") == page()
