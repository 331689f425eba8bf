import datetime
import json
from collections.abc import Iterator

import yaml
from hypothesis import given
from hypothesis import strategies as st

from questions.answers import Answers
from questions.answers_file.parser import read_answers_file
from questions.model import Questionnaire
from questions.path import Path, path_of
from reports.documents.json import answers_data, answers_yaml, plan_json
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from reports.team.edits import edit
from reports.team.model import NO_WORK, team_plan
from tests.conftest import AssessmentOf, PlanOf
from tests.support.composing import composed_questionnaire
from tests.support.sample import sample_questionnaire
from tests.support.second_version import TODAY
from tests.support.strategies import paths, plans

# Design, section 4. More keys may stand beside these.
CONTRACT = {
    "": {
        "questionnaire",
        "agency",
        "date",
        "sections",
        "strengths",
        "actions",
        "training",
        "find_out_first",
        "resources",
        "not_recommended",
    },
    "sections": {"id", "title", "counts"},
    "strengths": {"question"},
    "actions": {
        "question",
        "section",
        "rank",
        "band",
        "gap",
        "importance",
        "priority",
        "because",
        "first_step",
        "measure",
        "in_plan",
        "resources",
        "supplements",
    },
    "training": {"row", "because", "resources"},
    "find_out_first": {"question"},
    "resources": {"id", "section", "reasons", "url"},
    "not_recommended": {"id", "why", "would_bring"},
}


def title_of(plan: ActionPlan, id_: str) -> str:
    return plan.questionnaire.questions[id_].short_name


def objects(data: object) -> Iterator[dict[str, object]]:
    """Yield every object in the data, at any depth."""
    if isinstance(data, dict):
        yield data
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from objects(item)


@given(plans())
def test_the_plan_keeps_the_public_contract(plan: ActionPlan) -> None:
    data = plan_json(plan)
    assert json.loads(json.dumps(data)) == data
    assert set(data) >= CONTRACT[""]
    for name, keys in CONTRACT.items():
        assert all(set(item) >= keys for item in (data[name] if name else []))
    for action in data["actions"]:
        keys = {"id", "because", "url", "instead", "caution", "use"}
        assert all(set(item) >= keys for item in action["resources"])
        assert all(set(item) == {"id", "title", "url", "use"} for item in action["supplements"])
    basis = data["basis"]
    assert basis["answered"] + basis["not_sure"] + basis["blank"] == basis["asked"]
    assert data["questionnaire"] == {"id": "ti-ht-selfcheck", "version": TODAY}


def test_the_json_has_plain_values(plan_of: PlanOf) -> None:
    plan = plan_of(
        {
            "harm-02": "not_yet",
            "harm-03": "part_of_work",
            "why-01": "not_sure",
            "why-02": "not_applicable",
            "tr-topics": {"effects": "few", "screening": "not_sure"},
        },
        agency="Harbor House",
        notes={"harm-02": "Soon."},
        reasons={"why-02": "Not us."},
    )
    data = plan_json(plan)
    assert (data["agency"], data["date"], data["plan_size"]) == ("Harbor House", "2026-03-01", 3)
    (action,) = data["actions"]
    assert action | {"because": "", "resources": [], "first_step": "", "measure": ""} == {
        "question": "harm-02",
        "title": None,
        "goal": None,
        "today": "Not yet",
        "section": "harm",
        "rank": 1,
        "place": None,
        "position": 1,
        "urgent": False,
        "band": "act_first",
        "gap": 3,
        "importance": 3,
        "priority": 9,
        "because": "",
        "sum": None,
        "first_step": "",
        "measure": "",
        "owner_hint": "Intake lead",
        "lead": "Intake lead",
        "lead_decided": False,
        "due": "2026-03-31",
        "due_decided": False,
        "reviews": ["2026-03-31", "2026-05-30"],
        "in_plan": True,
        "equal_points": "",
        "note": "Soon.",
        "resources": [],
        "supplements": [],
        "guide_gap": "",
        "nothing_opens": None,
    }
    assert data["strengths"] == [
        {"question": "harm-03", "title": title_of(plan, "harm-03"), "stage": "part_of_work"}
    ]
    assert data["find_out_first"] == [{"question": "why-01", "title": title_of(plan, "why-01")}]
    (training,) = data["training_to_find_out"]
    assert (training["question"], training["row"]) == ("tr-topics", "screening")
    assert data["not_applicable"] == [
        {"question": "why-02", "title": title_of(plan, "why-02"), "reason": "Not us."}
    ]
    assert [(need["question"], need["row"]) for need in data["training"]] == [("tr-topics", "effects")]
    assert {item["section"] for item in data["resources"]} == {"why", "harm"}
    assert [item["answers"] for item in data["resources"]][-1] == [
        {"question": "harm-02", "title": title_of(plan, "harm-02")}
    ]
    assert data["sections"][2]["counts"]["not_yet"] == 1


