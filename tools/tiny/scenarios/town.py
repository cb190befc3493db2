"""Scenarios in a town: asking the way, riding, visiting, losing things."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import office, thank


def directions(s: Story) -> None:
    s.let(place="place", mark="place", street="street", wait="length:minutes", wrong="street")
    s.put(way="left|right", side="left|right", bus="12|14|27|38|45|56|61|73|84|92")
    s.a(
        "Excuse me, [how do I get to|where is|can you tell me the way to] the {place}?",
        "[Sorry|Hello], I'm looking for the {place}. [Is it far|Am I going the right way]?",
    )
    confused = s.maybe(0.3)
    if confused:
        s.b(
            "[Go along|Take] {wrong}. [No, wait|Oh, sorry], that's [closed|being repaired]. Take "
            "{street} and turn {way} at the {mark}."
        )
    else:
        s.b(
            "[Go down|Follow|Walk along] {street} and turn {way} at the {mark}.",
            "Turn {way} at the {mark}, then [follow|walk down] {street}.",
        )
    if s.maybe(0.55):
        s.a("[How long does it take|Can I walk there|Is it a long walk]?")
        s.b("[About|Around] {wait} on foot.[ It's on the {side}.|]")
        s.sum(
            "{B} tells {A} to take {street} and turn {way} at the {mark} to reach the {place}, "
            "{wait} away.",
            "{A} is looking for the {place}. It is {wait} on foot along {street}, {way} at the "
            "{mark}.",
        )
    else:
        s.a("[I have heavy bags|I'm in a hurry|My foot hurts]. [Is there a bus|Can I take a bus]?")
        s.b("[Yes|Sure], [bus|take bus|the number] {bus}[. It stops over there|, right here].")
        s.sum(
            "{A} wants to go to the {place}. {B} explains the way by {street} but then suggests "
            "bus {bus}.",
            "{B} tells {A}, who doesn't want to walk to the {place}, to take bus {bus}.",
        )
    if confused and s.maybe():
        s.sum("{wrong} is closed.", "{A} can't use {wrong}.")
    thank(s, "A")


def bus_question(s: Story) -> None:
    s.let(place="place", stop="place", time="clock", price="price:2-7", line="digits:2-99")
    s.put(gap="ten|fifteen|twenty|thirty|forty")
    s.a(
        "[Excuse me|Sorry], does this bus go to the {place}?",
        "[Hello|Hi], [is this|am I right on] the bus to the {place}?",
    )
    s.b("[No|I'm afraid not], [you need|take] the {line}[ from the {stop}|, across the street].")
    s.a("[Oh no|Oh|I see]. [When does it leave|How often does it run|Does it come often]?")
    s.b("[Every|It comes every] {gap} minutes. The next one is at {time}.")
    changed = s.correct("B", "time", keep=0.6, fact=True)
    if s.maybe():
        s.a("[And the ticket|How much is it]?")
        s.b("{price}[, from the driver|. Have coins ready].")
        s.sum(
            "{A} is on the wrong bus. To get to the {place}, {heA} must take the {line} at {time} "
            "for {price}.",
            "{B} tells {A} that the {line} goes to the {place}, next at {time}. A ticket is "
            "{price}.",
        )
    else:
        s.a("[Where do I get off|Which stop is it]?")
        s.b("[At|Get off at] the {stop}[, then walk|]. [You can't miss it.|]")
        s.sum(
            "To reach the {place}, {A} has to take the {line} at {time} and get off at the {stop}.",
            "{A} asks for the {place}. {B} says the {line}, every {gap} minutes, stops at the "
            "{stop}.",
        )
    if changed and s.maybe(0.3):
        s.sum("It does not leave at {old_time}.")
    thank(s, "A")


def taxi_ride(s: Story) -> None:
    s.let(place="place", hotel="hotel", time="clock", price="price:8-60", street="street")
    s.b("[Good evening|Hello|Good morning]. Where to?")
    s.a(
        "[To the {hotel}|The {hotel}, please]. [I must be there by {time}|I have to be there at "
        "{time}]."
    )
    changed = s.maybe(0.35)
    if changed:
        s.a(
            "[Oh, wait|No, sorry], [first|we should stop] at the {place}, [for five minutes|to get "
            "a bag]."
        )
    if s.maybe():
        s.b(
            "[There's a jam on|They closed] {street}. [I'll take the tunnel|We'll go along the "
            "river]."
        )
        s.a("[Do whatever is fastest|All right, but hurry|Fine, you know best].")
        s.b("[We'll make it|Don't worry]. [It will be|It's about] {price}.")
        s.sum(
            "{A} takes a taxi to the {hotel} and has to arrive by {time}. {B} avoids {street}.",
            "{B} drives {A} to the {hotel} by another road than {street} for {price}.",
        )
    else:
        s.b("[That's tight|At this hour? Hard], but I'll try. [First time here?|Business trip?]")
        s.a(
            "[Yes, for a fair|No, I grew up here|I'm visiting a friend]. [How much will it be?|The "
            "fare?]"
        )
        s.b("[About|Around] {price}.")
        s.sum(
            "{A} wants to be at the {hotel} by {time}. {B} will try and says it costs {price}.",
            "{B} is not sure to reach the {hotel} by {time}. The ride costs {A} {price}.",
        )
    thank(s, "A", 0.5)
    if changed:
        s.sum("They stop at the {place} on the way.", "On the way {A} stops at the {place}.")


def museum_visit(s: Story) -> None:
    s.let(price="price:6-30", time="clock:afternoon", tour="clock:noon", topic="topic")
    s.put(n="two|three|four|five|six")
    s.a(
        "[Hello|Good morning], {n} tickets[ for the museum|], please.",
        "{n} [adults|people], please.",
    )
    s.b(
        "That's {price}[ altogether|]. [Do you want|Are you interested in] the tour [about|on] "
        "{topic}?"
    )
    s.a("[When does it start|When is it|What time is that]?")
    s.b("At {tour}[, in English|, by the stairs].")
    if s.maybe(0.5):
        s.a(
            "[That's too late|We have a train at {time}|We can't stay that long]. [Do you have "
            "audio guides?|]"
        )
        s.b("Audio guides are free[, they are over there|. You can take them right here|].")
        s.sum(
            "{A} buys {n} museum tickets for {price}. The tour on {topic} at {tour} doesn't suit "
            "{himA}.",
            "{A} can't join the tour about {topic} at {tour} and will use an audio guide.",
        )
    else:
        s.a("[Good|Great], [we'll join|add the tour, please]. [And the café?|When do you close?]")
        s.b("[It's open until|Everything closes at] {time}.")
        s.sum(
            "{A} pays {price} for {n} tickets and joins the tour about {topic} at {tour}.",
            "{n} visitors with {A} will take the tour on {topic}, which starts at {tour}.",
        )
    thank(s, "A", 0.4)


def tourist_tips(s: Story) -> None:
    s.let(city="city", one="sight", two="sight", food="restaurant", dish="dish", day="day")
    s.person("C")
    s.a(
        "[I'm going to|We're flying to] {city} [on {day}|next {day}]. You lived there, "
        "[right|didn't you]?",
        "[You lived in {city} once, right|Didn't you live in {city}]? I'm going there on {day}.",
    )
    s.b("[For three years|Yes, with {C}]. [What do you want to know?|Lucky you!]")
    s.a("[What should I see|What's worth seeing|Where should I go first]?")
    s.b(
        "[Start with|Go to|Don't miss] the {one}. [Skip|Forget] the {two}, it's [overrated|too "
        "crowded]."
    )
    if s.maybe(0.3):
        s.a("[But everybody goes there|Really? The book praises it].")
        s.b("[Trust me|Believe me], [it's a waste of time|you'd be bored].")
    s.a("[And food|Where can I eat]?")
    s.b("{food}. [Try|Order] the {dish}[, it's their best|].")
    s.sum(
        "{B} tells {A}, who is going to {city}, to visit the {one} but not the {two}, and to eat "
        "at {food}.",
        "For the trip to {city} on {day}, {B} recommends the {one} and the {dish} at {food}.",
        "{A} asks for tips for {city}. {B} suggests the {one} and {food} and warns of the {two}.",
    )
    thank(s, "A", 0.3)


def lost_and_found(s: Story) -> None:
    s.let(
        thing="thing", color="color", line="digits:2-99", time="clock", room="room", name="surname"
    )
    s.put(inside="a letter|a photo|some keys|a sticker|a small tag")
    s.a(
        "[I left|I think I forgot] my {color} {thing} on the bus[, line {line}|].",
        "[Has anybody found|Did anyone bring] a {color} {thing}? [It was on bus {line}.|I lost it "
        "today.]",
    )
    s.b("[When was that|At what time|When did you get off]?")
    s.a("[Around|At about] {time}.")
    s.correct("A", "time", keep=0.6, fact=True)
    office(s, "B", 0.5)
    if s.maybe(0.55):
        s.b(
            "[There is one here|Yes, I have one]. [Can you prove it's yours|Is there anything "
            "special]?"
        )
        s.a("[There's|It has] {inside} [inside|with it].")
        s.b("[Right|Correct]! [Please sign here|Here you are|Sign here, then it's yours].")
        s.sum(
            "{A} lost a {color} {thing} on a bus and gets it back after mentioning {inside}.",
            "{B} has found the {color} {thing} that {A} left behind at {time} and returns it.",
        )
    else:
        s.b("[Nothing yet|No, sorry]. [Leave me your name|Your name, please]. [We'll call you.|]")
        s.a("{name}.", "It's {name}.")
        s.b("[Ask again tomorrow|You can also try] in room {room}.")
        s.sum(
            "The {thing} that {A} lost around {time} has not been found. {A} can ask in room "
            "{room}.",
            "{A} is looking for a {color} {thing}. {B} doesn't have it and takes the name {name}.",
        )
    thank(s, "A", 0.3)


SCENARIOS: list[Scenario] = [
    directions,
    bus_question,
    taxi_ride,
    museum_visit,
    tourist_tips,
    lost_and_found,
]
