"""Kitchens, tables and staying well."""

from tools.tiny.scenarios.common import aside, bye, office, thank
from tools.tiny.tales.tale import Tale


def nut_allergy_guest(s: Tale) -> None:
    s.let(day="day")
    s.put(sweet="brownies|muffins|cookies|pancakes|cupcakes|waffles")
    s.put(nut="walnuts|hazelnuts|almonds|cashews|pecans|peanuts|pistachios")
    s.put(swap="pumpkin seeds|oats|coconut flakes|sunflower seeds|dried apricots|chocolate chips")
    s.put(instead="rice pudding|lemon sorbet|fruit salad|vanilla custard|baked apples|jelly")
    s.person("C")
    s.person("D")
    s.a("I'm making {sweet} with {nut} for [dinner on {day}|our guests on {day}].")
    s.correct("A", "day", keep=0.7, fact=True)
    s.b("[Careful|Wait]{vA}! Isn't {C} [allergic to|ill from eating] {nut}?")
    kind = s.choose("swap", "bring", "wrong")
    if kind == "swap":
        s.a("[Oh, yes|Oh no, I forgot]! [Then I'll take|I'd better use] {swap} instead.")
        s.b("And [wash the bowls twice|clean the table well]. [A crumb is enough.|]")
        s.tell("Since {C} can't have {nut}, {A} will use {swap} for the {sweet}.")
        s.ask("What will {A} use instead of {nut}?", "swap")
    elif kind == "bring":
        s.a("[You're right|True]. [What now?|But I've already shopped!|I know no other recipe.]")
        s.b("[Leave dessert to me|Don't worry], I'll bring {instead}. It's [safe|free of nuts].")
        s.tell("{A}'s {sweet} could make {C} ill, so {B} will bring {instead} on {day}.")
        s.ask("What will {B} bring?", "instead")
    else:
        s.a("[No, that's {D}|You mean {D}], who isn't invited. {C} [eats|loves] {nut}.")
        s.b("[Oh, I always mix them up.|Sorry, my mistake.] Then [go ahead|bake away].")
        s.tell("{B} thinks that {C} can't eat {nut}, but {A} explains that it is {D} who can't.")
        s.ask("Who is allergic to {nut}?", "D")
    s.ask("When are the guests coming?", "day")


def pharmacy_out_of_stock(s: Tale) -> None:
    s.let(day="weekday", street="street", price="price:5-30", house="digits:2-99")
    s.put(drug="eye drops|cough syrup|nose spray|burn gel|throat tablets|ear drops|zinc tablets")
    s.person("C")
    s.a("[I need|I've come for|Could you give me] {drug} for [a neighbor|my boss], {C}, please.")
    s.b("[Sorry, we've|We've just] run out of {drug}. [More will|The next box will] come {day}.")
    s.correct("B", "day", keep=0.7, fact=True)
    kind = s.choose("branch", "deliver", "brand")
    if kind == "branch":
        s.a("[That's too late|{C} can't wait so long]. [It's urgent.|Who else has some?]")
        s.b("Our shop on {street} has a box. [I can have|I'll have] it set aside for you.")
        s.a("[Please do|Yes, please]. I'll [walk|drive] there [now|straight away].")
        s.tell("{A} can't wait for {C}'s {drug} until {day} and goes to the shop on {street}.")
        s.ask("On which street is the other shop?", "street")
    elif kind == "deliver":
        s.a("{day} is fine, but {heC} [can't go out|is in bed], so [would|could] you deliver it?")
        s.b("[For|Yes, for] {price}. [What's the address|Where to]?")
        s.a("{house} {street}[, second floor|, the blue door|].")
        s.tell("For {price}, the pharmacy will deliver {drug} to {C} at {house} {street} on {day}.")
        s.ask("How much is the delivery?", "price")
    else:
        s.b("[But there's|I can offer] another brand for {price}. [It works just as well.|]")
        s.a("[The last time|Once] that gave {himC} a rash. [I'd rather wait|Then I'll wait].")
        s.tell("Since another brand gave {C} a rash, {A} will wait for the {drug} until {day}.")
        s.ask("How much is the other brand?", "price")
    thank(s, "A", 0.2)
    s.ask("When will {drug} be in again?", "day")


