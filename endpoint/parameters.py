"""Which parameters an address takes, each once or several times; what it does not take is told, never passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from fastapi import Request
from starlette.responses import Response

from endpoint.problems import Problem, adding
from loaders.choices import nearest
from ontology.text import Text

_LONGEST = 80  # characters of a name or a value that are said again
_MOST_NAMED = 5

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Taken:
    """The names of the parameters of an address: those that may stand once, and those that may stand several times."""

    once: tuple[str, ...] = ()
    several: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.once, *self.several)

    def check(self, asked: Iterable[tuple[str, str]]) -> None:
        """Raises Problem where something else is asked for, or something twice that may stand once."""
        times = Counter(name for name, _ in asked)
        unknown = [name for name in times if name not in self.names]
        if unknown:
            raise _unknown(unknown, self.names)
        for name in self.once:
            if times[name] > 1:
                raise bad_parameter(name, Text(
                    f"Parametern {name} står {times[name]} gånger. Den får stå en gång.",
                    f"The parameter {name} stands {times[name]} times. It may stand once.",
                ))  # fmt: skip


NOTHING = Taken()


def takes(*once: str, several: tuple[str, ...] = ()) -> Callable[[Handler], Handler]:
    """Say what the address of a handler takes; one that says nothing takes nothing."""

    def say(handler: Handler) -> Handler:
        handler.taken = Taken(once, several)  # type: ignore[attr-defined]
        return handler

    return say


def taken_by(handler: Callable[..., Any]) -> Taken:
    """What the address of a handler takes."""
    return getattr(handler, "taken", NOTHING)


async def only_what_is_taken(request: Request) -> None:
    """Stands before every handler but those of protocols: refuses what its address does not take."""
    _check(request.scope["endpoint"], request)


def strict(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """A handler that refuses so by itself, where no router stands before it."""

    async def answer(request: Request) -> Response:
        _check(handler, request)
        return await handler(request)

    return answer


def _check(handler: Callable[..., Any], request: Request) -> None:
    if request.scope["query_string"]:
        taken_by(handler).check(request.query_params.multi_items())


def bad_parameter(name: str, detail: Text, allowed: Sequence[str] = ()) -> Problem:
    """A parameter whose value cannot be used: `detail` names it, and says what it can be."""
    members: dict[str, object] = {"parameter": _shortly(name)}
    if allowed:
        members["allowed"] = list(allowed)
    return Problem("bad-parameter", detail, members=members, without=(name,))


def missing(name: str) -> Problem:
    """A parameter that has to be given and is not."""
    return bad_parameter(name, Text(f"Parametern {name} saknas.", f"The parameter {name} is missing."))


def wrong_value(name: str, value: str, wanted: Text, allowed: Sequence[str] = ()) -> Problem:
    """The same with the value that was given, what is wanted in its place, and what of it is most likely meant."""
    shown, near = _shortly(value), nearest(allowed, value)
    asked = Text("", "") if near is None else Text(f" Menas {near}?", f" Is {near} meant?")
    detail = Text(
        f"Parametern {name} kan inte vara ”{shown}”. Den kan vara: {wanted.sv}.{asked.sv}",
        f"The parameter {name} cannot be “{shown}”. It can be: {wanted.en}.{asked.en}",
    )
    return bad_parameter(name, detail, allowed)


def check_among(name: str, value: str, there_are: Iterable[str]) -> None:
    """Raises Problem, with what there is, for a value that is none of it."""
    allowed = tuple(there_are)
    if value not in allowed:
        raise wrong_value(name, value, Text(", ".join(allowed), ", ".join(allowed)), allowed)


def there_is_no(name: str, taken: Sequence[str]) -> Problem:
    """A parameter that an address does not take, with those that it takes, and which of them is most likely meant."""
    near = nearest(taken, name)
    problem = _unknown([name], taken)
    return problem if near is None else adding(problem, Text(f"Menas {near}?", f"Is {near} meant?"))


def _unknown(names: Sequence[str], taken: Sequence[str]) -> Problem:
    shown = [_shortly(name or "=") for name in names[:_MOST_NAMED]]
    swedish, english = ", ".join(f"”{name}”" for name in shown), ", ".join(f"“{name}”" for name in shown)
    many, there = len(names) > 1, ", ".join(taken)
    detail = Text(
        f"Här finns {'inga parametrar som heter' if many else 'ingen parameter'} {swedish}. "
        + (f"Det här finns: {there}." if there else "Adressen tar inga parametrar."),
        f"There {'are no parameters' if many else 'is no parameter'} {english} here. "
        + (f"There are: {there}." if there else "The address takes none."),
    )
    problem = bad_parameter(names[0], detail, taken)
    return replace(problem, without=tuple(names))


def _shortly(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
