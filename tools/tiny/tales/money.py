"""Paying, saving, ordering and being charged too much."""

from tools.tiny.scenarios.common import aside, bye, office
from tools.tiny.tales.tale import Tale


def expired_coupon(s: Tale) -> None:
    s.let(date="date", price="price:20-90", thing="appliance", day="day", shop="company")
    s.put(n="15|20|25|30|35|40")
    s.person("C")
    s.a("[I have a coupon|Here's my coupon] for this {thing}, {n} percent off.")
    s.b("[I'm afraid|I'm sorry, but] this coupon [expired|ran out] on {date}.")
    s.correct("B", "date", keep=0.6, fact=True)
    kind = s.choose("manager", "wait", "match")
    if kind == "manager":
        s.a("[But it came in the mail yesterday|But I only got it this week]! See the envelope?")
        s.b("[That's our mistake, then.|Oh, I see.] {C}, my manager, says [I may|to] take it.")
        s.tell("Although {A}'s coupon for the {thing} expired on {date}, {C} lets {B} accept it.")
        s.ask("Who is the manager?", "C")
    elif kind == "wait":
        s.a("[What a pity|Oh no]. [It's too expensive without it.|I can't afford it otherwise.]")
        s.b("Then [wait|come back later]. From {day} on it costs {price}[, without a coupon|].")
        s.tell("{A} should wait until {day}, when the {thing} will cost {price} anyway.")
        s.ask("How much will the {thing} cost then?", "price")
    else:
        s.a("[Never mind|Keep it, then]. {shop} [has|sells] the same one for {price}.")
        s.b("[Wait|Don't go]. We [can match that|can do that, too]: {price}, [today only|okay]?")
        s.a("[All right|Agreed]. [I'll pay in cash.|It saves me a trip.]")
        s.tell("{B} can't take the old coupon, but sells {A} the {thing} as cheaply as {shop}.")
    s.ask("What does {A} want to buy?", "thing")
    s.ask("When did the coupon expire?", "date")


def auction_bid(s: Tale) -> None:
    s.let(n="digits:12-90", m="digits:12-90", top="price:200-900", day="day")
    s.put(item="gold coin|oil painting|silver tray|sea chart|porcelain vase|mask|bronze horse")
    s.person("C")
    s.a("I can't go to the auction on {day}{vB}. [Please bid|Bid] for me on lot {n}, the {item}.")
    kind = s.choose("limit", "refuse", "rival")
    if kind == "limit":
        s.b("[Gladly|With pleasure]. [How high may I go|Where should I stop]?")
        s.a("[At|Stop at] {top}[, please|]. [I can't spend more.|That's all I have.]")
        s.correct("A", "top", keep=0.5)
        s.b("[Fine|Agreed]. {C} [may bid against us|wants it, too], [though|but trust me].")
        s.tell("As {A} can't go to the auction on {day}, {B} will bid up to {top} for {himA}.")
        bye(s, "A", 0.3)
        s.ask("How much may {B} spend?", "top")
    elif kind == "refuse":
        s.b("[Better not|Not me]. I get carried away. Last time I [paid|gave] {top} for a spoon!")
        s.a("[A spoon|For a spoon]? Then I'd rather ask {C}, who [counts every cent|stays calm].")
        s.tell("{B} once paid {top} for a spoon, so {A} will ask {C} to bid for the {item}.")
        s.ask("What did {B} pay for a spoon?", "top")
    else:
        s.b("But {C} wants the {item}, too. [You'd|The two of you would] only drive up the price.")
        s.a("[Oh, I didn't know|Really? I see]. Then [bid on|try] lot {m}, the [bell|old lamp].")
        s.tell("As {C} wants the {item}, too, {A} asks {B} to bid on lot {m} instead of lot {n}.")
        s.ask("On which lot should {B} bid now?", "m")
    s.ask("When is the auction?", "day")


