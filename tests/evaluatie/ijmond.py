"""The published results of the kern evaluation 2024-2025, typed over, and 53 answers that give exactly these.

The answers themselves were never published; these are reconstructed.  Letters stand for options, see ``CODES``.
"""

GROEPEN = {
    "Beverwijk+": 8,
    "Santpoort/Driehuis": 5,
    "Castricum, Limmen, Akersloot": 6,
    "Uitgeest": 7,
    "Heemskerk Noord": 5,
    "IJmuiden 1 en 2": 7,
    "Heemskerk Zuid": 5,
    "Velserbroek": 1,
    "Beverwijk": 2,
    "Consulenten SWV": 7,
}

#: Per question: percentages, counts, answers, no answer.
KEUZES = {
    "duidelijkheid_bedoeling": ({"ja": 86.8, "nee": 13.2}, {"ja": 46, "nee": 7}, 53, 0),
    "draagvlak_bij_start": (
        {"twijfels": 60.4, "ja": 17.0, "nee": 22.6},
        {"twijfels": 32, "ja": 9, "nee": 12},
        53,
        0,
    ),
    "verwachtingen_besproken": ({"ja": 67.9, "nee": 32.1}, {"ja": 36, "nee": 17}, 53, 0),
    "meerwaarde_samenwerking": (
        {"ja": 43.1, "twijfel": 35.3, "nee": 11.8},
        {"ja": 22, "twijfel": 18, "nee": 6, "anders": 5},
        51,
        2,
    ),
    "onderwerpen_inbrengen": ({"ja": 66.0, "soms": 28.3, "nee": 5.7}, {"ja": 35, "soms": 15, "nee": 3}, 53, 0),
    "meerwaarde_kennisdeling": (
        {"ja": 52.0, "twijfel": 30.0, "nee": 10.0},
        {"ja": 26, "twijfel": 15, "nee": 5, "anders": 4},
        50,
        3,
    ),
}

#: Means in the order of GROEPEN, answers, no answer.
SCORES = {
    "tevredenheid_samenwerking": ([4.3, 3.8, 3.3, 3.0, 2.8, 2.0, 2.2, None, None, 2.9], 53, 0),
    "tevredenheid_voorzitterschap": ([4.6, 4.0, 4.0, 3.9, 2.6, 1.4, 2.6, None, None, 2.7], 53, 0),
    "tevredenheid_frequentie": ([4.5, 4.0, 4.0, 3.7, 3.0, 2.0, 3.4, None, None, 3.0], 53, 0),
    "tevredenheid_opbrengsten": ([4.0, 3.4, 3.8, 3.0, 2.4, 1.4, 2.0, None, None, 2.7], 47, 6),
}

#: How often each score was given to tevredenheid_opbrengsten, of all 53.
OPBRENGSTEN = (
    {"5": 5.7, "4": 24.5, "3": 26.4, "2": 20.8, "1": 11.3},
    {"5": 3, "4": 13, "3": 14, "2": 11, "1": 6},
)
