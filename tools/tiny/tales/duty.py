"""People at work and on the way: shifts, ferries, schools, kitchens."""

from tools.tiny.scenarios.common import aside, bye
from tools.tiny.tales.tale import Tale


def night_shift(s: Tale) -> None:
    s.let(day="weekday", other="day", sport="sport")
    s.person("C")
    s.a("[Would you take|Can you do] my bakery night shift on {day}? It's {C}'s birthday.")
    if s.maybe(0.6):
        s.b("[If you take mine|Only against mine] on {other}. [There's {sport} that night.|]")
        if s.maybe(0.4):
            s.redraw("other")
            s.a("[I'm away|I can't] on {old_other}. [How about|Could it be] {other}?")
            s.b("[All right, {other}|Then {other}]. [Tell the boss.|]")
        else:
            s.a("[It's a deal|Agreed]. [I'll tell the boss.|You're a real friend.]")
        s.tell("{B} bakes on {day}, on {C}'s birthday, and {A} takes {B}'s shift on {other}.")
        s.ask("On which day will {A} work instead?", "other")
    else:
        s.b("[No, I have {sport} on {day}|Sorry, that's my {sport} night]. [Ask the boss.|]")
        s.a("[Nobody else knows the ovens|Nobody else can]. [Poor {C}!|{C} will be sad.]")
        s.tell("{B} can't take {A}'s night shift on {day} because of {sport}.")
        s.tell("{A} will miss {C}'s birthday.")
        s.ask("What keeps {B} from working?", "sport")
    aside(s, "B", 0.3)
    s.ask("Who has a birthday?", "C")
    s.ask("Which night does {A} want to have off?", "day")


def no_ferry(s: Tale) -> None:
    s.let(city="city", time="clock", day="day", other="city", price="price:8-60")
    s.put(why="the waves are too high|the engine has failed|there is thick fog")
    s.person("C")
    s.a("[Why is nobody boarding|Why is the gate shut]? [My|The] ferry to {city} leaves soon.")
    s.b("[Not today|It stays here], {why}. [The next one goes|It should sail] on {day} at {time}.")
    kind = s.choose("stay", "bus", "refund")
    if kind == "stay":
        s.correct("B", "time", fact=True)
        s.a("[Then I have to call {C}|{C} will be sad]. [I'll sleep here.|]")
        s.tell("As {why}, {A} must stay until the ferry leaves for {city} on {day} at {time}.")
        s.ask("When is the next ferry?", "time")
    elif kind == "bus":
        s.a("[But {C} is waiting for me|{C} needs me there]! [Is there no other way?|And by land?]")
        s.b("[Take the bus|There's a bus] by way of {other}, [for|it costs] {price}.")
        s.tell("Because {why}, {A} can only get to {C} in {city} by bus, by way of {other}.")
        s.ask("Which town does the bus pass?", "other")
    else:
        s.a("[By then it's pointless|{day} is too late]. [I want|Give me] my {price} back.")
        s.b("[Of course|That's your right]. [At that window|Show your ticket over there].")
        s.tell("{A} gets {price} back and won't wait for the ferry to {city} on {day}, as {why}.")
        s.ask("How much money does {A} get back?", "price")
    s.ask("Why doesn't the ferry sail?", "why")
    s.ask("Where does {A} want to go?", "city")


def ski_pass(s: Tale) -> None:
    s.let(n="number:5-8", less="number:2-4", age="digits:11-16", price="price:40-260", day="day")
    s.put(lift="glacier lift|north lift|valley lift|summit lift")
    s.person("C")
    s.a("[A ski pass|A pass for the lifts] for {n} days, for {C}. {heC} is {age}[ years old|].")
    if s.maybe(0.5):
        s.b("[The weather will get bad|It'll rain from {day} on]. I'd take {less} days[, then|].")
        s.a("[You must know|Good advice]. {less}, [please|then].")
        s.tell("Because of the weather, {A} buys {C} a ski pass for {less} days instead of {n}.")
        s.ask("For how many days is the pass in the end?", "less")
    else:
        s.b("[At that age|Then] [it's|you pay] {price}. [But the|The] {lift} is shut until {day}.")
        if s.maybe():
            s.a("[That's {hisC} favorite|{heC} only skis there]! We'll come on {day}[, then|].")
            s.tell("{A} buys {C} no pass before {day}, because the {lift} is closed.")
        else:
            s.a("[{heC} won't mind|{heC} is a beginner]. [Here is the money.|We'll take it.]")
            s.tell("{A} buys {C} a pass for {price}, although the {lift} is closed until {day}.")
        s.ask("Which lift is closed?", "lift")
        s.ask("How much is the pass?", "price")
    bye(s, "A", 0.35)
    s.ask("Who is the pass for?", "C")
    s.ask("How old is {C}?", "age")


