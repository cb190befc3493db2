"""Radio, stage, court and mountains: talk that is told in short separate statements."""

from tools.tiny.tales.tale import Tale


def ship_radio(s: Tale) -> None:
    s.let(ship="title", port="city", time="clock", n="number:3-40", other="city")
    s.a("[Harbor|Coast guard], this is the ship {ship}. [We have|There are] {n} people on board.")
    s.b("[I hear you|Go ahead], {ship}. [Where do you come from|What is your last port]?")
    s.a(
        "[From {other}|We left {other}]. We [need to reach|are going to] {port} [by|before] {time}."
    )
    if s.maybe(0.4):
        s.redraw("time")
        s.b("[The tide is low|There is fog]. [Wait|You can enter] until {time}.")
        s.a("[Understood|All right], {time}.")
        s.ask("[When|At what time] can the ship enter?", "time")
    else:
        s.b("[The way is free|You may enter]. [Good trip.|Keep to the left.]")
        s.ask("[By when|When] does the ship want to be in {port}?", "time")
    s.tell(
        "The ship {ship} sails from {other} to {port}.", "{A} is on the way from {other} to {port}."
    )
    s.tell("{A} has {n} people on board.", "There are {n} people on the ship {ship}.")
    s.ask("Where does the ship come from?", "other")
    s.ask("[Where is the ship going|Which port is the goal]?", "port")
    s.ask("How many people are on board?", "n")


def witness(s: Tale) -> None:
    s.let(thing="gift", street="street", time="clock:evening", color="color", cloth="clothing")
    s.person("C")
    s.b("[Inspector here|Police]. [What did you see|Tell me what you saw] on {street}[?|, please.]")
    s.a("[At|Around] {time}, [somebody|a man] in a {color} {cloth} ran out with a {thing}.")
    s.b("[Was he alone|Did you know him]?")
    s.a("[It looked like|I think it was] {C}. [But it was dark.|I'm not sure.|]")
    if s.maybe(0.4):
        s.b("{C} [was in prison then|was at home]. [Think again|Are you sure about the time]?")
        s.redraw("time")
        s.a("[Perhaps it was|Then it must have been] {time}.")
    s.tell("{A} saw somebody in a {color} {cloth} on {street}.")
    s.tell("{A} thinks that {C} took the {thing}.", "The thief with the {thing} looked like {C}.")
    s.ask("What was stolen?", "thing")
    s.ask("[Who|Whom] does {A} suspect?", "C")
    s.ask("Where did it happen?", "street")
    s.ask("When was it, in the end?", "time")
    s.ask("What color was the {cloth}?", "color")


def line_up(s: Tale) -> None:
    s.let(sport="sport", city="city", n="number:2-30", m="number:2-30", minutes="length:minutes")
    s.person("C")
    s.person("D")
    s.b("[Coach|Trainer], who plays against {city}?")
    s.a("{C} [in front|on the left], with number {n}. {D} [stays on the bench|comes later].")
    if s.maybe(0.4):
        s.redraw("n")
        s.b("{C} [lost that shirt|never wears {old_n}]!")
        s.a("Then [number |]{n}.")
    s.b("[And me|What about me]?")
    s.a("[You start|You play] after {minutes}, [instead of|for] {D}.")
    s.tell("{C} plays against {city} with number {n}.")
    s.tell("{B} comes in for {D} after {minutes}.")
    s.ask("Who starts?", "C")
    s.ask("Which number does {C} wear?", "n")
    s.ask("Which town do they play against?", "city")
    s.ask("Who will leave the field for {B}?", "D")
    s.ask("After how long does {B} play?", "minutes")


