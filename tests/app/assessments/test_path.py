"""Going through the pages: onward, back, off the path, and how far it is."""

import re

import pytest

from tests.support.client import Sitting


def test_everything_can_be_skipped(sitting: Sitting) -> None:
    address = sitting.page_of("pf-scope")
    visited = []
    while address != sitting.at("check"):
        visited.append(address)
        address = sitting.client.post(address)
    assert len(visited) == len(set(visited)) == len(sitting.client.questionnaire.pages)
    asked = len(sitting.client.questionnaire.questions)
    assert f"You have answered 0 of {asked} questions" in sitting.client.get(address).text
    assert "You have not answered a practice question yet" in sitting.finish("").text


def test_the_buttons_lead_on_back_to_the_check_page_and_to_a_break(sitting: Sitting) -> None:
    middle = "pf-services"
    assert sitting.save(middle) == sitting.page_of("pf-populations")
    assert sitting.save(middle, go="back") == sitting.page_of("pf-scope")
    assert sitting.save(middle, go="check") == sitting.at("check")
    assert sitting.save(middle, go="pause") == sitting.at("pause")
    assert sitting.save(middle, go="sideways") == sitting.page_of("pf-populations")


def test_every_button_saves(sitting: Sitting) -> None:
    for number, go in enumerate(("next", "back", "check", "pause")):
        value = ("whole", "one_program")[number % 2]
        sitting.save("pf-scope", {"pf-scope": value}, go=go)
        assert sitting.get("pf-scope").value("pf-scope") == value


def test_the_first_page_has_no_way_back_and_stays_when_it_is_asked_to_go(sitting: Sitting) -> None:
    buttons = [b.get("value") for b in sitting.get("pf-scope").all("button")]
    assert buttons == ["next", "pause", "check"]
    assert sitting.save("pf-scope", go="back") == sitting.page_of("pf-scope")


def test_a_change_from_the_check_page_returns_there(sitting: Sitting) -> None:
    check = sitting.client.get(sitting.at("check"))
    (change,) = [a.get("href") for a in check.all("a") if a.get("href", "").endswith("#pf-services")]
    assert change.startswith(sitting.page_of("pf-services") + "?from=check")
    assert sitting.save("pf-services", query="?from=check") == sitting.at("check")
    assert sitting.save("pf-services", query="?from=check", go="pause") == sitting.at("pause")


def test_coming_back_leads_to_the_first_page_with_something_left_to_answer(sitting: Sitting) -> None:
    assert sitting.client.redirect(sitting.at("")) == sitting.page_of("pf-scope")
    sitting.save("pf-scope", {"pf-scope": "whole", "pf-who": "team", "pf-who-roles": "leader"})
    assert sitting.client.redirect(sitting.at("")) == sitting.page_of("pf-services")


def test_a_page_off_the_path_says_so_and_is_left_out_of_the_way(sitting: Sitting) -> None:
    sitting.answer(pf_populations=["men"])
    page = sitting.get("start-06", 404)
    assert page.h1 == "This page is not in use right now"
    assert page.link("See all answers") == sitting.at("check")
    assert sitting.save("start-03") == sitting.page_of("harm-01")
    assert sitting.save("harm-01", go="back") == sitting.page_of("start-03")


def test_answers_off_the_path_are_kept_count_nowhere_and_come_back(sitting: Sitting) -> None:
    sitting.answer(pf_populations=["minors", "rhy"], pf_trafficking=["sex"])
    sitting.save("start-06", {"start-06": "not_yet", "start-06-note": "Spring", "start-08": "not_yet"})
    assert "start-06" in sitting.stored()["answers"]
    sitting.change(pf_populations=["men"])
    check = sitting.client.get(sitting.at("check"))
    (unused,) = check.all("section[@aria-labelledby='not-used']")
    assert "Saved but not used (2)" in check.text
    assert "Spring" in "".join(unused.itertext())
    assert not list(unused.iter("a"))
    assert "start-06" not in sitting.stored()["answers"]
    assert "start-06" not in sitting.stored().get("notes", {})
    sitting.change(pf_populations=["minors", "rhy"])
    page = sitting.get("start-06")
    assert (page.value("start-06"), page.value("start-06-note")) == ("not_yet", "Spring")
    assert "Saved but not used" not in sitting.client.get(sitting.at("check")).text


