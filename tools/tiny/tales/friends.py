"""Friends, clubs and those who are talked about."""

from tools.tiny.scenarios.common import aside, bye, thank
from tools.tiny.tales.tale import Tale


def band_singer(s: Tale) -> None:
    s.let(place="venue", day="day", city="city", n="number:3-9")
    s.person("C")
    s.person("D")
    s.a("My band plays at the {place} on {day}. [Would|Could] you sing with us{vB}?")
    s.b("[Me|Really]? [What happened to|What about] {C}?")
    s.a("{heC} [has moved to|found work in] {city}[, of all places|, and so suddenly|].")
    kind = s.choose("yes", "no", "none")
    if kind == "yes":
        s.b("[All right|Okay], but [only|not more than] {n} songs[. I'm shy|].")
        s.correct("B", "n", keep=0.5)
        s.a("[You're saving us|I could hug you]!")
        s.tell(
            "{C} has gone to {city}, so {B} will sing {n} songs with {A}'s band at the {place} on "
            "{day}.",
            "{B} agrees to replace {C}, who is in {city} now, and sing {n} songs with {A}'s band "
            "at the {place} on {day}.",
        )
        s.ask("How many songs will {B} sing?", "n")
    elif kind == "no":
        s.b("[I'd die of fright|I can't sing in public], [sorry|really]. [Try|Ask] {D}.")
        s.a("{D}? [I'd never have thought of {himD}.|Good idea.] I'll call {himD} tonight.")
        s.tell("{A} wants {B} to sing for {C} on {day}, but {B} doesn't dare and suggests {D}.")
        s.ask("Whom does {B} suggest?", "D")
    else:
        s.b("[I've got a cold|My throat hurts], [I'm afraid|sorry]. [Play without a singer.|]")
        s.a("[Then it's music without words|Then we just play], [I suppose|for once].")
        s.tell("As {C} is in {city} and {B} is hoarse, {A}'s band has no singer on {day}.")
    s.ask("Where does the band play?", "place")


def blind_date(s: Tale) -> None:
    s.let(place="restaurant", day="day", time="clock:evening", job="job")
    s.person("C")
    s.person("D")
    s.b("[Don't be cross|Promise not to be angry]{vA}: you'll meet {C} at {place} on {day}.")
    s.a("[A blind date|With a stranger]? [Who is that, anyway?|What do you know about {himC}?]")
    s.b("{heC} is a {job} and [laughs at everything|as shy as you|very kind].")
    kind = s.choose("goes", "other", "no")
    if kind == "goes":
        s.a("[Well|Fine], [one evening won't hurt|I'll do it], but not before {time}.")
        s.correct("A", "time", keep=0.6)
        s.b("[You won't regret it|I'll let {himC} know].")
        s.tell("{A} agrees to meet {C}, a {job}, at {place} on {day}, but not before {time}.")
        s.ask("From what time on can {A} come?", "time")
    elif kind == "other":
        s.redraw("day")
        s.a("{old_day} is [impossible|no good], I [have choir|work late]. Could {day} do?")
        s.b("[I'm sure it would|{heC} told me that's fine too]. I'll [change|move] the table.")
        s.tell("{B} moves {A}'s blind date with {C}, a {job}, from {old_day} to {day}.")
        s.ask("When will the date be?", "day")
    else:
        s.a("[Call it off|Tell {himC} I'm sorry]. I [still think of|am not over] {D}.")
        s.b("[I only meant well|I thought that was over]. [Okay, I'll explain it to {himC}.|]")
        s.tell("{A} refuses the date with {C} that {B} arranged, because {heA} can't forget {D}.")
        s.ask("Whom does {A} still think of?", "D")
    s.ask("Who is {A} supposed to meet?", "C")