def magazine_subscription(s: Tale) -> None:
    s.let(code="code", low="price:2-8", price="price:9-19", date="date", t="length:months")
    s.put(mag="gardening|cooking|chess|sailing|history|science|travel|fashion|railway")
    s.person("C")
    reasons = "never found time for it|only looked at the pictures|stopped reading|changed jobs"
    s.words(why=s.choose(*reasons.split("|")))
    s.a("I'd like to cancel your {mag} magazine. I {why}. My number is {code}.")
    s.correct("A", "code", keep=0.6, fact=True)
    kind = s.choose("stay", "late", "done")
    if kind == "stay":
        s.b("[What a pity|Oh]. [Would you keep it|Why not stay] for {low} instead of {price}?")
        s.a("{low} a month? [Well, all right|For that, I'll keep it|Okay, one more year].")
        s.tell("{A} wants to cancel the {mag} magazine because {heA} {why}.")
        s.tell("But {heA} keeps it when {B} lowers the price from {price} to {low}.")
        s.ask("What does {A} have to pay now?", "low")
    elif kind == "late":
        s.b("[I'm afraid|Unfortunately,] that was only possible until {date}. It runs {t} more.")
        s.a("[Then|In that case,] send it to {C}, my [neighbor|hairdresser][. {heC} likes it|].")
        s.tell("It is too late for {A} to cancel the {mag} magazine, which will go to {C} for {t}.")
        s.ask("Who will get the magazine?", "C")
    else:
        s.b("[That's done|I've noted it]. The last [issue|copy] will [come|reach you] on {date}.")
        s.a("[And no more calls from|And please, no calls from] {C} at your office!")
        s.b("[I'll tell {himC}|I'll see to it]. [I'm sorry about that.|]")
        s.tell("As {heA} {why}, {A} cancels the {mag} magazine. The last one comes on {date}.")
        s.tell("{heA} doesn't want {C} to call any more, either.")
    s.ask("What is {A}'s customer number?", "code")


def lottery_ticket(s: Tale) -> None:
    s.let(price="price:30-900", day="day", n="digits:3-49", city="city", coat="clothing")
    s.person("C")
    s.a("[Hooray|Guess what]{vB}! Our lottery numbers won {price} on {day}.")
    kind = s.choose("share", "forgot", "trip")
    if kind == "share":
        s.b("[Great|Wow]! But {C} [didn't pay|hasn't paid] this time. [Nothing for {himC}!|]")
        s.a("[Wait|Be fair], {heC} chose the {n}. [Without that, we'd have nothing.|That won it.]")
        s.b("[Hmm, true|All right, I see]. [Three shares, then|We'll share with {himC}].")
        s.tell("Although {C} hasn't paid, {A} wants {himC} to get a share, as {heC} chose the {n}.")
        s.ask("Which number did {C} choose?", "n")
    elif kind == "forgot":
        s.b("[Don't hate me|I'm so sorry]. {C} called me, and I forgot to hand in the ticket.")
        s.a("{price}, [gone|all lost]! [From now on|Next time], [I'll do it myself|I'll go].")
        s.tell("Because {C} called {himB}, {B} forgot the ticket that would have won {price}.")
        s.ask("Who called {B}?", "C")
    else:
        s.b("[Great|Incredible]! [I'd like|Let's buy] a new {coat}[ for each of us|]!")
        s.a("[How dull|No way]! [A weekend in|Let's see] {city}[, with|, and we take] {C}.")
        s.b("[You're right|That's better]. [I'll pack|{C} speaks the language].")
        s.tell("Instead of buying a {coat}, they will spend the {price} on {city}, with {C}.")
        aside(s, "A", 0.25)
        s.ask("Where will they go?", "city")
    s.ask("How much did the numbers win?", "price")


def split_bill(s: Tale) -> None:
    s.let(price="price:90-190", part="price:11-29", total="price:60-85", dish="dish")
    s.let(other="restaurant")
    s.person("C")
    s.a("The bill is {price}. [I'd say we split it evenly|Let's each pay the same], with {C}.")
    kind = s.choose("own", "invite", "twice")
    if kind == "own":
        s.b("[That's not fair|Hmm]. I [only |just ]had the {dish}, and {C} [drank|had] champagne!")
        s.a("[True, sorry|Of course]. Then give me {part}[, and {C} pays the rest|].")
        s.correct("A", "part", keep=0.6)
        s.tell("{B} pays {part} instead of an equal share, because {heB} had only the {dish}.")
        s.ask("What did {B} eat?", "dish")
    elif kind == "invite":
        s.b("[Put your money away|Stop]! You and {C} [paid|invited me] at {other}. It's my turn.")
        s.a("[But that was a cheap lunch|That was just soup]! [I'll leave the tip, at least.|]")
        s.b("[No, no|I insist]. [I've just been paid.|You can pay next time.]")
        s.tell("{B} insists on paying the {price} alone, since {A} and {C} paid at {other}.")
        s.ask("Where did the others pay?", "other")
    else:
        s.b("[Show me.|So much?] [Look|There], they've [put down|charged] the {dish} twice!")
        s.a("[Good eyes|You're right]. [Without it|So] it's {total}. [I'll tell them.|Excuse me!]")
        s.tell(
            "{B} finds the {dish} on the bill twice, so it should be {total} instead of {price}."
        )
        s.ask("How high should the bill be?", "total")
    s.ask("Who ate with them?", "C")


