"""Families, couples and the days that they celebrate."""

from tools.tiny.scenarios.common import aside, bye, office
from tools.tiny.tales.tale import Tale


def wedding_seating(s: Tale) -> None:
    s.let(n="number:3-12", m="number:3-12", topic="topic")
    s.person("C")
    s.person("D")
    s.a("[I put|I've put] {C} at table {n}, [next to|beside] {D}. [Any objections?|Okay?]")
    kind = s.choose("move", "stage", "keep")
    if kind == "move":
        s.b("[Oh no|Never]! They [had a fight|quarreled] about {topic}. Move {C} to table {m}.")
        s.correct("B", "m", "table {m}", keep=0.5)
        s.a("[I forgot that|Nobody tells me anything]. [I'll change the card.|I'm moving {himC}.]")
        s.tell(
            "As {C} and {D} have quarreled about {topic}, {C} will sit at table {m}, not {n}.",
            "{A} moves {C} from table {n} to table {m}, away from {D}, because of a quarrel.",
        )
        s.ask("At which table will {C} sit in the end?", "m")
    elif kind == "stage":
        s.b("{D} [can't hear well|is nearly deaf]. {heD} must sit [up front|by the stage].")
        s.a("That's table {m}. [And {C}|Does {C} go there too]?")
        s.b("[Leave {himC} there|{heC} stays at {n}]. [Then {heC} can talk to the bride's aunts.|]")
        s.tell("Since {D} doesn't hear well, {heD} gets a seat at table {m}.")
        s.tell("{C} remains at table {n}.")
        s.ask("Which table is near the stage?", "m")
    else:
        s.b("[Poor guests|Oh dear]. Those two will [discuss|go on about] {topic} all evening.")
        s.a("[Good|So much the better], then [nobody else has to|the rest of us can dance].")
        s.tell("{B} fears that {C} and {D} will only talk about {topic} at table {n}.")
        s.tell("{A} doesn't mind and leaves them together.")
        s.ask("What will the two talk about?", "topic")
    s.ask("Where did {A} put {C} at first?", "n")


def forgotten_anniversary(s: Tale) -> None:
    s.let(n="number:3-12", day="day", place="restaurant", gift="gift")
    s.person("C")
    s.a("[I'm in trouble|Help me]{vB}! I forgot our anniversary, {n} years with {C}!")
    s.correct("A", "n", keep=0.7, fact=True)
    kind = s.choose("dinner", "letter", "both")
    if kind == "dinner":
        s.b("[Book|Get] a table at {place}[ at once|]. {heC} [loves it there|adores their soup].")
        s.a("[They're full|I tried, it's booked up] until {day}. [Is that too late?|Will that do?]")
        s.b("[Better late than never|{day} is fine]. [And bring flowers.|But say sorry tonight.]")
        s.tell("{A} has forgotten the anniversary with {C} and can't get a table until {day}.")
        s.tell("{B} still advises dinner at {place}.", "{B} thinks {place} is worth the wait.")
        s.ask("Which restaurant does {B} recommend?", "place")
    elif kind == "letter":
        s.b("[Buy {himC}|Get {himC}|Find] a {gift}[, quickly|, the best you can find].")
        s.a("{heC} [got one last year|already has two]. [Think of something else!|]")
        s.b("[Then write|Write {himC}] a letter, by hand. [It costs nothing|I cried over mine].")
        s.tell("{A} has forgotten {hisA} anniversary with {C}.")
        s.tell("A {gift} is no use, so {B} tells {himA} to write a letter by hand.")
        s.ask("What does {B} suggest first?", "gift")
    else:
        s.b("[And what did {heC} say|What does {heC} say]?")
        s.a("[Nothing at all.|Not a word.] [Wait|Hold on], maybe {heC} forgot it, too!")
        s.b("Then [pretend|say] you [planned|meant] to celebrate on {day}. [I won't tell.|]")
        s.tell("{A} suspects that {C} has also forgotten their anniversary.")
        s.tell("{B} advises {himA} to pretend that a celebration is planned for {day}.")
        s.ask("On which day should they celebrate?", "day")
    s.ask("For how many years have {A} and {C} been together?", "n")


