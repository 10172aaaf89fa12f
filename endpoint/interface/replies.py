"""The JSON that is ours alone, and of no specification: what it is written from, and its schemas for OpenAPI.

What programs can rely on is in `docs/rely-on.md`: members are not renamed, removed or given another type; new ones may
come.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from ontology.text import Language, Text

REFERENCE = "#/components/schemas/{name}"
"""Where OpenAPI keeps the schema of a name."""


def _says(swedish: str, english: str) -> Meta:
    """What a member is, in the words of the description."""
    return Meta(extra_json_schema={"description": {"sv": swedish, "en": english}})


class Suggestion(Struct, rename="camel"):
    """Something that fits what is typed."""

    label: Annotated[str, _says("Namnet.", "The name.")]
    language: Annotated[str, _says("Språket som namnet är på.", "The language of the name.")]
    kind: Annotated[
        str,
        _says(
            "Vilken sorts sak, som i adresser; eller term, page, list eller question.",
            "Which kind of thing, as in addresses; or term, page, list or question.",
        ),
    ]
    type: Annotated[str, _says("Sorten i ord.", "The kind in words.")]
    href: Annotated[str, _says("Sökvägen till sidan.", "The path of the page.")]
    code: Annotated[str, _says("Koden, där saken har en.", "The code, where the thing has one.")] | UnsetType = UNSET
    matched: Annotated[str, _says("Det andra namn som passade.", "The other name that fitted.")] | UnsetType = UNSET
    matched_language: Annotated[str, _says("Språket för det.", "The language of that.")] | UnsetType = UNSET
    apart: (
        Annotated[str, _says("Det som skiljer saken från andra med samma namn.", "What tells it from its namesakes.")]
        | UnsetType
    ) = UNSET


class Suggestions(Struct):
    """What fits best."""

    q: Annotated[str, _says("Det som söktes.", "What was searched for.")]
    suggestions: Annotated[list[Suggestion], _says("Det som passar, bäst först.", "What fits, the best first.")]


class ReleaseTold(Struct, rename="camel"):
    """One release in a list."""

    id: Annotated[str, _says("Utgåvans namn.", "The id of the release.")]
    address: Annotated[str, _says("Där den svarar.", "Where it answers.")]
    made: Annotated[str, _says("När den gjordes, i UTC.", "When it was made, in UTC.")]
    reference_date: Annotated[str, _says("Dagen som uppgifterna gäller.", "The day that the facts are of.")]
    triples: Annotated[int, _says("Antal uppgifter.", "The number of statements.")]
    previous: Annotated[str | None, _says("Utgåvan före, om någon.", "The release before, if any.")]
    is_current: Annotated[bool, _says("Om den är den som svarar här.", "Whether it is the one that answers here.")]
    is_kept: Annotated[bool, _says("Om den finns kvar.", "Whether it is still there.")]


class ReleasesTold(Struct):
    """Releases, the oldest first."""

    releases: Annotated[list[ReleaseTold], _says("Utgåvorna, äldst först.", "The releases, the oldest first.")]


class Health(Struct):
    """That the process answers."""

    status: Annotated[str, _says("Alltid ok.", "Always ok.")]
    release: Annotated[str, _says("Utgåvan som svarar.", "The release that answers.")]
    workers: Annotated[int, _says("Processer som ställer frågor.", "Processes that run queries.")]
    isolated: Annotated[
        bool,
        _says(
            "Om operativsystemet stänger dem från nätet.", "Whether the operating system keeps them off the network."
        ),
    ]


class Readiness(Struct):
    """Whether the service can answer."""

    status: Annotated[str, _says("ready eller not ready.", "ready or not ready.")]
    release: Annotated[str, _says("Utgåvan som svarar.", "The release that answers.")]
    checks: Annotated[
        dict[str, str], _says("Varje kontroll med ok eller felet.", "Each check with ok or what is wrong.")
    ]


class PlaceTold(Struct):
    """Where something stands in the tables."""

    file: Annotated[str, _says("Tabellens fil.", "The file of the table.")]
    line: Annotated[int | None, _says("Raden, från 1.", "The line, from 1.")]
    column: Annotated[str | None, _says("Kolumnens namn.", "The name of the column.")]


class FindingTold(Struct):
    """One finding of the checks."""

    focus: Annotated[str, _says("Saken det gäller.", "The thing that it is about.")]
    called: Annotated[str, _says("Vad den heter.", "What it is called.")]
    path: Annotated[str | None, _says("Egenskapen.", "The property.")]
    value: Annotated[str | None, _says("Värdet.", "The value.")]
    component: Annotated[str, _says("Villkoret i SHACL, eller regel.", "The constraint of SHACL, or rule.")]
    places: Annotated[list[PlaceTold], _says("Cellerna det kommer av.", "The cells that it comes from.")]
    term: Annotated[
        str | None,
        _says(
            "Värdet som N-Triples skriver det; saknas i äldre utgåvor.",
            "The value as N-Triples writes it; earlier releases lack it.",
        ),
    ] = None


class CauseTold(Struct):
    """All findings of one cause."""

    severity: Annotated[str, _says("Hur allvarligt det är.", "How grave it is.")]
    cause: Annotated[str, _says("Formens eller regelns namn.", "The name of the shape or the rule.")]
    message: Annotated[dict[str, str], _says("Vad som är fel, på varje språk.", "What is wrong, in each language.")]
    findings: Annotated[list[FindingTold], _says("Vad som fanns.", "What was found.")]


class ValidationTold(Struct):
    """What the checks of a release found."""

    release: Annotated[str, _says("Utgåvan som prövades.", "The release that was checked.")]
    published: Annotated[bool, _says("Om den fick publiceras.", "Whether it could be published.")]
    counts: Annotated[dict[str, int], _says("Antal av varje allvar.", "How many of each severity.")]
    causes: Annotated[list[CauseTold], _says("Fynden efter orsak.", "The findings by cause.")]


class ProblemTold(Struct):
    """A type of problem."""

    type: Annotated[str, _says("Typens adress, som i svaret.", "The address of the type, as in the answer.")]
    title: Annotated[str, _says("Felet i få ord.", "The error in few words.")]
    status: Annotated[int, _says("HTTP-statusen.", "The HTTP status.")]
    meaning: Annotated[str, _says("Vad det betyder, och vägen ut.", "What it means, and the way out.")]
    setting: Annotated[str, _says("Inställningen som satte gränsen.", "The setting that is the limit.")] | UnsetType = (
        UNSET
    )
    limit: Annotated[int | float, _says("Gränsen här.", "The limit here.")] | UnsetType = UNSET


class ProblemsTold(Struct):
    """All types of problems."""

    problems: Annotated[list[ProblemTold], _says("Typerna.", "The types.")]


class ParameterTold(Struct):
    """What a question can be asked about."""

    name: Annotated[str, _says("Namnet, i adressen och i svaret.", "The name, in the address and in the answer.")]
    kind: Annotated[str, _says("Vilken sorts sak, som i adresser.", "Which kind of thing, as in addresses.")]
    example: Annotated[str, _says("Nyckeln för en sådan.", "The key of such a thing.")]
    required: Annotated[bool, _says("Om den måste ges.", "Whether it has to be given.")]


class QuestionTold(Struct):
    """One public question."""

    id: Annotated[str, _says("Dess adress.", "Its address.")] = msgspec.field(name="@id")
    name: Annotated[str, _says("Namnet i adressen.", "The name in the address.")]
    title: Annotated[dict[str, str], _says("Rubriken, på varje språk.", "The title, in each language.")]
    answers: Annotated[dict[str, str], _says("Vad den besvarar.", "What it answers.")]
    area: Annotated[str, _says("Delen av systemet.", "The part of the system.")]
    parameters: Annotated[list[ParameterTold], _says("Vad den kan ställas om.", "What it can be asked about.")]
    columns: Annotated[list[str], _says("Svarets kolumner i ordning.", "The columns of the answer in order.")]


class ListTold(Struct, kw_only=True):
    """What lists have alike."""

    context: Annotated[dict[str, Any], _says("Kontexten i JSON-LD.", "The context of JSON-LD.")] = msgspec.field(
        name="@context"
    )
    id: Annotated[str, _says("Adressen till den här sidan.", "The address of this page.")] = msgspec.field(name="@id")
    release: Annotated[str, _says("Utgåvan.", "The release.")]
    next: Annotated[str | None, _says("Adressen till nästa sida, om någon.", "The address of the next page, if any.")]


class QuestionsTold(ListTold, kw_only=True):
    """All public questions."""

    items: Annotated[list[QuestionTold], _says("Frågorna.", "The questions.")]


class AnswerTold(ListTold, kw_only=True):
    """Some rows of the answer of a public question."""

    question: Annotated[str, _says("Frågans namn.", "The name of the question.")]
    columns: Annotated[list[str], _says("Kolumnerna i ordning.", "The columns in order.")]
    items: Annotated[
        list[dict[str, Any]],
        _says(
            "Raderna, var och en med alla kolumner: tal, text, null, eller en sak (@id), text på ett språk (@language) "
            "eller annat värde (@type) i JSON-LD. Koder är källornas; ord för bedömningar har egna kolumner på varje "
            "språk.",
            "The rows, each with all columns: a number, a text, null, or a thing (@id), a text in a language "
            "(@language) or another value (@type) in JSON-LD. Codes are those of the sources; the words of assessments "
            "have columns of their own, in each language.",
        ),
    ]


class ThingTold(Struct):
    """One thing of a kind."""

    id: Annotated[str, _says("Dess IRI.", "Its IRI.")] = msgspec.field(name="@id")
    key: Annotated[str, _says("Nyckeln.", "The key.")]
    label: Annotated[dict[str, str], _says("Namnet, på varje språk.", "The name, in each language.")]
    document: Annotated[str, _says("Adressen till dokumentet.", "The address of the document.")]


class ThingsTold(ListTold, kw_only=True):
    """Some of the things of a kind."""

    kind: Annotated[str, _says("Sorten, som i adresser.", "The kind, as in addresses.")]
    items: Annotated[list[ThingTold], _says("Sakerna i ordning.", "The things in order.")]


def written(reply: Struct, *, is_for_eyes: bool = False) -> bytes:
    """A reply in JSON, which no client, however careless, takes for markup; indented for who reads it."""
    content = msgspec.json.encode(reply)
    return (msgspec.json.format(content, indent=1) if is_for_eyes else content).replace(b"<", b"\\u003c")


def schemas_of(replies: list[type[Struct]], language: Language) -> dict[str, Any]:
    """The schemas of replies and of what they hold, by their names, with descriptions in a language."""
    _, components = msgspec.json.schema_components(replies, ref_template=REFERENCE)
    return {
        name: {key: _in(language, said) for key, said in schema.items() if key != "description"}
        for name, schema in components.items()
    }


def _in(language: Language, schema: Any) -> Any:
    """A schema whose descriptions are in one of the languages."""
    if isinstance(schema, dict):
        said = schema.get("description")
        words = {"description": Text(said["sv"], said["en"]).in_(language)} if isinstance(said, dict) else {}
        return {key: _in(language, value) for key, value in schema.items()} | words
    return [_in(language, one) for one in schema] if isinstance(schema, list | tuple) else schema
