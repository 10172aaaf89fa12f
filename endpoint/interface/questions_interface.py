"""What a release offers to who asks without SPARQL, as `interface` has it: public questions and lists of things."""

from __future__ import annotations

from endpoint.formats import CSV, PLAIN_JSON
from endpoint.interface.any_data import JSON_TYPE, Group, Operation, Parameter, in_path, types_of
from endpoint.interface.replies import AnswerTold, QuestionsTold, ThingsTold
from endpoint.portions import MOST, PAGE, SIZE, USUAL
from ontology import addresses
from ontology.kinds import LISTED
from ontology.text import Text
from queries.catalogue import Question, questions

_PORTION = (
    Parameter(PAGE, Text("Sidan, från 1.", "The page, from 1."), is_number=True),
    Parameter(SIZE, Text(f"Hur många som står på en sida: 1–{MOST}, annars {USUAL}.",
                         f"How many stand on a page: 1–{MOST}, else {USUAL}."), is_number=True),
)  # fmt: skip

_KIND = in_path("kind", Text("Vilken sorts sak det är.", "What kind of thing it is."), "objective",
                tuple(kind.name for kind in LISTED))  # fmt: skip


def _of(question: Question) -> Operation:
    """A question at its address: what it answers, and what it can be asked about."""
    header = question.header
    named = tuple(
        Parameter(
            name,
            Text(f"Nyckeln eller IRI:n för något av slaget {one.kind}{'' if one.required else '; utan den: alla'}.",
                 f"The key or the IRI of a thing of the kind {one.kind}{'' if one.required else '; without it: all'}."),
            one.example,
            is_required=one.required,
        )
        for name, one in header.parameters.items()
    )  # fmt: skip
    return Operation(
        f"/{addresses.QUESTIONS}/{question.name}",
        Group.QUESTIONS,
        header.answers.text(),
        (*named, *_PORTION),
        (JSON_TYPE, *types_of((CSV,))),
        (404, 406, 429, 503),
        reply=AnswerTold,
        leads=True,
    )


ASKED = (
    Operation(
        f"/{addresses.QUESTIONS}",
        Group.QUESTIONS,
        Text("De färdiga frågorna, med vad var och en kan ställas om.",
             "The public questions, with what each can be asked about."),
        answers=(JSON_TYPE,),
        problems=(406,),
        reply=QuestionsTold,
        leads=True,
    ),
    *(_of(question) for question in questions().values()),
    Operation(
        f"/{addresses.QUESTIONS}/{{name}}.{{suffix}}",
        Group.QUESTIONS,
        Text("Svaret på en av dem i ett format: i JSON några rader i taget, i CSV alla. Den tar vad frågan tar.",
             "The answer of one of them in one format: in JSON some rows at a time, in CSV all. It takes what the "
             "question takes."),
        (
            in_path("name", Text("Frågans namn.", "The name of the question."), "objectives-in-order",
                    tuple(questions())),
            in_path("suffix", Text("Ändelsen väljer format.", "The suffix chooses the format."), PLAIN_JSON.suffix,
                    (PLAIN_JSON.suffix, CSV.suffix)),
            *_PORTION,
        ),
        (JSON_TYPE, *types_of((CSV,))),
        (404, 429, 503),
        reply=AnswerTold,
    ),
    Operation(
        f"/{addresses.API}{{kind}}",
        Group.THINGS,
        Text("Alla saker av ett slag, några i taget: IRI, nyckel, namn och dokument.",
             "All things of a kind, some at a time: IRI, key, name and document."),
        (_KIND, *_PORTION),
        (JSON_TYPE,),
        (404, 406),
        reply=ThingsTold,
        leads=True,
    ),
    Operation(
        f"/{addresses.API}{{kind}}.{PLAIN_JSON.suffix}",
        Group.THINGS,
        Text("Detsamma, vad som än tas emot.", "The same, whatever is accepted."),
        (_KIND, *_PORTION),
        (JSON_TYPE,),
        (404,),
        reply=ThingsTold,
    ),
)  # fmt: skip
