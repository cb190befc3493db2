"""Schools, lessons and people who teach each other something."""

from tools.tiny.scenarios.common import aside, bye, office, thank
from tools.tiny.tales.tale import Tale


def trip_fee(s: Tale) -> None:
    s.let(fee="price:40-180", part="price:10-35", day="weekday", place="sight")
    s.person("C")
    s.a("[I'm calling about|It's about] the class trip to the {place}. {fee} for {C}, really?")
    kind = s.choose("parts", "fund", "mistake")
    if kind == "parts":
        s.b("[Yes, with the bus|I'm afraid so, it's far]. [The money is due|It's due] on {day}.")
        s.a("[That's a lot at once|I don't have that much now]. [May|Could] I pay {part} a week?")
        s.b("[Certainly|That's possible]. [Nobody else needs to know.|Just give it to {C}.]")
        s.tell("{A} can't pay {fee} for {C}'s class trip at once, but may pay {part} a week.")
        s.ask("How much will {A} pay each week?", "part")
    elif kind == "fund":
        s.b("[Yes|It is]. [If that's difficult|If it's too much], the parents' fund pays {part}.")
        s.a("[That would help a lot|I'd be grateful]. [What do I have to do?|How does it work?]")
        s.b("[Just write|Write] me a [short |]letter by {day}.[ It stays between us.|]")
        s.tell("{C}'s trip to the {place} costs {fee}.")
        s.tell("If {A} writes a letter by {day}, the parents' fund will pay {part} of it.")
        s.ask("By which day should {A} write?", "day")
    else:
        s.redraw("fee")
        s.b("[Oh dear, no|No, that's a mistake]. It's {fee}[, and you have until {day}|].")
        s.a("[Good that I asked|Thanks for looking]! {C} will bring [the money|it] tomorrow.")
        s.tell("{A} was given a wrong price. {C}'s class trip costs {fee} instead of {old_fee}.")
    thank(s, "A", 0.25)
    s.ask("How much does the trip cost?", "fee")
    s.ask("Where is the class going?", "place")


def exchange_host(s: Tale) -> None:
    s.let(city="city", date="date", day="day", t="length:weeks", animal="animal")
    s.person("C")
    s.a("{C} from {city} [arrives on {date} without a host|needs a host from {date} on].")
    kind = s.choose("yes", "other", "first")
    if kind == "yes":
        s.b("[Our spare room is free|We'd love that]. [But does|Only, does] {heC} like {animal}s?")
        s.a("{heC} [adores them|wrote that {heC} has two]. {heC} [stays|would stay] for {t}.")
        s.correct("A", "t", "{t}", keep=0.6, fact=True)
        s.b("[Welcome to the family, then|Then it's settled]!")
        s.tell("{B} will take in {C} from {city}, who likes {animal}s, for {t}.")
        s.ask("How long will {C} stay?", "t")
    elif kind == "other":
        s.person("D")
        s.b("[My in-laws are coming then|We have builders in]. {D}'s son has [just |]moved out.")
        s.a("[So there's an empty bed|Then {heD} has room]! I'll [call|ask] {himD} on {day}.")
        s.tell("{B} has no room for {C} from {city}.")
        s.tell("As {D}'s son has moved out, {A} is going to ask {himD} on {day}.")
        s.ask("Whose son has moved out?", "D")
    else:
        s.b("[We're away until {day}|Nobody's home until {day}]. [After that, gladly.|Then, yes.]")
        s.a("[Until then {heC} can sleep|I could put {himC} up until then,] on my sofa.")
        s.tell("{C} from {city} will stay with {A} first, because {B} is away until {day}.")
        s.ask("Until when is {B} away?", "day")
    aside(s, "A", 0.2)
    s.ask("Where does {C} come from?", "city")


