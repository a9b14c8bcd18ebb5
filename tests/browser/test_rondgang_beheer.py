"""The walk of those who decide, count and administer: see ``tests/browser/rondgang.py``."""

import pytest

from tests.browser.rondgang import GROEPEN, loop_rond


@pytest.mark.django_db(transaction=True)
def test_every_page_that_these_roles_can_click_to(browser, live_server) -> None:
    problems = loop_rond(browser, live_server.url, GROEPEN["beheer"])
    assert problems == [], "\n".join(problems)
