"""The reconciliation service: names in the tables of others matched to things.

service      `/reconcile`: names in the tables of others matched to things
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
"""
