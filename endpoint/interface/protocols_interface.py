"""What a release offers by other protocols than SPARQL, as `interface` has it: reconciliation, language models."""

from __future__ import annotations

from dataclasses import replace

from endpoint.formats import HTML
from endpoint.interface.any_data import JSON_TYPE, Group, Operation, Parameter
from endpoint.operation import FORM
from endpoint.search.index import MOST_CHARACTERS
from ontology.namespaces import SDG
from ontology.text import Text

_PAGE = HTML.media_types[0]

_RECONCILED = (
    Parameter("queries", Text("Frågor i JSON, var och en med sin nyckel.", "Queries in JSON, each with its key."),
              '{"q0": {"query": "Malmö stad"}}'),
    Parameter("query", Text("En enda fråga: text eller JSON.", "A single query: text or JSON.")),
    Parameter("extend", Text("Saker och egenskaper i JSON, vilkas värden hämtas.",
                             "Things and properties in JSON, whose values are fetched.")),
)  # fmt: skip
_TYPE = Parameter(
    "type", Text("Typen: dess IRI eller korta namn.", "The type: its IRI or its short name."), "municipality"
)
_SUGGESTED = (
    Parameter("prefix", Text(f"Början, högst {MOST_CHARACTERS} tecken.",
                             f"The beginning, {MOST_CHARACTERS} characters at most."), "mål"),
    Parameter("cursor", Text("Så många hoppas över.", "So many are passed over."), is_number=True),
    replace(_TYPE, example=""),
)  # fmt: skip
_ID = Parameter("id", Text("Sakens IRI.", "The IRI of the thing."), f"{SDG}12.3", is_required=True)

PROTOCOLS = (
    Operation(
        "/reconcile",
        Group.FINDING,
        Text("Namn i andras tabeller mot saker här (Reconciliation Service API 0.2). Utan parametrar: manifestet. Med "
             "/sv eller /en före: på det språket.",
             "Names in the tables of others matched to things here (Reconciliation Service API 0.2). Without "
             "parameters: the manifest. With /sv or /en before it: in that language."),
        _RECONCILED,
        (JSON_TYPE,),
        (413,),
    ),
    Operation(
        "/reconcile",
        Group.FINDING,
        Text("Samma frågor som formulär, för en omgång som är för lång för en adress.",
             "The same queries as a form, for a batch that is too long for an address."),
        tuple(replace(one, is_required=one.name == "queries") for one in _RECONCILED),
        (JSON_TYPE,),
        (413, 415),
        "post",
        (FORM,),
    ),
    *(
        Operation(f"/reconcile/suggest/{name}", Group.FINDING, says, _SUGGESTED, (JSON_TYPE,))
        for name, says in (
            ("entity", Text("Saker vars namn eller koder börjar så, för den som skriver än.",
                            "Things whose names or codes begin so, for who is still typing.")),
            ("type", Text("Typer vars namn börjar så; utan början alla.",
                          "Types whose names begin so; without a beginning all.")),
            ("property", Text("Egenskaper vars namn börjar så; utan början alla.",
                              "Properties whose names begin so; without a beginning all.")),
        )
    ),
    Operation(
        "/reconcile/properties",
        Group.FINDING,
        Text("Egenskaperna som saker av en typ kan ha.", "The properties that things of a type can have."),
        (_TYPE, Parameter("limit", Text("Så många högst.", "So many at most."), "20", is_number=True)),
        (JSON_TYPE,),
    ),
    Operation(
        "/reconcile/preview",
        Group.FINDING,
        Text("En sak i korthet, som en sida att visa i en ram.", "A thing in short, as a page to show in a frame."),
        (_ID,),
        (_PAGE,),
        (404,),
    ),
    Operation(
        "/reconcile/view",
        Group.FINDING,
        Text("Leder till dokumentet om saken med ett id.", "Leads to the document about the thing with an id."),
        (_ID,),
        problems=(404,),
    ),
    Operation(
        "/mcp",
        Group.ASKING,
        Text("Model Context Protocol för språkmodeller (Streamable HTTP): ett meddelande i JSON-RPC 2.0. Verktygen "
             "find, schema och query. Fel i meddelandet står i svarets error, med status 400 eller 404.",
             "The Model Context Protocol for language models (Streamable HTTP): one message in JSON-RPC 2.0. The tools "
             "find, schema and query. What is wrong with the message stands in error, with status 400 or 404."),
        answers=(JSON_TYPE,),
        problems=(403, 406, 413, 415),
        method="post",
        sends=(JSON_TYPE,),
        body='{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "find", "arguments": '
             '{"text": "Malmö"}}}',
    ),
)  # fmt: skip
"""What a release is served through by these."""
