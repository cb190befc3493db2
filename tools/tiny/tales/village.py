"""Neighbors, clubs and the town."""

from tools.tiny.scenarios.common import aside, bye, office
from tools.tiny.tales.tale import Tale


def crosswalk_petition(s: Tale) -> None:
    s.let(n="digits:21-95", more="digits:110-300", street="street", place="place", day="weekday")
    s.a("[Will you sign|Could you sign this]? It's for a crosswalk on {street}.")
    s.a("[We have {n} names so far.|We're at {n} names.]")
    kind = s.choose("sign", "refuse", "few")
    if kind == "sign":
        s.person("C")
        s.b("[Give me the pen|Where do I sign]! {C} was nearly hit [by a van|] there on {day}.")
        s.correct("B", "day", keep=0.6, fact=True)
        s.a("[That's awful|Good grief]. [I hope {heC} is all right.|That's why we need it.]")
        s.tell(
            "{B} signs for a crosswalk on {street}, because {C} was nearly hit there on {day}.",
            "As {C} was almost hit on {street} on {day}, {B} signs {A}'s petition for a crosswalk.",
        )
        s.ask("Who was nearly hit?", "C")
    elif kind == "refuse":
        s.b("[No|Sorry, no]. [Then every|Every] car would stop [and honk|] under my bedroom.")
        s.a("[But the|The] children have to reach the {place} [safely|somehow].")
        s.b("[Let them take|They can use] the tunnel. [I'm not signing.|My answer is no.]")
        s.tell("{B} fears the noise and refuses to sign for a crosswalk on {street}.")
        s.tell("{A} argues that children have to get to the {place}, but {B} mentions the tunnel.")
        s.ask("Where do the children go?", "place")
    else:
        s.b("[Only {n}|That's all]? The town [won't look at|ignores] fewer than {more}.")
        s.a("[Oh dear|Oh, I didn't know that]. Then I'll stand outside the {place} on {day}.")
        s.tell("{A} has {n} names for a crosswalk on {street}, but the town wants {more}.")
        s.tell("So {heA} will collect more outside the {place} on {day}.")
        s.ask("How many names does the town want?", "more")
    s.ask("Where should the crosswalk be?", "street")


def street_party_cars(s: Tale) -> None:
    s.let(street="street", time="clock:noon", day="day", place="place", city="city")
    s.put(deco="lanterns|balloons|paper flowers|flags|ribbons|colored lights")
    s.b("[Why is there|What's] this note on my windshield{vA}?")
    s.a("[It's the street party.|Street party!] No cars on {street} on {day} after {time}.")
    kind = s.choose("yard", "dead", "away")
    if kind == "yard":
        s.person("C")
        s.b("[And where do I park|Where should mine go]?")
        s.a("In {C}'s yard[ next to|, behind] the {place}. [{heC} likes to help.|I asked {himC}.]")
        s.tell("{B} has to clear {street} by {time} on {day} for the street party.")
        s.tell("The car can stand in {C}'s yard by the {place}.")
        s.ask("Whose yard can be used?", "C")
    elif kind == "dead":
        s.b("[Bad luck|Sorry], mine won't start. [Shall I carry it?|It's been dead for weeks.]")
        s.a("[Then we'll|Fine, we'll] cover it with {deco}. [The cake can go on top.|]")
        s.tell("{B} can't move the car from {street}, so it will be covered with {deco} on {day}.")
        s.ask("What will the car be covered with?", "deco")
    else:
        s.b("[But I'm|I'll be] in {city} [all day|then], and the car stays here.")
        s.a("[Leave me the key|Give me your key], [and I'll|I'll] move it to the {place}.")
        s.b("[Deal|All right]. [Watch|Be careful with] the brakes[, they're old|].")
        s.tell("{A} will drive {B}'s car to the {place}, because {B} will be in {city} on {day}.")
        s.ask("In which city will {B} be?", "city")
    s.ask("On which day is the street party?", "day")
    s.ask("Which street has to be empty?", "street")


