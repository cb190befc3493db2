"""Games, gadgets, sports and other pastimes."""

from tools.tiny.scenarios.common import aside, bye, office, thank
from tools.tiny.tales.tale import Tale


def vanished_photos(s: Tale) -> None:
    s.let(n="digits:120-900", city="city", day="day", price="price:40-180", street="street")
    s.person("C")
    s.a("[Help me|Look at this]{vB}! Since the update, all my {n} photos of {city} are gone!")
    kind = s.choose("password", "copies", "shop")
    if kind == "password":
        s.b("[Don't panic|Calm down]. [Did you sign in again?|Are you signed in?]")
        s.a("[No|Not yet], it wants a password, [and I can't remember it|which I've forgotten].")
        s.b("[Reset it|Choose a new one], and [they'll all come back|you'll see them again].")
        s.tell("{A} fears that {n} photos are lost, but {B} says a new password will [help|do].")
    elif kind == "copies":
        s.b("[Wasn't {C} there, too?|Didn't you send {C} the best ones?] [Ask {himC} for copies.|]")
        s.a("{C} [has no signal|is at sea] until {day}. [I'll ask {himC} then.|But I can wait.]")
        s.correct("A", "day", keep=0.6, fact=True)
        s.tell("{A} has lost {n} photos of {city}, of which {C} may have copies.")
        s.tell("But {C} can't be asked until {day}.", "{A} must wait until {day} to ask {himC}.")
    else:
        s.b("The shop on {street} [got back|rescued] {C}'s pictures. [It cost|{heC} paid] {price}.")
        s.a("[That's not cheap|Ouch]. But [I'd pay double for these|they're from my honeymoon].")
        s.tell("To get back {n} photos of {city}, {A} [would gladly|is willing to] pay {price}.")
        s.tell("{B} says a shop on {street} saved {C}'s pictures.")
    s.ask("How many photos have disappeared?", "n")
    s.ask("Which city do the photos show?", "city")


def wrong_recipient(s: Tale) -> None:
    s.let(clothing="clothing", time="clock:work", t="length:minutes", cake="cake")
    s.person("C")
    s.person("D")
    s.b("You look [pale|terrible]{vA}. [Bad news?|What's wrong?|Did something happen?]")
    s.a("I [mailed|sent] my joke about {C}'s {clothing} to {C} [instead of {D}|and not to {D}]!")
    kind = s.choose("talk", "laugh", "late")
    if kind == "talk":
        s.b("[Catch {himC}|Talk to {himC}] before {heC} reads it. {heC} comes in at {time}.")
        s.correct("B", "time", keep=0.6, fact=True)
        s.a("[You're right|Yes]. [And I'll|I'd better] offer {himC} some {cake}.")
        s.tell("{A} mailed {C} a joke about {hisC} own {clothing}, which was meant for {D}.")
        s.tell("{B} advises {himA} to talk to {C} at {time}, before {heC} reads it.")
    elif kind == "laugh":
        s.b("[I've just met {himC}|I know]! {heC} [laughed so loud|read it out to everyone].")
        s.a("[Really?|Thank goodness!] [Then I'll stop hiding|So I needn't hide] in the kitchen.")
        s.tell(
            "{A} is relieved that {C} isn't angry about the joke {heA} wanted to send to {D}.",
            "A joke about {C}'s {clothing} reached {C} instead of {D}, but {C} didn't mind.",
        )
    else:
        s.b("[Take it back|You can undo that]. [It works|That works] for {t}.")
        s.a("[Too late|No], it went out at {time}. [That's hours ago.|It's been hours.]")
        s.b("Then [tell {himC} you're sorry|apologize], [today|at once].")
        s.tell("The mail that {A} sent to {C} by mistake can't be taken back after {t}.")
        s.tell("So {B} wants {himA} to apologize.")
    s.ask("Who got the joke?", "C")
    s.ask("For whom was it meant?", "D")


