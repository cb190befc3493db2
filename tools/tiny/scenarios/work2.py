"""Scenarios among colleagues, part two: trips, talks, newcomers, machines."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, bye, greet


def presentation_feedback(s: Story) -> None:
    s.let(topic="topic", n="number:12-48", day="weekday", minutes="length:minutes")
    s.person("C")
    s.a("[How was|What did you think of|Did you like] my talk on {topic}?")
    s.b(
        "[Good, but|I liked it, only|Interesting, though] [there were too many slides|{n} slides "
        "is too many]."
    )
    s.a("[I know.|Really?] [I left half of it out.|I only had {minutes}.]")
    aside(s, "B", 0.4)
    if s.maybe():
        s.b(
            "[And {C} fell asleep|{C} couldn't hear you at the back]. [Speak louder|Use the "
            "microphone]."
        )
        s.a("[I'll remember that|I will] [on|next] {day}[, when I give it again|].")
        s.sum(
            "{B} thinks that {A}'s talk on {topic} had too many slides, and that {C} could not "
            "follow.",
            "{A} asks about a talk on {topic}. {B} advises {himA} to speak louder on {day}.",
        )
    else:
        s.b("[Show it to|Practice it with] {C} [before|by] {day}. {heC} is good at [cutting|that].")
        s.a("[Good idea|I will|That's smart]. [Thanks|Thank you for being honest].")
        s.sum(
            "{B} finds {A}'s talk on {topic} too long and suggests practicing with {C} before "
            "{day}.",
            "{A} will show the talk about {topic} to {C}, since {B} thinks it has too many slides.",
        )
    bye(s, "A", 0.3)


def business_trip(s: Story) -> None:
    s.let(
        city="city",
        day="weekday",
        back="weekday",
        hotel="hotel",
        flight="flight",
        company="company",
    )
    greet(s, "B")
    s.a(
        "I have to go to {city} on {day} [to see|to visit] {company}. [Can you book it|Can you "
        "help]?",
        "Could you plan my trip to {city}? I'm meeting {company} on {day}.",
    )
    changed = s.correct("A", "day", keep=0.5)
    s.b("[How long will you stay|Until when]?")
    s.a("Until {back}.")
    aside(s, "B", 0.4)
    if s.maybe(0.6):
        s.b("[There is flight|I've found] {flight}. [And the {hotel}|Is the {hotel} okay]?")
        if s.maybe(0.4):
            s.redraw("hotel")
            s.a("[No, it was loud|Not again], [please take|try] the {hotel}.")
            s.b("[Okay|All right], the {hotel} [it is|then].")
            s.sum(
                "{B} books {A} on flight {flight} to {city} and, instead of the {old_hotel}, the "
                "{hotel}.",
                "{A} goes to {city} until {back} and wants to stay at the {hotel}, not the "
                "{old_hotel}.",
            )
        else:
            s.a("[Perfect|Yes, I like it there|That's fine].")
            s.sum(
                "{A} flies to {city} with {flight} to meet {company} and stays at the {hotel} "
                "until {back}.",
                "{B} arranges a trip to {city} from {day} to {back} with a room at the {hotel}.",
            )
    else:
        s.b(
            "[Couldn't you|Why don't you] [talk online|call them]? [It's expensive|There's no "
            "money left]."
        )
        s.a("[No, they want to see me|I tried, they refused]. [I'll take the train|Then by train].")
        s.sum(
            "{B} would rather have {A} call {company}, but {A} insists on going to {city} by "
            "train.",
            "{A} has to visit {company} in {city} until {back} and will take the train to save "
            "money.",
        )
    if changed and s.maybe(0.3):
        s.sum("It was planned for {old_day} first.")


def computer_trouble(s: Story) -> None:
    s.let(room="room", time="clock:work", report="report", thing="appliance")
    s.person("C")
    s.put(
        problem="the screen is black|the login fails|the printer is jammed|the files are gone|the "
        "mouse is dead|the keyboard is stuck",
    )
    s.a(
        "[Is this the help desk|Can you help me]? [In room {room}|I'm in room {room} and] "
        "{problem}.",
        "[Hello|Hi]{vB}, my computer is broken: {problem}. [I'm in room {room}.|I need the "
        "{report}!]",
    )
    s.b("[Did you restart it|Have you switched it off and on]?")
    if s.maybe(0.4):
        s.a(
            "[Oh|Wait], [let me try|I'll do that]. [It works again|That did it]! [How "
            "embarrassing.|]"
        )
        s.b("[It happens to everyone|No problem at all|That always helps].")
        s.sum(
            "{A} calls for help because {problem}. After a simple question by {B}, it works.",
            "{A} reports that {problem}, and {B}'s first advice solves it.",
        )
    else:
        s.a("[Of course|Twice]. [And I need the {report}|The {report} is due] at {time}.")
        aside(s, "B", 0.35)
        s.b(
            "[I'll send {C}|{C} can come] [right away|in a minute]. [Use my computer|Take a spare "
            "one]."
        )
        s.a("[Thank you|That helps|Okay, good].")
        s.sum(
            "{C} will come to {A} because {problem}. Meanwhile {B} lends {himA} another computer.",
            "{A} needs the {report} by {time}, but {problem}. {B} sends {C}.",
        )


def new_colleague(s: Story) -> None:
    s.let(room="room", time="clock:noon", job="job", city="city", hobby="hobby", place="restaurant")
    s.person("C")
    s.a("[Have you met|Do you know] {C}, the new {job}?")
    s.b("[Not yet|Only briefly]. [Where does {heC} come from|What is {heC} like]?")
    s.a("[From {city}|Nice, and from {city}]. {heC} likes {hobby}[, imagine|].")
    aside(s, "A", 0.35)
    if s.maybe():
        s.b(
            "[Shall we|Why don't we] [take {himC} to lunch|invite {himC}]? [At {place}|To "
            "{place}], at {time}?"
        )
        changed = s.maybe(0.35)
        if changed:
            s.redraw("time")
            s.a("[Make it|Better] {time}, [I have a call before|I'm late today].")
            s.b("[Okay|Fine], {time}.")
        else:
            s.a("[Good idea|With pleasure|Yes, let's].")
        s.sum(
            "{A} and {B} will have lunch with {C}, the new {job}, at {place} at {time}.",
            "{C} from {city} is the new {job}, and {B} suggests eating with {himC} at {place}.",
        )
    else:
        s.b("[Where is {hisC} desk|Where does {heC} sit]?")
        s.a("[In|Upstairs, in] room {room}. [Say hello|Go and see {himC}]!")
        s.b(
            "[I will|I'll do it after lunch|I'll bring coffee]. {heC} [must feel lost|can ask me "
            "anything]."
        )
        s.sum(
            "{A} tells {B} about {C}, the new {job} from {city} who likes {hobby}.",
            "{B} will go to room {room} to welcome {C}, the new {job}.",
        )


def client_call(s: Story) -> None:
    s.let(
        company="company",
        name="surname",
        phone="phone",
        report="report",
        day="weekday",
        time="clock:work",
    )
    s.b("[Hello|Good morning], {company}, [who is calling|how may I help you]?")
    s.a("[This is|My name is] {name}. [May I speak to|Is it possible to talk to] the manager?")
    s.b(
        "[I'm sorry|Unfortunately], [the manager is out|everybody is in a meeting]. [Can I take a "
        "message?|]"
    )
    s.a(
        "[Yes|Please]. It's about the {report}. [Some figures are wrong|I haven't got it yet|I "
        "need it by {day}]."
    )
    if s.maybe(0.6):
        s.b("[And your number|What number can we call]?")
        s.a("{phone}.", "It's {phone}.")
        s.correct("A", "phone", keep=0.55, fact=True)
        s.sum(
            "{name} calls {company} about the {report} and leaves the number {phone} with {B}.",
            "{B} takes a message for the manager of {company}: call {name} at {phone} about the "
            "{report}.",
        )
    else:
        s.b("Please [call|try] again on {day}[ at {time}|].")
        s.a("[All right|I will|If I have to]. [Please tell the manager.|]")
        s.sum(
            "{name} calls {company} about the {report}. As nobody is free, {A} will try again on "
            "{day}.",
            "The manager of {company} is not available, so {B} asks {A} to call again on {day}.",
        )


def office_move(s: Story) -> None:
    s.let(street="street", date="date", city="city", thing="furniture", place="place")
    s.person("C")
    greet(s, "A")
    s.a("[Did you hear|Have you heard]? [We're moving|The office is moving] to {street} on {date}.")
    changed = s.maybe(0.35)
    if changed:
        s.redraw("date")
        s.b("[{C} told me|I read] {date}, [not {old_date}|I think].")
        s.a("[Oh, you're right|Yes, sorry]. {date}[, by the {place}|].")
    else:
        s.b("[Where is that|{street}? So far out]?")
        s.a("[Near|Right by] the {place}. [It's cheaper.|There's more room.|The view is nice.]")
    aside(s, "B", 0.45)
    if s.maybe():
        s.b("[That adds an hour to my trip|I'll need a car]. [I might|Maybe I'll] quit.")
        s.a("[Talk to {C} first|{C} says we can work at home]. [Don't do that.|]")
        s.sum(
            "The office moves to {street} on {date}. {B} is unhappy about it, and {A} mentions "
            "{C}.",
            "{B} thinks of quitting since the office moves to {street} near the {place}.",
        )
    else:
        s.b("[Can I take|Do we keep] the {thing}? I [love|really like] it.")
        s.a("[Ask {C}|{C} decides that]. [I think we get new things.|]")
        s.sum(
            "On {date} the office will move to {street}. {B} wants to keep the {thing} and must "
            "ask {C}.",
            "{A} tells {B} about the move to {street} on {date}. {C} decides about the {thing}.",
        )


SCENARIOS: list[Scenario] = [
    presentation_feedback,
    business_trip,
    computer_trouble,
    new_colleague,
    client_call,
    office_move,
]
