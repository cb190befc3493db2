"""What colleagues settle between two meetings."""

from tools.tiny.scenarios.common import aside, bye, office, thank
from tools.tiny.tales.tale import Tale


def canteen_order(s: Tale) -> None:
    s.let(dish="dish", other="dish", room="room", time="clock:noon", price="price:11-45")
    s.put(drink="apple juice|iced tea|mineral water|ginger ale|lemonade|cold milk|tomato juice")
    s.person("C")
    s.a("I'm [calling the canteen|ordering lunch]. [What would you like|Anything for you]{vB}?")
    s.b("The {dish} and some {drink}, [please|as always]. [Bring it|Have it sent] to room {room}.")
    kind = s.choose("sold", "down", "owe")
    if kind == "sold":
        s.a("[The {dish} is gone|They're out of that]. [They do have|There's still] the {other}.")
        s.b("[The {other}, then|Well, better than nothing]. [I'm starving.|But no onions!|]")
        s.tell("As the {dish} is sold out, {B} orders the {other} and some {drink} to room {room}.")
    elif kind == "down":
        s.a("[They don't deliver anymore|Nobody delivers today]. {C} [goes down|eats] at {time}.")
        s.correct("A", "time", keep=0.6, fact=True)
        s.b("[Then I'll join {himC}|Fine, I'll go with {himC}]. [A walk is good for me.|]")
        s.tell("Since the canteen doesn't deliver, {B} will go there with {C} at {time}.")
        s.ask("When does {C} go to the canteen?", "time")
    else:
        s.a("[Only if you pay me first|Not before you pay]. You [still |]owe me {price} for lunch.")
        s.b("[{C} has the money.|I gave it to {C} yesterday.] [Didn't {heC} tell you|Ask {himC}]!")
        s.tell("{A} won't order lunch for {B}, who owes {himA} {price}.")
        s.tell("According to {B}, {C} has the money.")
        s.ask("How much does {A} want back?", "price")
    s.ask("What does {B} want to drink?", "drink")
    s.ask("Which room is {B} in?", "room")


def boss_speech(s: Tale) -> None:
    s.let(boss="surname", date="date", day="day", t="length:minutes", animal="animal")
    mr, he, his = s.rng.choice((("Mr.", "he", "his"), ("Ms.", "she", "her")))
    s.words(mr=mr, he=he, his=his)
    s.put(tool="accordion|trombone|banjo|saxophone|double bass|xylophone")
    s.person("C")
    s.a("{mr} {boss} retires on {date}. [You should give the speech.|Please say a few words.]")
    kind = s.choose("short", "poem", "song")
    if kind == "short":
        s.b("[All right|If I must], {t}, [not a minute more|no longer]. [But what|What] do I tell?")
        s.a("How {his} {animal} [ate|tore up] the budget, [of course|for example].")
        s.tell("{B} agrees to speak for {t} when {mr} {boss} retires on {date}.")
        s.tell("{A} proposes the story of the {animal} that destroyed the budget.")
        s.ask("Which animal is the story about?", "animal")
    elif kind == "poem":
        s.b("[Me? I always|Not me, I] cry at farewells. {C} [writes poems|is good at rhymes].")
        s.a("[A poem, lovely!|Even better.] {heC} should finish it by {day}[. I'll tell {himC}|].")
        s.tell("{B}, who cries at farewells, doesn't want to give a speech for {mr} {boss}.")
        s.tell("So {C} is to write a poem by {day}.", "{A} wants a poem from {C} by {day} instead.")
    else:
        s.b("[No speeches, {he} says|{he} told me: no speeches]. [Let's sing|We'll sing] a song.")
        s.a("[With {C} on the {tool}|{C} plays the {tool}]! [{he} will love it.|Let's practice.]")
        s.tell("{mr} {boss} wants no speech, so they will sing, with {C} on the {tool}.")
        s.ask("Which instrument will {C} play?", "tool")
    bye(s, "A", 0.2)
    s.ask("When does {mr} {boss} retire?", "date")


