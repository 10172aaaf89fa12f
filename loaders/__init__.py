"""Read sources into releases: immutable, validated, described directories that the endpoint serves.

In the order in which a cell travels from a table to a release:

table        one CSV file to rows, each fault with its file, line and column
row          what a row is: one claim, from one source, with one confidence
(kinds)      sources, generational_goal, objectives, specifications, sdg_goals, sdg_targets, sdg_indicators,
             counties, municipalities, actors, mappings: the rows of each kind, and what they say as triples
curated      all tables together: references resolved, what is unsure left out with the reason
content      the triples of a release on its base, in canonical order, and the id that follows from them
stage        a new store and its dumps in a directory that nobody sees yet
origins      from a finding of the gate back to the cell that caused it
describe     the description of the release: VoID, counts, sources
seal         checksums and the record release.json
release      releases on disk: list, open, verify, publish
build        all of it in order, under a lock
cli          the commands `build` and `validate`
"""
