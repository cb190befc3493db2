"""Exchanges in which one speaker tells the other something."""

from tools.tiny.tales import Tale


def ancestor(s: Tale) -> None:
    s.let(origin="city", century="digits:12-90")
    s.a(
        "My [grandfather|grandmother] came from {origin}[, you know|].",
        "My family is from {origin}.",
    )
    s.b("[Really|Oh]? [When was that|How long ago]?")
    s.a("{century} years ago.", "It must be {century} years now.")
    s.tell(
        "{A}'s family came from {origin} {century} years ago.",
        "{A} tells {B} that {hisA} family left {origin} {century} years ago.",
    )
    s.ask("Where does {A}'s family come from?", "origin")


def dream(s: Tale) -> None:
    s.let(beast="animal", beast_color="color")
    s.b("[You look tired|Did you sleep well]{vA}?")
    s.a("I dreamed of a {beast_color} {beast}. [It talked to me.|It was huge.|I ran and ran.]")
    s.tell(
        "{A} is tired after a dream about a {beast_color} {beast}.",
        "{A} had a dream about a {beast}, which was {beast_color}.",
    )
    s.ask("What animal did {A} dream of?", "beast")


def allergy(s: Tale) -> None:
    s.let(bad="grocery", good="grocery")
    s.b("[Have some {bad}|Do you want {bad}][, {A}|]?")
    s.a("[No, thanks|I can't]. [It makes me sick.|I'm allergic to it.] [But I|I] like {good}.")
    s.tell(
        "{A} can't eat {bad}, but likes {good}.",
        "{A} prefers {good}, because {bad} makes {himA} sick.",
    )
    s.ask("What does {A} not eat?", "bad")
    s.ask("What does {A} like?", "good")


def cousin(s: Tale) -> None:
    s.person("X")
    s.let(post="job", far="city", since="number:2-20")
    s.a("[My cousin|My friend|Our neighbor] {X} [is|works as] a {post} [now|] in {far}.")
    s.b("[Since when|For how long]?")
    s.a("For {since} years.", "{since} years, I think.")
    s.tell(
        "{A} knows a {post} in {far} called {X}.",
        "{X} has worked as a {post} in {far} for {since} years.",
        "{A} tells {B} about {X}, who is a {post} in {far}.",
    )
    s.ask("Where does {X} work?", "far")
    s.ask("What is {X}'s job?", "post")


def practice(s: Tale) -> None:
    s.person("X")
    s.let(art="sport", spell="length:weeks")
    s.b("[Is it true that you|Do you] teach {X} {art}?")
    s.a("Yes, [for|since] {spell}. [{heX} is good.|{heX} still falls down.]")
    s.tell(
        "{A} has taught {X} {art} for {spell}.",
        "{X} learns {art} from {A}, [who is pleased|who has patience].",
    )
    s.ask("What does {X} learn?", "art")
    s.ask("Who learns it?", "X")


def fear(s: Tale) -> None:
    s.let(scare="animal", spot="sight")
    s.b("Why don't you [come|walk] past the {spot}{vA}?")
    s.a("There's a {scare}. [I'm afraid of it.|It barked at me.|I hate those.]")
    s.tell(
        "{A} avoids the {spot} for fear of a {scare}.",
        "A {scare} is the reason why {A} doesn't go to the {spot}.",
    )
    s.ask("What is {A} afraid of?", "scare")


def password(s: Tale) -> None:
    s.let(secret="code", door="room")
    s.b("[What is|Tell me] the code for [door|locker] {door}?")
    s.a("{secret}. [Don't write it down.|Keep it to yourself.]")
    s.tell(
        "{A} gives {B} the code {secret} for number {door}.",
        "{B} gets the code {secret} from {A}[, who wants it kept secret|].",
    )
    s.ask("What is the code?", "secret")


def collection(s: Tale) -> None:
    s.let(item="gift", have="digits:11-400", lack="color")
    s.a("I [have|own] {have} pieces like this {item}.")
    s.b("[All of them|So many]? [What do you still need|Which one is missing]?")
    s.a("[A|The] {lack} one.")
    s.tell(
        "{A} has {have} pieces, but no {lack} {item} yet.",
        "{A} still looks for a {lack} {item}, although {heA} has {have} pieces.",
    )
    s.ask("How many pieces does {A} have?", "have")
    s.ask("What color is missing?", "lack")


def rain(s: Tale) -> None:
    s.let(wet="city", wet_days="number:3-30")
    s.a("It [has rained|has been raining] in {wet} for {wet_days} days.")
    s.b(
        "[Here too|Poor people]. [My cellar is full of water.|Nothing is dry.]",
        "[And here not a drop.|Here it's dry.]",
    )
    s.tell(
        "It has rained in {wet} for {wet_days} days.",
        "{A} complains about {wet_days} days of rain in {wet}.",
    )
    s.ask("Where does it rain?", "wet")


def meals(s: Tale) -> None:
    s.person("X")
    s.let(served="dish", wanted="dish")
    s.b("[What does {X} cook today|What is there to eat]?")
    s.a("{served}. {X} [makes|cooks] it.", "{X} has made {served}.")
    s.b("[Again|Oh no]? [I hoped for|I would rather have] {wanted}.")
    s.tell(
        "{B} would rather have {wanted} than {X}'s {served}.",
        "{X} has made {served}, but {B} hoped for {wanted}.",
    )
    s.ask("What did {B} hope for?", "wanted")
    s.ask("What does {X} cook?", "served")


