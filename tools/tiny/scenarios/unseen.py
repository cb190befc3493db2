"""Scenarios that occur only in the test split, part one."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, greet, office, thank


def lost_luggage(s: Story) -> None:
    s.let(
        flight="flight",
        city="city",
        thing="gift",
        color="color",
        hotel="hotel",
        day="day",
        code="code",
    )
    s.a(
        "My {color} suitcase [didn't arrive|is missing]. I came [from {city} |]with flight "
        "{flight}.",
        "[Hello|Excuse me], I can't find my suitcase. It's {color}. [I was on|The flight was] "
        "{flight}.",
    )
    s.correct("A", "flight", keep=0.6, fact=True)
    office(s, "B", 0.4)
    s.b(
        "[It's still in|They left it in] {city}[, I'm afraid|]. [It will come|We expect it] on "
        "{day}."
    )
    s.a(
        "[But there is a {thing} in it|I have a {thing} in there]! [I need it tonight.|It's a "
        "present.]"
    )
    if s.maybe():
        s.b("[I'm sorry|Sorry about that]. [Where are you staying|Which hotel are you in]?")
        s.a("[At|I'm at] the {hotel}.")
        s.sum(
            "{A}'s suitcase was left in {city}. {B} will bring it to the {hotel} on {day}.",
            "{A} misses a {color} suitcase after flight {flight}, and it will be sent to the "
            "{hotel}.",
        )
    else:
        s.b(
            "[Please fill in this form|Write it on this form]. [Your number is|The number is] "
            "{code}."
        )
        s.a("[And I wait|So I wait] until {day}? [Unbelievable!|I'll write a complaint!]")
        s.sum(
            "{A} is angry because the suitcase from {city} won't arrive until {day}.",
            "{B} tells {A} to fill in a form as the suitcase is still in {city}.",
        )
    thank(s, "A", 0.2)


def flat_viewing(s: Story) -> None:
    s.let(street="street", rent="price:450-1900", date="date", place="place", n="number:2-5")
    s.person("C")
    s.b(
        "[Welcome|Come in]. [This is|Here is] the flat on {street}: {n} rooms[, quiet|, freshly "
        "painted|]."
    )
    s.a("[It's lovely|Nice|It's bright]. [What is the rent|How much is it]?")
    s.b("{rent} a month[, heating included|]. It's free from {date}.")
    changed = s.correct("B", "rent", keep=0.6, fact=True)
    aside(s, "A", 0.35)
    kind = s.choose("take", "think", "no")
    if kind == "take":
        s.a(
            "[I'll take it|I'd like to have it]. [{C} and I|My friend {C} and I] [both work|have "
            "saved up]."
        )
        s.b("[Good|Wonderful]. [Then sign here|I'll send the papers|We can sign on {date}].")
        s.sum(
            "{A} and {C} want to rent the flat on {street} for {rent} from {date}.",
            "{B} shows {A} a flat with {n} rooms, and {A} takes it for {rent} a month.",
        )
    elif kind == "think":
        s.a("[I have to ask {C}|{C} must see it, too]. [Can we come again?|May I call you?]")
        s.b(
            "[Yes, but soon|Of course, until {date}]. [Others are interested.|It won't be free for "
            "long.]"
        )
        s.sum(
            "{A} likes the flat on {street} for {rent} but has to talk to {C} first.",
            "{B} shows {A} a flat on {street}. {A} can't decide without {C}.",
        )
    else:
        s.a(
            "[That's too much|I can't pay that]. [And it's far from|It isn't even near] the "
            "{place}."
        )
        s.b("[As you wish|That's a pity]. [Maybe {C} has something cheaper.|]")
        s.sum(
            "{A} doesn't want the flat on {street}, because {rent} is too expensive.",
            "{A} looks at a flat for {rent} and finds it too expensive and too far from the "
            "{place}.",
        )
    if changed and s.maybe(0.3):
        s.sum("{B} first said {old_rent}.")


def car_garage(s: Story) -> None:
    s.let(price="price:80-900", day="weekday", name="surname", city="city", limit="price:60-300")
    s.put(
        part="brakes|clutch|left headlight|exhaust|battery|gearbox|windshield wipers|mirror",
        noise="squeaks|shakes|stops at every light|pulls to the left|smells of oil|won't start in "
        "the cold",
    )
    s.a(
        "[My car|The car] {noise}. [Can you look at it?|What could that be?|I have to drive to "
        "{city}.]"
    )
    s.b("[I've checked it|I had a look]. The problem is the {part}. That would be {price}.")
    office(s, "B", 0.35)
    if s.maybe(0.6):
        s.a(
            "[That much? Well|All right|Fine], [do it|go ahead]. [When can I have it|When is it "
            "ready]?"
        )
        s.b("[By|On] {day}[, if the part comes|].")
        changed = s.correct("B", "day", keep=0.5, fact=True)
        s.a(
            "[But I need it for {city}|I have to be in {city} before that]. [Can you lend me a "
            "car?|Is there a spare car?]"
        )
        s.b("[Yes, a small one|Yes, take the old van|Sorry, no].")
        s.sum(
            "{A}'s car {noise}. {B} will repair the {part} for {price} by {day}.",
            "{B} needs until {day} to repair {A}'s car, which costs {price}.",
        )
        if changed and s.maybe(0.3):
            s.sum("{B} had first said {old_day}.")
    else:
        s.a(
            "[Leave it|No, thank you]. [The car isn't worth that|I'll sell it|I'll go by train to "
            "{city}]."
        )
        s.b("[I'd give you|I could offer you] {limit} for it.")
        s.a("[Deal|I'll think about it|That's an insult].")
        s.sum(
            "{A} doesn't want to pay {price} to repair the {part}, and {B} offers {limit} for the "
            "car.",
            "As the {part} would cost {price}, {A} gives up the car that {noise}.",
        )
    thank(s, "A", 0.2)


def language_exchange(s: Story) -> None:
    s.let(day="weekday", time="clock:evening", place="restaurant", weeks="number:3-12", city="city")
    s.person("C")
    s.put(
        one="Spanish|Polish|Arabic|Hindi|Turkish|Korean|Swedish",
        two="English|German|French|Italian|Japanese",
    )
    s.a(
        "[I read|I saw] your note: you [speak|teach] {one} and want to learn {two}, right?",
        "[Are you the one|Is it you] who offers {one} for {two}?",
    )
    s.b(
        "[Yes|Exactly], I [move to|start a job in] {city} in {weeks} weeks. [Is {two} your "
        "language?|Can you help?]"
    )
    s.a("[Sure|Yes]. We could [meet|start] at {place} on {day}, at {time}.")
    changed = s.maybe(0.5)
    if changed:
        s.redraw("day")
        s.b("[Not on {old_day}|{old_day} is difficult]. [Can you come|Is it possible] on {day}?")
        s.a("[Yes|No problem], {day} [is good|works].")
    else:
        s.b("[Perfect|Very good]. [May I bring {C}?|Can {C} come, too?]")
        s.a("[Of course|The more the better].")
    aside(s, "B", 0.4)
    if changed:
        s.sum(
            "{A} and {B} will exchange {one} and {two} at {place} on {day}, not on {old_day}.",
            "{B} needs {two} for {city} and meets {A} at {place} on {day} at {time}.",
        )
    else:
        s.sum(
            "{A} wants to learn {one} from {B}, and they meet at {place} on {day} at {time}.",
            "{B}, who is going to {city}, will practice {two} with {A} on {day} and bring {C}.",
        )


def garden_advice(s: Story) -> None:
    s.let(day="day", price="price:3-40", shop="street", n="number:2-9")
    s.person("C")
    s.put(
        plant="tomatoes|roses|beans|pumpkins|tulips|cucumbers|lilies|sunflowers|radishes",
        trouble="are yellow|don't grow|have brown spots|hang their heads|look sick",
        cure="coffee grounds|ash|soap water|garlic water|sand|old milk|compost",
    )
    greet(s, "A")
    s.a("My {plant} {trouble}. [What can I do|What am I doing wrong|Any advice]?")
    s.b("[How often do you water them|Do they get much water]?")
    s.a("[Every day|About {n} times a week]. {C} [told me to|said that's right].")
    aside(s, "B", 0.4)
    s.b("[That's too much|No wonder]. [Once a week is enough|Only on {day}]. And [try|use] {cure}.")
    if s.maybe():
        s.a("Where [do|can] I get that?")
        s.b("[At the market|In the shop] on {shop}, for {price}. [Don't listen to {C}.|]")
        s.sum(
            "{A}'s {plant} {trouble}. {B} advises less water and {cure} from {shop}.",
            "{B} tells {A} to use {cure} for the {plant} and not to follow {C}.",
        )
    else:
        s.a("[I'd rather|Maybe I should] plant something else. [Cactuses, perhaps.|]")
        s.b("[Don't give up|Give them until {day}|Patience]!")
        s.sum(
            "{A} is about to give up, since the {plant} {trouble}, but {B} suggests {cure}.",
            "{B} thinks that {A} waters the {plant} too much, as {C} had advised.",
        )


SCENARIOS: list[Scenario] = [
    lost_luggage,
    flat_viewing,
    car_garage,
    language_exchange,
    garden_advice,
]
