"""Values that are computed rather than listed: times, dates, numbers, prices, codes."""

from random import Random

from tools.tiny.pools import MONTHS

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_PARTS = {
    "morning": (7, 11),
    "noon": (11, 14),
    "afternoon": (13, 17),
    "evening": (17, 21),
    "work": (8, 17),
    "day": (9, 19),
}


def _bounds(argument: str, low: int, high: int) -> tuple[int, int]:
    if argument:
        low, high = (int(bound) for bound in argument.split("-"))
    return low, high


def clock(rng: Random, part: str = "") -> str:
    """A time of day: 7:30, 7 o'clock, 7 pm, half past seven."""
    first, last = _PARTS[part or "day"]
    hour = rng.randint(first, last)
    shown = (hour - 1) % 12 + 1
    style = rng.random()
    if style < 0.15:
        return f"{shown} o'clock"
    if style < 0.3:
        return f"{shown} {'am' if hour < 12 else 'pm'}"
    if style < 0.36:
        return f"half past {_WORDS[shown]}"
    minute = rng.choice((0, 5, 10, 15, 15, 15, 20, 25, 30, 30, 30, 35, 40, 45, 45, 45, 50, 55))
    return f"{shown}:{minute:02d}"


def number(rng: Random, argument: str = "") -> str:
    """A whole number, as a word up to ten."""
    value = rng.randint(*_bounds(argument, 2, 12))
    return _WORDS[value] if value <= 10 else str(value)


def digits(rng: Random, argument: str = "") -> str:
    """A whole number in digits."""
    return str(rng.randint(*_bounds(argument, 2, 99)))


def price(rng: Random, argument: str = "") -> str:
    """A sum of money in dollars; large ones are round."""
    low, high = _bounds(argument, 10, 200)
    value = rng.randint(low, high)
    if value >= 1000:
        value -= value % 50
    elif value >= 200:
        value -= value % 5
    shown = f"{value:,}"
    return f"${shown}" if rng.random() < 0.6 else f"{shown} dollars"


def date(rng: Random, argument: str = "") -> str:
    """A day of the year: May 14."""
    return f"{rng.choice(MONTHS)} {rng.randint(1, 28)}"


def code(rng: Random, argument: str = "") -> str:
    """An order or booking number: K4172."""
    return f"{rng.choice('ABCDEFGHKLMNPRTVWX')}{rng.randint(100, 9999)}"


def phone(rng: Random, argument: str = "") -> str:
    """A short telephone number: 555-0173."""
    return f"{rng.randint(201, 989)}-{rng.randint(0, 9999):04d}"


def flight(rng: Random, argument: str = "") -> str:
    """A flight number: BX 417."""
    letters = "".join(rng.choice("ABCDEFGHJKLMNPRSTUVWXZ") for _ in range(2))
    return f"{letters} {rng.randint(100, 989)}"


def room(rng: Random, argument: str = "") -> str:
    """A room number."""
    return str(rng.randint(1, 9) * 100 + rng.randint(1, 40))


def length(rng: Random, argument: str = "") -> str:
    """A stretch of time: twenty minutes, three hours."""
    unit = argument or rng.choice(("minutes", "hours", "days", "weeks"))
    if unit == "minutes":
        return f"{rng.choice((10, 15, 20, 25, 30, 35, 40, 45, 50))} minutes"
    return f"{_WORDS[rng.randint(2, 9)]} {unit}"


MAKERS = {
    "clock": clock,
    "number": number,
    "digits": digits,
    "price": price,
    "date": date,
    "code": code,
    "phone": phone,
    "flight": flight,
    "room": room,
    "length": length,
}
