"""Every page in every state, as people with all kinds of eyes, hands and screens look at it."""

import pytest

from tests.support.browser.conditions import CONDITIONS, problems_in
from tests.support.browser.semantics import semantic_errors
from tests.support.browser.states import STATES, Visit

pytestmark = pytest.mark.audit


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_well_in_every_condition(visit: Visit, state: str) -> None:
    STATES[state](visit)
    found = [problem for name in CONDITIONS for problem in problems_in(visit.page, name)]
    assert found == []


@pytest.mark.parametrize("state", STATES)
def test_a_page_has_good_semantics_with_and_without_scripts(
    visit: Visit, visit_without_scripts: Visit, state: str
) -> None:
    for one in (visit, visit_without_scripts):
        STATES[state](one)
        assert semantic_errors(one.page) == []
