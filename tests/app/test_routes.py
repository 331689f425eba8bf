"""Every address of the site is in the table of who may use it."""

from flask import Flask

from tests.support.addresses import (
    AGENCY_MEMBERS,
    AGENCY_OWNERS,
    ANYONE,
    ASSESSMENT_BROWSER,
    EDIT_PAGES,
    RECENTLY_SIGNED_IN,
    SIGNED_IN,
    TRANSFER,
    VIEWER_POSTS,
)


def test_every_address_is_in_the_table(app: Flask) -> None:
    rules = app.url_map.iter_rules()
    found = {(method, rule.rule) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}
    private = SIGNED_IN | RECENTLY_SIGNED_IN | ASSESSMENT_BROWSER | AGENCY_MEMBERS | AGENCY_OWNERS | TRANSFER
    assert found == ANYONE | private
    assert ASSESSMENT_BROWSER > VIEWER_POSTS | EDIT_PAGES


def test_a_view_is_in_the_folder_of_its_blueprint(app: Flask) -> None:
    """The views of Flask-Security have a blueprint of their own, beside ours for accounts."""
    folders = {"security": ("app.accounts.", "flask_security."), "health": ("app.monitoring.",)}
    found = {name: view.__module__ for name, view in app.view_functions.items() if "." in name}
    assert {
        name: module
        for name, module in found.items()
        if not module.startswith(folders.get(name.split(".")[0], (f"app.{name.split('.')[0]}.",)))
    } == {}