def raid_team(s: Tale) -> None:
    s.let(day="day", time="clock:evening", low="digits:11-29", n="digits:35-70")
    s.put(role="healer|archer|knight|wizard|scout|blacksmith|spy|captain")
    s.person("C")
    s.person("D")
    s.a("Our {role} {C} has [quit|left us]. [Will|Can] you join our online team for {day}'s game?")
    kind = s.choose("level", "exam", "rival")
    if kind == "level":
        s.b("[I'm only|But I'm just] on level {low}. [Don't you|You] have to be on {n}[!|, right?]")
        s.a("{D} will [train|practice with] you every evening[. It goes fast|].")
        s.b("[Okay, if {heD}'s patient|Then count me in]. [I always wanted to be a {role}.|]")
        s.tell("{A} wants {B} to replace {C} as {role} on {day}.")
        s.tell("{B} is only on level {low}, but {D} will train {himB}.")
    elif kind == "exam":
        s.b("[I have an exam the next day.|The day before my exam?] I'd have to stop at {time}.")
        s.correct("B", "time", keep=0.5, fact=True)
        s.a("[It takes all night|Nobody may leave early]. [I'll ask {D} then.|Then it'll be {D}.]")
        s.tell("{A} will ask {D} to replace {C}, since {B} has an exam and must stop at {time}.")
    else:
        s.b("[Too late|Sorry], {D} [was faster|asked first]. I'm in {hisD} team now, as {role}.")
        s.a("[In {hisD} team|With them]? [So we'll be enemies!|Then we'll have to beat you!]")
        s.tell("{B} can't join {A}'s team, as {heB} already plays for {D}.")
        s.tell("So they will be opponents on {day}.")
    s.ask("Who has left the team?", "C")
    s.ask("What is needed in the team?", "role")


def embarrassing_post(s: Tale) -> None:
    s.let(clothing="clothing", day="day", n="digits:60-980", time="clock:evening", firm="company")
    s.person("C")
    s.a("[How could|Why did] you post that video of me dancing in a {clothing}? [Delete it!|]")
    kind = s.choose("shared", "blur", "other")
    if kind == "shared":
        s.b("[Sorry|Oh], I thought [you'd laugh|it was funny]. [There, it's gone|I've deleted it].")
        s.a("But {C} has [shown it to|shared it with] everybody at {firm}[, where I work|]!")
        s.b("[Then|In that case] I'll [ask|beg] {himC} to [remove|delete] it, too.")
        s.tell("{B} deletes a video of {A} in a {clothing} and will ask {C} to remove it as well.")
    elif kind == "blur":
        s.b("[It has {n} likes|{n} people like it]! [Can't I blur|Couldn't I hide] your face?")
        s.a("[Hmm, fine|Only if it's quick|All right]. [I want it done|Do it] by {time}.")
        s.correct("A", "time", keep=0.5)
        s.tell(
            "{A} wants a video removed, but as it has {n} likes, {B} will blur {A}'s face instead.",
            "{B} won't delete a video that {n} people like, but will blur {A}'s face by {time}.",
        )
    else:
        s.b("[Me|I didn't]? [Look at the name|Look again]: {C} put it online, on {day}.")
        s.a("[Oh, you're right|Indeed]. [Sorry I shouted|Forgive me]. [But {C} will be sorry!|]")
        s.tell("{A} blames {B} for a video, then apologizes, because {C} put it online on {day}.")
    s.ask("What is {A} wearing in the video?", "clothing")


def stuck_drone(s: Tale) -> None:
    s.let(n="digits:12-40", time="clock:evening", day="day", price="price:90-600", place="place")
    s.put(tree="oak|pine|birch|cherry tree|pear tree|fir|walnut tree")
    s.person("C")
    s.person("D")
    s.a("My drone is stuck in {C}'s {tree}, {n} feet [up|above the ground]. I'll climb the fence!")
    kind = s.choose("wait", "climber", "pole")
    if kind == "wait":
        s.b("[Don't|Stop]! {C} has a [fierce dog|watchdog]. {heC}'s back at {time}.")
        s.a("[It may rain|It looks like rain]. [Oh well|Okay], [I'll wait|I like my legs].")
        s.tell("Because of {C}'s dog, {A} won't fetch {hisA} drone until {C} is back at {time}.")
    elif kind == "climber":
        s.b("[You'd fall|It's too high]. My cousin {D}[, who climbs,|] could do it on {day}.")
        s.correct("B", "day", keep=0.6)
        s.a("[What does {heD} want for it|And what would {heD} charge]?")
        s.b("[Just|Only] a flight with it[, I guess|].")
        s.tell("{B}'s cousin {D} could get {A}'s drone down from the {tree} on {day}.")
        s.tell("{heD} would only like to fly it in return.", "{A} should let {himD} fly it once.")
    else:
        s.b("[Stay here!|Why climb?] [Just throw|Throw] a ball at it[ from here|].")
        s.a("[Never|No way]! The camera [alone |]cost {price}.")
        s.b("Then borrow [a long|the] pole from the {place}[. They lend it to anyone|].")
        s.tell("{A} won't throw balls at the drone in {C}'s {tree}, as its camera cost {price}.")
        s.tell("{B} advises {himA} to borrow a pole from the {place}.")
    s.ask("Whose {tree} is the drone in?", "C")
    s.ask("How many feet up is the drone?", "n")


