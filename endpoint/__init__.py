"""Answers: releases over HTTP, as SPARQL, as linked-data documents and as pages. It never writes.

In the order in which a request travels:

app          the application: middleware, routers, errors
settings     every limit and choice of an operator, with its reason
accessibility  the accessibility statement of a service, as whoever runs it gives it
arrival      how a request arrives: within a time, with a head of a size, as HTTP is defined
outgoing     what is written to a connection in a row, sent as one piece
at_once      lookups and what is kept, answered before anything else looks at a request
ill_formed   requests that are not: what is wrong with one, and where it leads all the same
reload       a new release in place of the one that is served; damage of its files
accounts     an account of each request: the access log
access_log   where that log is written: a file or standard output
metrics      what the accounts add up to, for a monitor
openapi      `/openapi.json`: what the service offers to programs
interface    the table of that, address by address, for any data
replies      the JSON that is ours alone, and its schemas
release_interface  the same for what a release has beside that
protocols_interface  the same for the protocols of others: reconciliation, language models
questions_interface  for the public questions and lists
archive_interface  and for what all releases have together
operations   `/health`, `/ready` and `/metrics`
networks     from which network a request comes, for the limits of a network
negotiation  from request headers to a media type and a language
choice       the format of an answer, as named or as liked; and whether it is to be a page
formats      the table of media types, suffixes and serialisers
headers      headers as they travel, and those that every answer has
tracking     parameters that follow readers, taken off addresses
warming      what the first reader would wait for, done before
inside       a request that the service makes of itself
caching      answers kept for whoever asks the same again, and entity tags
conditions   whether a client has the answer already, or wants another
coding       content codings: what a client can unpack
paths        paths that can be addresses of ours
enclosed     whole addresses that are percent-encoded within a path
detours      where an address leads that is nearly that of a page
guesses      names that people guess in addresses, and the page that each means
direct       addresses that are answered without the routing of the framework
software     which build of the software answers
problem_type   a type of problem: title, status, meaning, limit
problem_types  all types of problems
query_problems  those that queries end in
problems     errors as RFC 9457 problem details, or as a page
refusals     `/problems`: what each type of problem means, for programs and readers
methods      which methods an address takes
parameters   which parameters an address takes, and what is told of others
sparql       `/sparql`: the SPARQL 1.1 Protocol for queries
operation    one operation of the protocol, read from a request
posting      the body of a request and the form that it holds, within their limits
service      what the service says of itself: its formats, graphs and limits
places       where the engine stops reading a query, to the token
blanks       blanks that the engine does not read, put where it does
mistakes     mistakes that are often made in queries, and the way out of each
syntax       what the engine says of a query it cannot read, in words with line and column
things       `/id/…` to `/res/…`: what is known about one thing, in every format
astray       what an address that leads to no thing may have meant
leads        what the link to go on by is called: the page, the list or the thing there
descriptions  `/catalog`, `/.well-known/void` and the example queries: what a release says of itself
downloads    `/data/…`: the files of a release, whole or by ranges
ranges       a file on its way to the client, whole or in ranges
static/      what browsers are sent as it is: style sheets, scripts, fonts
assets/      what some of that is built from, and what builds it
boundaries/  outlines of the counties for the map
assets       `/static/…`: the style sheets, scripts and fonts of the pages, and where the icon is
csvw         what the columns of the table of a data set mean, as CSVW metadata
delivering   `/sv/deliver` and `/templates/…`: what can be delivered, and the templates to fill
discovery    `/robots.txt`, `/sitemap.xml` and `/.well-known/api-catalog`
citations    how to cite a release, or a thing of it
schema_org   what pages tell search engines of datasets
releases     `/releases/`: the releases that are kept, and what changed in one
history      what became of a thing since the release before
stream       `/changes`: the changes of all releases as a Linked Data Event Stream
fragments    its root and its pages as triples
feed         `/changes.atom`: what changed in each release, in words, as an Atom feed
revisions    what became of the values of a property, word by word
archive      `/releases/{id}/…`: any of them, with the same surface
mementos     what is at an address as it was in each release that is kept
timegate     `/timegate/…` and `/timemap/…`: which release had it at a moment, and which have it (Memento)
shapes       `/shapes`, `/shapes/…` and `/res/shapes/…`: what a release was checked against
validation   `/sv/validation` and `/validation.…`: what came of checking a release
vocabulary   `/sv/vocabulary` and `/en/vocabulary`: all terms and concepts, and `/vocabulary`: the same as RDF
pages        `/sv/…` and `/en/…`: the pages that are not one thing
comparing    `/sv/compare/…`: the areas of a data set side by side, ranked, and on a map
evidence     what values are evidence of: goals, and through their mappings Agenda 2030
comparison   which areas and years are compared, and how they rank
comparison_sheets  their values as a workbook
mappings     `/sv/mapping` and `/en/mapping`, and `/mappings.…`: the mapping in its views, and as files
identifiers  DIGG's rules for identifiers, each with an example and what came of it
classes      the classes of a release, their properties in the order of their shape
uses         how much a release uses each class and property, as its VoID tells
diagram      things and how they lead to one another, drawn as SVG
graphs       `/graphs`: the Graph Store Protocol, read only
public       `/api/q/…`: the public questions, each at an address of its own
public_answers  what may be asked, and the rows of an answer, in JSON
enumerating  `/api/{kind}`: all things of a kind, for programs, some at a time
portions     a portion of a list that programs read, and where the others are
querying     `/sv/query`, `/sv/service`: the pages of the SPARQL service, whatever data it serves
completions  the prefixes and terms of the data, for an editor of queries
searching    `/sv/search` and `/suggest`: what fits the words of a reader
inflection   forms of one word, and words that tell nothing alone
guides       the pages of the site and the questions to begin with, found by the words of a reader
purposes     what the pages of the site are for, as search tells it
index        the index of a release, asked: names and codes, with typing errors forgiven
numbered     a code after the name of its kind, as in `delmål 14.1`
reconciliation  `/reconcile`: names in the tables of others matched to things
suggesting   `/reconcile/suggest/…`: things, types and properties for who is still typing
extension    values of things, for the columns of a table
preview      what is told of a thing in short
reconciling  what a request to that service is answered from, and what it may name
manifest     what that service says of itself
batches      its queries, read and checked
matching     its queries answered: candidates by name, weighed by what else is known
candidates   which things may be meant by what is written
likeness     how like that is to the names and codes of a thing, as a score
score_words  what a score is made of, in words
designators  words that only say what kind of thing a name is of
entities     the things that can be meant: their names and codes, held in memory
traits       properties that things can be told apart by, and their values
mcp          `/mcp`: the Model Context Protocol, by which language models ask
jsonrpc      its messages: read, answered, refused
json_faults  what is wrong with JSON that a client has sent, in words
eras         its revisions, and what a request of each must say of itself
procedures   its methods: what each answers
tools/       the tools that language models call, a module for each
dataset      what is asked: named graphs, the workers that answer for them, what the service calls things
readings     what is read of a dataset and kept, once for all who ask
files        any RDF files as such a dataset
site         a release as such a dataset: its names, labels and links on its base
retired      identifiers that have ended: what became of each, and what holds instead
former       what something was called that has ended, by an earlier release
variants     the forms of a document: which one a request asks for
views        which part of a document is wanted: a page of what points to its thing
profiles     which profile of a document is wanted
forms        how a document in JSON-LD is arranged: which profiles of its media type are kept
statements   statements as the lines of N-Quads
documents    what is known about one thing
gathering    from the release to a document, in one question to a worker
selfdescription  what a document says of itself: topic, sources, licence, release, date
bodies       the bytes of a document in any of its formats, and how many they are
writing      from a document to the bytes of a format
jsonld       JSON-LD with the context of the product, flat or as a tree
contexts     the context of JSON-LD and the frames of the kinds
tables       documents as CSV
signposts    the links of a document in its `Link` header
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
sheets       any table as a workbook: what a cell can hold, and how many there are
regional     where objectives are to be assessed regionally, by the rules for a year
assessments  assessments in a table, with how much of what is due is recorded
lists        lists of all things of a kind: their order and what divides them
series       series of values: their years, their change
charts       where a series lies in a picture
outlines     areas as outlines for a picture
geojson      counties and municipalities as GeoJSON
maps         the counties as a map, shaded by their values
portrait     the page of one thing: its document in a reader's order and words
together     coroutines side by side, of which those that wait for nothing take no turn
reporting    a letter about an error, with what it is about filled in
parts/       what such a page shows beside the document, a module for each theme
asking       the query page: a question, its examples, its answer or why not
remarks      what a reader is told of a query that was answered: what is not in the data
chosen       what it finds nothing of for the graphs that it chooses
unmatched    what nothing in the data has as it is asked for, and how it is written there
computed     what a query computes in vain: columns that are empty, functions that there are not
patterns     the statements and comparisons of a query, read from its tokens
programs     the same question from a terminal and from programs
naming       what the things of an answer are called
holdings     the graphs that a service holds
answers      the answer of a query as a page shows it
answer_sheets  the same as a workbook
phrases      what pages say by the hundred
templates/   the pages, one by one
templating   templates, compiled once and found once
rendering    from templates to pages, in the language of the reader
words/       the words of the pages in both languages, a module for each theme
presence     whether a client is still there; who goes away stops the work
guard        refuses a query that would leave this machine, before it runs
turns        whose turn it is: a bounded queue, fair between networks
fronts       front processes on one port, each with workers of its own
agreement    front processes that begin to serve another release at once
listening    the sockets that they listen on, among which the kernel spreads connections
lookups      what looks one thing up, answered without a worker
pool         worker processes: bounded waiting, a hard deadline, replacement
workers      one worker process as the pool holds it, and what it has been given to run
channel      our end of a socket to a worker, which answers in order
launching    our end of the process that starts workers: who is there, and how each ended
launcher     that process, of which each worker is a copy
messages     what the pool and its workers tell each other
relay        asks the services of others for queries that may
internet     which addresses can be those of a service, and a connection to a host of the internet
worker       one process that runs queries on a read-only store
columns      the columns of `SELECT *`, in the order of the query
terms        the terms of RDF 1.2, which are given only to who asks for them
markup       what XML cannot hold as it is
sending      an answer on its way to the client, never held whole
folders      folders that end with the process that made them
said         what a store says of things, and what it calls them
spool        where a worker writes an answer, within its limits of bytes and rows
walls        what the operating system forbids a worker
server       starts all of it on a host and port
local        the same answers on this machine, without a server
verbs        the commands `serve`, `query` and `describe`
start        where the command begins: what the C library is told
cli          the command `miljograf`, which imports a verb when it is asked for
"""