def charity_laps(s: Tale) -> None:
    s.let(day="day", n="digits:20-40", lap="price:3-6", limit="price:20-55")
    s.put(cause="animal shelter|lifeboats|soup kitchen|school orchestra|children's ward|choir")
    s.person("C")
    s.a("I'm running for the {cause} on {day}. [Would you pay me|Will you give] {lap} per lap?")
    kind = s.choose("limit", "friend", "join")
    if kind == "limit":
        s.b("[How many laps do you run|And how many will there be]?")
        s.a("[Last year I did|I usually manage] {n}. {C} [stopped after half of that|timed me].")
        s.b("[Oh, then|Then] {limit} [is my limit|at most][, I'm no banker|].")
        s.correct("B", "limit", keep=0.5)
        s.tell("{A} asks for {lap} per lap at the run for the {cause}, but {n} laps are expected.")
        s.tell("{B} will pay {limit} at most.")
        s.ask("What is the most {B} will pay?", "limit")
    elif kind == "friend":
        s.b("[I've already promised|I'm already giving] {C} {limit} [for it|for the same run].")
        s.a("[{heC} was faster, as always|I should have asked sooner]. [Cheer for me, then.|]")
        s.tell("Since {B} has promised {C} {limit} for the same run, {A} gets nothing from {himB}.")
        s.ask("Who gets money from {B}?", "C")
    else:
        s.b("[I have no money|I'm broke], but I have legs. [Can I run with you?|Is it too late?]")
        s.a("[Gladly|Even better]! {C} has the list. I want {n} laps, but you can [walk|do less].")
        s.tell("{B} can't give {A} any money for the {cause} but offers to run, too.")
        s.tell("{C} has the list of the runners for {day}.")
        s.ask("Who has the list of runners?", "C")
    aside(s, "B", 0.2)
    s.ask("What is the run for?", "cause")
    s.ask("When is the run?", "day")


def wrong_bin(s: Tale) -> None:
    s.let(day="weekday", other="weekday", bin="color", right="color", fine="price:20-90")
    s.put(junk="light bulbs|paint cans|batteries|diapers|pizza boxes|plastic toys|cables")
    s.a("[They've skipped our bin again!|Look,] the {bin} bin is still full{vB}. Why?")
    kind = s.choose("junk", "day", "strike")
    if kind == "junk":
        s.b("[There's a sticker|Read the sticker]: no {junk}. [Those|They] go in the {right} one.")
        s.a("[Oh no, that was me|I thought it didn't matter]. [Must we pay?|Is there a fine?]")
        s.b("{fine} [next time|if it happens again]. [I'll help you sort it.|Take them out.]")
        s.tell("The {bin} bin wasn't emptied because {A} had put {junk} in it.")
        s.tell("They belong in the {right} one, and another mistake will cost {fine}.")
        s.ask("Which bin should have been used?", "right")
    elif kind == "day":
        s.b("[Because it's {day}|It's {day}]. They only take the {right} ones today.")
        s.a("[Oh|I see]. [When does this one go, then?|So when is it our turn?]")
        s.b("On {other}. [It's all on the calendar.|It changed last month.]")
        s.tell("The {bin} bin is still full, as it is emptied on {other} and not on {day}.")
        s.ask("When is the {bin} bin emptied?", "other")
    else:
        s.let(date="date")
        s.person("C")
        s.b("They're on strike until {date}. [Didn't you hear|Wasn't it in the paper]?")
        s.a("[No, and it stinks|No. But the smell]! [We can't wait that long.|I can't breathe.]")
        s.b("{C} has a trailer. {heC} drives to the dump on {day}[, just ask|].")
        s.tell("Because of a strike, the {bin} bin will stay full until {date}.")
        s.tell("{B} knows that {C} has a trailer and goes to the dump on {day}.")
        s.ask("Until when is the strike?", "date")
    aside(s, "A", 0.2)
    s.ask("Which bin is still full?", "bin")


