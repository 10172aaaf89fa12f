"""The templates of pages: compiled once for each language, found once, and what they call is called as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, DictLoader, Environment, StrictUndefined, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.idtracking import VAR_LOAD_ALIAS, VAR_LOAD_RESOLVE
from jinja2.utils import missing
from markupsafe import Markup, escape

from endpoint.phrases import marked

_MARKING = re.compile("[&<>\"']")
"""What is escaped in a text. Most have none of it, and to see that takes less than to escape them."""


class _Compiled(BytecodeCache):
    """Templates are compiled once for each language, whatever site they are for."""

    def __init__(self) -> None:
        self._codes: dict[tuple[object, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template, if it was compiled before."""
        bucket.code = self._codes.get(_address(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._codes[_address(bucket)] = bucket.code


def _address(bucket: Bucket) -> tuple[object, str]:
    return bucket.environment.foreknown.get("language"), bucket.key  # type: ignore[attr-defined]


class _Code(CodeGenerator):
    """Writes code with the words of its language in it, which calls what it names as it is.

    Nothing that these templates call asks for their context, and to look whether it does took as long as many a call.
    What is escaped already was escaped again, and each word looked up. So was what all templates know, and macros put
    their arguments together at each call.
    """

    def enter_frame(self, frame: Frame) -> None:
        """The beginning of a template or a block: what it says is gathered, and handed on as a whole.

        Else each piece goes through all templates that extend each other, one after the other. What all templates know
        is taken from where it stands.
        """
        loads = frame.symbols.loads
        for reference, (how, name) in loads.items():
            if how == VAR_LOAD_RESOLVE and name in self._steady:
                loads[reference] = VAR_LOAD_ALIAS, f"environment.globals[{name!r}]"
        super().enter_frame(frame)
        if frame.rootlevel or frame.block_frame:
            self.buffer(frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro, which is a function where it asks for nothing but its arguments."""
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            super().macro_def(macro_ref, frame)
        else:
            self.write(f"environment.saying(macro, {tuple(one.name for one in macro_ref.node.args)!r})")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 - Jinja calls it so
        """A name; what all templates know is there."""
        if self._is_steady(node, frame):
            self.write(frame.symbols.ref(node.name))
        else:
            super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja calls it so
        """An attribute; of what all templates know, it is no key of a mapping."""
        if self._is_steady(node.node, frame):
            self.visit(node.node, frame)
            self.write(f".{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """The end of it."""
        super().leave_frame(frame, with_python_scope)
        if frame.rootlevel or frame.block_frame:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja calls it so
        """A call, or what it gives where that is known."""
        known = self._foreknown(node)
        if isinstance(known, str):
            self.write(repr(known))
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        if forward_caller:
            self.write("caller=caller, ")
        for stars, rest in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if rest is not None:
                self.write(stars)
                self.visit(rest, frame)
                self.write(", ")
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        known = self._foreknown(node)
        return str(escape(known)) if isinstance(known, str) else super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.written(")

    @property
    def _steady(self) -> frozenset[str]:
        steady: frozenset[str] = self.environment.steady  # type: ignore[attr-defined]
        return steady

    def _is_steady(self, node: nodes.Node, frame: Frame) -> bool:
        if not (isinstance(node, nodes.Name) and node.ctx == "load" and node.name in self._steady):
            return False
        load = frame.symbols.find_load(frame.symbols.ref(node.name))
        return load is not None and load[0] == VAR_LOAD_ALIAS

    def _foreknown(self, node: nodes.Node) -> object:
        """What an expression of names that are known beforehand gives; None where it has others."""
        if isinstance(node, nodes.Const):
            return node.value
        if isinstance(node, nodes.Name):
            return self.environment.foreknown.get(node.name)  # type: ignore[attr-defined]
        if isinstance(node, nodes.Getattr):
            return getattr(self._foreknown(node.node), node.attr, None)
        if isinstance(node, nodes.Call) and not (node.kwargs or node.dyn_args or node.dyn_kwargs):
            callee, values = self._foreknown(node.node), [self._foreknown(argument) for argument in node.args]
            return callee(*values) if callable(callee) and None not in values else None
        return None


class Templates(Environment):
    """Templates that stay as they are: each is found once, and that there is none of a name as well.

    `foreknown` is what follows from their language alone, by its names: what is made of it is a part of their code.
    `steady` are the names that stand for the same in all of them: those are no variables.
    """

    code_generator_class = _Code

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.foreknown: Mapping[str, object] = {}
        self.steady: frozenset[str] = frozenset()
        self.found: dict[str | tuple[str, ...], Template] = {}

    @staticmethod
    def saying(macro: Callable[..., str], names: tuple[str, ...]) -> Callable[..., Markup]:
        """A macro with such arguments, as a function."""

        def said(*given: object, **named: object) -> Markup:
            if len(given) < len(names):
                given = (*given, *[named.pop(name, missing) for name in names[len(given) :]])
            return marked(macro(*given, **named))

        return said

    @staticmethod
    def written(value: object) -> str:
        """A value as it stands in a page: escaped, once."""
        if type(value) is Markup or (isinstance(value, str) and _MARKING.search(value) is None):
            return value
        if type(value) is int or type(value) is float:
            return str(value)
        return escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows beside what it is given: what all of them know, as it is.

        Jinja chains mappings, for names of a template alone; none of ours has any, and a chain is gone through anew for
        each part of a page.
        """
        return super().make_globals(d) if d else self.globals

    def get_template(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002 - Jinja calls it so
        """The template of a name."""
        if isinstance(name, Template):
            return name
        if name not in self.found:
            self.found[name] = super().get_template(name, parent, globals)
        return self.found[name]

    def first_of(self, names: tuple[str, ...]) -> Template:
        """Of several names, the first template that exists."""
        if names not in self.found:
            self.found[names] = self.select_template(list(names))
        return self.found[names]


_SUFFIXES = (".html", ".xml")
"""How the names of templates end."""


def _read(folder: Traversable, below: str = "") -> Iterator[tuple[str, str]]:
    """The templates in a folder, by their names: all at once, for they are those of this code.

    Read one by one as they are asked for, some would be those of an upgrade, under a server that goes on.
    """
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _read(entry, f"{below}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):  # an editor or a system may leave others there
            yield f"{below}{entry.name}", entry.read_text(encoding="utf-8")


environment = Templates(
    loader=DictLoader(dict(_read(files("endpoint").joinpath("templates")))),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    bytecode_cache=_Compiled(),
)