def record_swim(s: Tale) -> None:
    s.let(laps="digits:20-300", best="digits:301-900")
    s.a("I swam {laps} [laps|lengths] [today|this morning].")
    s.b("[My best is|I once did] {best}. [Ha!|Keep at it.]")
    s.tell(
        "{A} swam {laps} laps, while {B}'s best is {best}.",
        "{B} is proud of {best} laps, which is more than {A}'s {laps}.",
    )
    s.ask("How many laps did {A} swim?", "laps")


def photograph(s: Tale) -> None:
    s.person("X")
    s.let(shot_in="country", year="digits:1950-1999")
    s.b("Who is that [in the photo|on the picture]?")
    s.a("{X}[, my aunt|, my teacher|], in {shot_in}. [That was|It's from] {year}.")
    s.tell(
        "{A} shows {B} a photo of {X} in {shot_in}, taken in {year}.",
        "The photo shows {X} in {shot_in} in {year}.",
    )
    s.ask("Who is in the photo?", "X")
    s.ask("From which year is the photo?", "year")


def forgotten_name(s: Tale) -> None:
    s.person("X")
    s.let(meeting="event")
    s.b("[What was the name of that man|Who was the person] from the {meeting}?")
    s.a("[You mean|That was] {X}. [{heX} sent you flowers.|{heX} asked about you.]")
    s.tell(
        "{B} has forgotten the name of {X} from the {meeting}.",
        "{A} reminds {B} of {X}, [whom {heB} met|who was] at the {meeting}.",
    )
    s.ask("Whose name did {B} forget?", "X")


def machine(s: Tale) -> None:
    s.let(goods="clothing", output="digits:20-900", shift="length:hours")
    s.a("[The new machine|Our machine] makes {output} pieces in {shift}.")
    s.b("[Of what|What pieces]?")
    s.a("[Whatever you want|Anything], at the moment {goods} after {goods}.")
    s.tell(
        "{A}'s machine makes {output} pieces in {shift}.",
        "In {shift}, the machine makes {output} pieces of the kind {goods}.",
    )
    s.ask("How many pieces does the machine make?", "output")


def postcard(s: Tale) -> None:
    s.person("X")
    s.let(stamp="country", until="date")
    s.b("Is there [mail|a letter] for me?")
    s.a("[Only a postcard|A card] from {X}. {heX} [stays|will be] in {stamp} until {until}.")
    s.tell(
        "{B} gets a postcard from {X}, who is in {stamp} until {until}.",
        "{X} writes to {B} from {stamp} and stays there until {until}.",
    )
    s.ask("Where is {X}?", "stamp")
    s.ask("Until when does {X} stay?", "until")


def parrot(s: Tale) -> None:
    s.let(bird="pet", word="cake", lesson_time="clock")
    s.a("{bird} [can say|has learned to say] '{word}'[, listen|].")
    s.b("[I know|Oh yes]! [It woke me|I heard it] at {lesson_time}.")
    s.tell(
        "{A}'s bird {bird} says '{word}', and {B} had to hear it at {lesson_time}.",
        "{B} was woken at {lesson_time}, because {A} has taught {bird} the word '{word}'.",
    )
    s.ask("What is the bird called?", "bird")


def lookout(s: Tale) -> None:
    s.let(view="city", tower="sight", seen_at="clock")
    s.a("From the {tower} [you can see|one sees] {view} [in the evening|on a clear day].")
    s.b("[I was there at {seen_at}|I climbed up at {seen_at}] and saw [nothing|only clouds].")
    s.tell(
        "{B} couldn't see {view} from the {tower} at {seen_at}.",
        "{A} praises the view of {view} from the {tower}, but {B} saw nothing at {seen_at}.",
    )
    s.ask("What can one see from the {tower}?", "view")


def distance(s: Tale) -> None:
    s.let(goal="city", miles="digits:11-900", start="city")
    s.b("How far is [it to {goal} from here|{goal}]?")
    s.a("{miles} miles[, I think|].")
    if s.maybe(0.4):
        s.redraw("miles")
        s.b("[That much|Not more]?")
        s.a("[No, sorry|Wait], {miles}. I was thinking of {start}.")
        s.tell(
            "{A} says first {old_miles} miles and then {miles} miles to {goal}.",
            "{A} made a mistake: it is {miles} miles to {goal}.",
        )
    else:
        s.tell("{A} tells {B} that {goal} is {miles} miles away.", "It is {miles} miles to {goal}.")
    s.ask("How far is it?", "miles")
    s.ask("Which town do they talk about?", "goal")


def inventor(s: Tale) -> None:
    s.person("X")
    s.let(device="appliance", land="country")
    s.a("[Who invented|Do you know who invented] the {device}?")
    s.b("{X}, in {land}. [It's in my book.|We learned that.]")
    if s.maybe(0.4):
        s.redraw("land")
        s.a("[I thought|Wasn't] {heX} was from {land}?")
        s.b("[Oh|Hm], {land}[, you're right| it is].")
        s.tell(
            "{B} agrees with {A} that {X}, who made the first {device}, was from {land}.",
            "{X} invented the {device} in {land}, not in {old_land}.",
        )
    else:
        s.tell(
            "{B} tells {A} that {X} invented the {device} in {land}.",
            "The {device} was invented by {X} in {land}.",
        )
    s.ask("Who invented it?", "X")
    s.ask("In which country was it?", "land")


TOLD = (
    ancestor,
    dream,
    allergy,
    cousin,
    practice,
    fear,
    password,
    collection,
    rain,
    meals,
    record_swim,
    photograph,
    forgotten_name,
    machine,
    postcard,
    parrot,
    lookout,
    distance,
    inventor,
)