@given(plans())
def test_it_can_be_read_alone_every_id_has_its_title(plan: ActionPlan) -> None:
    data = plan_json(plan, team_plan(plan, NO_WORK))
    ids = [item for item in objects(data) if item.keys() & {"question", "id"} and item is not data]
    ids.remove(data["questionnaire"])
    assert [item for item in ids if "title" not in item] == []
    for resource in data["resources"]:
        assert resource.keys() >= {"instead", "caution", "publisher"}


def test_what_the_team_decided_is_what_counts_and_outside_the_plan_only_that_has_a_date() -> None:
    questionnaire = composed_questionnaire()
    every = Answers(by_question={practice.id: "not_yet" for practice in questionnaire.practices})
    path = path_of(questionnaire, every)
    plan = action_plan(path, Header(agency="", date=datetime.date(2026, 3, 2)))
    (first, second, *_), (outside, other, *_) = plan.planned, plan.further
    work = edit(NO_WORK, plan, first.question.id, {"owner": first.lead, "due": first.due.isoformat()})
    work = edit(work, plan, second.question.id, {"owner": "Night lead", "due": "2026-09-04"})
    work = edit(work, plan, outside.question.id, {"due": "2026-09-01"})
    data = plan_json(plan, team_plan(plan, work))
    actions = {item["question"]: item for item in data["actions"]}
    agreed, changed = actions[first.question.id], actions[second.question.id]
    assert (agreed["lead"], agreed["lead_decided"]) == (first.lead, True)
    assert (agreed["due"], agreed["due_decided"]) == (first.due.isoformat(), True)
    assert (changed["lead"], changed["lead_decided"], changed["due_decided"]) == ("Night lead", True, True)
    assert (changed["due"], changed["reviews"]) == ("2026-09-04", ["2026-10-05"]), "the review comes after"
    dates = [
        (actions[id_]["due"], actions[id_]["reviews"]) for id_ in (outside.question.id, other.question.id)
    ]
    assert dates == [("2026-09-01", []), (None, [])]
    team = {item["id"]: item for item in data["team"]}
    assert (team[outside.question.id]["due"], team[other.question.id]["due"]) == ("2026-09-01", None)


def test_a_resource_without_an_address_has_none(questionnaire: Questionnaire, plan_of: PlanOf) -> None:
    for item in plan_json(plan_of(every="not_yet"))["resources"]:
        link = questionnaire.resource[item["id"]].link
        assert item["url"] == (link.url if link else None)


def test_the_answers_file_holds_what_is_on_the_path(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    path = assessment_of(
        {"pf-populations": ["men"], "why-06": "not_yet", "pf-languages": "no"}, notes={"why-06": "x"}
    )
    data = answers_data(questionnaire, "Harbor House", None, path.active)
    assert data == {
        "questionnaire": {"id": "ti-ht-selfcheck", "version": TODAY},
        "agency": "Harbor House",
        "answers": {"pf-populations": ["men"], "pf-languages": "no"},
    }
    assert yaml.load(answers_yaml(data), Loader=yaml.SafeLoader) == data


dates = st.none() | st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))
agencies = st.text(max_size=60)


@given(paths(), agencies, dates)
def test_exported_answers_read_back_are_equal(path: Path, agency: str, date: datetime.date | None) -> None:
    questionnaire = sample_questionnaire()
    first = read_answers_file(questionnaire, json.dumps({"agency": agency, "notes": dict(path.active.notes)}))
    answers = Answers(by_question=path.active.by_question, notes=first.answers.notes)
    data = answers_data(questionnaire, first.agency, date, answers)
    for text in (answers_yaml(data), json.dumps(data), json.dumps(data, ensure_ascii=False)):
        file = read_answers_file(questionnaire, text)
        assert (file.agency, file.date, file.answers) == (first.agency, date, answers)