def printed_part(s: Tale) -> None:
    s.let(color="color", n="digits:15-95", machine="appliance", day="day", time="clock:work")
    s.put(part="pin|hinge|hook|bolt|handle|clip|rod|bracket")
    s.person("C")
    s.b("[Your 3D print is ready|It's printed]: {part}, {color}, {n} millimeters long.")
    kind = s.choose("size", "color", "free")
    if kind == "size":
        s.redraw("n")
        s.a("[That won't fit my {machine}|Too bad]! [My drawing says|I ordered] {n} millimeters.")
        s.b("[Oh, I misread it|My mistake]. [I'll print it again|You'll get a new one] by {time}.")
        s.tell(
            "{B} made the {part} {old_n} instead of {n} millimeters long and will print it again.",
            "Since the {part} should be {n} millimeters long, {B} will print it again by {time}.",
        )
    elif kind == "color":
        s.redraw("color")
        s.a("[Didn't I order a {color} one|Why isn't it {color}], [like|to match] my {machine}?")
        s.b("[Sorry, we're out of|There'll be no] {color} until {day}. Can it wait?")
        s.a("[Never mind|No], nobody [will see|sees] it. I'll [keep|take] the {old_color} one.")
        s.tell("As there is no {color} until {day}, {A} takes the {part} in {old_color}.")
    else:
        s.a("[It fits my {machine}|Perfect for my {machine}]! [What do I owe you|How much is it]?")
        s.b("[Nothing|It's free], if you show {C} how to draw such things.")
        s.a("[Gladly|With pleasure], on {day}[ after work|].")
        s.correct("A", "day", keep=0.5)
        s.tell("{A} needn't pay for the {part}. In return, {heA} will teach {C} to draw on {day}.")
    office(s, "B", 0.2)
    s.ask("What was printed?", "part")
    s.ask("How many millimeters long should it be?", "n")


def puzzle_gap(s: Tale) -> None:
    s.let(pet="pet", day="day", sight="sight", firm="company", t="length:weeks")
    s.put(thing="slipper|sock drawer|coat pocket|left boot|bedside drawer|piggy bank|toy box")
    s.put(n="500|600|750|800|1,000|1,200|1,500|2,000")
    s.person("C")
    s.a("My puzzle of the {sight} is done, {n} pieces, but one is missing, [in a corner|up here]!")
    kind = s.choose("dog", "hidden", "maker")
    if kind == "dog":
        s.b("[That explains it|Oh]! {pet} was chewing on something. [Bad dog!|That dog!]")
        s.a("It's your dog, so [you can|please] paint me a new one[, on cardboard|]!")
        s.b("[That's fair|Fair enough]. [Give me|I need] until {day}.")
        s.tell("{B} will paint a piece for the puzzle by {day}, as {hisB} dog {pet} ate one.")
    elif kind == "hidden":
        s.b("{C} always [hides|takes] one [to put in the last|so that {heC} can finish].")
        s.a("[That rascal|Again]! [I'll search {hisC} room.|Where could it be?]")
        s.b("[I'd look|Look] in {hisC} {thing}.")
        s.tell("{B} suspects that {C} has hidden the last piece of the puzzle in {hisC} {thing}.")
    else:
        s.b("[Don't despair|No problem], {firm} will replace it. {C} got one after {t}.")
        s.a("{t}? [I want to hang it up on {day}.|It's a gift, for {day}.]")
        s.b("[Then|Well,] [paint|color] the gap [for now|until it comes].")
        s.tell("{firm} would replace the missing piece, but {A} needs the puzzle by {day}.")
        s.tell("So {B} advises {himA} to fill the gap with paint.")
    s.ask("How many pieces should there be?", "n")
    s.ask("What does the puzzle show?", "sight")


