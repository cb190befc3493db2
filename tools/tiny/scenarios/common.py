"""Openings, digressions, interruptions and closings that fit many scenarios."""

from tools.tiny.grammar import Story

OTHER = {"A": "B", "B": "A"}


def greet(s: Story, role: str, chance: float = 0.8) -> None:
    """With some chance two friends greet each other; the next turn is free to begin anything."""
    if not s.maybe(chance):
        return
    other = OTHER[role]
    v, w = f"{{v{other}}}", f"{{v{role}}}"
    if s.maybe(0.3):
        s.say(role, f"[Hi|Hey|Hello]{v}!")
        s.say(other, f"[Hi|Hey|Oh, hi|Hello]{w}[! What's up?|! What's new?|.|!]")
        return
    s.say(
        role,
        f"[Hi|Hey|Hello]{v}, [how are you|how are things|how's it going]?",
        f"[Morning|Good to see you]{v}! [How are you|How have you been|Everything okay]?",
    )
    s.say(
        other,
        f"[Fine, thanks|Not bad|Pretty good|Good, thanks|All good]{w}.[ And you?| What's up?|]",
        "[A bit tired|Busy as always|Tired but happy|Can't complain|Better than last week].",
        "[Not bad|Good|Great|Very well], [thank you|thanks].",
    )


def _asked(s: Story) -> bool:
    """Whether a question is open, which nobody leaves unanswered for a digression."""
    return bool(s.turns) and s.turns[-1][1].endswith("?")


def _chat(s: Story, role: str) -> None:
    other = OTHER[role]
    topic = s.choose("title", "friend", "weather", "cake", "shop", "family", "show", "news", "eat")
    if topic == "title":
        s.let(aside="title")
        s.say(role, "By the way, [have you read|did you finish] {aside}?")
        s.say(other, "[Not yet|Only half of it|It was great|I gave up]. [Anyway.|]")
    elif topic == "friend":
        s.person("Z")
        s.say(role, "Oh, [have you heard from {Z} lately?|{Z} says hello.|I saw {Z} yesterday.]")
        s.say(other, "[Oh, it's been ages.|Ah, I should call {himZ} some time.]")
    elif topic == "weather":
        s.say(role, "[What a cold day.|It's so hot today.|This rain never stops.]")
        s.say(other, "[Terrible.|I know!|It really is strange this year.] [But anyway.|]")
    elif topic == "cake":
        s.let(aside="cake")
        s.say(role, "[Do you want|Would you like] a piece of {aside}, by the way?")
        s.say(other, "[Oh, yes, please|No, thanks, I just ate|Maybe later, thanks].")
    elif topic == "shop":
        s.let(aside="clothing")
        s.say(role, "By the way, [nice {aside}.|I like your {aside}.|is that a new {aside}?]")
        s.say(
            other, "[Thanks, it was on sale|Thanks, it was a gift|Thank you, I got it last week]."
        )
    elif topic == "family":
        s.say(role, "How is your [mother|brother|sister|father|grandmother], by the way?")
        s.say(other, "[Much better, thanks|The same as ever|Very well, thank you].")
    elif topic == "show":
        s.let(aside="sport")
        s.say(role, "Did you [watch|see] the {aside} [last night|yesterday], by the way?")
        s.say(other, "[I missed it|Only the end|Yes, what a match|No, I fell asleep].")
    elif topic == "news":
        s.let(aside="place")
        s.say(role, "They are [repairing|closing|painting] the {aside} again, [I hear|I read].")
        s.say(other, "[Again? Really?|I know, it's been weeks.|About time.]")
    else:
        s.let(aside="dish")
        s.say(
            role, "[Sorry, I'm eating.|Excuse the noise, I'm cooking.] [It's yesterday's {aside}.|]"
        )
        s.say(other, "[Enjoy!|Sounds good!|Lucky you!]")


def _pause(s: Story, role: str) -> None:
    other = OTHER[role]
    if s.maybe(0.4):
        s.say(
            role,
            "Sorry, [the dog was barking|I dropped my pen|the line is bad|a truck went by]. [What "
            "did you say?|Can you say that again?]",
        )
        s.say(
            other,
            "[Never mind, go on.|It was nothing important.|I was just thinking aloud.]",
        )
        return
    s.say(
        role,
        "[Hold on|One second|Wait a moment], [someone is at the door|my phone is ringing]. [Okay, "
        "I'm back.|Right, go on.|Okay, I'm listening again.]",
        "[Excuse me|Sorry], [I have to close the window|let me find a pen|I need to sit down]. "
        "[Go ahead.|Okay, I'm listening.]",
    )
    s.say(other, "[No problem|Take your time|Don't worry|Sure].")


def aside(s: Story, role: str, chance: float = 0.35) -> None:
    """With some chance a friend digresses or interrupts; never right after a question."""
    if not _asked(s) and s.maybe(chance):
        (_chat if s.maybe(0.65) else _pause)(s, role)


def office(s: Story, role: str, chance: float = 0.3) -> None:
    """With some chance somebody at a desk interrupts; never right after a question."""
    if _asked(s) or not s.maybe(chance):
        return
    s.say(
        role,
        "[One moment, please|Just a second|Bear with me], [the system is slow today|the other "
        "phone is ringing|my screen has frozen|my pen is empty].",
        "[Sorry about the noise|Please excuse the noise], [they are painting next door|we have "
        "builders in|it is very busy today].",
    )
    s.say(OTHER[role], "[No rush|Take your time|No problem|That's all right|I can wait].")


def bye(s: Story, role: str, chance: float = 0.55) -> None:
    """With some chance friends say goodbye."""
    if not s.maybe(chance):
        return
    other = OTHER[role]
    s.say(
        role,
        "[Great|Perfect|Okay], [see you|see you soon|talk to you later|I have to run now]!",
        f"[Thanks|Thanks a lot|Thank you]{{v{other}}}!",
        "[Good|All right|Okay then]. [Take care|Bye for now|Have a nice day]!",
    )
    if s.maybe(0.6):
        s.say(other, "[Bye|See you|Take care|Bye-bye]!")


def thank(s: Story, customer: str, chance: float = 0.6) -> None:
    """With some chance a customer thanks and the other side says goodbye."""
    if not s.maybe(chance):
        return
    s.say(
        customer,
        "[Thank you|Thanks|Thank you very much|Thanks a lot][ for your help|, that's all|].",
        "[Great|Perfect|Wonderful], [thank you|thanks|that's everything].",
    )
    if s.maybe(0.7):
        s.say(
            OTHER[customer],
            "[You're welcome|My pleasure|Not at all|Happy to help]. [Have a nice day|Goodbye]!",
        )
