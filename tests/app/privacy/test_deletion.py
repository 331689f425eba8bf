"""Deleting for real: rows, files, and the bytes of the database; and downloading everything before that."""

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, table, update

from app import clock
from app.database.agencies import add_agency, add_member, find_agency
from app.database.tables import HistoryRow
from app.extensions import db
from app.mail.delivery import deliver
from app.mail.messages import Email
from tests.support.agency import new_team
from tests.support.application import ON_POSTGRESQL, MakeApp
from tests.support.client import Assessment, Client
from tests.support.page import Page
from tests.support.people import EMAIL, age_sign_in, new_user, sign_in

MARKER = "Quillwort House"
NOTE = "Zanzibar note"
# What is about no person, who is signed in meanwhile, and the log, which keeps only numbers.
STAYS = {"questionnaire_text", "security_event", "rate_limit", "sign_in", "alembic_version"}


def rows(app: Flask) -> dict[str, int]:
    """Return how many rows each table has, those without any left out."""
    with app.app_context():
        names = set(inspect(db.engine).get_table_names()) - STAYS
        counts = {
            name: db.session.execute(select(func.count()).select_from(table(name))).scalar_one()
            for name in names
        }
        return {name: count for name, count in counts.items() if count}


def finished(client: Client, *, pdf: bool = False) -> Assessment:
    """Return a finished assessment with a note, with work, and with a cached PDF if asked."""
    assessment = Assessment.begin(client)
    assessment.save("why-01", {"why-01": "not_yet", "why-01-note": NOTE})
    assessment.finish(MARKER)
    client.post(assessment.at("plan/actions/why-01"), {"status": "under_way", "notes": NOTE})
    if pdf:
        client.file(assessment.at("plan.pdf"))
    return assessment


def history_of(assessment: Assessment) -> str:
    return assessment.client.get(assessment.at("plan")).link("All self-checks of this agency")


def press(client: Client, address: str) -> str:
    """Open the page that asks, press its button, and return where it leads."""
    return client.post(button(client.get(address), address))


def button(page: Page, address: str) -> str:
    """Return where the button of a page that asks sends."""
    return next(f.get("action") for f in page.all("form") if f.get("action", "").startswith(address))


def in_agency(app: Flask, assessment: Assessment, owner: int) -> None:
    """Give what is stored to an agency of this owner."""
    with app.app_context():
        agency = add_agency("harbor", MARKER, owner, "owner", clock.now())
        db.session.execute(update(HistoryRow).values(agency_id=agency.id, return_code_hash=None))
        db.session.commit()


def test_a_deleted_history_leaves_no_row_and_no_byte(app: Flask, tmp_path: Path) -> None:
    client = Client(app)
    assessment = finished(client, pdf=True)
    client.post(assessment.at("pause"))
    client.post(assessment.at("retake"), {"start": "old"})
    assert press(client, f"{history_of(assessment)}delete") == "/"
    assert rows(app) == {}
    assert "Everything is deleted." in client.get("/").text
    client.get(assessment.at("plan"), 404)
    for file in (tmp_path / "data").glob("assessments.sqlite*"):
        assert MARKER.encode() not in file.read_bytes(), file


def test_a_marker_that_is_not_deleted_is_found_in_the_file(make_app: MakeApp, tmp_path: Path) -> None:
    finished(Client(make_app(database_url="")))
    files = (tmp_path / "data").glob("assessments.sqlite*")
    assert any(MARKER.encode() in file.read_bytes() for file in files)
    with sqlite3.connect(tmp_path / "data" / "assessments.sqlite") as connection:
        stored = connection.execute("SELECT agency FROM assessment").fetchall()
    connection.close()
    assert stored == [(MARKER,)]


def test_a_deleted_assessment_takes_its_files_and_comparisons_along(
    assessment: Assessment, app: Flask
) -> None:
    client = assessment.client
    first = finished(client, pdf=True)
    second = Assessment(client, client.post(first.at("retake"), {"start": "old"}).split("/profile")[0])
    second.finish(MARKER)
    client.file(second.at("plan.pdf"))
    before = rows(app)
    assert before["kept_file"] == 2
    assert press(client, first.at("delete")) == history_of(second)
    left = rows(app)
    assert "kept_file" not in left
    assert "plan_work" not in left
    assert left["assessment"] == before["assessment"] - 1
    assert "What changed since" not in client.get(second.at("plan")).text
    client.get(first.at("plan"), 404)


