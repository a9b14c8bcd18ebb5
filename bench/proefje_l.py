from bench import lijst, _web
from django.db import connection
import time
def main():
    lijst.load(100000); staff,iber,boss=lijst.people(); _web.analyze()
    from ondersteuning.queries import lijst as q
    from kernen.models import School
    from ondersteuning.models import Aanvraag
    from django.db.models import Exists, OuterRef, Q
    from swv_portal.access.reach import bereik_voor
    from django.contrib.auth import get_user_model
    from django.utils import timezone
    from bench._pair import Side, compare
    for mail in ("staf@meting.example","iber@meting.example"):
        b=bereik_voor(get_user_model().objects.get(email=mail).pk, timezone.localdate())
        def exists():
            seen=Aanvraag.objects.visible_to(b).order_by()
            s=School.objects.filter(Exists(seen.filter(verwijzende_school_id=OuterRef("pk")))|Exists(seen.filter(ontvangende_school_id=OuterRef("pk"))))
            return [(str(pk),n) for pk,n in s.order_by("naam","pk").values_list("pk","naam")]
        compare("schoolkeuzes "+mail, ours=Side("exists",exists), floor=Side("nu",lambda: q.schoolkeuzes(b)), same=lambda a,c:a==c, doel=1, rounds=5)
        f=q.Aanvraagfilter(); 
        compare("bladzijde "+mail, ours=Side("bladzijde",lambda: q.bladzijde(b,f,1,timezone.localdate())), floor=Side("keuzes exists",exists), same=lambda a,c:True, doel=1, rounds=5)
        with connection.cursor() as c:
            seen=Aanvraag.objects.visible_to(b).order_by()
    return []
