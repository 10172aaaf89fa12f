"""Whose turn it is in a server."""

import asyncio


def is_in_the_loop() -> bool:
    """Whether what is done now keeps all who ask waiting."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