def coffee_fund(s: Tale) -> None:
    s.let(price="price:12-70", n="digits:13-48", day="weekday", cents="digits:55-95")
    s.person("C")
    s.a("The coffee fund is {price} short, and {n} of the cups on the list are yours{vB}.")
    kind = s.choose("tea", "pay", "raise")
    if kind == "tea":
        s.b("[Impossible|That can't be]! I [only drink tea|gave up coffee]. {C} uses my line.")
        s.a("[{C}, really|Is that so]? [I'll have a word with {himC}.|{heC} will pay, then.]")
        s.tell("{B}, who denies having had {n} cups of coffee, suspects {C}.")
        s.tell("{A} wants to settle it with {himC}.", "{A} believes {himB}.")
    elif kind == "pay":
        s.b("[Guilty|I admit it]. [My wallet is empty|I'm broke], [but|so] you'll get it on {day}.")
        s.a("{C} [said the same|promised that, too], [but never paid|last month]. [I'll wait.|]")
        s.tell("{B} admits to owing for {n} cups of coffee and promises to pay on {day}.")
        s.ask("When will {B} pay?", "day")
    else:
        s.b("[But I've|I] paid for [all of them|each one]. [Beans just|The beans] cost more.")
        s.a("[Hm, true|You're right]. [Then we charge|Let's ask] {cents} cents a cup from {day}.")
        s.correct("A", "cents", "{cents} cents", keep=0.7)
        s.tell("As coffee has become more expensive, a cup will cost {cents} cents from {day}.")
        s.ask("What will a cup cost, in cents?", "cents")
    s.ask("How much money is missing?", "price")


def misprinted_cards(s: Tale) -> None:
    s.let(job="job", wrong="job", n="digits:200-900", date="date", price="price:20-90")
    s.person("C")
    s.a("[Look at this|I can't believe it]: on all {n} business cards I'm a {wrong}, not a {job}!")
    kind = s.choose("reprint", "fault", "keep")
    if kind == "reprint":
        s.b("[How embarrassing|I'm so sorry]. [We'll print new ones|You get new ones], by {date}.")
        if s.maybe(0.5):
            s.redraw("date")
            s.a("[I need them at the fair|That's no use to me]. [Make it|Please, by] {date}.")
            s.b("[Then {C} must hurry|{C} will work late, then]. {date}[ it is|, I promise].")
        s.tell("{A}'s cards wrongly say {wrong} instead of {job}, so there will be new ones.")
        s.tell("They will be ready by {date}.")
        s.ask("By which date will there be new cards?", "date")
    elif kind == "fault":
        s.b("[That's what {C} wrote|{C} filled it in that way] on the form. New ones cost {price}.")
        s.a("[Then {heC} can pay for them.|Send {himC} the bill.] [I'm innocent.|]")
        s.tell("The cards say that {A} is a {wrong}, because {C} made a mistake on the form.")
        s.tell("{A} wants {himC} to pay {price} for new ones.")
        s.ask("How much are new cards?", "price")
    else:
        s.b("[Keep them|Don't throw them away]. A {wrong} [gets|has] more respect than a {job}.")
        s.a("[Ha, that's true|{C} says so, too]! [I'll use a few|They stay], [just for fun|then].")
        s.tell("{B} persuades {A} to keep the business cards that say {wrong} instead of {job}.")
    s.ask("How many cards were printed?", "n")
    s.ask("What is {A}'s job?", "job")


def wrong_invoice(s: Tale) -> None:
    s.let(code="code", company="company", price="price:900-4000", less="price:300-850")
    s.let(n="number:4-12")
    s.person("C")
    s.a("This is {company}. Your invoice {code} says {price}, [but|although] we agreed on {less}.")
    office(s, "B", 0.2)
    kind = s.choose("typo", "few", "months")
    if kind == "typo":
        s.b("[You're right, our mistake|{C} made a mistake there]. [Throw it away|Tear it up].")
        s.redraw("code")
        s.b("[The right one|A new one] is on its way, with the number {code}.")
        s.tell("{company} complains about a wrong invoice for {price} and will get a new one.")
        s.tell("Its number is {code} instead of {old_code}.", "The new number is {code}.")
    elif kind == "few":
        s.b("[That was the price for|For that price you must take] {n} crates. You took [one|two].")
        s.a("[I see|I missed that]. [Then send|In that case, send] us all {n}, for {less} each.")
        s.tell("The price of {less} is only for {n} crates, so {A} decides to take that many.")
        s.ask("How many crates does {A} order?", "n")
    else:
        s.b("[{less} a month|Per month], [yes|exactly]. {price} is for the whole [spring|season].")
        s.a("[That explains it|My fault, then]. [{C} will pay|I'll tell {C} to pay] it today.")
        s.tell("Invoice {code} covers several months, so {A} accepts it, and {C} will pay {price}.")
        s.ask("Who is going to pay?", "C")
    thank(s, "A", 0.2)
    s.ask("What is the number of the [valid|right] invoice?", "code")
    s.ask("Which company is calling?", "company")