def baby_name(s: Tale) -> None:
    s.let(date="date", animal="animal")
    s.person("C", "female")
    s.person("D", "female")
    s.put(who="brother|boss|cousin|neighbor|uncle|dentist", deed="mocked|teased|bullied|tricked")
    s.a("The baby is due on {date}, and [she needs a name|still no name]. I'd like {C}.")
    kind = s.choose("bully", "second", "pet")
    if kind == "bully":
        s.b("A {C} [always|] {deed} me at school. [Anything but that!|I'd think of it daily.]")
        s.a("[Oh, I see|Really]? [And|How about] {D}?")
        s.b("[{D} is lovely|{D}, that sounds soft]. [Yes, let's take it.|I like her already.]")
        s.tell("{B} rejects the name {C}, because a girl of that name {deed} {himB} at school.")
        s.tell("They agree on {D} instead.", "{A}'s other idea, {D}, pleases {himB}.")
        s.ask("Which name do they agree on?", "D")
    elif kind == "second":
        s.b("[My mother expects|I promised my mother] that she'll be called {D}[, like her|].")
        s.a("[Then she gets both|Why not both]: first {C}, then {D}. [Happy?|Is that fair?]")
        s.b("[Mother will grumble|I can live with that]. [{C} it is.|Good.]")
        s.tell("The baby, due on {date}, will be called {C}.")
        s.tell("To please {B}'s mother, she gets {D} as a second name.")
        s.ask("What will be the second name?", "D")
    else:
        s.b("[Impossible|We can't]! My {who} has a {animal} [called|with the name] {C}.")
        s.a("[A {animal}?|Oh no.] [Then let's think again|We'll wait till we see her], all right?")
        s.b("[Agreed|Yes, there's time]. Maybe [she'll look like|she's] a {D}.")
        s.tell("{A} suggests {C} for the baby, but the {animal} of {B}'s {who} is called that.")
        s.tell("They put off the decision.")
        s.ask("What kind of animal has that name?", "animal")
    s.ask("When is the baby due?", "date")
    s.ask("Which name does {A} want first?", "C")


def nearly_told_party(s: Tale) -> None:
    s.let(day="day", time="clock:evening", street="street", cake="cake")
    s.person("C")
    s.put(lie="working late|at a conference|at choir practice|on a night train|with a client")
    s.a("{C} asked [me|] if I'm free on {day}! Does {heC} know of our surprise party?")
    if s.maybe():
        s.b("[I hope not|No way]. [What did you say|And your answer]?")
        s.a("That I'd be {lie}. [I turned all red.|I'm a bad liar.]")
        s.b("[Well done|Good], stick to that. Just bring the {cake} to {street} at {time}.")
        s.tell("To protect the secret, {A} told {C} that {heA} would be {lie} on {day}.")
        s.tell("{B} wants {A} to bring the {cake} to {street} at {time}.")
        s.ask("Where should {A} take the {cake}?", "street")
    else:
        s.person("D")
        s.b("[I'm afraid so|Yes]. {D} [let it slip|said too much][ at lunch| at work|].")
        s.redraw("day")
        s.a("[Typical!|Oh, {D}!] [Let's|Then we] [move it to|do it on] {day}.")
        s.b("[Clever|Good idea]. And [nobody tells {D}|not a word to {D}] this time.")
        s.tell(
            "Because {D} has given away {C}'s surprise party, it is moved from {old_day} to {day}.",
            "{C}'s party will be on {day} instead of {old_day}, as {D} let the secret slip.",
        )
        s.ask("Who couldn't keep quiet?", "D")
    s.ask("When will the party take place?", "day")


