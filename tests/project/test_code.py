"""Habits of the code. Each test names every offender at once."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from questions.kinds import KINDS
from tests.support.content_texts import known_texts
from tests.support.project_files import PROJECT, TEMPLATES, name_of, python_files, read

CORE = python_files("questions", "reports")
# A tool writes the migrations.
MODULES = [*CORE, *(path for path in python_files("app") if path.parent.name != "migrations")]
LATER = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")
FLAT_MODULES = {"questions": 10, "reports": 0, "app": 15}

# Why these files have fewer than 40 lines. Any other small file belongs into the module that uses it.
SMALL = {
    "app/assessments/depth_views.py": "a flow of its own, before and after the plan",
    "app/database/link_reports.py": "a table of its own, apart from those of assessments",
    "app/extensions.py": "Flask's habit: extensions without an application, so that imports make no circle",
    "app/guide/files.py": "the server makes these files before any page asks for them",
    "app/monitoring/security_events.py": "the views of several blueprints use it",
    "app/private_files.py": "both settings and backups use it",
    "questions/loading/depth.py": "one rule of loading, apart from the reading of files",
    "questions/model_base.py": "every type of the content uses it",
    "questions/validation/locations.py": "checks beside it and in reports use it",
    "reports/documents/text_key_check.py": "a content check that needs the ids in reports",
    "reports/documents/xlsx/row_heights.py": "how a text is laid out, apart from the library that writes it",
    "reports/documents/pdf/errors.py": "the web process and the child both use them",
    "reports/plan/translations.py": "the only place where plans and documents know of gettext",
}


def test_a_file_has_400_lines_at_most() -> None:
    assert {name_of(path): n for path in MODULES if (n := len(read(path).splitlines())) > 400} == {}


def test_a_file_under_40_lines_has_a_reason() -> None:
    modules = [path for path in MODULES if path.name != "__init__.py"]
    small = {name_of(path) for path in modules if len(read(path).splitlines()) < 40}
    assert sorted(small ^ SMALL.keys()) == []


def test_a_function_has_40_lines_at_most() -> None:
    assert [
        f"{name_of(path)}: {node.name}"
        for path in MODULES
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno >= 40
    ] == []


def test_each_package_has_few_modules_outside_folders() -> None:
    flat = {name: sorted(path.name for path in (PROJECT / name).glob("*.py")) for name in FLAT_MODULES}
    # Each has an __init__.py as well.
    assert {name: files for name, files in flat.items() if len(files) > FLAT_MODULES[name] + 1} == {}


def test_nothing_but_a_kind_itself_asks_which_kind_a_question_is() -> None:
    """What depends on the kind is a method of it; StageQuestion as a type of a parameter is fine."""
    others = [path for path in MODULES if path.parent.name != "kinds"]
    assert [
        f"{name_of(path)}:{node.lineno}"
        for path in others
        for node in ast.walk(ast.parse(read(path)))
        if _asks_for_a_kind(node)
    ] == []
    branches = re.compile(r"\{%-?\s*(?:el)?if [^%]*question\.kind")
    assert [name_of(path) for path in TEMPLATES if branches.search(read(path))] == []


def _asks_for_a_kind(node: ast.AST) -> bool:
    """Return whether this is isinstance(…, a kind), a case of a kind, or a comparison with its name."""
    classes = {kind.__name__ for kind in KINDS.values()}
    match node:
        case ast.Call(func=ast.Name(id="isinstance" | "issubclass" | "type")):
            return any(isinstance(inner, ast.Name) and inner.id in classes for inner in ast.walk(node))
        case ast.MatchClass(cls=ast.Name(id=name)):
            return name in classes
        case ast.Compare(comparators=compared):
            names = {
                inner.value for c in compared for inner in ast.walk(c) if isinstance(inner, ast.Constant)
            }
            asks = isinstance(node.left, ast.Attribute) and node.left.attr == "kind"
            return asks and bool(names & KINDS.keys())
    return False


def test_each_text_of_the_content_is_read_somewhere() -> None:
    """A text that nothing reads any more is marked `NoLongerRead` in questions/texts/."""
    read_names = set(re.findall(r"\.(\w+)", "\n".join(read(path) for path in (*MODULES, *TEMPLATES))))
    assert [".".join(keys) for keys in known_texts(read=True) if keys[-1] not in read_names] == []


def test_a_module_says_what_it_is_for() -> None:
    assert [name_of(path) for path in MODULES if not ast.get_docstring(ast.parse(read(path)))] == []


def test_every_public_name_of_the_core_is_described() -> None:
    assert [
        f"{name_of(path)}: {node.name}"
        for path in CORE
        for node in public_names(ast.parse(read(path)))
        if not ast.get_docstring(node)
    ] == []


def test_no_comment_puts_work_off() -> None:
    everything = [*MODULES, *python_files("tests"), *TEMPLATES]
    assert [f"{name_of(path)}: {word}" for path in everything for word in LATER if word in read(path)] == []


def test_no_message_hides_in_an_f_string_where_translators_do_not_find_it() -> None:
    gettext = {"_", "_l", "gettext", "ngettext"}
    assert [
        f"{name_of(path)}:{call.lineno}"
        for path in MODULES
        for text in ast.walk(ast.parse(read(path)))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in gettext
    ] == []


def test_what_an_application_holds_is_looked_up_by_one_function() -> None:
    """A module names the key for its own functions, which have types."""
    everything = [*MODULES, *python_files("tests"), *python_files("bench"), PROJECT / "gunicorn.conf.py"]
    literal = re.compile(r"""extensions(?:\.\w+\(|\[|\s*\|=\s*\{)["']""")
    assert [name_of(path) for path in everything if literal.search(read(path))] == []


def test_no_package_file_hides_our_packages_in_tests() -> None:
    assert list((PROJECT / "tests").rglob("__init__.py")) == []


def functions(path: Path) -> Iterable[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a file, methods and inner functions too."""
    nodes = ast.walk(ast.parse(read(path)))
    return (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public_names(module: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """Return the public functions and classes of a module, and the public methods of those classes."""
    classes = [node for node in module.body if isinstance(node, ast.ClassDef) and node.name[0] != "_"]
    return [
        node
        for scope in (module, *classes)
        for node in scope.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
    ]
