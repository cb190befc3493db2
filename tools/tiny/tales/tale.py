"""A short dialogue, true statements about it and questions with their answers."""

from random import Random

from tools.tiny.grammar import Story, fill
from tools.tiny.invented import WideFillers


class Tale(Story):
    """A dialogue with statements (`tell`) and questions (`ask`) about it."""

    def __init__(self, rng: Random):
        super().__init__(rng, named=rng.random() < 0.65, fillers=WideFillers(rng))
        self.statements: list[str] = []
        self.questions: list[tuple[str, str]] = []

    def tell(self, *templates: str) -> None:
        """Adds a true sentence about the dialogue, in the third person."""
        self.statements.append(fill(self.rng.choice(templates), self.slots, self.rng))

    def words(self, **texts: str) -> None:
        """Sets slots that are parts of the sentences and no values to be asked for."""
        self.slots.update(texts)

    def ask(self, question: str, answer: str) -> None:
        """Adds a question whose answer is the value of a slot."""
        self.questions.append((fill(question, self.slots, self.rng), self.slots[answer]))

    @property
    def values(self) -> list[str]:
        """The values that were drawn, longest first: names, places, days, numbers, things."""
        slots = [*self._kinds, *self._people, *(f"old_{slot}" for slot in self._kinds)]
        found = {self.slots[slot] for slot in slots if slot in self.slots}
        return sorted(found, key=lambda value: (-len(value), value))