def flat_rules(s: Tale) -> None:
    s.let(day="day", food="grocery")
    s.put(noise="guests|music|frying|laundry|vacuuming|piano practice|phone calls")
    s.put(time="8:30|8:45|9:00|9:15|9:30|9:45|10:00", late="10:30|10:45|11:00|11:15|11:30|11:45")
    s.person("C")
    s.a("[One rule here|One more thing|Just one rule]{vB}: no {noise} after {time}.")
    kind = s.choose("once", "counter", "vote")
    if kind == "once":
        s.b("[Not even|Even] on {day}? [It's my birthday.|My sister will be here.]")
        s.a("[Well, all right|Fine], until {late} then. [But only that day.|Just this once.]")
        s.tell("{A} makes an exception for {B}: on {day}, {noise} will be all right until {late}.")
        s.ask("Until what time is {noise} allowed on {day}?", "late")
    elif kind == "counter":
        s.b("[Agreed|Fine], if nobody [touches|eats] my {food}. [Somebody did on {day}.|]")
        s.a("That [must have been|was] {C}. [Hide it in your room.|Label your shelf.]")
        s.tell("{B} accepts that no {noise} is allowed after {time}.")
        s.tell("In return, {heB} wants {hisB} {food} left alone, and {A} blames {C}.")
        s.ask("Who took the {food}, according to {A}?", "C")
    else:
        s.b("[But {C} said|{C} told me] {late}[ when I moved in|]! [That's why I took the room.|]")
        s.a("{C} [wears earplugs|sleeps like a stone]. [I don't.|Some of us get up early.]")
        s.b("[Then let's|I suggest we] vote, all three of us, on {day}.")
        s.correct("B", "day", keep=0.6)
        s.tell("{A} demands quiet after {time}, while {C} had told {B} {late}.")
        s.tell("{B} proposes a vote on {day}.")
        s.ask("Which time did {C} name?", "late")
    s.ask("After what time does {A} want no {noise}?", "time")


def class_reunion(s: Tale) -> None:
    s.let(hotel="hotel", date="date", price="price:20-300", city="city", subject="school_subject")
    s.person("C")
    s.b("Our class reunion is at the {hotel} on {date}. [You're coming, right?|Coming?]")
    if s.maybe():
        s.a("[Only if {C} isn't|Not if {C} is] there. I [still |]owe {himC} {price}[ since prom|]!")
        s.b("[Don't worry|No danger], {heC} is in {city} [and can't come|that week].")
        s.a("[Then count me in|What luck, I'm coming]! [Who else will be there, I wonder.|]")
        s.tell("{A} doesn't want to meet {C} because of a debt of {price}.")
        s.tell("As {C} will be in {city}, {A} is coming to the class reunion after all.")
        s.ask("How much money does {A} owe {C}?", "price")
    else:
        s.a("[Wrong class|That wasn't my class]{vB}! You're [thinking of|mixing me up with] {C}.")
        s.b("[Oh, how embarrassing|Oops]. So {heC} sat next to me in {subject}, not you?")
        s.a("[Yes|Exactly]. [Call|Invite] {himC}, {heC} [lives in {city}|will be glad]!")
        s.tell("{B} asks {A} to the reunion on {date} by mistake, having taken {himA} for {C}.")
        s.tell("It was {C} who sat next to {B} in {subject}.")
        s.ask("In which subject did {B} sit beside {C}?", "subject")
    s.ask("Where will the reunion be?", "hotel")
    s.ask("When is it?", "date")


def guarded_recipe(s: Tale) -> None:
    s.let(dish="dish", place="restaurant", day="day", price="price:8-30")
    s.put(spice="nutmeg|cumin|saffron|dill|cardamom|aniseed|beer|apple juice")
    s.person("C", "female")
    s.person("D")
    s.a("Your aunt {C}'s {dish} was [wonderful|a dream]! [Can|Could] I have the recipe?")
    if s.maybe():
        s.b("[Nobody gets it|It's secret]. {D} [once watched|spied on] her: there's {spice} in it.")
        s.a("{spice}? [I never tasted that|Who would have thought]! I'll try it on {day}.")
        s.correct("A", "day", keep=0.6)
        s.tell("{C}'s recipe for {dish} is secret, but {D} found out that it needs {spice}.")
        s.tell("{A} is going to try that on {day}.")
        s.ask("What is the secret ingredient?", "spice")
    else:
        s.b("What recipe? It comes from {place}, {price} a plate. {D} [fetches it|saw her].")
        s.a("[And I praised her|But she took all the praise]! [I'll go there, too.|]")
        s.tell("{A} asks for the recipe of {C}'s {dish}, but {C} never cooked it.")
        s.tell("{B} reveals that it comes from {place} and costs {price}.")
        s.ask("Where does the {dish} come from?", "place")
        s.ask("How much is a plate?", "price")
    s.ask("Which dish did {A} like?", "dish")
    s.ask("Whose {dish} was it?", "C")


