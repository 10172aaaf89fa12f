"""What the service offers to programs, address by address: the table that its OpenAPI description is written from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from msgspec import Struct

from endpoint.formats import GRAPHS, HTML, RESULTS, Format
from endpoint.interface.replies import Health, ProblemsTold, Readiness
from endpoint.operation import FORM, QUERY
from endpoint.problems import statuses_of_queries
from endpoint.terms import VERSIONS
from endpoint.words import WORDS
from ontology import addresses
from ontology.text import LANGUAGES, Text
from queries.catalogue import query, without_header

JSON_TYPE = "application/json"
PLAIN_TYPE = "text/plain"
_MOST_LISTED = 100
"""A parameter with more values than these is told by an example."""


class Group(Enum):
    """What belongs together, in the order in which it is told."""

    ASKING = Text("Fråga", "Asking")
    QUESTIONS = Text("Färdiga frågor", "Public questions")
    THINGS = Text("Saker och begrepp", "Things and terms")
    MAPPINGS = Text("Kopplingar till Agenda 2030", "Mappings to the 2030 Agenda")
    FINDING = Text("Söka och jämföra", "Finding and comparing")
    DESCRIPTION = Text("Vad som finns", "What there is")
    FILES = Text("Filer och utgåvor", "Files and releases")
    OPERATION = Text("Drift", "Operation")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, with an example that the curated tables can answer; no example: it is seldom needed."""

    name: str
    says: Text
    example: str = ""
    values: tuple[str, ...] = ()
    is_in_path: bool = False
    is_required: bool = False
    may_repeat: bool = False
    is_number: bool = False

    @property
    def listed(self) -> tuple[str, ...]:
        """The values that there are, where they can be listed; none where there are too many or any will do."""
        return self.values if len(self.values) <= _MOST_LISTED else ()


@dataclass(frozen=True, slots=True)
class Operation:
    """What one address answers to one method. HEAD answers as GET does, without a body.

    `answers` are the media types with status 200; where there are none, it leads to another address, `by` a status, and
    where it `leads`, it may do so too; `also` are further statuses with which it may. `body` is an example of what is
    sent, where that is no form. `problems` are the statuses of problem details beside that which everything can have.
    `reply` is what JSON is written from that is ours alone.
    """

    path: str
    group: Group
    says: Text
    parameters: tuple[Parameter, ...] = ()
    answers: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    method: str = "get"
    sends: tuple[str, ...] = ()
    leads: bool = False
    by: int = 303
    also: tuple[int, ...] = ()
    body: str = ""
    reply: type[Struct] | None = None

    @property
    def asked(self) -> dict[str, str]:
        """The parameters of an example, by name."""
        return {parameter.name: parameter.example for parameter in self.parameters if parameter.example}


def types_of(formats: Iterable[Format]) -> tuple[str, ...]:
    """The media types that formats are sent as, each once."""
    return tuple(dict.fromkeys(format_.media_types[0] for format_ in formats))


def in_path(name: str, says: Text, example: str, values: Sequence[str] = ()) -> Parameter:
    """A parameter that is a part of the address."""
    return Parameter(name, says, example, tuple(values), is_in_path=True, is_required=True)


LANGUAGE = in_path("language", Text("Språket i namn och ord.", "The language of names and words."), "en", LANGUAGES)
_QUERY = Parameter("query", WORDS["parameter-query"], without_header(query("any/statements").text), is_required=True)
_FORMAT = Parameter(
    "format", WORDS["parameter-format"], "", tuple(dict.fromkeys(format_.name for format_ in (*RESULTS, *GRAPHS, HTML)))
)
_VERSION = Parameter("version", WORDS["parameter-version"], "", tuple(VERSIONS))
_PROTOCOL = (
    Parameter("default-graph-uri", WORDS["parameter-default-graph-uri"], may_repeat=True),
    Parameter("named-graph-uri", WORDS["parameter-named-graph-uri"], may_repeat=True),
    _FORMAT,
    Parameter("timeout", WORDS["parameter-timeout"], is_number=True),
    Parameter("partial", WORDS["parameter-partial"], "", ("1",)),
    _VERSION,
)
_OF_A_QUERY = statuses_of_queries(may_federate=True)
OF_A_GRAPH = (404, 406, 503)
IN_A_FORMAT = (replace(_FORMAT, values=tuple(format_.name for format_ in GRAPHS)), _VERSION)
"""What may be asked of a graph, and the problems there can be with it."""

