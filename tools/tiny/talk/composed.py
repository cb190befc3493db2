"""Exchanges put together from an action, an object, people, a time, a place and a reason.

What is wanted is arbitrary ("Can you inspect the pancake on Monday?"), so that nothing of it can be
learned by heart but how what is said becomes what is told: who "I" is, that a question was a wish,
which of two days counts in the end, which reason belongs to whom.
"""

from tools.tiny.talk.affairs import (
    appointment,
    bargain,
    choice,
    hearsay,
    past_deed,
    search,
)
from tools.tiny.talk.wishes import errand, intention, offer, permission

COMPOSED = (
    errand,
    errand,
    intention,
    past_deed,
    offer,
    bargain,
    choice,
    search,
    appointment,
    permission,
    hearsay,
)
