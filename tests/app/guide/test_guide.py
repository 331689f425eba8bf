"""The guide pages: the sections, finding a resource, and the way into a self-check."""

import html
import itertools
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.content import Current, serve_content
from app.guide.search import GuideQuery, search
from questions.guide import GuideSection
from reports.documents.link_notes import Links
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.page import Page, text_of
from tests.support.sample import SAMPLE_FOLDER, sample_files, sample_questionnaire

QUESTIONNAIRE = sample_questionnaire()
SECTIONS = QUESTIONNAIRE.guide.sections


def name_of(section: GuideSection) -> str:
    """Return the name that a section has on every page: that of its part."""
    return QUESTIONNAIRE.part[section.part].short_title


UNKNOWN_CHOICE = "names a choice that we do not have"
HINDERED = {"q": "interview", "audience": ["rhy", "women"], "format": "webinar", "section": "harm"}


def address(**asked: str | list[str]) -> str:
    return f"/guide?{urlencode(asked, doseq=True)}"


def look_for(client: Client, **asked: str | list[str]) -> Page:
    return client.get(address(**asked))


def titles(page: Page) -> list[str]:
    return [text_of(article.find("h3")) for article in page.by_class("resource")]


def resources_of(section: int) -> list[str]:
    return [resource.id for resource in QUESTIONNAIRE.resources if resource.section == section]


# The pages ------------------------------------------------------------------------------------


def test_the_guide_starts_with_each_section_and_an_open_on_what_opens(client: Client) -> None:
    page = client.get("/guide")
    links = Links(client.questionnaire)
    for section in SECTIONS:
        assert page.link(f"{section.number}. {name_of(section)}") == f"/guide/{section.part}"
        assert section.asks in page.text
    opens = {text_of(a): a.get("href") for a in page.by_class("open-list__open")}
    for resource in QUESTIONNAIRE.resources:
        (about,) = [a for a in page.all("a") if a.get("href", "").endswith(f"#resource-{resource.id}")]
        assert text_of(about).startswith(resource.title)
        if links.leads(resource):
            assert opens[f"Open ({resource.title})"] == resource.link.url
        elif resource.substitute:
            assert opens[f"Open ({resource.substitute.label})"] == resource.substitute.url
    assert titles(page) == []
    assert client.get("/guide/").text == page.text


def test_the_sources_are_on_a_page_of_their_own(client: Client) -> None:
    page = client.get(client.get("/guide").link("Where our facts come from"))
    for source in client.questionnaire.sources:
        assert source.statement in page.text


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.part)
def test_a_section_page_shows_all_details_of_its_resources(client: Client, section) -> None:
    page = client.get(f"/guide/{section.part}")
    assert page.h1 == name_of(section)
    assert section.asks in page.text
    articles = {article.get("id"): text_of(article) for article in page.by_class("resource")}
    assert list(articles) == [f"resource-{id_}" for id_ in resources_of(section.number)]
    for id_ in resources_of(section.number):
        resource, text = QUESTIONNAIRE.resource[id_], articles[f"resource-{id_}"]
        facts = [resource.title, resource.publisher, resource.about, resource.caution, resource.caveat]
        facts += [QUESTIONNAIRE.rules.formats[resource.format], resource.audience, str(resource.year or "")]
        facts += [resource.substitute.label if resource.substitute else ""]
        assert [fact for fact in facts if " ".join(fact.split()) not in text] == []
        assert (resource.link.url in page.source) if resource.link else (resource.search_words in text)
    assert client.get(f"/guide/{section.part}/").text == page.text


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.part)
def test_a_section_page_names_its_practices_and_only_the_publishers_of_its_resources(
    client: Client, section
) -> None:
    page = client.get(f"/guide/{section.part}")
    practices = [q for q in QUESTIONNAIRE.questions.values() if q.id in _practices_of(section.part)]
    listed = page.one("section[@aria-labelledby='practices']")
    assert [text_of(li) for li in listed.iter("li")] == [practice.short for practice in practices]
    named = {o for id_ in resources_of(section.number) for o in QUESTIONNAIRE.resource[id_].organisation_ids}
    publishers = page.one("section[@aria-labelledby='publishers']")
    assert [text_of(dt) for dt in publishers.iter("dt")] == [
        o.guide_name for o in QUESTIONNAIRE.guide.organisations if o.id in named
    ]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.part)
def test_supplements_are_last_under_their_own_heading(client: Client, section) -> None:
    page = client.get(f"/guide/{section.part}")
    used = {id_ for id_ in _practices_of(section.part) for id_ in QUESTIONNAIRE.questions[id_].supplement_ids}
    texts = {text_of(part.find("h2")): text_of(part) for part in page.all("main//section")}
    outside = texts.pop("Not in the guide") if used else ""
    for supplement in QUESTIONNAIRE.supplements:
        assert (supplement.title in outside) is (supplement.id in used)
        assert not [heading for heading, text in texts.items() if supplement.about in text]
    assert not used or text_of(page.all("main//section")[-1]) == outside


