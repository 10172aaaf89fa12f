"""Answers: releases over HTTP, as SPARQL, as linked-data documents and as pages. It never writes.

In the order in which a request travels:

app          the application: middleware, routers, errors
settings     every limit and choice of an operator, with its reason
accessibility  the accessibility statement of a service, as whoever runs it gives it
layers/      what stands around the application: layers that each request goes through, and what they share
reload       a new release in place of the one that is served; damage of its files
metrics      what the accounts add up to, for a monitor
interface/   what the service tells programs of its addresses: OpenAPI, from a table of what each takes and gives
operations   `/health`, `/ready` and `/metrics`
negotiation  from request headers to a media type and a language
choice       the format of an answer, as named or as liked; and whether it is to be a page
formats      the table of media types, suffixes and serialisers
warming      what the first reader would wait for, done before
inside       a request that the service makes of itself
aside        long work beside the event loop
detours      where an address leads that is nearly that of a page
guesses      names that people guess in addresses, and the page that each means
software     which build of the software answers
problem_type  a type of problem: title, status, meaning, limit
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
documents/   what is known about one thing, in every format: from an address to a document to its bytes
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
through_time/  the releases that are kept, what became of things between them, and how things were
shapes       `/shapes`, `/shapes/…` and `/res/shapes/…`: what a release was checked against
validation   `/sv/validation` and `/validation.…`: what came of checking a release
vocabulary   `/sv/vocabulary` and `/en/vocabulary`: all terms and concepts, and `/vocabulary`: the same as RDF
pages        `/sv/…` and `/en/…`: the pages that are not one thing
comparing    `/sv/compare/…`: the areas of a data set side by side, ranked, and on a map
evidence     what values are evidence of: goals, and through their mappings Agenda 2030
comparison   which areas and years are compared, and how they rank
comparison_sheets  their values as a workbook
mapping/     the mapping of objectives to Agenda 2030: its views, its files, and proposals for it
identifiers  DIGG's rules for identifiers, each with an example and what came of it
classes      the classes of a release, their properties in the order of their shape
uses         how much a release uses each class and property, as its VoID tells
diagram      things and how they lead to one another, drawn as SVG
graphs       `/graphs`: the Graph Store Protocol, read only
public       `/api/q/…`: the public questions, each at an address of its own
public_answers  what may be asked, and the rows of an answer, in JSON
enumerating  `/api/{kind}`: all things of a kind, for programs, some at a time
portions     a portion of a list that programs read, and where the others are
query_page/  the pages of the SPARQL service: a question, its examples, its answer, and what a reader is told of that
search/      what fits the words of a reader: things by names and codes, pages and questions
reconciliation/  the reconciliation service: names in the tables of others matched to things
mcp/         the Model Context Protocol, by which language models ask
json_faults  what is wrong with JSON that a client has sent, in words
dataset      what is asked: named graphs, the workers that answer for them, what the service calls things
readings     what is read of a dataset and kept, once for all who ask
files        any RDF files as such a dataset
site         a release as such a dataset: its names, labels and links on its base
holding      keeps a release from being removed while it is in use
sheets       any table as a workbook: what a cell can hold, and how many there are
regional     where objectives are to be assessed regionally, by the rules for a year
assessments  assessments in a table, with how much of what is due is recorded
lists        lists of all things of a kind: their order and what divides them
series       series of values: their years, their change
value_tables  the values of a data set, from the file of its release
charts       where a series lies in a picture
outlines     areas as outlines for a picture
geojson      counties and municipalities as GeoJSON
maps         the counties as a map, shaded by their values
portrait     the page of one thing: its document in a reader's order and words
together     coroutines side by side, of which those that wait for nothing take no turn
reporting    a letter about an error, with what it is about filled in
parts/       what such a page shows beside the document, a module for each theme
phrases      what pages say by the hundred
templates/   the pages, one by one
templating   templates, compiled once and found once
rendering    from templates to pages, in the language of the reader
words/       the words of the pages in both languages, a module for each theme
guard        refuses a query that would leave this machine, before it runs
workers/     what runs queries, beside the front process and behind walls; and what needs no worker
fronts       front processes on one port, each with workers of its own
agreement    front processes that begin to serve another release at once
listening    the sockets that they listen on, among which the kernel spreads connections
internet     which addresses can be those of a service, and a connection to a host of the internet
terms        the terms of RDF 1.2, which are given only to who asks for them
markup       what XML cannot hold as it is
sending      an answer on its way to the client, never held whole
folders      folders that end with the process that made them
server       starts all of it on a host and port
local        the same answers on this machine, without a server
verbs        the commands `serve`, `query` and `describe`
start        where the command begins: what the C library is told
terminal     what is shown on a terminal, which obeys what stands between letters
cli          the command `miljograf`, which imports a verb when it is asked for
"""
