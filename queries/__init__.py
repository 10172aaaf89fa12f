"""Ask: every SPARQL text of the product, each in a file of its own that a researcher can read and run.

questions/   the public questions of the catalogue
any/         what may be asked of any data
pages/       what the pages ask
documents/   what is said about one thing
tables/      what a document is as a table
about/       what is said about a whole release
bare         a query without its texts, comments and IRIs, which may hold any word
header       the checked header of a query file
catalogue    reads the files, with their IRIs on the base of a release
"""
