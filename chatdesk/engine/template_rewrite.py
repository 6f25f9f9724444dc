"""Rewrite a chat template's syntax tree, so that what would become plain Python goes through the meter."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.nodes import Node
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer

from chatdesk.domain.words import tr
from chatdesk.engine.template_meter import Exceeded

NODES = 20_000  # of the syntax tree: bounds the time of compiling
_REFUSED_STATEMENTS = (
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
    nodes.EvalContextModifier,
    nodes.ScopedEvalContextModifier,
    nodes.OverlayScope,
)


class Metering(NodeTransformer):
    """Rewrites what Jinja2 would compile to plain Python operators, so that the meter sees it."""

    def __init__(self) -> None:
        self._nodes = 0

    def visit(self, node: Node, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  as in the base class
        self._nodes += 1
        if self._nodes > NODES:
            raise Exceeded(tr("it is too long"))
        if isinstance(node, _REFUSED_STATEMENTS):
            raise Exceeded(tr("it uses “{name}”").format(name=type(node).__name__))
        visited = super().visit(node, *args, **kwargs)
        if isinstance(node, nodes.TemplateData):
            return nodes.Const(node.data, lineno=node.lineno)
        if isinstance(node, nodes.Concat):
            return _metered("metered_concat", nodes.Tuple(list(node.nodes), "load", lineno=node.lineno))
        if isinstance(node, nodes.List | nodes.Dict) or (
            isinstance(node, nodes.Tuple) and node.ctx == "load"
        ):
            return _metered("metered_value", node)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
            return _metered("metered_value", node)
        return visited

    def visit_For(self, node: nodes.For) -> Node:  # noqa: N802  the visitor's naming
        self.generic_visit(node)
        node.iter = _metered("metered_items", node.iter)
        step = nodes.ExprStmt(_metered("metered_step", nodes.Const(None)), lineno=node.lineno)
        node.body = [step, *node.body]
        return node

    def visit_Compare(self, node: nodes.Compare) -> Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _metered("metered_step", node.expr)
        return node


def _metered(name: str, value: Any) -> nodes.Filter:  # noqa: ANN401  any expression's node
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno or 1)


class GenerationBlocks(Extension):
    """`{% generation %}` marks answers for training; here its content is rendered as it stands."""

    tags = {"generation"}  # noqa: RUF012  as the base class declares it

    def parse(self, parser: Parser) -> list[Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)
