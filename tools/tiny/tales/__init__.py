"""Mini-scenarios for pretraining, none of which occurs among the fine-tuning ones.

The tasks in `pretraining` make exercises of them.
"""

from tools.tiny.tales.duty import DUTY
from tools.tiny.tales.family import FAMILY
from tools.tiny.tales.feasts import FEASTS
from tools.tiny.tales.food import FOOD
from tools.tiny.tales.friends import FRIENDS
from tools.tiny.tales.hobbies import HOBBIES
from tools.tiny.tales.house import HOUSE
from tools.tiny.tales.learning import LEARNING
from tools.tiny.tales.money import MONEY
from tools.tiny.tales.office import OFFICE
from tools.tiny.tales.outings import OUTINGS
from tools.tiny.tales.services import SERVICES
from tools.tiny.tales.tale import Tale
from tools.tiny.tales.travel import TRAVEL
from tools.tiny.tales.unusual import UNUSUAL
from tools.tiny.tales.village import VILLAGE

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
