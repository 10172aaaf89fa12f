"""The releases that are kept, what became of things between them, and how things were.

releases     `/releases/`: the releases that are kept, and what changed in one
history      what became of a thing since the release before
stream       `/changes`: the changes of all releases as a Linked Data Event Stream
fragments    its root and its pages as triples
feed         `/changes.atom`: what changed in each release, in words, as an Atom feed
revisions    what became of the values of a property, word by word
archive      `/releases/{id}/…`: any of them, with the same surface
mementos     what is at an address as it was in each release that is kept
timegate     `/timegate/…` and `/timemap/…`: which release had it at a moment, and which have it (Memento)
"""
