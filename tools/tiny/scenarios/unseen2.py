"""Scenarios that occur only in the test split, part two."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, bye, office, thank


def stolen_bike(s: Story) -> None:
    s.let(
        color="color",
        place="place",
        time="clock",
        price="price:90-900",
        name="surname",
        street="street",
    )
    s.person("C")
    s.a(
        "[I want to report a theft|I've been robbed]: my bike is gone. It was in front of the "
        "{place}."
    )
    s.b("[When did you see it last|When was that]? [And what does it look like?|What color is it?]")
    s.a("At {time}. It's {color}[, with a basket|, quite new|].")
    s.correct("A", "time", keep=0.6, fact=True)
    office(s, "B", 0.4)
    s.b("[How much is it worth|What did it cost]? [Did anyone see it?|Any witnesses?]")
    s.a("{price}. {C} [saw a man with a hat|saw somebody run to {street}].")
    if s.maybe():
        s.b("[Please sign here|I need your name]. [We'll call you.|Don't expect too much.]")
        s.sum(
            "{A} reports that a {color} bike worth {price} was stolen at the {place}.",
            "{A}'s {color} bike was taken from the {place} after {time}, and {C} saw somebody.",
        )
    else:
        s.b(
            "[Wait|One moment]. [We found one|There is one] on {street}. [Is this yours?|Have a "
            "look.]"
        )
        s.a("[Yes, that's it|That's mine]! [I can't believe it!|Incredible!]")
        s.sum(
            "{A} thought the {color} bike was stolen at the {place}, but it was found on {street}.",
            "{B} shows {A} a bike from {street}, and it is the missing one.",
        )
    thank(s, "A", 0.3)


def pet_adoption(s: Story) -> None:
    s.let(
        pet="pet", animal="animal", age="number:2-10", price="price:20-180", day="day", other="pet"
    )
    s.person("C")
    s.a("[I saw|We saw] {pet} on your page, the {animal}. [Is it still here?|Can I meet it?]")
    s.b(
        "[Yes|Of course]. {pet} is {age} years old and [shy|very calm|a bit wild|afraid of "
        "children]."
    )
    s.a("[That's fine|I like that]. [Is there a fee|What does it cost]?")
    s.b("{price}[, with all papers|]. [Do you live alone|Are you alone at home]?")
    s.a("No, [with {C}|I live with {C}][, who works at home|, who loves animals|].")
    aside(s, "B", 0.3)
    kind = s.choose("yes", "other", "wait")
    if kind == "yes":
        s.b("[Good|Perfect]. You can [take it home|pick it up] on {day}.")
        s.correct("B", "day", keep=0.55)
        s.sum(
            "{A} adopts {pet}, a {animal}, for {price} and can pick it up on {day}.",
            "{B} gives {pet} to {A} and {C}. {A} comes for the {animal} on {day}.",
        )
    elif kind == "other":
        s.b(
            "Then {other} [would be better|suits you more]. [It's younger|It likes people|It needs "
            "company]."
        )
        s.a("[Oh, it's sweet|I'm in love already]. [We'll take it|Then {other} it is].")
        s.sum(
            "{A} asks for {pet}, but {B} recommends {other}, and {A} agrees.",
            "{A} and {C} will take {other} instead of {pet}.",
        )
    else:
        s.b("[Then please bring|I have to meet] {C} first. [How about|What about] {day}?")
        s.a("[Okay|All right], [on {day}|{day}], both of us.")
        s.sum(
            "{A} would like to adopt {pet} but has to come back with {C} on {day}.",
            "{B} wants to meet {C} on {day} before {A} gets the {animal} {pet}.",
        )


def noisy_neighbor(s: Story) -> None:
    s.let(time="clock:evening", day="day", n="number:3-6", cake="cake")
    s.person("C")
    s.put(noise="drums|trumpet|piano|parties|drilling|dog|singing lessons|television")
    s.a(
        "[Excuse me|Hello], I live [below|above] you. [It's about the {noise}|I can't stand the "
        "{noise}].",
        "[Do you know what time it is|Have you looked at the clock]? It's the {noise} again!",
    )
    s.b(
        "[Oh, I'm sorry|Sorry]. [That's {C}|It's {C}, my guest]. [Is it so loud?|Until when is it "
        "all right?]"
    )
    s.a(
        "[I have to get up early|I have small children|My exam is on {day}]. [Please stop at "
        "{time}.|Not after {time}.]"
    )
    if s.maybe(0.6):
        s.b("[Could we say|What about] {n} times a week[, but longer|]?")
        s.a("[Only if it's quiet after|Fine, but quiet after] {time}.")
        s.b("[Agreed|I'll tell {C}]. [And I'll bring you a {cake}.|]")
        s.sum(
            "{A} complains about the {noise}, and {B} agrees that it stops at {time}.",
            "{A} and {B} find a compromise: {C} may go on {n} times a week, but not after {time}.",
        )
    else:
        s.b("[We pay rent, too|It's a free country]. [Talk to {C}|Buy earplugs].")
        s.a("[Then I'll call the police|Then I'll write to the landlord]!")
        s.sum(
            "{A} wants the {noise} to stop after {time}, but {B} refuses.",
            "{B} doesn't care about {A}'s complaint about the {noise} by {C}.",
        )


def volunteering(s: Story) -> None:
    s.let(venue="venue", day="day", time="clock:day", n="number:12-90", job="job", busy="busy")
    s.person("C")
    s.put(
        task="serve the soup|sell tickets|clean up|look after the children|show the way|carry "
        "chairs"
    )
    s.a(
        "[We need people|We're looking for help] for the charity day at the {venue} on {day}. "
        "[Can you help?|Are you in?]",
        "[Could you help|Would you like to help] at the charity day? It's at the {venue} on {day}.",
    )
    s.b("[What would I have to do|What's the job]?")
    s.a("[You could|Maybe] {task}. [We expect {n} guests|It starts at {time}].")
    if s.maybe(0.6):
        changed = s.maybe(0.5)
        if changed:
            s.put(other="take photos|play the piano|bake|drive the van|make coffee")
            s.b("Can't I {other} instead? [I'm good at that.|I hate crowds.]")
            s.a("[Even better|Yes, of course]. {C} [can|will] {task}, then.")
            s.sum(
                "{B} will {other} at the charity day at the {venue}, while {C} will {task}.",
                "{A} wants {B} to {task} on {day}, but {B} prefers to {other}.",
            )
        else:
            s.b(
                "[Okay|I like that|Why not], [I'm in|put me on the list]. [When shall I come|What "
                "time]?"
            )
            s.a("[At|Be there at] {time}. Ask for {C}.")
            s.sum(
                "{B} will {task} at the {venue} on {day} and should ask for {C} at {time}.",
                "{A} finds help for the charity day: {B} comes to the {venue} at {time}.",
            )
    else:
        s.b("[I can't, I'm|Sorry, I'm] {busy}. [I can give some money|Ask {C}].")
        s.a("[Thanks anyway|That's also welcome|I understand].")
        s.sum(
            "{B} can't help at the {venue} on {day}, because {heB} is {busy}.",
            "{A} looks for helpers for {day}, but {B} is {busy}.",
        )
    aside(s, "B", 0.3)
    bye(s, "A", 0.3)


def secondhand_sale(s: Story) -> None:
    s.let(
        thing="furniture",
        price="price:60-300",
        less="price:20-55",
        day="day",
        street="street",
        color="color",
    )
    s.person("C")
    s.put(flaw="a scratch|a loose leg|a stain|a missing screw|a crack")
    s.a(
        "[Is the {color} {thing} still for sale|Do you still have the {color} {thing}]? [I saw "
        "your ad.|]"
    )
    s.b("[Yes|It is]. {price}[, and it's like new|].")
    kind = s.choose("deal", "middle", "gone")
    if kind == "deal":
        s.a(
            "[But it has {flaw}|There's {flaw} in the photo]. [Would you take {less}|How about "
            "{less}]?"
        )
        s.b("[Only if|Okay, if] you [fetch|collect] it on {day}, [on|from] {street}.")
        s.a("[Deal|Agreed]. {C} [has a van|will help me].")
        s.sum(
            "{A} buys the {color} {thing} for {less} instead of {price} and collects it on {day}.",
            "Because of {flaw}, {B} sells {A} the {thing} for {less}.",
        )
    elif kind == "middle":
        s.a("[I only have|I can pay] {less}. [{C} paid that for the same one.|That's my limit.]")
        s.b("[Sorry, no|Never]. [{price} is the last price|It's {price} or nothing].")
        s.a("[Then keep it|Good luck with that|All right, no].")
        s.sum(
            "{A} offers {less} for the {thing}, but {B} insists on {price}.",
            "{A} and {B} can't agree on a price: {B} wants {price}, {A} only pays {less}.",
        )
    else:
        s.a("[I'll take it|Sold]. [When can I come|When can I get it]?")
        s.b("[On|Come on] {day}[ to {street}|]. Ask for {C}[, my neighbor|].")
        s.correct("B", "day", keep=0.5)
        s.sum(
            "{A} buys a {color} {thing} for {price} and can get it from {C} on {day}.",
            "{B} sells {A} the {color} {thing}, which {C} will hand over on {day}.",
        )
    thank(s, "A", 0.2)


SCENARIOS: list[Scenario] = [
    stolen_bike,
    pet_adoption,
    noisy_neighbor,
    volunteering,
    secondhand_sale,
]