def glasses_pickup(s: Tale) -> None:
    s.let(color="color", price="price:40-300", day="weekday", t="length:days", m="length:minutes")
    s.person("C")
    s.a("[Here you are|Your glasses are ready]{vB}: {color} frames. [That's|It's] {price}, please.")
    s.correct("A", "price", keep=0.7, fact=True)
    office(s, "A", 0.2)
    kind = s.choose("dizzy", "color", "tight", "late")
    if kind == "dizzy":
        s.b("[The floor|Everything] [is swaying|seems to move]! Are they [the right ones|correct]?")
        s.a("Your eyes must get used to them. [Wear them|Keep them on] for {t}[, then call|].")
        s.tell("{A} advises {B} to wear the new glasses for {t}, although they make {himB} dizzy.")
        s.ask("For how long should {B} wear them?", "t")
    elif kind == "color":
        s.redraw("color")
        s.b("[But mine should be|But I ordered] {color}, not {old_color}. [These aren't mine.|]")
        s.a("[How embarrassing|So sorry], these are {C}'s. Yours [arrive|come] on {day}.")
        s.tell("{A} hands {B} {C}'s glasses by mistake. {B}'s own {color} ones come on {day}.")
        s.ask("Whose glasses are they?", "C")
    else:
        s.b("They [press|pinch] behind [my ears|the left ear]. [Can|Could] you [widen|bend] them?")
        s.a("[Certainly|Of course]. [It takes|Give me] {m}. [You can wait over there.|]")
        if kind == "late":
            s.b("[I have to meet|I'm meeting] {C}. [I'll be|I'd rather come] back on {day}.")
            s.tell("The glasses are too tight, but {B} has to meet {C} and will return on {day}.")
        else:
            s.b("[I'm not in a hurry|I have time]. [Then I'll pay|I'll pay] when they fit.")
            s.tell("As the new glasses are too tight, {A} will widen them while {B} waits for {m}.")
        s.ask("How long does {A} need to change the glasses?", "m")
    s.ask("What do the glasses cost?", "price")


def joint_exercise(s: Tale) -> None:
    s.let(n="digits:12-24", many="digits:30-80", time="clock", date="date", sport="sport")
    s.put(joint="knee|hip|shoulder|elbow|ankle|wrist")
    s.person("C")
    s.b("My {joint} [still hurts|isn't any better]. When can I [go back|return] to {sport}?")
    kind = s.choose("lazy", "wrong", "soon")
    if kind == "lazy":
        s.a("[Tell me honestly|Be honest], do you do the {n} stretches I showed you?")
        s.b("[Now and then|Not always]. [I come home tired.|The children need me.] [I forget.|]")
        s.a("[Set an alarm for|Do them at] {time}, every day. [No stretches, no {sport}.|]")
        s.correct("A", "time", keep=0.7)
        s.tell("{B} often skips the stretches, so {A} tells {himB} to do all {n} daily at {time}.")
        s.ask("At what time should {B} exercise?", "time")
    elif kind == "wrong":
        s.a("Show me the exercise. [No, slower|Stop, too fast]! Who told you to do {many}?")
        s.b("{C}[ did|, your colleague|]. [Is that|Are those] too many?")
        s.a("[For now, yes|Far too many]. {n} [slow|careful] ones [will do|are enough].")
        s.tell("{A} tells {B} to do the exercise {n} times, not {many}, and not so fast.")
        s.ask("How many repetitions did {C} recommend?", "many")
    else:
        s.a("[It bends well|The swelling is gone]. From {date} you may [try|train a little].")
        s.b("[So late|Not before]? {C} and I have a tournament before that!")
        s.a("{C} [must|will have to] find [somebody else|another partner]. [I'm sorry.|]")
        s.tell("{B} can't return to {sport} before {date}, so {C} has to find another partner.")
        s.ask("From when on may {B} train again?", "date")
    s.ask("Which part of the body hurts {B}?", "joint")


