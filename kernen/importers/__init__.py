"""Importing DUO's files: read, put the rows in a temporary table with COPY, compare in SQL, write.

Runs inside the transaction of a service.  ``lees`` and ``vergelijk`` change nothing; ``schrijf`` does what
``vergelijk`` showed.
"""

from kernen.importers.lezen import Gelezen, lees
from kernen.importers.schrijven import schrijf
from kernen.importers.vergelijken import Verschil, Wijziging, vergelijk, zet_klaar

__all__ = ["Gelezen", "Verschil", "Wijziging", "lees", "schrijf", "vergelijk", "zet_klaar"]
