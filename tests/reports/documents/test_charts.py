"""The small chart of counts by stage."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import XML, Element

import pytest

from questions.model import Questionnaire
from reports.documents.charts.bars import WIDTH, stage_bar, stage_chart_text
from reports.documents.charts.styles import APART, STEPS, look_apart
from reports.plan.model import UNANSWERED, SectionSummary
from tests.support.contrast import contrast, luminance

SVG = "{http://www.w3.org/2000/svg}"
PRESENTATION = {
    *("x", "y", "width", "height", "viewBox", "role", "fill", "stroke", "stroke-width", "stroke-dasharray"),
    *("font-family", "font-size", "font-weight", "text-anchor", "d"),
}


@pytest.fixture
def summary(questionnaire: Questionnaire) -> SectionSummary:
    """Three practices not yet, one mostly in place, one not sure."""
    labels = {option.value: option.label for option in questionnaire.scale["stage4"].options}
    counts = dict.fromkeys(labels, 0) | {"not_yet": 3, "mostly": 1, "not_sure": 1, UNANSWERED: 0}
    part = questionnaire.practice_parts[0]
    return SectionSummary(part=part, counts=counts, labels=labels | {UNANSWERED: "Not answered"})


def chart_of(summary: SectionSummary) -> Element:
    """Return the chart, parsed."""
    return XML(stage_bar(summary))


def test_the_sentence_gives_each_stage_and_any_answer_that_is_not_one(summary: SectionSummary) -> None:
    assert stage_chart_text(summary) == (
        "Not yet: 3; Getting started: 0; Mostly in place: 1; Part of how we work: 0; Not sure: 1."
    )


def test_the_title_is_a_direct_child_and_says_the_numbers(summary: SectionSummary) -> None:
    root = chart_of(summary)
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == stage_chart_text(summary)


def test_it_needs_no_style_so_the_strictest_policy_allows_it(summary: SectionSummary) -> None:
    used = {name for element in chart_of(summary).iter() for name in element.attrib}
    assert used <= PRESENTATION


def test_each_part_of_the_bar_is_as_wide_as_its_count_and_prints_it(summary: SectionSummary) -> None:
    root = chart_of(summary)
    bar = [r for r in root.iter(f"{SVG}rect") if r.get("y") == "0.5"]
    numbers = [t.text for t in root.iter(f"{SVG}text") if t.get("font-size") == "16"]
    widths = [float(r.get("width", 0)) + 1 for r in bar]
    assert numbers == ["3", "1", "? 1"]
    assert widths[0] == pytest.approx(3 * widths[1], abs=0.2)
    assert widths[1] == pytest.approx(widths[2], abs=0.2)
    assert float(bar[-1].get("x", 0)) + widths[-1] <= WIDTH + 1


def test_answers_that_are_not_a_stage_come_last_in_outline(summary: SectionSummary) -> None:
    bar = [r for r in chart_of(summary).iter(f"{SVG}rect") if r.get("y") == "0.5"]
    assert [r.get("stroke-dasharray") is not None for r in bar] == [False, False, True]


def test_each_stage_differs_in_black_and_white_by_its_gray_and_by_its_pattern() -> None:
    grays = [luminance(look.fill) for look in STEPS]
    assert all(lighter / darker > 1.5 for lighter, darker in pairwise(grays))
    assert all(before.lines != after.lines for before, after in pairwise(STEPS))
    plain = [look for look in STEPS if not look.lines]
    assert contrast(plain[0].fill, plain[1].fill) > 7


def test_answers_that_are_not_a_stage_have_a_sign_each(summary: SectionSummary) -> None:
    counts = dict.fromkeys(summary.counts, 1)
    every = SectionSummary(part=summary.part, counts=counts, labels=summary.labels)
    words = [t.text for t in chart_of(every).iter(f"{SVG}text") if t.get("font-size") == "16"]
    assert words == ["1", "1", "1", "1", "? 1", "× 1", "– 1"]


def test_numbers_and_frames_stand_out_from_their_ground() -> None:
    for look in (*STEPS, *map(look_apart, APART)):
        assert contrast(look.ink, look.fill) >= 4.5, look
        assert contrast(look.frame, "#ffffff") >= 3, look


def test_the_lines_of_a_pattern_stay_inside_their_part(summary: SectionSummary) -> None:
    counts = dict(summary.counts) | {"started": 2}
    root = chart_of(SectionSummary(part=summary.part, counts=counts, labels=summary.labels))
    frames = {
        r.get("y"): r for r in root.iter(f"{SVG}rect") if r.get("fill") == STEPS[1].fill and r.get("stroke")
    }
    bar = frames["0.5"]
    left, right = float(bar.get("x", 0)), float(bar.get("x", 0)) + float(bar.get("width", 0))
    (path,) = [
        p.get("d", "") for p in root.iter(f"{SVG}path") if p.get("d", "").startswith(f"M{left + 0.5:.1f}")
    ]
    points = re.findall(r"[ML]([\d.]+) ([\d.]+)", path)
    assert len(points) > 10
    assert all(left <= float(x) <= right and 0 <= float(y) <= 26 for x, y in points)


def test_a_section_without_an_answer_still_makes_a_chart(summary: SectionSummary) -> None:
    counts = dict.fromkeys(summary.counts, 0)
    empty = SectionSummary(part=summary.part, counts=counts, labels=summary.labels)
    assert "Not yet: 0" in stage_bar(empty)


def test_a_label_is_text_not_markup(summary: SectionSummary) -> None:
    labels = dict(summary.labels) | {"not_yet": "<b>&"}
    odd = SectionSummary(part=summary.part, counts=summary.counts, labels=labels)
    assert "<b>" not in stage_bar(odd)
    assert str(chart_of(odd)[0].text).startswith("<b>&: 3")
