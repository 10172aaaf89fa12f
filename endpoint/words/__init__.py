"""The words of the pages in both languages: from a key to a text, one module for each theme.

frame         what stands on every page, in lists, and where something went wrong
problems      what each type of error means
start         the start page
mapping       the matrix of objectives and goals, and what a mapping says
proposing     the form for a proposed mapping, and the basket of them
things        the page of one thing
united_nations  what the UN's taxonomy of its goals adds
milestones    milestone targets
indicators    indicators, and the systems they are kept in
measures      action programmes and measures
delivering    how measures and assessments are delivered, and the templates to fill
actors        actors, their duties, collaborations and meetings
assessments   assessments, reports, and where objectives are assessed regionally
territory     where counties and municipalities lie
observations  data sets, series and observations
comparing     the areas of a data set side by side
query         the query page
validation    what came of checking a release
data          what can be fetched, releases, how to cite
service       the page of the SPARQL service
search        search, and its suggestions
reconciliation  the page of the reconciliation service
language_models  the page that says how language models ask
accessibility  the accessibility statement
about         what the data are, where they come from, how to cite them
vocabulary    the shapes and the vocabulary
identifiers   the rules for identifiers, and how they are kept
worksheets    the sheets and columns of workbooks: tables of their own, not by keys

Curly brackets are places for values. A noun that is counted has two rows, `.one` and `.many`. Each key stands once.
"""

from __future__ import annotations

from endpoint.words import (
    about,
    accessibility,
    actors,
    assessments,
    comparing,
    data,
    delivering,
    frame,
    identifiers,
    indicators,
    language_models,
    mapping,
    measures,
    milestones,
    observations,
    problems,
    proposing,
    query,
    reconciliation,
    search,
    service,
    start,
    territory,
    things,
    united_nations,
    validation,
    vocabulary,
)
from ontology.text import Text

THEMES = (
    frame,
    start,
    mapping,
    proposing,
    things,
    united_nations,
    milestones,
    indicators,
    measures,
    delivering,
    actors,
    assessments,
    territory,
    observations,
    comparing,
    query,
    problems,
    data,
    validation,
    service,
    search,
    reconciliation,
    language_models,
    about,
    accessibility,
    vocabulary,
    identifiers,
)

WORDS: dict[str, Text] = {key: text for theme in THEMES for key, text in theme.WORDS.items()}
