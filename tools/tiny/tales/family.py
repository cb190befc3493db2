"""Families and what they leave to each other: children, guests, food, clothes."""

from tools.tiny.scenarios.common import bye
from tools.tiny.tales.tale import Tale


def play_costume(s: Tale) -> None:
    s.let(day="weekday", color="color", price="price:25-90")
    s.person("C")
    s.put(
        part="pirate|wizard|frog|owl|dragon|king|clown|bear",
        cloth="bathrobe|raincoat|curtain|tablecloth|blanket|overcoat",
    )
    s.b(
        "{C} needs a {part} costume for the school play on {day}.",
        "The school play is on {day}, and {C} has no {part} costume[ yet|].",
    )
    s.correct("B", "day", keep=0.5, fact=True)
    s.a("[So soon?|And you tell me now?] I can't sew[, you know that|]. [Can you?|Who can?]")
    kind = s.choose("sewn", "cut", "dear")
    if kind == "sewn":
        s.person("D")
        s.b("[Me neither|I can't either]. But {D} would, if {heD} gets [some|] {color} cloth.")
        s.a(
            "[Good, then|Then] I'll buy some [today|at the market]. [How many yards?|And some "
            "thread.]"
        )
        s.tell(
            "Neither {A} nor {B} can sew, so {D} makes the {part} costume for {C}'s play on "
            "{day}, and {A} buys {color} cloth."
        )
        s.ask("Who makes the costume?", "D")
    elif kind == "cut":
        s.b("No, but I have scissors. [May I cut up|Can I take] your {color} {cloth}?")
        s.a("[My good {cloth}?|Oh no, I love it!] [Well, anything for {C}|All right, take it].")
        s.tell(
            "{A} lets {B} turn {hisA} {color} {cloth} into a {part} costume for {C}, who is in a "
            "play on {day}."
        )
        s.ask("What does {A} give away?", "cloth")
    else:
        s.b("[No, but the|The] toy shop has one for {price}[. A really nice one|].")
        s.a("For one evening? [Never|No way]. {C} can [take|wear] a sheet and be a ghost.")
        s.tell(
            "{B} wants to buy {C} a {part} costume for {price}, but {A} finds that too much: {C} "
            "will be a ghost in a sheet."
        )
        s.ask("How much is the costume in the shop?", "price")
    s.ask("What was {C} supposed to be?", "part")
    s.ask("When is the play?", "day")


def failed_recipe(s: Tale) -> None:
    s.let(cake="cake", baked="length:minutes", time="clock:afternoon")
    s.person("C")
    s.a("[This|My] {cake} is hard as a [stone|brick]! I did [exactly|only] what {C} wrote down.")
    s.b("[How long did you bake it|How long was it in the oven]?")
    s.a("{baked}[, as it says here|, just like in the recipe].")
    if s.maybe():
        s.redraw("baked")
        s.b("[Give me that|Let me see]. That's {baked}, not {old_baked}[. Buy new glasses|]!")
        s.a("[Oh no|How silly of me]. And {C} [comes|will be here] at {time}!")
        s.b("[Don't worry|Calm down], {heC} [gets|can have] ice cream.")
        s.tell(
            "{A} baked the {cake} for {old_baked} instead of {baked} and spoiled it, so {C} will "
            "get ice cream."
        )
        s.ask("How long is right for the {cake}?", "baked")
    else:
        s.put(missing="butter|honey|sugar|yeast|milk", taken="olive oil|sour cream|salt|mustard")
        s.b("[Strange|That's right]. [Did you use|And you took] real {missing}?")
        s.a("No, [we had none|there was none left]. I took {taken} instead.")
        s.b("[That explains it|No wonder]! I'll [buy|get] some {missing}, and you start again.")
        s.tell(
            "{A}'s {cake} failed because {heA} took {taken} for {missing}. {B} gets {missing}, "
            "and {A} will try again."
        )
        s.ask("What did {A} use instead of {missing}?", "taken")
    s.ask("Whose recipe is it?", "C")
    s.ask("What did {A} bake?", "cake")