def sleepless_nights(s: Tale) -> None:
    s.let(last="clock:afternoon", book="title", t="length:weeks", topic="subject")
    s.put(awake="2:00|2:15|2:30|2:45|3:00|3:20|3:30|3:45|4:10")
    s.put(drink="warm milk|lime blossom tea|hop tea|hot water with honey|lavender tea|malt beer")
    s.person("C")
    s.a("I [lay awake|couldn't sleep] until {awake} [again|last night]. It's been {t}[ now|]!")
    kind = s.choose("coffee", "book", "worry")
    if kind == "coffee":
        s.b("[It must be|That's] the coffee. My last one is at {last}.")
        s.correct("B", "last", keep=0.6, fact=True)
        s.a("[I drink it after dinner|I need one at night]! [What should I have instead?|]")
        s.b("[Have|Try] {drink}[. It works for {C}|, like {C}].")
        s.tell("{B} blames coffee for {A}'s bad nights and recommends {drink}, which {C} drinks.")
        s.ask("When does {B} have the last coffee?", "last")
    elif kind == "book":
        s.b("[No phone|No screens] in bed! {C} reads {book} [and drops off|every night].")
        s.a("[I did|I've tried that], it's too exciting! [Something dull, maybe?|]")
        s.b("Then [take|read] my {topic} notes. [Nobody survives those.|They always work.]")
        s.tell("Because {book} is too exciting for {A}, {B} recommends {hisB} dull {topic} notes.")
        s.ask("Which book does {C} read?", "book")
    else:
        s.b("[What are you brooding over|Is something worrying you]?")
        s.a("The {topic} exam[, I think|, probably|]. [If I fail, I must leave.|It's my last try.]")
        s.b("[Study|Prepare] with {C}, who [passed it|got top marks]. [You'll sleep better.|]")
        s.tell("The {topic} exam keeps {A} awake, so {B} advises {himA} to prepare with {C}.")
        s.ask("Which exam is {A} afraid of?", "topic")
    s.ask("Until when was {A} awake?", "awake")
    s.ask("How long has {A} slept badly?", "t")


def wedding_menu(s: Tale) -> None:
    s.let(one="dish", two="dish", date="date", price="price:20-70", n="digits:30-120")
    s.person("C")
    s.a("The cook [must|has to] know by {date}: the {one} or the {two} for our {n} guests?")
    kind = s.choose("price", "both", "salt")
    if kind == "price":
        s.b("The {two}[, of course|]. [It's my favorite.|We had it when we met.]")
        s.a("[That's|It costs] {price} [a head|each]! [We'd be poor for years.|Think again.]")
        s.b("[Then we have|Oh, then] the {one}. [I'd rather have a honeymoon.|Love needs little.]")
        s.tell("At {price} each, {B}'s wish, the {two}, is too expensive for the wedding.")
        s.tell("They choose the {one}.")
        s.ask("What does the {two} cost for each guest?", "price")
    elif kind == "both":
        s.b("[Both|Why not both]! [People could tick a box|They can choose] on the invitation.")
        s.a("[Only if|Yes, if] the cards [go out|are mailed] [today|tonight]. I'll write them.")
        s.tell("The {n} wedding guests may choose between the {one} and the {two}.")
        s.tell("{A} will write the invitations right away.")
    else:
        s.b("[What about|And] {C}? {heC} [may not|isn't allowed to] eat salt. [Tell the cook.|]")
        s.a("[That can be left out|No salt] for {himC}, [then|yes]. Which dish is it?")
        s.b("[I'd say the|The] {one}[. It's easier without salt|, to be safe|].")
        s.tell("They choose the {one} for the wedding, but {C}'s plate will be without salt.")
        s.ask("Who can't eat salt?", "C")
    s.ask("By when does the cook need an answer?", "date")
    s.ask("How many people are invited?", "n")


