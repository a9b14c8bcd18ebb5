from swv_portal.access.models.persoonlijke_link import PersoonlijkeLink
from swv_portal.access.models.reserve import Reserve
from swv_portal.access.models.uitnodiging import Uitnodiging
from swv_portal.access.models.user import User

__all__ = ["PersoonlijkeLink", "Reserve", "Uitnodiging", "User"]