def evening_sitter(s: Tale) -> None:
    s.let(day="day", time="clock:evening", price="price:8-25", play="title")
    s.person("C")
    s.person("D")
    s.a("[We have tickets|I got tickets] for {play} on {day}. [Who stays|Who could stay] with {C}?")
    s.b("[What about {D}|Perhaps {D}]? {heD} [takes|wants] {price} an hour.")
    if s.maybe():
        s.a(
            "[That's okay|Fine]. [Would {heD} stay|Can {heD} stay] [until midnight|till we are "
            "back]?"
        )
        s.b("[Only|Just] until {time}, {heD} has a test [the next day|on the day after].")
        s.a("[Then|So] we leave [before the end|in the break]. [Please call {himD}.|That'll do.]")
        s.tell(
            "{A} and {B} want to see {play} on {day}. {D} looks after {C} for {price} an hour, "
            "but only until {time}."
        )
        s.ask("Until when can {D} stay?", "time")
    else:
        s.a("[{D} fell asleep last time|No, {D} broke our lamp]. [I don't trust {himD}.|]")
        s.b("[Then you go|Go] with [your sister|a friend]. I'll stay at home[ with {C}|].")
        s.tell(
            "{A} doesn't want {D} as a sitter, so {B} stays at home on {day} while {A} sees "
            "{play} with somebody else."
        )
        s.ask("What does {A} want to see?", "play")
    s.ask("When is the evening out?", "day")
    s.ask("Who is looked after?", "C")


def bedtime_story(s: Tale) -> None:
    s.let(book="title", time="clock:evening", pages="number:2-4")
    s.person("C")
    s.a("[Lights out|Time to sleep]{vB}! It's {time} [already|and you have school tomorrow].")
    s.b("[But|No,] {C} promised me a chapter of {book}[ tonight|]!")
    if s.maybe(0.6):
        s.a("A whole chapter is too long. {pages} pages, [and then you sleep|not one more].")
        if s.maybe(0.6):
            s.words(few=s.slots["pages"])
            s.let(pages="number:5-9")
            s.b("[Make it|Please, please,] {pages}! [I won't ask again.|I brushed my teeth.]")
            s.a("[Well, {pages} then|All right, {pages}]. [Move over.|Where is the book?]")
            s.tell(
                "It is {time} and {A} wants to read only {few} pages of {book}, but {B} gets "
                "{himA} to read {pages}."
            )
        else:
            s.b("[Okay|Fine], but with [all the voices|the funny voice].")
            s.tell(
                "{B} wants a chapter of {book} as {C} promised. {A} finds that too long and reads "
                "{pages} pages."
            )
        s.ask("How many pages does {A} read?", "pages")
    else:
        s.a("{C} [is still at work|has a cold and lost {hisC} voice]. [You get two|Two] tomorrow.")
        s.b("[Then I'll read it myself|I can read it alone]! [With my lamp.|Just a bit.]")
        s.a("[No, it's too late|You need your sleep]. [Close your eyes.|Good night.]")
        s.tell(
            "{C} promised {B} a chapter of {book} but can't read today, and {A} doesn't let {B} "
            "read at {time}."
        )
        s.ask("What time is it?", "time")
    s.ask("Who made a promise to {B}?", "C")
    s.ask("Which book is it?", "book")


def pocket_money(s: Tale) -> None:
    s.let(price="price:4-20", thing="gift", day="day")
    s.put(task="clean the rabbit hutch|stack the wood|rake the leaves|sweep the cellar")
    s.b("[I'm|I am] {price} short for a {thing}. [Can I get|Could I have] more pocket money{vA}?")
    s.correct("B", "price", keep=0.5, fact=True)
    s.a("[Not for nothing|Only for work]. {task} by {day}, and you get it.")
    if s.maybe():
        s.b("[By {day}|So soon]? [I'm at camp|I have a test]! Can't I do it later?")
        s.redraw("day")
        s.a("[Well, {day}|Let's say {day}], but [not a day later|then it has to be tidy].")
        s.b("[Okay|Great]! [I'll start right after school.|You're the best.]")
        s.tell(
            "{B} needs {price} for a {thing} and gets it if {heB} can {task} by {day} instead of "
            "{old_day}."
        )
        s.ask("What is the last day for the work?", "day")
    else:
        s.person("C")
        s.b("[That's not fair|But] {C} gets {price} for [nothing|just feeding the fish]!")
        s.a("{C} is [older|saving for college]. [It's your choice.|Take it or leave it.]")
        s.b("[Then I don't want it|No, thanks]. I'll [ask|write to] Grandma.")
        s.tell(
            "{A} would give {B} {price} to {task}, but {B} finds it unfair because of {C} and "
            "will ask Grandma."
        )
        s.ask("Who gets money more easily?", "C")
    s.ask("What does {B} want to buy?", "thing")
    s.ask("How much does {B} need?", "price")