def food_truck_permit(s: Tale) -> None:
    s.let(place="place", street="street", fee="price:40-400", day="weekday", date="date")
    s.let(close="clock:evening")
    s.put(food="waffles|dumplings|fish cakes|pancakes|burritos|pretzels|noodles|crepes|kebabs")
    s.person("C")
    s.a("I'd like [a permit to sell|to sell] {food} from my truck, [by|in front of] the {place}.")
    kind = s.choose("taken", "papers", "yes")
    if kind == "taken":
        s.b("That's {C}'s spot. [There's room|We have one] on {street}, for {fee} a month.")
        s.correct("B", "fee", "{fee}", keep=0.7, fact=True)
        s.a("[Nobody walks there|It's a dead end]! [Well, I'll try|But at that price, why not].")
        s.tell("Because the spot by the {place} is {C}'s, {A} will sell {food} on {street}.")
        s.tell("It costs {fee} a month.")
        s.ask("Who has the spot by the {place}?", "C")
    elif kind == "papers":
        s.b("[First|Before that] {C} has to inspect your kitchen. {heC} is free on {day}.")
        s.correct("B", "day", keep=0.6, fact=True)
        s.a("[But the season starts|I want to open] on {date}! [Can't {heC} come sooner?|]")
        s.b("[No|I'm afraid not]. [No stamp, no permit.|That's the rule.] The fee is {fee}.")
        s.tell("{A} gets no permit to sell {food} until {C} has inspected the kitchen on {day}.")
        s.ask("When will the kitchen be inspected?", "day")
    else:
        s.b("[You may|That's possible], from {date}, but only until {close}. [People live there.|]")
        s.a("[My customers come late|The night is best]! [Not even on {day}?|How about {day}?]")
        s.b("[Not even then|No exceptions]. [That'll be|The fee is] {fee}.")
        s.tell("For {fee}, {A} may sell {food} by the {place} from {date}, but only until {close}.")
        s.ask("Until what time may {A} sell {food}?", "close")
    s.ask("What does the permit cost?", "fee")


def pizza_by_phone(s: Tale) -> None:
    s.let(n="number:2-5", more="number:6-12", house="digits:3-99", street="street", corner="place")
    s.let(wait="length:minutes")
    s.put(top="mushroom|onion|salami|spinach|artichoke|olive|pepper|anchovy")
    s.put(extra="garlic bread|tomato salad|ginger ale|lemonade|chocolate mousse|coleslaw")
    s.a("[Hello, I'd like|Can you bring me] {n} {top} pizzas, to {house} {street}[, please|].")
    kind = s.choose("cancel", "wait", "far", "extra")
    if kind in ("cancel", "wait"):
        s.b("[One oven is broken|Our second cook is ill], so it [takes|will be] {wait}[, sorry|].")
        s.correct("B", "wait", keep=0.7, fact=True)
        if kind == "cancel":
            s.a("[So long?|My guests will faint.] [I'd rather cook|Then I'll make] pasta. Goodbye!")
            s.tell("{A} won't wait {wait} for {n} {top} pizzas and makes pasta instead.")
        else:
            s.a("[We can wait|That's all right], if you [add|bring] some {extra} for free.")
            s.b("[Agreed|It's a deal|My pleasure].")
            s.tell("As {n} {top} pizzas will take {wait}, {A} gets some {extra} for free.")
        s.ask("How long does it take?", "wait")
    elif kind == "far":
        s.b("[{street} is|That's] too far [away|for us]. My driver stops at the {corner}.")
        s.a("[I'll meet him there|Then I'll get them there]. [How long from now|When]?")
        s.b("[In {wait}|{wait} from now]. [Bring cash, please.|He has a red helmet.]")
        s.tell("No pizzas are brought to {street}, so {A} will meet the driver at the {corner}.")
        s.ask("Where will {A} meet the driver?", "corner")
    else:
        s.b("[From {n}|With {n}] pizzas you get {extra} free. [Would you like some|All right]?")
        s.a("[Yes|Gladly]! [And|But] two friends have just come. [Let's say|Make it] {more}.")
        s.b("{more} {top}, in {wait}[. See you then|, at your door|].")
        s.tell("{A} orders {more} {top} pizzas instead of {n}, as friends have come.")
        s.ask("What comes with the pizzas?", "extra")
    s.ask("In which street does {A} live?", "street")


