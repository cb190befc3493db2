"""What friends do outdoors and in the evening."""

from tools.tiny.scenarios.common import aside, bye
from tools.tiny.tales.tale import Tale


def tent_carrier(s: Tale) -> None:
    s.let(n="digits:11-19", hut="surname", t="length:minutes", price="price:15-60")
    s.put(part="shoulder|back|knee|neck", thing="stove|food|water|rope")
    s.person("C")
    s.a("The tent weighs {n} pounds. [Who carries it|Who takes it] up to the {hut} hut?")
    if s.maybe(0.4):
        s.redraw("n")
        s.b("[It's more like {n}|I weighed it: {n}]! And my {part} hurts, and I have the {thing}.")
    else:
        s.b("[Not me|Don't look at me]. My {part} hurts, and I [already |]have the {thing}.")
    kind = s.choose("other", "turns", "leave")
    if kind == "other":
        s.a("[Let's ask {C}|Then {C} should do it]. {heC} [only has a sweater|carries nothing].")
        s.b("[Fair enough|Yes], [and {heC} never gets tired|{heC} owes us something anyway].")
        s.tell("{B}'s {part} hurts and {heB} has the {thing}, so {C} should carry the tent.")
        s.ask("Who should carry the tent?", "C")
    elif kind == "turns":
        s.a("[Let's take turns|We'll change], every {t}[. I'll start|].")
        s.correct("A", "t", keep=0.6)
        s.b("[And you take the {thing} then|That's fair]. [Let's go.|]")
        s.tell("They take turns with the tent every {t}, although {B}'s {part} hurts.")
        s.ask("How often do they change?", "t")
    else:
        s.a("[Then it stays here|Let's leave it]. A bed [in the hut|up there] costs {price}.")
        s.b("[I'll gladly pay that|My {part} is worth it]!")
        s.tell("They leave the tent behind and will pay {price} for a bed in the {hut} hut.")
    s.ask("How heavy is the tent, in pounds?", "n")


def kite_festival(s: Tale) -> None:
    s.let(day="day", hill="surname")
    s.redraw("day")
    s.person("C")
    s.put(shape="dragon|fish|owl|dragonfly|ship", color="red|yellow|blue|green|white|purple")
    s.a("[Bad news|It's a pity]: the kite festival [is moved|moves] from {old_day} to {day}.")
    s.b("[Because of the calm|No wind]? But {C} leaves on {day}, and {heC} made a {color} {shape}!")
    kind = s.choose("fly", "stay", "hill")
    if kind == "fly":
        s.a("[Then I'll fly it for {himC}|Let me fly it instead]. You could [film|record] it.")
        s.b("[That will comfort {himC}|{heC} will like that]. But [don't tear it|be careful].")
        s.tell("{C} will miss the kite festival on {day}, so {A} will fly the {color} {shape}.")
    elif kind == "stay":
        s.a("[Can't {heC} stay longer|Couldn't {heC} go later]? [My sofa is free.|I have a bed.]")
        s.b("[That's kind|How nice]. [I'll call {himC}|I'm going to ask {himC}] [now|tonight].")
        s.tell("The kite festival is on {day} instead of {old_day}.")
        s.tell("{A} offers {C} a place to sleep, and {B} will ask {himC} to stay.")
    else:
        s.a("Then [try it|let {himC} fly it] on {old_day} anyway, on {hill} Hill[. It's windy|].")
        s.b("[Up there, of course|Good thinking]! [We don't need a festival for that.|]")
        s.tell("The kite festival is moved to {day}, when {C} will be gone.")
        s.tell("{heC} is to fly {hisC} {color} {shape} on {hill} Hill on {old_day}.")
        s.ask("On which hill is there enough wind?", "hill")
    bye(s, "B", 0.25)
    s.ask("When will the festival be?", "day")
    s.ask("Who made a kite?", "C")


