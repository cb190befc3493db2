"""Scenarios in which something is booked or an appointment is made."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, bye, greet, office, thank


def restaurant_booking(s: Story) -> None:
    s.let(place="restaurant", n="number:2-14", day="day", time="clock:evening", name="surname")
    s.b("[Good evening|Hello|Good afternoon], {place}. [How can I help you|What can I do for you]?")
    s.a(
        "[Can I|Could I|May I] book a table for {n} [on {day}|this {day}][ at|, around] {time}?",
        "[Hello|Hi], do you have a table for {n} on {day} at {time}?",
    )
    full = s.maybe(0.4)
    if full:
        s.redraw("time")
        s.b(
            "[I'm afraid|Sorry, but] we are full at {old_time}. [Would {time} work|Is {time} "
            "okay]?",
            "At {old_time} everything is taken, but {time} is [still free|possible].",
        )
        s.a(
            "[That's fine|Okay, that works|All right], {time} then.",
            "[Fine|Good], we'll take that.",
        )
    else:
        s.b("[Let me see|One moment]. Yes, [that's possible|we have one left|no problem].")
    changed = s.correct("A", "n", "{n} people", keep=0.55)
    office(s, "B", 0.4)
    s.b("[And the name|What name, please|Under which name]?")
    s.a("{name}[, please|].", "It's {name}.")
    thank(s, "A", 0.4)
    if full:
        s.sum(
            "{A} books a table for {n} at {place} on {day}, at {time} because {old_time} is full.",
            "{place} is full at {old_time} on {day}, so {A} takes a table for {n} at {time}.",
            "{A} wants to eat at {place} on {day} with a party of {n} and agrees to come at "
            "{time} instead of {old_time}.",
        )
    else:
        s.sum(
            "{A} reserves a table for {n} at {place} for {day} at {time} under the name {name}.",
            "{A} calls {place} and gets a table for {n} on {day} at {time}.",
            "{B} at {place} takes a reservation under {name} for {n} people, {day} at {time}.",
        )
    if changed and s.maybe(0.4):
        s.sum("At first {heA} asked for {old_n}.", "{A} had first said {old_n}.")


def hotel_booking(s: Story) -> None:
    s.let(place="hotel", date="date", nights="number:2-9", price="price:60-240", name="surname")
    s.put(kind="single|double|quiet|family|twin", view="garden|sea|courtyard|street|park")
    s.b("{place}, [good morning|good afternoon], [how may I help you|what can I do for you]?")
    s.a(
        "I need a {kind} room from {date}, for {nights} nights.",
        "I'd like to stay {nights} nights from {date}, in a {kind} room.",
        "A {kind} room for {nights} nights, please, [starting|arriving] on {date}.",
    )
    changed = s.correct("A", "date", keep=0.55)
    office(s, "B", 0.45)
    s.b(
        "[There is|We have] one with a view of the {view} for {price} a night.",
        "[All right|Certainly]. It's {price} a night[, with breakfast|] and looks onto the {view}.",
    )
    if s.maybe(0.65):
        s.a("[Good|Fine|Perfect], [I'll take it|please book it]. [The name is|I'm] {name}.")
        s.b("[Thank you. It's booked|That's done|Reserved for {name}].")
        s.sum(
            "{A} books a {kind} room at the {place} for {nights} nights from {date} at {price} a "
            "night.",
            "{A} reserves a room with a view of the {view} at the {place} from {date} for {price} "
            "a night.",
            "{B} offers {A} a {kind} room for {price} a night, and {heA} takes it for {nights} "
            "nights from {date}.",
        )
        if changed:
            s.sum("{A} had first said {old_date}.", "The arrival was moved from {old_date}.")
    else:
        s.a(
            "{price} is [too much for me|more than I can pay|over my budget]. [I'll look "
            "elsewhere|I have to think about it].",
        )
        s.b("[I understand|That's a pity]. [Call us any time|We hope to hear from you].")
        s.sum(
            "{A} asks for a {kind} room at the {place} for {nights} nights from {date} but finds "
            "{price} a night too expensive.",
            "{A} does not book at the {place}, because a room from {date} costs {price} a night.",
        )


def haircut_appointment(s: Story) -> None:
    s.let(day="day", time="clock", price="price:18-90")
    s.person("C")
    s.put(what="haircut|perm|trim|beard trim|new hair color")
    s.b("[Hair salon, good morning|Hello, hair studio]. [Can I help you|What would you like]?")
    s.a(
        "[Can {C} give me|I'd like] a {what} [this {day}|on {day}][, if possible|].",
        "[Hi|Hello], [is there anything free on {day}|do you have time on {day}]? It's for a "
        "{what}.",
    )
    away = s.maybe(0.45)
    if away:
        s.person("D")
        s.b("{C} is [on holiday|off|fully booked] on {day}, but {D} can do it at {time}.")
        s.a(
            "[Okay, {D} is fine|All right, I'll go to {D}|Fine with me]. [How much is it|The "
            "price]?"
        )
    else:
        s.b("{C} [could do it|has time|is free] at {time}.")
        s.a("[Great|Good|That suits me]. [How much is it|What does it cost]?")
    s.b("[That's|It's] {price}[ altogether|].")
    changed = s.correct("A", "time", keep=0.6)
    thank(s, "A")
    who = "{D}" if away else "{C}"
    s.sum(
        f"{{A}} makes an appointment for a {{what}} with {who} on {{day}} at {{time}} for "
        f"{{price}}.",
        f"{who} will give {{A}} a {{what}} on {{day}} at {{time}}, which costs {{price}}.",
        f"{{A}} will see {who} for a {{what}} at {{time}} on {{day}}.",
    )
    if away and s.maybe():
        s.sum("{C} is not available.", "{C} cannot do it that day.")
    elif changed and s.maybe():
        s.sum("It was first set for {old_time}.")


def dentist_appointment(s: Story) -> None:
    s.let(doctor="surname", day="weekday", time="clock", busy="busy")
    s.put(why="a check-up|a cleaning|a toothache|a broken tooth|a loose filling|a lost crown")
    s.b("[Good morning|Hello], Doctor {doctor}'s [office|dental practice].")
    s.a(
        "[Hello|Hi], I need [an appointment|to see the dentist]. It's [for|about] {why}.",
        "[Good morning|Hi]. I'm calling about {why}. [When could I come|When is there time]?",
    )
    s.b("[We have|There is] [something|a free slot] on {day} at {time}.")
    s.let(other="weekday")
    if s.maybe(0.5):
        s.a("[On {day}|Sorry, on {day}] I'm {busy}. [Is {other} possible|How about {other}]?")
        s.b("[Yes|Sure], {other} at {time} [is also free|works as well].")
        s.a("[Then {other}, please|Good, I'll come then].")
        s.sum(
            "{A} can't come to Doctor {doctor} on {day}, so the appointment for {why} is on "
            "{other} at {time}.",
            "{A} will see Doctor {doctor} about {why} on {other} at {time}, because {heA} is "
            "{busy} on {day}.",
        )
    else:
        s.a(
            "[That's fine|Good, I'll take it|Perfect]. [Should I bring anything|Do I need "
            "anything]?"
        )
        s.b("[Only|Just] your [insurance card|health card|last X-ray], please.")
        s.sum(
            "{A} has an appointment with Doctor {doctor} for {why} on {day} at {time}.",
            "{A} calls about {why} and gets an appointment with Doctor {doctor} at {time} on "
            "{day}.",
        )
    thank(s, "A")


def train_ticket(s: Story) -> None:
    s.let(city="city", day="day", time="clock", price="price:12-140", track="number:2-19")
    s.a(
        "[A ticket|One ticket] to {city} [for {day}|on {day}], please.",
        "[Hello|Good morning], [I need|I'd like] a train ticket to {city} for {day}.",
    )
    changed = s.correct("A", "day", keep=0.5)
    s.b("[At what time|Morning or evening|Which train]?", "When would you like to [leave|travel]?")
    s.a("[The one at {time}|At {time}, if there is one|Around {time}].")
    office(s, "B", 0.45)
    late = s.maybe(0.4)
    if late:
        s.redraw("time")
        s.b(
            "[That one is sold out|The {old_time} is full]. [There is one|The next one leaves] at "
            "{time}."
        )
        s.a("[Okay, I'll take it|Then that one|I suppose I have no choice]. [How much is it?|]")
    else:
        s.b("[Yes|All right], there are seats left. [Window or aisle|First or second class]?")
        s.a("[Window, please|Aisle, please|Second class|It doesn't matter].")
    s.b("That's {price}, [from|on] track {track}.")
    thank(s, "A", 0.4)
    if late:
        s.sum(
            "{A} buys a ticket to {city} on {day} for {price}, leaving at {time} because the "
            "{old_time} train is sold out.",
            "The {old_time} train to {city} is full, so {A} takes the one at {time} on {day}.",
        )
    else:
        s.sum(
            "{A} buys a train ticket to {city} for {day} at {time}. It costs {price} and leaves "
            "from track {track}.",
            "{B} sells {A} a ticket for the {time} train to {city} on {day} for {price}.",
        )
    if changed and s.maybe():
        s.sum("{A} first wanted to go on {old_day}.")


def court_booking(s: Story) -> None:
    s.let(day="day", time="clock", price="price:8-45")
    s.put(what="court|hall|place", sport="tennis|badminton|squash|volleyball|basketball|handball")
    s.person("C")
    s.a(
        "[Hello|Hi], is a {what} free for {sport} on {day} at {time}?",
        "[Can I|I'd like to know if I can] rent a {what} on {day} at {time}? It's for {sport}.",
    )
    s.b("[Let me look|I'll check]. [Yes, it is|Yes, that's free]. It's {price} an hour.")
    if s.maybe(0.4):
        s.a("[Wait, {C} has no time then|Oh, {C} is at work then]. [Can we|Could we] move it?")
        s.redraw("time")
        s.b("[Then|How about] {time}[ instead|]? It's the same price.")
        s.a("[Perfect|That's better|Great], we'll come then.")
        s.sum(
            "{A} rents a {what} for {sport} on {day} at {time} instead of {old_time}, since {C} "
            "has no time then.",
            "Because of {C}, {A} moves the {sport} booking on {day} from {old_time} to {time}.",
        )
    else:
        s.a("[Good|Okay], [book it for {C}|put it under {C}'s name][, please|].")
        s.b("[Done|It's booked]. [Please bring clean shoes|The key is at the desk|Don't be late].")
        s.sum(
            "{A} books a {what} for {sport} on {day} at {time} in {C}'s name. It costs {price} an "
            "hour.",
            "{A} and {C} have a {what} for {sport} at {time} on {day} for {price} an hour.",
        )
    thank(s, "A")


def car_rental(s: Story) -> None:
    s.let(days="number:2-9", city="city", price="price:25-95", day="day", color="color")
    s.put(
        car="small car|van|minibus|convertible|family car|electric car",
        extra="child seat|roof rack|GPS",
    )
    s.a(
        "[Hi|Hello], I need a {car} for {days} days[ from {day}|, starting {day}].",
        "[Good morning|Hello]. [Could I|Can I] rent a {car} from {day}, for {days} days?",
    )
    s.b("[Where are you going|Where do you want to drive]?", "[Sure|Yes]. Where to?")
    s.a("To {city}[, to visit family|, for work|, on holiday|].")
    changed = s.correct("A", "days", "{days} days", keep=0.5)
    s.b("[I have|There is|We have] a {color} one for {price} a day.")
    s.a("[Does it have|Can I get it with] a {extra}?")
    if s.maybe(0.6):
        s.b("[Yes, that's free|Yes, at no extra cost|Of course].")
        s.a("[Good, I'll take it|Then I'll take it|Great, we have a deal].")
        s.sum(
            "{A} rents a {color} {car} with a {extra} for {days} days at {price} a day to drive "
            "to {city}.",
            "{A} needs a {car} from {day} for a trip to {city} and takes a {color} one for "
            "{price} a day.",
        )
        if changed and s.maybe():
            s.sum("{A} had first asked for {old_days} days.")
    else:
        s.b("[Sorry|No], [they are all out|we don't have any left].")
        s.a("[Then I'll try another company|That's a problem. I'll ask elsewhere].")
        s.sum(
            "{A} wants a {car} for a trip to {city} but leaves because {B} has no {extra}.",
            "{B} offers a {color} {car} for {price} a day, but {A} declines it as there is no "
            "{extra}.",
        )
    thank(s, "A", 0.3)


def ticket_for_event(s: Story) -> None:
    s.let(event="event", day="day", n="number:3-8", price="price:8-75", place="venue")
    s.person("C")
    greet(s, "A")
    s.a(
        "[I'm getting|I'm buying] tickets for the {event} at the {place}. [Shall I get you "
        "one|Want one]?"
    )
    s.b("[When is it|Which day is it]?", "[Maybe|Sounds fun]. When is it?")
    s.a("On {day}. It's {price} [each|per person].")
    changed = s.correct("A", "day", keep=0.55)
    aside(s, "B", 0.4)
    if s.maybe(0.65):
        s.b("[Count me in|I'd love to come|Yes, please]. [Can {C} come too|Is there one for {C}]?")
        s.a("[Sure|Of course]. [That makes|So I need] {n} tickets[ altogether|].")
        bye(s, "B")
        s.sum(
            "{A} buys {n} tickets for the {event} at the {place} on {day}. {B} and {C} are coming.",
            "{B} and {C} join {A} at the {event} on {day}, so {heA} gets {n} tickets at {price} "
            "each.",
        )
        if changed and s.maybe(0.4):
            s.sum("It is not on {old_day}.")
    else:
        s.let(busy="busy")
        s.b("[Sorry|What a pity], I'm {busy} [that day|then]. [Ask {C}|Maybe {C} wants to go].")
        s.a("[Good idea|Okay, I will|All right, I'll call {C}].")
        bye(s, "A")
        s.sum(
            "{B} can't go to the {event} on {day} because {heB} is {busy} and suggests {C}.",
            "{A} has tickets for the {event} at the {place}. {B} has no time on {day}, so {A} "
            "will ask {C}.",
        )


SCENARIOS: list[Scenario] = [
    restaurant_booking,
    hotel_booking,
    haircut_appointment,
    dentist_appointment,
    train_ticket,
    court_booking,
    car_rental,
    ticket_for_event,
]