def foreign_letter(s: Tale) -> None:
    s.let(city="city", date="date", n="number:3-9", day="day")
    s.put(tongue="Polish|Turkish|Dutch|Finnish|Thai|Greek|Czech|Hindi|Danish|Swahili")
    s.person("C")
    s.a("[Look|See here], a letter from {C} in {city}! But it's [all |]in {tongue}.")
    if s.maybe():
        s.person("D")
        s.b("[Ask|Show it to] {D} [next door|downstairs]. {heD} [speaks|grew up with] {tongue}.")
        s.a("{heD}'s [away|on vacation] until {day}. [And if it's urgent?|I can't wait that long.]")
        s.b("[It took weeks to get here|{C} would have called]. [It can wait.|Be patient.]")
        s.tell(
            "{C} has written to {A} in {tongue}, and {B} thinks that the letter can wait until "
            "{D} is back on {day} to translate it."
        )
        s.ask("Who could translate the letter?", "D")
    else:
        s.b("[Show me|I learned that once]. {heC} [is coming|arrives] on {date} with {n} children.")
        s.correct("B", "date", keep=0.6, fact=True)
        s.a("{n}? [Where will they sleep?|We only have one sofa!] [I'd better buy mattresses.|]")
        s.tell("{B} can read the {tongue} letter: {C} will arrive from {city} on {date}.")
        s.tell("{A} doesn't know where to put {hisC} {n} children.")
        s.ask("How many children is {C} bringing?", "n")
    s.ask("Where does {C} live?", "city")
    s.ask("Which language is the letter in?", "tongue")


def inherited_clock(s: Tale) -> None:
    s.let(price="price:300-900", k="number:4-12", cash="price:1000-9000", offer="price:300-900")
    s.person("C")
    s.b("What [do|shall] we do with grandfather's clock? It's worth {price}[, they say|].")
    s.correct("B", "price", keep=0.7, fact=True)
    kind = s.choose("sell", "keep", "drawer")
    if kind == "sell":
        s.a("[Sell it|I'd sell it]. {C} [offered|would give us] {offer}[ on the phone|].")
        s.b("[Then take that|That'll do]. [Half for you, half for me.|We can split it.]")
        s.tell("They decide to sell grandfather's clock to {C} for {offer} and share the money.")
        s.ask("How much does {C} offer?", "offer")
    elif kind == "keep":
        s.a("[Don't sell it!|Please, not for money.] It stood [by|next to] my bed for {k} years.")
        s.b("[Take it, then|Then it's yours]. {C} [hates|can't stand] the ticking anyway.")
        s.tell("{B} lets {A} have grandfather's clock, which stood by {A}'s bed for {k} years.")
        s.ask("For how many years did it stand by {A}'s bed?", "k")
    else:
        s.a("[Never mind that|Listen]: I found {cash} in a [secret|hidden] drawer behind the dial!")
        s.b("[No|Really]! {C} should have it. {heC} [nursed|looked after] him for {k} years.")
        s.a("[You're right|Yes], [nobody deserves it more|I thought the same].")
        s.tell("{A} has found {cash} hidden in grandfather's clock.")
        s.tell("Both want {C} to get it, who cared for him for {k} years.")
        s.ask("Who should get the money?", "C")
    s.ask("How much is the clock worth?", "price")


def wrong_twin(s: Tale) -> None:
    s.let(price="price:15-90", place="place", day="day", coat="clothing")
    s.person("C")
    s.a("[Hey|There you are], {C}! [I'd like to have my {price} back|You still owe me {price}]!")
    if s.maybe():
        s.b("[I'm not {C}, I'm {hisC} twin|You mean my twin]. {heC}'s at the {place}[, I think|].")
        s.a("[Unbelievable|Sorry, you look the same]! [Tell|Then tell] {himC} I need it by {day}.")
        s.correct("A", "day", "by {day}", keep=0.6)
        s.b("[I'll pass it on|{heC} will hear it from me]. [It happens all the time.|]")
        s.tell("{A} takes {B} for {C}, the twin, who owes {himA} {price}.")
        s.tell("{B} will tell {C} that {A} needs the money by {day}.")
        s.ask("By when does {A} need the money?", "day")
    else:
        s.b("[I'm {hisC} twin|{C} is my twin]. We've never met[, you and I|].")
        s.a("[Nice try|Very funny]! That's the {coat} you wore at the {place}.")
        s.b("{heC} [lent it to me|left it at my place]. [Look|Here], my passport.")
        s.tell("{A} asks {B} for {price} and thinks {heB} is {C}, because of the {coat}.")
        s.tell("{B} shows a passport to prove that {C} is {hisB} twin.")
        s.ask("Which piece of clothing does {A} recognize?", "coat")
    s.ask("How much does {C} owe {A}?", "price")
    s.ask("Who is the twin?", "C")


