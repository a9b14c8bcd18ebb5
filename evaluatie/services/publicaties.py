"""Keeping what was published of a round."""

from evaluatie.models import Publicatie, Ronde
from evaluatie.queries import minimum_groep


def noteer_publicatie(ronde: Ronde, afdruk: str) -> None:
    """Keep the answers (as ``afdruk``) and the minimum of the first publication; a later one has the same of both.

    Called by a service, inside its transaction, with the lock on the round.
    """
    Publicatie.objects.get_or_create(ronde=ronde, defaults={"afdruk": afdruk, "minimum": minimum_groep()})