def chess_evening(s: Tale) -> None:
    s.let(n="number:3-7", m="digits:16-30", day="day", time="clock:evening", city="city")
    s.person("C")
    s.a("[There are|We have] {m} players for our chess evening[ now|], and just {n} boards.")
    s.correct("A", "m", "{m}", keep=0.6, fact=True)
    s.b("[Can't we borrow some from {C}'s club|Doesn't {C}'s club have more]?")
    kind = s.choose("borrow", "shifts", "no")
    if kind == "borrow":
        s.a("{C} [would lend us|has promised us] a box of them, but only until {day}.")
        s.b("[That's enough|Perfect]. [I'll fetch|I can collect] them from {himC}.")
        s.tell("As there are {n} boards for {m} players, {B} will get more from {C} until {day}.")
        s.ask("Until when can they have the boards?", "day")
    elif kind == "shifts":
        s.a("{C} [needs them|uses them all] in {city}[, I'm afraid|]. [Any other idea?|]")
        s.b("[Then half of us|Half of us should] play at {time} and the rest after that.")
        s.correct("B", "time", keep=0.6)
        s.tell("Since {C} needs {hisC} boards in {city}, half of the {m} players start at {time}.")
        s.ask("When does the first half play?", "time")
    else:
        s.a("[I asked, but {C}|{C}, I'm afraid,] never lends anything to anybody.")
        s.b(
            "[Then I'll just watch|Then I won't play and keep the score], [if that helps|for once]."
        )
        s.tell("{C} lends no boards, and with {n} for {m} players, {B} gives up {hisB} own place.")
        s.ask("How many boards are there?", "n")
    bye(s, "A", 0.2)
    s.ask("How many players are there?", "m")


def unfinished_game(s: Tale) -> None:
    s.let(game="title", n="digits:2-40", day="day", time="clock:evening", other="title")
    s.person("C")
    s.a("We [still have to|must] finish our game of {game}. [You led|I was ahead] by {n} points.")
    if s.maybe(0.4):
        s.redraw("n")
        s.b("It was {n}[, I'm sure|, I wrote it down]. But {C} [knocked the board|threw it] over.")
    else:
        s.b("[I remember|Right], {n}. But [{C} sat down on the board|{C} tidied it away].")
    kind = s.choose("photo", "again", "no")
    if kind == "photo":
        s.a("[I took a photo before|There's a photo of it]! [Come over|Let's go on] on {day}.")
        s.b("[Good|Yes], but [I'm only free|not until] after {time}.")
        s.tell("{C} spoiled their game of {game}, but thanks to a photo they can finish it.")
        s.tell("{B} has time on {day} after {time}.")
        s.ask("After what time will they play?", "time")
    elif kind == "again":
        s.a("[Then it's all lost|Oh no]. [We have to|Let's] start from zero, on {day}.")
        s.b("[And {n} points mean nothing|Hard luck]! But {C} [may not come near|stays outside].")
        s.tell("Because of {C}, the lead of {n} points is lost.")
        s.tell("They will start {game} again on {day}.")
    else:
        s.a("[We could set it up again|I know where the pieces were]. [How about|Maybe on] {day}?")
        s.b("[To be honest, it bored me|It was too long]. [I'd rather try|Let's play] {other}.")
        s.tell("{A} wants to go on with {game} on {day}, but {B} is tired of it.")
        s.tell("{heB} would rather play {other}.")
        s.ask("What would {B} rather play?", "other")
    bye(s, "B", 0.3)
    s.ask("By how many points was one of them ahead?", "n")
    s.ask("Who spoiled the game?", "C")


def leaked_secret(s: Tale) -> None:
    s.let(day="day", city="city")
    s.person("C")
    s.person("D")
    s.put(
        deed="failed the driving test|lost the wedding ring|got lost in the woods|cried at the "
        "party|dyed the cat|crashed the new car"
    )
    s.b("Now even {C} knows that I {deed}! [I only told you|That was between us]{vA}.")
    kind = s.choose("other", "sorry", "knew")
    if kind == "other":
        s.a("I [never said a word|kept quiet]! {D} did it, [on the bus|over lunch] on {day}.")
        s.correct("A", "day", keep=0.5, fact=True)
        s.b("[Then I'm sorry|Forgive me]. [I'll have a word with {D}.|{D}, of all people!]")
        s.tell("Not {A} but {D} told {C} on {day} that {B} {deed}, so {B} apologizes.")
        s.ask("Who told {C}?", "D")
    elif kind == "sorry":
        s.a("[I'm so sorry|I feel awful]. It slipped out on {day}[, over a glass of wine|].")
        s.b("[At least|Then] ask {himC} not to tell {D}. {D} [would laugh at me|tells everybody].")
        s.tell("{A} is sorry for having told {C} on {day} that {B} {deed}.")
        s.tell("{B} doesn't want {D} to hear it.")
        s.ask("Who must not hear of it?", "D")
    else:
        s.a("{heC} [already knew|didn't hear it from me]. [All of|Everybody in] {city} knows it!")
        s.b("[That's even worse|Oh no]. [I'm never going out again.|I'll have to move away.]")
        s.tell("{A} denies having told {C} that {B} {deed}, since all of {city} knows.")
    s.ask("Who knows the secret?", "C")
    s.ask("What did {B} want to keep secret?", "deed")


