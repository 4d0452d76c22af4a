"""The mutants of a module: each changes one thing, as somebody might have written it wrongly.

Made of what stands in functions, and of the constants of a module. Not made: other words in texts, other
defaults of parameters and fields, other annotations and decorators.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Mutant:
    """`owner` is the qualified name of the function, or the name of the constant."""

    place: int
    owner: str
    is_constant: bool
    line: int
    last: int
    was: str
    becomes: str


@dataclass(slots=True)
class _Site:
    """In `holder`, under `field` (and `index`, if that is a list), `new` can stand for `old`."""

    holder: ast.AST
    field: str
    index: int | None
    old: ast.AST
    new: ast.AST
    shown: ast.AST
    owner: str = ""
    is_constant: bool = False

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.holder, self.field, node)
        else:
            getattr(self.holder, self.field)[self.index] = node


def mutants(source: str) -> list[Mutant]:
    """All of them, in the order of the file; `place` tells them apart."""
    found: list[Mutant] = []
    for place, site in enumerate(_sites(ast.parse(source))):
        line = int(getattr(site.shown, "lineno", 0))
        last = int(getattr(site.shown, "end_lineno", line))
        shown = site.new if site.shown is site.old else site.shown
        was = ast.unparse(site.shown)
        site.put(site.new)
        becomes = ast.unparse(shown)
        site.put(site.old)
        found.append(Mutant(place, site.owner, site.is_constant, line, last, was, becomes))
    return found


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """The module with this one change."""
    tree = ast.parse(source)
    site = list(_sites(tree))[mutant.place]
    site.put(site.new)
    return ast.fix_missing_locations(tree)


def _sites(tree: ast.Module) -> Iterator[_Site]:
    for place, statement in enumerate(tree.body):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            if isinstance(target, ast.Name) and not target.id.startswith("__") and statement.value:
                yield from _owned(target.id, _within(statement, "value", None, statement.value), True)
        else:
            yield from _of_functions(tree, "body", place, statement, "")


def _of_functions(holder: ast.AST, field: str, place: int, statement: ast.stmt, home: str) -> Iterator[_Site]:
    if isinstance(statement, ast.ClassDef):
        for inner, each in enumerate(statement.body):
            yield from _of_functions(statement, "body", inner, each, f"{home}{statement.name}.")
    elif isinstance(statement, _FUNCTIONS):
        for inner, each in enumerate(statement.body):
            if not _is_text(each):
                sites = _within(statement, "body", inner, each)
                yield from _owned(f"{home}{statement.name}", sites, False)


def _owned(owner: str, sites: Iterator[_Site], is_constant: bool) -> Iterator[_Site]:
    for site in sites:
        if is_constant and isinstance(site.old, ast.BitOr):
            continue  # one type or another
        site.owner, site.is_constant = owner, is_constant
        yield site


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _within(holder: ast.AST, field: str, index: int | None, node: ast.AST) -> Iterator[_Site]:
    """Of this node first, then of what it is made of."""
    if isinstance(node, ast.JoinedStr):
        return  # the words of a text
    for new in _instead_of(node):
        yield _Site(holder, field, index, node, new, node)
    yield from _of_parts(node)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list") or isinstance(value, ast.arguments):
            continue
        if isinstance(node, ast.keyword) and node.arg == "strict":
            continue  # of zip: that both are as long is a claim, and holds
        if isinstance(value, ast.AST):
            yield from _within(node, name, None, value)
        elif isinstance(value, list):
            for place, each in enumerate(value):
                if isinstance(each, ast.AST) and not (isinstance(each, ast.stmt) and _is_text(each)):
                    yield from _within(node, name, place, each)


def _instead_of(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand for the whole of it."""
    match node:
        case ast.Constant(value=bool(said)):
            yield ast.copy_location(ast.Constant(not said), node)
        case ast.Constant(value=int(number) | float(number)):
            yield ast.copy_location(ast.Constant(number + 1), node)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
            yield ast.copy_location(ast.Return(ast.Constant(None)), node)
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Raise() | ast.AugAssign():
            yield ast.copy_location(ast.Pass(), node)
        case ast.Continue():
            yield ast.copy_location(ast.Break(), node)
        case ast.Break():
            yield ast.copy_location(ast.Continue(), node)
        case _:
            return


def _of_parts(node: ast.AST) -> Iterator[_Site]:
    """What may stand for a part of it that says nothing by itself."""
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                for other in _COMPARED.get(type(operator), ()):
                    yield _Site(node, "ops", place, operator, other(), node)
        case ast.BoolOp(op=operator):
            other_one = ast.Or() if isinstance(operator, ast.And) else ast.And()
            yield _Site(node, "op", None, operator, other_one, node)
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in _COUNTED:
            yield _Site(node, "op", None, operator, _COUNTED[type(operator)](), node)
        case ast.Call(func=ast.Name(id=name) as called) if name in _CALLED:
            yield _Site(
                node,
                "func",
                None,
                called,
                ast.copy_location(ast.Name(_CALLED[name], ast.Load()), called),
                node,
            )
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if _is_own(test):
            yield _Site(node, "test", None, test, _not(test), test)
        case ast.comprehension(ifs=tests):
            for place, test in enumerate(tests):
                if _is_own(test):
                    yield _Site(node, "ifs", place, test, _not(test), test)
        case _:
            return


def _is_own(test: ast.expr) -> bool:
    """Whether its opposite is not made already of what it is made of."""
    is_compared = isinstance(test, ast.Compare) and len(test.ops) == 1
    return not is_compared and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not))


def _not(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