def space_crew(s: Tale) -> None:
    s.let(planet="city", n="digits:11-990", part="appliance", room="room", time="clock")
    s.person("C")
    s.a("[Captain|Commander], the {part} [is broken|has failed]. We are {n} miles from {planet}.")
    s.b("[Can {C} repair it|Where is {C}]?")
    s.a("{C} [is asleep|is outside] until {time}[, in cabin {room}|].")
    if s.maybe():
        s.b("[Wake {himC}|Call {himC}] now. [I don't want to miss {planet}.|That's an order.]")
        s.tell("{B} orders {A} to wake {C}.", "{C} has to come at once because of the {part}.")
    else:
        s.b("[Let {himC} rest|Then we wait]. [Slow down|Turn off the engine] until {time}.")
        s.tell("{B} decides to wait for {C} until {time}.", "They wait until {time} for {C}.")
    s.tell("The {part} fails on the way to {planet}.")
    s.ask("What is broken?", "part")
    s.ask("How many miles is it to {planet}?", "n")
    s.ask("Who could repair it?", "C")
    s.ask("Where are they flying to?", "planet")


def theater_cast(s: Tale) -> None:
    s.let(play="title", day="day", animal="animal", date="date", city="city")
    s.person("C", "male")
    s.person("D", "female")
    s.a("[Who plays|Who gets to be] the king in {play}?")
    s.b("{C}. {D} [is the queen|wears the crown of the queen].")
    if s.maybe(0.4):
        s.a("{C} [broke a leg|has left for {city}]!")
        s.person("C", "male")
        s.b("[Then|So] {C} is the king.")
    s.a(
        "And I [am the {animal} again|have to be the {animal}], I suppose. [When do we open?|When "
        "is it?]"
    )
    s.b("[On|We open on] {date}, [a|it's a] {day}.")
    s.tell("{C} will be the king and {D} the queen in {play}.")
    s.tell("{A} has to play the {animal}.")
    s.tell("The play opens on {day}, {date}.")
    s.ask("Who is the king now?", "C")
    s.ask("Who is the queen?", "D")
    s.ask("What is the name of the play?", "play")
    s.ask("On which date do they open?", "date")
    s.ask("What does {A} play?", "animal")


def zoo_feeding(s: Tale) -> None:
    s.let(
        one="pet", two="pet", food="grocery", other="grocery", time="clock:morning", n="number:2-30"
    )
    s.put(beast="bear|tiger|giraffe|seal|elephant|monkey|camel|penguin|zebra|lion")
    s.a("[What does|How much does] the {beast} {one} [eat|get]?")
    s.b("{n} pounds of {food}, at {time}.")
    if s.maybe(0.4):
        s.a("{one} [threw it back|didn't touch it] yesterday.")
        s.b("Then [try|give] {other}.")
        s.tell("{one} gets {other} now instead of {food}.")
        s.ask("What should {one} eat now?", "other")
    else:
        s.a("[And|And what about] {two}?")
        s.b("{two} [only likes|gets] {other}.")
        s.tell("{one} eats {food}, but {two} gets {other}.")
        s.ask("What does {two} eat?", "other")
        s.ask("What does {one} eat?", "food")
    s.tell("The {beast} is fed at {time}.")
    s.ask("When is {one} fed?", "time")
    s.ask("How many pounds does {one} get?", "n")
    s.ask("What is the name of the {beast}?", "one")


def treasure_map(s: Tale) -> None:
    s.let(n="number:12-90", m="number:2-11", thing="thing", gift="gift", island="city")
    s.person("C")
    s.put(mark="palm tree|well|black rock|ruin|wreck|cave", way="north|south|east|west")
    s.a("[The map says|It says here]: {n} steps {way} of the {mark}[, on {island}|].")
    s.b("[And|Then] {m} feet down. [Did {C} draw it|Is it by {C}]?")
    s.a("Yes, [old |Captain |]{C}. [There is|{heC} hid] a {gift} in it.")
    if s.maybe(0.4):
        s.redraw("n")
        s.b("[Turn it around|You hold it wrong]. It's {n} steps.")
        s.a("[Oh|Right], {n}. [Bring the {thing}.|We need the {thing}.]")
    else:
        s.b("[Where is the {thing}?|I'll bring the {thing}.]")
    s.tell("The {gift} is {n} steps {way} of the {mark}.")
    s.tell("{C} drew the map and hid a {gift}.")
    s.ask("How many steps is it?", "n")
    s.ask("How deep is it, in feet?", "m")
    s.ask("Who drew the map?", "C")
    s.ask("What is hidden there?", "gift")
    s.ask("Where do they have to start?", "mark")


