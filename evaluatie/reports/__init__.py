"""The results of a round as screen parts, PDF report, spreadsheet and JSON: all from one ``Resultaat``."""

from evaluatie.reports.bestanden import als_json, als_xlsx
from evaluatie.reports.blokken import Blok, blokken, groepentabel
from evaluatie.reports.rapport import RAPPORT, RONDERAPPORT

__all__ = ["RAPPORT", "RONDERAPPORT", "Blok", "als_json", "als_xlsx", "blokken", "groepentabel"]