def dorm_swap(s: Tale) -> None:
    s.let(mine="room", yours="room", item="furniture", date="date")
    s.put(noise="drums|trumpet|accordion|parrot|snoring|exercise bike|bagpipes|karaoke")
    s.person("C")
    s.a(
        "I can't [bear|stand] {C}'s {noise}. [Swap with me|Let's swap]: my {mine} for your {yours}!"
    )
    kind = s.choose("deal", "no", "wait")
    if kind == "deal":
        s.b("[I sleep like a stone|I don't hear much]. If your {item} stays in it, [yes|okay].")
        s.a("[Gladly|It's yours]! [I'll start packing.|Bring your boxes!]")
        s.tell("{B} gives up room {yours} for {A}'s {mine}, if {A} leaves the {item} in it.")
        s.ask("Which piece of furniture should stay?", "item")
    elif kind == "no":
        s.b("So that I [have to listen to it|lie awake]? [Never|No]! [Just talk|Talk] to {himC}.")
        s.a("[I've tried|I did, twice]. [Then I'll buy earplugs.|Earplugs it is.]")
        s.tell("{A} wants to leave room {mine} because of {C}'s {noise}.")
        s.tell("{B} refuses to swap rooms, so {A} will buy earplugs.")
    else:
        s.b("[It's forbidden|The rules forbid it] before {date}. [After that, fine|Then, gladly].")
        s.correct("B", "date", keep=0.6, fact=True)
        s.a("[I'll count the days|Then I'll sleep in the library]!")
        s.tell("Because of {C}'s {noise}, {A} would like to have {B}'s room {yours}.")
        s.tell("{B} agrees, but they can't swap before {date}.")
        s.ask("From when on may they swap?", "date")
    s.ask("Which room does {A} have now?", "mine")
    s.ask("Who is the noisy neighbor?", "C")


def tutor_fee(s: Tale) -> None:
    s.let(subject="school_subject", fee="price:30-70", less="price:11-25", day="day")
    s.put(work="hedge|roof|fence|kitchen|old car|bike|bathroom|heating")
    s.person("C")
    s.b("[For|As for] {subject} lessons I [charge|take] {fee} an hour. [When do we start?|]")
    kind = s.choose("screen", "free", "trade")
    if kind == "screen":
        s.a("[So much|{fee}]? [A student, {C},|{C}] [wants|asks for] {less}.")
        s.b("[That's my price|I take that, too,] if we meet on the screen.[ I save gas.|]")
        s.a("[Good|All right], on the screen, then. [{day} would be good.|Let's begin on {day}.]")
        s.tell("{A} will learn {subject} on the screen, as {B} then takes {less} instead of {fee}.")
        s.ask("How much does {A} pay an hour?", "less")
    elif kind == "free":
        s.a("[Hmm|Well], {C} [only wants|teaches it for] {less}. [Why should I choose you?|]")
        s.b("[Try me|Come] on {day}. The first hour [is free|costs nothing], then decide.")
        s.correct("B", "day", keep=0.6)
        s.a("[That sounds fair|I've nothing to lose]. [I'll bring my book.|]")
        bye(s, "B", 0.3)
        s.tell("{A} hesitates because {C} is cheaper, but will try a free hour with {B} on {day}.")
        s.ask("Who else gives lessons?", "C")
    else:
        s.a("[I can't afford that|That's too much]. [Could I|May I] repair your {work} instead?")
        s.b("[You're a gift from heaven|That's worth more]! Come on {day}[ with your tools|].")
        s.tell("Instead of paying {fee} for {subject} lessons, {A} will repair {B}'s {work}.")
        s.ask("What needs repair?", "work")
    s.ask("Which subject is it?", "subject")