def test_a_page_sent_after_another_tab_took_it_off_the_path_is_kept(sitting: Sitting) -> None:
    sitting.answer(pf_populations=["men"])
    assert sitting.save("start-06", {"start-06": "mostly"}) == sitting.page_of("harm-01")
    assert "Saved but not used (1)" in sitting.client.get(sitting.at("check")).text


def test_the_check_page_has_the_unanswered_first_and_counts_right(sitting: Sitting) -> None:
    sitting.answer(pf_who="team", pf_size="s6_20", pf_services=["legal", "intake"])
    page = sitting.client.get(sitting.at("check"))
    assert re.search(r"You have answered 3 of \d+ questions", page.text)
    headings = [h.text for h in page.all("section[@aria-labelledby='part-profile']/h3")]
    assert headings == ["Not answered (8)", "Answered (3)"]
    assert [li.text for li in page.all("section[@aria-labelledby='part-profile']//li")] == [
        "Intake or screening",
        "Legal or immigration help",
    ]


def progress(sitting: Sitting, question: str) -> str:
    (line,) = sitting.get(question).by_class("progress-line")
    return " ".join("".join(line.itertext()).split())


def test_the_progress_line_counts_this_path_and_gives_an_honest_range(sitting: Sitting) -> None:
    asked = len(sitting.client.questionnaire.questions)
    assert re.fullmatch(
        rf"Part 1 of 7\. 0 of {asked} questions answered\. "
        rf"\d+ to {asked - 3} questions after this page; how many depends on your answers\. "
        r"About \d+ to \d+ minutes left\. This is our own estimate\.",
        progress(sitting, "pf-scope"),
    )
    sitting.answer(pf_scope="whole", pf_populations=["men"])
    assert "1 to" not in progress(sitting, "tr-how")
    assert "2 questions after this page." in progress(sitting, "tr-how")
    assert "This is the last page. About a minute left." in progress(sitting, "tr-barriers")
    sitting.answer(tr_barriers=["cost"], tr_outside="never")
    assert progress(sitting, "tr-barriers").endswith("This is the last page.")
    on_path = int(re.search(r"4 of (\d+) questions", progress(sitting, "pf-scope"))[1])
    assert on_path < asked


@pytest.mark.parametrize("populations", [["men"], ["minors", "rhy", "foreign_nationals", "families"], [""]])
def test_the_range_holds_whatever_is_answered(sitting: Sitting, populations: list[str]) -> None:
    found = re.search(r"(\d+) to (\d+) questions after", progress(sitting, "pf-services"))
    fewest, most = int(found[1]), int(found[2])
    sitting.answer(pf_populations=populations)
    address, seen = sitting.page_of("pf-services"), 0
    while (address := sitting.client.post(address)) != sitting.at("check"):
        seen += len(sitting.client.get(address).by_class("question"))
    assert fewest <= seen <= most


def test_a_new_part_is_greeted_and_the_steps_say_where_this_is(sitting: Sitting) -> None:
    assert "parts are complete" not in sitting.get("why-01").text
    for page in sitting.client.questionnaire.parts[0].pages:
        for question in page.questions:
            sitting.save(question.id, {question.id: question.options[0].value})
    page = sitting.get("why-01")
    assert "1 of 7 parts are complete" in page.text
    steps = ["".join(step.itertext()).split() for step in page.by_class("usa-step-indicator__segment")]
    assert [step[-1] for step in steps[:3:2]] == ["done", "complete"]
    assert "not" in steps[2]
    assert page.by_class("usa-step-indicator__segment--current")[0].get("aria-current") == "step"
    assert "parts are complete" not in sitting.get("why-04").text
