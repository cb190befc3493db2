"""The scenarios of the bundled dialogues: `SEEN` for every split, `UNSEEN` for the test only."""

from tools.tiny.grammar import Scenario
from tools.tiny.scenarios import (
    bookings,
    friends,
    friends2,
    home,
    service,
    study,
    town,
    unseen,
    unseen2,
    work,
    work2,
)

SEEN: list[Scenario] = [
    *bookings.SCENARIOS,
    *service.SCENARIOS,
    *town.SCENARIOS,
    *work.SCENARIOS,
    *work2.SCENARIOS,
    *friends.SCENARIOS,
    *friends2.SCENARIOS,
    *home.SCENARIOS,
    *study.SCENARIOS,
]
UNSEEN: list[Scenario] = [*unseen.SCENARIOS, *unseen2.SCENARIOS]