def bored_intern(s: Tale) -> None:
    s.let(n="digits:20-90", subject="subject", company="company", day="weekday")
    s.put(tongue="Greek|Danish|Polish|Turkish|Finnish|Dutch|Hindi|Czech|Thai")
    s.person("C")
    s.person("D")
    s.b("Our intern {C} is [folding planes|staring at the wall]. [Any work|Any ideas]?")
    kind = s.choose("learn", "letters", "busy")
    if kind == "learn":
        s.a("[In the cellar, {n} boxes to sort.|{heC} can shred {n} folders.] [Nobody else will.|]")
        s.b("[But|Oh no,] {heC} studies {subject}! {heC} [is here|wants] to learn.")
        s.a("[Fine|Good point]. [Take {himC} along|{heC} can come with me] to {company} on {day}.")
        s.tell("{A} has dull work for {C}, but {B} objects, as {heC} studies {subject}.")
        s.tell("{heC} may go along to {company} on {day} instead.")
        s.ask("Where may {C} go?", "company")
    elif kind == "letters":
        s.a("[{heC} speaks|{heC} knows] {tongue}, right? I have {n} letters in it.")
        s.b("[Perfect|Yes, fluently]. [{heC} can translate them|Give them to {himC}], until {day}.")
        s.tell("As {C} knows {tongue}, the intern [is to|can] translate {n} letters until {day}.")
        s.ask("Which language does the intern speak?", "tongue")
    else:
        s.a("Not before {day}, [I'm drowning in work|I'm swamped]. {D} [needs|wants] a hand now.")
        s.b("[{D} shouts at everybody.|With {D}? Poor {C}!] [I'd rather wait for you.|I'll wait.]")
        s.tell("As {A} is busy until {day}, {D} could use {C}'s help, but {B} would rather wait.")
        s.ask("Who is looking for help now?", "D")
    s.ask("What is the intern's name?", "C")
    s.ask("Which day do they [mention|talk about]?", "day")


def fire_drill(s: Tale) -> None:
    s.let(n="digits:21-95", day="weekday", time="clock:work", place="place")
    s.put(got="seven|eight|nine|11|12|13", vest="orange|yellow|pink|green|silver|red")
    s.person("C")
    s.b("Why [was everybody outside|is everybody coming back in]? [Was there a fire?|]")
    kind = s.choose("repeat", "deaf", "lift")
    if kind == "repeat":
        s.a("[Only a fire drill|It was a drill]! It took all {n} of us {got} minutes. [Too slow.|]")
        s.a("[We'll repeat it|The next one is] on {day} at {time}, [and you'll be there|with you]!")
        s.correct("A", "time", keep=0.7)
        s.b("[I'll take off my headphones|I'll be ready] [by then|next time]. [Not in the rain!|]")
        s.tell("As {B} missed the fire drill, {heB} must join the next one, on {day} at {time}.")
        s.ask("When will the next fire drill begin?", "time")
    elif kind == "deaf":
        s.a("[The fire drill!|A drill.] {n} people left, but not you. Why?")
        s.b("[I can't hear the bell up here|There's no bell on my floor]. [Someone must tell me.|]")
        s.a("[Right|I see]. {C} will [knock|fetch you] next time. {heC} wears a {vest} vest.")
        s.tell("{B} missed the fire drill because {heB} can't hear the bell.")
        s.tell("Next time {C}, in a {vest} vest, will [get|tell] {himB}.")
        s.ask("What color is {C}'s vest?", "vest")
    else:
        s.a("A drill, {n} people at the {place}. {C} [came by|took the] elevator! [How risky!|]")
        s.b("[{C} never reads the rules|{heC} is new here]. [Please explain it|Talk to {himC}].")
        s.a("[I'm giving a class|There'll be a class] on {day}. {heC} [has to come|must attend].")
        s.correct("A", "day", keep=0.7)
        s.tell("{C} used the elevator in the fire drill, so {heC} must attend a class on {day}.")
        s.ask("Where did the people meet?", "place")
    s.ask("How many people left the building?", "n")