def election(s: Tale) -> None:
    s.let(n="digits:101-990", m="digits:11-99", place="venue", city="city", day="day")
    s.person("C")
    s.person("D")
    s.a("[How many votes|What result] does {C} have in {city}?")
    s.b("{n}. {D} has {m}[, so far|].")
    if s.maybe(0.4):
        s.redraw("m")
        s.a("The {place} [is missing|still counts].")
        s.b("[With it|Then], {D} gets to {m}.")
    s.a("[So {C} will be mayor|Then {C} has won]. [When is the speech?|When do we know for sure?]")
    s.b("[On|By] {day}[, at the {place}|].")
    s.tell("{C} wins the election in {city} with {n} votes.", "{C} has more votes than {D}.")
    s.tell("{D} gets {m} votes.")
    s.ask("How many votes does {D} have in the end?", "m")
    s.ask("How many votes does {C} have?", "n")
    s.ask("Who becomes mayor?", "C")
    s.ask("Who loses?", "D")
    s.ask("Where do they vote?", "city")


def quiz_show(s: Tale) -> None:
    s.let(right="country", wrong="country", price="price:100-9000", city="city", topic="topic")
    s.b(
        "[Welcome|Our next guest], from {city}! For {price}: which country [is known for|leads in] "
        "{topic}?"
    )
    s.a("[Is it|I'd say] {wrong}[?|.] [My aunt lives there.|]")
    s.b("[Are you sure|Do you want to think again]?")
    s.a("[Then|No, then] {right}. [That's my answer.|]")
    if s.maybe():
        s.b("[Correct|Yes]! You win {price}!")
        s.tell("{A} wins {price} with the answer {right}.")
    else:
        s.b("[No|Wrong]! It was {wrong}. [The {price} are lost.|]")
        s.tell("{A} loses {price} by giving up {wrong}.")
    s.tell("{A} first says {wrong}, then {right}.")
    s.ask("What is {A}'s last answer?", "right")
    s.ask("What did {A} say first?", "wrong")
    s.ask("How much money is it about?", "price")
    s.ask("Where is {A} from?", "city")
    s.ask("What is the question about?", "topic")


def weather_post(s: Tale) -> None:
    s.let(n="digits:2-39", m="number:2-12", city="city", other="city", time="clock", day="day")
    s.put(what="snow|rain|hail|fog|storm|frost", wind="north|south|east|west")
    s.a("[Station|Post] {city} here. We have {what} and {n} degrees.")
    s.b("[From where does the wind blow|And the wind]?")
    s.a("From the {wind}, [force|strength] {m}. [It should reach|It moves to] {other} on {day}.")
    s.correct("A", "day", keep=0.6, fact=True)
    s.b("[I'll warn them|Thanks, I'll tell {other}]. [Report again|Call again] at {time}.")
    s.tell("There is {what} in {city}, at {n} degrees.")
    s.tell("The {what} will come to {other} on {day}.")
    s.ask("How many degrees does {city} have?", "n")
    s.ask("Which town will be reached on {day}?", "other")
    s.ask("When should {A} report again?", "time")
    s.ask("How strong is the wind?", "m")


def film_set(s: Tale) -> None:
    s.let(
        scene="digits:2-99",
        time="clock",
        animal="animal",
        hat="clothing",
        color="color",
        minutes="length",
    )
    s.person("C")
    s.b("[Silence|Quiet, please]! Scene {scene}. Where is {C}?")
    s.a("{C} [can't find|is looking for] the {color} {hat}.")
    s.b("[Take|Then take] [another one|a different one]. And the {animal}?")
    s.a("[The {animal}|It] [has run away|bit {C}]. [It will take|We need] {minutes}.")
    if s.maybe(0.5):
        s.redraw("scene")
        s.b("[Then we shoot|Then let's do] scene {scene} first.")
        s.tell("They shoot scene {scene} before scene {old_scene}.")
    else:
        s.b("[Break|A break for everybody] until {time}.")
        s.tell("There is a break until {time}.")
        s.ask("Until when is the break?", "time")
    s.tell("{C} does not have the {color} {hat}.")
    s.ask("Who is not ready?", "C")
    s.ask("Which scene do they shoot?", "scene")
    s.ask("What color is the {hat}?", "color")
    s.ask("How long will it take?", "minutes")


