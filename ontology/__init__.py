"""Names things: every IRI the product speaks of comes through this package.

form        the form of identifiers: DIGG's rules BI-1 to BI-7
base        the canonical base IRI of authored files, and the base of a release
namespaces  closed namespaces: our terms and the foreign terms we use
description  the terms and lists that descriptions of a release use
events      the terms that the stream of changes uses
addresses   where a release answers for itself
kind        what a kind of thing is
keys        the patterns of keys
kinds       the kinds of thing in the graph
iri         mints and parses the IRIs of things, documents, concepts, rows and graphs
schemes     the closed lists of the concept schemes
structures  the structures that data sets can have
un_taxonomy  the terms that are read in the UN's files
wkt         areas as well-known text
rings       rings that lie as those of an area do
text        text in Swedish and English, and the choice of the best label
engine      terms as the engine has them, and as N-Triples writes them
stores      stores opened to be read
turtle      Turtle with the prefixes that are used
vocabulary/ our terms, a file for each theme
log         the change log of the vocabulary
files       the authored files (vocabulary, schemes, foreign terms, JSON-LD context) as graphs
"""