def time_sheet(s: Tale) -> None:
    s.let(day="weekday", hours="digits:11-19", right="number:3-9", city="city", off="weekday")
    s.person("C")
    s.a("[May I ask something?|One thing{vB}.] Your time sheet has {hours} hours for {day}.")
    s.correct("A", "day", keep=0.65, fact=True)
    kind = s.choose("slip", "drive", "call")
    if kind == "slip":
        s.b("[That would be nice|I wish]! It should say {right}. [{hours} is for the whole week.|]")
        s.a("[I'll change it|Let me correct that], [before {C} sees it|or {C} will call me].")
        s.tell("{B} worked {right} hours on {day}, not {hours}, so {A} corrects the time sheet.")
        s.ask("How many hours did {B} really work?", "right")
    elif kind == "drive":
        s.b("[Yes, with|That includes] the drive to {city}[ and back|]. [The truck broke down.|]")
        s.a("[Driving doesn't count|We don't pay for driving], [says {C}|{C} decided]. Sorry.")
        s.b("[That's unfair|What]! [I'll complain to {himC}|Then {heC} can drive {himC}self]!")
        s.tell("{B} counted the drive to {city}, and protests because {C} won't pay for it.")
        s.ask("Where did {B} drive?", "city")
    else:
        s.b("[Right|Yes]. The customer in {city} [needed me until midnight|called all night].")
        s.a("[You poor thing|That's too long]. Take {off} off [instead of the money|to recover].")
        s.b("[If {C} agrees, gladly|Unless {C} minds, I will]. [I'll sleep all day.|]")
        s.tell("As {B} worked {hours} hours for a customer in {city}, {heB} can take {off} off.")
        s.ask("On which day may {B} stay at home?", "off")
    s.ask("How many hours are on the time sheet?", "hours")


def conference_badge(s: Tale) -> None:
    s.let(company="company", other="company", t="length:minutes", price="price:15-90", hall="room")
    s.let(name="surname")
    s.person("C")
    kind = s.choose("firm", "swap", "none")
    if kind == "firm":
        s.a("[This badge is wrong|Excuse me]. I [work for|come from] {company}, not {other}.")
        s.b("[The printer is broken|I can't print now]. [Shall I|May I] correct it by hand?")
        s.a(
            "[That looks cheap|No, thank you]. How long [would a new one take|is the wait for one]?"
        )
        s.b("[About|Maybe] {t}. [You could|Please] have a coffee in room {hall}.")
        s.tell("{A}'s badge says {other} instead of {company}, and {A} wants it printed anew.")
        s.tell("That will take {t}.")
        s.ask("How long does it take?", "t")
        s.ask("Which company is {A} from?", "company")
    elif kind == "swap":
        s.a("[My name isn't {name}|I'm not called {name}]. [Whose badge is this|Who is that]?")
        s.b("[Oh no|Then] {C} {name} has yours! {heC} [is speaking|sits] in room {hall}.")
        s.correct("B", "hall", "room {hall}", keep=0.6, fact=True)
        s.a("[I'll go and find {himC}|I'll change with {himC}], [after the talk|right away].")
        s.tell("{A} has got {C} {name}'s badge and will exchange it with {himC} in room {hall}.")
        s.ask("In which room is {C} {name}?", "hall")
    else:
        s.a("There's no badge for me[ here|]. {C} from {company} [was to|should have] put me down.")
        s.b("[Only {C} is|You're not] on the list. A day pass costs {price}[, I'm afraid|].")
        s.a("[No way, I'll call {himC}.|Let me call {himC} first.] [{heC} forgets everything.|]")
        s.tell("{A} isn't registered and would have to pay {price}, so {heA} calls {C} first.")
        s.ask("How much would {A} have to pay?", "price")


