"""Say what is allowed: SHACL shapes per kind, rules as queries, the gate and its report.

(kind).ttl   one shape file per kind of thing, with messages in Swedish and English
examples/    valid and invalid examples of each shape
description/ shapes for what a release says of itself: VoID, the catalogue, the example queries
rules/       what SHACL cannot say: one query per rule, its rows are the offenders
files        the authored shapes and rules, read from this package
order        the order of properties, as the shapes of a kind give it
screens      which rules need not be asked, since nothing is amiss that they could find, and the proof
cubes        what of a cube is looked at for these: its terms and cells
outlines     what is amiss, graph by graph, and what each has to do with others
reads        what rules look at, and which of them find what they found before
gate         runs an engine and the rules over the staged data
engines      the two engines that check shapes, and which one is there
reference    pySHACL, whose word counts
late         pySHACL, imported when it is asked for
fast         the engine of the package `shacl`, which finds the same in a fraction of the time
parts        what the fast engine is given of a release, part by part
alike        things that shapes cannot tell apart, of which a few are checked for all
sight        what shapes look at in a thing and in its values
classes      the classes of things, in little room
stretches    what sorted statements say, thing by thing, or of many observations at a time
kept         the same, found once and kept in a file beside the lines
series       observations of which the same is said but for their year and their value
things       what is said of a thing: terms and tails
ordinary     how values are usually written
memory       what nobody holds any more: looked for, kept at hand, given back
report       findings, each with its place in a table, grouped by cause
rendering    the report as Turtle, JSON and a plain page
"""
