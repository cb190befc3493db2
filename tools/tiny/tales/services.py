"""Strangers who want something done: workshops, offices, a vet, a market."""

from tools.tiny.scenarios.common import aside, office, thank
from tools.tiny.tales.tale import Tale


def passport_photo(s: Tale) -> None:
    s.let(date="date", country="country", price="price:12-60", wait="length:weeks")
    s.put(flaw="too dark|too old|too small|a bit blurred")
    s.a("[A new passport, please|I have to renew my passport]. [Here are|These are] my papers.")
    if s.maybe(0.4):
        s.b("[I can't take this photo|The photo won't do], it's {flaw}. [Use|Try] our machine.")
        s.a("[Does it cost much|What does that cost]?")
        s.b("{price}. [After that|Then] you'll have the passport in {wait}.")
        s.tell("{A}'s photo for the passport is {flaw}, so {heA} has to pay {price} for a new one.")
        s.ask("What is wrong with the photo?", "flaw")
    else:
        s.b("[That takes|It will be ready in] {wait}.")
        s.a("[That's too late|I can't wait that long], I fly to {country} on {date}.")
        s.correct("A", "date", fact=True)
        s.b("[Then|In that case] it's {price} extra for the fast one.")
        if s.maybe():
            s.a("[All right, I'll pay that|I have no choice. Do it, please].")
            s.tell("{A} pays {price} for a fast passport, as {heA} flies to {country} on {date}.")
        else:
            s.a("[No, that's too much|Never]. [I'd rather fly later|I'll change the flight].")
            s.tell("{A} won't pay {price} for a fast passport and will fly to {country} later.")
        s.ask("Where does {A} want to fly?", "country")
    office(s, "B", 0.3)
    s.ask("How much is it?", "price")
    s.ask("How long does the passport take[ normally|]?", "wait")


def office_flowers(s: Tale) -> None:
    s.let(company="company", n="digits:20-90", color="color", day="weekday", street="street")
    s.put(flower="roses|tulips|lilies|carnations", other="sunflowers|dahlias|daisies|irises")
    s.person("C")
    s.a("[I'm calling for|I work at] {company}. We need {n} {color} {flower} [on|for] {day}.")
    s.correct("A", "n", keep=0.7)
    if s.maybe():
        s.b("[I can't get {flower}|No {flower} this week]. [Would {other} do|{other}, perhaps]?")
        s.a("[Yes, {C} likes those|Fine, {C} won't mind]. [It's {hisC} last day with us.|]")
        s.tell("{B} has no {flower}, so {A} orders {n} {other} for {C} at {company} on {day}.")
        s.ask("Which flowers does {A} take in the end?", "other")
    else:
        s.b("[Gladly|With pleasure]. [Where shall we bring them|What's the address]?")
        s.a("[{street}, please|It's {street}]. [Ask for {C}.|{C} will be at the door.]")
        s.correct("A", "street", fact=True)
        s.tell("{B} will bring {C} {n} {color} {flower} to {company} on {street} on {day}.")
        s.ask("Where should the flowers go?", "street")
    thank(s, "A", 0.4)
    s.ask("Which colleague does {A} mention?", "C")
    s.ask("How many flowers does {A} order?", "n")


