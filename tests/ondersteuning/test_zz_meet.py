import time, pytest
from django.urls import reverse
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ondersteuning.models import *
from swv_portal.common.scoping import Rol
from tests.factories.kernen import *
from tests.factories.ondersteuning import *
@pytest.mark.parametrize("n",[100000])
def test_x(als,n):
    SamenwerkingsverbandFactory()
    schools=SchoolFactory.create_batch(90); ikc=SboFactory.create_batch(4)
    from ondersteuning.queries.zoeksleutels import zoeksleutels
    z=zoeksleutels("Mila Test")
    ls=Leerling.objects.bulk_create([Leerling(school=schools[i%90],voornamen="Mila",achternaam=f"T{i}",zoeksleutels=z if i%1000==0 else ["x%d"%i]) for i in range(n)],batch_size=5000)
    st=["concept","bij_partijen","ingediend","aanvulling"]
    Aanvraag.objects.bulk_create([Aanvraag(kenmerk=f"A-{i:07d}",route="A",staat=st[i%4],leerling=l,verwijzende_school=schools[i%90],ontvangende_school=ikc[i%4],gevraagde_school=ikc[i%4] if i%4 else None,categorie="SBO",sinds=date(2025,1,1),eigen_uiterlijk=date(2025,5,1)) for i,l in enumerate(ls)],batch_size=5000)
    with connection.cursor() as c: c.execute("ANALYZE")
    for role,pl in ((Rol.SWV_MEDEWERKER,None),(Rol.ORTHOPEDAGOOG,ikc[1])):
        cl=als(role,pl)
        for q in ({},{"pagina":400},{"staat":"ingediend"},{"q":"mila test"},{"q":"A-00009"},{"school":schools[5].pk}):
            cl.get(reverse("ondersteuning:aanvragen"),q)
            t=time.perf_counter(); 
            with CaptureQueriesContext(connection) as cq: r=cl.get(reverse("ondersteuning:aanvragen"),q)
            dt=(time.perf_counter()-t)*1000
            print(n,role,q,r.status_code,f"{dt:.0f} ms", len(cq), "slowest", sorted(((float(x["time"]),x["sql"][:90]) for x in cq.captured_queries),reverse=True)[:2])
