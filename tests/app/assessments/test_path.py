"""Going through the pages: onward, back, off the path, and how far it is."""

import re

from questions.model import Part
from tests.support.client import Assessment
from tests.support.page import Page


def test_everything_can_be_skipped(assessment: Assessment) -> None:
    address = assessment.page_of("pf-scope")
    visited = []
    while address != assessment.at("check"):
        visited.append(address)
        address = assessment.client.post(address)
    assert len(visited) == len(set(visited)) == len(assessment.client.questionnaire.pages)
    asked = len(assessment.client.questionnaire.questions)
    assert f"0 of {asked} questions answered" in assessment.client.get(address).text
    assert "You have not answered a practice question yet" in assessment.finish("").text


def test_the_buttons_lead_on_back_to_the_check_page_and_to_a_break(assessment: Assessment) -> None:
    middle = "pf-services"
    assert assessment.save(middle) == assessment.page_of("pf-populations")
    assert assessment.save(middle, go="back") == assessment.page_of("pf-scope")
    assert assessment.save(middle, go="check") == assessment.at("check")
    assert assessment.save(middle, go="pause") == assessment.at("pause")
    assert assessment.save(middle, go="sideways") == assessment.page_of("pf-populations")


def test_every_button_saves(assessment: Assessment) -> None:
    for number, go in enumerate(("next", "back", "check", "pause")):
        value = ("whole", "one_program")[number % 2]
        assessment.save("pf-scope", {"pf-scope": value}, go=go)
        assert assessment.get("pf-scope").value("pf-scope") == value


def test_the_first_page_has_no_way_back_and_stays_when_it_is_asked_to_go(assessment: Assessment) -> None:
    buttons = [b.get("value") for b in assessment.get("pf-scope").all("button")]
    assert buttons == ["next", "pause", "check"]
    assert assessment.save("pf-scope", go="back") == assessment.page_of("pf-scope")


def test_a_change_from_the_check_page_returns_there(assessment: Assessment) -> None:
    check = assessment.client.get(assessment.at("check"))
    (change,) = {a.get("href") for a in check.all("a") if a.get("href", "").endswith("#pf-services")}
    assert change.startswith(assessment.page_of("pf-services") + "?from=check")
    assert assessment.save("pf-services", query="?from=check") == assessment.at("check")
    assert assessment.save("pf-services", query="?from=check", go="pause") == assessment.at("pause")


def test_coming_back_leads_to_the_first_page_with_something_left_to_answer(assessment: Assessment) -> None:
    assert assessment.client.redirect(assessment.at("")) == assessment.page_of("pf-scope")
    assessment.save("pf-scope", {"pf-scope": "whole", "pf-who": "team", "pf-who-roles": "leader"})
    assert assessment.client.redirect(assessment.at("")) == assessment.page_of("pf-services")


def test_a_page_off_the_path_says_so_and_is_left_out_of_the_way(assessment: Assessment) -> None:
    assessment.answer(pf_populations=["men"])
    page = assessment.get("start-06", 404)
    assert page.h1 == "This page is not in use right now"
    assert page.link("See all answers") == assessment.at("check")
    assert assessment.save("start-03") == assessment.page_of("harm-01")
    assert assessment.save("harm-01", go="back") == assessment.page_of("start-03")


def test_answers_off_the_path_are_stored_count_nowhere_and_return(assessment: Assessment) -> None:
    assessment.answer(pf_populations=["minors", "rhy"], pf_trafficking=["sex"])
    assessment.save("start-06", {"start-06": "not_yet", "start-06-note": "Spring", "start-08": "not_yet"})
    assert "start-06" in assessment.stored()["answers"]
    assessment.change(pf_populations=["men"])
    check = assessment.client.get(assessment.at("check"))
    (unused,) = check.all("section[@aria-labelledby='not-used']")
    assert "Saved but not used (2)" in check.text
    assert "Spring" in "".join(unused.itertext())
    assert not list(unused.iter("a"))
    assert "start-06" not in assessment.stored()["answers"]
    assert "start-06" not in assessment.stored().get("notes", {})
    assessment.change(pf_populations=["minors", "rhy"])
    page = assessment.get("start-06")
    assert (page.value("start-06"), page.value("start-06-note")) == ("not_yet", "Spring")
    assert "Saved but not used" not in assessment.client.get(assessment.at("check")).text