def ruined_textbook(s: Tale) -> None:
    s.let(subject="school_subject", n="digits:11-290", fee="price:15-60", day="weekday")
    s.put(drink="coffee|tea|tomato soup|ink|grape juice|cocoa|lemonade|paint|cough syrup")
    s.person("C")
    s.a("[Don't be angry|I have to confess something]: I spilled {drink} on your {subject} book.")
    kind = s.choose("pay", "swap", "harmless")
    if kind == "pay":
        s.b("[Oh no|That's terrible], it belongs to the school! They'll want {fee}.")
        s.correct("B", "fee", keep=0.5, fact=True)
        s.a("[I'll pay it|You'll have it], [I promise|really]. I get [money|paid] on {day}.")
        s.tell("{A} spilled {drink} on {B}'s {subject} book and will pay {fee} for it on {day}.")
        s.ask("How much must {A} pay?", "fee")
    elif kind == "swap":
        s.b("[Oh no|Now]! The test is on {day}! [How can I study?|I haven't even begun.]")
        s.a("[Take mine|You'll get mine]. I can [share with|look into the one of] {C}.")
        s.tell("{B} needs the {subject} book for a test on {day}, but {A} spilled {drink} on it.")
        s.tell("{A} gives {himB} another one and will use {C}'s.")
        s.ask("With whom will {A} share a book?", "C")
    else:
        s.b("[Which page|Where]? [Not the last chapter, I hope!|]")
        s.a("[Only page|Page] {n}. [The rest is dry.|You can still read half of it.]")
        s.b("[Then never mind|No harm done]. [We've done that one.|{C} can lend me that page.]")
        s.tell("{A} spilled {drink} on page {n} of the {subject} book. {B} doesn't mind.")
        s.ask("Which page is it?", "n")
    s.ask("What did {A} spill?", "drink")


def orchestra_audition(s: Tale) -> None:
    s.let(day="day", piece="title", new="day", subject="school_subject")
    s.put(tool="violin|cello|flute|clarinet|harp|trumpet|bassoon", need="viola|oboe|tuba|horn")
    s.person("C")
    s.a("[Our|The] orchestra tests new players on {day}. [Bring|Take] your {tool}!")
    kind = s.choose("curtain", "other", "clash")
    if kind == "curtain":
        s.b("[In front of|With] {C}? My [fingers|hands] would shake.")
        s.a("[There's a curtain|One plays behind a curtain], so {heC} [can't|won't] see you.")
        s.b("[That changes things|Oh, good]. Then [I'll dare it|yes]. I know {piece} by heart.")
        s.tell("{B} is afraid of {C}, but will play {piece} on {day} since a curtain hides {himB}.")
        s.ask("What will {B} play?", "piece")
    elif kind == "other":
        s.b("[They have enough|{C} says they have plenty] of [those|that kind] already.")
        s.a("[True|Hmm], but no {need}[, I hear|]. [You learn fast.|How hard can it be?]")
        s.b("[I can borrow one from {C}|{C} has one]. [I'll practice|Let me try it] at once.")
        s.tell(
            "The orchestra has no {need}, so {B} leaves the {tool} and will borrow {C}'s {need}."
        )
        s.ask("Which instrument is missing?", "need")
    else:
        s.b("[Impossible|I wish I could]. I have my {subject} exam [on {day}|that day].")
        s.a("[{C} chooses the players|It's all up to {C}]. Ask {himC} to hear you on {new}.")
        s.correct("A", "new", keep=0.6)
        s.tell("{B}'s {subject} exam is on the day of the audition.")
        s.tell("{A} advises {himB} to ask {C} to hear the {tool} on {new}.")
        s.ask("For which day should {B} ask?", "new")
    s.ask("What instrument does {B} play?", "tool")
    s.ask("When are players tested?", "day")


def driving_test(s: Tale) -> None:
    s.let(date="date", pain="ailment", job="job", city="city", other="date", time="clock")
    s.redraw("date")
    s.person("C")
    s.b("[Your|The] driving test is moved from {old_date} to {date}. {C} has a {pain}.")
    kind = s.choose("glad", "job", "away")
    if kind == "glad":
        s.a("[Thank goodness|I'm not sad about that]! I still [can't park|hit every curb].")
        s.b("[Let's practice|Then we practice] tomorrow at {time}[, behind the mall|].")
        s.correct("B", "time", keep=0.5)
        s.tell("{A} is glad that the driving test isn't until {date} and will practice at {time}.")
        s.ask("At what time will they practice?", "time")
    elif kind == "job":
        s.person("D")
        s.a("But I [can't start|won't get the job] as a {job} without a license!")
        s.b("[Calm down|Let me see]. {D} [could|might] test you on {old_date}. I'll [ask|call].")
        s.tell("As {A} needs the license to work as a {job}, {B} will ask {D} to do the test.")
        s.tell("{C} can't come on {old_date}.")
        s.ask("Who could do the test instead of {C}?", "D")
    else:
        s.a("[I'll be in {city} then|That's when I'm in {city}]. [What now?|Any other day?]")
        s.b("[There's only|I could offer you] {other}. [Do you want it?|Is that all right?]")
        s.a("[Yes, please|I'll take it]. [And get well soon to {C}.|]")
        s.tell("As {A} will be in {city} on {date}, {heA} takes the driving test on {other}.")
        s.ask("Where is {A} going?", "city")
    s.ask("Who is ill?", "C")