def rent_increase(s: Tale) -> None:
    s.let(rent="price:610-900", more="price:950-1400", date="date", day="day", street="street")
    s.let(less="price:300-590", city="city", t="length:minutes")
    s.put(broken="elevator|front door|intercom|mailbox|boiler|garage door|hall light")
    s.person("C")
    s.b("[What does the landlord want|What's in that letter from the landlord]?")
    s.a("{more} a month from {date} on, [and now|instead of|and we pay] {rent}!")
    kind = s.choose("repair", "advice", "move")
    if kind == "repair":
        s.b("[And|What about] the broken {broken}? [We don't pay a cent more.|I won't pay that.]")
        s.a("[Right|Good]. I'll write that we want it repaired first[, and {C} will sign|].")
        s.tell("They won't pay {more} instead of {rent} unless the {broken} is repaired first.")
        s.ask("What is broken?", "broken")
    elif kind == "advice":
        s.b("{C} got one, too. The tenants' office on {street} [helped|advised] {himC}.")
        s.a("[For free|Really]? Then [I'm going|I'll go] there on {day}[, after work|].")
        s.correct("A", "day", keep=0.6)
        s.tell("On {day}, {A} will go to the tenants' office on {street} about the higher rent.")
        s.tell("It has helped {C}, too.")
        s.ask("On which street is the office?", "street")
    else:
        s.b("[Then let's move|Let's leave, then]. {C} pays {less} in {city}[, with a garden|].")
        s.a("[But that's|And I'd sit] {t} on the train. [I'd rather pay.|No, thanks.]")
        s.tell("Because of the new rent, {B} suggests moving to {city}, where {C} pays {less}.")
        s.tell("{A} is against it, as it is {t} by train.")
        s.ask("How long is the train ride?", "t")
    s.ask("How high will the rent be?", "more")


def phone_contract(s: Tale) -> None:
    s.let(n="digits:20-90", m="digits:2-9", price="price:30-60", low="price:8-19", date="date")
    s.let(country="country", t="length:months")
    s.person("C")
    s.b("Your phone contract ends on {date}. I [can offer|suggest] {n} gigabytes for {price}.")
    s.correct("B", "n", "{n} gigabytes", keep=0.6, fact=True)
    kind = s.choose("small", "bound", "family")
    if kind == "small":
        s.a("[So much|What for]? I [only|just] call {C} [once a week|now and then].")
        s.b("[Then|Well, then] {m} gigabytes [will do|are enough]. That's {low}[ a month|].")
        s.a("[Much better|That sounds right]. [Where do I sign?|I'll take it.]")
        s.tell("Because {A} only calls {C}, {heA} chooses {m} gigabytes for {low}.")
        s.ask("How much will {A} pay?", "low")
    elif kind == "bound":
        s.a("[And how long would I be bound|For how long]?")
        s.b("[For |]{t}[, like before|].")
        s.a("[I can't do that|No, thanks]. I'm moving to {country} [soon|in spring].")
        s.b("Then [take|I'd take] a card without a contract[. You just fill it up|].")
        s.tell("{A} doesn't want a contract for {t} because {heA} is moving to {country}.")
        s.tell("So {B} recommends a card without a contract.")
        s.ask("Where is {A} moving?", "country")
    else:
        s.a("[Can|Could] I add {C}, my [child|cousin]? {heC} [has no phone yet|keeps using mine].")
        s.b("[Certainly|Gladly], for {low} more[ a month|]. {heC} gets {hisC} own number[, too|].")
        office(s, "B", 0.15)
        s.a("[Then let's do that|Good, I'll sign]. [Peace at last!|{heC} will be glad.]")
        s.tell("{A} agrees to {n} gigabytes for {price} and adds {C} for {low} more.")
        s.ask("Who will be added?", "C")
    s.ask("When does the old contract end?", "date")


