"""Puts a mutant in the place of what is imported already, in a process that is then thrown away."""

import ast
import sys
from collections.abc import Iterator
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any

from checks.mutation.mutants import Mutant, mutated


class UnreachableError(Exception):
    """What the mutant changes cannot be found in the module as it was imported."""


def patch(module: ModuleType, source: str, mutant: Mutant) -> None:
    """From now on the module says what the mutant says. Raises UnreachableError."""
    tree = mutated(source, mutant)
    if mutant.is_constant:
        _patch_constant(module, tree, mutant.owner)
        return
    function = _function(module, mutant.owner)
    first = function.__code__.co_firstlineno
    codes = _codes(compile(tree, function.__code__.co_filename, "exec"))
    code = next((c for c in codes if (c.co_qualname, c.co_firstlineno) == (mutant.owner, first)), None)
    if code is None or code.co_freevars != function.__code__.co_freevars:
        raise UnreachableError(mutant.owner)
    function.__code__ = code


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def _function(module: ModuleType, name: str) -> FunctionType:
    found: Any = module
    for part in name.split("."):
        found = vars(found).get(part)
        if found is None:
            raise UnreachableError(name)
        if isinstance(found, property):
            found = found.fget
        elif isinstance(found, cached_property):
            found = found.func
        found = getattr(found, "__func__", found)
        while not isinstance(found, type) and hasattr(found, "__wrapped__"):
            found = found.__wrapped__
    if not isinstance(found, FunctionType):
        raise UnreachableError(name)
    return found


def _patch_constant(module: ModuleType, tree: ast.Module, name: str) -> None:
    """Wherever it was imported under its name."""
    before = vars(module).get(name)
    for statement in tree.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        target = statement.target if isinstance(statement, ast.AnnAssign) else target
        if isinstance(target, ast.Name) and target.id == name:
            value: Any = getattr(statement, "value", None)
            code = compile(ast.Expression(value), module.__name__, "eval")
            after = eval(code, vars(module))  # noqa: S307 -- our own file
            setattr(module, name, after)
            for other in [m for n, m in sys.modules.items() if n.startswith(("duly", "tests"))]:
                if vars(other).get(name) is before:
                    setattr(other, name, after)
            return
    raise UnreachableError(name)
