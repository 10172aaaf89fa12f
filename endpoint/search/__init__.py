"""What fits the words of a reader: things by names and codes, pages and questions.

searching    `/sv/search` and `/suggest`: what fits the words of a reader
inflection   forms of one word, and words that tell nothing alone
guides       the pages of the site and the questions to begin with, found by the words of a reader
purposes     what the pages of the site are for, as search tells it
apart        what tells things of one name apart, in words
index        the index of a release, asked: names and codes, with typing errors forgiven
numbered     a code after the name of its kind, as in `delmål 14.1`
"""
