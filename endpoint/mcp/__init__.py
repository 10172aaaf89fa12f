"""The Model Context Protocol, by which language models ask.

service      `/mcp`: the Model Context Protocol, by which language models ask
jsonrpc      its messages: read, answered, refused
eras         its revisions, and what a request of each must say of itself
procedures   its methods: what each answers
tools/       the tools that language models call, a module for each
"""
