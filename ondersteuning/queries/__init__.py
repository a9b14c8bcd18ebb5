"""Read models of ondersteuning.  What other apps use stands here by name."""

from ondersteuning.queries.plaatsingen import plaatsingen_in
from ondersteuning.queries.taken import taken
from ondersteuning.queries.werk import werk
from ondersteuning.queries.zoeken import zoek

__all__ = ["plaatsingen_in", "taken", "werk", "zoek"]
