"""On the road, in the air and at the border."""

from tools.tiny.scenarios.common import aside, bye, office, thank
from tools.tiny.tales.tale import Tale


def missed_connection(s: Tale) -> None:
    s.let(city="city", stop="city", hotel="hotel", late="clock:evening", t="length:minutes")
    s.put(fault="fog|snow|a strike|a storm|a bird in the engine|ice on the wings|smoke")
    s.put(why="wedding|funeral|trial|audition|christening|rehearsal|debate")
    s.a("We were {t} late because of {fault}. [Now|And now] my plane to {city} [is|has] gone!")
    kind = s.choose("stop", "bus", "room")
    if kind == "stop":
        s.b("[There's one|I have a] seat left at {late}, but [it goes|you'd fly] via {stop}.")
        s.correct("B", "late", fact=True)
        s.a("[As long as I get there today|Better than a night on a bench]. [I'll take it.|Yes!]")
        s.tell("As {fault} made {A} miss a plane to {city}, {heA} flies via {stop} at {late}.")
        s.ask("When does the other plane leave?", "late")
    elif kind == "bus":
        s.b("[There's nothing|No plane] until tomorrow. You'll [sleep|get a room] at the {hotel}.")
        s.a("[Impossible|I can't], [I'm expected at|I have] a {why} in the morning!")
        s.b("Then only the night bus is left. It [goes|leaves] at {late}[. We'd pay for it|].")
        s.a("[Then that's what I'll do|The bus, then]. [I can sleep in it.|]")
        s.tell("Because of a {why}, {A} prefers the night bus to {city} at {late} to a room.")
    else:
        s.b("[The next one is|You'll fly] tomorrow. We have a room for you at the {hotel}.")
        s.a("[And dinner|With dinner]? [I've had nothing but nuts.|I've only had a coffee.]")
        s.b("[Certainly|Of course]. [Show them this card.|Dinner is free.]")
        s.tell("{A} missed the plane to {city} and gets dinner and a room at the {hotel} tonight.")
    s.ask("Where does {A} want to go?", "city")
    s.ask("How late was the first plane?", "t")


def plane_seat_swap(s: Tale) -> None:
    s.let(price="price:15-60", t="length:hours")
    s.put(mine="31B|33E|28E|27B|35D|24E", yours="6A|9F|11A|14F|17A|19F")
    s.put(snack="chocolate|popcorn|fudge|licorice|fruit salad|gum", real="7C|10D|12C|15D|18C|20D")
    s.person("C")
    s.words(kid="daughter" if s.slots["heC"] == "she" else "son")
    s.a("You're in {yours}, next to my {kid} {C}, and I'm in {mine}. [Could|Can] we [swap|change]?")
    kind = s.choose("no", "deal", "wrong")
    if kind == "no":
        s.b("[I paid {price} extra for this window|This window cost me {price}]. I'd rather not.")
        s.a("[I understand|That's fair]. [I'll ask the lady behind you|Then I'll try row 30].")
        s.tell("{B} paid {price} for {yours}, so {A} can't have it to sit next to {C}.")
    elif kind == "deal":
        s.b("{mine}? [That's by the toilets|In the last rows]! [For|And the flight takes] {t}!")
        s.a("I'd [give you|add] my {snack}[, all of it|]. {C} [is afraid without me|will cry].")
        s.b("[You should have said so first|Well, I love {snack}]. [All right.|Deal!]")
        s.tell("{B} moves to {mine} for {A}'s {snack}, so that {C} won't sit alone for {t}.")
    else:
        s.b("[Look|Read] again: your ticket says {real}. That's [right |]in front of {himC}.")
        s.a("[So it is|How silly of me]! Then [I needn't bother you|you can stay where you are].")
        s.tell("As {A}'s own seat is {real}, in front of {C}, {A} needn't change with {B}.")
    s.ask("Where is {B} sitting?", "yours")
    s.ask("Next to whom does {A} want to sit?", "C")


