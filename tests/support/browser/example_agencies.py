"""Three agencies that go through the whole self-check. What is not named gets `otherwise`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Answer = str | list[str] | dict[str, str]


@dataclass(frozen=True)
class Agency:
    """An agency: its name, its answers by question, and its answer to every other practice."""

    name: str
    answers: Mapping[str, Answer]
    otherwise: str
    notes: Mapping[str, str] = field(default_factory=dict)


YOUTH_SHELTER = Agency(
    name="Lantern Youth Shelter",
    answers={
        "pf-scope": "whole",
        "pf-who": "small_group",
        "pf-who-roles": ["supervisor", "direct"],
        "pf-services": ["intake", "case_management", "residential", "drop_in"],
        "pf-trafficking": ["sex", "labor"],
        "pf-populations": ["minors", "young_adults", "rhy", "lgbtq"],
        "pf-languages": "sometimes",
        "pf-size": "s6_20",
        "pf-roles": ["leaders", "case_managers", "residential", "volunteers"],
        "pf-partners": ["child_welfare", "schools", "law_enforcement"],
        "pf-capacity": "n2_3",
        "why-02": "part_of_work",
        "start-06": "not_yet",
        "harm-07": "not_yet",
        "tr-roles": {"leaders": "some", "residential": "none"},
        "tr-needs": ["distress", "young_people"],
        "tr-how": ["short_video"],
        "tr-time": "up_to_1h",
        "tr-barriers": ["coverage", "turnover"],
    },
    otherwise="started",
    notes={"harm-07": "House rules are read out at intake."},
)
LEGAL_CLINIC = Agency(
    name="Fair Work Legal Clinic",
    answers={
        "pf-scope": "one_program",
        "pf-who": "one_person",
        "pf-services": ["legal", "advocacy"],
        "pf-trafficking": ["labor"],
        "pf-populations": ["men", "women", "foreign_nationals"],
        "pf-languages": "often",
        "pf-size": "s1_5",
        "pf-roles": ["legal", "interpreters"],
        "pf-partners": ["immigration_legal", "labor_agencies"],
        "pf-capacity": "n1",
        "why-04": "not_yet",
        "cap-08": "not_applicable",
        "tr-roles": {"legal": "some", "interpreters": "none"},
        "tr-needs": ["interviewing", "immigrants"],
    },
    otherwise="mostly",
)
HOSPITAL = Agency(
    name="St. Brigid Hospital Program",
    answers={
        "pf-scope": "one_program",
        "pf-who": "team",
        "pf-services": ["health", "counseling", "intake"],
        "pf-trafficking": ["not_sure"],
        "pf-populations": ["not_sure"],
        "pf-languages": "not_sure",
        "pf-size": "s151",
        "pf-partners": ["none"],
        "pf-capacity": "not_sure",
        "harm-01": "not_yet",
        "tr-time": "not_sure",
    },
    otherwise="not_sure",
)
