"""The house keeps its shape: no room too large, no two rooms that need each other, nothing below the commands
that knows a terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(file for package in ("dossier", "reports") for file in (ROOT / package).rglob("*.py"))
MOST_LINES = 400
# What only whoever talks to a person at a terminal may ask for.
TERMINAL = {
    "os.getcwd", "Path.cwd", "getpass.getuser", "sys.stdout", "sys.stdin", "sys.stderr", "sys.argv", "input",
    "print", "os.getlogin", "os.chdir", "os.getuid", "os.isatty",
}  # fmt: skip
# What is run by itself to build the project.
KNOWN = {
    "dossier/compliance/rules.py": {"sys.stdout", "sys.argv"},  # run by itself it writes two pages of docs
    "dossier/locale/build.py": {"sys.stdout", "sys.stderr", "print", "sys.argv"},
}
SHELL = ("dossier/cli/", "dossier/web/", "dossier/work/", "dossier/__main__.py", "dossier/windows/")


def name(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def dotted(module: Path) -> str:
    return name(module).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_every_module_can_be_looked_over() -> None:
    lines = {name(module): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


NAMES = {dotted(each) for each in MODULES}


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def imported_at_once(module: Path) -> Iterator[str]:
    """What is imported when the module is; not what functions and type checkers import."""
    for node in tree(module).body:
        if isinstance(node, ast.ImportFrom) and node.module in NAMES:
            below = {f"{node.module}.{alias.name}" for alias in node.names} & NAMES
            yield from below or {node.module}
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in NAMES)


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The sets of modules each of which needs every other."""
    reach: dict[str, set[str]] = {}
    for start in graph:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            at = todo.pop()
            if at not in seen:
                seen.add(at)
                todo += graph.get(at, ())
        reach[start] = seen
    found = {
        tuple(sorted({one} | {other for other in reach[one] if one in reach[other]}))
        for one in graph
        if one in reach[one]
    }
    return sorted(map(list, found))


def test_circle_is_found_where_there_is_one() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_no_modules_import_each_other() -> None:
    assert circles({dotted(module): set(imported_at_once(module)) for module in MODULES}) == []


def asked(module: Path) -> set[str]:
    """What of a terminal the module asks for."""
    names: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute):
            names |= {f"{node.value.id}.{node.attr}"} if isinstance(node.value, ast.Name) else set()
            # A relative path means the current folder, unless it is said from where it starts.
            names |= {"absolute()"} if node.attr == "absolute" else set()
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names.add(node.func.id)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names if alias.name == "click"}
        elif isinstance(node, ast.ImportFrom) and node.module == "click":
            names.add("click")
    return names & {*TERMINAL, "click", "absolute()"}


def test_below_the_commands_nothing_knows_a_terminal() -> None:
    known = {
        name(module): asked(module) - KNOWN.get(name(module), set())
        for module in MODULES
        if not name(module).startswith(SHELL)
    }
    assert {module: names for module, names in known.items() if names} == {}


# A thread of these serves nobody in particular: it ends a worker with its parent, or a library's own threads.
ALONE = {"dossier/scanner/sandbox_worker.py", "dossier/scanner/watch/choose.py"}


def test_thread_takes_along_who_it_works_for() -> None:
    started = {name(module): set(begun(module)) for module in MODULES if name(module) not in ALONE}
    assert {
        module: each for module, calls in started.items() for each in calls if "with_context(" not in each
    } == {}


def begun(module: Path) -> Iterator[str]:
    """What the module has threads of its own do."""
    for call in ast.walk(tree(module)):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("Thread"):
            yield from (ast.unparse(word.value) for word in call.keywords if word.arg == "target")
        elif isinstance(call, ast.Call) and ast.unparse(call.func) == "pool.submit":
            yield ast.unparse(call.args[0])


def test_nothing_is_kept_for_the_whole_process() -> None:
    kept = {
        (name(module), changed)
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Global)
        for changed in node.names
    }
    assert kept == {
        ("dossier/scanner/sandbox_worker.py", "_parent"),  # of a worker's process, which is its own
        ("dossier/scanner/sandbox_worker.py", "_job"),
        ("dossier/state.py", "_plain"),  # the umask, which is the process's by nature
    }


def test_what_is_set_for_one_piece_of_work_is_set_in_one_place() -> None:
    made = {
        name(module)
        for module in MODULES
        if "ContextVar(" in module.read_text("utf-8") or "ContextVar[" in module.read_text("utf-8")
    }
    assert made == {"dossier/workspace.py"}


MOST_PARAMETERS = 8
LONGEST = 60  # lines of a function
# A promise and what keeps it may share a name.
ONE_THING = {"Pulse"}


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    if "/migrations/" not in name(module):
        yield from (
            n for n in ast.walk(tree(module)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
        )


def test_what_belongs_together_is_handed_over_as_one_value() -> None:
    def count(of: ast.arguments) -> int:
        each = [argument.arg for argument in (*of.posonlyargs, *of.args, *of.kwonlyargs)]
        return len(each) - (each[:1] in (["self"], ["cls"]))

    asked = {(name(m), f.name): count(f.args) for m in MODULES for f in functions(m)}
    assert {where: many for where, many in asked.items() if many > MOST_PARAMETERS} == {}


def test_every_function_can_be_looked_over() -> None:
    lines = {(name(m), f.name): (f.end_lineno or 0) - f.lineno + 1 for m in MODULES for f in functions(m)}
    assert {where: count for where, count in lines.items() if count > LONGEST} == {}


def test_no_two_classes_share_a_name() -> None:
    named: dict[str, list[str]] = {}
    for module in MODULES:
        for node in tree(module).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(name(module))
    assert {each: at for each, at in named.items() if len(at) > 1 and each not in ONE_THING} == {}


REFERENCE = re.compile(r":(?:func|class|meth|data|attr):`~?([\w.]+)`")


def defined(module: Path) -> set[str]:
    """The names that a module, or a class in it, defines or imports."""
    names: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def test_what_a_docstring_refers_to_is_there() -> None:
    known = {dotted(module): defined(module) for module in MODULES}
    anywhere = set().union(*known.values())

    def there(reference: str, module: str) -> bool:
        first, _dot, last = reference.rpartition(".")
        if first in known:
            return last in known[first]
        if not first and last[:1].islower():
            return last in known[module]
        return last in anywhere or hasattr(import_module(first or "builtins"), last)

    lost = {
        (name(module), reference)
        for module in MODULES
        for reference in REFERENCE.findall(module.read_text("utf-8"))
        if not there(reference, dotted(module))
    }
    assert lost == set()