def tea_tasting(s: Tale) -> None:
    s.let(price="price:5-40", day="day", n="digits:3-9", time="clock:afternoon")
    s.put(tea="peppermint|ginger|green|black|white|smoky|nettle|fennel")
    s.put(other="rosehip|chamomile|sage|thyme|verbena|orange|spice|apple")
    s.person("C")
    s.a("[Close your eyes and|Now] [taste|try] cup number {n}. Which tea is it?")
    kind = s.choose("cold", "buy", "right")
    if kind == "cold":
        s.b("[I can't taste a thing|It could be water]. [I've got {C}'s cold.|{C} gave me a cold.]")
        s.a("[Poor you|What a pity]! [Then come|Come] back on {day}[, we start at {time}|].")
        s.correct("A", "day", keep=0.6)
        s.tell("As {B} has caught {C}'s cold and tastes nothing, {heB} is to return on {day}.")
        s.ask("Who gave {B} a cold?", "C")
    elif kind == "buy":
        s.b("{tea} tea, [no doubt|I'd say].[ My grandmother made that.|]")
        s.a("[Wrong|Not quite], {other}. {C} [brought|mixed] it. [Do you like it?|Not bad, is it?]")
        s.b("[Very much|It's wonderful]! [I'll take|Give me] a bag. [Is it|It isn't] expensive?")
        s.a("{price}[. It lasts for months|, and you'll want more|].")
        s.tell("{B} takes {C}'s {other} tea for {tea} tea, but wants to buy a bag for {price}.")
        s.ask("What kind of tea is really in the cup?", "other")
    else:
        s.b("[I know this|Easy]: {tea} tea[. With a little honey|]!")
        s.a("[Bravo|Correct]! Even {C} got it wrong. [Would you pour|Help us pour] tea on {day}?")
        s.b("[If I'm paid|For money, yes]. [Say, {price}?|{price}, maybe?]")
        s.a("[Fine|That's all right|Agreed], [be here at|we start at] {time}.")
        s.tell("{B} recognizes the {tea} tea, unlike {C}.")
        s.tell("For {price}, {heB} will help {A} on {day}.")
        s.ask("How much does {B} want?", "price")
    aside(s, "B", 0.15)
    s.ask("Which cup does {B} try?", "n")


def burnt_roast(s: Tale) -> None:
    s.let(t="length:minutes", n="number:3-10", place="restaurant", price="price:40-150")
    s.put(time="6:00|6:15|6:30|6:45|7:00|7:15", late="8:00|8:15|8:30|8:45|9:00|9:30")
    s.put(meat="lamb|goose|turkey|duck|beef|pork|venison")
    s.person("C")
    s.a("[Smoke everywhere|What's that smell]! [Oh no, the|The] {meat} is [black|burnt]!")
    s.b("You were on the phone with {C} for {t}. [And our|Our] {n} guests come at {time}!")
    s.correct("B", "n", keep=0.7, fact=True)
    kind = s.choose("order", "cut", "late")
    if kind == "order":
        s.a("[Blame me later|Not now], call {place}. [Do they deliver|Can they save us]?")
        s.b("[They do|Yes], but for {n}, it's {price}. [You pay!|Out of your pocket.]")
        s.tell("{A} burnt the {meat} while talking to {C}, and has to pay {price} for other food.")
        s.ask("Where will they order?", "place")
    elif kind == "cut":
        s.a("[The inside is|Inside, it's still] fine. [I'll cut|Let's cut] off the crust.")
        s.b("[That's|It'll be] one bite each! I'll [make|cook] [more potatoes|a big pot of rice].")
        s.tell("{A} cuts the crust off the burnt {meat}, while {B} cooks more for the {n} guests.")
        s.ask("How many guests are coming?", "n")
    else:
        s.a("[Let the guests come later|Let's eat later]. I'll [buy|get] another piece.")
        s.b("[At this hour|Now]? [Everything|The butcher] is closed. [Let's|We could] fry fish.")
        s.a("[For guests|Fish]? [No|Never]! {C} [has|bought] {meat}. [Tell them|Say] {late}.")
        s.tell("The {meat} is burnt, but instead of frying fish, {A} will get {meat} from {C}.")
        s.tell("The guests are to come at {late}, not at {time}.")
        s.ask("When should the guests come now?", "late")
    s.ask("How long was {A} on the phone?", "t")