def piano_tuner(s: Tale) -> None:
    s.let(day="day", show="day", time="clock", price="price:70-180")
    s.put(venue="school|town hall|jazz club|tea house|theater|community center|hotel")
    s.person("C")
    s.a("[The|Our] piano at the {venue} is out of tune, and [we play|there's music] on {show}.")
    if s.maybe(0.4):
        s.b("[I could come|I'm free] on {day} at {time}. [It costs {price}.|That'll be {price}.]")
        s.correct("B", "day")
        s.a("[That suits us|Perfect]. {C} [will let you in|has the key].")
        s.tell("{B} comes on {day} at {time} to tune the piano at the {venue}. {C} has the key.")
        s.ask("When will {B} come?", "day")
    elif s.maybe():
        s.b("[I hurt my hand|I'm booked up]. [Ask|Try] {C}, {heC} [does it for|takes] {price}.")
        s.a("[Does {heC} have time before {show}|Is {heC} any good]?")
        s.b("[I think so|Certainly]. [I taught {himC} myself.|{heC} worked for me.]")
        s.tell("{B} can't tune the piano at the {venue} and sends {A} to {C}, who asks {price}.")
        s.ask("How much does {C} ask for?", "price")
    else:
        s.b("[Until {show} I have no free hour|I'm booked until {show}]. I could do it on {day}.")
        s.a("[Too late|That's no use]. [{C} will have to play|Then {C} must play] the guitar.")
        s.tell("{B} can't tune the piano before {day}, so {C} has to play the guitar on {show}.")
    aside(s, "A", 0.3)
    s.ask("Which other person is mentioned?", "C")
    s.ask("On which day is the music?", "show")


def tailor_suit(s: Tale) -> None:
    s.let(color="color", date="date", days="length:days", price="price:25-140")
    s.put(part="sleeves|trousers|shoulders", flaw="too long|too wide|too tight")
    s.person("C")
    s.a("[Please change|I'd like you to alter] this {color} suit. The {part} are {flaw}.")
    s.b("[Sure|Let me see. Yes]. [When do you need it|How soon do you want it]?")
    s.a("[By|Before] {date}. {C} [is getting married|has invited me to a wedding].")
    s.correct("A", "date", fact=True)
    if s.maybe(0.4):
        s.b("[No problem|Easily]. It takes {days} and costs {price}.")
        s.a("[Good|Lovely], [I'll leave it here|please begin].")
        s.tell("{B} will alter the {color} suit in {days}, in time for {C}'s wedding on {date}.")
        s.ask("How long does {B} need?", "days")
    elif s.maybe():
        s.b("[That's tight|We're very busy]. I'd have to work at night, [for|so it's] {price}.")
        s.a("[It's worth it|Never mind the price]. [Please do it.|]")
        s.tell("{A} pays {price} so that the {part} of the {color} suit are changed by {date}.")
    else:
        s.b("[The seams won't allow it|There's no cloth left]. [I lend you|Rent] one for {price}.")
        s.a("[If it's {color}, yes|Good idea, but in {color}].")
        s.tell("{B} can't change {A}'s suit, so {heA} rents one for {C}'s wedding on {date}.")
    thank(s, "A", 0.35)
    s.ask("Whose wedding is it?", "C")
    s.ask("How much does {B} ask for?", "price")


def locked_out(s: Tale) -> None:
    s.let(street="street", n="number:11-90", price="price:60-220", wait="length:minutes")
    s.let(time="clock:evening")
    s.person("C")
    s.a("[My door fell shut|I'm standing outside my own door]! [Please come.|] It's {n} {street}.")
    s.correct("A", "n", keep=0.65, fact=True)
    s.b("[I'd need|That takes me] {wait}, and [it's|I charge] {price}.")
    if s.maybe(0.4):
        s.a("[Hurry|Come quickly], [the oven is on|my soup is on the stove].")
        s.tell("{A} is locked out. For {price}, {B} comes to {n} {street} in {wait}.")
        s.ask("How long does {B} need?", "wait")
    elif s.maybe():
        s.a("{price}? [No, thanks|Forget it]. {C} [comes home|is back] with a key at {time}.")
        s.b("[As you like|That's cheaper]. [Keep warm.|Good luck.]")
        s.tell("{A} finds {price} too much and waits for {C}, who has a key, until {time}.")
        s.ask("Who has another key?", "C")
    else:
        s.let(less="price:20-59")
        s.a("[That's more than I have|{price} is too much]. I [only have|can pay] {less}.")
        s.b("[Well, because it's cold|All right, you're on my way]. {less}, then.")
        s.tell("{B} will open {A}'s door on {street} for {less} instead of {price}.")
    s.ask("On which street is the door?", "street")
    s.ask("Which price does {B} name first?", "price")