def grandmother_visit(s: Tale) -> None:
    s.let(day="day", n="number:2-9", city="city")
    s.person("C")
    s.person("G", "female")
    s.b("[My grandmother|Grandma] {G} [arrives|comes] from {city} on {day} and stays {n} nights.")
    s.correct("B", s.choose("day", "n"), keep=0.5, fact=True)
    s.a("[How lovely!|That's a surprise.] [But where|Where] does {heG} sleep?")
    if s.maybe():
        s.b("In {C}'s room[, I thought|]. {C} [can sleep|sleeps] on the floor with us.")
        s.a("[{C} will love that|Good], {heC} likes camping. I'll get the sleeping bag.")
        s.tell(
            "{G} visits for {n} nights and gets {C}'s room, while {C} has to sleep on the floor."
        )
        s.ask("Whose room does {G} get?", "C")
    else:
        s.b("[On the sofa|On the couch], [it's new|it's soft].")
        s.a("With {hisG} back? [No|Never], {heG} gets our bed, and we [take|lie on] the sofa.")
        s.b("[For {n} nights?|Oh dear.] [Well, it's family|You're right].")
        s.tell(
            "{G} comes from {city} for {n} nights, and because of {hisG} back {heG} gets the bed "
            "of {A} and {B}."
        )
        s.ask("From where does {G} come?", "city")
    s.ask("Who comes to visit?", "G")
    s.ask("How many nights does {G} stay?", "n")


def home_lesson(s: Tale) -> None:
    s.let(day="weekday", time="clock:afternoon", other="weekday")
    s.person("C")
    s.person("T")
    s.put(tool="violin|trumpet|cello|drum|accordion|flute", pet="dog|parrot")
    s.a("{T} [comes|will be here] on {day} at {time} for {C}'s {tool} lesson.")
    s.correct("A", "time", keep=0.5, fact=True)
    if s.maybe():
        s.b("[At that time|Then] I have [an interview on the screen|a call with my boss]! [No!|]")
        s.a("[Sit|Work] in the attic. [You hear nothing there.|It's quiet there.]")
        s.b("[Under the roof, in this heat?|No, it's too cold.] Ask {T} to come on {other}.")
        s.a("[Fine|I'll try], {heT} [owes me a favor|is flexible].")
        s.tell(
            "Because {B} has a call during {C}'s {tool} lesson on {day}, {A} will ask {T} to come "
            "on {other}."
        )
        s.ask("On which day does {B} want the lesson?", "other")
    else:
        s.b("[And the {pet}?|What about the {pet}?] [It howls|It screams] with every note.")
        s.a("[That's why I'm asking|Right]. [Could you|Can you] take it [to the park|upstairs]?")
        s.b("[For an hour, okay|An hour, not more]. [Tell {T} to be on time.|I like {T}'s music.]")
        s.tell(
            "{T} gives {C} a {tool} lesson on {day} at {time}, and {B} keeps the noisy {pet} away "
            "for an hour."
        )
        s.ask("Which animal is noisy?", "pet")
    s.ask("What does {C} learn?", "tool")
    s.ask("Who is the teacher?", "T")


def uncle_call(s: Tale) -> None:
    s.let(land="country", time="clock", n="number:3-9")
    s.person("C", "male")
    s.a("[Uncle|Our uncle] {C} wants to [see us on the screen|talk by video] at {time}[ today|].")
    if s.maybe():
        s.b("[By our clock or {hisC}|Our time or {hisC} time]? {land} is [far away|not next door].")
        s.redraw("time")
        s.a("[I forgot that|Right, that's {hisC} time]. [For us, it's|Here it is] {time}.")
        s.b("[Good|Fine], I'll be [home|ready] by then. [Comb your hair.|I have so much to tell.]")
        s.tell(
            "{C} is going to call from {land}. {A} says {old_time} at first, but for {A} and {B} "
            "it is {time}."
        )
        s.ask("When will {C} call, by {A}'s clock?", "time")
    else:
        s.b("[Without me, please|Not me]. [We argued|I had a quarrel with {himC}] at your wedding.")
        s.a("[That was|It's] {n} years ago! [{heC} always asks about you.|{heC} is sorry, really.]")
        s.b("[Oh well|All right], [five minutes|I'll say hello][, for you|]. How is {land}?")
        s.tell(
            "{B} doesn't want to talk to {C} in {land} at {time} after an old quarrel, but {A} "
            "changes {hisB} mind."
        )
        s.ask("How many years ago was the quarrel?", "n")
    s.ask("Where is the uncle?", "land")
    s.ask("Who wants to call?", "C")


