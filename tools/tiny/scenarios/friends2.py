"""Scenarios among friends, part two: decisions, hobbies, apologies, money."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, bye, greet


def film_choice(s: Story) -> None:
    s.let(one="title", two="title", time="clock:evening", day="day")
    s.person("C")
    s.put(kind="thriller|comedy|horror film|love story|western|documentary")
    greet(s, "A")
    s.a(
        "[Shall we watch|Do you want to see] {one} on {day}?",
        "{one} is on [at the cinema|again] on {day}. [Shall we go|Interested]?",
    )
    kind = s.choose("other", "agree", "seen")
    if kind == "other":
        s.b(
            "[Isn't that a {kind}? I'd rather not|That's a {kind}, no thanks]. [What about|Why "
            "not] {two}?"
        )
        s.a(
            "[All right|Fine], [but you pay|you win|if {C} can come]. [It starts at|They show it "
            "at] {time}."
        )
        aside(s, "B", 0.4)
        s.sum(
            "{A} wants to see {one}, but {B} doesn't like that kind of film. They choose {two} at "
            "{time}.",
            "{A} and {B} will watch {two} on {day} at {time} rather than {one}.",
        )
    elif kind == "agree":
        s.b("[Yes|Sure|Why not], {C} [says it's great|loved it]. [What time|When does it start]?")
        s.a("[At|It starts at] {time}.")
        changed = s.correct("A", "time", keep=0.5, fact=True)
        s.sum(
            "{A} and {B} are going to see {one} on {day} at {time}.",
            "{B} agrees to watch {one} with {A} at {time}, because {C} liked it.",
        )
        if changed and s.maybe(0.3):
            s.sum("{A} first gave a wrong time.")
    else:
        s.b(
            "I [saw|watched] it with {C}. [The end is awful|It's far too long|I nearly fell "
            "asleep]."
        )
        s.a("[Oh, then not|Good to know]. [Do you know|Have you seen] {two}?")
        s.b("[No, let's go|Not yet. I'd like that]. [{day} is fine.|{day} at {time}?]")
        s.sum(
            "{B} has already seen {one} with {C}, so {A} and {B} want to see {two} instead.",
            "As {B} found {one} bad, {A} suggests {two}.",
        )
    bye(s, "A", 0.3)


def holiday_choice(s: Story) -> None:
    s.let(one="country", two="country", month="month", price="price:400-1900", days="number:5-16")
    s.person("C")
    greet(s, "A")
    s.a(
        "[Where shall we go|Where do we travel] in {month}? I'd [like|love] to see {one}.",
        "[I found a trip|There is a nice tour] to {one} in {month}. [What do you think|Shall we "
        "go]?",
    )
    s.b(
        "[{one}? I don't like the idea|{one} is so far away|We can't afford {one}|I've been there "
        "twice]."
    )
    s.a("[But {C} loved it|But think of the food|You never want to go anywhere|You said you'd go]!")
    aside(s, "B", 0.35)
    if s.maybe(0.65):
        s.b("[Let's go to|I'd prefer] {two}[, it's closer|, for {days} days|].")
        s.a("[How much would that be|What does it cost]?")
        s.b("[About|Around] {price} [each|for both of us].")
        s.a("[Okay, you convinced me|All right, {two} it is|Fine, but next year {one}].")
        s.sum(
            "{A} would like to go to {one} in {month}, but they decide on {two} for {price}.",
            "After some objections by {B}, {A} agrees to travel to {two} instead of {one}.",
            "{A} and {B} will go to {two} in {month}, since {B} is against {one}.",
        )
    else:
        s.b(
            "[Hmm, all right|Okay, you win|Well, if {C} liked it]. But [only {days} days|not over "
            "{price}]."
        )
        s.a("[Deal|Promised|Thank you]! [I'll book it today.|You won't regret it.]")
        s.sum(
            "{B} doesn't want to go to {one} at first but gives in, under one condition.",
            "{A} convinces {B} to travel to {one} in {month}.",
        )


def late_apology(s: Story) -> None:
    s.let(place="place", time="clock:day", wait="length:minutes", street="street", thing="thing")
    s.person("C")
    s.a(
        "[Where are you|Are you coming]? [I've been waiting|I've been standing] at the {place} "
        "for {wait}.",
        "[You're late again|It's past {time}]{vB}! [I'm at|I'm waiting in front of] the {place}.",
    )
    s.b(
        "[I'm so sorry|Sorry]! [I forgot my {thing}|The bus broke down on {street}|I got lost near "
        "{street}]."
    )
    s.a(
        "[You could have called|You should have told me]! [{C} is getting cold.|{C} wants to go "
        "home.]"
    )
    aside(s, "B", 0.3)
    if s.maybe(0.6):
        s.redraw("time")
        s.b("[My phone was dead|I had no signal]. I'll be there [at|by] {time}.")
        changed = s.correct("B", "time", keep=0.5, fact=True)
        s.a("[Okay|All right], [coffee is on you|hurry up|we'll wait inside].")
        s.sum(
            "{A} is waiting at the {place}. {B} is late and will be there by {time}.",
            "{B} apologizes to {A} for being late and promises to reach the {place} at {time}.",
        )
        if changed and s.maybe(0.4):
            s.sum("{B} first said {old_time}.")
    else:
        s.b("[Go ahead|Start] without me. [I'll meet you|See you] [at {street}|inside] later.")
        s.a("[That's the last time|I knew it|Typical]! [{C} is right about you.|]")
        s.sum(
            "{A} and {C} have been waiting at the {place} and will go on without {B}.",
            "{B} doesn't make it to the {place} in time, and {A} is angry.",
        )


def new_hobby(s: Story) -> None:
    s.let(
        hobby="hobby",
        other="hobby",
        day="day",
        time="clock:evening",
        price="price:5-60",
        place="venue",
    )
    s.person("C")
    greet(s, "A")
    s.a(
        "[Guess what|You know what]? I've started {hobby}[ with {C}|].",
        "[These days|Now] I spend my evenings {hobby}. {C} [talked me into it|gave me the idea].",
    )
    s.b("[You?|Really?] I thought you [enjoyed|liked] {other}.")
    s.a("[Not any more|I gave that up|It got boring]. [This is more fun|I sleep better now].")
    aside(s, "B", 0.45)
    if s.maybe(0.6):
        s.b("[Can I try it|Could I join you|Is it hard]?")
        s.a("[Come along|Sure, come] on {day} at {time}[, to the {place}|. It's {price}].")
        changed = s.correct("A", "day", keep=0.55)
        s.sum(
            "{A} has taken up {hobby} and invites {B} to come along on {day} at {time}.",
            "{B} would like to try {hobby}, too, so {A} asks {himB} to come on {day}.",
        )
        if changed and s.maybe(0.3):
            s.sum("It was {old_day} at first.")
    else:
        s.b(
            "[It's not for me|I'd rather stay in bed|I have two left hands]. [Isn't it "
            "expensive?|Does it cost much?]"
        )
        s.a("{price} [a month|a week]. [{C} pays half.|It's worth it.|]")
        s.sum(
            "{A} tells {B} about {hobby}, which costs {price}. {B} isn't interested.",
            "{A} gave up {other} for {hobby}. {B} doesn't want to try it.",
        )
    bye(s, "A", 0.3)


def money_loan(s: Story) -> None:
    s.let(price="price:20-900", less="price:10-80", date="date", thing="appliance")
    s.person("C")
    greet(s, "A")
    s.a(
        "[Can you lend me|Could I borrow] {price}? [My {thing} broke|I have to pay the rent|My "
        "bike was stolen].",
        "I [need|could use] {price}. [My {thing} is broken|The dentist wants to be paid]. Could "
        "you help me?",
    )
    s.b("[Again?|Oh.] [When do I get it back|When can you pay it back]?")
    s.a("[By|On|Before] {date}.")
    changed = s.correct("A", "date", keep=0.55)
    aside(s, "B", 0.35)
    kind = s.choose("yes", "less", "no")
    if kind == "yes":
        s.b("[All right|Okay, because it's you]. [But don't tell {C}.|I'll send it tonight.]")
        s.a("[You're an angel|Thank you so much|I owe you one]!")
        s.sum(
            "{B} lends {A} {price}, which {heA} will pay back by {date}.",
            "{A} borrows {price} from {B} and promises to return it before {date}.",
        )
    elif kind == "less":
        s.b("I [only have|can only give you] {less}. [Ask {C} for the rest.|{C} may have more.]")
        s.a("[That helps|Every bit helps], [thanks|thank you].")
        s.sum(
            "{A} asks for {price}, but {B} can only lend {less} and mentions {C}.",
            "{B} gives {A} {less} instead of {price}. {C} could help with the rest.",
        )
    else:
        s.b("[Sorry, no|I'd rather not]. [You still owe {C} {less}|You never paid {C} back].")
        s.a("[I forgot about that|I thought that was settled|That's true]. [I'll call {himC}.|]")
        s.sum(
            "{B} refuses to lend {A} {price}, because {A} still owes {C} money.",
            "{A} would like to borrow {price}, but {B} says no and reminds {himA} of {C}.",
        )
    if changed and s.maybe(0.15):
        s.sum("{A} first offered {old_date}.")


def moving_help(s: Story) -> None:
    s.let(day="day", time="clock:morning", street="street", thing="furniture", busy="busy")
    s.person("C")
    greet(s, "A")
    s.a(
        "[I'm moving to|We're moving to] {street} on {day}. [Can you help|Could you give me a "
        "hand]?",
        "[Do you have time|Are you free] on {day}? I'm moving to {street} and need help.",
    )
    changed = s.correct("A", "day", keep=0.6)
    kind = s.choose("yes", "later", "no")
    if kind == "yes":
        s.b("[Sure|Of course]. [When|At what time] [do we start|should I come]?")
        s.a("[At|Around] {time}. [The {thing} is heavy.|{C} brings a van.]")
        aside(s, "B", 0.4)
        s.sum(
            "{B} will help {A} to move to {street} on {day} at {time}.",
            "{A} is moving to {street}, and {B} comes to help on {day} at {time}.",
        )
    elif kind == "later":
        s.b("[Only after|Not before] {time}. [I'm {busy} till then.|I have to sleep.]")
        s.a("[That's fine|No problem]. [You and {C} can carry|Then you can take] the {thing}.")
        s.sum(
            "{B} can help {A} to move on {day}, but only after {time}, and will carry the {thing}.",
            "{A} moves to {street} on {day}. {B} has no time before {time}.",
        )
    else:
        s.b("[I hurt my back|I'm {busy} that day]. [Did you ask {C}|What about {C}]?")
        s.a(
            "[Good idea|Not yet, I will]. [Can I leave the {thing} with you?|Can you take the "
            "{thing}?]"
        )
        s.b("[Yes, bring it|Sure|Okay, for a week].")
        s.sum(
            "{B} can't help {A} to move to {street} but will keep the {thing}.",
            "{A} moves to {street} on {day} and will ask {C} for help. {B} takes the {thing}.",
        )
    if changed and s.maybe(0.25):
        s.sum("{A} had first said {old_day}.")
    bye(s, "A", 0.3)


def sports_match(s: Story) -> None:
    s.let(day="day", time="clock:evening", n="number:6-9", m="number:2-5", city="city")
    s.put(
        sport="basketball|volleyball|handball|hockey|football|rugby|water "
        "polo|softball|badminton|tennis"
    )
    s.person("C")
    greet(s, "A")
    s.a(
        "[How was the {sport} game|Did you win the {sport} match|How did the {sport} final go]{vB}?"
    )
    if s.maybe():
        s.b(
            "[We lost|They beat us] {m} to {n}[, against {city}|]. {C} was [injured|sick|too "
            "nervous]."
        )
        s.a("[What a pity|Bad luck|Oh no]. [When is the next one|When do you play again]?")
        outcome, score = "lost", "{m} to {n}"
    else:
        s.b(
            "[We won|We beat them] {n} to {m}[, against {city}|]! {C} [was brilliant|saved us in "
            "the end]."
        )
        s.a("[Congratulations|Well done|Wow]! [When is the next one|When do you play again]?")
        outcome, score = "won", "{n} to {m}"
    s.b("[On|Next] {day}[ at {time}|]. [Come and watch!|Will you come?]")
    if s.maybe():
        s.a(
            "[I'll be there|I wouldn't miss it], [with a flag|with {C}'s parents|if it doesn't "
            "rain]."
        )
        s.sum(
            f"{{B}}'s team {outcome} at {{sport}}, {score}. {{A}} will come to the next game on "
            f"{{day}}.",
            f"{{B}} tells {{A}} that they {outcome} {score} and about {{C}}. They play again on "
            f"{{day}}.",
        )
    else:
        s.let(busy="busy")
        s.a("[I can't, I'm|Sorry, I'm] {busy}. [Tell me everything later|Good luck]!")
        s.sum(
            f"{{B}} {outcome} the {{sport}} match {score}. {{A}} can't watch the one on {{day}}.",
            f"{{B}}'s team {outcome}. {{A}} can't come to the next match on {{day}}: {{heA}} is "
            f"{{busy}}.",
        )


SCENARIOS: list[Scenario] = [
    film_choice,
    holiday_choice,
    late_apology,
    new_hobby,
    money_loan,
    moving_help,
    sports_match,
]
