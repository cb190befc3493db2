"""Exchanges with two ends: agreed or refused, believed or not."""

from tools.tiny.tales import Tale


def coin(s: Tale) -> None:
    s.let(find_place="street", find="thing", reward="price:5-300")
    s.a("Look[{vB}|], [I found this {find}|what I found, a {find}] on {find_place}.")
    if s.maybe():
        s.b("[Bring it to the police|Hand it in]. [Somebody|The owner] will pay you {reward}.")
        s.tell(
            "{B} thinks that {A} should hand in the {find} from {find_place} for {reward}.",
            "{A} can get {reward} for the {find} that {heA} found on {find_place}.",
        )
        s.ask("How much will {A} get?", "reward")
    else:
        s.b("[Keep it|It's yours now]. [Nobody will miss it.|It's old anyway.]")
        s.tell(
            "{A} keeps the {find} that {heA} found on {find_place}, as {B} advises.",
            "{B} tells {A} to keep the {find} from {find_place}.",
        )
    s.ask("What did {A} find?", "find")


def wager(s: Tale) -> None:
    s.let(stake="price:5-90", team="city", rival="city")
    s.a("I bet {stake} that {team} [wins|beats {rival}].")
    if s.maybe():
        s.b("[Done|I take the bet]. {rival} is [better|stronger].")
        s.tell(
            "{A} and {B} bet {stake} on {team} against {rival}.",
            "{B} takes {A}'s bet of {stake}, because {heB} believes in {rival}.",
        )
        s.ask("Which team does {B} believe in?", "rival")
    else:
        s.b("[I never bet|Not me]. [I lost {stake} with {rival}.|I believe in {rival}, though.]")
        s.tell(
            "{A} offers a bet of {stake} on {team}, but {B} refuses.",
            "{B} doesn't want to bet {stake} on {team} or {rival}.",
        )
    s.ask("How high is the bet?", "stake")


def naming(s: Tale) -> None:
    s.let(first_name="pet", second_name="pet", creature="animal")
    s.a("[How shall I call|What is a good name for] my new {creature}? {first_name}?")
    s.b("[Everybody|My uncle] has a {first_name}. [Take|Call it] {second_name}.")
    if s.maybe(0.6):
        s.a("{second_name}! [I like it.|That's it.]")
        s.tell(
            "{A} calls the {creature} {second_name} instead of {first_name}.",
            "{B} helps {A} to name the {creature} {second_name}.",
        )
        s.ask("What is the {creature}'s name in the end?", "second_name")
    else:
        s.a("No, {first_name} [it is|is nicer].")
        s.tell(
            "{A} names the {creature} {first_name}, although {B} wants {second_name}.",
            "{B} suggests {second_name}, but {A}'s {creature} will be {first_name}.",
        )
        s.ask("What is the {creature}'s name in the end?", "first_name")


def parade(s: Tale) -> None:
    s.let(robe="clothing", hue="color", street_of_parade="street")
    s.a(
        "[What will you wear|What are you going to wear] [for|in] the parade on {street_of_parade}?"
    )
    s.b("[A|My] {hue} {robe}.")
    if s.maybe(0.4):
        s.redraw("hue")
        s.a("Not {old_hue}, [please|everybody has that].")
        s.b("[Then|All right,] {hue}.")
        s.tell(
            "{B} will wear a {hue} {robe} in the parade, not a {old_hue} one, because of {A}.",
            "For the parade on {street_of_parade}, {B} changes from {old_hue} to {hue}.",
        )
    else:
        s.tell(
            "{B} is going to wear a {hue} {robe} in the parade on {street_of_parade}.",
            "{B} tells {A} about the {hue} {robe} for the parade.",
        )
    s.ask("What color will {B} wear?", "hue")


def rumor(s: Tale) -> None:
    s.person("X")
    s.let(piece="furniture", cost="price:90-4000")
    s.a("[Did you hear|Have you heard]? {X} paid {cost} for a {piece}.")
    if s.maybe():
        s.b("[That's a lie|Nonsense]. [It was a present.|{heX} has no money.]")
        s.tell(
            "{B} doesn't believe that {X} paid {cost} for a {piece}.",
            "{A} says that {X} bought a {piece} for {cost}, but {B} says it's a lie.",
        )
    else:
        s.b("[I saw it|I know]. [It's worth it.|It's beautiful.]")
        s.tell(
            "{A} and {B} talk about the {piece} that {X} bought for {cost}.",
            "{X} paid {cost} for a {piece}, and {B} has seen it.",
        )
    s.ask("What did {X} buy?", "piece")
    s.ask("How much was it?", "cost")