def old_clothes(s: Tale) -> None:
    s.let(color="color", n="digits:4-30", day="day")
    s.put(item="sweater|raincoat|jacket|scarf|hoodie|hat|shirt")
    s.person("C")
    s.a("[Does this|Can this] {color} {item} go [too|into the bag]? You [never wear|forgot] it.")
    if s.maybe():
        s.b("[Hands off|No way]! I wore it when I met {C}, {n} years ago.")
        s.correct("B", "n", keep=0.6, fact=True)
        s.a("[And now it has holes.|The moths ate half of it.] [Take a photo|Keep the buttons]!")
        s.b("[It stays|I keep it]. [You can have|Take] my [boots|old coat] instead.")
        s.tell(
            "{B} won't give away the {color} {item} {heB} wore when {heB} met {C} {n} years ago, "
            "though {A} finds it too old."
        )
        s.ask("How many years is it since {B} met {C}?", "n")
    else:
        s.b("[It's too small for me|It itches]. But [ask|show it to] {C} first[, maybe it fits|].")
        s.a("{C} [takes|wants] everything! The truck for the bags comes on {day}.")
        s.correct("A", "day", keep=0.5, fact=True)
        s.b("[Then ask {himC} before|That's enough time]. If {C} says no, it goes.")
        s.tell(
            "{B} doesn't need the {color} {item}, but wants {C} to see it before the bags are "
            "collected on {day}."
        )
        s.ask("When are the bags collected?", "day")
    s.ask("What does {A} want to give away?", "item")
    s.ask("What color is it?", "color")


def jars_of_jam(s: Tale) -> None:
    s.let(n="number:3-9", m="digits:20-60", day="day")
    s.put(fruit="plum|cherry|apricot|quince|rhubarb|fig", other="eggs|honey|walnuts|potatoes")
    s.a("{m} jars of {fruit} jam, [and nobody eats it|and I'm sick of it]! Will you take {n}?")
    if s.maybe():
        s.b("[With pleasure|Gladly], but then you get [some|a bag of] {other} from us.")
        if s.maybe():
            s.let(n="digits:11-18")
            s.a("[Then|For that] you can have {n}! [I'll bring them|Come and get them] on {day}.")
        else:
            s.a("[That's a good trade|I like that]. [I'll bring them|Come and get them] on {day}.")
        s.b("[Fine, {day}|All right, {day}]. [I'll bring you some empty jars, too.|]")
        s.tell(
            "{A} has too much {fruit} jam and gives {B} {n} jars on {day} in return for {other}."
        )
        s.ask("What does {A} get for the jam?", "other")
    else:
        s.b("[I'd sell it|Sell it]. The school fair is on {day}.")
        s.correct("B", "day", keep=0.5, fact=True)
        s.a("[Good idea|Would they take it]? [I'd keep|I keep] {n} jars and [give|bring] the rest.")
        s.b("[I'll tell them|They'll be glad]. [Write labels.|Your jam is famous.]")
        s.tell(
            "Following {B}'s idea, {A} keeps {n} jars of {fruit} jam and gives the rest to the "
            "fair on {day}."
        )
        s.ask("When is the fair?", "day")
    bye(s, "A", 0.4)
    s.ask("What kind of jam is it?", "fruit")
    s.ask("How many jars were there?", "m")


def feeding_round(s: Tale) -> None:
    s.let(city="city", start="day", end="day", month="month")
    s.put(flock="rabbits|hens|geese|goats|ducks|sheep", own="cat|parrot|turtle|hamster|old dog")
    s.a(
        "We're off to {city} from {start} to {end}. [Would you feed|Could you look after] the "
        "{flock}?",
        "[Who could|Can you] feed our {flock} from {start} to {end}? We're in {city} then.",
    )
    if s.maybe():
        s.b("[I could|I can do that], if you [take|look after] my {own} in {month}.")
        s.correct("B", "month", keep=0.5)
        s.a("[Deal|That's fair]. [Where does it sleep|Does it bite|What does it like]?")
        s.b("[I'll write it all down|I'll tell you when I bring it]. [It's very tame.|]")
        s.tell(
            "{B} feeds {A}'s {flock} from {start} to {end}, and in return {A} looks after {B}'s "
            "{own} in {month}."
        )
        s.ask("Which animal does {B} have?", "own")
    else:
        s.person("C")
        s.b("[In the mornings|Before work], yes. [But in|In] the evenings I [have classes|sing].")
        s.a("Then {C} [can do|takes] the evenings. [Can you show {himC} the food?|Okay?]")
        s.b("[Of course|Sure]. [{heC} has my number.|{heC} lives just next door.]")
        s.tell(
            "While {A} is in {city}, {B} and {C} feed the {flock}: {B} has no time in the "
            "evenings, so {C} comes then."
        )
        s.ask("Who comes in the evenings?", "C")
    bye(s, "B", 0.4)
    s.ask("Where does {A} go?", "city")


FAMILY = (
    play_costume,
    failed_recipe,
    evening_sitter,
    bedtime_story,
    pocket_money,
    grandmother_visit,
    home_lesson,
    uncle_call,
    old_clothes,
    jars_of_jam,
    feeding_round,
)
