"""Single statements for pretraining: fields with their kinds, and sentences that use them all."""

FORMS: list[tuple[dict[str, str], tuple[str, ...]]] = [
    (
        {"who": "person", "from": "city", "to": "city", "day": "day"},
        (
            "{who} sails from {from} to {to} on {day}.",
            "On {day} {who} leaves {from} by ship to reach {to}.",
            "{who}, who comes from {from}, arrives in {to} on {day}.",
        ),
    ),
    (
        {"winner": "person", "second": "person", "time": "clock", "place": "city"},
        (
            "{winner} wins the race in {place} at {time}, ahead of {second}.",
            "{second} comes second behind {winner} in {place} at {time}.",
            "In {place}, {winner} beats {second} at {time}.",
        ),
    ),
    (
        {"king": "person", "land": "country", "years": "digits:2-60", "heir": "person"},
        (
            "{king} rules {land} for {years} years, and then {heir} follows.",
            "After {years} years, {heir} takes the throne of {land} from {king}.",
            "{heir} becomes the ruler of {land}, because {king} leaves after {years} years.",
        ),
    ),
    (
        {"farmer": "person", "animal": "animal", "name": "pet", "price": "price:20-900"},
        (
            "{farmer} has a {animal} called {name}, which is worth {price}.",
            "{name}, a {animal}, belongs to {farmer} and is worth {price}.",
            "Somebody offers {farmer} {price} for the {animal} {name}, but {he_farmer} says no.",
        ),
    ),
    (
        {"writer": "person", "book": "title", "city": "city", "date": "date"},
        (
            "{writer} finishes {book} in {city} on {date}.",
            "The book {book} by {writer} appears in {city} on {date}.",
            "On {date}, {writer} reads from {book} in {city}.",
        ),
    ),
    (
        {"sender": "person", "receiver": "person", "thing": "thing", "color": "color"},
        (
            "{sender} sends {receiver} a {color} {thing}.",
            "{receiver} gets a {color} {thing} from {sender}.",
            "{sender} has a {color} {thing}, which {he_sender} gives to {receiver}.",
        ),
    ),
    (
        {"guard": "surname", "castle": "city", "thing": "gift", "time": "clock:evening"},
        (
            "Guard {guard} finds a {thing} in the castle of {castle} at {time}.",
            "At {time}, {guard} brings a {thing} to the castle of {castle}.",
            "A {thing} disappears in {castle} at {time}, although {guard} is on watch.",
        ),
    ),
    (
        {"firm": "company", "product": "appliance", "count": "digits:11-990", "city": "city"},
        (
            "{firm} builds {count} pieces of a new {product} in {city}.",
            "In {city}, {firm} sells a {product} {count} times.",
            "The factory of {firm} in {city} makes {count} pieces of the {product} a day.",
        ),
    ),
    (
        {"captain": "person", "ship": "title", "crew": "number:3-40", "island": "city"},
        (
            "Captain {captain} steers {ship} with {crew} sailors to {island}.",
            "{ship} lands at {island}: {captain} and {crew} sailors go ashore.",
            "{captain} needs {crew} sailors, because {ship} has to reach {island}.",
        ),
    ),
    (
        {"judge": "surname", "thief": "person", "thing": "gift", "fine": "price:20-900"},
        (
            "Judge {judge} makes {thief} pay {fine} for the stolen {thing}.",
            "{thief} took a {thing}, so judge {judge} asks for {fine}.",
            "{thief} must pay {fine} to judge {judge}, although {he_thief} returned the {thing}.",
        ),
    ),
    (
        {"singer": "person", "drummer": "person", "band": "restaurant", "date": "date"},
        (
            "{singer} sings and {drummer} plays the drums in {band} on {date}.",
            "The band {band} with {singer} and {drummer} plays on {date}.",
            "{drummer} leaves {band} on {date} after a fight with {singer}.",
        ),
    ),
    (
        {"pilot": "person", "flight": "flight", "from": "city", "delay": "length:minutes"},
        (
            "{pilot} lands flight {flight} from {from} with a delay of {delay}.",
            "Flight {flight} leaves {from} {delay} late, as {pilot} is stuck.",
            "{pilot}, the pilot of {flight}, waits {delay} in {from}.",
        ),
    ),
    (
        {"town": "city", "street": "street", "year": "digits:1200-1990", "builder": "surname"},
        (
            "The tower on {street} in {town} was built by {builder} in {year}.",
            "{builder} built a tower in {town} in {year}; it stands on {street}.",
            "In {year}, {builder} gave {town} a tower on {street}.",
        ),
    ),
    (
        {"mother": "person", "child": "person", "age": "digits:2-19", "hobby": "hobby"},
        (
            "{mother} has a child, {child}, who is {age} and likes {hobby}.",
            "{child} is {age} years old and loves {hobby}, just like {mother}.",
            "{mother} does not like {hobby}, but {child}, who is {age}, does.",
        ),
    ),
    (
        {"agent": "surname", "code": "code", "city": "city", "day": "day", "contact": "person"},
        (
            "Agent {agent} takes the letter {code} to {city} and meets {contact} on {day}.",
            "On {day}, {contact} waits in {city} for {agent} with the letter {code}.",
            "{contact} gives {agent} the number {code} in {city} on {day}.",
        ),
    ),
    (
        {"cook": "person", "dish": "dish", "guests": "digits:3-90", "helper": "person"},
        (
            "{cook} and {helper} make {dish} for {guests} knights.",
            "{guests} knights eat {dish} by {cook}, while {helper} sleeps.",
            "{helper} burns the {dish} for {guests} knights, and {cook} is angry.",
        ),
    ),
    (
        {
            "one": "person",
            "two": "person",
            "sport": "sport",
            "score": "number:2-9",
            "land": "country",
        },
        (
            "{one} scores {score} times against {two} in the {sport} final in {land}.",
            "In {land}, {two} loses the {sport} final to {one} by {score} points.",
            "{one} and {two} meet in {land} to play {sport}, and {one} gets {score} points.",
        ),
    ),
    (
        {"doctor": "surname", "village": "city", "people": "digits:12-990", "phone": "phone"},
        (
            "In {village}, {people} people call {phone} when they need {doctor}.",
            "{doctor} lives in {village} with {people} people and can be reached at {phone}.",
            "The {people} people of {village} remember {phone}, the number of {doctor}.",
        ),
    ),
]
