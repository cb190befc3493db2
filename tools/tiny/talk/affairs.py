"""Composed exchanges about what was done, bought, chosen, sought, agreed or heard."""

from tools.tiny.tales import Tale
from tools.tiny.talk.parts import reason, scene


def past_deed(s: Tale) -> None:
    """A asks B about something that was to be done."""
    scene(s)
    s.a(
        "[Did you {v}|Did you really {v}] the {o}[ {on} {t}|]?",
        "[Who {pv}|When did you {v}|Why did you {v}] [the |my ]{o}?",
    )
    outcome = s.choose("yes", "no_reason", "other", "when")
    if outcome == "yes":
        s.b("[Yes|Yes, I did|I did], {on} {t}[, {at} {w}|, with {X}].")
        s.tell("{B} {pv} the {o} {on} {t}.", "{B} tells {A} that {heB} {pv} the {o} {on} {t}.")
        s.ask("When was it?", "t")
    elif outcome == "no_reason":
        reason(s, "B")
        s.b("[No|Not yet|I couldn't], {why}. [I'll do it|I'll {v} it|But I will] {on} {t}.")
        s.tell(
            "{B} didn't {v} the {o}, because {why_B}, but will do it {on} {t}.",
            "{B} will {v} the {o} {on} {t}.",
        )
        s.ask("When will {B} do it?", "t")
    elif outcome == "other":
        s.b("[That was|It was|No,] {X}[, not me|]. [I {pv} the {o2}.|I only {pv2} the {o2}.]")
        s.tell(
            "{X} {pv} the {o}, and {B} the {o2}.",
            "{B} says that {X} and not {heB} {pv} the {o}.",
        )
        s.ask("Whose work was it?", "X")
    else:
        s.b("{on} {t}[, when I was {at} {w}|, {at} {w}].")
        s.a("[Really|I see|So that's it]. [{X} didn't know.|{X} was surprised.|]")
        s.tell(
            "{A} wants to know about the {o}, which {B} {pv} {on} {t} {at} {w}.",
            "{B} {pv} the {o} {at} {w} {on} {t}.",
        )
        s.ask("Where was it?", "w")
    s.ask("What does {A} ask about?", "o")


def bargain(s: Tale) -> None:
    """A wants to buy something from B."""
    scene(s)
    s.let(p="price:10-900", p2="price:10-900")
    s.a(
        "[How much is|What do you want for|What does] [the |this |your ]{o}[ cost|]?",
        "Is [the |this ]{o} for sale?",
    )
    s.b("[It's|It costs|You can have it for|I'm asking] {p}.")
    s.ask("How much does {B} ask?", "p")
    outcome = s.choose("take", "lower_yes", "lower_no", "other")
    if outcome == "take":
        s.a(
            "[I'll take it|Good, I'll buy it|Fine, wrap it up]. [I'll fetch it|I'll come] {on} {t}."
        )
        s.tell(
            "{A} buys the {o} from {B} for {p} and fetches it {on} {t}.",
            "{B} sells {A} the {o} for {p}.",
        )
    elif outcome == "lower_yes":
        s.a("[Would you take|I only have|I'll give you|What about] {p2}?")
        s.b("[All right|Because it's you, yes|Okay], {p2}.")
        s.tell(
            "{B} sells {A} the {o} for {p2} instead of {p}.",
            "{A} gets the {o} for {p2}, although {B} asked for {p}.",
        )
        s.ask("What does {A} pay?", "p2")
    elif outcome == "lower_no":
        s.a("[Would you take|I only have|I'll give you] {p2}?")
        s.b("[No|Never|Sorry], [{X} offers more|{X} will pay {p}|I'll sell it to {X} then].")
        s.tell(
            "{A} offers {p2} for the {o}, but {B} refuses because of {X}.",
            "{B} doesn't sell the {o} to {A} for {p2}.",
        )
        s.ask("What does {A} offer?", "p2")
    else:
        s.a("[Too expensive|I can't pay that]. And the {o2}?")
        s.b("[Only|That's|That one is] {p2}.")
        s.a("[Good, then I'll take that|I'll take the {o2}|That's better].")
        s.tell(
            "{A} buys the {o2} for {p2}, because the {o} for {p} is too expensive.",
            "{A} takes the {o2} for {p2} and not the {o}.",
        )
        s.ask("What does {A} buy?", "o2")


def choice(s: Tale) -> None:
    """B helps A to choose between two things or two people."""
    scene(s)
    if s.maybe(0.6):
        s.a("[Shall I {v}|Should I {v}|Which is better,] the {o} or the {o2}?")
        s.b("The {o2}[, I think|]. [The {o} is {bad}.|It's {good}.]")
        if s.maybe(0.6):
            s.a("[Okay|Good|You're right][, the {o2}|]. [I'll do it {on} {t}.|{on} {t}, then.]")
            s.tell(
                "{A} will {v} the {o2} {on} {t}, as {B} advises.",
                "{B} prefers the {o2} to the {o}, and {A} will {v} it {on} {t}.",
            )
        else:
            s.a("[But I like the {o} more|No, I'll take the {o}|Hmm, I prefer the {o}].")
            s.tell(
                "{B} advises {A} to {v} the {o2}, but {A} prefers the {o}.",
                "{A} will {v} the {o}, although {B} is for the {o2}.",
            )
        s.ask("What does {B} advise?", "o2")
    else:
        s.person("Y")
        s.a("[Who should|Who will|Who can] {v} the {o}[ {on} {t}|], {X} or {Y}?")
        s.b("{Y}. {X} [is ill|has no time|is in {town}|would forget it|is too slow].")
        s.tell(
            "{Y} should {v} the {o}, not {X}.",
            "{B} wants {Y} to {v} the {o} instead of {X}.",
        )
        s.ask("Who should do it?", "Y")


