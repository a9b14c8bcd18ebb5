from django.apps import AppConfig


class FinancienConfig(AppConfig):
    name = "financien"
    verbose_name = "financiën"

    def ready(self) -> None:
        from financien.registration import registreer  # noqa: PLC0415  the models exist only now

        registreer()