def cat_poster_call(s: Tale) -> None:
    s.let(pet="pet", place="place", price="price:20-150", day="day")
    s.put(look="gray|black|ginger|white|striped|spotted|brown")
    s.put(mark="torn ear|bent tail|bell on the neck|scar on the nose|short tail|bald spot")
    s.put(spot="roof|steps|wall|window sill|trash cans|balcony|fire escape")
    s.a("[I'm calling|It's] about your poster. A {look} cat is on the {spot} here.")
    s.a("I'm at the {place}. [Could it be|Is that] {pet}?")
    kind = s.choose("yes", "wrong", "home")
    if kind == "home":
        s.person("C")
        s.b("[Sorry|How kind], but {pet} has been home since {day}. {C} found her in the cellar.")
        s.correct("B", "day", keep=0.6, fact=True)
        s.a("[How nice for you|Lucky you]. [I'll feed this one, then.|Then this is another one.]")
        s.tell("{A} thinks that {pet} is at the {place}, but {C} found {B}'s cat on {day}.")
        s.ask("Who found {pet}?", "C")
    else:
        s.b("[Please look closely|Wait]: does it have a {mark}?")
        if kind == "yes":
            s.a("[Yes, it does|Exactly, I see it]. [It's hissing at me, too.|And it's hungry.]")
            s.b("[That's her|It's her]! [Stay there|Don't lose her] and you'll get {price}!")
            s.correct("B", "price", keep=0.7)
            s.tell("{A} has found {B}'s lost cat {pet} at the {place} and is promised {price}.")
            s.tell("{B} recognizes the cat by the {mark}.")
            s.ask("How much will {A} get?", "price")
        else:
            s.a("[No, it looks perfect|No, nothing of the kind]. [Shall I catch it anyway?|]")
            s.b("[Then it isn't {pet}|Then it's another one]. [Thanks|Thank you] for calling.")
            s.tell("{A} has seen a {look} cat on the {spot} of the {place}.")
            s.tell("Since it has no {mark}, it can't be {B}'s cat {pet}.")
    s.ask("What is the lost cat's name?", "pet")


def broken_swing(s: Tale) -> None:
    s.let(street="street", day="weekday", time="clock:afternoon", phone="phone")
    s.put(toy="swing|slide|seesaw|climbing net|rope bridge|carousel|trampoline")
    s.person("C")
    s.a("[Is that the town office?|Hello, town office?] The {toy} on {street} broke, and {C} fell.")
    office(s, "B", 0.15)
    kind = s.choose("tape", "owner")
    if kind == "tape":
        s.b("[We can|Our people can] repair it on {day}[, not sooner|].")
        s.correct("B", "day", keep=0.7, fact=True)
        s.a("[And until then|Meanwhile], [more children will|the next child can] get hurt!")
        s.b("[You're right|Good point]. I'll have it [closed|fenced off] by {time} today.")
        s.tell("After {C}'s fall, {A} reports that the {toy} on {street} is broken.")
        s.tell("{B} will have it closed by {time} and repaired on {day}.")
        s.ask("On which day will the {toy} be repaired?", "day")
    else:
        s.b("[I'm sorry|Oh dear]. [But that|That] playground belongs to the church, not to us.")
        s.a("[And whom do I call|Whose number do I need], then?")
        s.b("[The sexton's|The priest's]. It's {phone}[, mornings only|].")
        s.correct("B", "phone", keep=0.7, fact=True)
        s.tell("{C} fell when the {toy} on {street} broke, but the playground isn't the town's.")
        s.tell("{A} should call the church at {phone} instead.")
        s.ask("Which number should {A} call?", "phone")
    s.ask("What is broken?", "toy")


def brigade_victim(s: Tale) -> None:
    s.let(day="day", place="place", t="length:minutes", time="clock:evening")
    s.put(wound="broken leg|burnt arm|head wound|broken rib|cut hand|twisted knee")
    s.person("C")
    s.a("The fire brigade needs a victim for {day}'s drill. [Are you free|Would you do it]?")
    s.b("[What would I have to do|What does a victim do]?")
    s.a("Lie in the {place} with a {wound} until {C} carries you out. [About {t}.|]")
    kind = s.choose("yes", "strong", "smoke")
    if kind == "yes":
        s.b("[At last I can act|I've always wanted to scream for help]! [When?|What time?]")
        s.a("At {time}[, in old clothes|, and wear old trousers|].")
        s.correct("A", "time", keep=0.6)
        s.tell("{B} will play a victim with a {wound} at the fire brigade's drill on {day}.")
        s.tell("It starts at {time} in the {place}.")
        s.ask("What time is the drill?", "time")
    elif kind == "strong":
        s.person("D")
        s.b("{C}? {heC} [dropped my groceries|couldn't lift my suitcase] yesterday!")
        s.a("[Would you prefer {D}?|{D} could do it.] {heD} lifts [pianos|weights].")
        s.b("[Good|Better]. [Then I'll come.|Count me in, then.]")
        s.tell("{B} agrees to be the victim in {day}'s drill, if {D} and not {C} carries {himB}.")
        s.ask("Who should carry {B}?", "D")
    else:
        s.b("[Is there real smoke|With real smoke]? [I have asthma.|My lungs are weak.]")
        s.a("[Yes, lots of it|Yes]. [Better not, then|Then don't]. Could you paint the {wound}?")
        s.b("[With ketchup|With lipstick]? [Gladly|With pleasure].")
        s.tell("Because of the smoke, {B} will not play the victim, but will paint the {wound}.")
    s.ask("Where is the drill?", "place")
    s.ask("When is the drill?", "day")


