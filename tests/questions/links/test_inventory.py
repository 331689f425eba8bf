"""The addresses of the content, and what was found when they were tested."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from questions.links.inventory import LINK_CHECKS, address_uses, link_checks_text
from questions.loading.loader import load, load_pinned
from questions.model import LinkCheck, Questionnaire
from questions.source_files.yaml_source import YamlSource
from reports.checks.content_diff import file_change
from tests.support.broken_content import broken, place, problems_of

Content = Mapping[str, str]
DAY = datetime.date(2027, 3, 3)
GUIDE = "https://www.acf.hhs.gov/trauma-toolkit/victims-human-trafficking"
NO_LINKS = "links: []"


def with_checks(content: Content, *checks: LinkCheck) -> dict[str, str]:
    """Return the content with these checks in it."""
    return {**content, LINK_CHECKS: link_checks_text(checks)}


def check(**fields: object) -> LinkCheck:
    return LinkCheck(**{"url": GUIDE, "status": "works", "checked": "2027-03-03", **fields})


def test_every_address_of_the_content_is_known_with_its_line(
    content: Content, questionnaire: Questionnaire
) -> None:
    uses = list(address_uses(questionnaire))
    for use in uses:
        line = YamlSource(content[use.location.file]).line(use.location.keys)
        assert use.url in content[use.location.file].splitlines()[line - 1]
    written = [
        url
        for name in ("guide.yaml", "resources.yaml", "supplements.yaml", "sources.yaml")
        for url in re.findall(r"(?:url|site|publisher_site): (https?://\S+)", content[name])
    ]
    assert sorted(use.url for use in uses) == sorted(written)
    other = "".join(text for name, text in content.items() if name not in {use.location.file for use in uses})
    assert "http" not in other


def test_an_address_use_has_the_id_of_its_item(questionnaire: Questionnaire) -> None:
    owners = {use.id for use in address_uses(questionnaire)}
    assert {"guide", "nhttac", "aspe-hidden-wounds-brief", "sup-nctsn-tioa", "acf-guide"} <= owners


def test_checks_are_read_as_they_are_written(content: Content) -> None:
    checks = (
        check(code=200, last_worked="2027-03-03"),
        check(url="https://www.nctsn.org", status="moved", code=200, final="https://a.example/?a=“ü”: #b"),
        check(url="https://nasmhpd.org", status="unreachable"),
    )
    files = with_checks(content, *checks)
    assert load(files).link_checks == checks
    assert link_checks_text(load(files).link_checks) == files[LINK_CHECKS]
    assert files[LINK_CHECKS].startswith("# ")
    assert load(files).link_check["https://nasmhpd.org"].last_worked_on is None


@pytest.mark.parametrize(
    ("bad", "fragment", "message"),
    [
        (check(url="https://a.example"), "url: https://a", "the content no longer has this address"),
        (check(checked="March"), "checked: March", "“checked” must be a date"),
        (check(last_worked="20270303"), "last_worked: ", "“last_worked” must be a date"),
        (check(status="fine"), "status: fine", "“1.status” must be one of 'works'"),
        (check(url="https://nasmhpd.org"), "url: https://nasmhpd.org", "“https://nasmhpd.org” is used twice"),
    ],
)
def test_an_error_in_a_link_check_is_reported(
    content: Content, bad: LinkCheck, fragment: str, message: str
) -> None:
    files = with_checks(content, check(url="https://nasmhpd.org"), bad)
    problems = problems_of(files)
    assert len(problems) == 1
    assert message in problems[0]
    assert problems[0].startswith(f"{LINK_CHECKS}:")
    line = int(problems[0].split(":")[1])
    assert fragment in files[LINK_CHECKS].splitlines()[line - 1]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://nasmhpd.org", "nasmhpd.org", "https://", "//x.org"]
)
def test_only_web_addresses_are_allowed(content: Content, url: str) -> None:
    files = broken(content, "supplements.yaml", "url: https://", f'url: "{url}" # ')
    here = place(files, "supplements.yaml", url)
    assert problems_of(files) == [f"{here}: “{url}” is not a web address"]


def test_check_results_do_not_change_the_meaning_of_content(content: Content) -> None:
    files = with_checks(content, check())
    assert file_change(LINK_CHECKS, content[LINK_CHECKS], files[LINK_CHECKS]).kind == "words"


def test_content_pinned_before_link_checks_existed_is_read(content: Content) -> None:
    files = {name: text for name, text in content.items() if name != LINK_CHECKS}
    assert load_pinned(files).link_checks == ()
    assert problems_of(files) == [f"{LINK_CHECKS}:1: the file is missing"]


RETIRED = 'same_as: nhtrc-enhancing-resiliency-training\n    retired: "2027-03-03"\n    successor: {}'
SAME = "same_as: nhtrc-enhancing-resiliency-training"


@pytest.mark.parametrize("successor", ["aspe-hidden-wounds-brief", "sup-nctsn-tioa"])
def test_a_retired_resource_names_its_successor(content: Content, successor: str) -> None:
    files = broken(content, "resources.yaml", SAME, RETIRED.format(successor))
    assert load(files).resource["tri-enhancing-resiliency-webinar"].successor == successor
    change = file_change("resources.yaml", content["resources.yaml"], files["resources.yaml"])
    assert change.kind == "words"


def test_a_substitute_may_stand_in_for_a_successor(content: Content) -> None:
    files = broken(
        content, "resources.yaml", "    substitute:\n", '    retired: "2027-03-03"\n    substitute:\n'
    )
    assert problems_of(files) == []


@pytest.mark.parametrize(
    ("new", "fragment", "message"),
    [
        (
            f'{SAME}\n    retired: "2027-03-03"',
            "retired: ",
            "a retired resource needs a successor or",
        ),
        (RETIRED.format("nothing"), "successor: ", "there is no “nothing”"),
        (RETIRED.format("tri-enhancing-resiliency-webinar"), "successor: ", "must be another resource"),
        (RETIRED.format("sup-nctsn-tioa").replace("2027-03-03", "2027"), "retired: ", "must be a date"),
        (f"{SAME}\n    successor: sup-nctsn-tioa", "successor: ", "only a retired resource has a successor"),
    ],
)
def test_an_error_in_a_retired_resource_is_reported(
    content: Content, new: str, fragment: str, message: str
) -> None:
    files = broken(content, "resources.yaml", SAME, new)
    problems = problems_of(files)
    assert len(problems) == 1
    assert problems[0].startswith(f"{place(files, 'resources.yaml', fragment)}: ")
    assert message in problems[0]


def test_a_successor_must_not_be_retired(content: Content) -> None:
    files = broken(content, "resources.yaml", SAME, RETIRED.format("nctic-effects-of-trauma-webinar"))
    files = broken(
        files, "resources.yaml", "    substitute:\n", '    retired: "2027-03-03"\n    substitute:\n'
    )
    assert "and not retired itself" in problems_of(files)[0]


def test_equal_checks_compare_equal(questionnaire: Questionnaire) -> None:
    known = replace(questionnaire, link_checks=(check(last_worked="2027-03-02"),))
    assert known.link_check[GUIDE].checked_on == DAY
    assert known.link_check[GUIDE].last_worked_on == datetime.date(2027, 3, 2)
