"""Milestone targets."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "milestone-reached": Text("Uppnått, enligt en uppföljning.", "Reached, according to a follow-up."),
    "milestone-not-reached": Text("Inte uppnått, enligt en uppföljning.", "Not reached, according to a follow-up."),
    "milestone-not-reached-in": Text(
        "Inte uppnått, enligt uppföljningen {year}.", "Not reached, according to the follow-up of {year}."
    ),
    "milestone-judged-early": Text(
        "Bedömningen gjordes före målåret {year}.", "The verdict was given before the target year {year}."
    ),
    "milestone-judged-in": Text("Var uppföljningen står", "Where the follow-up is told"),
    "milestone-no-year": Text("Etappmålet har inget målår.", "The milestone target has no target year."),
    "milestone-passed": Text(
        "Målåret {year} har passerat. Ingen bedömning av om etappmålet nåddes är registrerad här; utfallet är okänt.",
        "The target year {year} has passed. No verdict on whether the target was reached is recorded here; the "
        "outcome is unknown.",
    ),
    "milestone-in-force": Text("Gäller: ska vara uppnått senast {year}.", "In force: to be reached by {year}."),
    "milestone-short-reached": Text("uppnått", "reached"),
    "milestone-short-not-reached": Text("inte uppnått", "not reached"),
    "milestone-short-not-reached-in": Text("inte uppnått {year}", "not reached in {year}"),
    "milestone-short-passed": Text("har passerat, utfallet okänt", "has passed, outcome unknown"),
    "milestone-short-no-year": Text("inget målår", "no target year"),
    "milestone-level": Text("Nivå", "Level"),
    "milestone-level-text": Text("(Miljögrafens korta ord)", "(Miljögrafen's short words)"),
    "milestone-year": Text("Målår", "Target year"),
    "milestone-decided": Text("Beslut", "Decision"),
    "decided-by-actor": Text("Etappmål som aktören har beslutat om", "Milestone targets decided on by the actor"),
    "milestone-theme": Text("Ämne", "Theme"),
    "milestone-no-objective": Text(
        "Inget anges i någon källa som har lästs.", "None is stated in any source that was read."
    ),
    "milestone-proposal": Text("Föreslagen ändring", "Proposed change"),
    "milestone-steps": Text("Steg", "Steps"),
    "milestone-percent": Text("{number} procent", "{number} per cent"),
    "milestone-step-passed": Text("året har passerat", "the year has passed"),
    "milestone-step-ahead": Text("året har inte passerat", "the year has not passed"),
    "links-to-goals": Text("Kopplingar till de globala målen", "Mappings to the Sustainable Development Goals"),
    "links-resting": Text("Kopplingar som vilar på den här", "Mappings that rest on this"),
    "links-resting-text": Text(
        "Deras motivering nämner den som grund.", "Their justification names it as what it rests on."
    ),
    "links-from": Text("Kopplingar från {kinds}", "Mappings from {kinds}"),
    "links-to-objectives": Text("Kopplingar från miljömålen", "Mappings from the objectives"),
    "from-whole": Text("Generationsmålet självt", "The generational goal itself"),
    "proposals": Text("Förslag som väntar på granskning", "Proposals that await review"),
    "proposals-text": Text(
        "Förslagen räknas inte bland kopplingarna.", "The proposals do not count among the mappings."
    ),
    "name-by-editors": Text(
        "Namnet är redaktionens formulering; ingen källa har lästs för det.",
        "The name is the editors' wording; no source was read for it.",
    ),
    "by-editors": Text("redaktionens formulering", "the editors' wording"),
    "whole-goal": Text("målet som helhet", "the goal as a whole"),
}
