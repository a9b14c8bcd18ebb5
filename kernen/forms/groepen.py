"""Forms with the same group of fields several times, such as the goals of a kernplan."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from swv_portal.common.fields import soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form


@dataclass(frozen=True)
class Groep:
    """A heading and the fields under it; ``verplicht``: the form can not be submitted without this group."""

    kop: str
    velden: list[forms.BoundField]
    verplicht: bool

    @property
    def is_gevuld(self) -> bool:
        return any(veld.value() or veld.errors for veld in self.velden)


class GroepenForm(VersieMixin, PortalForm):
    """``meeste`` groups of the fields that ``maak_groep`` makes; field ``uren`` of the second is called ``uren_2``.

    In a group the fields need each other, so none says '(niet verplicht)': the heading says it for the group, and the
    text above the groups says what belongs together.
    """

    groepskop: ClassVar[str]
    #: What the groups after the ones in sight are called together.
    meer_kop: ClassVar[str]
    meeste: ClassVar[int]
    #: How many empty groups the page shows to begin with, and how many are needed to submit.
    zichtbaar: ClassVar[int]
    nodig: ClassVar[int] = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._namen: list[str] = []
        for nth in range(1, self.meeste + 1):
            group = self.maak_groep(nth)
            self._namen = list(group)
            for name, field in group.items():
                self.fields[f"{name}_{nth}"] = soms_verplicht(field, groep=f"{self.groepskop} {nth}")
        maak_portaal_form(self)

    def maak_groep(self, nummer: int) -> dict[str, forms.Field]:
        """The fields of group ``nummer`` (from 1), with what they begin with."""
        raise NotImplementedError

    @property
    def groepen(self) -> list[Groep]:
        return [
            Groep(f"{self.groepskop} {nth}", [self[f"{name}_{nth}"] for name in self._namen], nth <= self.nodig)
            for nth in range(1, self.meeste + 1)
        ]

    @property
    def ingeklapt(self) -> int:
        """From which group (counted from 0) on the page starts folded: one empty group after the last filled one."""
        filled = [nth for nth, groep in enumerate(self.groepen, start=1) if groep.is_gevuld]
        return max(self.zichtbaar, max(filled, default=0) + 1)

    def ingevuld(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Number and values of every group, by the names of ``maak_groep``; a value with an error is ``None``."""
        for nth in range(1, self.meeste + 1):
            yield nth, {name: self.cleaned_data.get(f"{name}_{nth}") for name in self._namen}