_RESULTS_AND_GRAPHS = types_of((*RESULTS, *GRAPHS))

SERVICE = (
    Operation(
        "/sparql",
        Group.ASKING,
        Text("Besvarar en SPARQL-fråga. Utan fråga: tjänstens beskrivning.",
             "Answers a SPARQL query. Without a query: the description of the service."),
        (replace(_QUERY, is_required=False), *_PROTOCOL),
        _RESULTS_AND_GRAPHS,
        _OF_A_QUERY,
    ),
    Operation(
        "/sparql",
        Group.ASKING,
        Text("Besvarar en SPARQL-fråga som är för lång för en adress.",
             "Answers a SPARQL query that is too long for an address."),
        (_QUERY, *_PROTOCOL),
        _RESULTS_AND_GRAPHS,
        (*_OF_A_QUERY, 415),
        "post",
        (FORM, QUERY),
    ),
    Operation(
        "/graphs",
        Group.ASKING,
        Text("En namngiven graf efter sin IRI, eller standardgrafen. Utan val: leder till listan.",
             "A named graph by its IRI, or the default graph. Without a choice: leads to the list."),
        (
            Parameter("graph", Text("Grafens IRI.", "The IRI of the graph.")),
            Parameter("default", Text("Standardgrafen; utan värde.", "The default graph; without a value.")),
            *IN_A_FORMAT,
        ),
        types_of(GRAPHS),
        OF_A_GRAPH,
        leads=True,
    ),
    Operation(
        "/health",
        Group.OPERATION,
        Text("Svarar så länge processen gör det.", "Answers as long as the process does."),
        answers=(JSON_TYPE,),
        reply=Health,
    ),
    Operation(
        "/ready",
        Group.OPERATION,
        Text("Om tjänsten kan svara; annars 503 och vad som är fel.",
             "Whether the service can answer; else 503 and what is wrong."),
        answers=(JSON_TYPE,),
        reply=Readiness,
        problems=(503,),
    ),
    Operation(
        "/metrics",
        Group.OPERATION,
        Text("Siffror för Prometheus.", "Figures for Prometheus."),
        answers=(PLAIN_TYPE,),
    ),
    Operation(
        f"/{addresses.PROBLEMS}",
        Group.DESCRIPTION,
        Text("Vad varje slags fel betyder, med gränser och väg ut; dit leder type i ett fel.",
             "What each type of error means, with limits and the way out; type in an error leads there."),
        answers=(JSON_TYPE,),
        problems=(406,),
        reply=ProblemsTold,
        leads=True,
    ),
    Operation(
        f"/{addresses.OPENAPI}",
        Group.DESCRIPTION,
        Text("Den här beskrivningen.", "This description."),
        answers=(JSON_TYPE,),
    ),
)  # fmt: skip
"""What any data are served through."""

FILES = (
    Operation(
        "/graphs/{name}",
        Group.ASKING,
        Text("En fil som en namngiven graf, på grafens egen adress. 404 där grafen har en IRI någon annanstans: ta den "
             "då på /graphs?graph=.",
             "A file as a named graph, at the graph's address. 404 where the graph has an IRI elsewhere: take it at "
             "/graphs?graph= then."),
        (
            Parameter("name", Text("Filens namn utan .gz; i en mapp som gavs, dess sökväg där, med / som det är.",
                                   "The name of the file without .gz; in a folder that was given, its path there, with "
                                   "/ as it is."),
                      is_in_path=True, is_required=True),
            *IN_A_FORMAT,
        ),
        types_of(GRAPHS),
        OF_A_GRAPH,
    ),
)  # fmt: skip
"""What files are served through beside that."""
