"""Taking a break and coming back with the return code."""

import re
from pathlib import Path
from urllib.parse import unquote

from flask import Flask
from sqlalchemy import select

from app.database.tables import HistoryRow
from app.extensions import db
from app.tokens import code_hash
from tests.support.client import Assessment, Client
from tests.support.page import text_of


def take_break(assessment: Assessment) -> str:
    """Take a break and return the code that the page shows."""
    page = assessment.client.get(assessment.save("pf-scope", go="pause"))
    return text_of(page.by_class("return-code__code")[0])


def come_back(client: Client, code: str) -> str:
    """Return where this code leads."""
    return client.post("/assessments/return", {"code": code})


def test_a_break_shows_a_code_of_125_bits_and_a_link_with_it(assessment: Assessment, other: Client) -> None:
    code = take_break(assessment)
    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}", code)
    link = assessment.client.get(assessment.at("pause")).by_class("return-code__link")[0].find("a")
    assert text_of(link) == f"http://localhost{link.get('href')}"
    assert other.follow(link.get("href")).value("code") == code


def test_the_code_opens_the_assessment_on_another_device(assessment: Assessment, other: Client) -> None:
    assessment.answer(pf_scope="whole")
    assert come_back(other, take_break(assessment)) == assessment.at("")
    assert other.get(assessment.page_of("pf-scope")).value("pf-scope") == "whole"


def test_the_code_may_be_typed_carelessly(assessment: Assessment, app: object) -> None:
    code = take_break(assessment)
    careless = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    for typed in (code, code.lower(), code.replace("-", ""), f"  {code}\t", careless, code.replace("1", "I")):
        assert come_back(Client(app), typed) == assessment.at("")


def test_the_code_of_a_link_leaves_the_address_at_once(assessment: Assessment, other: Client) -> None:
    """So it is not in the browser's history, and the next person at this computer does not see it either."""
    code = take_break(assessment)
    assert other.redirect(f"/assessments/return/{code}") == "/assessments/return"
    assert code not in readable_cookie(other)
    assert other.get("/assessments/return").value("code") == code
    assert other.get("/assessments/return").value("code") == ""


def test_the_code_is_not_readable_in_the_cookie(assessment: Assessment) -> None:
    code = take_break(assessment)
    assert code in assessment.client.get(assessment.at("pause")).source
    assert code not in readable_cookie(assessment.client)


def readable_cookie(client: Client) -> str:
    """Return what anyone at this computer can read in the cookie, whose signature is no lock."""
    with client.raw.session_transaction() as session:
        return str(dict(session))


def test_the_link_alone_opens_nothing(assessment: Assessment, other: Client) -> None:
    code = take_break(assessment)
    other.redirect(f"/assessments/return/{code}")
    other.raw.head(f"/assessments/return/{code}")
    other.get(assessment.at("check"), 404)


def test_a_wrong_code_says_what_to_do_and_stays_in_the_field(assessment: Assessment, other: Client) -> None:
    take_break(assessment)
    page = other.refused("/assessments/return", {"code": "ABCDE-12345"})
    assert page.title.startswith("1 error: ")
    assert "We found no self-check with this code" in page.error_beside("code")
    assert page.value("code") == "ABCDE-12345"
    for nothing in ("", "   ", "---", "ü"):
        other.refused("/assessments/return", {"code": nothing})
    assert "Enter your return code" in other.refused("/assessments/return").error_beside("code")


def test_only_the_hash_of_the_code_is_stored(assessment: Assessment, app: Flask, tmp_path: Path) -> None:
    code = take_break(assessment)
    for file in (tmp_path / "data").iterdir():
        content = file.read_bytes().upper()
        assert code.encode() not in content
        assert code.replace("-", "").encode() not in content
    with app.app_context():
        assert db.session.execute(select(HistoryRow.return_code_hash)).scalars().all() == [code_hash(code)]


def test_a_second_break_makes_no_new_code(assessment: Assessment, other: Client) -> None:
    code = take_break(assessment)
    assert take_break(assessment) == code
    come_back(other, code)
    elsewhere = Assessment(other, assessment.address)
    page = other.get(elsewhere.save("pf-scope", go="pause"))
    assert "it still works" in page.text
    assert code not in page.source
    assert come_back(other, code) == assessment.at("")


