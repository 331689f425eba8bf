import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.links.verdict import leads_home, link_status, says_not_found
from questions.model import Questionnaire

NOT_FOUND = [
    "Page not found",
    "404",
    "404 Not Found",
    "Error 404",
    "404 - File or directory not found.",
    "Example Center - 404",
    "Sorry, we can’t find that page",
    "The page you requested could not be found",
    "Oops! That page can’t be found.",
    "This page is no longer available",
    "The requested document does not exist",
    "This page isn’t available",
    "The resource you are looking for has been removed",
    "Not Found",
]
FOUND = [
    "",
    "Resources",
    "Lost and not found guilty: a report",
    "404 ways to help",
    "Room 4040",
    "What to do when a bed cannot be found for a client",
    "Children not found: what families need",
    "Services that are not available in rural areas",
    "Page 4 of 10",
]


@pytest.mark.parametrize("words", NOT_FOUND)
@pytest.mark.parametrize(
    "page",
    [
        "<title>{}</title>",
        "<html><head><title>\n Example </title></head><body><H1 class=x><span>{}</span></h1>",
        "<h1>{}</h1><h1>Welcome</h1>",
        "<title>{}",
    ],
)
def test_a_title_or_first_heading_can_say_that_there_is_no_page(words: str, page: str) -> None:
    assert says_not_found(page.format(words))


@pytest.mark.parametrize("words", FOUND)
def test_other_titles_do_not_say_so(words: str) -> None:
    assert not says_not_found(f"<title>{words}</title><h1>{words}</h1>")


def test_no_title_in_the_content_is_mistaken_for_a_missing_page(questionnaire: Questionnaire) -> None:
    things = (*questionnaire.resources, *questionnaire.supplements)
    texts = [text for thing in things for text in (thing.title, thing.publisher, thing.about)]
    texts += [source.citation for source in questionnaire.sources]
    assert [text for text in texts if says_not_found(f"<title>{text}</title>")] == []


def test_other_text_on_the_page_does_not_count() -> None:
    page = "<title>A list</title><h1>A list</h1><h1>404</h1><p>Page not found</p><h2>Not found</h2>"
    assert not says_not_found(page)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert says_not_found(text) in (True, False)


@pytest.mark.parametrize(
    ("url", "final", "home"),
    [
        ("https://a.example/deep/page", "https://a.example/", True),
        ("https://a.example/deep/page", "https://www.a.example", True),
        ("https://a.example/deep/page", "https://b.example/", True),
        ("https://a.example/?p=12", "https://a.example/", True),
        ("https://a.example/deep/page", "https://a.example/?p=12", False),
        ("https://a.example/deep/page", "https://a.example/other", False),
        ("http://a.example", "https://a.example/", False),
        ("http://a.example/index.html", "https://a.example/", False),
        ("http://a.example/Default.aspx", "https://a.example/", False),
        ("http://a.example/home", "https://a.example/", False),
    ],
)
def test_a_deep_address_that_leads_to_the_home_page_is_detected(url: str, final: str, home: bool) -> None:
    assert leads_home(url, final) is home


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ((200,), "works"),
        ((204,), "works"),
        ((301, 200), "moved"),
        ((308, 301, 200), "moved"),
        ((301, 302, 200), "redirected"),
        ((307, 200), "redirected"),
        ((301, 404), "gone"),
        ((410,), "gone"),
        ((400,), "refused"),
        ((451,), "refused"),
        ((999,), "refused"),
        ((503,), "server_error"),
        ((304,), "server_error"),
    ],
)
def test_the_last_code_and_the_redirects_decide_the_status(codes: tuple[int, ...], status: str) -> None:
    assert link_status("https://a.example/0", codes, "https://a.example/1", "") == status