def cooking_class(s: Tale) -> None:
    s.let(day="day", dish="dish", fee="price:20-80", food="grocery", place="restaurant")
    s.person("C")
    s.a("{C} is showing us {hisC} {dish} on {day}. [Join our cooking class!|Come along!]")
    s.correct("A", "day", keep=0.75, fact=True)
    kind = s.choose("allergy", "price", "teach")
    if kind == "allergy":
        s.b("[I'd like that|Sounds good], but I [must never|mustn't] eat {food}.")
        s.a("[Tell {himC} before|Let {himC} know]. [{heC}'ll leave it out.|There's always a way.]")
        s.tell("{B}, who can't eat {food}, should tell {C} before the cooking class on {day}.")
        s.ask("What can't {B} eat?", "food")
    elif kind == "price":
        s.b("[I know, for {fee}|But it costs {fee}]! [I'd rather eat|I prefer to eat] at {place}.")
        s.a("[There you learn nothing|You'd learn it for life]. I'll pay half[, all right|]!")
        s.b("[You win|Well, in that case, yes]. [I'll bring an apron.|Put me down.]")
        s.tell("{B} finds {fee} too much for a cooking class and would rather eat at {place}.")
        s.tell("When {A} offers to pay half, {B} agrees to come on {day}.")
        s.ask("How much does the class cost?", "fee")
    else:
        s.b("{dish}? [My grandmother's is better|I could teach that myself]!")
        s.a("[Then do|Why don't you]! {C} wants to stop and pays {fee} an evening.")
        s.b("[That's tempting.|Does {heC}?] I'll [talk to|ask] {himC} on {day}.")
        s.tell("Since {C} wants to stop, {B} will ask {himC} about teaching cooking for {fee}.")
        s.ask("How much does a teacher get?", "fee")
    s.ask("What will {C} show them?", "dish")
    s.ask("Who teaches the class?", "C")


def class_speaker_vote(s: Tale) -> None:
    s.let(n="digits:9-15", day="weekday", time="clock:work", city="city", month="month")
    s.person("C")
    s.person("D")
    s.b("[I've counted twice|It's a tie]: {n} votes for {C} and {n} for {D}. [Who speaks for us?|]")
    kind = s.choose("again", "share", "leaves")
    if kind == "again":
        s.a("Somebody voted twice, I saw it. [We must repeat it.|Do it again.]")
        s.b("[That's serious|I had no idea]. [Then again on {day}|Once more, then: {day}], {time}.")
        s.correct("B", "day", "on {day}", keep=0.6)
        s.tell("{A} saw somebody vote twice, so the vote will be repeated on {day} at {time}.")
        s.ask("When is the second vote?", "day")
    elif kind == "share":
        s.a("[Both of them|Let them share it]! {C} until {month}, {D} after that.")
        s.correct("A", "month", "{month}", keep=0.5)
        s.b("[They never agree|They can't stand each other], [but it's fair|but let's see].")
        s.tell("Since {C} and {D} have {n} votes each, {A} wants {C} to begin and {D} to follow.")
        s.tell("{B} finds that fair.")
        s.ask("Who should begin?", "C")
    else:
        s.a("[Doesn't {C} move|Isn't {C} moving] to {city} in {month}?")
        s.b("[You're right|Oh, true]! [Then {D} wins|That makes it {D}]. I'll tell them on {day}.")
        s.tell("{D} becomes class speaker, because {C}, with as many votes, is moving to {city}.")
        s.ask("Who is moving away?", "C")
    s.ask("How many votes did each of them get?", "n")