def test_a_self_check_finished_meanwhile_needs_a_new_confirmation(assessment: Assessment) -> None:
    assessment.finish()
    page = assessment.client._page(assessment.client.send(assessment.at("delete?of=begun")), 200)
    assert page.h1.startswith("Delete the self-check finished on")
    assessment.client.get(assessment.at("plan"))


def test_an_editor_deletes_drafts_and_an_owner_what_is_finished(app: Flask) -> None:
    team = new_team(app)
    assessment = team.begin()
    assessment.finish(MARKER)
    history = history_of(assessment)
    for address in (assessment.at("delete"), f"{history}delete"):
        team.editor.get(address, 403)
        team.editor.refused(f"{address}?of=finished", status=403)
    page = team.editor.get(history)
    assert not [a for a in page.all("a") if a.get("href", "").endswith("/delete")]
    again = team.editor.post(assessment.at("retake"), {"start": "blank"})
    draft = Assessment(team.editor, "/".join(again.split("/")[:3]))
    press(team.editor, draft.at("delete"))
    team.owner.get(assessment.at("plan"))
    press(team.owner, f"{history}delete")
    team.owner.get(assessment.at("plan"), 404)


def test_only_an_owner_deletes_an_agency_and_people_stay(app: Flask, client: Client, other: Client) -> None:
    owner, editor = new_user(app), new_user(app, "bo@example.org", "Bo")
    in_agency(app, finished(client), owner)
    with app.app_context():
        agency = find_agency("harbor")
        add_member(agency, editor, "editor", clock.now())
        db.session.commit()
    sign_in(other, "bo@example.org")
    other.get("/agencies/harbor/delete", 403)
    other.refused("/agencies/harbor/delete?of=agency", status=403)
    sign_in(client)
    assert press(client, "/agencies/harbor/delete") == "/agencies/"
    assert rows(app) == {"account": 2}


def test_deleting_an_account_deletes_agencies_without_other_members(app: Flask, client: Client) -> None:
    in_agency(app, finished(client), new_user(app))
    sign_in(client)
    with app.app_context():
        deliver(Email(EMAIL, "Hello", "Hello."))
        deliver(Email("bo@example.org", "Hello", "Hello."))
    assert MARKER in client.get("/account/delete").text
    assert press(client, "/account/delete") == "/"
    assert rows(app) == {}
    assert len(list(app.config["MAIL_FOLDER"].iterdir())) == 1
    assert "Sign in" in client.get("/").source


def test_assessments_open_without_the_account_stay_open(app: Flask, assessment: Assessment) -> None:
    new_user(app)
    sign_in(assessment.client)
    press(assessment.client, "/account/delete")
    assessment.client.renew()
    assessment.answer(pf_scope="whole")


def test_an_agency_created_meanwhile_needs_a_new_confirmation(app: Flask, client: Client) -> None:
    new_user(app)
    sign_in(client)
    shown = client.get("/account/delete")
    client.post("/agencies/", {"name": "Harbor House"})
    assert "Harbor House" in client.refused(button(shown, "/account/delete"), status=200).text
    assert rows(app)["account"] == 1


def test_the_last_owner_of_an_agency_with_others_hands_over_first(app: Flask, client: Client) -> None:
    owner, viewer = new_user(app), new_user(app, "bo@example.org", "Bo")
    in_agency(app, finished(client), owner)
    with app.app_context():
        add_member(find_agency("harbor"), viewer, "viewer", clock.now())
        db.session.commit()
    sign_in(client)
    assert client.get("/account/delete").h1 == "Hand over your agencies first"
    client.refused("/account/delete", status=409)
    assert rows(app)["account"] == 2