def visa_form_error(s: Tale) -> None:
    s.let(country="country", start="date", t="length:weeks", fast="length:days", more="price")
    s.person("C")
    kind = s.choose("date", "letter", "express")
    if kind == "date":
        s.let(birth="date")
        s.b("You [wrote|put] {birth} [in two boxes|twice]: as your birthday and as your arrival.")
        s.a("[How stupid|Oh, no]! I arrive in {country} on {start}. [I'll cross it out.|]")
        s.correct("A", "start", fact=True)
        s.b("[Please take|You'll have to fill in] a new form[. We allow no corrections|].")
        s.tell("{A} gave {birth} as the day of arrival instead of {start} and needs a new form.")
    elif kind == "letter":
        s.let(day="weekday")
        s.b("[To enter|For] {country}, you need a letter from [your host|whoever you stay with].")
        s.a("That's {C}, but I leave on {start}! [A letter takes weeks.|{heC} never writes.]")
        s.b("[An e-mail will do|We also take e-mails]. [Bring it|I need it] by {day}.")
        s.correct("B", "day", keep=0.6)
        s.tell("To travel to {country} on {start}, {A} needs a letter or an e-mail from {C}.")
        s.tell("{B} must have it by {day}.")
        s.ask("By when is it needed?", "day")
    else:
        s.a("[How soon|When] can I have a visa for {country}? [I'm leaving|I fly] on {start}.")
        s.b("It [usually |]takes {t}. [If you pay|For] {more}, it's [ready|yours] in {fast}.")
        s.a("[That's robbery|So much]! [But the flight is paid|Well, I've booked], so [yes|do it].")
        s.tell("As a visa for {country} takes {t}, {A} pays {more} to have it in {fast}.")
    office(s, "B", 0.15)
    s.ask("Which country is {A} going to?", "country")
    s.ask("On which date does the trip begin?", "start")


def hostel_alarm(s: Tale) -> None:
    s.let(room="room", t="length:minutes", city="city")
    s.put(time="4:10|4:25|4:45|5:05|5:15|5:35|5:40")
    s.person("C")
    s.a("[Your alarm|That phone of yours] rang for {t} at {time}, and we all woke up{vB}!")
    kind = s.choose("other", "missed", "move")
    if kind == "other":
        s.b("[Mine|My phone]? [It's been broken for days.|I don't have one.] That was {C}'s.")
        s.a("[Really|{C}'s]? {heC} [looked so innocent|pretended to sleep]. [Sorry|Forgive me].")
        s.tell("{A} [blames {B} for|complains to {B} about] an alarm at {time}, but it was {C}'s.")
    elif kind == "missed":
        s.b("[Oh no!|What?] Then I've missed the bus to {city}! {C} is waiting for me there.")
        s.a("[Serves you right|Too bad]. Next time [set no alarm|tell me], and I'll wake you.")
        s.b("[Thanks|How kind]. [Now|First] I'd better [call|write to] {C}.")
        s.tell("{B} didn't hear the alarm at {time} and missed the bus to {city}.")
        s.tell("{heB} has to let {C} know, and {A} offers to wake {himB} next time.")
    else:
        s.b("[I sleep like a stone|I'm deaf in one ear], sorry. Should I change rooms?")
        s.a("[Yes, please|That'd be best]. Only {C} is in room {room}, and {heC} snores.")
        s.b("[Then we'll suit each other|Fine]. I'll [move|carry my bags over] after breakfast.")
        s.tell("{B}'s alarm woke everybody at {time}, so {heB} will move to {C}'s room, {room}.")
        s.ask("Which room will {B} have?", "room")
    aside(s, "B", 0.15)
    s.ask("When did the alarm ring?", "time")