_CLUES = (
    "octopus:sea animal with eight arms|igloo:house made of snow|tadpole:young frog|"
    "penguin:bird that can't fly|zebra:horse with stripes|thunder:it follows lightning|"
    "snail:animal that carries its house|camel:animal with two humps|"
    "flamingo:pink bird on one leg|circus:where clowns work|hedgehog:animal covered in spines"
)


def crossword_gap(s: Tale) -> None:
    s.let(gift="gift", time="clock:evening")
    word, clue = s.rng.choice(_CLUES.split("|")).split(":")
    s.put(word=word, n=("five", "six", "seven", "eight")[len(word) - 5])
    s.person("C")
    s.a(f"One word more, and I may win a {{gift}}! {{n}} letters: {clue}[. Any idea?|.]")
    kind = s.choose("solved", "clash", "rival")
    if kind == "solved":
        s.b("[Easy|That's easy]: {word}[!|. Count the letters.]")
        s.a("[It fits|Perfect]! I [have to|must] send it in by {time}.")
        s.correct("A", "time", keep=0.6, fact=True)
        bye(s, "A", 0.3)
        s.tell("{B} finds the word {word}, with which {A} can send in the crossword by {time}.")
    elif kind == "clash":
        s.b("{word}[, of course|, I'd say].")
        s.a("[That can't be|Impossible]. [There's a Q in the middle.|The second letter is a Q.]")
        s.b("[That's {C}'s word|{C} did that one], and {heC} can't spell. [Erase|Rub out] the Q.")
        s.tell("The word {word} doesn't fit in {A}'s crossword, as {C} misspelled another one.")
    else:
        s.b("[No hints|I won't tell you]! I'm solving the same one, [and|so] the {gift} is mine.")
        s.a("[Traitor|How mean]! [Then I'll call|I'll ask] {C}[, who knows everything|].")
        s.tell("{B} won't help with a crossword because {heB} wants to win the {gift}, too.")
        s.tell("Therefore {A} turns to {C} for the last word.")
    s.ask("What can one win with the crossword?", "gift")
    s.ask("How many letters does the word have?", "n")


def bee_swarm(s: Tale) -> None:
    s.let(street="street", time="clock:day", day="day", city="city", firm="company", tel="phone")
    s.put(spot="balcony|mailbox|apple tree|chimney|garage|swing|porch")
    s.person("C")
    s.a("[Are you|Is that] the beekeeper? There's a swarm on my {spot}, [here on|on] {street}!")
    kind = s.choose("box", "wasps", "away")
    if kind == "box":
        s.b("[Lovely|Good]! [Don't touch them|Leave them alone]. I'll [come|be there] at {time}.")
        s.correct("B", "time", keep=0.5)
        s.a("[What will it cost|What do I owe you for that]?")
        s.b("[Not a cent|Nothing]. [The bees are my pay.|I get the bees.]")
        s.tell(
            "A swarm of bees sits on {A}'s {spot}, and {B} will fetch it for free at {time}.",
            "{B} will come to {street} at {time} to take the bees. {A} doesn't have to pay.",
        )
    elif kind == "wasps":
        s.b("[Is there|Do you see] a gray nest[, like paper|]?")
        s.a("[Yes, a big ball|Yes, as big as my head]. [{C} was stung.|It stung {C}, too.]")
        s.b("[Then it's|Those are] wasps. [I can't help you|That's not my job]. Call {firm}.")
        s.tell("As it isn't bees but wasps that have stung {C}, {B} tells {A} to call {firm}.")
    else:
        s.b("I'm in {city} until {day}[, unfortunately|, sadly]. My pupil {C} can [come|do it].")
        s.a("[And how|How] do I reach {himC}?")
        s.b("[Under|The number is] {tel}. [But be patient, {heC} is new.|]")
        s.tell("{B} is in {city} until {day}, so {C} will take care of the bees on {A}'s {spot}.")
    thank(s, "A", 0.3)
    s.ask("On which street does {A} live?", "street")


