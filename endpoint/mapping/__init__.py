"""The mapping of objectives to Agenda 2030: its views, its files, and proposals for it.

mappings     `/sv/mapping` and `/en/mapping`, and `/mappings.…`: the mapping in its views, and as files
matrix       the mapping of objectives to goals, as a table to read
selection    what the address of the mapping asks for: a view, a pair, filters
stock        all that a release says of its mappings, read once
panel        why a chosen pair is mapped, and what milestone targets and indicators add
reasons      one mapping with its justification and what it rests on
sorting      the table of mappings, sorted by a column, some rows at a time
embedding    how a selection looks there: title, legend, colours
framing      how high a frame is that shows a selection whole
flow         the flow of one objective or goal, drawn as SVG
proposing    `/sv/mapping/propose`: a proposed mapping, checked, and a basket of them to take away
grounds      what a proposed mapping can tie together and rest on
exports      the mappings as Excel, SSSOM, CSV, Turtle and JSON-LD
worksheets   the workbook of these: its columns, in words
"""