def sunrise_hike(s: Tale) -> None:
    s.let(day="day", peak="surname", t="length:hours")
    s.put(sun="5:40|5:55|6:05|6:20|6:35|6:50", time="3:15|3:30|3:45|4:00|4:10|4:20|4:30")
    s.put(sky="clouds|fog|rain|snow|thunder|hail", treat="coffee|tea|soup|cocoa|pancakes|waffles")
    s.person("C")
    s.b("On {day} the sun rises at {sun}. To see it on Mount {peak}, we [start|leave] at {time}.")
    kind = s.choose("sky", "sunset", "early")
    if kind == "sky":
        s.a("[And see nothing|Forget it]! [They expect|The forecast says] {sky} on {day}.")
        s.redraw("day")
        s.b("[Then let's say|Well, how about] {day}[, same time|]. [It should be clear then.|]")
        s.a("[Better|Good]. I'll [tell|text] {C}[ not to get up|, who has set three alarms].")
        s.tell("Due to {sky}, they [put off|move] the sunrise hike from {old_day} to {day}.")
    elif kind == "sunset":
        s.a("{time}? {C} [can't even tie a shoe|is a zombie] then. The sun sets there, too.")
        s.b("A sunset[ hike|]? [Hmm, then we could sleep in|{C} would like that]. [All right.|]")
        s.tell("As {time} is too early for {C}, they will see the sunset on Mount {peak} on {day}.")
    else:
        s.a("[So early|Why {time}]? {C} and I made it in {t}[ last year|]. [Let me sleep!|]")
        s.b("By day, yes. [In the dark we'll be slow|At night one is slower]. {time}, no later.")
        s.a("[You win|All right]. But [you bring|I want] {treat}[ for all of us|].")
        s.tell("{A} finds {time} too early for the hike up Mount {peak}, but {B} insists.")
        s.tell("They will be slower in the dark, and {B} is to bring {treat}.")
        s.ask("What should {B} bring?", "treat")
    bye(s, "A", 0.2)
    s.ask("When does the sun rise?", "sun")
    s.ask("Which mountain is it?", "peak")


def cello_in_cabin(s: Tale) -> None:
    s.put(instrument="cello|double bass|harp|tuba|accordion|sitar|gong|xylophone|bassoon")
    s.let(city="city", price="price:60-280", time="clock:afternoon")
    s.person("C")
    s.person("D")
    s.b("[Sorry, the|I'm afraid the|The] {instrument} [can't go into|is too large for] the cabin.")
    kind = s.choose("seat", "hold", "train")
    if kind == "seat":
        s.a("[I play it in {city} tonight|It's for {city}, tonight]. Could I buy it a seat?")
        s.b("[The one next to you is free|There's one by the window], for {price}.")
        s.correct("B", "price", fact=True)
        s.a("[Well, no {instrument}, no concert|It earns my living]. [Here's my card.|I'll pay.]")
        s.tell("On the way to {city}, the {instrument} gets a seat for {price}, which {A} pays.")
        s.ask("How much is the extra seat?", "price")
    elif kind == "hold":
        s.a("{C}'s was [crushed|broken] in the hold, on [the way|a flight] to {city}!")
        s.b("My colleague {D} could carry it down [by hand|in person][, very gently|].")
        s.a("[If {heD} promises, all right|All right], but [it's very old|I'll be watching].")
        s.tell("As {C}'s {instrument} was damaged in the hold, {D} is to carry {A}'s down.")
        s.ask("Who will carry the {instrument}?", "D")
    else:
        s.a("Then I won't fly[, either|]. [Is there|When is there] a train to {city}?")
        s.b("[Yes, one|One leaves] at {time}. But [you'd lose|we can't refund] your ticket.")
        s.correct("B", "time", fact=True)
        s.a("[I don't care|So be it]. [It's|This was] my teacher {C}'s {instrument}.")
        s.tell("{A} takes a train at {time} rather than [part with|give up] {C}'s {instrument}.")
        s.ask("When does the train leave?", "time")
    s.ask("What is too big for the cabin?", "instrument")