def search(s: Tale) -> None:
    """A looks for something."""
    scene(s)
    s.a(
        "[Where is|Have you seen|I can't find|Did you see] [the |my ]{o}{vB}?",
        "I['ve lost| need] my {o}. [Any idea where it is?|]",
    )
    outcome = s.choose("place", "person", "lent", "unknown")
    if outcome == "place":
        s.b("[It's|You left it|I saw it|It must be] {at} {w}.")
        s.tell(
            "{A} is looking for the {o}, which is {at} {w}.",
            "{B} tells {A} that the {o} is {at} {w}.",
        )
        s.ask("Where is it?", "w")
    elif outcome == "person":
        s.b("{X} [took it|has it|{pv} it|needed it] [{on} {t}|yesterday|].")
        s.a("[I'll ask {himX}|I'll call {himX}|Then I'll wait]. [Thanks.|]")
        s.tell(
            "{A} can't find the {o}, because {X} has it.",
            "{B} says that {X} has {A}'s {o}.",
        )
        s.ask("Who has it?", "X")
    elif outcome == "lent":
        s.b(
            "[I borrowed it|I have it|I took it], [because|since] {why_own}. You['ll| will] "
            "get it back {on} {t}."
        )
        s.tell(
            "{B} has {A}'s {o} and will give it back {on} {t}.",
            "{A} gets the {o} back from {B} {on} {t}.",
        )
        s.ask("When does {A} get it back?", "t")
    else:
        s.b("[No|No idea|Sorry, no]. [Take|You can have|Use] my {o2}[ instead|].")
        s.a("[Thanks|Thank you|That helps]. You get it back {on} {t}.")
        s.tell(
            "{A} can't find the {o} and takes {B}'s {o2} until {t}.",
            "{B} lends {A} a {o2}, because the {o} is lost.",
        )
        s.ask("What does {B} give {A}?", "o2")
    s.ask("What does {A} look for?", "o")


def appointment(s: Tale) -> None:
    """A and B find a time."""
    scene(s)
    s.a(
        "[When can we|When shall we|Can we] [{v} the {o}|meet about the {o}|talk about the {o}]?",
        "[I'd like to|I want to|Let's] [{v} the {o}|meet about the {o}] with you{vB}. When?",
    )
    s.b("[How about|Perhaps|What about|Maybe] {t}?")
    outcome = s.choose("ok", "change", "change", "reason")
    if outcome == "ok":
        s.a("[Good|Fine|That's fine with me|Okay]. [Where?|Where do we meet?]")
        s.b("{at} {w}[, if you like|, as always|].")
        s.tell(
            "{A} and {B} will meet {on} {t} {at} {w} about the {o}.",
            "They are going to deal with the {o} {at} {w} {on} {t}.",
        )
        s.ask("Where will they meet?", "w")
    elif outcome == "change":
        s.redraw("t")
        reason(s, "A")
        s.a("[I can't|That's bad|Not then], {why}. [What about|Better|Rather] {t}?")
        s.b("[Okay|Fine|Good], {t}[ then|].")
        s.tell(
            "{A} and {B} agree on {t}, because {why_A}.",
            "They will meet {on} {t} instead of {old_t} to {v} the {o}.",
        )
    else:
        reason(s, "A")
        s.a("[I can't|No], {why}. [Ask {X}.|Take {X} with you.]")
        s.tell(
            "{A} has no time {on} {t}, because {why_A}.",
            "{B} will meet {X} about the {o} {on} {t}, because {why_A}.",
        )
    s.ask("When is it, in the end?", "t")


def hearsay(s: Tale) -> None:
    """A tells what somebody else does."""
    scene(s)
    s.a(
        "[Did you hear|Have you heard|You know what]? {X} [wants to|will|is going to] {v} "
        "[a |the ]{o} {at} {w}.",
        "{X} [told me|says|writes] that {heX} [wants to|will] {v} [a |the ]{o} {at} {w}.",
    )
    outcome = s.choose("doubt", "when", "help", "own")
    if outcome == "doubt":
        s.b(
            "[I don't believe it|Never|That's not true]. {heX} [only {pv2}|wants to {v2}] "
            "[a |the ]{o2}."
        )
        s.tell(
            "{A} says that {X} will {v} the {o}, but {B} doesn't believe it.",
            "According to {B}, {X} only wants the {o2}, not the {o}.",
        )
    elif outcome == "when":
        s.b("[When|When is that]?")
        s.a("{on} {t}[, I think|, {heX} said|].")
        s.tell(
            "{X} is going to {v} the {o} {at} {w} {on} {t}.",
            "{A} tells {B} that {X} will {v} the {o} {on} {t}.",
        )
        s.ask("When will it happen?", "t")
    elif outcome == "help":
        s.b(
            "[I'll help {himX}|I could help {himX}|Tell {himX} that I can help]. [I have a "
            "{o2}.|My {o2} may be useful.]"
        )
        s.tell(
            "{B} wants to help {X} to {v} the {o} {at} {w}.",
            "{B} will help {X}, who wants to {v} the {o}, with a {o2}.",
        )
    else:
        reason(s, "B")
        s.b("[I wanted to do that|I should do that too], but {why}.")
        s.tell(
            "{X} will {v} the {o} {at} {w}, which {B} can't do because {why_B}.",
            "{A} and {B} talk about {X}, who is going to {v} the {o} {at} {w}.",
        )
    s.ask("Who wants to {v} something?", "X")
    s.ask("Where?", "w")
