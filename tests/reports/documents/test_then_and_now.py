"""The bars of a section then and now."""

from __future__ import annotations

from xml.etree.ElementTree import XML, Element

import pytest

from questions.model import Questionnaire
from reports.comparison.model import SectionProgress
from reports.documents.charts.bars import WIDTH, stage_names
from reports.documents.charts.then_and_now import progress_bars, progress_chart, progress_chart_text
from reports.plan.model import StageCounts

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def section(questionnaire: Questionnaire) -> SectionProgress:
    """Four practices: three not yet and one mostly in place then; two started and two mostly now."""
    stages = [o for o in questionnaire.scale["stage4"].options if o.steps is not None]
    labels = {option.value: option.label for option in stages}
    part = questionnaire.practice_parts[0]
    before, after = (
        StageCounts(counts=dict(zip(labels, counts, strict=True)), labels=labels)
        for counts in ((3, 0, 1, 0), (0, 2, 2, 0))
    )
    return SectionProgress(part=part, before=before, after=after, compared=4, left_out=0, note="")


def bars_of(chart: Element) -> dict[str, list[Element]]:
    """Return the blocks of the two bars, by their place from the top."""
    blocks = [rect for rect in chart.iter(f"{SVG}rect") if rect.get("height") == "25.0"]
    return {y: [b for b in blocks if b.get("y") == y] for y in sorted({b.get("y", "") for b in blocks})}


def test_the_title_says_both_rows(section: SectionProgress) -> None:
    assert progress_chart_text(section, "en-US") == (
        "Then: Not yet: 3; Getting started: 0; Mostly in place: 1; Part of how we work: 0. "
        "Now: Not yet: 0; Getting started: 2; Mostly in place: 2; Part of how we work: 0."
    )
    for chart in (progress_chart(section, "en-US"), progress_bars(section, "en-US")):
        root = XML(chart)
        assert (root[0].tag, root[0].text) == (f"{SVG}title", progress_chart_text(section, "en-US"))


def test_both_bars_have_the_same_length_and_a_name(section: SectionProgress) -> None:
    root = XML(progress_chart(section, "en-US"))
    then, now = bars_of(root).values()
    assert [len(then), len(now)] == [2, 2]
    ends = [float(row[-1].get("x", 0)) + float(row[-1].get("width", 0)) for row in (then, now)]
    assert ends[0] == pytest.approx(ends[1], abs=0.5)
    assert ends[0] <= WIDTH
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert words[:1] == ["Then"]
    assert "Now" in words
    assert [word for word in words if word and word.isdigit()] == ["3", "1", "2", "2"]


def test_a_stage_looks_the_same_then_and_now(section: SectionProgress) -> None:
    then, now = bars_of(XML(progress_bars(section, "en-US"))).values()
    assert then[1].get("fill") == now[1].get("fill")
    assert len({block.get("fill") for block in (*then, *now)}) == 3


def test_one_key_names_the_stages_of_all_bars(section: SectionProgress) -> None:
    names = stage_names(section.after)
    assert [text for _, text in names] == list(section.after.labels.values())
    assert all(XML(swatch).get("aria-hidden") == "true" for swatch, _ in names)


def test_it_needs_no_style_so_the_strictest_policy_allows_it(section: SectionProgress) -> None:
    used = {name for element in XML(progress_chart(section, "en-US")).iter() for name in element.attrib}
    assert not used & {"style", "class", "onclick"}