def night_watchman(s: Tale) -> None:
    s.let(time="clock:evening", room="room", thing="thing", wait="length:minutes")
    s.person("C")
    s.a("It's {time}, boss, and [there's light in|I hear voices from] room {room}.")
    s.correct("A", "room", fact=True)
    if s.maybe():
        s.b("[That's only|It must be] {C}. {heC} [forgot|left] a {thing} there.")
        s.a("[Then I'll go on|Good]. [Next time {heC} should call me.|Nobody tells me anything.]")
        s.tell("{A} wonders about room {room}, but {B} knows that {C} left a {thing} there.")
        s.ask("What did {C} leave there?", "thing")
    else:
        s.b("[Don't go in alone|Stay outside]. {C} [will join you|can be there] in {wait}.")
        s.a("[Something fell down|Now a chair fell over]! [Tell {himC} to hurry.|I'll wait.]")
        s.tell("{A} notices somebody in room {room} at {time} and should wait {wait} for {C}.")
        s.ask("How long will {C} need?", "wait")
    s.ask("Which room is it?", "room")
    s.ask("At what time did {A} notice it?", "time")


def radio_contest(s: Tale) -> None:
    s.let(gift="gift", right="title", wrong="title", city="city", other="gift")
    s.person("C")
    s.b("You're on the air[{vA}|]! [Tell us the title|Name our song] and win a {gift}!")
    s.a("[Here in {city} we all know that|Greetings from {city}]! It's {wrong}.")
    if s.maybe():
        s.b("[Nearly|Not quite]. [One more try!|Try again!]")
        s.a("[Then it's|Oh, of course,] {right}!")
        s.b("[Yes|That's it]! [Who will get|Is it for you,] the {gift}?")
        s.a("[It's for {C}|I'll give it to {C}], {heC} [broke {hisC} own|wanted one for years].")
        s.tell("{A} from {city} names {right} at the second try and wins a {gift} for {C}.")
        s.ask("Who will get the prize?", "C")
        s.ask("What is the right answer?", "right")
    else:
        s.b("[Correct|Yes]! [The {gift} is yours.|You've won the {gift}.]")
        s.a("[I have one already|We have two of those]. [Could I get|Is there] a {other} instead?")
        s.b("[The rules don't allow that|I'm afraid not]. [Give it to a friend.|Sell it.]")
        s.tell("{A} wins a {gift} with the answer {wrong}, but can't have a {other} instead.")
        s.ask("What would {A} like better?", "other")
    s.ask("What is the prize?", "gift")
    s.ask("Where does {A} live?", "city")


def stuck_elevator(s: Tale) -> None:
    s.let(floor="number:3-12", time="clock", thing="furniture", wait="length:hours")
    s.person("C")
    s.a("[The elevator won't move|The elevator is blocked]! {C} is inside, on floor {floor}.")
    s.correct("A", "floor", fact=True)
    if s.maybe():
        s.b("[Tell {himC} to sit down|Talk to {himC}]. The firm [comes|sends someone] at {time}.")
        s.a("[{heC} has to work at|{heC} needs a train before] {time}! [Do something!|]")
        s.b("[Then I'll turn it by hand|I'll get the crank]. [But it's slow.|Give me a moment.]")
        s.tell("{C} can't wait in the elevator until {time}, so {B} will move it by hand.")
        s.ask("When does the firm come?", "time")
    else:
        s.b("[Again a {thing}|Did {heC} take a {thing}]? [It's too heavy.|That blocks the door.]")
        s.a("[Yes, a big one|Only a small one]. [Is it broken now?|How do we get {himC} out?]")
        s.b("[I'll saw it up|The {thing} must go]. It'll take {wait}.")
        s.tell("{C} is stuck on floor {floor} with a {thing}. {B} will need {wait} to help.")
        s.ask("What blocks the elevator?", "thing")
    s.ask("Who is inside?", "C")
    s.ask("On which floor is it?", "floor")


def swimming_group(s: Tale) -> None:
    s.let(day="weekday", other="weekday", time="clock:afternoon", sport="sport", n="number:4-12")
    s.person("C")
    s.a("{C} [is|swims] in your {day} group. [Could {heC}|May {heC}] change to {other}?")
    s.b("[Doesn't {heC} like it|What's wrong with {day}]?")
    if s.maybe():
        s.a("{heC} [has {sport} now|started {sport}]. {other} would be free.")
        s.b("[There are|I've got] {n} children. [But one|One] more is fine, at {time}.")
        s.correct("B", "time", fact=True)
        s.tell("{C} moves to the swimming group on {other} at {time}, because of {sport} on {day}.")
        s.ask("What does {C} do on {day}?", "sport")
        s.ask("When does the new group begin?", "time")
    else:
        s.a("[The others are too fast|{heC} is afraid of the deep water].")
        s.b("[{other} is even harder|{other} is for divers]. Let {himC} [stay|try] {n} more times.")
        s.a("[I'll tell {himC}|If you say so]. [We'll see.|]")
        s.tell("{A} wants to change {C}'s swimming group, but {B} advises to stay on {day}.")
    bye(s, "B", 0.3)
    s.ask("Who takes swimming lessons?", "C")
    s.ask("To which day does {A} want to change?", "other")