def poster_print(s: Tale) -> None:
    s.let(event="event", n="digits:30-400", date="date", color="color", wrong="date", day="day")
    s.let(company="company")
    s.a("[Please print|We'd like] {n} posters for our {event} on {date}, in {color}.")
    kind = s.choose("date", "color", "late")
    if kind == "date":
        s.b("[Wait|Look here]. Your [file|draft] [says|has] {wrong}, not {date}.")
        s.a("[Oh no|How embarrassing]! {date} is [right|correct]. [Please change it.|]")
        s.tell("{B} notices that {A}'s {n} posters for the {event} say {wrong} instead of {date}.")
        s.ask("Which date stands on the draft?", "wrong")
    elif kind == "color":
        s.redraw("color")
        s.b("We're out of {old_color}. [Is {color} all right|Would {color} do]?")
        s.a("[Why not|Yes], [it's easier to read|that's a cheerful color].")
        s.tell("{A}'s {n} posters for the {event} will be {color}, as {old_color} has run out.")
        s.ask("Which color will the posters have?", "color")
    else:
        s.b("[Until {day} I print for {company}|{company} has the machine until {day}].")
        s.a("[By then it's too late|Too late]. I'll [make copies|copy them] [at school|at work].")
        s.tell("{B} is printing for {company} until {day}, so {A} copies {n} posters elsewhere.")
        s.ask("Who keeps the printer busy?", "company")
    office(s, "B", 0.3)
    s.ask("How many posters does {A} want?", "n")
    s.ask("What are the posters for?", "event")


def shoe_repair(s: Tale) -> None:
    s.let(color="color", day="weekday", price="price:12-70", code="code")
    s.put(shoe="boots|sandals|dancing shoes|hiking shoes", part="heel|sole|zip|buckle")
    s.a("[I've come for|I want to collect] my {color} {shoe}. [The number is|It's number] {code}.")
    s.correct("A", "code", fact=True)
    if s.maybe(0.6):
        s.b("[Sorry, not ready|They aren't done]. I need a new {part}. [Try|Come on] {day}.")
        if s.maybe():
            s.a("[But I need them sooner|I can't wait till then]!")
            s.redraw("day")
            s.b("[I'll fetch one|I'll use an old {part}]. {day}, [if you like|I promise].")
            s.tell("{A} can't wait for a {part}, so {B} repairs the {shoe} by {day}.")
        else:
            s.a("[All right|That's a pity]. [Keep them till then.|I have others.]")
            s.tell("{A}'s {color} {shoe} still need a new {part}. {A} should come on {day}.")
        s.ask("When can {A} get the {shoe}?", "day")
    else:
        s.b("[Here they are|All done]. I [also replaced|replaced] the {part}, so it's {price}.")
        s.a("[Nobody asked me|I didn't order that]! [But they look good.|But all right.]")
        s.tell("{A} pays {price} for the {color} {shoe}, although {heA} didn't want a new {part}.")
        s.ask("What does {A} have to pay?", "price")
    thank(s, "A", 0.3)
    s.ask("What color are the {shoe}?", "color")
    s.ask("What is {A}'s number?", "code")


def newspaper_ad(s: Tale) -> None:
    s.let(piece="furniture", phone="phone", day="weekday", price="price:30-60", other="day")
    s.put(size="three lines|four lines|half a column|one column")
    s.a("[An advertisement, please|I want to advertise]: {piece} for sale, call {phone}.")
    s.correct("A", "phone", keep=0.5, fact=True)
    s.b("[That's|It makes] {size}, {price}. [It appears|You'll read it] on {day}.")
    kind = s.choose("yes", "short", "day")
    if kind == "yes":
        s.a("[Good|Fine]. [I hope somebody reads it.|Put it at the top.]")
        s.tell("{A}'s advertisement for a {piece}, with the number {phone}, costs {price}.")
    elif kind == "short":
        s.let(less="price:10-29")
        s.a("[Too much|That's dear] for an old {piece}. [Is there less?|Can't it be smaller?]")
        s.b("[In small letters|Without the frame] it's {less}.")
        s.tell("{A} won't pay {price} to advertise a {piece}. {B} does it for {less}.")
    else:
        s.a("[By then I'm away|I won't be home that day]. [Could it|Can it] be {other}?")
        s.b("[Yes, there's a gap|We still have room] on {other}.")
        s.tell("{A} is away on {day}, so the advertisement for a {piece} appears on {other}.")
    office(s, "B", 0.3)
    s.ask("What is advertised?", "piece")
    s.ask("Which number should people call?", "phone")
    s.ask("Which price does {B} name first?", "price")


