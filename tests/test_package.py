"""What the package promises from outside: its names, its data files, its dependencies."""

from __future__ import annotations

import ast
import graphlib
import importlib
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import corpus_db

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
# What is imported under another name than it is installed by.
IMPORTED_AS = {
    "pypdfium2": "pypdfium2_raw",
    "pyyaml": "yaml",
    "charset-normalizer": "charset_normalizer",
    "sqlite-utils": "sqlite_utils",
    "tomli": "tomllib",
}


@pytest.mark.parametrize("name", corpus_db.__all__)
def test_every_public_name_is_there(name):
    assert getattr(corpus_db, name).__doc__


def test_searching_does_not_import_the_builder():
    code = "import sys, corpus_db; print([m for m in sys.modules if m in ('corpus_db.pipeline', 'corpus_db.prepare')])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
        == "[]\n"
    )


def test_every_module_says_what_it_is_for():
    for path in sorted((ROOT / "corpus_db").rglob("*.py")):
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_every_dependency_is_used_and_every_import_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=;\[ ]", name)[0] for name in project["dependencies"]}
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "corpus_db").rglob("*.py")]
    found = {
        alias.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    found |= {node.module or "" for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported = {name.split(".")[0] for name in found} - set(sys.stdlib_module_names) - {"corpus_db", ""}
    used = {IMPORTED_AS.get(name, name) for name in declared}
    extras = {"distributed", "pyarrow", "mcp", "pydantic"}
    assert imported - {"tomli"} - extras <= used
    assert used - imported - {"sqlite_utils", "tomllib"} == set()  # for its command line; for old Pythons


def test_data_files_are_part_of_the_package():
    for folder, ending in (
        ("data", "*.tsv"),
        ("sql/queries", "*.sql"),
        ("sql/views", "*.sql"),
        ("sql/checks", "*.sql"),
    ):
        package = Path(str(resources.files("corpus_db"))) / folder
        assert list(package.glob(ending)), folder


def test_every_module_can_be_imported():
    for path in sorted((ROOT / "corpus_db").rglob("*.py")):
        if path.name != "__main__.py":
            parts = path.relative_to(ROOT).with_suffix("").parts
            try:
                importlib.import_module(".".join(part for part in parts if part != "__init__"))
            except ModuleNotFoundError as error:
                assert (parts[-1], error.name) == ("mcp", "mcp")  # comes with datasette-mcp, and only it imports this


# What each folder may import of the package besides itself: reading and analysing know nothing of storing, asking or showing.
MAY_IMPORT = {
    "data": set(),
    "text": {"data"},
    "clean": {"data", "errors", "records", "text"},
    "sources": {"clean", "data", "decode", "errors", "mojibake", "records", "signatures", "text"},
    "analysis": {"data", "errors", "records", "spool", "text"},
    "sql": set(),
    "index": {"pieces", "sql", "text"},
    "search": {"errors", "sql", "text"},
    "serve": {"search", "sql", "text"},
    "export": {"about", "differences", "errors", "search", "serve", "text", "verify"},
}


def imported(path: Path) -> set[str]:
    """What a module imports of the package, wherever in it: the first part of each name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in found if name.startswith("corpus_db.")}


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_imports_point_one_way(folder):
    paths = sorted((ROOT / "corpus_db" / folder).rglob("*.py"))
    found = set().union(*map(imported, paths)) - {folder, "__version__"}
    assert found <= MAY_IMPORT[folder]


def test_imports_run_in_no_circle():
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (ROOT / "corpus_db").rglob("*.py")
    }
    graph = {}
    for name, path in paths.items():
        froms = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ImportFrom)]
        named = [(node.module, f"{node.module}.{alias.name}") for node in froms for alias in node.names]
        graph[name] = {inner if inner in paths else outer for outer, inner in named if outer in paths}
    assert len(list(graphlib.TopologicalSorter(graph).static_order())) == len(paths)  # raises CycleError


def test_every_folder_of_modules_says_what_it_may_import():
    assert {path.parent.name for path in (ROOT / "corpus_db").glob("*/__init__.py")} == set(MAY_IMPORT)
