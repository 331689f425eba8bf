"""The plan as one HTML text: what stands in it, and what may not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from jinja2 import meta

from questions.kinds.many import ManyQuestion
from questions.kinds.single import SingleQuestion
from questions.model import Questionnaire
from reports.documents.html.document import TEMPLATES, document, environment, web_address
from reports.documents.html.parts import PlanPart
from reports.documents.summary import nothing_planned
from reports.plan.model import ActionPlan
from tests.support.plans import printed, without_team_work

PlanOf = Callable[..., ActionPlan]
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def profile(questionnaire: Questionnaire) -> Mapping[str, object]:
    """Every profile question answered: each option that may stand beside others, else the last."""
    answers: dict[str, object] = {}
    for question in questionnaire.questions.values():
        if isinstance(question, ManyQuestion):
            answers[question.id] = tuple(o.value for o in question.options if not o.exclusive)
        if isinstance(question, SingleQuestion):
            answers[question.id] = question.options[-1].value
    return answers


@pytest.fixture(scope="module")
def full(plan_of: PlanOf, profile: Mapping[str, object]) -> ActionPlan:
    return plan_of(profile, every="not_yet", agency="Harbor House")


def parsed(html: str) -> html5lib.treebuilders.base.Node:
    """Return the document, parsed strictly: a problem in the HTML is a failure."""
    return html5lib.HTMLParser(strict=True).parse(html)


def test_it_is_valid_html_and_the_same_each_time(full: ActionPlan) -> None:
    parsed(printed(full))
    assert printed(full) == printed(full)


def test_an_answer_that_the_profile_hides_is_named_as_not_counted(
    plan_of: PlanOf, questionnaire: Questionnaire
) -> None:
    hidden = questionnaire.practice["why-06"].short
    answers = {"why-01": "started", "why-06": "started"}
    assert "Saved but not used" not in printed(plan_of({"pf-populations": ["rhy"], **answers}))
    html = printed(plan_of({"pf-populations": ["men"], **answers}))
    assert hidden in html.partition("Saved but not used")[2]


def test_without_a_gap_reasons_and_notes_are_printed_all_the_same(plan_of: PlanOf) -> None:
    answers = {"why-01": "not_applicable", "why-02": "not_sure"}
    reasons, notes = {"why-01": "No such staff."}, {"why-02": "Ask the board."}
    plan = plan_of(answers, every="part_of_work", reasons=reasons, notes=notes)
    assert plan.protect
    html = printed(plan)
    assert "No such staff." in html
    assert "Ask the board." in html
    assert "Your answers" not in printed(plan_of(every="part_of_work"))


def test_no_heading_is_skipped_and_there_is_one_title(full: ActionPlan) -> None:
    root = parsed(printed(full))
    levels = [int(e.tag[-1]) for e in root.iter() if re.fullmatch(f"{HTML}h[1-6]", str(e.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_link_inside_has_a_target_and_every_other_is_a_web_address(full: ActionPlan) -> None:
    root = parsed(printed(full))
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    links = [e.get("href", "") for e in root.iter(f"{HTML}a")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith(("#", "http://", "https://", "mailto:")) for link in links)


def test_each_action_has_all_its_texts_in_one_article(full: ActionPlan) -> None:
    root = parsed(printed(full))
    blocks = [" ".join("".join(e.itertext()).split()) for e in root.iter(f"{HTML}article")]
    assert len(blocks) == len(full.planned) > 1
    for action, block in zip(full.planned, blocks, strict=True):
        question = action.question
        said = [question.text, question.first_step, question.measure, question.owner_hint, action.because]
        said += [opening.title for opening in action.help.openings]
        said += [chosen.resource.title for chosen in action.help.not_online]
        assert all(text in block for text in said)


def test_every_part_of_the_plan_is_there(full: ActionPlan) -> None:
    text = " ".join("".join(parsed(printed(full)).itertext()).split())
    expected = [action.question.short for action in full.actions]
    expected += [item.resource.title for item in full.not_recommended]
    expected += [need.label for need in full.training]
    expected += [summary.part.short_title for summary in full.sections]
    expected += [practice.short for practice in full.questionnaire.practices]
    expected += [full.cut_line, full.questionnaire.texts.plan.not_validated, full.questionnaire.version]
    expected += list(full.questionnaire.texts.plan.how_made)
    assert [part for part in expected if part not in text] == []


def test_each_resource_of_the_plan_has_one_entry_and_says_what_it_is_for(full: ActionPlan) -> None:
    root = parsed(printed(full))
    entries = {e.get("id"): " ".join("".join(e.itertext()).split()) for e in root.iter(f"{HTML}p")}
    helps = [(f"action {action.position}", action.help) for action in full.planned]
    helps += [("training", need.help) for need in full.training]
    for use, help_ in helps:
        for chosen in help_.resources:
            assert use in entries[chosen.resource.id].rpartition("For: ")[2]
            assert chosen.resource.title in entries[chosen.resource.id]
            assert chosen.resource.caution in entries[chosen.resource.id]


def test_a_source_is_listed_only_if_a_mark_leads_to_it(full: ActionPlan) -> None:
    root = parsed(printed(full))
    marks = {e.get("href", "")[1:] for e in root.iter(f"{HTML}a") if "#source-" in e.get("href", "")}
    sources = {e.get("id") for e in root.iter(f"{HTML}p") if (e.get("id") or "").startswith("source-")}
    assert marks == sources != set()


def test_an_empty_assessment_says_so_on_one_page(plan_of: PlanOf) -> None:
    plan = plan_of()
    root = parsed(printed(plan))
    text = " ".join("".join(root.itertext()).split())
    assert plan.questionnaire.texts.plan.nothing_answered in text
    assert "Your agency" in text
    assert [e.text for e in root.iter(f"{HTML}h2")] == ["Summary"]


def test_what_is_not_known_is_neither_called_free_of_gaps_nor_not_in_place(plan_of: PlanOf) -> None:
    plan = plan_of({"why-01": "not_sure"})
    text = " ".join("".join(parsed(printed(plan)).itertext()).split())
    assert nothing_planned(without_team_work(plan)) in text
    assert plan.questionnaire.texts.plan.actions_none not in text
    assert plan.questionnaire.texts.plan.strengths_none not in text


@pytest.mark.parametrize("part", ["summary", "actions", "appendix"])
def test_each_part_stands_alone(full: ActionPlan, part: PlanPart) -> None:
    whole = parsed(document(without_team_work(full)))
    alone = parsed(document(without_team_work(full), part=part))
    titles = [e.get("id") for e in alone.iter(f"{HTML}h2")]
    assert titles == [part]
    assert titles[0] in [e.get("id") for e in whole.iter(f"{HTML}h2")]
    ids = {e.get("id") for e in alone.iter() if e.get("id")}
    assert {e.get("href")[1:] for e in alone.iter(f"{HTML}a") if e.get("href").startswith("#")} <= ids
    assert "Harbor House" in "".join(alone.itertext())


def test_what_was_typed_is_text_and_fit_for_the_fonts(plan_of: PlanOf) -> None:
    note = '<script>alert(1)</script> <img src="file:///etc/passwd"> \U0001f600'
    html = printed(plan_of({"why-01": "not_yet"}, agency="<b>Us & Co</b>", notes={"why-01": note}))
    parsed(html)
    assert "<script" not in html
    assert "<img" not in html
    assert "\U0001f600" in html
    assert "&lt;b&gt;Us &amp; Co&lt;/b&gt;" in html


@pytest.mark.parametrize(("note", "said"), [("plain", False), ("你好", False), ("\U00012000", True)])
def test_lost_characters_are_said_once(plan_of: PlanOf, note: str, said: bool) -> None:
    html = printed(plan_of({"why-01": "not_yet"}, notes={"why-01": note}))
    assert html.count("cannot be printed here") == said


def test_a_note_from_right_to_left_says_its_direction(plan_of: PlanOf) -> None:
    html = printed(plan_of({"why-01": "not_yet"}, notes={"why-01": "שלום"}))
    assert 'dir="rtl">שלום<' in html


def test_notes_on_strengths_and_on_what_is_next_in_line_are_printed_too(plan_of: PlanOf) -> None:
    answers = {"why-01": "part_of_work", "why-02": "not_yet", "why-03": "mostly", "pf-capacity": "n1"}
    notes = {"why-01": "note one", "why-02": "note two", "why-03": "note three"}
    html = printed(plan_of(answers, notes=notes))
    assert all(note in html for note in notes.values())


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/x", True),
        ("http://a.example", True),
        ("mailto:a@b.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, linked: bool) -> None:
    assert bool(web_address(url)) is linked


@pytest.mark.parametrize("path", sorted((TEMPLATES / "report").glob("*.html")), ids=lambda path: path.name)
def test_templates_know_no_flask(path: Path) -> None:
    names = meta.find_undeclared_variables(environment("en-US").parse(path.read_text(encoding="utf-8")))
    assert not names & {"url_for", "request", "g", "session", "config", "current_user", "csrf_token"}