def inventory_count(s: Tale) -> None:
    s.let(n="digits:50-99", m="digits:11-45", city="city", day="day", price="price:15-80")
    s.put(item="kettles|tents|helmets|umbrellas|raincoats|toasters|hammocks|lanterns|wheelbarrows")
    s.person("C")
    s.b("[I'm done counting|The shelves are counted]: {m} {item}[, some of them dusty|].")
    s.a("[That's odd|That can't be right]. [According to the list we have|The list says] {n}.")
    kind = s.choose("truck", "again", "sale")
    if kind == "truck":
        s.b("[The rest is|The others are] on the truck to {city}. {C} left [early|at dawn].")
        s.a("[And never signed|Without a slip]? I need [{hisC} signature|{himC} to sign] by {day}.")
        s.tell("{C} is driving some of the {n} {item} to {city} and has to sign for them by {day}.")
        s.ask("Where is {C} driving?", "city")
    elif kind == "again":
        s.b("I counted [twice|until my eyes hurt]. [Somebody else should try.|Do it yourself!]")
        s.a("[{C} can do it|Then {C} will count], on {day}.")
        s.correct("A", "day", keep=0.6)
        s.tell("{B} found {m} {item} instead of {n}. On {day} {C} will count them once more.")
        s.ask("When will they be counted again?", "day")
    else:
        s.b("[The sale is missing.|The sale!] {C} sold [lots of them|many] for {price} each.")
        s.a("[Nobody told me|I forgot that]. [I'll enter it|Let me put that in] [now|at once].")
        s.tell("Because {C} sold many {item} for {price} each, {B} counted only {m}.")
        s.tell("{A} will correct the list.")
        s.ask("What did each of them cost?", "price")
    aside(s, "B", 0.15)
    s.ask("How many {item} did {B} count?", "m")
    s.ask("What is being counted?", "item")


def present_draw(s: Tale) -> None:
    s.let(price="price:10-40", gift="gift", date="date", hobby="hobby")
    s.person("C")
    s.person("D")
    kind = s.choose("swap", "refuse", "hint", "self")
    if kind == "self":
        s.b("[The draw failed|What a draw]: I've got myself! [I'd like|I want] a {gift}.")
        s.a("[Ha|That won't do]! [Put it back|We can't have that]. [Take|Here,] another slip.")
        s.b("{C}! [And how much may I spend|What's the limit]?")
        s.a("{price}[, not a cent more|]. And [keep it secret|not a word] until {date}!")
        s.correct("A", "date", keep=0.6, fact=True)
        s.tell("In the draw {B} got {hisB} own name at first and then {C}'s.")
        s.tell("{heB} may spend {price}.", "The present, for {price}, is a secret until {date}.")
        s.ask("How much may {B} spend?", "price")
    elif kind == "hint":
        s.b("You drew {C}[, didn't you|, I hear]? {heC} likes {hobby}. [Get {himC} a book!|]")
        s.a("[Don't tell anyone|Shh]! I bought {himC} a {gift}, for {price}. [Not good?|Too late!]")
        s.tell("{B} knows that {C} likes {hobby}, but {A} has bought a {gift} for {himC} already.")
        s.ask("What does {C} like?", "hobby")
    else:
        s.a("I [have drawn|must find a present for] {C}! [I don't know {himC} at all.|Why me?]")
        s.b("[And I drew|I have] {D}, [my worst enemy|who has everything]. [Shall we swap?|Swap?]")
        if kind == "swap":
            s.a("[With pleasure|Quick, nobody is looking]! {D} [will get|needs] a {gift}.")
            s.tell("They trade in secret, so that {A} can give {D} a {gift} and {B} takes {C}.")
        else:
            s.a("[No, that's cheating|That's forbidden]. [I'll get {himC}|{heC} gets] a {gift}.")
            s.tell("{A} refuses to trade {C} for {D} and decides on a {gift} for {C}.")
        s.ask("What will {A} buy?", "gift")
        s.ask("Whom did {B} draw?", "D")
    s.ask("For whom was a present [needed|wanted]?", "C")


