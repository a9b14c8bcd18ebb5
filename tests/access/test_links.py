def test_x(als):
    from swv_portal.common.scoping import Rol
    c = als(Rol.CONTROLLER)
    assert c.get("/weer-ingelogd/").status_code == 200
    r = c.get("/")
    print(r.content.decode())
    assert r.status_code == 200
    assert c.get("/zoeken/?q=ab").status_code == 200
    assert c.get("/nergens/").status_code == 404
    assert c.get("/gezond/").status_code == 200
    from django.test import Client
    r = Client().get("/link/" + "a"*43 + "/")
    print(r.content.decode())
    assert r.status_code == 200
