"""The jobs behind the daily mail: one that asks for everybody, one per person."""

from datetime import date

from swv_portal.jobs.registry import Finish, JobContext, JobKind
from swv_portal.start.services.digest import PERSOON, ask_all, ask_mail, inbox_for_mail


def dagbericht(context: JobContext) -> Finish:
    """Every morning: a job for everybody who wants the mail."""
    dag = date.fromisoformat(context.params["dag"])

    def finish() -> None:
        ask_all(dag)

    return finish


def dagbericht_persoon(context: JobContext) -> Finish | None:
    """One person: look what there is to do, and ask for the mail in the transaction that ends this job."""
    user_id, dag = context.params["user"], date.fromisoformat(context.params["dag"])
    inbox = inbox_for_mail(user_id, dag)
    if inbox is None:
        return None

    def finish() -> None:
        ask_mail(user_id=user_id, dag=dag, inbox=inbox)

    return finish


DAGBERICHT = JobKind("start.dagbericht", "Dagberichten versturen", dagbericht, voor_aanvrager=False)
DAGBERICHT_PERSOON = JobKind(PERSOON, "Dagbericht maken", dagbericht_persoon, voor_aanvrager=False)