def market_stall(s: Tale) -> None:
    s.let(n="digits:2-45", m="digits:46-90", ware="grocery", fee="price:10-70")
    s.let(time="clock:morning")
    s.person("C")
    s.a("[Somebody is standing|There's a van] on my place, number {n}! I can't unload my {ware}.")
    s.b("[That's|It's] {C}. [{heC} has it now|I gave it to {himC}], you [were late|didn't pay].")
    if s.maybe():
        s.b("[Take|There's only] {m}, for {fee}.")
        s.a("[By the toilets|Behind the trees]? [Better than nothing.|All right, only today.]")
        s.tell("{A} has to sell {ware} on place {m}, because {B} has given {n} to {C}.")
        s.ask("Which place does {A} get?", "m")
    else:
        s.a("[But I paid|Here's the receipt for] {fee}! [I was here at {time}.|That's unfair.]")
        s.b("[Then I was wrong|Oh, I mixed that up]. {C} [must|has to] move to {m}.")
        s.tell("{A} has paid {fee} for place {n}, so {C} must leave it and go to {m}.")
        s.ask("How much has {A} paid?", "fee")
    s.ask("Who stands on {A}'s place?", "C")
    s.ask("What does {A} sell?", "ware")


def vet_visit(s: Tale) -> None:
    s.let(pet="pet", animal="animal", food="grocery", days="length:days", price="price:20-120")
    s.put(thing="sock|button|coin|candle|pencil|hair band")
    s.put(sign="doesn't eat|cries at night|sleeps all day|can't sit still")
    s.a("My {animal} {pet} {sign}[, doctor|]. [Since yesterday.|It began last week.]")
    s.b("[Let me feel|Hold still, {pet}]. [Anything unusual at home|Did something happen]?")
    kind = s.choose("food", "thing", "nothing")
    if kind == "food":
        s.a("[My aunt gave {pet}|I only changed to] {food}.")
        s.b("[That's it|I thought so]. No {food} for {days}, [and lots of water|please].")
        s.tell("{A}'s {animal} {pet} {sign}. {B} forbids {food} for {days}.")
        s.ask("What was {pet} given?", "food")
    elif kind == "thing":
        s.a("[My|A] {thing} is [missing|gone]. [Could it be in there?|I blame {pet}.]")
        s.b("[I can see it|It's on the picture]. [I'll get it out|We must operate], for {price}.")
        s.tell("{pet} {sign} after eating a {thing}, and {B} will take it out for {price}.")
        s.ask("What did {pet} eat?", "thing")
    else:
        s.a("[Only that we got a second {animal}|There's a new {animal} next door].")
        s.b("[Then it's jealousy|{pet} is only sad]. Come back in {days}.")
        s.tell("{pet} {sign}, but {B} thinks it is only because of a new {animal}.")
    thank(s, "A", 0.4)
    s.ask("What is the animal called?", "pet")
    s.ask("What kind of animal is {pet}?", "animal")