def test_a_page_sent_after_another_tab_hid_it_is_saved(assessment: Assessment) -> None:
    assessment.answer(pf_populations=["men"])
    assert assessment.save("start-06", {"start-06": "mostly"}) == assessment.page_of("harm-01")
    assert "Saved but not used (1)" in assessment.client.get(assessment.at("check")).text


def review_lists(page: Page) -> dict[str, list[str]]:
    """Return what the page lists for a look, by the title of the list."""
    found = {}
    for box in page.by_class("review-list"):
        title = " ".join("".join(box.find("summary").itertext()).split()[:-1])
        found[title] = [link.text for link in box.iter("a")]
    return found


def test_the_check_page_starts_with_what_needs_a_look_and_counts_each_part(assessment: Assessment) -> None:
    questions = assessment.client.questionnaire.questions
    assessment.answer(pf_who="team", pf_size="s6_20", pf_services=["legal", "intake"])
    assessment.save("why-01", {"why-01": "not_sure", "why-02": "started"})
    for address in ("check", "finish"):
        page = assessment.client.get(assessment.at(address))
        found = review_lists(page)
        assert found["Not sure"] == [questions["why-01"].text]
        assert questions["why-03"].text in found["Not answered"]
        assert questions["why-02"].text not in found["Not answered"]
    page = assessment.client.get(assessment.at("check"))
    parts = ["".join(part.itertext()) for part in page.by_class("check-part__count")]
    assert parts[0].startswith("3 of ")
    assert [li.text for li in page.all("details[@id='part-profile']//li")] == [
        "Intake or screening",
        "Legal or immigration help",
    ]


def progress(assessment: Assessment, question: str) -> str:
    (line,) = assessment.get(question).by_class("progress-line")
    return " ".join("".join(line.itertext()).split())


def test_the_progress_line_says_which_part_this_is_and_how_long_the_rest_takes(
    assessment: Assessment,
) -> None:
    assert re.fullmatch(r"Part 1 of 7, about \d+ minutes left", progress(assessment, "pf-scope"))
    assert progress(assessment, "tr-barriers") == "Part 7 of 7, about 1 minute left"
    assessment.answer(tr_barriers=["cost"], tr_outside="never")
    assert progress(assessment, "tr-barriers") == "Part 7 of 7"


def answer_part(assessment: Assessment, part: Part) -> None:
    """Choose the first option everywhere in this part."""
    questionnaire = assessment.client.questionnaire
    for page in part.pages:
        fields = [f for q in page.questions for f in questionnaire.fields[q.id] if f.holds == "answer"]
        answers = {field.name: field.options[0].value for field in fields}
        assessment.save(page.questions[0].id, answers)


def test_that_a_part_is_done_is_said_once_with_the_way_to_a_return_code(assessment: Assessment) -> None:
    answer_part(assessment, assessment.client.questionnaire.parts[0])
    page = assessment.get("why-01")
    assert "1 of 7 parts" in page.text
    assert "Get my return link" in page.text
    for question in ("why-01", "pf-scope"):
        assert "1 of 7 parts" not in assessment.get(question).text
    assessment.change(pf_scope="one_program")
    assert "1 of 7 parts" not in assessment.get("why-01").text


def test_after_the_last_answer_the_check_page_says_that_all_is_answered(assessment: Assessment) -> None:
    for part in assessment.client.questionnaire.parts:
        answer_part(assessment, part)
    page = assessment.client.get(assessment.at("check"))
    assert "You answered every question." in page.text
    assert "You answered every question." not in assessment.client.get(assessment.at("check")).text


def test_steps_that_were_visited_are_links(assessment: Assessment) -> None:
    answer_part(assessment, assessment.client.questionnaire.parts[0])
    steps = assessment.get("start-01").by_class("step")
    links = [[link.get("href") for link in step.iter("a")] for step in steps]
    assert links[0] == [assessment.page_of("pf-scope")]
    assert [len(found) for found in links] == [1, 1, 1, 0, 0, 0, 0]
    assert [step.get("aria-current") for step in steps].index("step") == 2
    assert "done" in "".join(steps[0].itertext())