def old_friend_seen(s: Tale) -> None:
    s.let(city="city", job="job", country="country", phone="phone", price="price:20-90")
    s.person("C")
    s.person("D")
    s.a("On the [train|bus|ferry] to {city}, I sat [next to|across from] {C}[ from our class|]!")
    kind = s.choose("meet", "debt", "mistake")
    if kind == "mistake":
        s.b("[Impossible|It can't be], {C} lives in {country}. Did you [speak|talk] to {himC}?")
        s.a("[No, but|I didn't dare, but] it was the same [face|laugh|nose]!")
        s.b("[Then you saw|That was] {D}, the [twin|cousin]. [Everybody mixes them up.|]")
        s.tell("{A} thinks that {heA} saw {C} on the way to {city}.")
        s.tell("{B} says it was {D}, as {C} lives in {country}.")
        s.ask("Whom did {A} probably see?", "D")
    else:
        s.b("{C}! After all these years! [What does {heC} do|How is {heC}] now?")
        s.a("{heC} is a {job}[, just back from {country}| now].  {heC} asked about you.")
        s.tell("On the way to {city}, {A} met {C}, who is a {job} now.")
        if kind == "meet":
            s.b("[I have to|I'd love to] call {himC}! [Do you have|Is there] a number?")
            s.a("[Yes|Here it is], {phone}.")
            s.correct("A", "phone", keep=0.6, fact=True)
            s.tell("{B} wants to call {himC} and gets the number {phone}.")
            s.ask("What is the number?", "phone")
        else:
            s.b("[I don't miss {himC}|Don't tell {himC} where I live]. {heC} owes me {price}.")
            s.a("[After so long|That much]? [I'd have asked for it.|I didn't know.]")
            s.tell("{B} doesn't want to see {himC}, because {heC} never paid back {price}.")
            s.ask("How much has {C} not paid back?", "price")
        s.ask("What is {C}'s job?", "job")
    s.ask("Where was {A} going?", "city")


def diet_bet(s: Tale) -> None:
    s.let(price="price:10-30", more="price:40-90", date="date", n="number:2-6")
    s.put(food="chocolate|bread|cheese|sugar|meat|butter|ice cream|chips")
    s.person("C")
    s.a("[Bet with me|Let's bet]{vB}: {price} that I [eat|touch] no {food} until {date}.")
    s.correct("A", "date", keep=0.6)
    kind = s.choose("done", "more", "no")
    if kind == "done":
        s.b("[Done|You're on]! [You won't even last|I give you] {n} days.")
        s.a("[We'll see|Ha]. {C} [can hold|holds] the money, so that [nobody cheats|it's fair].")
        s.tell("{A} bets {price} that {heA} will eat no {food} until {date}.")
        s.tell("{B} gives {himA} {n} days at most, and {C} will hold the money.")
        s.ask("Who keeps the money?", "C")
    elif kind == "more":
        s.b("[That's not much|{price} doesn't hurt you]. [Make it|Let's say] {more}[!|.]")
        s.a("[Ouch|Oh dear]. [All right|Fine], {more}. [No more {food} for me.|Shake on it.]")
        s.tell("They bet {more} instead of {price} that {A} can do without {food} until {date}.")
    else:
        s.b("[Keep your money|I never bet]. With {C}, you [gave up|lost] after {n} days.")
        s.a("[This time I mean it|I was ill then]! [Then just believe in me.|Help me instead?]")
        s.b("[That I can do|Gladly]. [I'll stop eating|I'll give up] {food} with you.")
        s.tell("{B} refuses to bet {price} on {A}'s diet, but will go without {food} as well.")
    s.ask("Which sum does {A} offer?", "price")
    s.ask("What does {A} want to give up?", "food")