def test_a_new_code_ends_the_old_one(assessment: Assessment, other: Client) -> None:
    old = take_break(assessment)
    come_back(other, old)
    page = other.get(other.post(assessment.at("code")))
    new = text_of(page.by_class("return-code__code")[0])
    assert new != old
    other.refused("/assessments/return", {"code": old})
    assert come_back(other, new) == assessment.at("")
    come_back(assessment.client, new)
    assert old not in assessment.client.get(assessment.at("pause")).source


def test_a_new_code_closes_every_browser_that_used_the_old_one(
    app: Flask, assessment: Assessment, other: Client
) -> None:
    old = take_break(assessment)
    come_back(other, old)
    page = assessment.client.get(assessment.client.post(assessment.at("code")))
    new = text_of(page.by_class("return-code__code")[0])
    page = other.refused(assessment.page_of("pf-scope"), {"pf-scope": "whole"}, 404)
    assert "closed on this device" in page.text
    assert "closed on this device" not in other.get("/").text, "it is said once"
    for rest in ("check", "pause", "answers.yaml"):
        assert other.raw.get(assessment.at(rest)).status_code == 404
    assessment.answer(pf_scope="whole")
    assert come_back(other, new) == assessment.at("")
    other.get(assessment.at("check"))


def test_it_is_closed_on_all_other_devices_and_the_code_stays(assessment: Assessment, other: Client) -> None:
    code = take_break(assessment)
    come_back(other, code)
    assessment.client.post(assessment.at("close-others"))
    page = other.get(assessment.at("check"), 404)
    assert "closed on this device" in page.text
    assessment.client.get(assessment.at("check"))
    assert come_back(other, code) == assessment.at("")


def test_a_cookie_of_an_older_version_still_opens_what_it_remembers(assessment: Assessment) -> None:
    with assessment.client.raw.session_transaction() as session:
        session["histories"] = [id_ for id_, _generation in session["histories"]]
    assessment.client.get(assessment.at("check"))
    assessment.answer(pf_scope="whole")
    assessment.client.get(assessment.at("check"))


def test_a_browser_that_loses_it_to_a_deletion_says_so(assessment: Assessment, other: Client) -> None:
    come_back(other, take_break(assessment))
    assessment.client.post(f"{assessment.at('delete')}?of=begun")
    assert "was deleted" in other.get("/").text
    assert "was deleted" not in assessment.client.get("/").text


def test_closing_on_this_device_keeps_the_code_working(assessment: Assessment) -> None:
    client = assessment.client
    code = take_break(assessment)
    page = client.get(client.post(assessment.at("close")))
    assert "closed on this device" in page.text
    assert not page.by_class("continue")
    client.get(assessment.at("check"), 404)
    client.get(assessment.at("pause"), 404)
    assert come_back(client, code) == assessment.at("")
    assert code not in client.get(assessment.at("pause")).source


def test_the_break_page_offers_to_close_only_when_there_is_a_way_back(assessment: Assessment) -> None:
    page = assessment.client.get(assessment.at("pause"))
    assert "Close it on this device" not in page.text
    assert "Get my return link and code" in page.text
    assert not page.by_class("return-code")


def test_a_finished_assessment_can_be_returned_to_as_well(assessment: Assessment, other: Client) -> None:
    page = assessment.finish()
    come_back(other, text_of(page.by_class("return-code__code")[0]))
    assert other.follow(assessment.at("")).h1 == "Action plan"


def test_codes_differ(assessment: Assessment) -> None:
    codes = set()
    for _ in range(20):
        page = assessment.client.get(assessment.client.post(assessment.at("code")))
        codes.add(text_of(page.by_class("return-code__code")[0]))
    assert len(codes) == 20


def test_the_field_takes_the_link_the_code_and_the_code_with_words_around_it(
    assessment: Assessment, app: Flask
) -> None:
    code = take_break(assessment)
    link = f"https://example.org/assessments/return/{code}"
    spaced = code.replace("-", " ")
    for typed in (link, f"Code: {code}", f"Or enter this code: {code}.\nThanks", f"my code {spaced}"):
        assert come_back(Client(app), typed) == assessment.at("")


def test_the_plan_shows_the_return_code_unasked(assessment: Assessment, other: Client) -> None:
    page = assessment.finish()
    code = text_of(page.by_class("return-code__code")[0])
    (ways,) = page.by_class("return-code__ways")
    assert code in unquote(ways.find("li/a").get("href"))
    come_back(other, code)
    assert other.follow(assessment.at("")).h1 == "Action plan"