def substitute_teacher(s: Tale) -> None:
    s.let(subject="school_subject", other="school_subject", day="weekday", n="digits:12-40")
    s.person("C")
    s.person("D")
    s.b("{C} [is away until|won't be back before] {day}. {D} is teaching us {subject} instead.")
    kind = s.choose("better", "strict", "useless")
    s.a("[How is {heD}|What do you think of {himD}]?")
    if kind == "better":
        s.b("[Wonderful|So patient]! Since {heD} came, I understand {subject}. [At last!|]")
        s.a("[Poor {C}|Don't tell {C}]! [Write down what {heD} says.|Ask {himD} all you can.]")
        s.tell("{B} understands {subject} better since {D} has been teaching it in {C}'s place.")
        s.ask("Whose lessons does {B} like?", "D")
    elif kind == "strict":
        s.b("[Too strict|A nightmare]! {n} pages to read by {day}, [imagine|honestly].")
        s.correct("B", "n", "{n}", keep=0.6, fact=True)
        s.a("[Start now|Begin], then I'll [cook your favorite|drive you to the pool].")
        s.tell("{D}, in place of {C}, wants {B} to read {n} pages by {day}.")
        s.tell("{A} promises a reward if {heB} begins now.")
        s.ask("How many pages must {B} read?", "n")
    else:
        s.b("[Rather lost|Helpless]. {heD} studied {other} and knows less than we do[ about it|].")
        s.a("[That won't do|And the exam is near]. I'll call the school[ tomorrow|].")
        s.b("[Please don't|No, wait]! [We play cards all day.|We've never had so much fun.]")
        s.tell("{D}, who studied {other}, knows little about {subject}.")
        s.tell("{A} wants to call the school, but {B} enjoys it and asks {himA} not to.")
        s.ask("What did {D} study?", "other")
    s.ask("Until when is {C} away?", "day")


def scholarship_form(s: Tale) -> None:
    s.let(country="country", date="date", page="number:3-9", day="weekday")
    s.person("C")
    s.a("[Have a look at|Check] my form for the year in {country}[, please|]. It's due on {date}.")
    s.correct("A", "date", keep=0.7, fact=True)
    kind = s.choose("signature", "letter")
    if kind == "signature":
        s.b("[Good that you asked|Wait]: page {page} isn't signed[. Without that it's worthless|].")
        s.a("[It must be {C}|{C} has to sign it]! {heC} only comes back on {day}.")
        s.b("[That's in time|It will do]. But [don't post it, take it there|hand it in yourself].")
        s.tell("{B} finds that {C}'s signature is missing on page {page} of {A}'s form.")
        s.tell("{A} has to wait for {himC} until {day}.")
        s.ask("Whose signature is missing?", "C")
    else:
        s.b("They want a letter from a teacher. [I can't find any.|Where's yours?]")
        s.a("[I asked {C}|{C} was going to write it], but {heC} [forgot|is always busy].")
        s.b("[I'll do it|Then I'll write it]. You'll have it on {day}.")
        s.tell("{A} needs a teacher's letter for the form by {date}.")
        s.tell("Since {C} didn't write it, {B} will do so by {day}.")
        s.ask("When will {A} get the letter?", "day")
    s.ask("Which country does {A} want to go to?", "country")


def spelling_contest(s: Tale) -> None:
    s.let(n="number:2-9", day="day", prize="gift", price="price:10-40")
    s.put(word="rhythm|necessary|bouquet|pneumonia|lieutenant|bureau|mischievous|camouflage|yacht")
    s.person("C")
    s.b("{C} won. [I'm out|I lost]: they gave me {word} in round {n}.")
    s.correct("B", "n", "round {n}", keep=0.7, fact=True)
    kind = s.choose("protest", "train", "prize")
    if kind == "protest":
        s.a("[But I heard you, it was right|But yours was right]! I'll [complain|protest].")
        s.b("[Leave it|Don't]. {C} [learned all summer|needs it more]. [I'd only feel bad.|]")
        s.tell("{A} wants to complain as {B} spelled {word} correctly, but {B} lets {C} win.")
    elif kind == "train":
        s.a("[Nobody can write that|I can't spell it, either]! Ask {C} to train you.")
        s.b("[{heC} offered it|{heC} wants to], each {day}. [I was too proud to say yes.|]")
        s.a("[Call {himC} back|Say yes], and next year [it's you|you'll win].")
        s.tell("{B} failed in round {n} of the spelling contest.")
        s.tell("{A} tells {himB} to accept {C}'s offer to train together each {day}.")
        s.ask("On which day does {C} want to train?", "day")
    else:
        s.a("[And what was the prize|What did {heC} get]? [Nothing great, surely.|]")
        s.b("A {prize}. [I wanted it so badly.|I've wished for one for years.]")
        s.a("[It's only|You can get one for] {price}. [Wash my car|Help me paint], and it's yours.")
        s.tell("{C} has won the {prize} that {B} wanted, so {A} offers {himB} one for some work.")
        s.ask("What was the prize?", "prize")
    s.ask("Which word was too hard?", "word")
    s.ask("Who won the contest?", "C")


