"""Every address of the site is in the table of who may use it."""

from flask import Flask

from tests.support.addresses import (
    ANYONE,
    ITS_BROWSER,
    ITS_MEMBERS,
    ITS_OWNERS,
    ITS_PERSON,
    ITS_PERSON_JUST_NOW,
    PAGES_TO_CHANGE,
    VIEWERS_SEND,
    WHO_BRINGS_IT,
)


def test_every_address_is_in_the_table(app: Flask) -> None:
    rules = app.url_map.iter_rules()
    found = {(method, rule.rule) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}
    private = ITS_PERSON | ITS_PERSON_JUST_NOW | ITS_BROWSER | ITS_MEMBERS | ITS_OWNERS | WHO_BRINGS_IT
    assert found == ANYONE | private
    assert ITS_BROWSER > VIEWERS_SEND | PAGES_TO_CHANGE