def nervous_toast(s: Tale) -> None:
    s.let(day="day", city="city", coat="clothing", place="place", cake="cake")
    s.let(long="length:minutes", short="number:2-7")
    s.person("C")
    s.person("D")
    s.a("I'm giving the toast [for|at the wedding of] {C} and {D} on {day}[. I can't sleep|].")
    kind = s.choose("story", "long", "swap")
    if kind == "story":
        s.a("[Shall|Should] I tell them how {heC} lost {hisC} {coat} in {city}?")
        s.b("[With|In front of] {hisC} boss? No! [Say|Tell them] how they met at the {place}.")
        s.a("[That's so dull|It's less funny]. [But you're right.|But safe, I guess.]")
        s.tell("For the toast on {day}, {A} wanted to tell how {C} lost a {coat} in {city}.")
        s.tell("{B} talks {himA} into the story of how {C} and {D} met at the {place}.")
        s.ask("Where did the couple meet?", "place")
    elif kind == "long":
        s.a("[It takes|I need] {long}[ so far|]. [It has everything, from school on.|]")
        s.b("[The soup will be cold|They'll all be asleep]! {short} minutes, [no more|at most].")
        s.a("[That's cruel.|So little?] [I'll cut the poem, then.|Then {city} has to go.]")
        s.tell("{B} finds {long} too long for a toast and allows {A} only {short} minutes.")
        s.ask("How many minutes does {B} allow?", "short")
    else:
        s.a("[My knees shake already|I'm so nervous]. [Would|Could] you do it for me?")
        s.b("[If|Only if] you bake the {cake} [for me|in my place]. I promised {D} one.")
        s.a("[With pleasure|It's a deal]! I [bake better than I speak|'d bake ten].")
        s.tell("{A} is too nervous for the toast at {C} and {D}'s wedding.")
        s.tell("{B} will give it if {A} bakes the {cake} that {heB} promised.")
        s.ask("What will {A} bake?", "cake")
    s.ask("When is the wedding?", "day")


def missing_ring(s: Tale) -> None:
    s.let(time="clock:noon", street="street", n="number:3-12", t="length:minutes")
    s.put(coat="blazer|raincoat|overcoat|cardigan|waistcoat|denim jacket|gray suit|vest")
    s.person("C")
    s.a("[The ring is gone|I can't find the ring]! {C}'s wedding [starts|is] at {time}!")
    kind = s.choose("cleaner", "lend", "safe")
    if kind == "cleaner":
        s.b("[Think, best man|Calm down]. [It was|You put it] in your {coat}.")
        s.a("[Oh no, that's|And that is] at the cleaner's on {street}!")
        s.correct("A", "street", keep=0.6, fact=True)
        s.b("[Run|Go]! I'll [sing|tell the guests something] [for {t}|until you're back].")
        s.tell("{A} left the wedding ring in a {coat} that is now at the cleaner's on {street}.")
        s.tell("While {heA} gets it, {B} will keep the guests busy.")
        s.ask("On which street is the cleaner's?", "street")
    elif kind == "lend":
        s.b("[Take mine|Here, take mine][ for now|]. It has been on my finger for {n} years.")
        s.a("[Are you sure|And your wife]? [{C} will see it.|It's far too big for {C}.]")
        s.b("[{heC} won't look|{heC} will only cry]. [But I want it back tonight.|]")
        s.tell("As {A} can't find the ring for {C}'s wedding at {time}, {B} lends {hisB} own.")
        s.tell("{B} has worn it for {n} years.")
        s.ask("For how many years has {B} worn the ring?", "n")
    else:
        s.person("D")
        s.b("[Relax|Breathe]. {D} [took it|has it]. [You lose everything.|{heD} didn't trust you.]")
        s.a("[And nobody tells me|Why didn't {heD} say so]! I've been [searching|looking] for {t}!")
        s.tell(
            "{A} has been searching for the ring for {t}, but {B} says that {D} has it.",
            "The wedding ring isn't lost: {D} has it, although {A} looked for it for {t}.",
        )
        s.ask("Who has the ring?", "D")
    s.ask("When does the wedding begin?", "time")
    s.ask("Who is getting married?", "C")


