"""Finding resources of the guide: by words, and by what is chosen."""

import itertools
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guide.search import ANY_AGENCY, GuideQuery, groups_of, guide_choices, has_words, search
from questions.conditions import leaves
from questions.guide import Resource
from questions.loading.loader import load
from questions.model import Questionnaire
from tests.support.broken_content import broken
from tests.support.sample import sample_questionnaire
from tests.support.strategies import any_text

RESOURCES = sample_questionnaire().resources
ORDER = {resource.id: place for place, resource in enumerate(RESOURCES)}
VOCABULARY = sorted({word for r in RESOURCES for word in f"{r.title} {r.about} {r.publisher}".split()})

typed = st.lists(st.sampled_from(VOCABULARY) | any_text, max_size=4).map(" ".join)


@st.composite
def chosen(draw: st.DrawFn) -> Mapping[str, tuple[str, ...]]:
    """Return some choices of each facet, often none."""
    choices = guide_choices(sample_questionnaire()).items()
    return {
        facet: tuple(draw(st.lists(st.sampled_from(list(values)), max_size=3, unique=True)))
        for facet, values in choices
    }


queries = st.builds(GuideQuery, text=typed, chosen=chosen())


def found(query: GuideQuery) -> list[str]:
    return [resource.id for resource in search(sample_questionnaire(), query)]


def find(text: str = "", **values: str) -> list[str]:
    return found(GuideQuery(text=text, chosen={facet: (value,) for facet, value in values.items()}))


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.id)
def test_a_resource_is_found_by_its_own_title_first(resource: Resource) -> None:
    for title in (resource.title, resource.title.upper(), " ".join(reversed(resource.title.split()))):
        results = search(sample_questionnaire(), GuideQuery(text=title))
        assert resource in results
        assert results[0].title == resource.title


@given(st.sampled_from(RESOURCES), st.data())
def test_a_resource_is_found_by_any_words_of_what_it_is_about(
    resource: Resource, data: st.DataObject
) -> None:
    words = f"{resource.title} {resource.about} {resource.publisher} {resource.search_words}".split()
    some = data.draw(st.lists(st.sampled_from(words), min_size=1))
    assert resource.id in find(" ".join(some))


@given(typed, typed, chosen())
def test_another_word_never_adds_a_result(
    words: str, more: str, choices: Mapping[str, tuple[str, ...]]
) -> None:
    few = found(GuideQuery(text=f"{words} {more}", chosen=choices))
    assert set(few) <= set(found(GuideQuery(text=words, chosen=choices)))


@given(queries)
def test_choices_only_narrow_the_results(query: GuideQuery) -> None:
    results = found(query)
    for facet in query.chosen:
        others = {name: values for name, values in query.chosen.items() if name != facet}
        assert set(results) <= set(found(GuideQuery(text=query.text, chosen=others)))


@given(queries)
def test_several_choices_of_one_facet_find_what_each_of_them_finds(query: GuideQuery) -> None:
    for facet, values in query.chosen.items():
        each = [found(GuideQuery(text=query.text, chosen={**query.chosen, facet: (v,)})) for v in values]
        if each:
            assert set(found(query)) == {id_ for ids in each for id_ in ids}


@given(queries)
def test_each_result_is_listed_once_in_the_order_of_the_guide_titles_first(
    query: GuideQuery,
) -> None:
    results = [ORDER[id_] for id_ in found(query)]
    assert len(set(results)) == len(results)
    falls = [place for place, (a, b) in enumerate(itertools.pairwise(results)) if b < a]
    assert len(falls) <= 1
    assert not falls or has_words(sample_questionnaire(), query.text)
    assert found(query) == found(query)


def test_every_choice_finds_a_resource_and_every_resource_has_one_of_each_facet() -> None:
    for facet, values in guide_choices(sample_questionnaire()).items():
        by_value = {value: find(**{facet: value}) for value in values}
        assert all(by_value.values())
        assert {id_ for ids in by_value.values() for id_ in ids} == set(ORDER)


@pytest.mark.parametrize(
    ("text", "resource"),
    [
        ("interview", "ovcttac-interviewing-guide"),
        ("INTERVIEWED", "ovcttac-interviewing-guide"),
        ("interviéws", "ovcttac-interviewing-guide"),
        ("therapies", "polaris-therapeutic-supports-report"),
        ("how to interview", "project-reach-trainings"),
        ("child", "nctsn-12-core-concepts-trafficked-youth"),
        ("immigrants", "nctsn-immigrant-minors-resources"),
        ("Whats happened", "fysb-rhy-shift-guide"),
        ("what's happened", "fysb-rhy-shift-guide"),
        ("trauma-informed, interviewing!", "ovcttac-interviewing-guide"),
        ("webinar", "nctic-effects-of-trauma-webinar"),
        ("resil", "ahwg-adolescent-toolkit"),
        ("building skills", "ovcttac-tta-directory"),
    ],
)
def test_endings_accents_case_and_small_words_do_not_matter(text: str, resource: str) -> None:
    assert resource in find(text)
    assert resource in find(unicodedata.normalize("NFD", text))


def test_those_with_all_the_words_in_the_title_come_first() -> None:
    assert find("interview") == ["ovcttac-interviewing-guide", "project-reach-trainings"]
    assert ORDER["ovcttac-interviewing-guide"] > ORDER["project-reach-trainings"]


def test_all_the_words_have_to_be_there() -> None:
    assert find("interview youth") == []
    assert find("youth webinar women") == []


@pytest.mark.parametrize("text", ["", "the", "How to?", "!!!", "— … _"])
def test_a_text_without_a_word_that_counts_finds_all(text: str) -> None:
    assert not has_words(text)
    assert find(text) == list(ORDER)


def test_the_beginning_of_a_word_counts_from_four_letters_on() -> None:
    assert find("adol") == find("adolescent")
    assert find("ado") == []


def test_the_groups_are_those_that_a_condition_asks_for(questionnaire: Questionnaire) -> None:
    by_id = {resource.id: groups_of(questionnaire, resource) for resource in questionnaire.resources}
    assert by_id["nctsn-immigrant-minors-resources"] == (
        "minors",
        "young_adults",
        "rhy",
        "foreign_nationals",
        "families",
    )
    assert by_id["acf-five-collaborations-slides"] == ("minors", "young_adults", "rhy", "families")
    assert by_id["aspe-hidden-wounds-brief"] == ()
    for resource in questionnaire.resources:
        named = {value for leaf in leaves(resource.show_when) for value in leaf.any_of}
        assert set(by_id[resource.id]) <= named
        assert (resource.id in find(audience=ANY_AGENCY)) is (resource.show_when is None)


def test_a_group_that_is_ruled_out_is_not_an_audience_of_a_resource(content: Mapping[str, str]) -> None:
    old = "show_when: {q: pf-populations, any_of: [women]}"
    both = "all: [{q: pf-populations, any_of: [women]}, {none: [{q: pf-populations, any_of: [men]}]}]"
    new = f"show_when: {{{both}}}"
    changed = load(broken(content, "resources.yaml", old, new))
    assert groups_of(changed, changed.resource["nctic-engaging-women-peer-support"]) == ("women",)
    assert "men" not in guide_choices(changed)["audience"]