def book_club_vote(s: Tale) -> None:
    s.let(book="title", other="title", day="day", page="digits:60-190", cake="cake")
    s.put(n="six|seven|eight|nine|ten", m="two|three|four|five")
    s.person("C")
    kind = s.choose("thick", "tie", "host")
    s.ask("When does the book club meet?", "day")
    if kind == "tie":
        s.a("{m} votes for {book}, {m} for {other}! [And|But] we meet on {day}.")
        s.b("{C} hasn't voted. I'll [call|ring] {himC}. [Hello?|One moment.] {heC} says {other}.")
        s.a("[A love story|A crime novel]! [Well, a vote is a vote.|I'm outnumbered.]")
        s.tell("With {C}'s vote by phone, the book club will read {other} instead of {book}.")
        s.ask("Who decides by phone?", "C")
        s.ask("Which book will they read?", "other")
        return
    s.a("{book} has won, {n} to {m}. We'll discuss it [on {day} at {C}'s|at {C}'s on {day}].")
    if kind == "thick":
        s.b("[By {day}|So soon]? [It's a brick!|I'm a slow reader.] I wanted {other}.")
        s.a("[So did {C}|{C} is cross, too]. Just read up to page {page}.")
        s.correct("A", "page", keep=0.6)
        s.tell("The book club chose {book}, although {B} would have preferred {other}.")
        s.tell("{B} should read it up to page {page} by {day}.")
        s.ask("Up to which page should {B} read?", "page")
    else:
        s.b("[But {hisC} dogs make me sneeze|{heC} has cats, and I'm allergic].")
        s.a("[I forgot|Right]. [Then come to my place|We can meet at mine], if you bring a {cake}.")
        s.b("[You'll have it|That's a deal]. [But I voted for {other}!|I'll start reading.]")
        s.tell("{B} is allergic to {C}'s animals, so the book club will meet at {A}'s on {day}.")
        s.tell("They will talk about {book}, and {B} will bring a {cake}.")
    s.ask("Which book won the vote?", "book")


def missing_drummer(s: Tale) -> None:
    s.let(city="city", t="length:minutes", time="clock:afternoon")
    s.put(tune="opening march|wedding waltz|fire polka|town hymn|harvest dance|hunting song")
    s.person("C")
    s.person("D")
    s.b("[Has anybody seen|Where on earth is] {C}? We march in {t}[ and have no drums|]!")
    s.a("[I called {himC}|I got a message]. {heC} is stuck in {city} with [a flat tire|no gas].")
    kind = s.choose("without", "swap")
    if kind == "without":
        s.b("[That's the end|We can't play then]! [What about the {tune}?|Think of the {tune}!]")
        s.a("[We'll skip it|We leave that out]. {D} can clap [in the rest|in the other ones].")
        s.tell("As {C} is stuck in {city}, the band will leave out the {tune}, and {D} will clap.")
        s.ask("What will the band leave out?", "tune")
    else:
        s.b("[When|How soon] can {heC} be here?")
        s.a("[By {time}, maybe|Around {time}, perhaps]. Could {D}'s riders go first?")
        s.b("[Good idea|Why not]. [We'll march|And we go] last, then. [Tell|Ask] {himD}!")
        s.tell("{C} may not be back from {city} before {time}.")
        s.tell("{A} should ask {D} to let the riders go first, so that the band can march last.")
        s.ask("When may the drummer arrive?", "time")
    s.ask("Who is the band's drummer?", "C")


