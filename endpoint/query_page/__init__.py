"""The pages of the SPARQL service: a question, its examples, its answer, and what a reader is told of that.

querying     `/sv/query`, `/sv/service`: the pages of the SPARQL service, whatever data it serves
completions  the prefixes and terms of the data, for an editor of queries
asking       the query page: a question, its examples, its answer or why not
remarks      what a reader is told of a query that was answered: what is not in the data
chosen       what it finds nothing of for the graphs that it chooses
unmatched    what nothing in the data has as it is asked for, and how it is written there
languages    the languages that it asks for texts in, and no text has
paths        the predicates that its paths need, read from its tokens
computed     what a query computes in vain: columns that are empty, functions that there are not
apart        what a query asks of one thing in two statements, and no thing has both
turned       which of its statements the data make the other way round
patterns     the statements and comparisons of a query, read from its tokens
programs     the same question from a terminal and from programs
naming       what the things of an answer are called
holdings     the graphs that a service holds
answers      the answer of a query as a page shows it
answer_sheets  the same as a workbook
"""