def sourdough_sitter(s: Tale) -> None:
    s.let(name="pet", date="date", n="digits:20-90", time="clock:morning", t="length:days")
    s.put(flour="rye|wheat|spelt|barley|buckwheat|oat")
    s.person("C")
    s.a("I'm [away|in the mountains] until {date}. [Could|Would] you feed {name}, my sourdough?")
    kind = s.choose("yes", "died", "fridge")
    if kind == "yes":
        s.b("[A dough with a name|How funny]! [What does it eat|What do I do]?")
        s.a("{n} grams of {flour} flour, [daily|every day] at {time}. [And talk to it.|]")
        s.correct("A", "n", "{n} grams", keep=0.6)
        s.b("[All right|I'll do it], [if|but only if] I get [your first loaf|some bread].")
        s.tell("{B} will give {A}'s sourdough {n} grams of flour daily until {date}.")
        s.ask("How many grams does the dough need?", "n")
    elif kind == "died":
        s.b("[Better not|Please don't]. {C}'s [starved|died] [in my kitchen|with me] after {t}.")
        s.a("[It's just|Only] {flour} flour at {time}! [You could set a timer.|A child can do it.]")
        s.b("[No|I mean it], [ask {C}|give it to {C}]. {heC} has [a new one|another one now].")
        s.tell("Since {C}'s sourdough died with {B} after {t}, {A} should rather ask {C}.")
        s.ask("Whose sourdough died?", "C")
    else:
        s.b("[Put it in the fridge|Why not cool it]! {C} leaves {hisC} [there|in it] for {t}.")
        s.a("[Really|Without food]? [I thought|But] {name} needs {flour} flour at {time}.")
        s.b("[Not in the cold|Cold dough sleeps]. [Believe me.|It'll be fine.]")
        s.tell("Instead of feeding {A}'s sourdough until {date}, {B} advises {himA} to cool it.")
        s.ask("For how long does {C} leave dough in the fridge?", "t")
    bye(s, "A", 0.2)
    s.ask("What is the dough called?", "name")


def lunch_swap(s: Tale) -> None:
    s.let(mine="dish", yours="dish", day="weekday", room="room")
    s.put(snack="cookies|crackers|pretzels|plums|popcorn|dates|dried mango|chocolate")
    s.person("C")
    s.b("What's in your lunch box? [It's the {mine} again for me.|I have that {mine} again.]")
    s.a("My {yours}[, from yesterday|, still warm|]. [Don't look like that!|Why are you staring?]")
    kind = s.choose("swap", "no", "cook")
    if kind == "swap":
        s.b("[Swap with me|Let's swap], [I beg you|please]! [I'll add|You also get] {snack}.")
        s.a("[With {snack}, yes|Then, yes]. [But {C} mustn't know|Don't tell {C}], {heC} made it.")
        s.tell("{B} gets the {yours} for the {mine} and some {snack}, but {C} mustn't know.")
        s.ask("What does {B} add?", "snack")
    elif kind == "no":
        s.b("[Shall we swap|Could we swap]? {C} [says|thinks] I [eat nothing else|get fat].")
        s.a("[No way|Sorry, no], I'm [too|so] hungry. [But they have|They have] {snack} in {room}.")
        s.tell("{A} won't give {B} the {yours}, but tells {himB} of {snack} in room {room}.")
        s.ask("In which room is there food?", "room")
    else:
        s.b("[It smells great|You cook so well]. [Could|Would] you cook for me, too, for money?")
        s.a("[Not for money|No]. [But on|On] {day} I cook for {C} [anyway|]. [Join us|Come]!")
        s.correct("A", "day", keep=0.6, fact=True)
        s.b("[With pleasure|Great]! I'll bring {snack}[, not this|].")
        s.tell("{B} would pay {A} for cooking, but is invited to eat with {C} on {day}.")
        s.ask("When does {A} cook for {C}?", "day")
    s.ask("What is {A} having for lunch?", "yours")


