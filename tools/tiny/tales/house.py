"""Houses and neighbours: repairs, gardens, keys, animals at the door."""

from tools.tiny.scenarios.common import aside, bye, office, thank
from tools.tiny.tales.tale import Tale


def dripping_roof(s: Tale) -> None:
    s.let(piece="furniture", day="day", price="price:80-600")
    s.person("C")
    s.a("It's dripping on the {piece} again. Somebody [must|has to] climb onto the roof.")
    s.b("[Not me|I won't go up there], [I get dizzy on a chair|I'm too old for that]. Ask {C}.")
    if s.maybe():
        s.a("{C} [wants|asks for] {price}[ just to look|]! I'd rather go up myself, on {day}.")
        s.correct("A", "day", keep=0.5)
        s.b("[At least let me|Then I'll] hold the ladder[, or you break your neck|].")
        s.tell(
            "The roof is dripping, and since {C} asks {price}, {A} wants to climb up on {day} "
            "while {B} holds the ladder."
        )
        s.ask("When does {A} climb up?", "day")
    else:
        aside(s, "A", 0.3)
        s.a("[I just called {himC}|I've already asked]. {heC} can come on {day} and takes {price}.")
        s.correct("A", "day", keep=0.5, fact=True)
        s.b("[Good|That's a fair price]. [Until then|For now], we need a bucket.")
        s.tell("{B} doesn't dare to climb up, so {C} will mend the roof on {day} for {price}.")
        s.tell("Till then, they use a bucket.")
        s.ask("How much does {C} take?", "price")
    s.ask("Who should look at the roof, according to {B}?", "C")


def power_cut(s: Tale) -> None:
    s.let(street="street", time="clock:evening", dish="dish", n="number:3-9")
    s.b("[Everything|It all] went dark [here|in my kitchen]. Do you [still|] have light{vA}?")
    s.a("[No|None], the whole of {street} is out. [They say|The radio says] until {time}.")
    s.correct("A", "time", keep=0.5, fact=True)
    s.b("[But I'm|I was] just making a {dish}! Do you have [any|some] candles?")
    if s.maybe():
        s.a("[I have plenty|A whole box]. [Come over|Come up], I'll give you {n}.")
        s.b("[On my way|I'm coming|I'm already on the stairs].")
        s.tell("{A} gives {B} {n} candles, because the power on {street} is off until {time}.")
        s.ask("How many candles does {B} get?", "n")
    else:
        s.a("[No candles|Not one], but my stove runs on gas. Bring the {dish} [over|up here].")
        s.b("[You're a star|Wonderful]! [And you eat with me|Then we eat together].")
        s.tell(
            "{B} can't finish the {dish} in the power cut on {street}, so {heB} takes it to {A}, "
            "who cooks with gas, and they eat together."
        )
        s.ask("What does {B} bring along?", "dish")
    s.ask("Which street is dark?", "street")
    s.ask("Until when will it last?", "time")


def snowy_path(s: Tale) -> None:
    s.let(time="clock:morning", city="city", day="day", price="price:5-30")
    s.person("C")
    s.b("[So much snow|Snow up to the knees]! [Who clears|Who shovels] the path before {time}?")
    s.a("{C}, [it's on the plan|I saw it on the plan]. [Or isn't it?|Not me, anyway.]")
    s.b("[Yes, but {heC}|{heC}] is [stuck in|away in] {city}[. No trains|].")
    aside(s, "A", 0.25)
    if s.maybe():
        s.person("D")
        s.a("[Let's|Then we] [give|offer] little {D} {price}. [{heD} loves snow.|]")
        s.correct("A", "price", keep=0.5)
        s.b("[For that, {heD} does the roof, too|Good, I'll wake {himD}].")
        s.tell(
            "{C} should shovel the snow before {time} but is in {city}, so they pay {D} {price} "
            "for it."
        )
        s.ask("How much does {D} get?", "price")
    else:
        s.a("[Leave it|Don't touch it]. [They say it will|It will] melt by {day}[ anyway|].")
        s.b("[And if the mailman falls?|By then we'll all have fallen.] I'll do it [now|myself].")
        s.tell(
            "{A} wants to wait till the snow melts by {day}, but {B} clears the path for {C}, who "
            "is in {city}."
        )
        s.ask("By when does {A} expect the snow to melt?", "day")
    s.ask("Where is {C}?", "city")
    s.ask("Whose turn would it be?", "C")