def rug_haggling(s: Tale) -> None:
    s.let(high="price:200-290", mid="price:110-160", low="price:60-90", color="color", city="city")
    s.let(t="length:weeks", day="day")
    s.put(extra="cushion|brass bowl|lantern|tea glass|bag of spices|bell|leather stool")
    s.person("C")
    s.b("{high} for this {color} rug from {city}. [All wool!|Feel how soft it is!|For you only!]")
    kind = s.choose("deal", "walk", "friend")
    if kind == "deal":
        s.a("[I'll give you {low}|{low}, and not a cent more]. [It has a stain.|It's small.]")
        s.b("[My poor children|You're killing me]! {mid}, and [I'll add|you get] a {extra}.")
        s.a("[Deal|Done|Shake on it]! [Roll it up, please.|]")
        s.tell("{A} offers {low} for the {color} rug, but they agree on {mid} with a {extra}.")
        s.ask("What does {A} get on top?", "extra")
    elif kind == "walk":
        s.a("[It's lovely|Beautiful], but I [can't|won't] pay more than {low}[ for it|].")
        s.b("[Impossible|No, no]. It took my family {t} to weave. {mid} is my last [word|price].")
        s.a("[Then I'll sleep on it|I'll think it over]. [I'm here until {day}.|Maybe tomorrow.]")
        s.tell("For {B}, {low} is too little for a rug that took {t} to weave.")
        s.tell("{A} wants to think about the last price, {mid}.")
        s.ask("How long did it take to make the rug?", "t")
    else:
        s.a("[Really|Oh]? You sold my friend {C} one [just like it |]for {mid}.")
        s.b("You know {C}? [Why didn't you say so?|What a customer!] {mid}, then[, and some tea|].")
        s.tell("{B} lowers the price of the rug from {high} to {mid}, as {A} is a friend of {C}'s.")
        s.ask("Who has bought a rug before?", "C")
    s.ask("Which color is the rug?", "color")


def tip_pool(s: Tale) -> None:
    s.let(price="price:90-190", all="price:210-290", n="number:4-9", dish="dish", day="day")
    s.put(glass="window|vase|tray|coffee pot|wine glasses|soup bowl|salad plates")
    s.person("C")
    s.a("{price} in the tip jar[ tonight|]{vB}. [I think|I'd say] the kitchen should get some.")
    kind = s.choose("yes", "vote", "gone")
    if kind == "yes":
        s.b("[You're right|Gladly]. [Everybody comes|People come] for {C}'s {dish}, not for us.")
        s.a("[Then|So] we divide it by {n}[ from now on|].")
        s.correct("A", "n", keep=0.5)
        s.tell("As the guests come for {C}'s {dish}, they will divide the tips by {n}.")
        s.ask("By how many is the money divided?", "n")
    elif kind == "vote":
        s.b("[I'm against that|No way]. {C} [earns|makes] twice as much, and [we|I] smile.")
        s.a("[We can't decide that alone.|I see it differently.] Let's [all |]vote on {day}.")
        s.correct("A", "day", keep=0.6)
        s.tell("They will vote on {day} whether the kitchen gets a share of the tips.")
        s.tell("{A} is for it, but {B} isn't, because {C} earns twice as much.")
        s.ask("When will they vote?", "day")
    else:
        s.b("[Only|Just] {price}? [It was|I counted] {all} at [noon|first]! [Where's the rest?|]")
        s.a("{C} [took|needed] some to pay for the broken {glass}. [There's a note.|I was there.]")
        s.tell("{C} took tips to pay for the broken {glass}, so only {price} of {all} is left.")
        s.ask("How much was there at first?", "all")
    s.ask("How much is in the jar?", "price")