def excursion_bus(s: Tale) -> None:
    s.let(n="digits:24-58", m="digits:12-23", sight="sight", date="date", time="clock:morning")
    s.let(company="company", price="price:200-800")
    s.a("[Our school needs|We need] a bus to the {sight} on {date}, for {n} children.")
    s.correct("A", "n", keep=0.6)
    if s.maybe():
        s.b("[I can do that|Yes], {price}. [The driver can't come|But not] before {time}.")
        s.a("[That's late|Then we miss the tour], [but all right|but never mind].")
        s.tell("{B} drives {n} children to the {sight} on {date} for {price}, from {time}.")
        s.ask("When can they start?", "time")
        s.ask("How much is the bus?", "price")
    elif s.maybe():
        s.b("[My big bus is broken|The big bus is taken]. [I only have|The other has] {m} seats.")
        s.a("Then we'll go by train, [the children are looking forward to it|thanks anyway].")
        s.tell("{B} has only a bus with {m} seats, so the {n} children go to the {sight} by train.")
        s.ask("How many seats does the bus have?", "m")
    else:
        s.b("[That day we drive for {company}|{company} has all buses then]. [Take another date.|]")
        s.redraw("date")
        s.a("[Then|Let's say] {date}. [The weather is better anyway.|I'll tell the parents.]")
        s.tell("{A} moves the trip to the {sight} to {date}, as {company} has the buses.")
        s.ask("Which firm uses the buses?", "company")
    s.ask("Where do the children go?", "sight")
    s.ask("On which date is the trip in the end?", "date")


def left_at_school(s: Tale) -> None:
    s.let(day="weekday", show="day", room="room", time="clock:afternoon")
    s.put(what="flute|violin|trumpet|clarinet|cello|accordion")
    s.person("C")
    s.a("{C} left {hisC} {what} at your school, and [we play|there's a concert] on {show}!")
    if s.maybe(0.6):
        s.b("[It's in|I saw it in] room {room}, but [nobody is there|it's locked] until {day}.")
        s.correct("B", "room", fact=True)
        if s.maybe():
            s.a("[Who has a key|Has nobody a key]? {heC} must practice.")
            s.b("[The caretaker is there until|Ring the caretaker before] {time}.")
            s.tell("{C}'s {what} is in room {room}, and the caretaker can open it until {time}.")
            s.ask("Until what time is the caretaker there?", "time")
        else:
            s.a("[Then {heC} must wait|That's early enough]. I'll [send {himC}|come] on {day}.")
            s.tell("{C}'s {what} is locked in at school, so it can only be fetched on {day}.")
        s.ask("In which room is it?", "room")
    else:
        s.b("[Nobody found one|There's nothing here]. [Did {heC} take|Was {heC} on] the bus?")
        s.a("[I'll ask there|I'll call them]. [Can we borrow one|Do you have another] for {show}?")
        s.b("[Yes, mine|The school's old one]. [It's a bit dusty.|Handle it with care.]")
        s.tell("{B} hasn't got {C}'s {what}, but {heB} can lend another one for {show}.")
    aside(s, "A", 0.3)
    s.ask("Who forgot something?", "C")
    s.ask("Which instrument is it?", "what")


def kitchen_delivery(s: Tale) -> None:
    s.let(food="grocery", other="grocery", dish="dish", time="clock:morning", company="company")
    s.let(n="number:2-12")
    s.person("C")
    s.a("[Your van was here|The boxes came], but [without|I can't find] the {food}!")
    s.b("My list [says|shows] {n} boxes. [Who took them in|Who signed for them]?")
    s.a("{C}[, our new cook|]. [I'll ask {himC}.|One moment.]")
    if s.maybe():
        s.a("[They're in|{heC} put them in] the wrong fridge, [sorry|I apologize].")
        s.b("[That happens|No harm done]. [Then the {dish} is saved.|Enjoy your {dish}.]")
        s.tell("{A} misses the {food}, but {C} only put the {n} boxes into the wrong fridge.")
    elif s.maybe():
        s.a("{heC} [says|counted]: no {food}, only {other}.")
        s.b("[Then they went to|I left them at] {company}. I'll bring them by {time}.")
        s.correct("B", "time", fact=True)
        s.tell("{B} left {A}'s boxes of {food} at {company} and will bring them by {time}.")
        s.ask("Where did the {food} go?", "company")
    else:
        s.a("{heC} [sent them back|didn't want them], everything was [bad|spoiled].")
        s.b("[I get no more today|That was all I had]. [Take {other}|I can offer {other}].")
        s.tell("{C} sent back the {food} because it was bad, and {B} offers {A} {other} instead.")
        s.ask("What does {B} offer instead?", "other")
    s.ask("Who took the delivery?", "C")
    s.ask("What is {A} looking for?", "food")