def dig_site(s: Tale) -> None:
    s.let(
        thing="gift", n="number:2-30", field="digits:2-60", king="surname", city="city", date="date"
    )
    s.person("C")
    s.a("[Professor|Doctor], {C} [found|dug out] a {thing} in field {field}!")
    s.b("[How deep|At what depth]?")
    s.a("{n} feet. [There is a name on it|It says]: {king}.")
    s.b("[That can't be|Impossible]! {king} [lived in|ruled] {city}.")
    if s.maybe(0.4):
        s.redraw("field")
        s.a("[Sorry|I mixed that up], it was field {field}.")
        s.b("[I see|That's better].")
    s.a("[Shall we|Do we] stop [digging|]?")
    s.b("[No|Certainly not], [go on until|we have time until] {date}.")
    s.tell("{C} finds a {thing} in field {field}.")
    s.tell("The name {king} stands on the {thing}.", "{B} says that {king} lived in {city}.")
    s.ask("Who made the find?", "C")
    s.ask("What was found?", "thing")
    s.ask("In which field was it?", "field")
    s.ask("Which name is on it?", "king")
    s.ask("How deep was it, in feet?", "n")


def royal_court(s: Tale) -> None:
    s.let(gift="gift", land="country", n="digits:11-99", color="color", day="day", animal="animal")
    s.person("C")
    s.person("D")
    s.a("[Your Majesty|My queen], {C} of {land} [is here|asks for an audience].")
    s.b("[With how many knights|How many men]?")
    s.a("{n}[, all in {color}|]. {heC} brings a {gift}[ and a {animal}|].")
    s.b("[They came in peace last time, too|That's what they all say]. [Call|Wake] {D}!")
    if s.maybe():
        s.a("{D} [has gone hunting|is not back] until {day}.")
        s.tell("{D} is away until {day}.")
        s.ask("When will {D} be back?", "day")
    else:
        s.a("[At once|I'll run].")
        s.tell("{B} wants to see {D}.")
    s.tell("{C} comes from {land} with {n} knights and a {gift}.")
    s.ask("Who is the guest?", "C")
    s.ask("Which land does {C} come from?", "land")
    s.ask("What is the present?", "gift")
    s.ask("How many knights are there?", "n")
    s.ask("Whom does {B} call?", "D")


def mountain_rescue(s: Tale) -> None:
    s.let(
        n="number:2-9",
        hut="surname",
        time="clock",
        thing="thing",
        color="color",
        m="digits:101-2990",
    )
    s.person("C")
    s.a("[Help|Mountain rescue]? {C} [fell|is stuck] near the {hut} hut.")
    s.b("[How high are you|At what height]?")
    s.a("[About|Around] {m} feet. We are {n} people.")
    s.b("[Can you make yourself seen|Do you have something bright]?")
    s.a("[Only|Yes,] a {color} {thing}.")
    if s.maybe():
        s.b("[The helicopter starts|We start] at {time}. [Keep {himC} warm.|Stay there.]")
        s.tell("Help will start at {time}.")
        s.ask("When does help start?", "time")
    else:
        s.b("[It's too windy to fly|No flight today]. [We come on foot.|We walk up, be patient.]")
        s.tell("The helpers come on foot.")
    s.tell("{C} had an accident near the {hut} hut.")
    s.tell("They show a {color} {thing}.")
    s.ask("Who is hurt?", "C")
    s.ask("Near which hut are they?", "hut")
    s.ask("How many people are they?", "n")
    s.ask("At what height are they, in feet?", "m")


UNUSUAL = (
    ship_radio,
    witness,
    line_up,
    space_crew,
    theater_cast,
    zoo_feeding,
    treasure_map,
    election,
    quiz_show,
    weather_post,
    film_set,
    dig_site,
    royal_court,
    mountain_rescue,
)