def first_tattoo(s: Tale) -> None:
    s.let(day="day", price="price:80-400", n="number:2-8")
    s.put(picture="swallow|lion|rose|snake|compass|whale", part="neck|hand|wrist|ankle")
    s.put(new="shoulder|back|leg")
    s.person("C")
    s.a("[My first tattoo|It's decided, my tattoo] will be a {picture} on my {part}!")
    s.b("On your {part}? [Everybody will see it.|That hurts!] [And when|When is it], for how much?")
    s.a("On {day}, at {C}'s studio, for {price}[, which is cheap|].")
    s.correct("A", "price", keep=0.6, fact=True)
    kind = s.choose("move", "wait", "come")
    if kind == "move":
        s.b("[Your boss won't like it|Think of your boss]. [Take|Why not] the {new}[.|?]")
        s.a("[You may be right|True]. [I'll tell {C}|The {new}, then]. [I'm excited!|]")
        s.tell("On {B}'s advice, {C} will tattoo a {picture} on {A}'s {new}, not the {part}.")
    elif kind == "wait":
        s.b("[Wait|Sleep on it for] {n} weeks. [If you still want it then, go.|I regret mine.]")
        s.a("[Maybe I should|Okay, if you say so]. I'll [cancel|call off] {day}.")
        s.tell("{A} wanted to have a {picture} on the {part} for {price}.")
        s.tell("On {B}'s advice, {heA} will wait {n} weeks.")
        s.ask("How many weeks does {B} want {A} to wait?", "n")
    else:
        s.b("[I'd faint|You're brave]. [Shall I|Should I] come along[ and hold your hand|]?")
        s.a("[Oh please|Would you? Yes]! [I'm more afraid than I look.|]")
        s.tell("{A} will get a {picture} on the {part} on {day}, and {B} will go along to {C}.")
    s.ask("What will the tattoo show?", "picture")
    s.ask("Who makes the tattoo?", "C")


def podcast_guest(s: Tale) -> None:
    s.let(topic="hobby", day="day", price="price:150-300", less="price:30-99")
    s.person("C")
    s.person("D")
    s.a("[Our podcast|The next episode] is about {topic}. [What about|Shall we invite] {C}?")
    s.b("{C} [talks too fast|is on every show]. {D} [wrote a book|knows much more] about it.")
    s.a("{D} [asks for|wants] {price}, and we [have no money|get nothing ourselves].")
    if s.maybe():
        s.b("[We can pay|I'd give {himD}] {less}[, not more|]. [Let me call|I'll talk to] {himD}.")
        s.a("[Try your luck|Good], but I need [an answer|a yes or no] by {day}.")
        s.correct("A", "day", keep=0.5)
        s.tell("For the podcast about {topic}, {B} prefers {D} to {C}.")
        s.tell("{D} wants {price}, but {B} will offer {himD} {less}. {A} has to know by {day}.")
        s.ask("Who may be the guest?", "D")
    else:
        s.b("[That's too much|Oh, no]. [Then let's take {C}|{C} it is], after all.")
        s.a("[I'll write to {himC}|I'll invite {himC}]. [Are you free|Can you come] on {day}?")
        s.b("[Yes|Sure], I have time on {day}.")
        s.tell("As {D} wants {price}, {A} will invite {C} to the podcast about {topic} on {day}.")
        s.ask("Who will be the guest?", "C")
    s.ask("What is the podcast about?", "topic")


def stamp_trade(s: Tale) -> None:
    s.let(land="country", n="number:6-9", less="number:2-5", other="country", price="price:5-60")
    s.put(color="red|blue|green|brown|violet|gray")
    s.person("C")
    s.a("[I'd swap|I offer] my {color} stamp from {land} for {n} of yours from {other}.")
    kind = s.choose("deal", "money", "no")
    if kind == "deal":
        s.b("[Let me see it|Is it clean? Good]. [Fine|Yes], I only collect {land} now anyway.")
        s.a("[Then we're both happy|Wonderful]! [{C} will be jealous.|I'll show {C} tonight.]")
        s.tell("{B} gives {A} {n} stamps from {other} for a {color} one from {land}.")
    elif kind == "money":
        s.b("[Too many|Not {n}]. You can have {less}[, because it's you|, at most].")
        s.a("[Then add|Give me] {price} as well. {C} would [pay more|buy it at once].")
        s.b("[You drive a hard bargain|All right, all right]. [Here.|Done.]")
        s.tell("For the {color} stamp from {land}, {B} gives {A} {less} of {hisB} own and {price}.")
        s.tell("{A} had wanted {n} stamps.")
        s.ask("How much does {B} pay?", "price")
    else:
        s.b("[Sorry|No], I've promised [mine|them] to {C}, [for {hisC} album|as a present].")
        s.a("[All of them|Really]? [What a pity.|Then I'll talk to {C}.]")
        s.tell("{A} wants {n} stamps from {other}, but {B} has promised them to {C}.")
        s.ask("Who will get {B}'s stamps?", "C")
    aside(s, "B", 0.3)
    s.ask("Where is {A}'s stamp from?", "land")