def ill_guide(s: Tale) -> None:
    s.let(sight="sight", time="clock", n="digits:11-40", ailment="ailment", country="country")
    s.let(day="day")
    s.person("C")
    s.a("I can't [guide|lead] the {n} guests from {country} today, I have a {ailment}.")
    s.b("[Oh dear|That's bad news], [they'll be|they're] at the {sight} at {time}.")
    kind = s.choose("other", "self", "move")
    if kind == "other":
        s.a("[{C} knows|Call {C}, {heC} knows] every stone there. [But pay {himC} well.|]")
        s.b("[Good idea|I'll try {himC}]. [Stay in bed.|Get well.]")
        s.tell("{A} has a {ailment}, so {C} should guide the {n} guests at the {sight}.")
        s.ask("Who should do it instead?", "C")
    elif kind == "self":
        s.b("[Then I go myself|I'll do it]. [Where are your notes?|What do I tell them?]")
        s.a("[{C} has my notes|My notes are with {C}]. [Speak slowly.|Don't forget the tower.]")
        s.tell("{B} guides the guests from {country} for {A} and gets the notes from {C}.")
        s.ask("Who has the notes?", "C")
    else:
        s.b("[Let them come|I'll ask them to come] on {day}[ instead|]. Are you well[ by then|]?")
        s.a("[Certainly|I hope so]. [Tell them I'm sorry.|Let them take a boat today.]")
        s.tell("{A} has a {ailment}, so {B} moves the tour of the {sight} to {day}.")
        s.ask("On which day could the tour be?", "day")
    s.ask("What is wrong with {A}?", "ailment")
    s.ask("Where do the guests come from?", "country")


def carpool_turn(s: Tale) -> None:
    s.let(day="weekday", other="weekday", time="clock:morning", street="street", n="number:4-9")
    s.person("C")
    s.a("[Whose turn is it|Who has] to drive the kids on {day}, you or {C}?")
    s.b("[Neither|None of us]. It's you[, look at the list|, says the list]. {C} drove last time.")
    kind = s.choose("accept", "swap", "fed_up")
    if kind == "accept":
        s.a("[Oh, is it|Really]? [Then I'll do it|Fine, I'll drive]. [When and where?|From where?]")
        s.b("{time}, [corner of|from] {street}. [They wait by the mailbox.|]")
        s.correct("B", "time", keep=0.4, fact=True)
        s.tell(
            "{A} thought that {B} or {C} had to drive the kids on {day}, but it is {A}'s turn, at "
            "{time} from {street}.",
        )
        s.ask("Where does {A} fetch the kids?", "street")
    elif kind == "swap":
        s.a("[Oh dear|But] my car won't start. [Can you do it|Will you drive] if I take {other}?")
        if s.maybe(0.4):
            s.redraw("other")
            s.b("[Not {old_other}|On {old_other} I can't], but you can have {other}[ instead|].")
            s.a("{other} [is fine|suits me], too.")
        else:
            s.b("[Sure|Okay], [we swap|that's easy]. [I hope it's nothing bad.|]")
        s.tell("{A}'s car won't start, so {B} drives the kids on {day} and {A} does it on {other}.")
        s.ask("On which day will {A} drive?", "other")
    else:
        s.a("[Again?|Oh no.] I drove {n} times [this month|since summer]! [That's not fair.|]")
        s.b("[So many?|You're right.] Then I'll [call|talk to] {C} [tonight|], {heC} has to do it.")
        s.tell(
            "{A} refuses to drive the kids on {day} after doing it {n} times, so {B} will tell "
            "{C} to do it."
        )
        bye(s, "A", 0.4)
        s.ask("How many times has {A} driven?", "n")
    s.ask("Who drove last time?", "C")


DUTY = (
    night_shift,
    no_ferry,
    ski_pass,
    night_watchman,
    radio_contest,
    stuck_elevator,
    swimming_group,
    excursion_bus,
    left_at_school,
    kitchen_delivery,
    ill_guide,
    carpool_turn,
)