def fishing_morning(s: Tale) -> None:
    s.let(n="number:2-9", later="clock:noon")
    s.put(fish="trout|carp|perch|pike", time="4:00|4:15|4:30|4:45|5:00|5:10|5:20|5:40")
    s.person("C")
    s.a("[The boat leaves|We go out fishing] at {time} tomorrow{vB}. [Set two alarms.|Be on time!]")
    kind = s.choose("car", "other", "bed")
    if kind == "car":
        s.b("At {time}? [I'll be half dead|Nobody is up then]. [Let's|I'd] wait until {later}.")
        s.a("[The {fish} won't wait|{fish} bite early]. [You can sleep in the car.|Sorry, no.]")
        s.b("[All right|You win], but [you bring|I want] coffee.")
        s.tell("{B} would like to fish at {later}, but {A} insists on {time}, and {B} gives in.")
    elif kind == "other":
        s.b("[I can't|Not me], my night shift ends [then|just then]. [Is there another boat?|]")
        s.a("[Well, {C}|{C}, I think,] goes out at {later}. [Ask if there's a place.|Join {himC}.]")
        s.b("[That suits me better|Lovely]. {C} [tells good stories|makes good soup], too.")
        s.tell("{B} works at night and can't go fishing with {A} at {time}.")
        s.tell("{heB} wants to join {C} at {later}.")
        s.ask("With whom will {B} probably go?", "C")
    else:
        s.b("[I'd rather stay in bed|I've changed my mind], [sorry|honestly]. Bring me {n} {fish}.")
        s.correct("B", "n", keep=0.5)
        s.a("[If {C} doesn't scare them away|If I catch any]. {C} is coming too.")
        s.tell("{B} won't go fishing with {A} and {C} at {time}, but would like {n} {fish}.")
        s.ask("How many {fish} does {B} want?", "n")
    aside(s, "A", 0.2)
    s.ask("When does {A} set out?", "time")


def boat_painting(s: Tale) -> None:
    s.let(date="date", price="price:60-400", day="day", boat="pet")
    s.person("C")
    s.a("It's your turn to paint {boat}{vB}. [The boat|She] goes into the water on {date}.")
    s.correct("A", "date", keep=0.5, fact=True)
    kind = s.choose("hire", "help", "self")
    if kind == "hire":
        s.b("But [paint makes me sick|my back hurts]. [Let's pay|I'd rather pay] {C} {price}.")
        s.a("[If it's your money|As long as you pay], [I don't mind|fine]. {heC} works well.")
        s.tell("{B} should paint the boat {boat} before {date}, but would rather pay {C} {price}.")
        s.ask("How much will {C} get?", "price")
    elif kind == "help":
        s.b("[All by myself|Alone]? [I've never done it.|It took you a week!]")
        s.a("[{C} and I|I'll bring {C}, and we] can help you on {day}. [You buy the brushes.|]")
        s.b("[Then it could be fun|That's better]. [I'll cook for you all|I'll make lunch].")
        s.tell("{A} and {C} will help {B} on {day} to paint the boat {boat} before {date}.")
        s.ask("On which day will they paint?", "day")
    else:
        s.b("[Again|Me]? I cleaned her in spring. {C} [has done nothing|only sails her].")
        s.a("[True|That's right]. I'll [tell|call] {himC}. {heC} can do it on {day}.")
        s.tell("{B} has cleaned the boat {boat} before, so {A} will tell {C} to paint it on {day}.")
    bye(s, "B", 0.3)
    s.ask("What is the boat called?", "boat")


def escape_team(s: Tale) -> None:
    s.let(day="day", time="clock:evening", minutes="length:minutes")
    s.person("C")
    s.person("D")
    s.a("{C} ran out of the escape room after {minutes}! [Will|Can] you take over on {day}?")
    if s.maybe():
        s.b("Locked in? [I'd scream, too|I'd be afraid]. [Take|Ask] {D}, who loves riddles.")
        s.a("{D} [never listens|argues all the time]. [Don't you know anybody else?|]")
        s.b("[Nobody is faster|{heD} solves them all], [believe me|honestly].")
        s.tell("{A} looks for somebody to replace {C} in the escape room on {day}.")
        s.tell("{B} would be afraid, too, and recommends {D}.")
        s.ask("Whom does {B} recommend?", "D")
    else:
        s.b("[Yes, please|I'd love to]! [Who else is coming|And when do we start]?")
        s.a("{D} and I will be there [from|at] {time}.")
        if s.maybe(0.5):
            s.redraw("time")
            s.b("I [teach|have a class] until then. [Could it be {time}|Is {time} possible]?")
            s.a("[Why not|They're open late]. [Yes|Okay], {time}.")
        s.tell("{B} takes {C}'s place in the escape room with {A} and {D} on {day} at {time}.")
        s.ask("When do they start?", "time")
    aside(s, "A", 0.25)
    s.ask("Who ran out of the escape room?", "C")


