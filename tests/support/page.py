"""A strictly parsed page: an error in its HTML or headers fails the test that requested it."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import html5lib
from werkzeug.test import TestResponse

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
PSEUDO_LANGUAGE = "eo"  # as in tests/support/pseudo_locale.py; its plurals follow the same rule as English
CONTROLS = ("input", "select", "textarea")
UNLABELED = ("hidden", "submit")
SHOWN_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
# What a wrongly filled template or message leaves behind: a placeholder, or markup escaped twice.
LEFTOVER = re.compile(r"%\(\w+\)|\{[a-z_]+\}|&(?:[a-z]+|#\d+);|</?(?:a|li|p|span|strong)\b")


class Page:
    """A parsed page."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.address = response.request.path
        self.source = response.text
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root = parser.parse(self.source)
        self._check_head()
        self._check_ids_and_references()
        self._check_controls()
        self._check_nothing_inline()
        self._check_words()
        check_headers(response)

    @property
    def title(self) -> str:
        return text_of(self.all("title")[0])

    @property
    def h1(self) -> str:
        return text_of(self.all("h1")[0])

    @property
    def text(self) -> str:
        """All the words of the main part, with single spaces."""
        return text_of(self.all("main")[0])

    def all(self, path: str) -> list[ElementTree.Element]:
        """Return the elements at this ElementTree path, such as `input[@type='radio']`."""
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> ElementTree.Element:
        (found,) = self.all(path)
        return found

    def by_class(self, name: str) -> list[ElementTree.Element]:
        return [element for element in self.root.iter() if name in element.get("class", "").split()]

    def link(self, words: str) -> str:
        """Return where the first link with these words goes."""
        return next(a.get("href", "") for a in self.all("a") if text_of(a) == words)

    def value(self, name: str) -> str | list[str] | None:
        """Return what the browser would send for a field: a list for checkboxes, None if nothing."""
        fields = [field for field in self._controls() if field.get("name") == name]
        if fields[0].tag == "textarea":
            return (fields[0].text or "").removeprefix("\n")
        if fields[0].tag == "select":
            chosen = [
                option.get("value") for option in fields[0].iter("option") if "selected" in option.attrib
            ]
            return chosen[0] if chosen else fields[0].find("option").get("value")
        if fields[0].get("type") == "radio":
            return next((f.get("value") for f in fields if f.get("checked") is not None), None)
        if any(f.get("type") == "checkbox" for f in fields):
            return [f.get("value", "") for f in fields if f.get("checked") is not None]
        return fields[0].get("value")

    @property
    def names(self) -> set[str]:
        """The names of all fields, without the hidden fields that every form has."""
        return {f.get("name", "") for f in self._controls()} - {"csrf_token", "shown"}

    def form(self) -> dict[str, str | list[str]]:
        """Return everything that a browser would send if no field were changed."""
        names = {field.get("name", "") for field in self._controls()} - {"csrf_token"}
        values = {name: self.value(name) for name in names}
        data = {name: ["", *value] if isinstance(value, list) else value for name, value in values.items()}
        return {name: value for name, value in data.items() if value is not None}

    def errors(self) -> dict[str, str]:
        """Return the error summary: each field that it links to, with its message."""
        lines = [li for box in self.by_class("error-summary") for li in box.iter("li")]
        by_field = {li.find("a").get("href").removeprefix("#"): text_of(li) for li in lines}
        assert len(by_field) == len(lines), "two errors link to the same field"
        return by_field

    def error_beside(self, name: str) -> str:
        """Return the message beside a field."""
        return text_of(self.one(f"*[@id='{name}-error']"))

    def _controls(self) -> list[ElementTree.Element]:
        return [element for element in self.root.iter() if element.tag in CONTROLS]

    def _check_head(self) -> None:
        assert self.root.get("lang") in {"en-US", PSEUDO_LANGUAGE}
        (title,) = self.all("title")
        assert text_of(title).partition(" | ")[0], "a page needs a title of its own"
        assert len(self.all("h1")) == 1
        assert len(self.all("main")) == 1
        levels = [int(e.tag[1]) for e in self.root.iter() if e.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
        jumps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
        assert not jumps, f"headings skip a level: {jumps}"

    def _check_ids_and_references(self) -> None:
        ids = [e.get("id") for e in self.root.iter() if e.get("id") is not None]
        assert all(ids)
        assert len(ids) == len(set(ids)), sorted(i for i in set(ids) if ids.count(i) > 1)
        wanted = {
            id_
            for e in self.root.iter()
            for name in ("for", "aria-labelledby", "aria-describedby")
            for id_ in e.get(name, "").split()
        }
        wanted |= {a.get("href")[1:] for a in self.all("a") if a.get("href", "").startswith("#")}
        assert wanted <= set(ids), f"nothing has the ids {wanted - set(ids)}"

    def _check_controls(self) -> None:
        labels = {label.get("for"): text_of(label) for label in self.all("label")}
        for control in self._controls():
            if control.get("type") not in UNLABELED:
                assert labels.get(control.get("id")), f"{control.get('name')} has no label"
        for button in [*self.all("button"), *self.all("a"), *self.all("legend"), *self.all("summary")]:
            assert text_of(button), f"a {button.tag} without words"
        for form in self.all("form"):
            if form.get("method", "").lower() == "post":
                (token,) = form.findall(".//input[@name='csrf_token']")
                assert token.get("value")

    def _check_nothing_inline(self) -> None:
        for element in self.root.iter():
            assert element.tag != "style"
            if element.tag == "script":
                assert element.get("src", "").startswith("/static/build/")
                assert not text_of(element)
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]

    def _check_words(self) -> None:
        for element in self.root.iter():
            if element.tag in {"script", "textarea"} or "typed" in element.get("class", "").split():
                continue
            shown = [element.get(name, "") for name in SHOWN_ATTRIBUTES]
            texts = [element.text or "", *((child.tail or "") for child in element)]
            leftovers = [text for text in (*shown, *texts) if LEFTOVER.search(text)]
            assert not leftovers, f"not filled in, or escaped twice: {leftovers}"
            for before, child, after in zip(texts, element, texts[1:], strict=False):
                if child.tag in {"a", "strong"}:
                    around = f"{before[-20:]}<{child.tag}>{after[:20]}"
                    assert not before[-1:].isalnum(), f"no space before: {around}"
                    assert not after[:1].isalnum(), f"no space after: {around}"


def check_headers(response: TestResponse) -> None:
    """Fail unless every security header is set. Everything but static files is private and never cached."""
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, name
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def text_of(element: ElementTree.Element) -> str:
    """Return the words of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())