def house_watch(s: Tale) -> None:
    s.let(city="city", time="clock:evening", day="day", car="color")
    s.put(room="attic|cellar|bathroom|bedroom|study|kitchen|garage|guest room")
    s.person("C", "male")
    s.a("[How is {city}?|I hope {city} is nice.] I'm calling because your {room} is lit up.")
    kind = s.choose("timer", "nephew", "thief")
    if kind == "timer":
        s.b("[Oh, just|That's only] the timer{vA}. It turns on at {time}[ every evening|].")
        s.correct("B", "time", keep=0.6, fact=True)
        s.a("[And I've|Oh dear, I've] sent {C} over with a [frying pan|broom]!")
        s.b("[Poor {C}|What heroes you are]! [You'll get a bottle|We'll thank you both] on {day}.")
        s.tell("{A} reports a light in {B}'s {room}, but a timer turns it on at {time}.")
        s.ask("When does the timer turn on the light?", "time")
    elif kind == "nephew":
        s.b("[Didn't I tell you|Did I forget it]? My nephew {C} [stays|is] there until {day}.")
        s.correct("B", "day", keep=0.7, fact=True)
        s.a("[The one with|So he has] the {car} van? I [nearly|almost] called the police!")
        s.b("[Please don't|Oh no]! [Take him some soup|He's odd, but harmless].")
        s.tell("{A} needn't call the police about the {car} van at {B}'s house.")
        s.tell("{B}'s nephew {C} is staying there until {day}.")
        s.ask("Until when will the nephew stay?", "day")
    else:
        s.b("[Nobody should be there|It should be empty]! {C} has a key, but he's here with us.")
        s.a("There's a {car} car in the drive, too. [I'll go in.|I'll go and knock.]")
        s.b("[No, stay away|Don't]! [Call the police.|That's for the police.]")
        s.tell("{A} saw a light in {B}'s {room} and a {car} car at the house.")
        s.tell("{B}, who is in {city} with {C}, wants {himA} to leave it to the police.")
    bye(s, "B", 0.2)
    s.ask("Which room is lit up?", "room")
    s.ask("Where is {B}?", "city")


def new_baker(s: Tale) -> None:
    s.let(street="street", price="price:4-12", cake="cake", time="clock:noon", day="day")
    s.put(old="mill shop|corner shop|monastery|dairy|station kiosk|farm shop")
    s.person("C")
    s.b("[Have you been to|Do you know] the new baker on {street}{vA}?")
    kind = s.choose("loyal", "work", "closed")
    if kind == "loyal":
        s.a("{price} [for a loaf|a loaf]! I'd rather buy mine at the {old}.")
        s.b("[That's as hard as stone|Theirs is so dry]. [Even {C} says so.|Ask {C}!]")
        s.a("[My teeth are good|I like it like that][, and they know my name|]. [Never mind {C}.|]")
        s.tell("{A} won't pay {price} for a loaf on {street} and buys bread at the {old} instead.")
        s.ask("Where does {A} buy bread?", "old")
    elif kind == "work":
        s.a("[Of course|Sure]. {C} has worked there since {day}. We [all |]live on {cake} now.")
        s.b("[Lucky you|I envy you]. I paid {price} for [one|that]. Could {heC}...?")
        s.a("[Come at|Be there at] {time}. They sell the rest at half price[ then|, {heC} says].")
        s.correct("A", "time", keep=0.6, fact=True)
        s.tell("{C} works for the new baker and brings home {cake}.")
        s.tell("{A} advises {B} to go there at {time}, when things cost half as much.")
        s.ask("When should {B} go to the baker?", "time")
    else:
        s.a("[I was there|I went] on {day}, [but|and] it was closed. [Never again!|Typical!]")
        s.b("[They had a wedding|The baker got married], {C} says. And the {cake} is [great|good]!")
        s.a("[Oh, that's different|That's an excuse]. [I'll go|I'll try it] tomorrow.")
        s.tell("The baker on {street} was closed on {day} because of a wedding.")
        s.tell("{B} persuades {A} to try again, praising the {cake}.")
        s.ask("What does {B} praise?", "cake")
    s.ask("In which street is the new baker?", "street")


