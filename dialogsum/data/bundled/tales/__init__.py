"""Mini-scenarios for pretraining, none of which occurs among the fine-tuning ones.

The tasks in `pretraining` make exercises of them.
"""

from dialogsum.data.bundled.tales.duty import DUTY
from dialogsum.data.bundled.tales.family import FAMILY
from dialogsum.data.bundled.tales.feasts import FEASTS
from dialogsum.data.bundled.tales.food import FOOD
from dialogsum.data.bundled.tales.friends import FRIENDS
from dialogsum.data.bundled.tales.hobbies import HOBBIES
from dialogsum.data.bundled.tales.house import HOUSE
from dialogsum.data.bundled.tales.learning import LEARNING
from dialogsum.data.bundled.tales.money import MONEY
from dialogsum.data.bundled.tales.office import OFFICE
from dialogsum.data.bundled.tales.outings import OUTINGS
from dialogsum.data.bundled.tales.services import SERVICES
from dialogsum.data.bundled.tales.tale import Tale
from dialogsum.data.bundled.tales.travel import TRAVEL
from dialogsum.data.bundled.tales.unusual import UNUSUAL
from dialogsum.data.bundled.tales.village import VILLAGE

TALES = (
    *DUTY,
    *FAMILY,
    *FEASTS,
    *FOOD,
    *FRIENDS,
    *HOBBIES,
    *HOUSE,
    *LEARNING,
    *MONEY,
    *OFFICE,
    *OUTINGS,
    *SERVICES,
    *TRAVEL,
    *VILLAGE,
    *UNUSUAL,
)

__all__ = ["TALES", "Tale"]
