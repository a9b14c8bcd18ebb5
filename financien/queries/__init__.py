from financien.queries.taken import taken, zoek
from financien.queries.werk import werk

__all__ = ["taken", "werk", "zoek"]