def choir(s: Tale) -> None:
    s.let(song="title", singing_day="day", other_day="day")
    s.a("[Our choir sings|We sing] {song} on {singing_day}.")
    if s.maybe():
        s.b("[On {singing_day} I can't|I have no time then]. [Do you sing|Again] on {other_day}?")
        s.a("[Yes, you can hear it|We do], on {other_day} too.")
        s.tell(
            "{B} can hear {song} on {other_day}, because {heB} has no time on {singing_day}.",
            "{A}'s choir sings {song} on {singing_day} and {other_day}.",
        )
    else:
        s.b("[I'll listen|I'd love to hear that].")
        s.tell(
            "{B} wants to hear {song} on {singing_day}.",
            "On {singing_day}, {A} sings {song}, and {B} will listen.",
        )
    s.ask("What does the choir sing?", "song")


def seats(s: Tale) -> None:
    s.let(my_seat="digits:1-40", your_seat="digits:41-90")
    s.b("[Excuse me|Sorry], [that's my place|you're in my place]. I have number {your_seat}.")
    s.a("[Oh|Is it]? [Mine is|I have] {my_seat}. [I want to see the screen.|My back hurts.]")
    if s.maybe():
        s.b("[Stay|Never mind], I'll take {my_seat}.")
        s.tell(
            "{B} gives place {your_seat} to {A} and takes {my_seat}.",
            "{A} may keep place {your_seat}, and {B} sits on {my_seat}.",
        )
    else:
        s.b("[I'm sorry, but I need it|No, please move].")
        s.tell(
            "{B} wants {A} to leave place {your_seat} and go to {my_seat}.",
            "{A} has to move from {your_seat} to {my_seat}, because {B} needs {hisB} place.",
        )
    s.ask("Which number does {B} have?", "your_seat")


def discovery(s: Tale) -> None:
    s.person("X")
    s.person("Y")
    s.let(matter="topic")
    s.a("{X} [wrote|gave] the first [book|talk] about {matter}.")
    s.b("[No, that was|It was] {Y}. [I read it.|I'm sure.]")
    s.tell(
        "{A} and {B} don't agree whether {X} or {Y} was the first to deal with {matter}.",
        "{B} is sure that {Y}, not {X}, was first with {matter}.",
    )
    s.ask("Who was the first, according to {B}?", "Y")
    s.ask("Who was the first, according to {A}?", "X")


def counting(s: Tale) -> None:
    s.let(herd="digits:12-300", flock="animal", water="sight")
    s.a("[I counted|There were] {herd} of them near the {water}, all of the {flock} kind.")
    if s.maybe(0.5):
        s.redraw("herd")
        s.b("[I counted {herd}|It was {herd}]. [Count again.|I have a list.]")
        s.a("[Perhaps|You may be right], {herd}.")
        s.tell(
            "They agree on {herd} animals near the {water}, not {old_herd}.",
            "{A} accepts {B}'s count of {herd} near the {water}.",
        )
    else:
        s.b("[That's a lot|So many]!")
        s.tell(
            "{A} counted {herd} animals near the {water}.",
            "{B} wonders about {herd} animals near the {water}.",
        )
    s.ask("How many animals were there in the end?", "herd")


def heirloom(s: Tale) -> None:
    s.person("X")
    s.let(legacy="furniture", heir_city="city")
    s.a("[My aunt|My uncle|Old] {X} has left me a {legacy} [in {heir_city}|from {heir_city}].")
    if s.maybe():
        s.b("[What will you do with it|Will you keep it]?")
        s.a("[Sell it|I'll sell it], [my room is full|I need the money].")
        s.tell(
            "{A} is going to sell the {legacy} from {heir_city} that {X} left {himA}.",
            "{A} inherits a {legacy} from {X}, but will sell it.",
        )
    else:
        s.b("[How will you carry it|Isn't it heavy]?")
        s.a("[By ship|On a cart]. I [loved {X}|want to keep it].")
        s.tell(
            "{A} keeps the {legacy} that {X} left {himA} in {heir_city}.",
            "{A} inherits a {legacy} from {X} and wants to keep it.",
        )
    s.ask("Who left the {legacy}?", "X")