def jam_detour(s: Tale) -> None:
    s.let(city="city", n="digits:3-19", exit="digits:21-68", t="length:minutes", bar="restaurant")
    s.put(why="bridge is closed|road is flooded|tunnel is blocked|road is icy|village has a fair")
    s.person("C")
    s.a("[There are|I hear there are] {n} miles of [cars|traffic] before {city}.")
    kind = s.choose("exit", "stay", "eat")
    if kind == "exit":
        s.b("Then [take|leave at] exit {exit} and [drive|go] through the [hills|woods].")
        s.correct("B", "exit", "exit {exit}")
        s.a("[It's twice as far|We got lost there once]. [But at least we'll move.|If you insist.]")
        s.tell("To avoid {n} miles of traffic, {A} [accepts|takes] exit {exit}, as {B} suggests.")
    elif kind == "stay":
        s.a("[I'd better|Let's] leave at exit {exit}.")
        s.b("[Don't|No, stay here], the {why} there. I'll tell {C} we're {t} late.")
        s.correct("B", "t", fact=True)
        s.a("[Tell {himC} to start eating|And say sorry from me]. [This may take longer.|]")
        s.tell("They don't take exit {exit}, because the {why} there.")
        s.tell("{B} will tell {C} that they'll be {t} late.", "{C} will hear they're {t} late.")
        s.ask("How late will they be?", "t")
    else:
        s.b("[I'm starving|Good, I'm hungry]. {bar} is at exit {exit}. Let's [wait|eat] there.")
        s.a("[And {C}'s show|What about {C}'s show]? [We'd miss|You'd miss] the beginning!")
        s.b("{C} [always starts|usually begins] {t} late. [Relax.|Trust me.]")
        s.tell("Because of the traffic, {B} would like to stop at {bar}, at exit {exit}.")
        s.tell("{A} fears that they'll miss {C}'s show, but {B} isn't worried.")
        s.ask("Where does {B} want to stop?", "bar")
    s.ask("Which exit do they talk about?", "exit")


def theft_claim(s: Tale) -> None:
    s.let(thing="thing", city="city", date="date", code="code", day="weekday", t="length:minutes")
    s.let(price="price:150-400", less="price:20-90")
    s.person("C")
    s.a("My {thing} was stolen in {city} on {date}[. You insured it|, and I'm insured with you].")
    s.correct("A", "date", fact=True)
    kind = s.choose("witness", "open", "less")
    if kind == "witness":
        s.b("[Did you get|Do you have] a report from the police?")
        s.a("No, my ship was leaving. [But |]{C} saw [the thief|it all].")
        s.b("Then {heC} [must|should] write to us by {day}[, quoting {code}|].")
        s.tell("As {A} has no police report on the {thing}, {C} must write by {day} as a witness.")
    elif kind == "open":
        s.b("[Where was it|Where did you keep it]?")
        s.a("In {C}'s car. [It wasn't locked|We left it open], but only for {t}!")
        s.b("[Then we won't pay|I'm sorry, then you get nothing]. [It's in the contract.|]")
        s.tell("{A} gets nothing for the {thing} stolen in {city}, as {C}'s car wasn't locked.")
    else:
        s.b("[What did it cost|How much was it][, and when did you buy it|]?")
        s.a("{price}, [four|six] years ago.")
        s.b("[For such an old one|At that age], [you'll get|we pay] {less}.")
        s.correct("B", "less", fact=True)
        s.a("[That little|Only {less}]? [Well, better than nothing.|I can't buy one for that!]")
        s.tell("The stolen {thing} cost {price}, but {A} gets only {less}, as it was old.")
        s.ask("How much will {A} get?", "less")
    s.ask("What was stolen?", "thing")


