"""What the service tells programs of its addresses: OpenAPI, from a table of what each takes and gives.

openapi      `/openapi.json`: what the service offers to programs
any_data     the table of that, address by address, for any data
replies      the JSON that is ours alone, and its schemas
release_interface  the same for what a release has beside that
protocols_interface  the same for the protocols of others: reconciliation, language models
questions_interface  for the public questions and lists
archive_interface  and for what all releases have together
"""
