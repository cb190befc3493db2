"""Composed exchanges about what somebody is to do, wants to do, offers or may do."""

from tools.tiny.tales import Tale
from tools.tiny.talk.parts import details, reason, scene


def errand(s: Tale) -> None:
    """A asks B to do something."""
    scene(s)
    s.a(
        "[Can|Could|Will|Would] you {v} [the |my |this ]{o} {on} {t}[, please|{vB}|]?",
        "[Please {v}|I want you to {v}|You must {v}|I need you to {v}] [the |my |our ]{o} "
        "{on} {t}{vB}.",
        "[I need|I'm looking for] somebody to {v} [the |my |a ]{o} {on} {t}. [Can you do it?|]",
    )
    s.ask("What is {B} asked to {v} at first?", "o")
    outcome = s.choose("agree", "reason", "pass_on", "later", "price", "swap", "swap")
    if outcome == "agree":
        s.b(
            "[Sure|No problem|I will|Gladly|Of course|All right].",
            "[Consider it done|You can rely on me].",
        )
        tail = details(s, "A")
        s.tell(
            "{B} will {v} the {o} for {A} {on} {t}" + tail + ".",
            "{A} asks {B} to {v} the {o} {on} {t}" + tail + ", and {B} agrees.",
            "{B} {tv} the {o} {on} {t}" + tail + ", as {A} wants.",
        )
        s.ask("When will it be done?", "t")
    elif outcome == "reason":
        reason(s, "B")
        s.b("[Sorry|No|I'm afraid not|I can't], {why}.")
        s.tell(
            "{B} can't {v} the {o} for {A} {on} {t}, because {why_B}.",
            "{A} wants {B} to {v} the {o} {on} {t}, but {why_B}.",
        )
    elif outcome == "pass_on":
        s.b("[Ask {X}|{X} can do that|Let {X} do it]. [{heX} knows how.|{heX} has time.|]")
        s.tell(
            "{A} wants {B} to {v} the {o} {on} {t}, but {B} proposes {X}.",
            "{B} thinks that {X} should {v} the {o} for {A} {on} {t}.",
        )
        s.ask("Who shall {v} the {o}?", "X")
    elif outcome == "later":
        s.redraw("t")
        s.b("[Not {on} {old_t}|{old_t} is bad]. [How about|Better|Is it possible {on}] {t}?")
        s.a("[Okay|Fine|That's fine|That will do][, {t}|].")
        tail = details(s, "A")
        s.tell(
            "{B} will {v} the {o} {on} {t} instead of {old_t}" + tail + ".",
            "{A} wanted {B} to {v} the {o} {on} {old_t}, but they agree on {t}" + tail + ".",
        )
        s.ask("When will it be done in the end?", "t")
    elif outcome == "price":
        s.let(p="price:5-900")
        s.b("[That's|That costs|I'd do it for|Give me] {p}.")
        if s.maybe():
            s.a("[Fine|Okay|Deal|All right]. [{p} it is.|]")
            s.tell(
                "{A} pays {B} {p} to {v} the {o} {on} {t}.",
                "{B} will {v} the {o} {on} {t} for {p}.",
            )
        else:
            s.a("[Too much|That's too much for me|No way]! [I'll do it myself.|Forget it.]")
            s.tell(
                "{B} wants {p} to {v} the {o} {on} {t}, which is too much for {A}.",
                "{A} doesn't want to pay {B} {p}.",
            )
        s.ask("How much does {B} want?", "p")
    else:
        s.a("[No, wait|Sorry|Oh, no], [I mean the {o2}|not the {o}, the {o2}|the {o2} instead].")
        s.b("[Okay|All right|Fine], the {o2}[ then|].")
        s.tell(
            "{B} will {v} the {o2} {on} {t}, not the {o}.",
            "{A} asks {B} to {v} the {o2} {on} {t} instead of the {o}.",
        )
        s.ask("What will {B} {v}?", "o2")