def sandbag_line(s: Tale) -> None:
    s.let(street="street", time="clock:evening", n="digits:30-90", place="place")
    s.put(water="river|creek|canal|stream|lake|millpond")
    s.person("C")
    s.a("The {water} is rising! We need everybody with sandbags on {street} by {time}{vB}.")
    s.correct("A", "time", keep=0.7)
    kind = s.choose("truck", "over", "back")
    if kind == "truck":
        s.b("I've got {n} bags[ in the barn|], but [no sand|not a grain of sand].")
        s.a("[Bring them|Good enough]. {C} has a truck full [of it |]at the {place}.")
        s.tell("{B}'s {n} empty sandbags can be filled from {C}'s truck at the {place}.")
        s.ask("How many bags does {B} have?", "n")
        s.ask("Who has the sand?", "C")
    elif kind == "over":
        s.b("[Haven't you heard|Really]? It's falling[ again|]. {C} measured it at the {place}.")
        s.a("[Thank heavens|What luck]! [And I've woken {n} people.|I rang {n} doors!]")
        s.tell("{A} wanted to protect {street} from the {water}, but the water is falling again.")
        s.tell("{C} measured it at the {place}.")
        s.ask("Who measured the water?", "C")
    else:
        s.b("[My back hurts|I can't lift a thing]. [But |]I could make soup for {n}[ people|].")
        s.a("[We'll need that|Perfect], the {place} has a stove. {C} will let you in.")
        s.tell("Instead of carrying sandbags to {street}, {B} will cook for {n} at the {place}.")
        s.ask("For how many people is the soup?", "n")
    s.ask("Which street has to be protected?", "street")


def street_musician(s: Tale) -> None:
    s.let(time="clock:afternoon", date="date", song="title", price="price:3-15", subject="subject")
    s.put(place="library|school|university|town hall|college|music school|academy")
    s.put(box="accordion|saxophone|barrel organ|trumpet|bagpipes|drums|trombone")
    s.a("[Could you stop the {box}?|Please stop the {box}.] There's an exam at the {place}.")
    kind = s.choose("permit", "song")
    if kind == "permit":
        s.b("[But I|I] have a permit[, look|]: outside the {place}, until {date}.")
        s.a("[I see|Good], but {subject} is hard enough. [Please|I beg you,] wait until {time}.")
        s.correct("A", "time", keep=0.6)
        s.b("[For {subject}, yes|I failed that once, so yes]. [I'm hungry anyway.|]")
        s.tell("{B} has a permit for the {box} until {date} but will be silent until {time}.")
        s.tell("There is an exam in {subject} at the {place}.")
        s.ask("Until when will {B} be silent?", "time")
    else:
        s.b("[One last song|Just one more]! {price}, and you choose[ it|].")
        s.a("[You're clever|That's blackmail]! [Well|All right], {song}, but [softly|very softly].")
        s.correct("A", "song", keep=0.6)
        s.tell("{A} wants silence for an exam, but pays {B} {price} for {song} on the {box}.")
        s.ask("What will {B} play?", "song")
    s.ask("Which instrument does {B} play?", "box")
    s.ask("Where is the exam?", "place")


def memorial_bench(s: Tale) -> None:
    s.let(spot="sight", price="price:400-900", less="price:60-190", n="number:3-9")
    s.put(habit="feed the pigeons|do crosswords|eat ice cream|read the paper|draw people|knit")
    s.person("C")
    s.b("I'd like to give [the town|you] a bench in memory of my [old |]teacher {C}.")
    s.a("[How lovely|That's generous]. [Where should it stand?|And where?]")
    s.b("[By|Near] the {spot}, where {heC} used to {habit}.")
    kind = s.choose("price", "text")
    if kind == "price":
        s.a("[Benches are|A bench is] {price}, with the plate.")
        s.b("[Oh, I can't afford that|That's too much]. [What else is there|Anything smaller]?")
        s.a("[A tree is only {less}|We plant a tree for {less}].")
        s.correct("A", "less", keep=0.7, fact=True)
        s.tell("{B} would like to donate a bench for {C}, but {price} is too much.")
        s.tell("{A} proposes a tree for {less}.")
        s.ask("How much is a tree?", "less")
    else:
        s.a("[What's to be on|And the text on] the plate? [We allow|You have] {n} words.")
        s.b("[Only {n}|No more]? I've written a poem. [Then just|So only] {hisC} name[, please|].")
        s.tell("{B} donates a bench by the {spot}, where {C} used to {habit}.")
        s.tell("A poem is too long for the plate, so just {C}'s name will be on it.")
        s.ask("How many words are allowed?", "n")
    s.ask("In memory of whom is the bench?", "C")