def dead_projector(s: Tale) -> None:
    s.let(time="clock:work", later="clock:work", room="room", topic="topic")
    s.person("C")
    s.a("The projector [is dead|went up in smoke], and I [speak|talk] about {topic} at {time}!")
    kind = s.choose("room", "order", "bare")
    if kind == "room":
        s.b("Room {room} has one. [Move over there.|Take your audience there!]")
        s.correct("B", "room", "room {room}", keep=0.6, fact=True)
        s.a("[But {C} is in there|I saw {C} in there], [testing microphones|with a class].")
        s.b("[I'll chase {himC} out|{heC} can move to the lobby], [don't worry|trust me].")
        s.tell("As the projector is broken, {A} can talk in room {room}, which {C} has to leave.")
        s.ask("Which room has a projector?", "room")
    elif kind == "order":
        s.b("{C} [needs no slides|only reads aloud]. [Let {himC} go first|Change places], then!")
        s.a("So [my talk is|I'd start] at {later}? [That gives us time|Enough time] to fix it.")
        s.tell("{A} will speak at {later} and {C} at {time}, because the projector is broken.")
        s.ask("When will {A} speak?", "later")
    else:
        s.b("[Good|Lucky us]! [Nobody likes slides|Slides are boring]. Just [tell stories|talk].")
        s.a("[{C} did that once, and people clapped|{C} manages without, too]. [I'll try.|Okay.]")
        s.tell("{B} encourages {A} to talk about {topic} without slides, like {C}.")
        s.ask("Who [has talked|talks] without slides, too?", "C")
    s.ask("What is {A}'s talk about?", "topic")
    s.ask("At what time was {A} to [speak|start]?", "time")


def uniform_size(s: Tale) -> None:
    s.let(color="color", size="digits:36-54", date="date", city="city", price="price:10-30")
    s.put(piece="work jacket|vest|blazer|shirt|apron|parka", bad="tight|wide|long|short")
    s.person("C")
    s.b("[I can't work in this|Look at me]: the {color} {piece} is much too {bad}.")
    s.a("[Everyone says that|Oh dear]. [Which size do you wear|What size are you]?")
    s.b("[Normally|Always] {size}. [This has no label.|]")
    s.correct("B", "size", keep=0.65, fact=True)
    kind = s.choose("order", "trade", "sew")
    if kind == "order":
        s.a("[We're out of those|None left]. [There's a parcel|They come] from {city} on {date}.")
        s.b("[Until then I'll wear my own clothes|I'll have to wait, then]. [Call me!|]")
        s.tell("{B}'s {piece} is too {bad}, but one in {size} won't come before {date}.")
        s.ask("Where will the new one come from?", "city")
    elif kind == "trade":
        s.a("{C} [got|has] a {size} [and wants|but needs] another one. [Trade!|Why not trade?]")
        s.b("[Good idea|With pleasure]. [Where is {heC}|Is {heC} here today]?")
        s.a("[In {city}, back|{heC} returns from {city}] on {date}.")
        s.tell("{B}, whose {piece} is too {bad}, can trade it with {C}, who is back on {date}.")
        s.ask("Who has the right size?", "C")
    else:
        s.a("[The new ones are ugly.|It was the last one.] {C} [can alter it|sews], for {price}.")
        s.b("[I won't pay for that|Out of my pocket? Never]! [The firm should.|]")
        s.tell("{A} says that {C} can alter the {piece} for {price}, but {B} refuses to pay.")
        s.ask("What does {C} charge?", "price")
    s.ask("What size does {B} need?", "size")
    s.ask("What color is the {piece}?", "color")


def lost_contract(s: Tale) -> None:
    s.let(company="company", time="clock:work", folder="color", city="city", price="price:900-9000")
    s.put(spot="printer|microwave|aquarium|palm tree|fridge|copier|sofa")
    s.person("C")
    s.a("[Where is|Have you seen] the contract with {company}? I need it by {time}!")
    kind = s.choose("spot", "away", "unsigned")
    if kind == "spot":
        s.b("[Look in|It must be in] the {folder} folder. [I put it there.|]")
        s.a("[That's|It's] empty! [Only|Nothing but] a note from {C}[, about lunch|].")
        s.b("[Then look|Try looking] behind the {spot}. {heC} [drops things|reads] there.")
        s.tell("As the contract isn't in the {folder} folder, {A} should look behind the {spot}.")
        s.ask("Where should {A} look at last?", "spot")
    elif kind == "away":
        s.b("{C} has it, [at the lawyer's|with the lawyer] in {city}. [Didn't you know?|]")
        s.a("[In {city}? Then|Then] {heC} must [send me a photo|scan it] before {time}!")
        s.tell("{C} took the contract to a lawyer in {city}, so {A} wants a picture by {time}.")
        s.ask("Where is the contract?", "city")
    else:
        s.b("[There is none|We never signed one]! They [wanted|asked for] {price} more.")
        s.a("[What|Really]? {C} [told me it was settled|said it's signed]. [I'm calling {himC}.|]")
        s.tell("{C} is wrong: there is no contract, because {company} demanded {price} more.")
        s.ask("How much more did they want?", "price")
    s.ask("Which company is it about?", "company")
    s.ask("By when is it needed?", "time")


