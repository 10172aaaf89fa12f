"""The templates of pages: compiled once, found once, and what they call is called as it is."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.runtime import Context


class _Compiled(BytecodeCache):
    """Templates are compiled once, whatever site and language they are for."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template, if it was compiled before."""
        bucket.code = self._codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.code


class _Context(Context):
    """Calls what a template names as it is.

    Nothing that these templates call asks for their context, and to look whether it does took as long as many a call.
    """

    def call(self, callee: Callable[..., Any], *args: object, **values: object) -> object:
        """What a callable gives for arguments; those for whom the context is are left out."""
        values.pop("_loop_vars", None)
        values.pop("_block_vars", None)
        return callee(*args, **values)


class Templates(Environment):
    """Templates that stay as they are: each is found once, and that there is none of a name as well."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.found: dict[str | tuple[str, ...], Template] = {}

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


environment = Templates(
    loader=PackageLoader("endpoint"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    bytecode_cache=_Compiled(),
)
environment.context_class = _Context
