"""The checks find what they look for: each is asked about a page that is wrong on purpose."""

import pytest
from playwright.sync_api import Page

from tests.support.browser.accessibility import ask, violations
from tests.support.browser.conditions import CONDITIONS, viewed_in
from tests.support.browser.keyboard import focus_problems, order_problems, walk_by_tab
from tests.support.browser.semantics import semantic_errors

pytestmark = pytest.mark.audit
WRONG = {
    "tooWide": "<div style='width: 400px'>wide</div>",
    "cutOff": "<p style='height: 10px; overflow: hidden'>Two lines<br>of text</p>",
    "overlaps": "<p>One</p><p style='margin-top: -1.5em; position: relative'><b>Two</b></p>",
    "moving": "<a href='/' style='transition: color 1s'>Slow</a>",
    "smallTargets": "<button style='height: 20px'>Small</button>",
    "faintEdges": "<input style='border: 1px solid #ccc' aria-label='Faint'>",
    "reordered": "<ul style='display: flex; flex-direction: row-reverse'><li><a href='/'>First</a></li></ul>",
    "unspoken": "<button aria-label='Send'>Save</button>",
}
WRONG_SEMANTICS = {
    "title: ": "<title>Only words</title>",
    "headings: one of level 1": "<h2>Second</h2>",
    "headings: level 1 is followed": "<h1>First</h1><h3>Third</h3>",
    "landmarks: 0 of main": "<p>Nowhere</p>",
    "landmarks: outside": "<main></main><a href='/'>Outside</a>",
    "names: none for": "<main><button></button></main>",
    "names: “More” leads to": "<a href='http://a.test/'>More</a><a href='http://b.test/'>More</a>",
    "names: 2 buttons": "<button>Go</button><button>Go</button>",
    "groups: ": "<label><input type='radio'>Yes</label>",
    "errors: no field": "<p>Error: too long</p>",
    "errors: nothing tells": "<input aria-label='Name' aria-invalid='true'>",
    "links: ": "<a href='#nowhere'>Down</a>",
}


@pytest.mark.parametrize("check", WRONG)
def test_a_visual_problem_is_found(page: Page, check: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.set_content(WRONG[check])
    assert ask(page, check)
    page.set_content("<p>All is well.</p>")
    assert ask(page, check) == []


@pytest.mark.parametrize("problem", WRONG_SEMANTICS)
def test_a_semantic_problem_is_found(page: Page, problem: str) -> None:
    page.set_content(WRONG_SEMANTICS[problem])
    assert [found for found in semantic_errors(page) if found.startswith(problem)]


def test_axe_is_asked(page: Page) -> None:
    page.set_content("<p style='color: #999'>Faint</p>")
    assert [found for found in violations(page) if found.startswith("color-contrast")]


def test_a_focus_that_one_does_not_see_or_that_is_covered_is_found(page: Page) -> None:
    page.set_content(
        "<style>a:focus { outline: 0 } div { position: fixed; inset: 0; background: white }</style>"
        "<a href='/'>Hidden</a><div>Over all</div>"
    )
    page.keyboard.press("Tab")
    assert len(focus_problems(page, ask(page, "focused"))) == 2


def test_an_element_that_tab_skips_is_found(page: Page) -> None:
    page.set_content("<a href='/one'>One</a><button tabindex='-1'>Two</button><a href='/three'>Three</a>")
    stops, _ = walk_by_tab(page)
    assert order_problems(page, stops) == ['Tab does not reach <button tabindex="-1">Two</button>']


def test_a_page_is_really_looked_at_in_its_condition(page: Page) -> None:
    page.goto("/")
    with viewed_in(page, CONDITIONS["text spaced on a small phone"]):
        spaced = page.evaluate(
            "() => [innerWidth, getComputedStyle(document.querySelector('p')).letterSpacing]"
        )
    assert spaced[0] == 320
    assert spaced[1] != "normal"
    with viewed_in(page, CONDITIONS["forced colors on dark"]):
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
