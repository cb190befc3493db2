"""Mini-scenarios for pretraining, none of which occurs among the fine-tuning ones.

The tasks in `pretraining` make exercises of them.
"""

from dialogsum.data.bundled.tales.duty import DUTY
from dialogsum.data.bundled.tales.family import FAMILY
from dialogsum.data.bundled.tales.friends import FRIENDS
from dialogsum.data.bundled.tales.house import HOUSE
from dialogsum.data.bundled.tales.outings import OUTINGS
from dialogsum.data.bundled.tales.services import SERVICES
from dialogsum.data.bundled.tales.tale import Tale
from dialogsum.data.bundled.tales.unusual import UNUSUAL

TALES = (*DUTY, *FAMILY, *FRIENDS, *HOUSE, *OUTINGS, *SERVICES, *UNUSUAL)

__all__ = ["TALES", "Tale"]