def parking_space(s: Tale) -> None:
    s.let(color="color", n="digits:11-99", day="day", time="clock:evening")
    s.person("C")
    s.put(floor="second|third|fourth|fifth|top")
    s.a("[Whose is that|Who owns the] {color} car [here|] in my [parking space|space], number {n}?")
    s.b("[I know it|Oh, that one]. It belongs to {C} [on|from] the {floor} floor.")
    if s.maybe():
        s.a("[I'll have it towed|I'm calling the tow truck]!")
        s.redraw("n")
        s.b("[Wait|Careful], yours is number {n}. [I have the plan here.|Read your contract.]")
        s.a("{n}? [Oh, how embarrassing|Then I was wrong]. [And I wrote {himC} a rude note.|]")
        s.tell(
            "{A} is angry about {C}'s car in space {old_n}, but {B} points out that {A}'s own "
            "space is {n}."
        )
        s.ask("Which space belongs to {A}?", "n")
    else:
        s.a("[Can't {heC} read|What is {heC} thinking]? [I'll ring {hisC} bell.|]")
        s.b("[Be kind|Don't], {heC} has a broken foot. [Take|You can have] my space until {day}.")
        s.correct("B", "day", keep=0.5)
        s.a("[Poor {C}|I didn't know that]. [Then I'll park there|That's nice of you].")
        s.tell(
            "{C} parks the {color} car in {A}'s space because of a broken foot, so {B} lets {A} "
            "use {hisB} own until {day}."
        )
        s.ask("Until when can {A} use the other space?", "day")
    bye(s, "B", 0.4)
    s.ask("What color is the car?", "color")
    s.ask("Whose car is it?", "C")


def shady_tree(s: Tale) -> None:
    s.let(n="number:3-10", month="month", day="day")
    s.put(tree="birch|oak|spruce|maple|walnut tree|cedar", crop="tomatoes|roses|beans|strawberries")
    s.a("Your {tree} [takes|steals] all the light from my {crop}. [Could|Can't] you cut it down?")
    s.b("[Cut it down?|Never!] My [mother|grandfather] planted [it|that tree] [for me|long ago].")
    if s.maybe():
        s.a("[Just a little shorter|Maybe just the top]? [I'd pay half|We could share the cost].")
        s.b("[Hmm, all right|That I can do]. {n} feet off, in {month}.")
        s.correct("B", "month", keep=0.5)
        s.tell(
            "{B} won't cut down the {tree} that shades {A}'s {crop}, but will take off {n} feet "
            "in {month}, and {A} shares the cost."
        )
        s.ask("How many feet are taken off?", "n")
    else:
        s.a("[But they die|My {crop} look terrible]. [What shall I do?|What would you do?]")
        s.b("[Move|Plant] them behind the house. [I'll|I can] help you [dig|] on {day}.")
        s.correct("B", "day", keep=0.5)
        s.a("[Maybe that helps|I never thought of that]. [Bring a spade.|We can try.]")
        s.tell(
            "Instead of cutting down the {tree} beside {A}'s {crop}, {B} is going to help {A} "
            "plant them behind the house on {day}."
        )
        bye(s, "B", 0.4)
        s.ask("When does {B} help?", "day")
    s.ask("What kind of tree is it?", "tree")
    s.ask("What does {A} grow?", "crop")


def spare_key(s: Tale) -> None:
    s.let(day="weekday", time="clock:work", city="city")
    s.person("C")
    s.put(who="plumber|electrician|window cleaner|chimney sweep|painter")
    s.a("[Do|Don't] you have my spare key{vB}? The {who} comes on {day}, and I'm in {city}.")
    s.correct("A", "day", keep=0.5, fact=True)
    if s.maybe():
        s.b("[Yes, it hangs|It's here] by my door. [At what time|When will that be]?")
        s.a("At {time}. [You'd only have to|Just] open[ and close|] the door, please.")
        s.b("[I can do that|No trouble at all]. [I'll water your plants, too.|]")
        s.tell(
            "{A} is in {city} on {day}, so {B} opens {A}'s door with the spare key for the {who} "
            "at {time}."
        )
        s.ask("When does the {who} come?", "time")
    else:
        s.b("[You gave it to {C}, not me|No, {C} has it now][, remember|]. [Ask {himC}.|]")
        s.a("{C} [never picks up the phone|is so hard to reach]. [Could you|Will you] go and ask?")
        s.b("[Okay|Yes], I see {himC} [every day|at work]. [I'll bring you the key.|I'll get it.]")
        s.tell(
            "{A} needs the spare key for the {who} on {day}, but {C} has it, so {B} will get it "
            "from {C}."
        )
        s.ask("Who has the key?", "C")
    thank(s, "A", 0.4)
    s.ask("Who comes to {A}'s home?", "who")
    s.ask("On which day is {A} away?", "day")