@pytest.mark.parametrize("address", ["/account/delete", "/account/archive", "/agencies/harbor/delete"])
def test_irreversible_actions_need_a_recent_sign_in(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    in_agency(app, finished(client), new_user(app))
    sign_in(client)
    age_sign_in(client)
    assert client.redirect(address).startswith("/account/verify")
    assert client.send(address).status_code == 302
    assert rows(app)["account"] == 1


def archive(client: Client, address: str) -> dict[str, str]:
    """Return the files of an archive by name."""
    response = client.send(address)
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.data)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def test_the_archive_of_a_history_holds_all_of_it(app: Flask, client: Client) -> None:
    assessment = finished(client, pdf=True)
    client.post(assessment.at("retake"), {"start": "old"})
    address = f"{history_of(assessment)}archive"
    assert client.get(address).h1 == "Download everything we store"
    files = archive(client, address)
    with app.app_context():
        day = clock.today()
    first, second = f"self-check-1-finished-{day}", f"self-check-2-begun-{day}"
    assert set(files) == {
        "README.txt",
        *(f"{first}/{name}" for name in ("answers.yaml", "stored.json", "plan.json", "plan.pdf")),
        *(f"{second}/{name}" for name in ("answers.yaml", "stored.json")),
    }
    stored = json.loads(files[f"{first}/stored.json"])
    assert stored["answers"]["why-01"]["note"] == NOTE
    assert stored["work_on_the_plan"]["fields"]["why-01"]["notes"] == NOTE
    assert files[f"{first}/plan.pdf"].startswith("%PDF")


def test_the_archives_of_an_agency_and_of_an_account(app: Flask, client: Client) -> None:
    assessment = finished(client)
    in_agency(app, assessment, new_user(app))
    sign_in(client)
    client.post(assessment.at("links"), {"days": "7"})
    files = archive(client, "/agencies/harbor/archive")
    (member,) = json.loads(files["agency.json"])["members"]
    assert member["email"] == EMAIL
    assert "archive_made" in files["events.json"]
    (stored,) = (json.loads(text) for name, text in files.items() if name.endswith("stored.json"))
    (link,) = stored["links_to_the_plan"]
    assert link["made_by"] == member["name"]
    assert link.keys() == {"made_at", "made_by", "expires_at", "for"}, "no row id"
    mine = archive(client, "/account/archive")
    assert json.loads(mine["account.json"])["agencies"] == [{"name": MARKER, "role": "owner"}]
    assert "signed_in" in mine["events.json"]
    assert "$argon2" not in "".join(mine.values())


def test_an_archive_has_no_events_of_an_earlier_account_with_the_same_id(app: Flask, client: Client) -> None:
    first = new_user(app)
    sign_in(client)
    agency = client.post("/agencies/", {"name": "Harbor House"})
    press(client, f"{agency}delete")
    press(client, "/account/delete")
    client.renew()
    again = new_user(app, "bo@example.org", "Bo")
    assert (again == first) is not ON_POSTGRESQL, "SQLite gives the number of the last row again"
    sign_in(client, "bo@example.org")
    agency = client.post("/agencies/", {"name": "Bay House"})
    kinds = [event["kind"] for event in json.loads(archive(client, f"{agency}archive")["events.json"])]
    assert kinds == ["archive_made", "agency_made"]
    kinds = [event["kind"] for event in json.loads(archive(client, "/account/archive")["events.json"])]
    assert kinds == ["archive_made", "archive_made", "agency_made", "signed_in"]


def test_the_privacy_page_shows_the_periods_of_the_settings(app: Flask, client: Client) -> None:
    text = client.get("/privacy").text
    assert "does not belong to an agency: 90 days after its last change" in text
    assert "do not belong to an agency: 3 years after the last change" in text
    app.config["DRAFT_DAYS"] = 1
    assert "1 day after its last change" in client.get("/privacy").text


def test_people_see_when_a_draft_expires(assessment: Assessment) -> None:
    day = clock.now().date() + (clock.datetime.timedelta(days=90))
    printed = f"{day:%B} {day.day}, {day.year}"
    assert f"delete it after {printed}" in assessment.client.get(assessment.at("pause")).text
    assert f"until {printed}" in assessment.client.get("/").text