def dance_partner(s: Tale) -> None:
    s.let(day="day", time="clock:evening", lesson="day")
    s.put(dance="tango|waltz|rumba|polka", other="foxtrot|salsa|samba", ill="flu|mumps|measles")
    s.person("C")
    s.person("D")
    s.a("{C} has [got |]the {ill}. [Would|Could] you dance the {dance} with me on {day} instead?")
    kind = s.choose("learn", "change", "no")
    if kind == "learn":
        s.b("I've never danced a {dance}[ in my life|]. [You'd have to teach me.|Is it hard?]")
        s.a("[You'll learn it|I'll teach you] on {lesson} at {time}. [Bring good shoes.|]")
        s.correct("A", "time", keep=0.6)
        s.tell("As {C} has the {ill}, {A} will dance with {B} on {day}.")
        s.tell("{B} has to learn the {dance} first, on {lesson} at {time}.")
        s.ask("At what time is the lesson?", "time")
    elif kind == "change":
        s.b("[Only if it's|I can only dance] a {other}[, sorry|]. [I'd fall over my feet.|]")
        s.a("[I'll tell the band|They can play that]. [Then a|A] {other} with you, [gladly|fine].")
        s.tell("{B} will dance with {A} on {day} in place of {C}, but a {other} and no {dance}.")
        s.ask("What will they dance?", "other")
    else:
        s.b("[My knee is no good|I have two left feet]. {D} [dances well|knows every step].")
        s.a("{D} [stepped on my toes|left me standing] last time! [Never again!|I'll stay home.]")
        s.tell("{C} is ill, and {B} can't dance the {dance} with {A} on {day}.")
        s.tell("{B} suggests {D}, whom {A} doesn't want.")
        s.ask("Whom does {A} not want to dance with?", "D")
    s.ask("What is {C} ill with?", "ill")


def child_magician(s: Tale) -> None:
    s.let(n="digits:11-30", day="day", price="price:150-300", less="price:60-140")
    s.let(time="clock:afternoon")
    s.put(animal="rabbit|parrot|snake|dove|rat")
    s.person("C")
    s.a("I [need|am looking for] a magician for {n} children, on {day} at {time}.")
    s.correct("A", "n", "{n} children", keep=0.7)
    s.b("[I'd love to|I can do that], [with my {animal}|and I bring my {animal}], for {price}.")
    kind = s.choose("yes", "less", "no")
    if kind == "yes":
        s.a("[Please no {animal}|Not the {animal}, please]! {C} is afraid of [such|those] animals.")
        s.b("[Then only cards|Just cards and coins] for {C}. [It costs the same.|No problem.]")
        s.tell("{B} will do magic for {n} children on {day} for {price}.")
        s.tell("The {animal} has to stay at home, because {C} is afraid of it.")
        s.ask("Who is afraid of the {animal}?", "C")
    elif kind == "less":
        s.a("[{C} took less last year|That's a lot]. [Would you do it|Is it possible] for {less}?")
        s.b("[For children, yes|Since it's for children, all right]. {less}, [with|and] cake.")
        s.tell("{B} will show magic to {n} children on {day} at {time} for {less}, not {price}.")
    else:
        s.a("[{price} is too much|I can't pay that]. [Then|So] {C} will have to [do it|try].")
        s.b("[I understand|As you like]. [Good luck to {himC}|Wish {himC} luck]!")
        s.tell("{A} can't pay {B} {price}, so {C} has to do magic for the {n} children.")
    thank(s, "A", 0.25)
    s.ask("How many children are there?", "n")
    s.ask("Which price did {B} say first?", "price")


FRIENDS = (
    band_singer,
    blind_date,
    chess_evening,
    unfinished_game,
    leaked_secret,
    old_friend_seen,
    diet_bet,
    first_tattoo,
    podcast_guest,
    stamp_trade,
    dance_partner,
    child_magician,
)