def cheating_suspicion(s: Tale) -> None:
    s.let(n="number:4-12", subject="school_subject", day="weekday", time="clock:work", room="room")
    s.person("C")
    s.a("[Strange|Explain this]: you and {C} made the same {n} mistakes in the {subject} test.")
    kind = s.choose("admit", "together", "other")
    if kind == "admit":
        s.b("I [looked at {hisC} paper|copied from {himC}]. {heC} [didn't notice|doesn't know].")
        s.a("[That was honest|Thanks for telling me]. You'll write it again on {day} at {time}.")
        s.correct("A", "time", keep=0.5, fact=True)
        s.b("[Please don't punish|Just don't blame] {C}, [{heC} did nothing|I beg you].")
        s.tell("{B} admits having copied from {C}.")
        s.tell("{heB} must take the {subject} test again on {day} at {time}.")
        s.ask("At what time is the second test?", "time")
    elif kind == "together":
        s.b("We [studied|learned] from the same notes! They were wrong, [it seems|I guess].")
        s.a("[Show me|Bring me] those notes on {day}, [then I'll believe you|and we'll see].")
        s.tell("{B} blames the {n} mistakes on wrong notes, which {A} wants to see on {day}.")
        s.ask("On which day will {A} see the notes?", "day")
    else:
        s.b("But I [sat|wrote it] in room {room}, [all alone|as I'd been ill]! {C} wasn't there.")
        s.a("[Really|Oh]? [Then I beg your pardon|I'm sorry, then]. [It's pure chance.|How odd.]")
        s.tell("{B} can't have cheated in room {room}, since {C} wasn't there, so {A} apologizes.")
        s.ask("In which room was {B}?", "room")
    s.ask("In which subject was the test?", "subject")
    s.ask("Who made the same mistakes as {B}?", "C")


def first_aid_quiz(s: Tale) -> None:
    s.let(day="day", time="clock:evening", food="dish")
    s.put(t="five minutes|ten minutes|12 minutes|15 minutes|18 minutes|20 minutes")
    s.put(part="hand|arm|foot|thumb|knee|elbow", fat="butter|flour|honey|toothpaste|oil|ice|lemon")
    s.person("C")
    s.a("[I'll test you|Let's practice] for the first aid exam on {day}. {C} burns {hisC} {part}.")
    kind = s.choose("wrong", "tired")
    if kind == "wrong":
        s.b("I put {fat} on it, [like my grandmother|as we do at home].")
        s.a("[Never|Wrong]! Cool water, for {t}. [And then a clean cloth.|You'd make it worse.]")
        s.tell("{B} would put {fat} on a burn, but {A} says that it needs cool water for {t}.")
        s.ask("What would {B} put on the {part}?", "fat")
    else:
        s.b("[Always {C}|Poor {C}]! [I'm hungry|I can't think]. Let me eat my {food} first.")
        s.a("At {time}, then. [But no excuses!|And I'll ask harder things.]")
        s.b("[Promise|I'll be ready]. [I could do with a nap, too.|]")
        s.tell("{A} wants to practice first aid, but {B} would like to eat {hisB} {food} first.")
        s.tell("They will begin at {time}.")
        s.ask("When will they practice?", "time")
    s.ask("On which day is the exam?", "day")


