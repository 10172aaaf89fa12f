"""What stands around the application: layers that each request goes through, and what they share.

arrival      how a request arrives: within a time, with a head of a size, as HTTP is defined
outgoing     what is written to a connection in a row, sent as one piece
at_once      lookups and what is kept, answered before anything else looks at a request
ill_formed   requests that are not: what is wrong with one, and where it leads all the same
accounts     an account of each request: the access log
access_log   where that log is written: a file or standard output
networks     from which network a request comes, for the limits of a network
headers      headers as they travel, and those that every answer has
tracking     parameters that follow readers, taken off addresses
caching      answers kept for whoever asks the same again, and entity tags
conditions   whether a client has the answer already, or wants another
coding       content codings: what a client can unpack
paths        paths that can be addresses of ours
enclosed     whole addresses that are percent-encoded within a path
direct       addresses that are answered without the routing of the framework
presence     whether a client is still there; who goes away stops the work
"""