def foreign_guest(s: Tale) -> None:
    s.let(guest="surname", country="country", day="weekday", dish="dish", bar="restaurant")
    s.let(time="clock:afternoon")
    s.person("C")
    s.a("Ms. {guest} from {country} is coming on {day}. [Will you look after her|Got a plan]?")
    kind = s.choose("talk", "food", "late")
    if kind == "talk":
        s.b("[My English is bad|I'm so shy]. {C} [once lived|grew up] in {country}!")
        s.a("[Excellent, I'll put {himC} next to her.|{C} it is, then.] [You drive the car.|]")
        s.tell("As {C} has lived in {country}, {A} chooses {himC} for Ms. {guest}, not {B}.")
        s.ask("Who will look after the guest?", "C")
    elif kind == "food":
        s.b("[Gladly|Sure]. [We'll go|I'll take her] to {bar} for the famous {dish}.")
        s.a("[Careful, {C} says|{C} told me] she can't eat that. [Ask for|Choose] something mild.")
        s.tell("{B} plans to take Ms. {guest} to {bar} on {day}, but she can't eat the {dish}.")
        s.ask("Which restaurant does {B} choose?", "bar")
    else:
        s.b("[Wait|Look], a message from her: the flight is canceled.")
        s.redraw("day")
        s.b("She lands on {day} at {time}[, it says|]. [That's my day off!|I'm away then!]")
        s.a("[Then {C} must pick her up|I'll send {C} to the airport].")
        s.tell("Ms. {guest} won't come on {old_day} but on {day}, and {C} will meet her.")
        s.ask("At what time does she land?", "time")
    s.ask("On which day will the guest come?", "day")
    s.ask("Which country is she from?", "country")


def holiday_plan(s: Tale) -> None:
    s.let(price="price:60-250", n="number:2-6", city="city", t="length:hours")
    s.put(feast="Christmas Eve|New Year's Eve|Thanksgiving|Easter Sunday|Labor Day|Halloween")
    s.put(swap="Valentine's Day|Mother's Day|Father's Day|Columbus Day|Memorial Day|New Year's Day")
    s.person("C")
    s.person("D")
    s.a("[You've put me down again|Not me again]! [Do I have to|Must I] work on {feast}{vB}?")
    s.b("{C} is [at {hisC} sister's|with family] in {city}. [I need one more person.|Sorry.]")
    kind = s.choose("free", "trade", "bonus")
    if kind == "free":
        s.a("[I'll do it|All right], [but for|if I get] {n} free days [after that|in return].")
        s.correct("A", "n", "{n}", keep=0.6)
        s.b("[It's a deal|That's only fair].")
        s.tell("{A} agrees to work on {feast} in place of {C} in return for {n} free days.")
        s.ask("How many free days will {A} get?", "n")
    elif kind == "trade":
        s.a("{D} [hates parties|would be alone anyway]. [In return, I'd|I'd] take {hisD} {swap}.")
        s.b("[If {heD} says yes, fine.|Ask {himD}, then I'll change it.]")
        s.tell("To be free on {feast}, {A} is going to work on {swap} if {D} agrees.")
        s.ask("Which shift would {A} take instead?", "swap")
    else:
        s.b("There's {price} extra, and it's only {t}[, with cookies|].")
        s.a("[Why didn't you say so|That changes things]! [Count me in.|I'll come.]")
        s.tell("At first {A} doesn't want to work on {feast}, but {price} extra convinces {himA}.")
        s.ask("What will {A} get in addition?", "price")
    s.ask("Which holiday is it about?", "feast")
    s.ask("In which city is {C}?", "city")


OFFICE = (
    canteen_order,
    boss_speech,
    coffee_fund,
    misprinted_cards,
    wrong_invoice,
    bored_intern,
    fire_drill,
    time_sheet,
    conference_badge,
    inventory_count,
    present_draw,
    dead_projector,
    uniform_size,
    lost_contract,
    foreign_guest,
    holiday_plan,
)