def ward_visit(s: Tale) -> None:
    s.let(time="clock:afternoon", end="clock:evening", day="day", gift="gift")
    s.put(ward="heart|eye|children's|surgical|skin|ear")
    s.person("C")
    s.person("D")
    s.a("[Good morning|Excuse me], I'm [looking for|here to see] {C}, on the {ward} ward.")
    kind = s.choose("hours", "two", "home")
    if kind == "hours":
        s.b("[Visits|Visiting hours] start at {time}. [{heC} has to rest now.|Not before, please.]")
        s.a("[I work until {end}|My train leaves soon]. Please give {himC} this {gift}.")
        s.b("[I'll send it up|I'll see to it]. [What name, please?|Write a card, too.]")
        s.tell("{A} can't see {C} before {time}, so {heA} leaves a {gift} for {himC}.")
        s.ask("When do the visits start?", "time")
    elif kind == "two":
        s.b("[Only two at a time|No more than two], please. {D} and a child are there.")
        s.a("{D}? We don't [speak|get along]. [When will|At what time does] {heD} leave?")
        s.b("[Take a seat|There's coffee] [over there|in the hall]. [At|By] {end}[, I think|].")
        s.correct("B", "end", keep=0.6, fact=True)
        s.tell("{A} has to wait until {end} to see {C}, because {D} and a child are with {himC}.")
        s.ask("Who is with {C}?", "D")
    else:
        s.b("[{heC} went home|You've missed {himC}], on {day}. {D} [fetched|got] {himC}.")
        s.a("[Nobody told me|I didn't know]! [What|So what] do I do with this {gift}?")
        s.b("[Take it to|I'd bring it to] {hisC} home. [It'll be a nice surprise.|]")
        s.tell("Since {D} took {C} home on {day}, {B} advises {A} to take the {gift} there.")
        s.ask("When did {C} leave the hospital?", "day")
    s.ask("On which ward should {C} be?", "ward")


def broken_arm_help(s: Tale) -> None:
    s.let(t="length:weeks", day="day", time="clock", job="report", price="price:10-40")
    s.put(fall="off a horse|off a ladder|down the stairs|on the ice|off a swing|off a wall")
    s.person("C")
    s.a("[A cast|Your arm]! [What happened|What did you do]?")
    s.b("I fell {fall}. It [stays|has to stay] on for {t}. [I can't even tie my shoes.|]")
    kind = s.choose("type", "drive", "proud")
    if kind == "type":
        s.b("[And the|The] {job} is due on {day}!")
        s.correct("B", "day", keep=0.6, fact=True)
        s.a("[Speak and I'll type|You talk, I write it down]. [Let's start at {time}.|]")
        s.tell("As {B} has broken an arm, {A} offers to type the {job}, which is due on {day}.")
        s.ask("When is the {job} due?", "day")
    elif kind == "drive":
        s.a("[How do you get to work|Who drives you]? [I could|Shall I] take you, at {time}?")
        s.b("{C} does [until|up to] {day}. [After that, gladly|Then you may]. I'll pay for gas.")
        s.tell("After {day}, {A} will drive {B}, who fell {fall}, to work instead of {C}.")
        s.ask("Who drives {B} at the moment?", "C")
    else:
        s.a("I'll [come and cook|do your laundry] on {day}[, no excuses|].")
        s.b("[Thanks, but no|No, really]. I want to do it alone. {C} [fusses|nags] enough.")
        s.a("[As you like|Stubborn as ever]. [But call|Call] me if [you need me|it's too much].")
        s.tell("Although {B} will have a cast for {t}, {heB} refuses {A}'s help on {day}.")
    s.ask("For how long does {B} have the cast?", "t")
    s.ask("How did {B} fall?", "fall")