def delayed_honeymoon(s: Tale) -> None:
    s.let(city="city", hotel="hotel", day="day", other="city")
    s.person("C")
    s.b("[Why are you here|You're still here]? [And|What about] your honeymoon[ trip|]?")
    if s.maybe():
        s.a("{C}'s passport [has run out|got washed]. The new one comes on {day}.")
        s.correct("A", "day", keep=0.6, fact=True)
        s.b("[Oh no|What a pity]. [And your room in|And] {city}?")
        s.a("The {hotel} [keeps it free|gave us new dates].")
        s.tell("The honeymoon in {city} has to wait, since {C} needs a new passport.")
        s.tell("It comes on {day}, and the {hotel} still has room for them.")
        s.ask("Where will {A} and {C} stay?", "hotel")
    else:
        s.a("No planes to {city}, they're on strike until {day}. {C} [cried|is furious].")
        s.correct("A", "day", keep=0.6, fact=True)
        s.b("[Take|Have] my [cottage|house] near {other} [until then|meanwhile]. It's empty.")
        s.a("[You're an angel|That saves us]! {C} [always wanted to go there|will love it].")
        bye(s, "A", 0.3)
        s.tell(
            "Because of a strike, {A} and {C} can't fly to {city} before {day}, so {B} offers "
            "them a place near {other}."
        )
        s.ask("Near which city can they stay instead?", "other")
    s.ask("Where do they want to spend the honeymoon?", "city")


def too_wide(s: Tale) -> None:
    s.let(n="number:2-9", price="price:60-250", cost="price:400-1900", time="clock:afternoon")
    s.put(piece="sofa|piano|sideboard|bed frame|display case|bunk bed|dining table")
    s.person("C")
    s.a("[Stop|Put it down]! The {piece} is {n} inches too wide for the [stairs|staircase].")
    kind = s.choose("crane", "saw", "below")
    if kind == "crane":
        s.b("[Then it goes|Let's go] through the window. {C} has a crane, for {price}.")
        s.correct("B", "price", keep=0.6, fact=True)
        s.a("[Call {himC}|All right, get {himC}]. But before {time}[, it's going to rain|].")
        s.tell("The {piece} is too wide for the stairs, so {C} is to lift it in for {price}.")
        s.tell("{A} wants it done before {time}.")
        s.ask("How much does the crane cost?", "price")
    elif kind == "saw":
        s.b("[I have a saw|Let me get a saw]. [Nobody will see it|We'll glue it together later].")
        s.a("[Don't you dare|Are you crazy]! [{C} made it|It was {C}'s], it's worth {cost}.")
        s.b("[It was a joke|Fine, fine]. [Then we take|Let's take] the railing off.")
        s.tell("{B} wants to saw a bit off the {piece}, but {A} says no, as it's worth {cost}.")
        s.tell("They'll remove the railing instead.")
        s.ask("What is the {piece} worth?", "cost")
    else:
        s.b("{C} [lives|has a flat] on the ground floor. [Give it to {himC}.|{heC} would take it.]")
        s.a("[For free|As a present]? I paid {cost}! [For|If {heC} pays] {price}, maybe.")
        s.correct("A", "price", keep=0.6)
        s.tell(
            "As the {piece} doesn't fit up the stairs, {B} suggests giving it to {C} on the ground "
            "floor, but {A} wants {price} for it."
        )
        s.ask("How much would {A} take for it?", "price")
    s.ask("By how many inches is it too wide?", "n")