def caravan_pitch(s: Tale) -> None:
    s.let(n="digits:12-79", other="digits:12-79", time="clock:afternoon")
    s.put(spot="showers|pines|kiosk|laundry|playground|duck pond|barn")
    s.put(bring="battery|jack|fuse|spare wheel|tow rope|fan belt")
    s.person("C")
    s.a("[I think your caravan is|You seem to be] on our pitch. We [booked|reserved] number {n}.")
    kind = s.choose("error", "sent", "later")
    if kind == "error":
        s.b("This is {other}. [You'll find yours|Yours is] behind the {spot}.")
        s.a("[Then|So] I held the map upside down. [Sorry!|How embarrassing!]")
        s.tell("{A} misread the map: number {n} is behind the {spot}, and {B} is on {other}.")
    elif kind == "sent":
        s.b("{C} [at the gate|in the office] sent us here, and [the awning is up|we've unpacked]!")
        s.a("[I don't want to chase you away|Stay, then]. [Is|But is] {other} any good?")
        s.b("[It's quieter|In the shade], near the {spot}. [Let's ask {C} for it.|Ask {C} for it!]")
        s.tell("{C} sent {B} to pitch {n}, although {A} had booked it.")
        s.tell("{A} may take {other} near the {spot} instead, if {C} agrees.")
        s.ask("Who sent {B} there?", "C")
    else:
        s.b("[Our car broke down|We can't leave yet], sorry. {C} is bringing a {bring} at {time}.")
        s.correct("B", "time", fact=True)
        s.a("[No hurry|Don't worry], [we'll|then we'll] [go for a swim|swim] first.")
        s.tell("{B} can't leave until {C} brings a {bring} at {time}, so {A} will swim first.")
        s.ask("When will {C} come?", "time")
    aside(s, "A", 0.2)
    s.ask("Which pitch has {A} booked?", "n")


def airport_name_sign(s: Tale) -> None:
    s.let(name="surname", firm="company", hotel="hotel", job="job", street="street")
    s.person("C")
    s.b("Are you {name}? I'm from {firm}[. I'll| and will] [drive|take] you to the {hotel}.")
    kind = s.choose("double", "instead", "friend")
    if kind == "double":
        s.a("[That's my name|{name}, yes], but I'm a {job} on vacation. [Nobody expects me.|]")
        s.b("[Then there are two of you|What a coincidence]! Did you see the other one?")
        s.a("[Perhaps|Maybe] the man [at the bar|with the cigar][. He looks lost|].")
        s.tell("{B} of {firm} takes {A}, a {job} on vacation, for another {name}.")
        s.ask("What is {A}'s job?", "job")
    elif kind == "instead":
        s.a("{name} [missed the plane|is ill]. I'm the {job} [who'll speak instead|on the team].")
        s.words(why="missed the plane" if "missed" in s.turns[-1][1] else "is ill")
        s.b("[Nobody tells me anything|I see]. [Then |]the room at the {hotel} is yours.")
        s.tell("As {name} {why}, {B} will take {A}, a {job}, to the {hotel} instead.")
        thank(s, "A", 0.4)
    else:
        s.a("[That's me|Yes]. But no hotel, please. I'm staying with {C}, on {street}.")
        s.correct("A", "street", fact=True)
        s.b("[Then I'll cancel the room|I'll tell the hotel], [no trouble|of course].")
        s.tell("Instead of the {hotel}, {B} takes {A} to {C}'s [home|place] on {street}.")
        s.ask("Where will {B} take {A}?", "street")
    s.ask("For which company does {B} work?", "firm")
    s.ask("Whom is {B} waiting for?", "name")


