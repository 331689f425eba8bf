"""How long data is stored: what the site promises, and what the purge deletes."""

import datetime
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, update

from app import clock
from app.database.account_tables import PlanLinkRow, RateLimitRow, SecurityEventRow
from app.database.encrypted_types import InRow
from app.database.security_events import record_event
from app.database.tables import ActionWorkRow, AnswerRow, AssessmentRow, CachedFile, HistoryRow
from app.extensions import db
from app.operations.purge import count_expired, purge, purge_in_turn
from tests.support.client import Assessment, Client

DAY = datetime.timedelta(days=1)


def age(app: Flask, days: int) -> None:
    """Let all that is stored be so many days old."""
    times = (
        (AssessmentRow, "started_at"),
        (AssessmentRow, "finished_at"),
        (AnswerRow, "changed_at"),
        (ActionWorkRow, "changed_at"),
    )
    with app.app_context():
        for row, column in times:
            stored = getattr(row, column)
            for then in db.session.execute(select(stored).distinct().order_by(stored)).scalars().all():
                if then:
                    db.session.execute(update(row).where(stored == then).values({column: then - days * DAY}))
        db.session.commit()


def purged(app: Flask) -> dict[str, int]:
    with app.app_context():
        expected = count_expired(clock.now())
        counts = purge(clock.now())
        assert set(counts) == set(expected)
        return {name: count for name, count in counts.items() if count}


def left(app: Flask, *tables: type) -> list[int]:
    with app.app_context():
        return [db.session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def test_a_draft_ends_after_90_days_without_a_change(app: Flask) -> None:
    assessment = Assessment.begin(Client(app))
    assessment.answer(pf_scope="whole")
    age(app, 90)
    assert purged(app) == {}
    age(app, 2)
    assert purged(app) == {"drafts": 1, "histories without a self-check": 1}
    assert left(app, HistoryRow, AssessmentRow, AnswerRow) == [0, 0, 0]
    assert "not open on this device" in assessment.client.get(assessment.at("check"), 404).text


def test_an_answer_restarts_the_clock_of_a_draft(app: Flask, assessment: Assessment) -> None:
    age(app, 95)
    assessment.answer(pf_scope="whole")
    assert purged(app) == {}


def test_a_draft_that_is_being_saved_is_not_purged(
    make_app: Callable[..., Flask], new_postgres: Callable[[], str]
) -> None:
    app = make_app(database_url=new_postgres())
    Assessment.begin(Client(app))
    age(app, 92)
    with app.app_context(), db.engine.connect() as saving:
        saving.execute(select(AssessmentRow.__table__).with_for_update())
        assert purge(clock.now())["drafts"] == 0
        saving.rollback()
        assert purge(clock.now())["drafts"] == 1


def test_a_finished_one_expires_three_years_after_the_last_change_of_its_history(
    app: Flask,
) -> None:
    assessment = Assessment.begin(Client(app))
    assessment.answer(why_01="not_yet")
    assessment.finish()
    assessment.client.post(assessment.at("retake"), {"start": "old"})
    age(app, 92)
    assert purged(app) == {"drafts": 1}
    age(app, 1000)
    assessment.client.post(assessment.at("plan/actions/why-01"), {"status": "done"})
    assert purged(app) == {}
    age(app, 1097)
    assert purged(app) == {"finished self-checks, with their histories": 1}
    assert left(app, HistoryRow, AssessmentRow, AnswerRow, ActionWorkRow) == [0, 0, 0, 0]


def test_a_draft_outlives_the_finished_one_that_it_started_from(
    make_app: Callable[..., Flask],
) -> None:
    app = make_app(draft_days=90, finished_days=30)
    assessment = Assessment.begin(Client(app))
    assessment.finish()
    assessment.client.post(assessment.at("retake"), {"start": "old"})
    age(app, 60)
    assert purged(app) == {}
    age(app, 32)
    assert purged(app) == {"drafts": 1, "finished self-checks, with their histories": 1}


def test_links_counts_events_files_and_emails_expire_too(
    app: Flask, assessment: Assessment, tmp_path: Path
) -> None:
    assessment.finish()
    then = clock.now() - 400 * DAY
    with app.app_context():
        (id_,) = db.session.execute(select(AssessmentRow.id)).scalars()
        link = {"assessment_id": id_, "made_at": then, "expires_at": then}
        db.session.execute(PlanLinkRow.__table__.insert().values(token_hash="a", **link))
        db.session.execute(RateLimitRow.__table__.insert().values(key="a", count=1, expires_at=then))
        db.session.execute(
            CachedFile.__table__.insert().values(key="a", name="a", content=InRow(b"", "a"), made_at=then)
        )
        record_event("signed_in", then)
        db.session.commit()
    mails = tmp_path / "data" / "mail"
    mails.mkdir()
    (mails / f"{then:%Y%m%d-%H%M%S}-abc.eml").touch()
    new = mails / f"{clock.now():%Y%m%d-%H%M%S}-abc.eml"
    new.touch()
    assert purged(app) == {
        "links to a plan": 1,
        "rate limit counts": 1,
        "cached files": 1,
        "security events": 1,
        "emails in the folder": 1,
    }
    assert list(mails.iterdir()) == [new]
    assert left(app, PlanLinkRow, SecurityEventRow, CachedFile, AssessmentRow)[-1] == 1


def test_the_command_reports_counts_and_has_a_dry_run(
    app: Flask, assessment: Assessment, run: Callable[..., object]
) -> None:
    age(app, 92)
    assert "Would be deleted:\n  drafts: 1\n" in run("purge", "--dry-run").out
    assert left(app, AssessmentRow) == [1]
    assert "Deleted:\n  drafts: 1\n" in run("purge").out
    assert left(app, AssessmentRow) == [0]


def test_one_process_a_day_purges(app: Flask) -> None:
    Assessment.begin(Client(app))
    with app.app_context():
        purge_in_turn()
    age(app, 92)
    with app.app_context():
        purge_in_turn()
    assert left(app, AssessmentRow) == [1]


def test_events_are_listed_by_number(app: Flask, run: Callable[..., object]) -> None:
    with app.app_context():
        record_event("signed_in", clock.now() - 40 * DAY, user_id=7)
        record_event("sign_in_failed", clock.now(), agency_id=3, network="ab12")
        db.session.commit()
    (line,) = run("events").out.splitlines()
    assert line.endswith("UTC  sign_in_failed  -  agency 3  ab12")
    assert "signed_in  account 7  -  -" in run("events", "--days", 60, "--kind", "signed_in").out