def heating_meter(s: Tale) -> None:
    s.let(company="company", date="date", time="clock:work", n="digits:1010-9890")
    s.person("C")
    s.a("This is {company}. We're reading the heating meters in your house on {date}, at {time}.")
    s.correct("A", s.choose("date", "time"), keep=0.6, fact=True)
    s.b("[That doesn't suit me|I won't be in], I [work|have classes] all day.")
    if s.maybe():
        office(s, "A", 0.3)
        s.a("[Could a neighbor|Can anybody] open the door[ for us|]?")
        s.b("[Yes, {C}|{C} could]. [I'll leave {himC} my key.|{heC} lives across the hall.]")
        s.tell(
            "{company} wants to read {B}'s meters on {date} at {time}. {B} is out, so {C} will "
            "open the door."
        )
        s.ask("Who lets them in?", "C")
    else:
        s.a("[You can also|Then please] read it yourself and tell me the number[ now|].")
        s.b("[One moment|I'm standing next to it]. It says {n}.")
        s.tell(
            "{B} is not at home when {company} comes on {date}, so {heB} reads the meter on the "
            "phone: {n}."
        )
        s.ask("What does the meter say?", "n")
    thank(s, "A", 0.5)
    s.ask("When do they read the meters?", "date")
    s.ask("Who is calling?", "company")


def long_ladder(s: Tale) -> None:
    s.let(day="day", street="street", time="clock:day")
    s.person("C")
    s.put(fruit="cherries|plums|apples|walnuts|pears")
    s.a("[Where's our long ladder|Did you see the ladder]? {C} needs it for the {fruit} on {day}.")
    s.correct("A", "day", keep=0.5, fact=True)
    if s.maybe():
        s.b("[In the garage|Behind the shed]. But [it won't fit in the car|the car is too short].")
        s.a("[Then we carry it|We can carry it]. It's only to {street}. [You take one end.|]")
        s.b("[All right|If I must], [but before|let's go at] {time}[. Wear gloves|].")
        s.tell(
            "{C} needs the ladder for the {fruit}, and as it doesn't fit into the car, {A} and "
            "{B} carry it to {street}."
        )
        s.ask("Where does the ladder have to go?", "street")
    else:
        s.person("D")
        s.b("[I gave it to {D}|{D} has it][, for the gutter|]. [Sorry.|It was weeks ago.]")
        s.a("[Oh no.|] {D} never brings anything back. [Go and get it|Call {himD}]!")
        s.b("I'll fetch it at {time} and take it [straight|right] to {C}.")
        s.correct("B", "time", keep=0.6)
        s.tell(
            "{C} needs the ladder on {day}, but {D} has it. {B} will get it at {time} and bring "
            "it to {C}."
        )
        s.ask("When will {B} fetch the ladder?", "time")
    s.ask("Who needs the ladder?", "C")
    s.ask("What is picked?", "fruit")


def broken_window(s: Tale) -> None:
    s.let(price="price:60-400", day="day", n="number:2-9")
    s.person("C")
    s.put(room="kitchen|bathroom|cellar|bedroom|garage")
    s.b("Your {C} kicked a ball through my {room} window[ today|]. The new glass costs {price}.")
    s.correct("B", "price", keep=0.5, fact=True)
    if s.maybe():
        s.person("D")
        s.a("{C} [swears it was {D}|says {D} did it]. [They were both there.|I believe {himC}.]")
        s.b("[{D}'s father says the opposite|I saw only the ball]. [So who pays?|What now?]")
        s.a("[Half each|We share it]: half from us, half from {D}'s parents.")
        s.tell(
            "{B} wants {price} for a {room} window from {A}. As {C} blames {D}, both families "
            "shall pay half."
        )
        s.ask("Whom does {C} blame?", "D")
    else:
        s.a("[I'm so sorry|Oh no]! [We'll pay|I'll pay for it], and {C} will say sorry[ tonight|].")
        s.b("[Good.|Thanks.] [The glazier comes|They put it in] on {day}.")
        s.correct("B", "day", keep=0.6, fact=True)
        s.a("{C} [can|could] [sweep up|mow your lawn] for {n} weeks, too.")
        s.tell(
            "{C} broke {B}'s {room} window. {A} pays the {price}, and {C} has to apologize and "
            "help {B} for {n} weeks."
        )
        s.ask("For how many weeks does {C} help?", "n")
    s.ask("How much is the new glass?", "price")
    s.ask("Which room has a broken window?", "room")