def vending_machine(s: Tale) -> None:
    s.let(price="price:2-6", phone="phone", room="room", n="digits:11-48", cake="cake")
    s.put(snack="pretzels|chips|peanuts|cookies|gummy bears|waffles|rice cakes")
    s.person("C")
    s.a("[This machine|The snack machine] took my {price}, [and|but] [I got|there are] no {snack}!")
    kind = s.choose("hit", "call", "key", "cake")
    if kind == "hit":
        s.b("[Hit it|Give it a kick] just below number {n}. {C} [showed me that|always does].")
        s.a("[Ha|Wow], two bags! [Here, one is for you|You get one, of course].")
        s.tell("{B} knows a trick from {C}, so {A} gets two bags of {snack} after all.")
        s.ask("Below which number should one hit it?", "n")
    elif kind == "call":
        s.b("Call {phone}. [It's on the side|They're quick]. [{C} got money back.|]")
        s.correct("B", "phone", keep=0.6, fact=True)
        s.a("[A call for|All that for] {price}? [Well, it's the principle|Why not]. [I will.|]")
        s.tell("{A} will call {phone} to get {hisA} {price} back from the machine.")
        s.ask("Which number should {A} call?", "phone")
    elif kind == "key":
        s.b("[Ask|See] {C} in room {room}[. {heC} has the key|, who has the key].")
        s.correct("B", "room", "room {room}", keep=0.6, fact=True)
        s.a("[Is {heC} still in|So late]? [I'll run.|I'll try.] [I'm starving.|]")
        s.tell("As the machine gives {A} no {snack}, {heA} will see {C} in room {room}.")
        s.ask("Who has the key?", "C")
    else:
        s.b("[Be glad|Lucky you]. They're from last [year|spring]. I have [some |]{cake}!")
        s.a("[Oh, may I have some|Really]? [Where is it|In your office]?")
        s.b("[Yes, in|In] room {room}. [{C} baked it.|There's plenty.]")
        s.tell("{B} says that the {snack} are old and offers {A} {cake} in room {room} instead.")
        s.ask("What does {B} offer?", "cake")
    s.ask("How much money did the machine keep?", "price")


def found_money(s: Tale) -> None:
    s.let(price="price:150-950", street="street", day="day")
    s.put(box="sewing box|cookie tin|atlas|cookbook|teapot|violin case|lantern|desk|jug")
    s.put(cause="animal shelter|children's hospital|soup kitchen|village school|lifeboat crew")
    s.person("C")
    s.a("I bought this old {box} at [the|a] bazaar on {day}, and {price} was in it!")
    s.correct("A", "price", keep=0.6, fact=True)
    kind = s.choose("owner", "give", "toy")
    if kind == "owner":
        s.b("[Look|Wait], [there's a name on the envelope|somebody wrote on it]: {C}, {street}.")
        s.a("[That's around the corner|I know that house]! [I'll take it back|It goes back] today.")
        s.tell("{A} will return the {price} from the [old |]{box} to {C} on {street}.")
        s.ask("Whose name was with the money?", "C")
    elif kind == "give":
        s.b("[It's yours now|Finders keepers]! {C} would [buy a bike|go on a cruise].")
        s.a("[It feels wrong|I couldn't sleep]. [I'm giving half|Half goes] to the {cause}.")
        s.tell("Although {B} thinks that {A} may keep the {price}, half goes to the {cause}.")
        s.ask("Who is going to get half of it?", "cause")
    else:
        s.b("[Let me see|Hold it to the light]. [Sorry|Oh dear], that's play money.")
        s.a("[What a shame|Oh no]! [I felt rich.|] [Then {C} can|Let {C}] play shop with it.")
        s.tell("The money that {A} found in an old {box} isn't real, so {C} will play with it.")
        s.ask("Who may play with the money?", "C")
    s.ask("When did {A} buy the {box}?", "day")


def clock_inheritance(s: Tale) -> None:
    s.let(date="date", price="price:300-900", day="day", other="furniture")
    s.put(clock="grandfather clock|cuckoo clock|table clock|wall clock|silver clock|ship's clock")
    s.person("C", "female")
    s.person("D")
    s.a("[The lawyer wrote|It's official]: Aunt {C}'s {clock} belongs to both of us now{vB}.")
    kind = s.choose("turns", "sell", "cousin")
    if kind == "turns":
        s.b("[We can't saw it in half|One clock for two]! You have it until {date}.")
        s.correct("B", "date", keep=0.5)
        s.a("[And then you|Then you]? [Good, but don't let {D} touch it.|I like that.]")
        s.tell("They will take turns with Aunt {C}'s {clock}, which {A} has until {date}.")
        s.ask("Until when does {A} have the clock?", "date")
    elif kind == "sell":
        s.b("[It's ugly|It's so loud]. {D} would pay {price}. [Let's sell it.|Why keep it?]")
        s.a("[Never|Don't say that]! I wound it with her every {day}[, as a child|].")
        s.b("[Oh, I forgot|I didn't know]. Then keep it, and I'll [have|take] her {other}.")
        s.tell("{B} would sell the {clock} to {D} for {price}, but it means a lot to {A}.")
        s.tell("So {B} takes Aunt {C}'s {other} instead.")
        s.ask("What will {B} have instead?", "other")
    else:
        s.b("[And {D}|What about {D}]? {heD} [read to her|cooked for her] every {day}. Did we?")
        s.a("[No, we didn't|I was never there]. [You'd give it to {himD}?|It should be {D}'s.]")
        s.b("[Yes, I think so|It's only fair]. [I'll call {himD} tonight.|Let's bring it over.]")
        s.tell("{D} is to get Aunt {C}'s {clock}, since {heD} was with her every {day}.")
        s.ask("Who was with the aunt every {day}?", "D")
    s.ask("What was the aunt's name?", "C")