def benched_player(s: Tale) -> None:
    s.let(day="day", n="number:3-9", date="date", t="length:minutes", m="number:2-9")
    s.let(time="clock:afternoon")
    s.person("C")
    s.a("Coach, why is {C} [playing on {day}|in the team on {day}], and [not me|I'm not]?")
    kind = s.choose("missed", "ankle", "tall")
    if kind == "missed":
        s.b("You [missed|skipped] practice {n} times[, that's why|]. {C} [always comes|didn't].")
        s.a("[My grandfather was ill|I was looking after my grandfather]. [I should have called.|]")
        s.b("[I see|Oh]. Come [regularly|every time] until {date}, [and|then] you'll play.")
        s.tell("{C} plays on {day} instead of {A}, because {A} missed practice {n} times.")
        s.tell("If {heA} comes regularly until {date}, {B} will give {himA} another chance.")
    elif kind == "ankle":
        s.b("[Your ankle|That ankle of yours] needs rest until {date}[, the doctor says|].")
        s.a("[Look, it|It] doesn't hurt! I ran {m} miles [this morning|today].")
        s.b("[Really|Did you]? [Show me|Prove it] at {time}, [and we'll see|before I decide].")
        s.tell("The coach wants {A} to rest {hisA} ankle until {date}.")
        s.tell("As {A} has run {m} miles, {B} will watch {himA} at {time} and decide.")
    else:
        s.b("[They're all tall|Their team is tall], [and so is {C}|like {C}]. You'll get {t}.")
        s.correct("B", "t", keep=0.5)
        s.a("[Better than nothing|I'd hoped for more]. [I'll score anyway.|I'll be ready.]")
        s.tell("{C} will play on {day} because {heC} is tall, and {A} gets [only |]{t}.")
    s.ask("Who will play on {day}?", "C")


def hurt_climber(s: Tale) -> None:
    s.let(n="digits:8-30", hut="surname", t="length:minutes", m="number:3-9", color="color")
    s.let(time="clock:evening", thing="clothing")
    s.put(part="leg|arm|wrist|foot|ankle|elbow")
    s.person("C")
    s.person("D")
    s.b("[Mountain rescue|This is the mountain rescue]. [What's happened|What's your emergency]?")
    s.a("{C} fell {n} feet near the {hut} hut. [I think {hisC}|{hisC}] {part} is broken.")
    kind = s.choose("air", "fog", "walk")
    if kind == "air":
        s.b("[Don't move {himC}|Keep {himC} warm]. The helicopter [takes|needs] {t}.")
        s.a("[Good|Please hurry]. [Look for|You'll see us by] a {color} {thing}.")
        s.tell("{C} has fallen {n} feet near the {hut} hut, so a helicopter will come in {t}.")
        s.tell("It should look for a {color} {thing}.", "{hisC} {part} may be broken.")
    elif kind == "fog":
        s.b("[We can't fly|Nobody can fly] in this fog. {m} of us will walk up[ to you|].")
        s.a("[How long will that take|When will you be here]? [It's freezing!|{heC} is cold.]")
        s.b("[At about|By] {time}. [Share a blanket.|Give {himC} something hot.]")
        s.tell("{C} fell {n} feet. As it is foggy, {m} rescuers will walk there by {time}.")
    else:
        s.b("[Can {heC} walk|Is {heC} able to walk]?")
        s.a("[A little|Slowly, yes], if I [hold|support] {himC}.")
        s.b("Then go [down|back] to the hut. {D}[, a doctor,|, who's a doctor,] is staying there.")
        s.tell("{C} fell and may have broken {hisC} {part}, but can walk with {A}'s help.")
        s.tell("They should go to the {hut} hut, where the doctor {D} is.")
    s.ask("How many feet did {C} fall?", "n")
    s.ask("What is the nearest hut called?", "hut")