def ghost_tour(s: Tale) -> None:
    s.let(day="day", early="clock:afternoon")
    s.put(place="castle|lighthouse|cathedral|old prison|opera house|harbor|old mill|cemetery")
    s.put(time="8:30|9:00|9:15|9:30|9:45|10:00|10:30|11:00")
    s.person("C")
    s.a("[I've booked us|We're booked] on the ghost tour at the {place}, {day}, {time}!")
    kind = s.choose("early", "three", "no")
    if kind == "early":
        s.b("[In the dark|At night]? [I wouldn't sleep for a week.|Without me!]")
        s.a("[The children's tour|The one for children] starts at {early}[, you coward|].")
        s.correct("A", "early", keep=0.6, fact=True)
        s.b("[Laugh if you like|I don't care]. [That one, please|I'll come to that].")
        s.tell("{B} is too afraid of the ghost tour at {time}.")
        s.tell("They will go to the one for children on {day} at {early}.")
        s.ask("At what time is the tour for children?", "early")
    elif kind == "three":
        s.b("[Only|I'll come, but only] if {C} comes too. {heC} [is never afraid|is tall].")
        s.a("[Then I'll get a third place|I'll see whether there's room]. [Bring {himC} along.|]")
        s.tell("{B} will go on the ghost tour at the {place} on {day} only if {C} comes too.")
    else:
        s.b("[The {place} scares me by day|I don't believe in that]. {C} [might|would] enjoy it.")
        s.a("{C} [laughs at|talks through] everything. [But I'll ask.|I'll ask, then.]")
        s.tell("{B} doesn't want to go on the ghost tour at the {place}.")
        s.tell("{A} decides to ask {C} for {day}.")
    bye(s, "A", 0.3)
    s.ask("Where is the ghost tour?", "place")
    s.ask("On which day is it?", "day")


def mushroom_walk(s: Tale) -> None:
    s.let(n="digits:11-40", day="day", m="number:2-9")
    s.put(color="brown|white|red|yellow|orange", tree="oak|pine|birch|beech")
    s.person("C")
    s.a("[Look|Come here]{vB}, {n} {color} mushrooms under this {tree}! [Soup tonight!|]")
    kind = s.choose("expert", "leave", "know")
    if kind == "expert":
        s.b("[Stop|Careful]! [They may be poisonous.|I don't know these.] {C} is an expert.")
        s.a("[Then|All right,] I'll take {m} to {himC} and leave the rest.")
        s.correct("A", "m", keep=0.5)
        s.tell("{B} doesn't trust the {n} {color} mushrooms, so {A} will show {m} of them to {C}.")
        s.ask("How many mushrooms will {C} see?", "m")
    elif kind == "leave":
        s.b("[Don't touch them|Put them back]! {C} ate [those|some] and was ill until {day}.")
        s.a("[Oh|Really]? [They smell so good.|What a shame.] [Pizza, then.|I'll wash my hands.]")
        s.tell("{B} warns {A} of the {n} {color} mushrooms, which made {C} ill until {day}.")
        s.ask("Until when was {C} ill?", "day")
    else:
        s.b("[They're safe|Those are good], I ate some on {day}. [But leave|Leave] {m} for {C}.")
        s.a("[For {C}|Why]? [Well|Hmm], [all right|if you say so], {heC} showed us the place.")
        s.tell("{B} has eaten such mushrooms before. {A} will leave {m} of the {n} for {C}.")
    s.ask("How many mushrooms did {A} find?", "n")
    s.ask("Under which kind of tree are they?", "tree")


def photo_contest(s: Tale) -> None:
    s.let(place="sight", date="date", animal="animal", n="number:3-9")
    s.person("C")
    s.a("[Which photo|What] should I send to the contest: the {place}, or {C} and the {animal}?")
    kind = s.choose("place", "pet", "both")
    if kind == "place":
        s.b("The {place}. {C} [would have to agree first|hates being shown], [you know|I think].")
        s.a("[Right|You have a point], [I forgot that|{C} is strict]. It's due on {date}.")
        s.correct("A", "date", keep=0.5, fact=True)
        s.tell("{B} advises {A} to send the photo of the {place} by {date}, not the one of {C}.")
    elif kind == "pet":
        s.b("[Everybody|Half the town] sends the {place}. The {animal} makes people smile.")
        s.a("[True|Yes], [I counted|there were] {n} of them last year. [{C} will be proud.|]")
        s.tell("{B} prefers {C} with the {animal}, as too many people send the {place}.")
        s.tell("{A} agrees and remembers {n} such photos.")
    else:
        s.b("[Why not both|Send both]? [You may send|They take] {n} [photos|pictures] each.")
        s.correct("B", "n", "{n}", keep=0.6, fact=True)
        s.a("[Really|That many]? Then I'll [add|take both and] one of you [asleep|in the bath].")
        s.tell("As {n} photos are allowed, {A} adds one of {B} to those of the {place} and {C}.")
        s.ask("How many photos may one send?", "n")
    aside(s, "B", 0.3)
    s.ask("Which sight is in one of the photos?", "place")
    s.ask("Who is in the other photo?", "C")