def test_the_sections_lead_to_one_another(client: Client) -> None:
    seen, page = [], client.get("/guide/why")
    for section, after in itertools.pairwise(SECTIONS):
        seen.append(page.h1)
        page = client.get(page.link(f"Next: {after.number}. {name_of(after)}"))
        assert page.link(f"Previous: {section.number}. {name_of(section)}") == f"/guide/{section.part}"
    assert [*seen, page.h1] == [name_of(section) for section in SECTIONS]


@pytest.mark.parametrize("part", ["nothing", "profile", "training", "1", "WHY", "why%00", "%2e%2e"])
def test_a_section_that_is_not_there_is_not_found(client: Client, part: str) -> None:
    client.get(f"/guide/{part}", 404)


# Finding a resource ---------------------------------------------------------------------------


def test_a_search_gives_the_number_of_results_in_heading_and_title(client: Client) -> None:
    page = look_for(client, q="interview")
    assert titles(page) == [r.title for r in search(QUESTIONNAIRE, GuideQuery(text="interview"))]
    assert page.title.startswith("2 of 20 resources: the guide | ")
    assert text_of(page.one("h2[@id='results']")) == "2 of 20 resources"


def test_a_result_leads_to_its_place_on_the_page_of_its_section(client: Client) -> None:
    page = look_for(client, q="")
    assert len(titles(page)) == len(QUESTIONNAIRE.resources)
    for resource in QUESTIONNAIRE.resources:
        part = SECTIONS[resource.section - 1].part
        link = page.one(f"h3[@id='found-{resource.id}']/a").get("href")
        assert link == f"/guide/{part}#resource-{resource.id}"


def test_the_form_keeps_what_was_chosen(client: Client) -> None:
    page = look_for(client, **HINDERED)
    assert page.value("q") == "interview"
    assert page.value("audience") == ["women", "rhy"]
    assert page.value("format") == ["webinar"]
    assert page.value("section") == ["harm"]
    assert "Made for: Women; Runaway or homeless youth" in page.text
    assert page.one("form[@class='find']").get("method") == "get"
    again = {name: value for name in page.names if (value := page.value(name))}
    assert look_for(client, **again).text == page.text


def test_a_filter_finds_what_is_made_for_these_people_in_this_form(client: Client) -> None:
    page = look_for(client, audience="rhy", format=["guide", "tip_sheet"])
    assert titles(page) == [
        QUESTIONNAIRE.resource[id_].title
        for id_ in ("fysb-rhy-tip-sheet", "fysb-rhy-shift-guide", "nctsn-12-core-concepts-trafficked-youth")
    ]
    assert len(titles(look_for(client, audience="any_agency"))) == 12
    assert len(titles(look_for(client, section="signs"))) == 2


def test_an_empty_result_says_what_to_do_and_each_way_keeps_its_word(client: Client) -> None:
    page = look_for(client, **HINDERED)
    assert titles(page) == []
    assert "No resource matches everything you chose." in page.text
    assert page.link("See all 20 resources") == "/guide?q=#results"
    *ways, everything = page.by_class("found__without")[0].iter("a")
    assert text_of(everything) == "See all 20 resources"
    assert len(ways) == 5
    for way in ways:
        other = client.get(way.get("href"))
        assert text_of(way).endswith(f"({len(titles(other))} found)")
        assert text_of(way) not in [text_of(a) for a in other.all("a")]


@pytest.mark.parametrize(
    "asked",
    [
        {"audience": "men"},
        {"format": ["guide", "film"]},
        {"section": "profile"},
        {"audience": "\x00\u202e<b>"},
    ],
)
def test_an_unknown_choice_is_left_out_with_a_message(client: Client, asked: dict[str, str]) -> None:
    page = look_for(client, **asked)
    assert UNKNOWN_CHOICE in page.text
    assert len(titles(page)) == (4 if "format" in asked else 20)
    assert UNKNOWN_CHOICE not in look_for(client, audience="", section="why").text


def test_a_long_search_is_cut_at_a_word_with_a_message(client: Client) -> None:
    page = look_for(client, q="interview " * 30 + "nonsense")
    assert "We looked for its first 200 characters only." in page.text
    assert page.value("q") == " ".join(["interview"] * 20)
    assert len(titles(page)) == 2
    assert look_for(client, q="x" * 5000).value("q") == "x" * 200
    fits = "a" * 100 + " " + "b" * 99
    page = look_for(client, q=fits)
    assert page.value("q") == fits
    assert "long" not in text_of(page.one("section[@aria-labelledby='results']"))


@pytest.mark.parametrize("text", ["the", "?!", "\x00", "how to"])
def test_a_search_without_a_word_that_counts_says_so(client: Client, text: str) -> None:
    page = look_for(client, q=text)
    assert len(titles(page)) == 20
    assert ("no word that we can look for" in page.text) is (text != "\x00")


