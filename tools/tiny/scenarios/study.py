"""Scenarios at school, at university and at the doctor's."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, bye, greet, office, thank


def study_group(s: Story) -> None:
    s.let(
        subject="subject",
        date="date",
        time="clock:day",
        room="room",
        busy="busy",
        place="restaurant",
    )
    s.person("C")
    greet(s, "A")
    s.a(
        "[Shall we|Do you want to] study {subject} together? The exam is on {date}.",
        "The {subject} exam is on {date}. [Shall we prepare together|Do you want to join {C} and "
        "me]?",
    )
    s.b("[Good idea|Yes, please|I really need that]. [When do you meet|When]?")
    s.let(meet="day")
    s.a("[On|This] {meet}, at {time}[, in room {room}|].")
    moved = s.maybe(0.45)
    if moved:
        s.redraw("meet")
        s.b(
            "[I'm {busy} on {old_meet}|{old_meet} is bad, I'm {busy}]. [Could we do|What about] "
            "{meet}?"
        )
        s.a("[Fine|Sure], {meet}[ then|]. [I'll tell {C}.|You bring {C}.]")
    else:
        s.b("[Great|Okay]. [Who else is coming|Are we alone]?")
        s.a("{C}. [{heC} has good notes|{heC} got the best mark last time].")
    aside(s, "B", 0.45)
    where = s.maybe(0.35)
    if where:
        s.b("[But not in the library|Somewhere quiet, please]. [How about|What about] {place}?")
        s.a("[They have good coffee|Okay|Why not]. [See you there.|I'll book a table.]")
    if moved:
        s.sum(
            "{A} and {B} will study {subject} on {meet} at {time}, because {B} is {busy} on "
            "{old_meet}.",
            "They move the {subject} study group from {old_meet} to {meet} for {B}.",
        )
    else:
        s.sum(
            "{A}, {B} and {C} meet on {meet} at {time} to prepare for the {subject} exam.",
            "{B} joins {A} and {C}, who study {subject} on {meet} at {time}.",
        )
    if where:
        s.sum("They choose {place}.", "The place is {place}.")


def essay_topic(s: Story) -> None:
    s.let(one="topic", two="topic", date="date", n="number:11-60")
    s.person("C")
    s.a(
        "[I'd like|I want] to write my [term paper|essay|final paper] about {one}.",
        "[Is {one} okay as a topic|Could I write about {one}] for the term paper?",
    )
    kind = s.choose("other", "yes", "taken")
    if kind == "other":
        s.b(
            "[That's too broad|There are few sources|Everybody does that]. [Have you thought "
            "of|Why not] {two}?"
        )
        s.a(
            "[That sounds good|Interesting|I hadn't thought of it]. [How long should it be?|How "
            "many pages?]"
        )
        s.b("[About|Around] {n} pages, by {date}.")
        s.sum(
            "{B} finds {one} unsuitable, so {A} will write {n} pages about {two} by {date}.",
            "{A} changes the topic of the term paper from {one} to {two}.",
        )
    elif kind == "taken":
        s.b(
            "[{C} has already taken that|{C} is writing about that]. [Another idea?|Anything else?]"
        )
        s.a("[Then maybe|Then I'd take] {two}.")
        s.b("[Fine|Good]. [Hand it in by|It's due on] {date}.")
        changed = s.correct("B", "date", keep=0.5, fact=True)
        s.sum(
            "{A} can't write about {one}, because {C} does, and picks {two}. It is due on {date}.",
            "As {C} has chosen {one}, {A} takes {two} for the paper.",
        )
        if changed and s.maybe(0.3):
            s.sum("{B} first gave {old_date}.")
    else:
        s.b(
            "[Good choice|Very good]. [Talk to|Ask] {C}, {heC} [wrote about that|knows a lot about "
            "it]."
        )
        s.a("[I will|Thanks]. [When is it due|How much time do I have]?")
        s.b("[Until|You have until] {date}.")
        s.sum(
            "{A} will write about {one} and hand it in by {date}. {B} recommends asking {C}.",
            "{B} agrees to {one} as a topic and sends {A} to {C} for advice.",
        )
    bye(s, "A", 0.3)


def exam_result(s: Story) -> None:
    s.let(subject="subject", points="digits:61-98", need="digits:40-60", date="date", city="city")
    s.person("C")
    greet(s, "A")
    s.a(
        "[How was|How did you do in] the {subject} exam?",
        "[Did you get|Are there] results for {subject}?",
    )
    if s.maybe():
        s.let(low="digits:11-39")
        s.b("[I failed|I didn't pass]. [Only|Just] {low} points[, I needed {need}|].")
        s.a("[Oh no|I'm sorry]. [When can you repeat it|Is there a second chance]?")
        s.b("On {date}. [But that's when I'm in {city}.|So there goes my trip to {city}.]")
        aside(s, "A", 0.3)
        s.a("{C} [can help you|is good at it], {heC} got {points} points.")
        s.sum(
            "{B} failed {subject} with {low} points and has to repeat it on {date}. {A} suggests "
            "{C} as help.",
            "{B} must take the {subject} exam again on {date} instead of being in {city}.",
        )
    else:
        s.let(high="digits:70-99")
        s.b("[I passed|I made it]! {high} points[, more than {C}|].")
        s.a("[Congratulations|Wow|Well done]! [And you were so afraid!|What's next?]")
        s.b("[Now I can|I'm going to] [study in|move to] {city}[ from {date}|].")
        aside(s, "A", 0.4)
        s.a("[{C} will be jealous|We should celebrate with {C}|I'm proud of you].")
        s.sum(
            "{B} passed {subject} with {high} points and wants to go to {city}.",
            "{A} congratulates {B} on {high} points in {subject}. {B} has plans in {city}.",
        )
    bye(s, "B", 0.3)


def course_signup(s: Story) -> None:
    s.let(
        one="subject",
        two="subject",
        day="weekday",
        time="clock:evening",
        price="price:40-300",
        name="surname",
    )
    s.a(
        "[I'd like to|I want to] sign up for the {one} course[, please|].",
        "[Hello|Hi], [is there still a place|are there places left] in the {one} course?",
    )
    if s.maybe():
        s.b(
            "[It's full|It was cancelled], [sorry|I'm afraid]. [There is {two}|{two} has places], "
            "on {day} at {time}."
        )
        s.a(
            "[Hmm, okay|Why not]. [I'll take that|Put me down for that]. [How much is it?|And the "
            "price?]"
        )
        s.b("{price}.")
        s.sum(
            "The {one} course is not possible, so {A} joins {two} on {day} at {time} for {price}.",
            "{A} wanted to learn {one} but takes the {two} course for {price}.",
        )
    else:
        s.b("[Yes|Sure]. It's on {day} at {time} and costs {price}. [Your name|What's your name]?")
        s.a("{name}.", "It's {name}.")
        changed = s.correct("B", "time", "at {time}", keep=0.5, fact=True)
        s.sum(
            "{A} signs up for a {one} course on {day} at {time}, which costs {price}.",
            "{B} enrolls {A} under the name {name} for {one} on {day}.",
        )
        if changed and s.maybe(0.3):
            s.sum("{B} had first said {old_time}.")
    thank(s, "A")


def library_loan(s: Story) -> None:
    s.let(one="title", two="title", date="date", price="price:2-25", name="surname")
    s.a(
        "[I need|I'm looking for] {one}[, please|].",
        "[Hello|Hi], I'd like to borrow {one}.",
    )
    office(s, "B", 0.45)
    kind = s.choose("out", "fine", "ok")
    if kind == "out":
        s.b("[It's out|Somebody has it] until {date}. [Shall I reserve it|Do you want to wait]?")
        s.a("[Yes, for|Please do, for] {name}. [And {two}?|Is {two} here?]")
        s.b("[That's on the shelf|That one is here]. [Second floor.|Over there.]")
        s.sum(
            "{A} has to wait for {one} until {date} but can take {two}.",
            "{one} is out until {date}, so {B} reserves it for {A}, who borrows {two}.",
        )
    elif kind == "fine":
        s.b(
            "[First you have to pay|There is a fine of] {price}: {two} [is late|was due on {date}]."
        )
        s.a("[Really?|Oh.] [I lost it|I thought I had returned it|My dog ate it].")
        s.b(
            "[Then I can't give you anything|Then you have to replace it|I'm sorry, rules are "
            "rules]."
        )
        s.sum(
            "{A} wants {one} but first has to pay {price}, because {two} is overdue.",
            "{B} asks {A} for {price} since {two} has not been returned.",
        )
    else:
        s.b("[Here you are|It's here]. [Please bring it back by|You can keep it until] {date}.")
        s.correct("B", "date", keep=0.5, fact=True)
        s.a("[Can I extend that|Can I keep it longer]? It's [long|thick].")
        s.b("[Twice, if nobody wants it|Yes, online|Only once].")
        s.sum(
            "{A} borrows {one} and has to return it by {date} or extend the loan.",
            "{B} gives {A} {one} until {date}, which can be extended.",
        )
    thank(s, "A", 0.4)


def doctor_visit(s: Story) -> None:
    s.let(ailment="ailment", days="length:days", day="weekday", n="number:2-5", city="city")
    s.put(what="drops|pills|tea|a syrup|vitamins|zinc")
    s.b("[What can I do for you|What seems to be the problem|How can I help]?")
    s.a(
        "I've had a {ailment} for {days}[, since I came back from {city}|].",
        "It's a {ailment}. [It started {days} ago|I've had it for {days}].",
    )
    s.correct("A", "days", keep=0.65, fact=True)
    s.b("[Any fever|Do you sleep well|Have you taken anything]?")
    s.a("[No|Not really]. [Can I work|Can I do sports|Can I drive] on {day}?")
    if s.maybe(0.6):
        s.b("[No, stay in bed|Better not, rest]. Take {what} {n} times a day.")
        s.a("[And if it doesn't help|What if it gets worse]?")
        s.b("[Then come back|Come again] on {day}.")
        s.sum(
            "{A} has had a {ailment} for {days}. {B} prescribes {what} {n} times a day and rest.",
            "{B} tells {A}, who has a {ailment}, to take {what} and come back on {day} if needed.",
        )
    else:
        s.b(
            "[Yes, it's harmless|Of course, nothing serious]. [Just drink more|Only get more "
            "sleep]."
        )
        s.a("[What a relief|I was so worried]. [Do I need anything?|No medicine?]")
        s.b("[At most|Maybe] {what}[, {n} times a day|].")
        s.sum(
            "{B} says {A}'s problem, a {ailment}, is harmless and suggests {what}.",
            "{A} is worried about a {ailment}, but {B} finds nothing serious.",
        )
    thank(s, "A", 0.4)


def gym_membership(s: Story) -> None:
    s.let(price="price:45-95", less="price:12-40", months="number:3-24", day="day", sport="sport")
    s.person("C")
    s.a(
        "[Hello|Hi]. [How much is a membership|What does a membership cost]?",
        "[Hello|Hi], [I'd like to join|I'm thinking of joining]. What does it cost?",
    )
    s.b("{price} a month, for {months} months[, with {sport}|].")
    s.a("[That's long|Hmm, that's a lot]. [Is there anything cheaper|Can't I pay less]?")
    kind = s.choose("less", "trial", "friend")
    if kind == "less":
        s.b("[Mornings only|Without {sport}|For students], it's {less}.")
        s.a("[I'll take that|That suits me|Good, I'll sign that].")
        s.sum(
            "{A} finds {price} a month too much and joins for {less}.",
            "{B} first asks for {price} a month, but {A} takes the cheaper membership for {less}.",
        )
    elif kind == "trial":
        s.b("[You can try it|Come for a free trial] on {day}[, no strings attached|].")
        s.correct("B", "day", keep=0.55)
        s.a("[Okay|Good], [I'll come|I'll be here].")
        s.sum(
            "{A} doesn't want to pay {price} a month yet and will try the gym on {day}.",
            "{B} invites {A} to a free trial on {day}, since {price} seems a lot to {himA}.",
        )
    else:
        s.b("[If you bring a friend|With a friend], you [both pay|pay] less.")
        s.a("[I'll ask|I could bring] {C}. {heC} loves {sport}.")
        s.sum(
            "{A} will ask {C} to join, too, because {price} a month is expensive alone.",
            "As a membership costs {price}, {A} wants to come with {C} and pay less.",
        )
    thank(s, "A", 0.4)


SCENARIOS: list[Scenario] = [
    study_group,
    essay_topic,
    exam_result,
    course_signup,
    library_loan,
    doctor_visit,
    gym_membership,
]
