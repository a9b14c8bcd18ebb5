"""The garbage collector of a process that serves for hours."""

import gc

#: How many new objects before the collector looks, and how often it looks further back.
GRENZEN = (20_000, 20, 20)


def settle() -> None:
    """Take all that was loaded out of the reach of the collector, and let it look less often.

    What a page or a letter makes is given back as soon as nobody refers to it; the collector is there for circles.
    Looking through Django and WeasyPrint for those took a fifth of the time of a list and a sixth of that of a letter
    (``make bench ARGS='lijst brieven'``).  Call it once, when everything is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GRENZEN)
