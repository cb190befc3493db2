"""Scenarios among colleagues, part one: the office."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import aside, bye, greet


def job_interview(s: Story) -> None:
    s.let(job="job", company="company", years="number:2-12", day="weekday", price="price:1800-4500")
    s.let(city="city")
    s.b(
        "[Welcome|Please sit down|Thank you for coming]. [So, you want|You'd like] to be our {job}?"
    )
    s.a(
        "[Yes|That's right]. I [was|worked as] a {job} at {company} for {years} years.",
        "[Yes, exactly|Indeed]. I've been a {job} for {years} years, [the last one|mostly] at "
        "{company}.",
    )
    s.b("[Why do you want to leave|Why did you leave|What made you leave]?")
    s.a(
        "[I want more responsibility|They moved to {city}|I was bored there|The team got too "
        "small]."
    )
    aside(s, "B", 0.3)
    kind = s.choose("pay", "second", "start")
    if kind == "pay":
        s.b("[What salary do you expect|How much would you like to earn]?")
        s.a("[About|Around] {price} a month.")
        if s.maybe():
            s.redraw("price")
            s.b("[We can only offer|We pay] {price}.")
            s.a("[I could live with that|That would be fine|I need to think about it].")
            s.sum(
                "{A} applies as a {job} and wants {old_price} a month, but {B} offers {price}.",
                "{A}, who worked at {company}, asks for {old_price}. {B} can pay {price}.",
            )
        else:
            s.b(
                "[That's possible|That sounds reasonable]. [You'll hear from us by|We'll call you "
                "on] {day}."
            )
            s.sum(
                "{B} interviews {A} for a job as a {job}. {A} expects {price} and will hear by "
                "{day}.",
                "{A} has {years} years at {company} behind {himA} and would like to earn {price}.",
            )
    elif kind == "second":
        s.b("[I like that|Good]. Could you [come again|meet my boss] on {day}?")
        changed = s.maybe(0.4)
        if changed:
            s.redraw("day")
            s.a(
                "[I can't on|Sorry, I have no time on] {old_day}. [Would {day} be possible?|What "
                "about {day}?]"
            )
            s.b("[Yes|All right], {day}[ it is| is fine].")
        else:
            s.a("[Gladly|Of course|Yes, I'd be happy to].")
        s.sum(
            "{A} tells {B} about {years} years as a {job} and is invited again for {day}.",
            "After an interview for the post of {job}, {B} asks {A} to come back on {day}.",
        )
    else:
        s.let(date="date")
        s.b("[When could you start|How soon can you begin]?")
        s.a("On {date}.")
        s.b("[Excellent|Perfect], [the job is yours|then welcome to the team]!")
        s.sum(
            "{B} hires {A} as a {job}. {A} used to work at {company} and starts on {date}.",
            "{A} gets the job as a {job} and can begin on {date}.",
        )


def meeting_move(s: Story) -> None:
    s.let(day="weekday", time="clock:work", report="report", room="room")
    s.person("C")
    greet(s, "A")
    s.a(
        "[Can we move|I have to move|Could we shift] the meeting [on|about] the {report}? [{C} is "
        "ill.|]",
        "[Is {day} still okay for|Are we still on for {day}, about] the {report}? {C} [can't make "
        "it|is away].",
    )
    s.redraw("day")
    s.b("[To when|When, then|What do you suggest]?")
    s.a("[Maybe|How about|What about] {day}, [at|say,] {time}?")
    refused = s.maybe(0.5)
    if refused:
        s.let(busy="busy")
        s.redraw("day")
        s.b("[I'm {busy} then|No, I'm {busy}]. [What about {day}|Is {day} possible]?")
        s.a("[Yes|Okay|Fine], {day} [works|is fine]. Same time[, in room {room}|].")
    else:
        s.b("[Fine|Works for me|Good]. [Where|Which room]?")
        s.a("[In|Let's take] room {room}.")
    aside(s, "B", 0.4)
    bye(s, "B", 0.4)
    if refused:
        s.sum(
            "{A} and {B} move the meeting on the {report} to {day} at {time}, as {B} is {busy} on "
            "{old_day}.",
            "Since {C} can't come, the meeting is moved. {B} has no time on {old_day}, so they "
            "choose {day}.",
        )
    else:
        s.sum(
            "The meeting about the {report} is moved to {day} at {time} in room {room} because of "
            "{C}.",
            "{A} asks {B} to meet on {day} at {time} in room {room} instead, because {C} is not "
            "there.",
        )


def deadline_extension(s: Story) -> None:
    s.let(report="report", day="weekday", late="length:days")
    s.person("C")
    s.put(
        why="my computer broke|I'm still waiting for the figures|I was ill|two people left the team"
    )
    greet(s, "A")
    s.a(
        "[I won't finish|I can't finish] the {report} by {day}: {why}.",
        "About the {report}: [I need more time|it won't be done by {day}], {why}.",
    )
    s.b("[How much longer|How many days do you need|How long do you need]?")
    s.a("[I need|Give me] {late} more[, please|].", "[About |At least |]{late}.")
    s.correct("A", "late", keep=0.6)
    aside(s, "B", 0.4)
    kind = s.choose("yes", "help", "no")
    if kind == "yes":
        s.b("[All right|Okay], but [not a day more|that's the last time].")
        s.a("[Thank you|I promise|Understood].")
        s.sum(
            "{A} can't finish the {report} by {day}, and {B} agrees to wait {late} longer.",
            "{B} gives {A} {late} more for the {report}, but only this once.",
        )
    elif kind == "help":
        s.b("[No, the client needs it|That's too long]. [Let {C} help you|I'll ask {C} to help].")
        s.a("[With {C} it should work|That would help|Then {day} is possible].")
        s.sum(
            "{A} wants {late} more for the {report}. {B} refuses but lets {C} help.",
            "{C} will help {A} so that the {report} is ready by {day}.",
        )
    else:
        s.b("[Impossible|No]. [The board meets on {day}|It is due on {day}]. [Work on Sunday.|]")
        s.a("[I'll do my best|Then I'll send what I have|All right, I'll try].")
        s.sum(
            "{B} does not give {A} more time: the {report} is due on {day}.",
            "{A} asks for {late} more for the {report}, but {B} insists on {day}.",
        )


def promotion_news(s: Story) -> None:
    s.let(job="job", city="city", company="company", date="date")
    s.person("C")
    s.person("D")
    greet(s, "A")
    s.a(
        "[Have you heard|Did you hear|Guess what]? {C} [is|will be] our new [boss|head of "
        "department].",
        "{C} [got|is getting] the manager's job[, I hear|].",
    )
    s.b("[Really?|No way!|Are you sure?] I thought [it would be|they wanted] {D}.")
    if s.maybe(0.5):
        s.a("{D} [turned it down|said no]. [{heD} wants|{heD} is going] to move to {city}.")
        s.b("[I didn't know that|What a surprise]. [When does {C} start|From when]?")
        s.a("[On|From] {date}.")
        s.correct("A", "date", keep=0.55, fact=True)
        s.sum(
            "{C} will be the new manager from {date}, because {D} is moving to {city}.",
            "{A} tells {B} that {C} got the manager's job after {D} had turned it down.",
        )
    else:
        s.a(
            "{D} [is furious|is quite hurt], [of course|I believe]. {heD} [has applied|already "
            "called] at {company}."
        )
        s.b("[Poor {D}|I'd do the same|{heD} deserved the job]. And {C}?")
        s.a("[Starts on|Begins on] {date}[, full of plans|].")
        s.sum(
            "{C} was promoted instead of {D}, who is angry and wants to work for {company}.",
            "{A} and {B} talk about {C}, the new manager from {date}. {D} may go to {company}.",
        )
    aside(s, "B", 0.45)
    bye(s, "A", 0.3)


def sick_call(s: Story) -> None:
    s.let(ailment="ailment", day="weekday", report="report", time="clock:morning")
    s.person("C")
    s.a(
        "[Good morning|Hello]{vB}, I [can't come in|have to stay in bed] today. I have a "
        "{ailment}.",
        "[Hi|Hello]{vB}, I'm [ill|not well]. It's a {ailment}. [I can't work today.|I'm staying "
        "home.]",
    )
    s.b("[Oh, I'm sorry|Poor you]. [Who can do|What about] [the {report}|your {report}]?")
    s.a("{C} [knows all about it|has the files|could finish it].")
    aside(s, "B", 0.35)
    if s.maybe():
        s.b("[Good, I'll ask {himC}|Okay, I'll tell {himC}]. [When will you be back|Until when]?")
        s.a("[On|I hope on] {day}.")
        changed = s.correct("A", "day", keep=0.5)
        s.sum(
            "{A} has a {ailment} and will be back on {day}. {C} takes over the {report}.",
            "{A} calls in sick until {day}, so {B} will ask {C} to do the {report}.",
        )
        if changed and s.maybe(0.4):
            s.sum("It will not be {old_day}.")
    else:
        s.b("{C} [is on leave|has no time|is ill, too]. [I'll do it myself|Then it has to wait].")
        s.a("[I could work|I can do a bit] from home[, from {time} on|].")
        s.b("[No, no|Don't]. [Get well first|See a doctor]!")
        s.sum(
            "{A} stays at home with a {ailment}. {C} can't take the {report} either, but {B} "
            "tells {A} to rest.",
            "{A} offers to do the {report} at home despite a {ailment}. {B} does not want that.",
        )


def raise_request(s: Story) -> None:
    s.let(pay="price:150-700", years="number:2-9", company="company", date="date", job="job")
    s.a(
        "[Do you have a minute|May I come in]{vB}? [I'd like to talk about|It's about] my pay.",
        "I've been a {job} here for {years} years. I think I deserve a raise.",
    )
    s.b("[How much do you have in mind|What did you think of|How much more]?")
    s.a("{pay} [more|extra] a month. [{company} offered me that.|I do the work of two people.|]")
    kind = s.choose("less", "later", "days")
    if kind == "less":
        s.redraw("pay")
        s.b("[That's a lot|Impossible]. [I can offer|The most I can do is] {pay}.")
        s.a("[All right|Hmm, okay|Fine], [from when|starting when]?")
        s.b("[From|Starting] {date}.")
        s.sum(
            "{A} asks for {old_pay} more a month and accepts {pay} from {date}.",
            "{B} doesn't pay {A} {old_pay} more, but they agree on {pay} from {date}.",
        )
    elif kind == "later":
        s.b("[Not this year|There is no money now]. [Ask me again|Let's talk again] on {date}.")
        s.a("[That's what you said last time|Then I have to look around|I'm disappointed].")
        s.sum(
            "{A} wants {pay} more a month, but {B} puts it off until {date}.",
            "{B} refuses {A} a raise for now. They will speak again on {date}.",
        )
    else:
        s.let(days="number:2-9")
        s.b("[There's no money|I can't], but [I could give you|you can have] {days} more days off.")
        s.a("[That's also nice|I like that|Better than nothing]. [Deal.|Agreed.]")
        s.sum(
            "Instead of {pay} more a month, {A} gets {days} extra days off.",
            "{A} asks {B} for a raise of {pay} and settles for {days} more days off.",
        )


SCENARIOS: list[Scenario] = [
    job_interview,
    meeting_move,
    deadline_extension,
    promotion_news,
    sick_call,
    raise_request,
]