def camp_beans(s: Tale) -> None:
    s.let(n="digits:12-40", miles="number:4-12", day="day", price="price:20-60")
    s.put(other="dried soup|lentils|rice|oatmeal|noodles|dried mushrooms")
    s.person("C")
    s.a("[There|Ready]! {n} cans of beans for the camp[, all in my bag|]. We leave on {day}.")
    s.correct("A", "n", keep=0.7, fact=True)
    kind = s.choose("heavy", "hate", "kitchen")
    if kind == "heavy":
        s.b("[Lift it|Put it on]! [You want to carry that|With that] for {miles} miles?")
        s.a("[I can't even stand up|I nearly fell over]. [What else|What] [could|can] we eat?")
        s.b("[Take {other}|{other}][. That weighs nothing|, that's light|].")
        s.tell("As {n} cans are too heavy for {miles} miles, {B} advises {A} to take {other}.")
    elif kind == "hate":
        s.b("Beans, after last year? {C} [can't stand|hates] them!")
        s.a("[They were|I found them] on sale. [It was|I got them all for] {price}!")
        s.b("[I don't care|Even so]. Give them away and [buy|get] {other}.")
        s.tell("Since {C} hates beans, {B} wants {A} to give the {n} cans away and get {other}.")
    else:
        s.b("[Didn't you read the letter|Haven't you heard]? {C} [cooks|is cooking] for everybody!")
        s.a("[Since when|Really]? [Nobody tells me anything.|So I can unpack.]")
        s.b("[It's new|Since this year]. We each pay {price}[, and wash up|]. [Bring a spoon.|]")
        s.tell("{A} needn't take any beans, for {C} will cook at the camp for {price} each.")
    s.ask("How many cans did {A} pack?", "n")
    s.ask("When do they leave?", "day")


def honey_jars(s: Tale) -> None:
    s.let(n="digits:14-60", m="number:2-9", day="day", price="price:5-15", thing="furniture")
    s.put(flower="clover|lavender|heather|linden|chestnut|buckwheat|orange blossom")
    s.person("C")
    s.b("[How much honey is there|How many jars did your bees fill] this year?")
    s.a("[Only {n}|{n}] jars, [mostly|nearly all] {flower}. [It rained too much.|I'm content.]")
    kind = s.choose("sold", "trade", "work", "sting")
    if kind == "sold":
        s.b("[I'd like|Keep me] {m}[, please|]. [My tea needs it.|For my cough.]")
        s.a("[Too late|Sorry], {C} [has ordered|bought] all of them, [for|at] {price} each.")
        s.tell("{B} can't have {m} jars of {flower} honey, as {C} takes all {n} for {price} each.")
    elif kind == "trade":
        s.b("[I have no cash, but|Money is short, but] you [may|can] have my {thing} for {m}.")
        s.correct("B", "m", keep=0.5)
        s.a("[That old thing|{C} has two of those]! [Well|Hm], [for the children|all right], yes.")
        s.tell("{B} gives {A} a {thing} in exchange for {m} jars of {flower} honey.")
    elif kind == "work":
        s.b("[Would you sell me {m}|{m} for me]? [And what|What] does one cost?")
        s.a("{price}. [Or|But] [clean|paint] the hives with {C} on {day} and pay nothing.")
        s.b("[And if they sting me|With bees inside]? [I'll pay|No, here's the money].")
        s.tell("{B} would rather pay {price} a jar than work at the hives with {C} on {day}.")
    else:
        s.b("[Can I watch|May I come along] on {day}, when you [open|check] the hives?")
        s.a("If you [wear|put on] a veil. {C} [didn't|came without] and had {m} stings!")
        s.tell("{B} may come to the hives on {day} if {heB} wears a veil, unlike {C}.")
    aside(s, "A", 0.15)
    s.ask("How many jars are there?", "n")
    s.ask("What kind of honey is it?", "flower")


FOOD = (
    *(nut_allergy_guest, pharmacy_out_of_stock, glasses_pickup, joint_exercise, sleepless_nights),
    *(wedding_menu, food_truck_permit, pizza_by_phone, tea_tasting, burnt_roast, sourdough_sitter),
    *(lunch_swap, ward_visit, broken_arm_help, camp_beans, honey_jars),
)
