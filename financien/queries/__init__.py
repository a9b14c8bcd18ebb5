from financien.queries.taken import taken, zoek

__all__ = ["taken", "zoek"]