def sailing_weather(s: Tale) -> None:
    s.let(day="day", n="digits:24-45", m="digits:12-22", isle="surname", t="length:hours")
    s.let(cake="cake")
    s.person("C")
    s.b("[Have you seen|Did you hear] the forecast{vA}? {n} knots [of wind|and rain] on {day}!")
    kind = s.choose("later", "brave", "shelter")
    if kind == "later":
        s.redraw("day")
        s.a("[Too much for us|That's too rough]. [Let's|We'd better] sail on {day} instead.")
        s.b("[Agreed|Very wise]. I'll tell {C}, who was going to [bake|bring] {cake}.")
        s.tell(
            "They won't sail on {old_day} because of the wind, but on {day}. {B} will tell {C}.",
            "As {n} knots are forecast for {old_day}, they put off sailing until {day}.",
        )
    elif kind == "brave":
        s.a("[At last|Wonderful]! We'll be at {isle} Island in {t}[, or less|].")
        s.b("[Without me|Not with me]! I [was|got] seasick at {m}. [I'll stay home.|Take {C}.]")
        s.a("{C} [isn't afraid of anything|never gets sick]. [I'll call {himC}.|{heC} will come.]")
        s.tell("{A} looks forward to sailing in {n} knots of wind on {day}.")
        s.tell("{B} got seasick before, so {C} is to go with {A} to {isle} Island.")
    else:
        s.a("[We could stay|Let's stay] close to {isle} Island. [It's calm there.|It's sheltered.]")
        s.b("[Okay|Well], but if it's more than {m} there, we turn back[ at once|].")
        s.correct("B", "m", keep=0.5)
        s.tell("{A} wants to stay near {isle} Island in the strong wind on {day}.")
        s.tell("{B} insists on turning back at more than {m} knots.")
    aside(s, "B", 0.15)
    s.ask("How many knots are forecast?", "n")


def missing_referee(s: Tale) -> None:
    s.let(city="city", time="clock:afternoon", t="length:minutes", tel="phone", n="number:3-9")
    s.put(sport="volleyball|football|handball|hockey|water polo|softball|curling")
    s.person("C", "female")
    s.person("D")
    s.a("Our referee is stuck in {city}! [Can|Could] you referee the {sport} game at {time}?")
    kind = s.choose("daughter", "rules", "delay")
    if kind == "daughter":
        s.b("My daughter {C} [plays|is] in your team. [They'll complain.|Is that fair?]")
        s.a("[Nobody minds|{D}, their coach, has agreed]. [We're desperate.|It's only for fun.]")
        s.b("[All right|Fine]. [But I'll|I'll] be [extra strict|twice as strict] with her.")
        s.tell("Although {hisB} daughter {C} is playing, {B} will referee the game at {time}.")
        s.tell("{heB} intends to be strict with her.", "The real referee is stuck in {city}.")
    elif kind == "rules":
        s.b("I don't [even |]know the rules! {D} was a referee for {n} years. [Ask {himD}.|]")
        s.a("[What's {hisD} number|Do you have {hisD} number]?")
        s.b("[Yes, it's|It's] {tel}.")
        s.correct("B", "tel", keep=0.5, fact=True)
        s.tell("{B} doesn't know the rules of {sport} and suggests {D} as referee.")
        s.tell("{A} can [reach|call] {himD} under {tel}.")
    else:
        s.b("[Sure|Yes], but I [leave|finish] work only then. Start {t} later.")
        s.a("[The hall closes early|We'd run out of time]. [Then|So] there'll be no break.")
        s.b("[That's all right|Let them complain]. [I'll bring my whistle.|Save me a whistle.]")
        s.tell("{B} has to work until {time}, so the {sport} game will start {t} later.")
    s.ask("Where is the referee?", "city")
    s.ask("Which sport is played?", "sport")


def shared_password(s: Tale) -> None:
    s.let(city="city", day="day", title="title", price="price:3-15", n="number:3-9")
    s.person("C")
    s.a("Somebody in {city} is [using|watching films on] my account! Who has the password?")
    kind = s.choose("wait", "pay", "hacked")
    if kind == "wait":
        s.b("[I told|I gave it to] {C}[, I'm afraid|]. {heC} lives there and is watching {title}.")
        s.a("[And I'm locked out|I can't watch anything]! I'm changing the password [now|tonight].")
        s.b("[Please|Oh, please] wait until {day}. [{heC} has {n} parts left.|]")
        s.tell("{A} wants to change the password because {C} has got it from {B}.")
        s.tell("{B} asks {himA} to wait until {day} since {C} is watching {title}.")
    elif kind == "pay":
        s.b("[I told|I gave it to] {C}[, sorry|]. {heC} can't afford [one|{hisC} own].")
        s.a("[I'm not a bank|You might have asked]. {heC} [can|may] stay for {price} a month.")
        s.correct("A", "price", keep=0.5)
        s.tell("{C} in {city} got {A}'s password from {B} and may use it for {price} a month.")
    else:
        s.b("[Only me|Just you and me]! [What did they watch|What are they watching]?")
        s.a("{title}, {n} times[ since {day}|]. [{C} swears it isn't {himC}.|{C} denies it, too.]")
        s.b("[Then you|You]'ve been hacked. [Change|Better change] the password.")
        s.tell("Somebody in {city} has watched {title} {n} times on {A}'s account.")
        s.tell("Since it is neither {B} nor {C}, {B} tells {A} to change the password.")
    s.ask("Where does somebody use the account?", "city")