def hungry_cat(s: Tale) -> None:
    s.let(color="color", pet="pet", street="street", n="number:2-5")
    s.person("C")
    s.put(food="salmon|chicken|ham|bacon|cheese|tuna")
    s.a("A {color} cat [sits|cries] at my door every [night|morning]. I [always|] give it {food}.")
    if s.maybe(0.6):
        s.b("[Stop that|Don't]! [That's|It's] {pet}, {C}'s cat, and it's on a diet.")
        s.a("[A diet?|Oh!] [It looked so hungry.|It ate like a horse.]")
        s.b("[Tell {C}|You should tell {C}]. It [eats|gets fed] at {n} houses on {street}.")
        s.correct("B", "n", keep=0.6, fact=True)
        s.a("[Oh, I'm too ashamed for that|I'd rather not]. [But no more {food}|I'll just stop].")
        s.tell(
            "{A} has fed a {color} cat, but {B} says it is {C}'s {pet} on a diet and eats at {n} "
            "houses, so {A} will stop."
        )
        s.ask("At how many houses does the cat eat?", "n")
    else:
        s.b("[Whose is it|Does it belong to anybody]? [It looks thin.|I saw it, too.]")
        s.a("[Once it was|I think it was] {C}'s, [before {heC} moved|but {heC} moved away].")
        s.b("[Poor thing|How sad]. Keep it[, and call it {pet}| and name it {pet}]!")
        s.a("{pet}? [Why not|I like that]. [Then it needs a basket.|I'll ask {C} first.]")
        s.tell(
            "{A} feeds a cat that {C} left behind, and likes {B}'s idea to keep it and call it "
            "{pet}."
        )
    bye(s, "B", 0.4)
    s.ask("What does {A} give the cat?", "food")
    s.ask("Whose cat is or was it?", "C")


def fence_hole(s: Tale) -> None:
    s.let(day="day", price="price:30-200", n="number:2-9")
    s.put(beast="dog|goat|sheep|pig|goose", crop="lettuce|carrots|tulips|spinach|cabbage")
    s.b("Your {beast} came through the fence and ate [all|half of] my {crop}{vA}!")
    if s.maybe():
        s.a("[Oh no|Again]! [I'm sorry|I apologize]. I'll [close|mend] the hole on {day}.")
        s.correct("A", "day", keep=0.5)
        s.b("And the {crop}? [It cost me|I paid] {price}[ in the spring|].")
        s.a("[I'll pay for it, of course|You'll have it tomorrow]. [Here, take it.|Sorry again.]")
        bye(s, "B", 0.4)
        s.tell(
            "{A}'s {beast} ate {B}'s {crop}, so {A} mends the fence on {day} and pays {B} {price}."
        )
        s.ask("How much were the plants?", "price")
    else:
        s.person("C")
        s.a("[That|The] hole is from {C}'s [tractor|ball], not from us. [Ask {himC}.|]")
        s.b("{C} [denies it|says it was always there]. [Somebody must mend it.|I need a fence!]")
        s.a("[Then let's|We could] do it together. I have {n} boards[ left|]. [On {day}?|{day}?]")
        s.b("[Fine|{day} is good], I'll bring the nails.")
        s.tell(
            "{A} blames {C} for the hole that {A}'s {beast} used. In the end, {A} and {B} mend it "
            "on {day} with {n} boards."
        )
        s.ask("Whom does {A} blame?", "C")
    s.ask("Which animal came through?", "beast")
    s.ask("What was eaten?", "crop")


def cellar_mice(s: Tale) -> None:
    s.let(n="number:2-8", price="price:20-90", pet="pet", day="day")
    s.person("C")
    s.put(food="potatoes|apples|flour|oats|walnuts|candles")
    s.b("[There are mice|We've got mice] in the cellar! They [ate|got into] our {food}.")
    s.a("[I'll set|Let's put up] {n} traps[ tonight|]. [With cheese.|With bacon.]")
    aside(s, "B", 0.3)
    if s.maybe(0.6):
        s.b("[Please don't|No], that's cruel. [Let's borrow|I'd rather borrow] {C}'s cat, {pet}.")
        s.a("{pet} is [fat and lazy|afraid of flies]. But all right, {pet} gets until {day}.")
        s.correct("A", "day", keep=0.5)
        s.tell(
            "Against the mice, {A} wants to set {n} traps, but {B} prefers {C}'s cat {pet}, which "
            "gets a chance until {day}."
        )
        s.ask("What is the cat called?", "pet")
    else:
        s.b("[Traps didn't help {C}|{C} tried that], they [came back|were too clever].")
        s.a("[So we need|Do we need] somebody who knows how? What did {C} pay?")
        s.b("{price}. [But the man|The man] closed every hole, and [that was it|now it's quiet].")
        s.tell(
            "{A} wants to catch the mice with {n} traps, but they didn't help {C}, who paid "
            "{price} to get the holes closed."
        )
        s.ask("How much did {C} pay?", "price")
    s.ask("What did the mice find?", "food")
    s.ask("How many traps does {A} want to set?", "n")


HOUSE = (
    dripping_roof,
    power_cut,
    snowy_path,
    parking_space,
    shady_tree,
    spare_key,
    heating_meter,
    long_ladder,
    broken_window,
    hungry_cat,
    fence_hole,
    cellar_mice,
)