def blood_donation(s: Tale) -> None:
    s.let(country="country", date="date", weeks="length:weeks", cake="cake")
    s.person("C")
    s.a("[I'd like|I've come] to give blood. {C} [told me about it|sent me], {heC} comes often.")
    s.b("[How nice|We need you]. [Have you been abroad|Any long trips] this year?")
    if s.maybe():
        s.a("[I came back from|I was in] {country} on {date}.")
        s.correct("A", "date", fact=True)
        s.b("[Then it's too early|Then you must wait]. [Come again|Try again] in {weeks}.")
        s.tell("{A} can't give blood yet, because of a trip to {country}, and must wait {weeks}.")
        s.ask("Which country was {A} in?", "country")
        s.ask("How long does {A} have to wait?", "weeks")
    else:
        s.a("[No, I stayed at home|No, none]. [But I'm afraid of needles.|I'm a bit nervous.]")
        s.b("[Look at the ceiling|Think of {C}]. Afterwards [you get|there's] a piece of {cake}.")
        s.tell("{A} comes to give blood like {C} and will get a piece of {cake} afterwards.")
        s.ask("What will {A} get to eat?", "cake")
    s.ask("Who told {A} to come?", "C")


def trip_vaccination(s: Tale) -> None:
    s.let(country="country", date="date", day="weekday", time="clock:work", gap="length:weeks")
    s.let(price="price:20-140")
    s.a("[Which shots do I need|Do I need any shots] for {country}? I [leave|fly] on {date}.")
    if s.maybe():
        s.b("[Two of them|Two], with {gap} between. [Could you|Can you] come on {day} at {time}?")
        if s.maybe():
            s.redraw("day")
            s.a("[Not {old_day}, I work|{old_day} is impossible]. [Would {day} do?|{day}, maybe?]")
            s.b("[That's the latest|Yes], {day}, same time.")
            s.tell("{A} gets a first shot for {country} on {day} at {time} instead of {old_day}.")
        else:
            s.a("[I'll be there|That suits me]. [Will it hurt?|]")
            s.tell("{A} comes for a shot for the trip to {country} on {day} at {time}.")
        s.ask("When should {A} come?", "day")
        s.ask("How much time must lie between the two?", "gap")
    else:
        s.b("[It's too late|You're late], it needs {gap}. [I have|Take] tablets for {price}.")
        s.a("[Then I'll take those|All right, tablets].")
        s.tell("It is too late for a shot for {country}, so {A} buys tablets for {price}.")
        s.ask("How much are the tablets?", "price")
    office(s, "B", 0.3)
    s.ask("Where is {A} going?", "country")
    s.ask("When does the trip begin?", "date")


def storage_room(s: Tale) -> None:
    s.let(n="digits:40-300", m="digits:20-39", price="price:90-190", month="month", street="street")
    s.let(thing="furniture")
    s.a("Is [the cellar|your storage] room on {street} still [to let|free]? It's for a {thing}.")
    s.b("[It is|Yes], {m} square feet, {price} a month. [It's dry|It has a window].")
    kind = s.choose("take", "less", "small")
    if kind == "take":
        s.a("[Good, I'll take it|I'd rent it] from {month}[ on|].")
        s.correct("A", "month")
        s.tell("{A} rents {B}'s storage room on {street} for {price} a month from {month}.")
        s.ask("From which month does {A} want it?", "month")
    elif kind == "less":
        s.let(less="price:30-89")
        s.a("{price}? [I can give you|I'd pay] {less}.")
        s.b("[If you pay for a year now|If you sweep the stairs], {less}[ is fine|].")
        s.tell("{B} lets {A} have the storage room on {street} for {less} instead of {price}.")
    else:
        s.a("[Too small|That won't be enough]. [My {thing} is|The {thing} is] long, I need {n}.")
        s.b("[Then I can't help|That's all I have]. [Ask at the old mill.|]")
        s.tell("{A} needs {n} square feet for a {thing}, and {B}'s room on {street} is too small.")
    aside(s, "B", 0.3)
    s.ask("What does {A} want to store?", "thing")
    s.ask("On which street is it?", "street")


SERVICES = (
    passport_photo,
    office_flowers,
    piano_tuner,
    tailor_suit,
    locked_out,
    poster_print,
    shoe_repair,
    newspaper_ad,
    market_stall,
    vet_visit,
    blood_donation,
    trip_vaccination,
    storage_room,
)