def fighting_fish(s: Tale) -> None:
    s.let(color="color", day="day", n="digits:5-15", big="digits:30-70", m="number:2-6")
    s.let(time="clock:work", price="price:5-40")
    s.person("C")
    s.a("[The|That] {color} fish [I bought|you sold me] on {day} bites [the others|my others]!")
    kind = s.choose("swap", "tank", "hungry")
    if kind == "swap":
        s.b("[Oh dear|Sorry]. [Bring it|Return it] by {time}, and you'll get {m} gentle ones.")
        s.correct("B", "time", keep=0.6)
        s.a("[And what do I pay|How much extra is that]?")
        s.b("[Only the difference|The difference], {price}.")
        s.tell("{A} can swap the {color} fish for {m} gentle ones by {time} if {heA} adds {price}.")
    elif kind == "tank":
        s.b("[How big is your tank|How much water does it have]?")
        s.a("{n} gallons.")
        s.b("[That's too small|No wonder]! It needs {big}[, at least|].")
        s.a("[I have no room|No room for that]. I'll give it to {C}, who has a pond.")
        s.tell("Since the fish needs {big} gallons instead of {n}, {A} will give it to {C}.")
    else:
        s.b("[Is it hungry?|Maybe it's hungry.] How often [is it fed|does it get food]?")
        s.a("{C} does that, every {m} days.")
        s.correct("A", "m", keep=0.6, fact=True)
        s.b("[Poor thing|It's starving]! It [must|should] eat {n} flakes a day.")
        s.a("[So much|That many]? [Then I'll|I'll] feed it myself.")
        s.tell("The {color} fish bites because {C} feeds it only every {m} days.")
        s.tell("As it needs {n} flakes a day, {A} will do it instead.")
    s.ask("When did {A} buy the fish?", "day")
    s.ask("What color is it?", "color")


def calligraphy_order(s: Tale) -> None:
    s.let(n="digits:60-180", m="digits:8-24", date="date", price="price:90-300", street="street")
    s.let(t="length:weeks", day="day", gold="price:350-600", color="color")
    s.person("C")
    s.a("[I need|I'd like] {n} name cards by hand, for a wedding on {date}[, please|].")
    kind = s.choose("few", "gold", "hand")
    if kind == "few":
        s.b("[That takes|For {n} I need] {t}. [I wouldn't|I can't] finish in time.")
        s.a("[And|What about] only the {m} for the [family|bride's] table? I'd print the rest.")
        s.b("[That's possible|Those I can do]. [I'll use {color} ink.|]")
        s.tell("{B} can't finish {n} name cards by {date}, so {A} orders {m} and prints the rest.")
    elif kind == "gold":
        s.b("[Black ink is|In black, that's] {price}, [real gold is|and in gold] {gold}.")
        s.a("[{C}, the groom, pays|{C} is paying], so [gold, please|I'll take the gold].")
        s.b("[Then I'll need|Fine, I need] the list [of guests|of names] by {day}.")
        s.correct("B", "day", keep=0.5)
        s.tell("As {C} pays for the name cards, {A} takes gold for {gold} instead of black ink.")
        s.tell("{B} needs the names by {day}.")
    else:
        s.b("[Sorry, my|My] hand is [hurt|injured]. [Go to|Try] {C} on {street}[ instead|].")
        s.a("Is {heC} [really |]as good as you?")
        s.b("[Even better|Much better]! [I taught {himC} myself.|I was {hisC} teacher.]")
        s.tell("{B} can't write {n} cards, as {hisB} hand is hurt, and sends {A} to {C} instead.")
    thank(s, "A", 0.2)
    s.ask("When is the wedding?", "date")


HOBBIES = (
    vanished_photos,
    wrong_recipient,
    raid_team,
    embarrassing_post,
    stuck_drone,
    printed_part,
    puzzle_gap,
    crossword_gap,
    bee_swarm,
    benched_player,
    hurt_climber,
    sailing_weather,
    missing_referee,
    shared_password,
    fighting_fish,
    calligraphy_order,
)
