"""Read sources into releases: immutable, validated, described directories that the endpoint serves.

In the order in which a cell travels from a table to a release:

tables/      the curated tables, a file for each kind of claim
table        one CSV file to rows, each fault with its file, line and column
row          what a row is: one claim, from one source, with one confidence
by_class     the rows of all tables, for those who ask for some classes again and again
moments      years, months and days, each of the precision that is known
             and then each kind: its rows, and what they say as triples

sources            who states the facts, where, under which licence
generational_goal  the generational goal
strands            its strands
objectives         the environmental quality objectives, their names, pages and responsible actors
specifications     the specifications of the objectives
milestone_targets  the milestone targets: themes, decisions, years, levels, steps, verdicts, objectives
undertakings       what programmes and measures share: a place, a period, those who take part
action_programmes  the action programmes: names, publishers, periods, decisions, the system each belongs to
measures           their measures: names, leads, partners, periods, statuses, the goals each is linked to
reports            the follow-ups, evaluations and other reports
assessments        the assessments of objectives in the nation and the counties: achievement and trend apart
assessment_counts  what reports say of assessments in numbers alone
regional_applicability  where objectives are to be assessed regionally, from when, and by whom
sdg_goals          the Sustainable Development Goals
sdg_targets        their targets
sdg_indicators     the indicators as listed under the targets
information_systems  the systems in which data about the objectives are kept
indicators         the indicators: what they measure and which goals they follow up
indicator_proposals  goals that an indicator is only thought to follow up
nv_indicator_matches  which indicators of Naturvårdsverket's API are the same
indicator_updates  whether they are in use, and how often they are updated
countries          the country that national figures and assessments concern
counties           the counties: codes, names, boards, landscape
municipalities     the municipalities
boundaries         the boundaries of counties and municipalities
actors             agencies, county administrative boards, other bodies: what they are called and where they are found
self_government    regions and municipal organisations, and where they act
actor_history      the names of actors over time, their beginnings, ends and successors
duties             what actors are to do, and where that is written
memberships        who sits on a council, year by year
collaborations     who works with whom, in what role, on what
meetings           series of meetings and their occasions
mappings           how the objectives and milestone targets are related to Agenda 2030, and what that rests on
datasets           data sets: titles, publishers, versions, licences, objectives
observations       their values by area and year, in series, and the sectors
external_datasets  datasets of others, described and not loaded
retirements        identifiers that have ended: why, since when, what holds instead
areas              the territory that an observation names by its code

             live sources, which are fetched before a build and read by it:

live         the sources file: where each is, on what terms, how it is to be asked
ways         how each of them is asked and read, and what it gives
internet     which addresses are of the internet
plain_text   the text of the files that people write
toml_files   what people who run the product write in TOML files
transport    connections that go to no other, or to anywhere, and on which an answer begins in time
unpacked     answers that are packed for the way, whole or refused
client       a polite client: rate, conditions, trying again, refusals
cache        the answers on disk, and the last set of them that was whole
json_answers  answers in JSON, and those that come in pages
kolada_api   how Kolada is asked
kolada_pages  its pages of values, where nothing is unusual
kolada       what it answers: data sets, series and the values of their years
turtle_answers  answers in Turtle
turtle_bodies   what a graph says in Turtle, observations that are alike by example
un_taxonomy_files  how the UN's taxonomy of its goals is got, and what its files say
un_taxonomy  wordings, indicators and series of the UN, and where its codes are others
live_series  what they give, whatever they are: data sets, and series with their values
klimatbyran_api      how Klimatbyrån's files are asked for, and which release they are
klimatbyran_figures  what is measured in them, and its values by area, sector and year
klimatbyran  the data sets and series of a release, and how they meet those of the tables
units        the units as sources write them
nv_indicators_api  how Naturvårdsverket's indicators API is asked
nv_indicator_rows  the rows that it gives
nv_indicators  its indicators, matched to those of the tables, and their values
json_stat    datasets in JSON-stat 2.0: their dimensions and their cells
pxweb_mapping  what the dimensions of a table of PxWeb are to us
pxweb_api    how a table of PxWeb is asked for, within the limits that its service states
pxweb        the data set and the series that it becomes
sparql_mapping  what is asked of a SPARQL service
statements   statements about our things, as far as the shapes allow them
sparql_source  those that it gives
placed       where a file is that a source names
diagram_mapping  what the columns of a diagram export are to us
diagram_files  its values, and each fault with its cell
diagrams     the data set and the series that it becomes
statement_mapping  what a file of statements is, and the mapping that it has
xml_entities  RDF/XML whose entities swell, refused
deep         what nests too deep for the engine, refused as it is read
deep_terms   triple terms in the family of Turtle
deep_elements  elements of RDF/XML
deep_objects   objects and lists of JSON
rdf_files    any RDF, and a CONSTRUCT over it
csvw_tables  tables, by what CSVW metadata says of them
csvw_values  the values of their cells, where XML Schema has such values
features     the features of GeoJSON as such a table
statement_files  the statements of all of these
live_rows    what all of them add to a release, and how fresh they are
newest_periods  the newest period of an indicator that several have values of
not_over     years that were not over when a source was fetched: marked, or a fault
progress     how far a fetch has come
fetch        all of it, source by source: one that fails stops no other

             deliveries, which are received as files and read by each build:

templates    the templates that a county can fill: their columns in both languages
template_files  the same as empty workbooks and CSV files
workbooks    Excel workbooks, packed to the same bytes each time
told         what is wrong, in both languages
lost         letters that were lost when a text was read as another encoding
spelling     how texts are spelt, and what is told of one that is not spelt so
worded       what is wrong with a value, in plain words
choices      closed lists of values, and which of them is meant by what is none
unreadable   a file that cannot be read as a table: why
colours      the colours of letters, and of what is behind them
sheet_cells  one cell of a sheet: its text, its place, what is wrong with it
sheet_lines  sheets and their lines, and how long a table may be
csv_lines    the lines of a CSV file
workbook_sheets  the sheets of an Excel workbook, looked at before it is unpacked
spreadsheet  the lines of either, in bounded memory
filled       the headings of a filled template found, each cell under its column
named        what cells may name, by code or by name: things and concepts
cells        years, sums and names as people write them
programme_files  the action programmes in them as rows
measure_files  the measures in them as rows
assessment_files  the assessments in them as rows, held against where they are due
doubled      lines that have what an earlier one has, or most likely do
received     what was delivered, kept as it came
telling      what is told of a file that was received
receiving    the commands `receive` and `template`

             and then the release:

publisher    who publishes a release
curated      all tables together: references resolved, what is unsure left out with the reason
runs         lines in order, each once, in memory or on disk
stated       what rows state in a graph, put in order: lines, and what rows tell in order
content      the triples of a release on its base, in canonical order
composing    the content that rows and the vocabulary make, and the id that follows from it
identifiers  what each identifier of a release names, and how they keep the rules on their form
endings      what live sources and deliveries give no more
pasts        what every release of a data folder had
lifecycle    no identifier disappears unsaid, none returns, none comes to name another thing
links        how much points to each thing, counted once
maker        what makes releases: this software and what it stands on
packed       a gzip file of pieces, each of which can be taken over
files        the files that can be fetched: dumps, and the values of data sets
previous     the release before: what is the same, what came and what went
near         what both say of the things of which something came or went, at hand
dumps        all of it, and each graph by itself
cubes        each data set as a cube: its dimensions, and its cells by their places
cube_names   what data sets and their categories are called, in both languages
value_tables  each data set as a table
json_stat_files  each data set in JSON-stat 2.0
index        what search asks: names, codes and words, in one SQLite file
frozen       the authored shapes, kept with the release that was checked against them
loading      a store that is loaded while its statements are made
unmerged     a store that a process loads and nobody merges meanwhile
aside        what is done by processes beside a build
copied       such a process as a copy of the build, while that has no threads
clone        the store of the release before, brought to hold what has changed
touched      the things of which shapes may find something else than in the release before
amiss        what keeps rules from being spared, looked for in the graphs that have changed
stage        a new store and its files in a directory that nobody sees yet
standing_back  work that lets others go first: what is done while a store is loaded
origins      from a finding of the gate back to the cell that caused it
counts       what a store holds, as it counts it itself
tally        the same, counted in the lines that it was loaded from
recount      the same, made of the numbers before and of what has changed
portions     what each graph has of each class and each data set, counted with them
holdings     what a catalogue tells of each source and each data set
saying       writing a description as a graph
void         what a release holds, in VoID
catalogue_words  what a catalogue says in words
catalogue    what there is to fetch and on what terms, in DCAT-AP-SE
examples     the public questions as queries that other tools can read
cards        each dataset in short, for pages and search engines
datapackage  the files as a Frictionless data package
describe     all that a release says of itself
seal         checksums and the record release.json
changes      what changed between two releases
versions     the last version of each thing, and what those of a release say
since        what has changed since earlier releases, written into a staged one
states       in which releases a thing or a file is, and since when it is as it is there
retention    which releases are kept
release      releases on disk: list, open, verify, publish
workshop     where a release is staged, checked, described and sealed
build        all of it in order, under a lock
lock         one build at a time in a data folder
disk         writing so that what is seen is whole
parsing      RDF files of anyone: which there are, their formats, and where a fault in one stands
collection   RDF files of anyone, read into a store to be served
validate     RDF files of anyone, checked against the shapes
sssom        sets of mappings as SSSOM files: written, and read with each fault in its place
proposals    proposed mappings: checked, and as a file that travels to the editors
review       what editors decide on proposals: rows of the tables, and a record of the reasons
deciding     the command `mappings review`
engine_answers  what an engine elsewhere answers, read no further than it may be long
graph_store  a SPARQL engine elsewhere: graphs are put there, and it is asked what it holds
publishing   a release put into it: what has changed, and whether it is all there
elsewhere    the command `publish`
options      the options that several commands have
cli          the commands `fetch`, `build`, `diff` and `validate`
"""