def marathon_partner(s: Tale) -> None:
    s.let(n="digits:11-19", date="date")
    s.put(time="5:15|5:30|5:45|6:00|6:15|6:30", later="7:00|7:15|7:30|7:45|8:00|8:15")
    s.person("C")
    s.person("D")
    s.put(hurt="bad knee|swollen ankle|broken toe|sore hip")
    s.a("{C} has a {hurt}. [Will|Could] you train with me for the marathon on {date} instead?")
    s.b("[That depends|Hmm]. How far, and [how early|when]?")
    s.a("{n} miles [every other day|each time], at {time}[, before work|].")
    s.tell("{A} needs a training partner for the marathon on {date}, since {C} has a {hurt}.")
    kind = s.choose("later", "bike", "no")
    if kind == "later":
        s.b("[I'm still asleep then|At {time} I feed the baby]. I could [come|start] at {later}.")
        s.a("[Better than running alone|Fine], {later}[ it is|].")
        s.tell("{B} will run {n} miles with {himA}, but at {later} instead of {time}.")
    elif kind == "bike":
        s.b("{n}? [I can't run that far.|I'd faint.] But I could [ride next to you|go by bike].")
        s.a("[Good enough|Even better], [you can carry my water|then you set the pace]!")
        s.tell("{n} miles are too many for {B}, who will go along by bike.")
    else:
        s.b("[My running days are over|I'd only slow you down]. [Ask|Why not take] {D}[.|, maybe.]")
        s.a("[{D}, who runs to work?|The one with the red shoes?] [Yes, I'll try {himD}.|Gladly!]")
        s.tell("{B} declines and suggests {D}.")
        s.ask("Who may become the new partner?", "D")
    s.ask("Who can't run?", "C")
    s.ask("How many miles is it each time?", "n")


def karaoke_song(s: Tale) -> None:
    s.let(song="title", bar="restaurant", day="day")
    s.person("C")
    s.a("You're down for karaoke at {bar} on {day}. [Which song will it be|What will you sing]?")
    kind = s.choose("taken", "duet", "no")
    if kind == "no":
        s.b("[Cross me out|Take me off again]! I [have a cold|only sing in the shower].")
        s.a("[What a shame|You're no fun]. [And who|Who] sings {song} then?")
        s.b("{C}[, of course|]. {heC} [loves to|can] do that.")
        s.tell("{A} wants {B} to do karaoke on {day}, but {B} refuses and leaves {song} to {C}.")
    elif kind == "taken":
        s.b("{song}. [It's the only one I know.|I know every word.]")
        s.a("[{C} always sings that one|That one belongs to {C}]. [Pick another one.|]")
        s.redraw("song")
        s.b("[Oh dear|Hmm]. [Then I'll try|Then] {song}[, but don't laugh|].")
        s.tell(
            "{B} will sing {song} at {bar} on {day}, because {old_song} is {C}'s song.",
            "As {C} always sings {old_song}, {B} chooses {song} for the karaoke at {bar} on {day}.",
        )
    else:
        s.b("{song}. [It's the only one I know.|I know every word.]")
        s.a("[That's a duet|It needs two voices]. [Sing it|You could do it] with {C}!")
        s.b("[With {himC}|Oh no]? [Fine, but I hold the microphone.|All right, if I must.]")
        s.tell("{A} has put {B} on the list for {bar}, and {B} will sing {song} with {C} on {day}.")
    aside(s, "A", 0.3)
    s.ask("Which song will be sung?", "song")
    s.ask("Who else [may|will] sing?", "C")


OUTINGS = (
    tent_carrier,
    kite_festival,
    fishing_morning,
    boat_painting,
    escape_team,
    ghost_tour,
    mushroom_walk,
    photo_contest,
    marathon_partner,
    karaoke_song,
)