def crowdfunding_pledge(s: Tale) -> None:
    s.let(goal="price:2000-9000", date="date", gift="price:20-90")
    s.put(plan="skate park|short film|youth circus|bee garden|book bus|puppet theater|toy museum")
    s.put(reward="poster|mug|T-shirt|postcard|tote bag|badge|calendar")
    s.person("C")
    s.a("[Just|Only] {goal} more for our {plan}! [But the collection|It all] ends on {date}.")
    s.correct("A", "date", keep=0.6, fact=True)
    kind = s.choose("reward", "risk", "press")
    if kind == "reward":
        s.b("[And what do I|What would I] get for {gift}?")
        s.a("[Hmm, a|You'd get a] {reward}[, thanks to {C}| and a kiss from {C}].")
        s.b("[Put me down|I'm in|Count on me]! [Where do I pay?|]")
        s.tell("For {gift}, {B} will receive a {reward} and so help to pay for the {plan}.")
    elif kind == "risk":
        s.b("[What if you don't make it|And if it isn't enough]? [Is my money gone?|]")
        s.a("[No|No, no], you'd get it [all |]back[, every cent. {C} makes sure of that|].")
        s.b("[Fine|Good]. Then I'll [risk|give] {gift}.")
        s.correct("B", "gift", keep=0.6)
        s.tell("{B} is ready to give {gift}, because {heB} gets it back if the {plan} fails.")
        s.ask("How much will {B} give?", "gift")
    else:
        s.b("I'm [broke|saving every cent], sorry. But {C} [works|writes] for the [paper|news].")
        s.a("[That's worth more|Even better]! [Would|Could] {heC} write about us [soon|in time]?")
        s.b("[I'll ask|Leave that to me]. [{heC} loves such stories.|{heC} owes me something.]")
        s.tell("{B} has no money for the {plan}, but will ask {C} to write about it before {date}.")
        s.ask("Whom will {B} ask?", "C")
    s.ask("When does the collection end?", "date")
    s.ask("What is the money for?", "plan")


def parking_fine(s: Tale) -> None:
    s.let(price="price:25-90", time="clock:morning", later="clock:afternoon", place="place")
    s.let(date="date", color="color")
    s.person("C")
    s.b("This car has [been|stood] here since {time}. That makes {price}[, I'm afraid|].")
    kind = s.choose("ticket", "write", "other")
    if kind == "ticket":
        s.a("[But I have|I do have] a ticket, until {later}! [It fell|It's] under the seat.")
        s.b("[Let me see|Show me]. [Hm, true.|Right.] [I'll tear this up|Forget the fine], then.")
        s.tell("{A} needn't pay the {price}, as {heA} has a ticket that is good until {later}.")
        s.ask("Until when is the ticket good?", "later")
    elif kind == "write":
        s.a("{C} [fainted|broke a tooth] in the {place}! I [couldn't|had no time to] pay.")
        s.b("[I'm sorry, but it's in the system|I can't delete it]. Write to the office by {date}.")
        s.correct("B", "date", keep=0.6, fact=True)
        s.tell("{A} didn't pay because something happened to {C} in the {place}.")
        s.tell("{B} can't delete the fine of {price}, so {A} should write to the office by {date}.")
        s.ask("By when should {A} write?", "date")
    else:
        s.a("[It's not mine|Not my car]. [I drive|Mine is] the {color} one [over there|behind it].")
        s.b("[And this one|Whose is it, then]? [Do you know?|]")
        s.a("{C}'s, from the {place}. [I'll get {himC}.|Please wait, I'll fetch {himC}.]")
        s.tell("The fine of {price} isn't for {A}, whose car is {color}, but for {C}.")
        s.ask("Whose car is it?", "C")
    s.ask("How high is the fine?", "price")
    s.ask("Since when has the car been there?", "time")


