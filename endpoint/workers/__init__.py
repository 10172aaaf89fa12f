"""What runs queries, beside the front process and behind walls; and what needs no worker.

turns        whose turn it is: a bounded queue, fair between networks
lookups      what looks one thing up, answered without a worker
pool         worker processes: bounded waiting, a hard deadline, replacement
member       one worker process as the pool holds it, and what it has been given to run
channel      our end of a socket to a worker, which answers in order
launching    our end of the process that starts workers: who is there, and how each ended
launcher     that process, of which each worker is a copy
messages     what the pool and its workers tell each other
relay        asks the services of others for queries that may
share        what each worker has of the machine: a store, on the disk or in memory, and bounds
worker       one process that runs queries on a read-only store
columns      the columns of `SELECT *`, in the order of the query
said         what a store says of things, and what it calls them
spool        where a worker writes an answer, within its limits of bytes and rows
stretches    computing in short stretches, so that whoever wants the core need not wait for it
walls        what the operating system forbids a worker
"""
