from ondersteuning.reports.brieven import SJABLOON, besluitbrief, maak_brief, maak_intrekkingsbrief, maak_voorbeeld
from ondersteuning.reports.thuiszitters import (
    THUISZITTERS,
    THUISZITTERSRAPPORT,
    thuiszitters_json,
    thuiszitters_xlsx,
)

__all__ = [
    "SJABLOON",
    "THUISZITTERS",
    "THUISZITTERSRAPPORT",
    "besluitbrief",
    "maak_brief",
    "maak_intrekkingsbrief",
    "maak_voorbeeld",
    "thuiszitters_json",
    "thuiszitters_xlsx",
]