def phone_lesson(s: Tale) -> None:
    s.let(color="color", animal="animal", day="day", n="number:2-9", city="city")
    s.person("C")
    s.person("D")
    s.a("[I'm too old for this|Help me with my phone]! How can I send {C} this {animal} photo?")
    s.b("Press the {color} [sign|button], then {C}'s name[. That's all|].")
    s.correct("B", "color", "the {color} one", keep=0.6, fact=True)
    kind = s.choose("wrong", "small", "letter")
    if kind == "wrong":
        s.a("[Done|There]. [Oh no|Oh dear], it says {D}! [That's my doctor!|The dentist!]")
        s.b("[{heD}'ll laugh|No harm done]! [You've learned it, though.|Now once more, to {C}.]")
        s.tell("{A} learns to send a photo of the {animal}, but it goes to {D} instead of {C}.")
        s.ask("Who got the photo?", "D")
    elif kind == "small":
        s.a("[Which name|Where]? [They're all like ants.|I can't read such small letters.]")
        s.b("I'll [visit you|be there] on {day} and [make them bigger|change that].")
        s.correct("B", "day", "{day}", keep=0.6)
        s.tell("{A} can't read the small letters, so {B} will come on {day} to make them larger.")
        s.ask("When will {B} come?", "day")
    else:
        s.a("[I tried {n} times|{n} times, and nothing]! [I'll mail it.|A stamp is easier.]")
        s.b("To {city}? [That takes a week.|That's so slow.] [Let me send it.|I'll do it.]")
        s.tell("After {n} tries with the phone, {A} would rather send the photo to {C} by mail.")
        s.tell("As that is slow, {B} offers to do it.")
        s.ask("Where does {C} live?", "city")
    bye(s, "A", 0.25)
    s.ask("For whom is the photo?", "C")
    s.ask("Which color is the button?", "color")


def apprentice_trial(s: Tale) -> None:
    s.let(job="job", other="job", date="date", day="weekday")
    s.put(early="5:30|5:45|6:00|6:15|6:30|6:45", late="7:00|7:15|7:30|7:45|8:00|8:15")
    s.person("C")
    s.a("[Your|So, your] trial day is over. Do you [still |]want to [be|become] a {job}?")
    kind = s.choose("bus", "no", "again")
    if kind == "bus":
        s.b("[More than ever|Yes, very much]! [{C} taught me so much.|{C} is a great teacher.]")
        s.a("[Then you start|You can begin] on {date}. We [open|begin] at {early}.")
        s.correct("A", "date", keep=0.6)
        s.b("There's no bus that early. [Could it|Can it] be {late}?")
        s.a("[No|Sorry, no], but {C} [can take you along|could drive you].")
        s.tell("{B} may start training as a {job} on {date}.")
        s.tell("As no bus runs that early, {C} can take {himB} to work.")
        s.ask("On which date does {B} start?", "date")
    elif kind == "no":
        s.b("No, although {C} taught me well. [It's too loud.|I can't stand all day.]")
        s.a("[Better now than later|I respect that]. What [else|instead]?")
        s.b("[Maybe|Perhaps] a {other}. [My uncle is one.|I like quiet work.]")
        s.tell("After a trial day, {B} doesn't want to be a {job} and thinks of being a {other}.")
        s.ask("What may {B} become instead?", "other")
    else:
        s.b("[Yes, but I was slow|Yes, but I broke a lot]. {C} taught me everything twice.")
        s.a("[It's always hard at first|That's normal]. [Come back|Try again] on {day}, with {C}.")
        office(s, "A", 0.25)
        s.tell("{B} had a hard trial day as a {job}, but {A} wants {himB} to come again on {day}.")
        s.ask("When should {B} come back?", "day")
    s.ask("Who taught {B} on that day?", "C")


LEARNING = (
    trip_fee,
    exchange_host,
    dorm_swap,
    tutor_fee,
    ruined_textbook,
    orchestra_audition,
    driving_test,
    cooking_class,
    class_speaker_vote,
    substitute_teacher,
    scholarship_form,
    spelling_contest,
    cheating_suspicion,
    first_aid_quiz,
    phone_lesson,
    apprentice_trial,
)