def money_exchange(s: Tale) -> None:
    s.let(price="price:90-300", small="price:10-30", n="digits:9-19", street="street", day="day")
    s.let(city="city")
    s.person("C")
    s.put(coins="pesos|dinars|rupees|crowns|shillings|francs|liras|guilders")
    s.a("[For {city}, I'm changing|I'll change] {price} into {coins} at [the|that] bank.")
    s.correct("A", "price", keep=0.7, fact=True)
    kind = s.choose("fee", "card", "left")
    if kind == "fee":
        s.b("They [keep|charge] {n} percent! [There's|{C} found] a cheaper place on {street}.")
        s.a("[But that's far.|How do we get there?] I need {small} for the bus[, at least|].")
        s.b("[Then change that|All right], but [no more|nothing more].")
        s.tell("{A} changes [only|just] {small} for the bus, as the bank takes {n} percent.")
        s.ask("Where is it cheaper?", "street")
    elif kind == "card":
        s.b("Nobody [needs|uses] cash in {city}. {C} [brought|took] it all home[ again|].")
        s.a("[Even the buses|On the market, too]? [Well, then|So] I'll leave it.")
        s.tell("{B} tells {A} not to change {price}, as {C} didn't need any cash in {city}.")
    else:
        s.b("[Wait|Don't]! {C} has {coins} left[ from a trip|] and [sells|would sell] them to you.")
        s.a("[Without a fee|At a fair rate]? [I'll see {himC} on|We meet on] {day}[ anyway|].")
        s.tell("{A} will see {C} on {day} and can get {coins} from {himC} instead of the bank.")
        s.ask("When will {A} see {C}?", "day")
    aside(s, "B", 0.15)
    s.ask("Which money does {A} need?", "coins")
    s.ask("How much did {A} want to change?", "price")


def postcard_list(s: Tale) -> None:
    s.let(n="number:4-12", street="street", t="length:weeks", day="day")
    s.person("C")
    s.person("D")
    s.a("[I have {n} more postcards to write|{n} more postcards]! Does {C} live on {street}?")
    kind = s.choose("moved", "carry", "sign")
    if kind == "moved":
        s.redraw("street")
        s.b("[No, {heC} moved|Not any more]. {heC} [is|lives] on {street} now, with {D}.")
        s.correct("B", "street", fact=True)
        s.a("[With {D}|Those two]? Then [I'll write|let me write] to both of them.")
        s.tell("{C} now lives with {D} on {street}, and {A} [will|wants to] write to both of them.")
    elif kind == "carry":
        s.b("Yes, but [mail from here|a card] takes {t}[. You'll be home before|]!")
        s.a("[How sad|Oh dear]. {C} and {D} [wait for them|collect them].")
        s.b("I [fly|go] home on {day}. I'll [take them with me|mail them there].")
        s.correct("B", "day", fact=True)
        s.tell("As the mail takes {t}, {B} will take {A}'s {n} postcards home on {day}.")
        s.ask("When will {B} go home?", "day")
    else:
        s.b("Yes. [But|Though] nobody reads [them|postcards]. Come [to the beach|swimming]!")
        s.a("{D} [pins|hangs] mine over the bed[, every single one|]. [I can't stop now.|]")
        s.b("[Then give me half|All right, I'll do half], [or we'll never swim|so we can go].")
        s.tell("{B} says that nobody reads postcards, but {D} hangs them over the bed.")
        s.tell("So {B} helps {A} write the {n} cards.", "{B} will write half of the {n} cards.")
        s.ask("Who hangs the cards over the bed?", "D")
    aside(s, "A", 0.15)
    s.ask("How many postcards have to be written?", "n")
    s.ask("Where does {C} live?", "street")


