"""The habits that a machine can check: sizes, and no human word in Python."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "ultimora"
FILES = sorted(SOURCE.rglob("*.py"))

# Function words and news words that give away vocabulary in code; docstrings and messages are prose and may have them.
TELLTALES = re.compile(
    r"^(il|gli|della|nella|ieri|oggi|domani|lunedì|gennaio|secondo|fonti|ministro|ha detto|"
    r"yesterday|tomorrow|monday|january|according to|spokesman|minister|said|governo)$",
    re.IGNORECASE,
)


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(SOURCE)) for p in FILES])
def test_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    long = [f.name for f in functions(ast.parse(text)) if (f.end_lineno or 0) - f.lineno >= 60]
    assert not long


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(SOURCE)) for p in FILES])
def test_no_human_word(path: Path) -> None:
    strings = [n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant)]
    assert not [s for s in strings if isinstance(s, str) and TELLTALES.match(s.strip())]