def solar_offer(s: Tale) -> None:
    s.let(firm="company", n="digits:16-29", m="digits:6-13", month="month", city="city", day="day")
    s.let(price="price:9000-19000", less="price:3000-7000")
    s.person("C")
    s.b("[This is|Hello, this is] {firm}. {n} solar panels fit on your roof, for {price}.")
    s.correct("B", "n", "{n} panels", keep=0.7, fact=True)
    office(s, "B", 0.15)
    kind = s.choose("fewer", "ask", "moving")
    if kind == "fewer":
        s.a("[I don't have that much|That's beyond me]. [And if I take|What about] {m}?")
        s.b("That would be {less}. We could [put them up|start] in {month}.")
        s.a("[Good, do that|Agreed]. [Fewer panels, fewer worries.|]")
        s.tell("{n} panels are too expensive for {A}, who orders {m} for {less}.")
        s.tell("{firm} will put them up in {month}.")
        s.ask("How much does {A} pay?", "less")
    elif kind == "ask":
        s.a("[It's {C}'s roof, too|{C} pays half], so I must ask {himC}. Call me on {day}.")
        s.correct("A", "day", keep=0.6)
        s.b("[Of course|Certainly]. The [offer|price] is good until {month}.")
        s.tell("{firm} offers {A} {n} solar panels for {price}, but {heA} has to ask {C} first.")
        s.tell("{B} is to call again on {day}.")
        s.ask("Whom does {A} want to ask?", "C")
    else:
        s.a("[You're late|Too late], I've sold the house and I'm [moving|off] to {city}.")
        s.b("[May I ask who bought it|Who's the new owner, then]?")
        s.a("{C}. [Talk to {himC}|{heC} may want them], {heC} [loves new things|has the money].")
        s.tell("{A} turns down the panels because {heA} has sold the house to move to {city}.")
        s.tell("{B} could ask {C}, the new owner.")
        s.ask("Who bought the house?", "C")
    s.ask("Which company is calling?", "firm")


def separated_friends(s: Tale) -> None:
    s.let(day="day", street="street", city="city", animal="animal", place="restaurant")
    s.person("C")
    s.person("D")
    s.a("[It's sad|Bad news]{vB}: {C} and {D} are [getting a divorce|splitting up].")
    kind = s.choose("dinner", "house", "rumor")
    if kind == "dinner":
        s.b("[Oh no|What]! And I've [asked|invited] both to dinner on {day}. What now?")
        s.a("[Ask|Choose] one. {C} [is the lonelier one|has nobody else].")
        s.redraw("day")
        s.b("Then {C} comes on {old_day}, and {D} [gets|on] {day}. I [like both|won't take sides].")
        s.tell("After the news of the divorce, {B} won't have {C} and {D} to dinner together.")
        s.tell("{C} is to come on {old_day} and {D} on {day}.")
        s.ask("When will {D} come to dinner?", "day")
    elif kind == "house":
        s.b("[And|Who gets] the house on {street}? [And the {animal}?|And their {animal}?]")
        s.a("{C} [stays|remains] there. {D} takes the {animal} to {city}.")
        s.correct("A", "city", keep=0.6, fact=True)
        aside(s, "B", 0.2)
        s.tell("After the divorce, {C} keeps the house on {street}.")
        s.tell("{D} goes to {city} with the {animal}.", "{D} takes the {animal} to {city}.")
        s.ask("Who stays in the house?", "C")
    else:
        s.b("[Nonsense|That can't be]! I saw them at {place} on {day}, [holding hands|kissing].")
        s.a("[Really|Are you sure]? [All of {street}|Everybody at work] [says|believes] it.")
        s.b("[They even danced.|Quite sure.] [Don't believe everything|People talk too much].")
        s.tell("{A} has heard of a divorce, but {B} saw {C} and {D} in love at {place} on {day}.")
        s.ask("Where did {B} see the couple?", "place")
    s.ask("Who is {D}'s partner?", "C")


FEASTS = (
    wedding_seating,
    forgotten_anniversary,
    baby_name,
    nearly_told_party,
    flat_rules,
    class_reunion,
    guarded_recipe,
    foreign_letter,
    inherited_clock,
    wrong_twin,
    nervous_toast,
    missing_ring,
    delayed_honeymoon,
    too_wide,
    solar_offer,
    separated_friends,
)
