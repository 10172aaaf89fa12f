"""What is known about one thing, in every format: from an address to a document to its bytes.

things       `/id/…` to `/res/…`: what is known about one thing, in every format
astray       what an address that leads to no thing may have meant
leads        what the link to go on by is called: the page, the list or the thing there
retired      identifiers that have ended: what became of each, and what holds instead
former       what something was called that has ended, by an earlier release
variants     the forms of a document: which one a request asks for
views        which part of a document is wanted: a page of what points to its thing
profiles     which profile of a document is wanted
forms        how a document in JSON-LD is arranged: which profiles of its media type are kept
statements   statements as the lines of N-Quads
document     what is known about one thing
gathering    from the release to a document, in one question
selfdescription  what a document says of itself: topic, sources, licence, release, date
bodies       the bytes of a document in any of its formats, and how many they are
writing      from a document to the bytes of a format
jsonld       JSON-LD with the context of the product, flat or as a tree
contexts     the context of JSON-LD and the frames of the kinds
tables       documents as CSV
signposts    the links of a document in its `Link` header
"""
