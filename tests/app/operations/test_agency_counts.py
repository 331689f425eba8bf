"""Counts over agencies that agreed: no number, and no difference of numbers, is about fewer than five."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from app import clock
from app.database.account_tables import AgencyRow
from app.database.agencies import add_agency
from app.database.counted_agencies import Release, set_counted_since
from app.database.tables import HistoryRow
from app.extensions import db
from app.operations.agency_counts import SMALLEST, counts_to_show, protected
from tests.support.agency import new_team
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.people import new_user

Run = Callable[..., SimpleNamespace]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(0, 40))
def test_each_number_and_the_rest_are_of_five_or_more(cells: list[int], unanswered: int) -> None:
    total = sum(cells) + unanswered
    counts = {str(index): count for index, count in enumerate(cells)}
    shown = protected(total, counts)
    assert all(number >= SMALLEST and number % SMALLEST == 0 for number in shown.values())
    assert all(number <= counts[name] for name, number in shown.items())
    if shown:
        total_shown = total - total % SMALLEST
        subsets = itertools.chain.from_iterable(
            itertools.combinations(shown.values(), size) for size in range(1, len(shown) + 1)
        )
        assert all(total_shown - sum(some) >= SMALLEST for some in subsets)
        assert total - sum(counts[name] for name in shown) >= SMALLEST


class Agencies:
    """Agencies that answer one practice and agree."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.owner = new_user(app)
        self.names: list[str] = []

    def join(self, number: int, stage: str) -> None:
        """Let so many agencies finish a self-check with this answer, and agree."""
        for _ in range(number):
            name = f"agency-{len(self.names)}"
            self.names.append(name)
            with self.app.app_context():
                agency = add_agency(name, name, self.owner, "owner", clock.now())
                set_counted_since(agency, clock.now())
                db.session.commit()
                id_ = agency.id
            self.answer(id_, stage)

    def answer(self, id_: int, stage: str) -> None:
        assessment = Assessment.begin(Client(self.app))
        assessment.answer(why_01=stage)
        assessment.finish("")
        with self.app.app_context():
            mine = update(HistoryRow).where(HistoryRow.agency_id.is_(None))
            db.session.execute(mine.values(agency_id=id_))
            db.session.commit()

    def leave(self, name: str) -> None:
        with self.app.app_context():
            db.session.execute(
                update(AgencyRow).where(AgencyRow.public_id == name).values(counted_since=None)
            )
            db.session.commit()

    def shown(self) -> Release | None:
        with self.app.app_context():
            release = counts_to_show(clock.now())
            db.session.commit()
            return release


@pytest.fixture
def agencies(app: Flask) -> Agencies:
    return Agencies(app)


def stages(release: Release | None) -> dict[str, int]:
    assert release
    return dict(release.counts["why-01"])


def test_nothing_is_shown_of_four_and_nothing_that_all_have_in_common(agencies: Agencies, run: Run) -> None:
    agencies.join(4, "not_yet")
    assert agencies.shown() is None
    assert run("agency", "counts").code == 1
    agencies.join(1, "not_yet")
    assert stages(agencies.shown()) == {}, "or everyone knew what each answered"


def test_counts_stay_until_five_agencies_have_changed(agencies: Agencies, run: Run) -> None:
    agencies.join(6, "not_yet")
    agencies.join(6, "mostly")
    first = agencies.shown()
    assert stages(first) == {"mostly": 5} or stages(first) == {"not_yet": 5}, "and the rest is six"
    agencies.join(4, "mostly")
    assert stages(agencies.shown()) == stages(first)
    agencies.join(1, "mostly")
    second = agencies.shown()
    assert second.agencies == 15
    assert stages(second) == {"mostly": 10}
    assert "15 agencies or more" in run("agency", "counts").out
    with agencies.app.app_context():
        id_ = db.session.query(AgencyRow.id).where(AgencyRow.public_id == "agency-0").scalar()
    agencies.answer(id_, "mostly")
    assert stages(agencies.shown()) == stages(second), "one new answer changes nothing"


def test_an_agency_that_leaves_is_in_no_counts_and_cannot_be_found_by_its_leaving(agencies: Agencies) -> None:
    agencies.join(6, "not_yet")
    agencies.join(6, "mostly")
    assert agencies.shown()
    agencies.leave("agency-0")
    assert agencies.shown() is None
    for number in range(1, 5):
        agencies.leave(f"agency-{number}")
    assert agencies.shown().agencies == 5


def test_owners_agree_and_leave_on_the_agencys_page(make_app: MakeApp) -> None:
    team = new_team(make_app(operator_name="The Coalition"))
    page = team.viewer.get(team.address)
    assert "The Coalition can count" in page.text
    assert "Your agency is not counted." in page.text
    team.editor.refused(f"{team.address}counts?agree=yes", status=403)
    team.owner.post(f"{team.address}counts?agree=yes")
    assert "has been counted since" in team.viewer.get(team.address).text
    team.owner.post(f"{team.address}counts")
    assert "Your agency is not counted." in team.viewer.get(team.address).text


def test_without_an_operator_nobody_is_asked(app: Flask) -> None:
    team = new_team(app)
    assert "Counts across agencies" not in team.owner.get(team.address).text
