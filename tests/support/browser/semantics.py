"""What a screen reader says of a page: the browser's accessibility tree, and what must hold in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

PRODUCT = "Trauma-Informed Self-Check"
# Pages for internal errors do not read the content, which holds the name of the site.
WITHOUT_CONTENT = {"Something went wrong on our side", "The site cannot answer right now"}
NAMED = {
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "group",
    "heading",
    "image",
    "link",
    "radio",
    "region",
    "searchbox",
    "textbox",
}
ONE_EACH = ("main", "banner", "contentinfo")
LANDMARKS = {"navigation", "region", "search", "form"}
WRONG = ("Error: ", "Please look again: ")
UNSPOKEN_ROLES = {"generic", "none", "InlineTextBox", "StaticText", "LineBreak"}


@dataclass(frozen=True, eq=False)
class Node:
    """What is said of one element."""

    role: str
    name: str
    description: str
    properties: dict[str, Any]
    children: list[Node] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        """Yield this one and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.all()

    def of(self, *roles: str) -> list[Node]:
        """Return those with one of these roles."""
        return [node for node in self.all() if node.role in roles]

    @property
    def text(self) -> str:
        """All that is read below it."""
        return " ".join(node.name for node in self.of("StaticText"))

    def __str__(self) -> str:
        return f"{self.role} “{self.name[:80]}”"


def tree_of(page: Page) -> Node:
    """Return what the browser tells assistive technology of the open page."""
    session = page.context.new_cdp_session(page)
    found = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()

    def value(node: dict[str, Any], key: str) -> str:
        return str(node.get(key, {}).get("value", ""))

    def build(node: dict[str, Any]) -> list[Node]:
        children = [
            spoken for id_ in node.get("childIds", ()) if id_ in found for spoken in build(found[id_])
        ]
        if node["ignored"]:
            return children
        properties = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
        role = value(node, "role")
        return [Node(role, value(node, "name"), value(node, "description"), properties, children)]

    [root] = build(next(node for node in found.values() if "parentId" not in node))
    return root


def semantic_errors(page: Page) -> list[str]:
    """Return what is wrong in what a screen reader says of the open page."""
    root = tree_of(page)
    return [
        *_title_problems(root),
        *_heading_problems(root),
        *_landmark_problems(root),
        *_name_problems(root),
        *_group_problems(root),
        *_error_problems(root),
        *_fragment_problems(page),
    ]


def _title_problems(root: Node) -> Iterator[str]:
    if root.name not in WITHOUT_CONTENT and not re.fullmatch(rf".+ \| {PRODUCT}", root.name):
        yield f"title: {root.name}"
    for summary in root.of("alert"):
        count = len(summary.of("listitem"))
        gentle = any(heading.name.startswith("Please look again") for heading in summary.of("heading"))
        expected = "Please look again: " if gentle else f"{count} {'error' if count == 1 else 'errors'}: "
        if not root.name.startswith(expected):
            yield f"title: “{root.name}” does not begin with “{expected}”"
    if not root.of("alert") and re.match(r"\d+ errors?: ", root.name):
        yield "title: tells of errors that are not listed"


def _heading_problems(root: Node) -> Iterator[str]:
    headings = [node for node in root.of("heading") if node not in _in_alert(root)]
    levels = [int(node.properties["level"]) for node in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings: one of level 1 has to stand first: {levels}"
    for node, level, before in zip(headings[1:], levels[1:], levels, strict=False):
        if level > before + 1:
            yield f"headings: level {before} is followed by {node}, level {level}"


def _in_alert(root: Node) -> list[Node]:
    """Return what the summary of errors holds: it stands before the page's heading, as it is read first."""
    return [node for alert in root.of("alert") for node in alert.all()]


def _landmark_problems(root: Node) -> Iterator[str]:
    for role in ONE_EACH:
        if len(root.of(role)) != 1:
            yield f"landmarks: {len(root.of(role))} of {role}"
    named = [node for node in root.of(*LANDMARKS) if node.role != "form" or node.name]
    counts = Counter((node.role, node.name) for node in named)
    yield from (f"landmarks: {number} are {key}" for key, number in counts.items() if number > 1)
    inside = [node for role in ONE_EACH for landmark in root.of(role) for node in landmark.all()]
    for node in root.of("heading", "link", "button", "StaticText"):
        if node not in inside and "Skip to main content" not in node.name:
            yield f"landmarks: outside of all is {node}"


def _name_problems(root: Node) -> Iterator[str]:
    for node in root.of(*NAMED):
        folded = node.role == "group" and node.children[0].role in {"DisclosureTriangle", "alert"}
        if not folded and not node.name.strip():
            yield f"names: none for {node.role} {node.text[:60]}"
    leads = defaultdict(set)
    for link in root.of("link"):
        leads[link.name].add(link.properties.get("url"))
    yield from (f"names: “{name}” leads to {urls}" for name, urls in leads.items() if len(urls) > 1)
    # A browser puts a button of its own into a field for a date.
    own = {button for box in root.of("Date") for button in box.of("button")}
    buttons = Counter(node.name for node in root.of("button") if node not in own)
    yield from (f"names: {number} buttons “{name}”" for name, number in buttons.items() if number > 1)


def _group_problems(root: Node) -> Iterator[str]:
    grouped = [choice for group in root.of("group") if group.name for choice in group.of("radio", "checkbox")]
    boxes = list(root.of("checkbox"))
    choices = [*root.of("radio"), *(boxes if len(boxes) > 1 else [])]  # an only box is named by its label
    yield from (f"groups: none with a name around {choice}" for choice in choices if choice not in grouped)


def _error_problems(root: Node) -> Iterator[str]:
    spoken = [node.description for node in root.all() if node.role not in UNSPOKEN_ROLES]
    for node in root.of("StaticText"):
        if node.name.startswith(WRONG) and not any(node.name in description for description in spoken):
            yield f"errors: no field is described by “{node.name}”"
    for node in root.all():
        if node.properties.get("invalid", "false") == "true" and not node.description:
            yield f"errors: nothing tells what is wrong with {node}"
    listed = [item for alert in root.of("alert") for item in alert.of("listitem")]
    faulty = [
        n
        for n in root.all()
        if any(word in n.description for word in WRONG) or n.properties.get("invalid") == "true"
    ]
    if listed and not faulty:
        yield "errors: the summary lists some, and no field is said to have one"


def _fragment_problems(page: Page) -> list[str]:
    """Return the links to a place on the same page that is not there."""
    return page.locator("a[href^='#']").evaluate_all(
        """links => links.map(link => link.getAttribute("href"))
            .filter(href => !document.getElementById(href.slice(1)))
            .map(href => `links: nothing has the id of ${href}`)"""
    )
