"""Scenarios in families and flats."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, bye


def shopping_list(s: Story) -> None:
    s.let(one="grocery", two="grocery", three="grocery", dish="dish", time="clock:evening")
    s.person("C")
    s.a(
        "I'm [at the supermarket|going shopping]. [What do we need|Do we need anything]?",
        "[Can I bring anything|What shall I get] from the shop{vB}?",
    )
    s.b("[We need|Please get|Bring us] {one} and {two}.")
    s.a("[Okay|All right]. [Anything else?|Is that all?]")
    changed = s.maybe(0.6)
    if changed:
        s.b(
            "[Oh, no|Wait], [forget the {two}|no {two}], [we still have plenty|{C} bought it]. "
            "[Get|Take] {three} instead."
        )
    else:
        s.b("[Yes,|Oh, and] some {three}. [I'm making|I want to make] a {dish}.")
    aside(s, "A", 0.4)
    s.a("[Fine|Got it]. [When do we eat|When is dinner]?")
    s.b("[At|Around] {time}[. {C} is coming, too|].")
    if changed:
        s.sum(
            "{A} is going shopping and should buy {one} and {three}, but no {two}.",
            "{B} asks {A} for {one} and {three} instead of {two}. They eat at {time}.",
        )
    else:
        s.sum(
            "{A} will buy {one}, {two} and {three}, because {B} wants to cook a {dish}.",
            "{B} needs {one}, {two} and {three}. Dinner is at {time}.",
        )


def chores(s: Story) -> None:
    s.let(day="day", time="clock:day", pet="pet")
    s.person("C")
    s.put(
        one="wash the dishes|clean the bathroom|vacuum the stairs|take out the trash|iron the "
        "shirts",
        two=f"feed {s.slots['pet']}|mow the lawn|water the plants|wash the car|clean the windows",
    )
    s.a("[Could you|Can you] {one}[, please|]{vB}? [It's your turn.|Your week started on {day}.]")
    s.b("[I did it last time|Not me again]! [It's {C}'s turn|{C} never does anything].")
    aside(s, "A", 0.35)
    kind = s.choose("swap", "later", "bet")
    if kind == "swap":
        s.a("{C} is [ill|away|at work]. [What if I|Suppose I] {two}?")
        s.b("[Okay, deal|Fine, then I'll do it|That's fair].")
        s.sum(
            "{B} will {one} although it is {C}'s turn, and {A} will {two}.",
            "{A} offers to {two} so that {B} agrees to {one}.",
        )
    elif kind == "later":
        s.a("[Please|Come on], [guests are coming on {day}|I have to {two}].")
        s.b("[Okay|All right], [at|but only at] {time}. [I have to call {C} first.|I'm in a game.]")
        s.correct("B", "time", keep=0.5)
        s.sum(
            "{A} wants {B} to {one}. After some complaining, {B} will do it at {time}.",
            "{B} finds it unfair but agrees to {one} at {time}.",
        )
    else:
        s.a("[I'll talk to {C}|I'll tell {himC}]. [But today|Just today], please.")
        s.b("[If {C} does it|Only if {heC} does it] on {day}[. Write it down|].")
        s.sum(
            "{B} will {one} today if {C} does it on {day}.",
            "{A} persuades {B} to {one} and will make {C} do it on {day}.",
        )


def school_report(s: Story) -> None:
    s.let(
        subject="school_subject",
        other="school_subject",
        day="weekday",
        price="price:10-40",
        time="clock:afternoon",
    )
    s.person("C")
    s.person("T")
    s.put(job="tutor|student next door|teacher")
    s.a(
        "[Have you seen|Did you see] {C}'s [grades|report]? [{heC} failed|A bad mark in] "
        "{subject}[!|.]"
    )
    s.b("[Again?|Oh no.] But {heC} [did well|was good] in {other}[, right?|.]")
    s.a(
        "[Yes, the best in class|Yes, luckily]. [But what about {subject}?|Still, we have to do "
        "something.]"
    )
    if s.maybe(0.65):
        s.b("[We could ask|I know somebody:] {T}, the {job}. [It's|{heT} takes] {price} an hour.")
        s.a(
            "[That's a lot|That's fair], but [okay|let's try]. [When does {heT} have time|On which "
            "day]?"
        )
        s.b("On {day} at {time}.")
        changed = s.correct("B", "day", keep=0.55, fact=True)
        s.sum(
            "{C} failed {subject} but is good at {other}. {T} will teach {himC} on {day} for "
            "{price}.",
            "{A} and {B} want {T} to help {C} with {subject} on {day} at {time}.",
        )
        if changed and s.maybe(0.3):
            s.sum("{B} first said {old_day}.")
    else:
        s.b(
            "[I'll talk to|Let me call] the teacher[ on {day}|]. [{heC} should also watch less "
            "television.|]"
        )
        s.a("[Be nice|Don't be too hard on {himC}]. [{heC} tried.|{heC} cried all evening.]")
        s.sum(
            "{B} will talk to the teacher since {C} got a bad mark in {subject}.",
            "{A} is worried because {C} did badly in {subject}, though well in {other}.",
        )


def pick_up(s: Story) -> None:
    s.let(place="venue", time="clock:afternoon", street="street", busy="busy", day="day")
    s.person("C")
    s.person("D")
    s.a(
        "[Can you|Could you] pick up {C} from the {place} at {time}? [I'm stuck at work.|I'm "
        "{busy}.]",
        "Somebody has to get {C} from the {place} at {time}, and I'm {busy}.",
    )
    changed = s.correct("A", "time", keep=0.5, fact=True)
    aside(s, "B", 0.4)
    if s.maybe(0.55):
        s.b("[Sure|No problem|Okay]. [Where exactly|Where will {heC} be]?")
        s.a(
            "[On|At the corner of] {street}. [Take {hisC} jacket.|Don't be late.|{D} comes along, "
            "too.]"
        )
        s.sum(
            "{B} will pick up {C} at the {place} at {time} because {A} has no time.",
            "{A} asks {B} to fetch {C} from the {place}. {heC} waits on {street} at {time}.",
        )
    else:
        s.b("[I can't|No way], [the car is at the garage|I have to work, too]. [Ask|Call] {D}.")
        s.a("[I tried, no answer|Good idea]. [Or {heC} takes the bus.|If not, {heC} can walk.]")
        s.sum(
            "{B} can't get {C} from the {place} at {time} and suggests asking {D}.",
            "Neither {A} nor {B} can pick up {C} at {time}. {D} may do it, or {C} goes alone.",
        )
    if changed and s.maybe(0.3):
        s.sum("{A} corrected the time from {old_time}.")


def birthday_cake(s: Story) -> None:
    s.let(one="cake", two="cake", n="number:8-30", day="day", age="digits:3-90")
    s.person("C")
    s.put(allergy="kiwis|peanuts|sesame|hazelnuts|raspberries|pineapple|cashews")
    s.a(
        "[Which cake|What kind of cake] [shall I bake|do we want] for {C}'s birthday on {day}?",
        "{C} turns {age} on {day}. [Which cake shall I make|Do you have an idea for a cake]?",
    )
    s.b("[What about|How about] a {one}?")
    if s.maybe(0.6):
        s.a("{C} [can't eat|is allergic to] {allergy}.")
        s.b("[I forgot|Oh, right]. Then a {two}. [How many guests are there|How many are coming]?")
        s.a("{n}[, with the children|].")
        s.correct("A", "n", "{n} guests", keep=0.55, fact=True)
        aside(s, "B", 0.4)
        s.sum(
            "{A} will bake a {two} instead of a {one} for {C}, who can't eat {allergy}.",
            "For {C}'s birthday on {day} with {n} guests, {B} suggests a {two}, as {C} may not "
            "have {allergy}.",
        )
    else:
        s.a("[We had that last year|That takes too long]. [I'd rather|Let me] make a {two}.")
        s.b("[Why do you ask me, then?|As you like.] [But for {n} people.|Make it big, for {n}.]")
        s.sum(
            "{A} decides to make a {two} for {C}'s birthday on {day}, although {B} proposed a "
            "{one}.",
            "{B} suggests a {one} for {C}, but {A} wants a {two} for {n} people.",
        )


def lost_keys(s: Story) -> None:
    s.let(time="clock:morning", color="color", place="place")
    s.put(
        thing="jacket|coat|backpack|handbag|raincoat|suitcase|blazer|purse|hoodie|rucksack"
        "|briefcase"
    )
    s.person("C")
    s.put(what="keys|glasses|gloves|train tickets|headphones|sunglasses")
    s.put(where="fridge|bathroom|car|kitchen drawer|laundry basket|garden|bread box")
    s.a("[Have you seen|Do you know where I left] my {what}? [I have to leave at {time}|I'm late].")
    s.b("[Did you check|Have you looked in] your {color} {thing}?")
    s.a("[Of course|Twice]. [Maybe|Perhaps] {C} [took them|has them].")
    s.b(
        "{C} [would never|is not like that]. [When did you last have them|Where were you "
        "yesterday]?"
    )
    s.a("[At|When I came from] the {place}[, I think|].")
    aside(s, "B", 0.4)
    if s.maybe(0.65):
        s.b("[Ha|Wait], [here they are|I've got them]! In the {where}[, of course|].")
        s.a("[How did they get there?|Oh no.] [Thank you!|You saved me.]")
        s.sum(
            "{A} is looking for {hisA} {what} and suspects {C}, but {B} finds them in the {where}.",
            "{B} finds {A}'s {what} in the {where}.",
        )
    else:
        s.b("[Call them|Ask there]. [Somebody may have found them.|They open at {time}.]")
        s.a("[I will|Good idea]. [Tell {C} I'm sorry.|And I blamed {C}.]")
        s.sum(
            "{A} can't find {hisA} {what}, which may be at the {place}. {A} will ask there.",
            "{A} first suspects {C} of having the {what}, then decides to call the {place}.",
        )


def paint_color(s: Story) -> None:
    s.let(one="color", two="color", price="price:25-90", day="day", thing="furniture")
    s.person("C")
    s.put(room="kitchen|bedroom|living room|bathroom|hall|study")
    s.a(
        "[Let's paint|I'd like to paint] the {room} {one}[ on {day}|].",
        "[What do you think of|How do you like] {one} for the {room}?",
    )
    s.b(
        "[It would be so dark|It doesn't go with the {thing}|It looks like a hospital]. [Why not "
        "{two}?|I prefer {two}.]",
    )
    kind = s.choose("one", "two", "both")
    if kind == "two":
        s.a("[{two}? Fine|Hmm, okay]. [How much paint|How many buckets] do we need?")
        s.b("[Two|Three] buckets. [That's about {price}.|{C} has some left.]")
        s.sum(
            "{A} wants to paint the {room} {one}, but they choose {two}.",
            "{B} doesn't like {one}, so the {room} will be {two}.",
        )
    elif kind == "one":
        s.a("{C} did that, [and it looks great|and now everybody likes it]. [Trust me.|Please!]")
        s.b("[All right|If you say so], {one}. [But you do it alone|But I choose the curtains].")
        s.sum(
            "{B} would prefer {two} for the {room} but finally accepts {one}.",
            "{A} convinces {B} to paint the {room} {one}, like {C}'s.",
        )
    else:
        s.a("[We could do|Let's do] one wall in {one} and the rest in {two}.")
        s.b("[Good compromise|I can live with that]. [On {day}?|Let's start on {day}.]")
        s.sum(
            "{A} and {B} agree to use both {one} and {two} in the {room}.",
            "As {A} likes {one} and {B} {two}, they will paint the {room} in both on {day}.",
        )
    bye(s, "A", 0.15)


SCENARIOS: list[Scenario] = [
    shopping_list,
    chores,
    school_report,
    pick_up,
    birthday_cake,
    lost_keys,
    paint_color,
]
