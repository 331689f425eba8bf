"""The rules once more, written from the design in few lines over the YAML as it lies on disk.

It shares no code with the product: neither the loader nor the path, nor any rule. Where both agree on
random answers, a mistake would have to be made twice.
"""

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from hypothesis import given

from questions.answers import Answers
from questions.path import path_of
from reports.documents.json import plan_json
from tests.support.sample import SAMPLE_FOLDER, sample_questionnaire
from tests.support.strategies import plan_from, valid_answers

Raw = Any
GAP = {"not_yet": 3, "started": 2, "mostly": 1, "part_of_work": 0}
SUITS = {
    "not_yet": "learn",
    "started": "do",
    "mostly": "spread",
    "few": "learn",
    "some": "do",
    "none": "learn",
}
EFFORT = ["low", "medium", "high"]
DAYS = {"low": 30, "medium": 60, "high": 90}
CAPS = {
    "s1_5": 3,
    "s6_20": 4,
    "s21_50": 5,
    "s51_150": 5,
    "s151": 5,
    "n1": 1,
    "n2_3": 3,
    "n4_5": 5,
    "not_sure": 3,
}


@cache
def raw(name: str) -> Raw:
    return yaml.safe_load((SAMPLE_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def questions() -> list[tuple[str, Raw]]:
    parts = raw("questionnaire")["parts"]
    return [(part, q) for part in parts for page in raw(part)["pages"] for q in page["questions"]]


def holds(node: Raw, used: dict[str, Raw]) -> bool | None:
    if node is None:
        return True
    if "q" in node:
        answer = used.get(node["q"])
        given_ = [answer] if isinstance(answer, str) else list(answer or [])
        return None if given_ in ([], ["not_sure"]) else bool(set(given_) & set(node["any_of"]))
    found = [holds(inner, used) for inner in node.get("all") or node.get("any") or node["none"]]
    if "all" in node:
        return False if False in found else None if None in found else True
    either = True if True in found else None if None in found else False
    return either if "any" in node else {True: False, False: True, None: None}[either]


def on_path(values: dict[str, Raw]) -> tuple[dict[str, Raw], dict[str, bool | None]]:
    used: dict[str, Raw] = {}
    states: dict[str, bool | None] = {}
    for _, q in questions():
        states[q["id"]] = holds(q.get("show_when"), used)
        answer = values.get(q["id"])
        if q["kind"] == "matrix" and answer and "rows_from" in q:
            answer = {row: a for row, a in answer.items() if row in used.get(q["rows_from"], answer)}
        elif q["kind"] == "matrix" and answer:
            shown = {row["value"] for row in q["rows"] if holds(row.get("show_when"), used) is not False}
            answer = {row: a for row, a in answer.items() if row in shown}
        if states[q["id"]] is not False and answer:
            used[q["id"]] = answer
    return used, states


def resources_for(ids: list[str], answer: str, used: dict[str, Raw]) -> list[str]:
    liked = {
        f
        for o in dict(by_id())["tr-how"]["options"]
        if o["value"] in used.get("tr-how", ())
        for f in o["formats"]
    }
    scored = []
    for place, resource in enumerate(raw("resources")["resources"]):
        fits = holds(resource.get("show_when"), used)
        if resource["id"] in ids and fits is not False:
            points = 4 * bool("show_when" in resource and fits)
            points += 2 * (SUITS.get(answer) in resource["best_for"])
            points += (resource["format"] in liked) - 2 * ("caution" in resource)
            scored.append((-points, place, resource))
    chosen: list[Raw] = []
    for _, _, resource in sorted(scored, key=lambda item: item[:2]):
        if resource.get("same_as") not in [other["id"] for other in chosen]:
            chosen.append(resource)
    return [resource["id"] for resource in chosen[:3]]


@cache
def by_id() -> tuple[tuple[str, Raw], ...]:
    return tuple((q["id"], q) for _, q in questions())


def practices(used: dict[str, Raw]) -> Iterator[tuple[int, str, Raw, str]]:
    for place, (part, q) in enumerate(questions()):
        if q["kind"] == "stage" and used.get(q["id"]) in GAP:
            yield place, part, q, used[q["id"]]


def expected_actions(used: dict[str, Raw], states: dict[str, bool | None]) -> list[Raw]:
    found = []
    for place, part, q, answer in practices(used):
        priority = GAP[answer] * int(q["importance"])
        profile = "show_when" in q and states[q["id"]] is True
        if priority:
            key = (-priority, -int(q["importance"]), not profile, EFFORT.index(q["effort"]), place)
            found.append((key, part, q, answer, priority))
    size = min([CAPS[used[id_]] for id_ in ("pf-size", "pf-capacity") if id_ in used], default=3)
    return [
        {
            "question": q["id"],
            "section": part,
            "rank": rank,
            "gap": GAP[answer],
            "importance": int(q["importance"]),
            "priority": priority,
            "band": "act_first" if priority >= 6 else "plan_next" if priority >= 3 else "keep_going",
            "in_plan": rank <= size,
            "due": str(datetime.date(2026, 3, 1) + datetime.timedelta(days=DAYS[q["effort"]])),
            "resources": resources_for(q["resource_ids"], answer, used),
        }
        for rank, (_, part, q, answer, priority) in enumerate(
            sorted(found, key=lambda item: item[0]), start=1
        )
    ]


def expected_training(used: dict[str, Raw]) -> list[tuple[str, str, list[str]]]:
    needs = []
    for id_, q in by_id():
        if q["kind"] == "matrix":
            rows = q.get("rows") or dict(by_id())[q["rows_from"]]["options"]
            for row in rows:
                answer = used.get(id_, {}).get(row["value"])
                if answer in ("few", "some", "none"):
                    ids = row.get("resource_ids") or q.get("resource_ids", [])
                    needs.append((id_, row["value"], resources_for(ids, answer, used)))
        if id_ == "tr-outside" and used.get(id_) in ("longer", "never"):
            needs.append((id_, id_, ["ovcttac-tta-directory"]))
    return needs


@given(valid_answers())
def test_the_plan_agrees_with_an_independent_implementation(answers: Answers) -> None:
    used, states = on_path(dict(answers.by_question))
    path = path_of(sample_questionnaire(), answers)
    assert dict(path.active.by_question) == used
    assert set(path.visible) == {id_ for id_, state in states.items() if state is not False}

    plan = plan_json(plan_from(path))
    expected = expected_actions(used, states)
    keys = list(expected[0]) if expected else []
    found = [
        {k: a[k] for k in keys} | {"resources": [r["id"] for r in a["resources"]]} for a in plan["actions"]
    ]
    assert found == expected
    assert [item["question"] for item in plan["strengths"]] == [
        q["id"] for _, _, q, answer in practices(used) if answer == "part_of_work"
    ]
    assert [(t["question"], t["row"], [r["id"] for r in t["resources"]]) for t in plan["training"]] == (
        expected_training(used)
    )
    unsure = [q for _, q in by_id() if q["kind"] == "stage" and used.get(q["id"]) == "not_sure"]
    unsure.sort(key=lambda q: -int(q["importance"]))
    assert [item["question"] for item in plan["find_out_first"]] == [q["id"] for q in unsure]
