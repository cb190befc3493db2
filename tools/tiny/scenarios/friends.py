"""Scenarios among friends, part one: plans, invitations, gossip."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, bye, greet


def weekend_plan(s: Story) -> None:
    s.let(one="venue", two="venue", time="clock:day", day="day", busy="busy")
    s.person("C")
    greet(s, "A")
    s.a(
        "[Shall we go|Do you want to go|How about going] to the {one} on {day}?",
        "[Are you free|Do you have plans] on {day}? [Let's|We could] go to the {one}.",
    )
    kind = s.choose("other", "accept", "no")
    if kind == "other":
        s.b(
            "[I was there last week|It's always so crowded|Not again]. [What about|Why not] the "
            "{two}?"
        )
        s.a(
            "[Good idea|Fine with me|Even better]. [I'll tell {C}.|{C} will like that.] [At|Say, "
            "at] {time}?"
        )
        changed = s.maybe(0.4)
        if changed:
            s.redraw("time")
            s.b(
                "[I have things to do before|My bus comes at a bad time], [let's say|better] "
                "{time}."
            )
            s.a("[Okay|Fine], {time}[ then|].")
        else:
            s.b("[Okay|Good], [see you there|I'll be there].")
        s.sum(
            "{A} suggests the {one}, but {B} prefers the {two}. They will meet there on {day} at "
            "{time}.",
            "{A}, {B} and {C} are going to the {two} on {day} at {time} instead of the {one}.",
        )
    elif kind == "accept":
        s.b("[I'd love to|Yes, why not|Great idea]. [Can {C} come along|May I bring {C}]?")
        s.a("[Of course|Sure]. [Let's meet|We meet] at {time}[ in front of it|].")
        changed = s.correct("A", "time", keep=0.5)
        aside(s, "B", 0.45)
        s.sum(
            "{A} and {B} will go to the {one} with {C} on {day} at {time}.",
            "{B} agrees to visit the {one} on {day} and brings {C}. They meet {A} at {time}.",
        )
        if changed and s.maybe(0.4):
            s.sum("The first idea was {old_time}.")
    else:
        s.b("[Sorry|I can't], I'm {busy}[ then|]. [Ask {C}|Maybe {C} is free].")
        s.a("[What a pity|Too bad]. [Next week, then|Some other time]?")
        s.b("[Definitely|Promise|Yes, gladly].")
        s.sum(
            "{B} can't go to the {one} with {A} on {day} because {heB} is {busy}.",
            "{A} invites {B} to the {one}, but {B} is {busy} on {day} and proposes {C}.",
        )
    bye(s, "B", 0.35)


def party_invitation(s: Story) -> None:
    s.let(
        day="day",
        time="clock:evening",
        street="street",
        number="digits:2-98",
        cake="cake",
        dish="dish",
    )
    s.person("C")
    s.put(
        what="housewarming party|birthday party|farewell party|garden party|dinner party|surprise "
        "party"
    )
    greet(s, "A")
    s.a(
        "I'm giving a {what} [on|this] {day}[ at {time}| for {C}|]. [Can you come|Will you come]?",
        "[You must come|You're invited] to {C}'s {what} on {day}[ at {time}|]!",
    )
    changed = s.correct("A", "day", "{day}", keep=0.6)
    s.b(
        "[Of course|I'd love to|With pleasure]! [Where is it|Where should I come|What's the "
        "address]?"
    )
    s.a("[At {number} {street}|{number} {street}], [from {time}|at {time}].")
    aside(s, "B", 0.4)
    s.b("[Can I bring something|Shall I bring anything|What can I bring]?")
    if s.maybe(0.6):
        s.a("[Your|Maybe your] {cake} [would be great|would be lovely].")
        if s.maybe(0.4):
            s.b("[My oven is broken|I can't bake]. I'll [bring|make] a {dish} instead.")
            s.a("[Perfect|Even better|Wonderful]!")
            s.sum(
                "{B} will come to the {what} at {number} {street} on {day} and bring a {dish} "
                "instead of a {cake}.",
                "{A} invites {B} to a {what} on {day} at {time}. {B} can't bake and brings a "
                "{dish}.",
            )
        else:
            s.b("[No problem|Consider it done|With pleasure].")
            s.sum(
                "{A} invites {B} to a {what} on {day} at {time}, and {B} will bring a {cake}.",
                "{B} is coming to the {what} at {number} {street} on {day} with a {cake}.",
            )
    else:
        s.a("[Just yourself|Nothing, just come|Nothing at all].")
        s.sum(
            "{A} invites {B} to a {what} on {day} at {time}. {B} doesn't have to bring anything.",
            "{B} accepts {A}'s invitation to a {what} at {number} {street} on {day}.",
        )
    if changed and s.maybe(0.3):
        s.sum("{A} first said {old_day}.")
    bye(s, "B", 0.3)


def engagement_gossip(s: Story) -> None:
    s.let(city="city", date="date", job="job", place="restaurant", country="country")
    s.person("C", "female")
    s.person("D", "male")
    greet(s, "A")
    s.a(
        "[Guess what|You won't believe it]! {C} and {D} are [engaged|getting married]!",
        "Did you hear [about {C} and {D}|that {D} asked {C} to marry him]? [They're engaged!|She "
        "said yes!]",
    )
    s.b("[The {job}|{D}, the {job}]? [Since when|How long has she known him]?")
    s.a("[They met|It started] in {city}[, on a course|, at a wedding|, by chance].")
    aside(s, "B", 0.5)
    if s.maybe():
        s.b("[And the wedding|When is the wedding|When will it be]?")
        s.a("[On|It's on] {date}, [at {place}|in {country}].")
        changed = s.correct("A", "date", "on {date}", keep=0.5, fact=True)
        s.sum(
            "{C} and {D}, who met in {city}, will get married on {date}.",
            "{A} tells {B} that {C} is going to marry {D}, a {job}, on {date}.",
        )
        if changed and s.maybe(0.3):
            s.sum("{A} had mixed up the date.")
    else:
        s.b(
            "[Her parents|Her family] [will be shocked|won't like it]. [He's never home.|He just "
            "lost his job.]"
        )
        s.a("[They already know|They don't know yet]. [Keep it to yourself|Don't tell anyone]!")
        s.sum(
            "{A} tells {B} that {C} is engaged to {D}, a {job}. {B} thinks her family won't like "
            "it.",
            "{C} and {D} met in {city} and are engaged. {B} has doubts about {D}.",
        )
    bye(s, "A", 0.3)


def moving_away(s: Story) -> None:
    s.let(city="city", date="date", job="job", company="company", thing="furniture")
    s.person("C")
    greet(s, "A")
    s.a(
        "[Have you heard|Do you know]? {C} is moving to {city}[, for good|].",
        "{C} told me [yesterday|a secret]: {heC} is leaving for {city}.",
    )
    s.b("[Why that|To {city}? Why|What for]?")
    why = s.choose("job", "love")
    if why == "job":
        s.a("{heC} [found|got] a job [at|with] {company}, as a {job}.")
    else:
        s.person("D")
        s.a("[For love|Because of love]. {hisC} [new partner|friend] {D} lives there.")
    aside(s, "B", 0.5)
    s.b("[When does {heC} leave|When exactly|How soon]?")
    s.a("[On|Already on] {date}.")
    changed = s.correct("A", "date", keep=0.55, fact=True)
    reason = "to work for {company}" if why == "job" else "to be with {D}"
    if s.maybe(0.4):
        s.b("[And the|What about the] {thing}? I'd [love to have|buy] it.")
        s.a("[Ask {himC}|I'll ask {himC}|It's yours, I think].")
        s.sum(
            f"{{C}} moves to {{city}} on {{date}} {reason}. {{B}} would like to have the "
            f"{{thing}}.",
            f"{{A}} says that {{C}} is going to {{city}} {reason}, and {{B}} wants {{hisC}} "
            f"{{thing}}.",
        )
    else:
        s.b(
            "[I'll miss {himC}|How sad for us]. [We should give a party|Let's have a farewell "
            "dinner]."
        )
        s.a("[Good idea|Yes, let's do that|I'll call everybody].")
        s.sum(
            f"{{C}} is leaving for {{city}} on {{date}} {reason}. {{A}} and {{B}} plan a farewell.",
            f"{{B}} is sad that {{C}} will go to {{city}} {reason} and suggests saying goodbye "
            f"properly.",
        )
    if changed and s.maybe(0.3):
        s.sum("{A} had first said {old_date}.")


def gift_choice(s: Story) -> None:
    s.let(one="gift", two="gift", price="price:8-60", day="day")
    s.person("C")
    s.put(what="birthday|wedding|graduation|retirement|farewell")
    greet(s, "A")
    s.a(
        "[What shall we give|What can we get] {C} for {hisC} {what}? It's on {day}.",
        "{C}'s {what} is on {day}. [Any idea for a present|What do we give {himC}]?",
    )
    changed = s.maybe(0.25)
    if changed:
        s.redraw("day")
        s.b("[Isn't it on|Wasn't that] {day}?")
        s.a("[Right|You're right], {day}. [So, an idea?|So what do we get?]")
    s.b("[How about|What about|Would {heC} like] a {one}?")
    kind = s.choose("object", "object", "agree")
    if kind == "object":
        s.a("{heC} [already has one|would never use it]. [I thought of|I'd rather get] a {two}.")
        s.b("[That's good|Fine|Better]. [How much is it|Isn't that expensive]?")
        s.a("{price}[ for each of us|, if we share it].")
        aside(s, "B", 0.4)
        s.b("[Okay, I'm in|Agreed|Let's do it].")
        s.sum(
            "{A} and {B} decide to give {C} a {two} instead of a {one} for {hisC} {what} on {day}.",
            "For {C}'s {what}, {B} suggests a {one}, but they choose a {two} for {price} each.",
        )
    else:
        s.a("[Perfect|I like that|Why didn't I think of it]! [Can you buy it|Will you get it]?")
        s.b("[Yes|Sure], [if you write the card|but you wrap it|and you bake a cake].")
        s.sum(
            "{B} will buy a {one} for {C}'s {what} on {day}.",
            "{A} likes {B}'s idea to give {C} a {one} for {hisC} {what}.",
        )
    bye(s, "A", 0.3)


def borrow_thing(s: Story) -> None:
    s.let(thing="thing", color="color", day="day", back="day", place="city")
    s.person("C")
    greet(s, "A")
    s.a(
        "[Can I borrow|Could you lend me] your {color} {thing} [on {day}|for {day}]?",
        "You have a {color} {thing}, [right|don't you]? I need one on {day}.",
    )
    s.b("[What for|Why do you need it]?")
    s.a("[For a trip to|I'm going to] {place}[ with {C}|].")
    aside(s, "B", 0.45)
    kind = s.choose("yes", "lent", "no")
    if kind == "yes":
        s.b("[Sure|Of course|Okay], but [I need it back by|bring it back by] {back}.")
        changed = s.correct("B", "back", keep=0.55)
        s.a("[No problem|I promise|You'll get it, thanks].")
        s.sum(
            "{A} borrows {B}'s {color} {thing} for a trip to {place} and has to return it by "
            "{back}.",
            "{B} lends {A} a {thing} and wants it back by {back}.",
        )
        if changed and s.maybe(0.3):
            s.sum("{B} first said {old_back}.")
    elif kind == "lent":
        s.b("{C} [has it|took it last week]. [Call {himC}|I'll ask {himC}|I can get it by {back}].")
        s.a("[Oh|Ah], [okay|good]. [Thanks anyway.|I'll do that.|Thanks.]")
        s.sum(
            "{A} wants to borrow a {thing} for {place}, but {C} has it at the moment.",
            "{B}'s {color} {thing} is with {C}, so {A} can't have it right away.",
        )
    else:
        s.b("[Sorry|I'm afraid not], [it's broken|I need it myself on {day}|I lost it].")
        s.a("[Never mind|What a pity]. [I'll ask {C}|{C} may have one].")
        s.sum(
            "{B} can't lend {A} the {color} {thing} for {place}, so {A} will ask {C}.",
            "{A} needs a {thing} on {day} but can't get {B}'s. {C} may have one.",
        )
    bye(s, "A", 0.3)


SCENARIOS: list[Scenario] = [
    weekend_plan,
    party_invitation,
    engagement_gossip,
    moving_away,
    gift_choice,
    borrow_thing,
]
