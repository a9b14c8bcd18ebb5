"""Invented names and texts of the example applications."""

from swv_portal.local.voorbeeld.kernen_teksten import SWV

REGISTRATIE = SWV["registratienummer"]

VOORNAMEN = (
    "Aafke", "Bodi", "Cas", "Dani", "Elin", "Fedde", "Guus", "Hidde", "Ibe", "Jari", "Kee", "Lotte", "Mats", "Nena",
    "Olle", "Pien", "Quin", "Roos", "Siem", "Tess", "Ubbe", "Vera", "Wout", "Yara", "Zoë",
)  # fmt: skip
ACHTERNAMEN = (
    "Aalscholver", "Bergeend", "Dodaars", "Fuut", "Grutto", "Ibis", "Kievit", "Kluut", "Lepelaar", "Oeverloper",
    "Plevier", "Rietzanger", "Scholekster", "Tureluur", "Visdief", "Wulp", "Zwaluw",
)  # fmt: skip
OUDERS = (("Anna", "Bart"), ("Chantal", "Derk"), ("Esma", "Farid"), ("Gea", "Hugo"), ("Inez", "Joost"), ("Kim", "Lars"))
DESKUNDIGEN = ("Merel Zandhaver", "Niek Blauwdistel", "Oda Zeekool", "Pim Lamsoor", "Ria Duindoorn", "Sven Zeeraket")
WERKGEVERS = {
    "jeugdarts": "GGD Duinstreek",
    "cjg_coach": "CJG Duinstreek",
    "pedagoog": "Praktijk Het Schelpenpad",
    "kinderpsychiater": "Jeugdkliniek De Vloedlijn",
    "maatschappelijk_werker": "Welzijn Duinstreek",
    "poh_jeugd": "Huisartsen aan Zee",
}

#: What the pupil needs, what the school did, why this school fits, and what the pupil says.
ONDERBOUWING = (
    (
        "Rust, een vaste plek en korte opdrachten. Een kleine groep met veel begeleiding.",
        "Een half jaar werken in een hoek met prikkelarme plek, elke dag samen starten, gesprekken met ouders.",
        "De groepen zijn klein en er is de hele dag een assistent.",
        "Ik vind het in de klas te druk. Ik wil wel met mijn vriendje blijven spelen.",
    ),
    (
        "Herhaling in kleine stappen en veel doen met de handen.",
        "Een eigen leerlijn voor rekenen en taal, drie keer per week hulp buiten de groep.",
        "De school werkt met eigen leerlijnen op alle niveaus.",
        "Rekenen is moeilijk. Ik wil ook weleens iets goed hebben.",
    ),
    (
        "Duidelijke regels, voorspelbare dagen en iemand die helpt bij spanning.",
        "Een time-outplek, een kaart met afspraken en begeleiding door de gedragsspecialist.",
        "Er is ervaring met spanning en er is jeugdhulp in de school.",
        "Als ik boos word wil ik even weg kunnen.",
    ),
    (
        "Verzorging onder schooltijd en een gebouw zonder trappen.",
        "Een bed op school, afspraken met de thuiszorg en lessen in een lokaal beneden.",
        "De school heeft een verpleegkundige en therapie in huis.",
        "Ik wil graag met de anderen naar buiten.",
    ),
)
ADVIES_EERSTE = (
    "Ik heb twee keer in de klas gekeken en met de ouders en de leerkracht gesproken. De hulp op de basisschool is "
    "goed ingezet, maar niet genoeg. Onze groepen zijn kleiner en de dag is rustiger. Ik verwacht dat de leerling hier "
    "weer leert."
)
ADVIES_TWEEDE = (
    "Ik ken het gezin sinds vorig jaar. De spanning op school zorgt thuis voor slecht slapen. Een kleinere setting "
    "past beter. Ik adviseer de overstap, met hulp thuis in de eerste maanden."
)
AANVULLING = "Wij lezen niet wat de leerling zelf vindt, en of beide ouders gezag hebben. Wilt u dat aanvullen?"
MOTIVERING_TOCH = (
    "Een ouder had liever hulp op de eigen school gezien. De school heeft die hulp gegeven en laat zien waarom dat "
    "niet genoeg was. Beide deskundigen steunen de overstap. Daarom kennen wij de verklaring toe."
)
MOTIVERING_WEIGEREN = (
    "De school laat niet zien welke hulp er is geprobeerd. De deskundigen gaan uit van een onderzoek van langer "
    "geleden. De school kan een nieuwe aanvraag doen als dit is aangevuld."
)