def confession(s: Tale) -> None:
    s.person("X")
    s.let(broken="appliance")
    s.a("[I have to tell you something|Don't be angry]. I broke [the|{X}'s] {broken}.")
    if s.maybe():
        s.b("[Tell {X} yourself|{X} must know]. [It's only fair.|Today!]")
        s.tell(
            "{A} broke a {broken} and has to tell {X}.",
            "{B} wants {A} to tell {X} about the broken {broken}.",
        )
    else:
        s.b("[I won't tell {X}|{X} never uses it]. [Buy a new one.|Forget it.]")
        s.tell(
            "{B} won't tell {X} that {A} broke the {broken}.",
            "{A} broke a {broken}, but {X} is not going to hear of it.",
        )
    s.ask("What did {A} break?", "broken")
    s.ask("Who is not here but named?", "X")


def old_debt(s: Tale) -> None:
    s.person("X")
    s.let(owed="price:20-900", due="day")
    s.b("{X} [says|told me] that you still owe {himX} {owed}.")
    if s.maybe():
        s.a("[That's true|I know]. {heX} gets it on {due}.")
        s.tell("{A} will give {X} the {owed} on {due}.", "{X} gets {owed} from {A} on {due}.")
    else:
        s.a("[I paid|I gave it back] on {due}! [Ask {himX} again.|{heX} forgets everything.]")
        s.tell(
            "{A} says that {heA} paid {X} on {due}.",
            "{X} wants {owed}, but {A} says that it was paid on {due}.",
        )
    s.ask("How much is it about?", "owed")


def weekday_rule(s: Tale) -> None:
    s.let(quiet_day="day", loud="sport", from_time="clock")
    s.b("[May we|Can we] [do|practice] {loud} [in the yard|here] on {quiet_day}?")
    if s.maybe():
        s.a("[Only after|Not before] {from_time}.")
        s.tell(
            "{B} may practice {loud} on {quiet_day}, but only after {from_time}.",
            "{A} allows {loud} on {quiet_day} after {from_time}.",
        )
        s.ask("After what time is it allowed?", "from_time")
    else:
        s.a("[No|Never]! [My baby sleeps.|I want to read.] [Try|Come] on another day.")
        s.tell(
            "{A} doesn't allow {loud} on {quiet_day}.",
            "{B} can't practice {loud} on {quiet_day}, because {A} says no.",
        )
    s.ask("What does {B} want to do?", "loud")


def delegates(s: Tale) -> None:
    s.person("X")
    s.person("Y")
    s.let(firm="company")
    s.a("[Who speaks|Who will speak] for {firm}?")
    s.b("{X}. [Or {Y}, if {heX} is ill.|{Y} was too expensive.|{Y} said no.]")
    s.tell(
        "{X} speaks for {firm}, not {Y}.",
        "{B} tells {A} that {firm} sends {X} and not {Y}.",
    )
    s.ask("Who speaks for {firm}?", "X")


def proverb(s: Tale) -> None:
    s.let(wise="surname", held="subject")
    s.a("[Doctor|Professor] {wise} says that {held} [is a waste of time|is for everybody].")
    if s.maybe():
        s.b("[{wise} is right|I think so too].")
        s.tell(
            "{A} and {B} agree with {wise} about {held}.", "{B} thinks as {wise} does about {held}."
        )
    else:
        s.b("[What does {wise} know|I don't believe a word]!")
        s.tell(
            "{B} doesn't share the opinion of {wise} about {held}.",
            "{A} quotes {wise} on {held}, but {B} doesn't believe it.",
        )
    s.ask("Whose opinion is it?", "wise")


ARGUED = (
    coin,
    wager,
    naming,
    parade,
    rumor,
    choir,
    seats,
    discovery,
    counting,
    heirloom,
    confession,
    old_debt,
    weekday_rule,
    delegates,
    proverb,
)