def bell_silence(s: Tale) -> None:
    s.let(day="day", t="length:minutes", date="date", city="city", n="digits:13-90")
    s.put(time="4:00|4:20|4:45|5:00|5:10|5:30|5:45", later="8:00|8:15|8:30|9:00|9:30|10:00")
    s.person("C")
    s.a("[You ring|Do you ring] the church bells{vB}? [I woke|We all woke up] at {time}!")
    kind = s.choose("broken", "practice", "keep")
    if kind == "broken":
        s.b("[Not me|They're automatic], the computer is broken. {C} will mend it on {date}.")
        s.correct("B", "date", keep=0.7, fact=True)
        s.a("[So long|Not before]? [Pull the plug!|Then I'll buy earplugs.]")
        s.tell("A fault makes the bells ring at {time}, and {C} won't repair it before {date}.")
        s.ask("When will {C} repair it?", "date")
    elif kind == "practice":
        s.b("[I practice|We practice] for the contest in {city}. [It's|I need] {t} a day.")
        s.a("[Can't you|Why not] begin at {later}? [People need sleep.|I work nights.]")
        s.b("[I have to be|I'm] at work then. But I could [tie cloth around|muffle] them.")
        s.tell("{A} wants the bells to be rung at {later} and not at {time}.")
        s.tell("{B}, who practices for a contest in {city}, offers to muffle them.")
        s.ask("Where is the contest?", "city")
    else:
        s.b("[They've rung like that|They've done so] for {n} years. [You're new, aren't you?|]")
        s.a("[I moved here on {day}|Since {day}]. [Can I complain|Who decides that]?")
        s.b("Ask {C}, [the|our] mayor. [But {heC} loves them.|{heC} lives next door to them.]")
        s.tell("The bells have rung at {time} for {n} years. To complain, {A} has to see {C}.")
        s.ask("Who is the mayor?", "C")
    s.ask("When did the bells wake {A}?", "time")


def hall_clash(s: Tale) -> None:
    s.let(day="day", other="day", time="clock:evening", sport="sport", event="event", place="venue")
    s.put(half="left half|right half|stage|gallery|back half|front half")
    s.person("C")
    s.a("[Who let you in|What are all these chairs for]? We have the hall for {sport} on {day}s.")
    s.b("[But we|We] have it for our {event} tonight. {C} [promised it to us|gave me the key].")
    kind = s.choose("share", "mistake", "leave")
    if kind == "share":
        s.a("[Could we share it?|Let's share it.] We [only|just] need the {half}.")
        s.b("[All right|Fine], but [you must|please] stop at {time}, when we start.")
        s.correct("B", "time", keep=0.6)
        s.tell("{A}'s {sport} group may use the {half} until {time}, when {B}'s {event} begins.")
        s.ask("When does the {event} start?", "time")
    elif kind == "mistake":
        s.a("[In writing|Have you got a note]? [May I see?|Show me.] Look, this says {other}!")
        s.b("[Oh no|Oh, how stupid]. [I'm so sorry.|We'll clear it at once.]")
        s.tell("{B} has come for the {event} on the wrong day: it is on {other} instead of {day}.")
        s.ask("On which day is the {event}?", "other")
    else:
        s.a("[That's {C} all over|{C} forgets everything]! [And where|Where] do we play now?")
        s.b("[Ask at|Try] the {place}[, they're free until {time}|. It's empty until {time}].")
        s.a("[No way|Too far]. [We'll|Then we'll] go home[ for today|], but {C} pays the drinks!")
        s.tell("{C} gave the hall to {B} for the {event}, although {A} has it for {sport}.")
        s.tell("{A} doesn't want to go to the {place} and gives up for today.")
    s.ask("Who let {B} have the hall?", "C")


VILLAGE = (
    crosswalk_petition,
    street_party_cars,
    charity_laps,
    wrong_bin,
    cat_poster_call,
    broken_swing,
    brigade_victim,
    book_club_vote,
    missing_drummer,
    house_watch,
    new_baker,
    sandbag_line,
    street_musician,
    memorial_bench,
    bell_silence,
    hall_clash,
)