def jet_lag_call(s: Tale) -> None:
    s.let(city="city", later="clock:morning", n="digits:112-989", dish="dish")
    s.put(time="2:20|2:45|3:10|3:30|3:50|4:05", ill="fever|cough|cold|toothache|nightmare|rash")
    s.person("C")
    s.b("[Hello|Yes]? It's {time} at night! [Who is this?|Has something happened?|What is it?]")
    s.a("[It's me. |]In {city} it's noon! I [mixed up the hours|counted the hours wrong]. Sorry!")
    kind = s.choose("later", "up", "lock")
    if kind == "later":
        s.b("[Call again|Try again] at {later}. [I have to sleep.|Good night.]")
        s.correct("B", "later")
        s.tell("{A}, who is in {city}, wakes {B} at {time} by mistake and should call at {later}.")
        s.ask("When should {A} call again?", "later")
    elif kind == "up":
        s.b("[It's all right|Never mind]. {C} has a {ill}, so I'm up. [Cheer me up.|Go on!]")
        s.a("[I've just had|I'm eating] {dish}, [with my fingers|on a roof]. [Kiss {C} for me.|]")
        s.tell("{A} calls from {city} at {time}, but {B} is awake anyway, as {C} has a {ill}.")
        s.ask("What does {C} have?", "ill")
    else:
        s.b("[Be quick, then. What is it|What do you need]?")
        s.a("The number of my suitcase[. It won't open|]. [{C} locked it.|I've forgotten it.]")
        s.b("{n}, [I think|if I'm not mistaken].")
        s.correct("B", "n", fact=True)
        s.a("[It's open|That's it]! [Sleep well.|Good night.]")
        s.tell("{A} wakes {B} at {time} and learns that the number of the suitcase is {n}.")
        s.ask("Which number opens the suitcase?", "n")
    s.ask("What time is it where {B} is?", "time")


def customs_souvenir(s: Tale) -> None:
    s.put(item="carved mask|clay pot|silk fan|wooden owl|painted egg|tin drum|brass lamp|doll")
    s.put(stuff="straw|dried grass|moss|hay|raw wool|bark|sawdust")
    s.let(country="country", price="price:90-300", duty="price:12-45")
    s.person("C")
    s.b("[What's in this box|What do you have in there|Is this box yours? What's in it]?")
    kind = s.choose("duty", "stuff", "stranger")
    if kind == "stranger":
        s.a("I don't know. {C}[, a fellow guest,| from my hotel] gave it to me in {country}.")
        s.b("[Never do that|That's dangerous]! [I'll open it.|Open it!] [Hm|Well], just a {item}.")
        s.a("[I was only being polite|Thank goodness]. [It won't happen again.|]")
        s.tell("{A} carries a box for {C} and is warned, although there's only a {item} inside.")
    elif kind == "duty":
        s.a("A {item} from {country}, for {C}. [I paid|It cost] {price}.")
        s.correct("A", "price", fact=True)
        s.b("That's [over|above] the limit. [You owe us|The duty is] {duty}.")
        s.a("[For a {item}|So much]? {C} had better [like it|be grateful]!")
        s.tell("{A} has to pay {duty} on the {item} from {country}, because it cost {price}.")
        s.ask("How much does {A} have to pay?", "duty")
    else:
        s.a("A {item} from {country}, [wrapped|packed] in {stuff}. [It's a gift|It's] for {C}.")
        s.b("You can't bring in {stuff}[. There may be insects in it|, because of insects].")
        s.a("[And the {item}|May I keep the {item}]?")
        s.b("[That's fine|Of course]. [Just leave|But leave] the rest [here|with me].")
        s.tell("{A} may bring {C} the {item} from {country}, but not the {stuff}.")
        s.ask("What can't be brought in?", "stuff")
    s.ask("What is in the box?", "item")