@pytest.mark.parametrize(
    "text", ['"><script>alert(1)</script>', "{{ 7*7 }}", "%s %n", "\u202eé 👩\u200d👧", "'"]
)
def test_what_was_typed_is_shown_as_text(client: Client, text: str) -> None:
    page = look_for(client, q=text)
    assert page.value("q") == text.replace("\u202e", "")
    assert "<script>" not in page.source
    assert html.escape("alert(1)</script>") in page.source or "script" not in text


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=a&q=b", "q", "&&", "audience", "q[]=x", "q=%00%0d%0aSet-Cookie:x"]
)
def test_an_odd_address_is_answered_all_the_same(client: Client, query: str) -> None:
    client.get(f"/guide?{query}")


# The way into a self-check --------------------------------------------------------------------


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.part)
@pytest.mark.parametrize("page_of", ["/guide", "/guide/{part}"])
def test_a_section_leads_to_its_questions_in_a_new_self_check(client: Client, section, page_of: str) -> None:
    page = client.get(page_of.format(part=section.part))
    assert "That starts a new self-check." in page.text
    buttons = {text_of(form.find("button")): form.get("action") for form in page.all("form[@method='post']")}
    begun = client.post(buttons[f"Answer the questions of this part ({name_of(section)})"], {"device": "own"})
    part, first = next(place for place in QUESTIONNAIRE.pages if place[0].id == section.part)
    assert begun.endswith(f"/{part.id}/{first.id}")
    assert client.get(begun).h1 == first.title


@pytest.mark.parametrize("query", ["", "?part=", "?part=nothing", "?part=profile"])
def test_without_a_part_a_new_self_check_begins_at_its_first_page(client: Client, query: str) -> None:
    assert client.post(f"/assessments/{query}", {"device": "own"}).endswith("/profile/about")


def test_a_section_leads_into_the_self_check_that_is_open(client: Client, other: Client) -> None:
    Assessment.begin(client)
    assessment = Assessment.begin(client)
    assessment.answer(pf_populations=["men"], pf_trafficking=["sex"], pf_partners=["none"])
    page = client.get("/guide")
    assert "You have a self-check open on this device" in page.text
    assert page.all("form[@method='post']") == []
    for section in SECTIONS:
        words = f"Continue your self-check ({name_of(section)})"
        link = page.link(words)
        assert link.startswith(assessment.at(f"{section.part}/"))
        assert client.get(link)
        assert client.get(f"/guide/{section.part}").link(words) == link
    assert "You have a self-check open" not in other.get("/guide").text


def test_an_open_self_check_without_this_part_continues_where_it_was(
    make_app: MakeApp, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for name, text in sample_files().items():
        words = text.replace("id: signs\n", "id: signals\n").replace("part: signs\n", "part: signals\n")
        content = words.replace("harm, signs, capacity", "harm, signals, capacity")
        (old / name.replace("signs", "signals")).write_bytes(content.encode())
    app = make_app(old)
    client = Client(app)
    assessment = Assessment.begin(client)
    serve_content(app, Current(SAMPLE_FOLDER))
    page = client.get("/guide/signs")
    assert page.link(
        f"Continue your self-check ({QUESTIONNAIRE.part['signs'].short_title})"
    ) == assessment.at("")
    assert (
        client.get("/guide/harm")
        .link(f"Continue your self-check ({QUESTIONNAIRE.part['harm'].short_title})")
        .startswith(assessment.at("harm/"))
    )


def test_after_finishing_the_guide_leads_to_another_self_check(assessment: Assessment) -> None:
    assessment.finish()
    page = assessment.client.get("/guide/harm")
    assert "You finished a self-check on" in page.text
    assert page.link("Take that one again") == assessment.at("retake")
    assert assessment.client.get(assessment.at("retake"))
    assert begins_of(page) == ["/assessments/?part=harm"] * 2
    Assessment.begin(assessment.client)
    assert "You finished a self-check on" not in assessment.client.get("/guide/harm").text


def test_a_plan_leads_to_the_section_of_its_resources(assessment: Assessment) -> None:
    assessment.save("harm-01", {"harm-01": "not_yet"})
    assessment.finish()
    page = assessment.client.get(assessment.at("plan/resources"))
    part = assessment.client.questionnaire.part["harm"].short_title
    assert page.link(f"Everything the guide says about this ({part})") == "/guide/harm"


def begins_of(page: Page) -> list[str]:
    """Return where the forms that begin a self-check go."""
    actions = [form.get("action", "") for form in page.all("form[@method='post']")]
    return [action for action in actions if action.startswith("/assessments/")]


def _practices_of(part: str) -> list[str]:
    (found,) = (p for p in QUESTIONNAIRE.parts if p.id == part)
    return [question.id for page in found.pages for question in page.questions]