def intention(s: Tale) -> None:
    """B tells what B is going to do."""
    scene(s)
    s.b(
        "I'm [going|about] to {v} [a |the |this ]{o} {on} {t}.",
        "{on} {t} I [will|have to|want to|must] {v} [a |the |my ]{o}.",
        "I [will|have to|want to] {v} [a |the |my ]{o} {at} {w} {on} {t}.",
    )
    outcome = s.choose("why", "join", "warn", "ask_place", "give_up")
    if outcome == "why":
        reason(s, "B")
        s.a("[Why|What for|How come]?")
        s.b("[Because|Well,] {why}.")
        s.tell(
            "{B} is going to {v} the {o} {on} {t}, because {why_B}.",
            "Because {why_B}, {B} wants to {v} the {o} {on} {t}.",
        )
    elif outcome == "join":
        s.a("[Can I|May I|Could I] [come along|join you|help]?")
        if s.maybe():
            s.b("[Of course|Sure|Yes, please]. [Bring|You can bring] [the |a ]{o2}.")
            s.tell(
                "{A} will help {B} to {v} the {o} {on} {t} and bring a {o2}.",
                "{A} and {B} are going to {v} the {o} {on} {t}. {A} brings a {o2}.",
            )
            s.ask("What does {A} bring?", "o2")
        else:
            s.b("[No, {X} helps me|{X} is coming already|No, I only need {X}].")
            s.tell(
                "{B} will {v} the {o} {on} {t} with {X}, not with {A}.",
                "{A} can't help {B} to {v} the {o}, because {X} does.",
            )
            s.ask("Who helps {B}?", "X")
    elif outcome == "warn":
        s.a("[Don't|Better not|You can't]! [{X} will be angry.|{X} lost it.|Ask {X} first.]")
        s.b("[Okay|You're right|Hmm, true]. [Then I'll|I'd rather] {v2} [the |a ]{o2}.")
        s.tell(
            "{B} wants to {v} the {o} {on} {t}, but {A} advises against it because of {X}.",
            "Because of {X}, {B} will {v2} the {o2} and not {v} the {o}.",
        )
        s.ask("What will {B} {v2} in the end?", "o2")
    elif outcome == "ask_place":
        s.a("[Where|Where is that|Where will you do it]?")
        s.b("[{at} {w}|Oh, {at} {w}|It's {at} {w}].")
        s.tell(
            "{B} tells {A} that {heB} will {v} the {o} {at} {w} {on} {t}.",
            "{B} is going to {v} the {o} {on} {t} {at} {w}.",
        )
        s.ask("Where will {B} {v} it?", "w")
    else:
        s.a("[But|Don't you know?] [{X} {pv} it|{X} has it|it's {X}'s] [already|now|].")
        s.b("[Really|Oh]? [Then I don't need to|Then I won't].")
        s.tell(
            "{B} doesn't have to {v} the {o} {on} {t}, because of {X}.",
            "{A} tells {B} about {X}, so {B} won't {v} the {o}.",
        )
    s.ask("What does {B} want to {v} at first?", "o")


def offer(s: Tale) -> None:
    """A offers to do something for B."""
    scene(s)
    s.a(
        "[Shall I|Can I|Should I] {v} [the |your |this ]{o} for you{vB}?",
        "[Let me|I could|I can] {v} [the |your |that ]{o}[ for you|], if you [like|want].",
    )
    outcome = s.choose("yes", "done", "rather", "reason")
    if outcome == "yes":
        s.b(
            "[Yes, please|That would be great|Oh, thank you]. [{on} {t}?|Come {on} {t}.|{t} "
            "is best.]"
        )
        tail = details(s, "B")
        s.tell(
            "{A} will {v} the {o} for {B} {on} {t}" + tail + ".",
            "{A} offers to {v} the {o}, and {B} wants it {on} {t}" + tail + ".",
        )
        s.ask("When shall {A} do it?", "t")
    elif outcome == "done":
        s.b(
            "[No, thanks|No need|Not necessary]. {X} [{pv} it {on} {t}|did that {on} "
            "{t}|was here {on} {t}]."
        )
        s.tell(
            "{A} doesn't have to {v} the {o}, because {X} did it {on} {t}.",
            "{B} refuses {A}'s help with the {o}, as {X} {pv} it {on} {t}.",
        )
        s.ask("Who was faster?", "X")
    elif outcome == "rather":
        s.b("[I'd rather have you|No, please|Better] {v2} the {o2}[ {on} {t}|]. [{why2}|]")
        s.tell(
            "{A} offers to {v} the {o}, but {B} wants {himA} to {v2} the {o2}.",
            "Instead of {gv} the {o}, {A} should {v2} the {o2}.",
        )
        s.ask("What should {A} {v2}?", "o2")
    else:
        reason(s, "B")
        s.b("[No, thank you|Thanks, but no|Please don't], {why}.")
        s.tell(
            "{B} doesn't want {A} to {v} the {o}, because {why_B}.",
            "{A} offers {B} to {v} the {o}, but {B} refuses because {why_B}.",
        )
    s.ask("What does {A} offer to {v}?", "o")


def permission(s: Tale) -> None:
    """B asks A for something."""
    scene(s)
    s.b(
        "[May I|Can I|Could I|Am I allowed to] {v} [your |the |this ]{o}{vA}?",
        "[Would you mind if I|Is it all right if I] {v} [your |the ]{o}[ {on} {t}|]?",
    )
    outcome = s.choose("condition", "until", "no", "no")
    if outcome == "condition":
        s.a("[Only if you|Yes, but first|If you] {v2} [the |my ]{o2}.")
        s.tell(
            "{B} may {v} the {o} if {heB} will {v2} the {o2}.",
            "{A} wants {B} to {v2} the {o2} before {heB} may {v} the {o}.",
        )
        s.ask("What must {B} {v2}?", "o2")
    elif outcome == "until":
        s.a("[Yes|Sure], [but only until {t}|until {t}|but I need it {on} {t}].")
        s.tell(
            "{A} allows {B} to {v} the {o} until {t}.",
            "{B} may {v} {A}'s {o}, but only until {t}.",
        )
        s.ask("Until when?", "t")
    else:
        reason(s, "A")
        s.a("[No|Sorry|Please don't], {why}.")
        s.tell(
            "{A} doesn't let {B} {v} the {o}, because {why_A}.",
            "{B} asks {A} to {v} the {o}, but {A} says no because {why_A}.",
        )
    s.ask("What does {B} want to {v}?", "o")