def houseboat_aground(s: Tale) -> None:
    s.let(time="clock:evening", price="price:60-190", less="price:15-45", heavy="furniture")
    s.put(did="singing|dancing|fishing|juggling|sunbathing|shouting|snoring")
    s.person("C")
    s.person("D")
    s.a("We're [stuck|aground]! You steered [our|the] houseboat onto a sandbank{vB}!")
    s.b("[I only looked up|It happened] because {C} was {did} on the roof!")
    kind = s.choose("tide", "tow", "weight")
    if kind == "tide":
        s.a("[The water will be higher|High water comes] at {time}. [Let's wait.|So we'll wait.]")
        s.correct("A", "time", fact=True)
        s.b("[Then I'll cook|Good, I'll make coffee][. It's my fault|].")
        s.tell("As {B} was distracted by {C}, they are stuck with the houseboat until {time}.")
        s.ask("When will the water be higher?", "time")
    elif kind == "tow":
        s.a("{D}[, the farmer|] over there [would pull us off|has a tractor], for {price}.")
        s.correct("A", "price", fact=True)
        s.b("[Give {himD}|Offer {himD}] {less}. [It's two minutes of work!|That's plenty.]")
        s.a("[Talk to {himD} yourself|You go and bargain]. [It's your sandbank.|I'll watch.]")
        s.tell("{D} would pull the houseboat off the sandbank for {price}.")
        s.tell("{B}, who steered it, should talk to {himD} and wants to offer {less}.")
        s.ask("How much does {D} want?", "price")
    else:
        s.a("[We're too heavy|It's the weight]. That {heavy} [has to go|must go overboard].")
        s.b("It belongs to {D}! [Let's|We could] send {C} ashore[, that's enough|] instead.")
        s.a("[True, after all that cake|Yes, a bath would do {himC} good].")
        s.tell("To make the boat lighter, they send {C} ashore and keep {D}'s {heavy}.")
    s.ask("Who was on the roof?", "C")


def bike_tour_flat(s: Tale) -> None:
    s.let(n="number", city="city", time="clock", t="length:minutes", job="job", bar="restaurant")
    s.put(lost="pump|patch kit|spare tube|wrench|tire lever|repair kit")
    s.put(mark="windmill|chapel|barn|sawmill|quarry|water tower|bus stop")
    s.person("C")
    s.a("I have a flat tire{vB}, {n} miles before {city}, and [I've got |]no {lost}!")
    kind = s.choose("back", "train", "helper")
    if kind == "back":
        s.b("[I'll turn around|I'm coming back]. [Where are you|What's near you]?")
        s.a("[By|At] [the|a] {mark}[, in the sun|, with a barking dog].")
        s.b("[Oh, I remember it|We stopped there]. [Give me|I need] {t}.")
        s.correct("B", "t", fact=True)
        s.tell("{A} needs a {lost} for a flat tire and waits by the {mark} for {B}, who needs {t}.")
        s.ask("Where is {A} waiting?", "mark")
    elif kind == "train":
        s.b("[Push it to the station|Walk to the station]. A train [stops|leaves] there at {time}.")
        s.correct("B", "time", fact=True)
        s.a("[And you won't come|You could come back]! You'll pay for dinner at {bar}.")
        s.b("[Agreed|Gladly]. [My knees can't take that hill again.|I'm too tired to turn back.]")
        s.tell("{A} has a flat tire and will take the train at {time}, since {B} won't come back.")
        s.tell("For that, {B} pays for dinner at {bar}.", "In return, {B} will pay at {bar}.")
        s.ask("Where will they eat?", "bar")
    else:
        s.b("[Is anyone there|Can somebody help you]?")
        s.a("[Yes, |]{C}, a {job}[ from here| in red boots|], is looking for one[ at home|].")
        s.b("[You're so lucky|What luck]! I'll [wait for you|keep you a chair] at {bar}.")
        s.tell("{C}, a {job}, [looks|is looking] for a {lost} for {A}, while {B} waits at {bar}.")
        s.ask("Who is helping {A}?", "C")
    s.ask("How many miles is it to {city}?", "n")


TRAVEL = (
    missed_connection,
    plane_seat_swap,
    visa_form_error,
    hostel_alarm,
    sunrise_hike,
    cello_in_cabin,
    jam_detour,
    theft_claim,
    caravan_pitch,
    airport_name_sign,
    money_exchange,
    postcard_list,
    jet_lag_call,
    customs_souvenir,
    houseboat_aground,
    bike_tour_flat,
)