def bad_review(s: Tale) -> None:
    s.let(cake="cake", t="length:minutes", day="day", rival="restaurant", n="number:3-9")
    s.person("C")
    s.person("D")
    s.a("[Look|Oh no]{vB}! One star from {D}: {t} of waiting, and [the|our] {cake} was dry.")
    kind = s.choose("sorry", "mixed", "true")
    if kind == "sorry":
        s.b("[That hurts|How embarrassing]. [Apologize|Say sorry] and invite {himD} on {day}.")
        s.correct("B", "day", keep=0.6)
        s.a("[For a fresh one|With free coffee]? [I'll write it nicely.|And {C} will bake.]")
        s.tell("As {D} complained about the {cake}, {A} will apologize and invite {himD} on {day}.")
        s.ask("For which day should {D} be invited?", "day")
    elif kind == "mixed":
        s.b("[But we|We] never had {cake}[ on the menu|]! {heD} must mean {rival}[, next door|].")
        s.a("[You're right|Of course]! [I'll ask them to|I'll have them] delete it[ today|].")
        s.tell("{D} must have mixed them up with {rival}, because they never had {cake}.")
        s.tell("{A} wants to have the bad review deleted.")
        s.ask("Which place did {D} probably mean?", "rival")
    else:
        s.b("[It's true|{heD}'s right]. {C} was alone with {n} tables on {day}[, poor thing|].")
        s.correct("B", "n", "{n} tables", keep=0.6, fact=True)
        s.a("[Then|So] [we need|let's look for] more staff[, before it gets worse|].")
        s.tell("{B} finds {D}'s bad review true, since {C} had to serve {n} tables alone.")
        s.tell("So {A} wants more staff.")
        s.ask("Who was alone?", "C")
    s.ask("How long did {D} wait?", "t")


def insurance_claim(s: Tale) -> None:
    s.let(firm="surname", day="day", high="price:250-450", low="price:80-190", code="code")
    s.put(item="camera|e-reader|cello|drone|record player|hearing aid|projector")
    s.person("C")
    s.b("{firm} Insurance, [good morning|claims department]. [What happened?|How can I help?]")
    s.a("{C} dropped my {item} on {day}. My contract is {code}.")
    s.correct("A", "code", keep=0.6, fact=True)
    kind = s.choose("photo", "first", "theirs")
    if kind == "photo":
        s.b("[All right|Well]. [Please send us|We need] the receipt[, then we'll pay {high}|].")
        s.a("[I've lost that|It's gone]. [But I have|There's] a photo of it[, from my birthday|].")
        s.b("[Then send that|A photo will do]. [And a note from {C}, please.|]")
        s.tell("Since the receipt for the {item} is lost, {A} may send {B} a photo.")
    elif kind == "first":
        s.b("[You know that you|I'm afraid you] have to pay the first {high} yourself.")
        s.a("[But it was|It was] worth {low}! [So I get nothing?|Then it's useless!]")
        s.b("[Sadly, yes|I'm sorry]. [It's in your contract.|You could change your contract.]")
        s.tell("Because {A} must pay the first {high}, {heA} gets nothing for the {item}.")
        s.tell("It was only worth {low}.")
    else:
        s.b("[Then|In that case] {hisC} insurance has to pay, not [yours|us].")
        s.a("[Oh, I see|Ah]. {heC} [won't like|isn't going to like] that. I'll tell {himC}.")
        s.tell("{C} dropped {A}'s {item}, so {C}'s own insurance has to pay, as {B} explains.")
        s.tell("{A} will tell {himC}.")
    s.ask("Who dropped the {item}?", "C")
    s.ask("What is the number of the contract?", "code")


MONEY = (
    expired_coupon,
    auction_bid,
    magazine_subscription,
    lottery_ticket,
    split_bill,
    rent_increase,
    phone_contract,
    rug_haggling,
    tip_pool,
    vending_machine,
    found_money,
    clock_inheritance,
    crowdfunding_pledge,
    parking_fine,
    bad_review,
    insurance_claim,
)
