"""The grammar of a metric's `expr`: a language of our own, so small that nothing in it can do harm.

    sum       =  product { ("+" | "-") product }
    product   =  signed { ("*" | "/") signed }
    signed    =  "-" signed | part
    part      =  number | name | function "(" sum { "," sum } ")" | "(" sum ")"

A number is plain digits with or without decimals, a name an indicator's or a metric's id. There are no texts, powers,
comparisons, assignments, attributes or calls but of the few functions, and nothing is ever evaluated as Python or SQL: a
formula becomes a tree here, and the tree becomes a Polars expression. Whatever is not of the grammar is refused before that.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from data.problems import N_

LONGEST = 500
"""Characters. A formula beyond it is better written as several metrics, each with a name."""
DEEPEST = 12
"""Brackets inside brackets."""
MOST_PARTS = 50
"""Numbers and names."""
MOST_DIGITS = 15
"""A number of more digits is not the number that a computer holds."""

FUNCTIONS: dict[str, tuple[int, int]] = {"abs": (1, 1), "min": (2, 10), "max": (2, 10), "previous": (1, 1), "year_ago": (1, 1)}
"""How many values each takes: at least, at most."""


class NotAFormula(ValueError):
    """A text that is no formula: what is wrong with it, how to mend it, and at which character, from 1."""

    def __init__(self, at: int, message: str, hint: str, **values: object) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
        self.values: dict[str, object] = {"at": at, **values}

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}".format(**self.values)


@dataclass(frozen=True)
class Number:
    at: int
    value: float


@dataclass(frozen=True)
class Name:
    at: int
    id: str


@dataclass(frozen=True)
class Negative:
    at: int
    of: "Node"


@dataclass(frozen=True)
class Operation:
    at: int
    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Call:
    at: int
    function: str
    arguments: tuple["Node", ...]


Node = Number | Name | Negative | Operation | Call
"""A part of a formula; `at` is the character, from 1, at which it begins (an operation: its operator)."""


@dataclass(frozen=True)
class Token:
    at: int
    kind: str
    text: str

    @property
    def said(self) -> str:
        """As messages quote it: whatever is not a plain letter by its number, so that a look-alike is told from the real one."""
        return f"{self.text!a}"


def parse(text: str) -> Node:
    """The formula as a tree. Raises NotAFormula at the first thing that is not of the grammar."""
    if len(text) > LONGEST:
        _refuse_long(text)
    tokens = list(_tokens(text))
    parts = [token for token in tokens if token.kind in ("number", "name")]
    if len(parts) > MOST_PARTS:
        hint = N_("make a part of it a metric of its own")
        raise NotAFormula(parts[MOST_PARTS].at, N_("character {at}: a formula has at most {most} names and numbers"), hint, most=MOST_PARTS)
    tree = _Parser(tokens, len(text) + 1).parse()
    if not names(tree):
        raise NotAFormula(1, N_("character {at}: the formula names no indicator"), N_("write the id of one or more"))
    return tree


def names(tree: Node) -> list[Name]:
    """Every name in the formula, in the order in which they are written."""
    return [node for node in walk(tree) if isinstance(node, Name)]


def walk(tree: Node) -> Iterator[Node]:
    """Every part of the formula, an outer one before those inside it."""
    yield tree
    for inner in _inside(tree):
        yield from walk(inner)


def _inside(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Negative):
        return (node.of,)
    if isinstance(node, Operation):
        return node.left, node.right
    return node.arguments if isinstance(node, Call) else ()


_TOKEN = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<mark>[-+*/(),])")
_SPACE = " \n"
_CURES: dict[str, str] = {
    "^": N_("there are no powers: write a * a"),
    "%": N_("divide by 100"),
    ".": N_("write a number as 0.5, and a name without dots"),
    "=": N_("a formula is only what is computed, without a comparison or a name for it"),
    "<": N_("a formula is only what is computed, without a comparison or a name for it"),
    ">": N_("a formula is only what is computed, without a comparison or a name for it"),
    "×": N_("write * for times"),
    "·": N_("write * for times"),
    "÷": N_("write / for divided by"),
    "−": N_("write - for minus"),
    "–": N_("write - for minus"),
}
_CURE = N_("use ids, numbers, + - * / ( ) and the functions: abs, min, max, previous, year_ago")
_SMALL = N_("ids are written in small letters")


def _tokens(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        if text[position] in _SPACE:
            position += 1
            continue
        found = _TOKEN.match(text, position)
        if not found:
            _refuse_character(text[position], position + 1)
        token = Token(position + 1, str(found.lastgroup), found[0])
        position = found.end()
        _check(token, text[position : position + 1])
        yield token


def _check(token: Token, following: str) -> None:
    if token.kind != "number":
        return
    if following and (following.isalnum() or following in "_.'"):
        hint = N_("write plain digits with a decimal point, as 1250.5, and no e, thousand mark or unit")
        raise NotAFormula(token.at, N_("character {at}: a number goes on with {found}"), hint, found=f"{following!a}")
    if len(token.text.replace(".", "")) > MOST_DIGITS:
        raise NotAFormula(token.at, N_("character {at}: a number has at most {most} digits"), N_("shorten it"), most=MOST_DIGITS)
    if token.text[0] == "0" and token.text[1:2].isdigit():
        raise NotAFormula(token.at, N_("character {at}: a number begins with 0"), N_("write it without the 0 in front"))


def _refuse_character(character: str, at: int) -> NoReturn:
    hint = _CURES.get(character, _SMALL if character.isascii() and character.isupper() else _CURE)
    raise NotAFormula(at, N_("character {at}: {found} cannot stand in a formula"), hint, found=f"{character!a}")


def _refuse_long(text: str) -> NoReturn:
    values = {"length": len(text), "longest": LONGEST}
    hint = N_("make a part of it a metric of its own")
    raise NotAFormula(LONGEST + 1, N_("the formula has {length} characters, and {longest} is the most"), hint, **values)


class _Parser:
    """Recursive descent: one method for each line of the grammar."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens, self._next, self._depth = tokens, 0, 0
        self._end = Token(end, "end", "")

    def parse(self) -> Node:
        tree = self._sum()
        if self._token.kind != "end":
            self._refuse_rest()
        return tree

    @property
    def _token(self) -> Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else self._end

    def _take(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def _sum(self) -> Node:
        return self._chain("+-", self._product)

    def _product(self) -> Node:
        return self._chain("*/", self._signed)

    def _chain(self, operators: str, part: Callable[[], Node]) -> Node:
        tree = part()
        while self._token.kind == "mark" and self._token.text in operators:
            operator = self._take()
            tree = Operation(operator.at, operator.text, tree, part())
        return tree

    def _signed(self) -> Node:
        if self._token.text != "-":
            return self._part()
        minus = self._take()
        return Negative(minus.at, self._deeper(self._signed, minus))

    def _part(self) -> Node:
        token = self._take()
        if token.kind == "number":
            return Number(token.at, float(token.text))
        if token.kind == "name":
            return self._call(token) if self._token.text == "(" else Name(token.at, token.text)
        if token.text == "(":
            tree = self._deeper(self._sum, token)
            self._close(token)
            return tree
        return self._refuse_missing(token)

    def _call(self, name: Token) -> Call:
        if name.text not in FUNCTIONS:
            hint = N_("use one of: {known}; or write * between a name and a bracket")
            message = N_("character {at}: {found} is not a function")
            raise NotAFormula(name.at, message, hint, found=name.said, known=", ".join(FUNCTIONS))
        bracket = self._take()
        arguments = [self._deeper(self._sum, bracket)]
        while self._token.text == ",":
            self._take()
            arguments.append(self._deeper(self._sum, bracket))
        self._close(bracket)
        least, most = FUNCTIONS[name.text]
        if not least <= len(arguments) <= most:
            message, hint = N_("character {at}: {found} is given {given} values"), N_("give it {least} to {most}, with commas between them")
            raise NotAFormula(name.at, message, hint, found=name.text, given=len(arguments), least=least, most=most)
        return Call(name.at, name.text, tuple(arguments))

    def _deeper(self, part: Callable[[], Node], opening: Token) -> Node:
        if self._depth == DEEPEST:
            message = N_("character {at}: brackets and signs stand inside each other more than {deepest} deep")
            raise NotAFormula(opening.at, message, N_("make a part of it a metric of its own"), deepest=DEEPEST)
        self._depth += 1
        tree = part()
        self._depth -= 1
        return tree

    def _close(self, opening: Token) -> None:
        if self._token.text == ")":
            self._take()
            return
        if self._token.kind == "end":
            raise NotAFormula(opening.at, N_("character {at}: this bracket is never closed"), N_("add )"))
        self._refuse_rest()

    def _refuse_rest(self) -> NoReturn:
        token = self._token
        if token.text == ")":
            raise NotAFormula(token.at, N_("character {at}: this bracket was never opened"), N_("remove it"))
        if token.text == ",":
            raise NotAFormula(token.at, N_("character {at}: a comma stands only between the values of a function"), N_("remove it"))
        hint = N_("write + - * or / before it")
        raise NotAFormula(token.at, N_("character {at}: before {found} a sign is missing"), hint, found=token.said)

    def _refuse_missing(self, token: Token) -> NoReturn:
        if token.kind == "end":
            raise NotAFormula(token.at, N_("character {at}: the formula ends too early"), N_("write the id or the number that is missing"))
        message, hint = N_("character {at}: before {found} an id or a number is missing"), N_("write it, or remove the sign")
        raise NotAFormula(token.at, message, hint, found=token.said)
