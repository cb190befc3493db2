"""Scenarios at a counter or a help line: complaints, refunds, repairs."""

from tools.tiny.grammar import Scenario, Story
from tools.tiny.scenarios.common import office, thank


def wrong_delivery(s: Story) -> None:
    s.let(got="appliance", wanted="appliance", code="code", day="day", price="price:5-40")
    s.b("[Customer service|Good morning, customer service|Hello], [how can I help|what can I do]?")
    s.a(
        "I ordered a {wanted}, but [you sent me|I received|the box contained] a {got}.",
        "[There is a mistake in my order|My order is wrong]. I got a {got} instead of a {wanted}.",
    )
    s.b("[I'm sorry about that|I apologize]. [What is the order number|Your order number, please]?")
    s.a("{code}.", "It's {code}.", "[One moment|Let me look]. {code}.")
    s.correct("A", "code", keep=0.65, fact=True)
    office(s, "B", 0.45)
    if s.maybe(0.6):
        s.b("[Thank you|I see it]. We'll [send|deliver] the {wanted} on {day}[, free of charge|].")
        s.a("[And the other one|What about the {got}]?")
        s.b("[You can keep it|The driver will take it back|Please send it back to us].")
        s.sum(
            "{A} complains that a {got} came instead of a {wanted}. {B} will deliver the right "
            "one on {day}.",
            "{A} received a {got} by mistake, and {B} promises to send the {wanted} on {day}.",
            "Order {code} was wrong, so {B} will bring {A} the {wanted} on {day}.",
        )
    else:
        s.b("The {wanted} is [sold out|no longer available], [I'm afraid|unfortunately].")
        s.a("[Then I want my money back|Then please refund me].")
        s.b("[Of course|Certainly]. You get it back by {day}, and a voucher for {price}.")
        s.sum(
            "{A} got a {got} instead of a {wanted}. As it is sold out, {B} will refund {A} and "
            "give {himA} a voucher for {price}.",
            "{B} can't send the {wanted} that {A} ordered, so {A} gets the money back by {day}.",
        )
    thank(s, "A", 0.4)


def restaurant_complaint(s: Story) -> None:
    s.let(dish="dish", other="dish", wait="length:minutes")
    s.put(problem="cold|too salty|burnt|not done inside|far too spicy|tasteless")
    s.a(
        "[Excuse me|Sorry|Waiter]. [This {dish} is|I'm afraid the {dish} is] {problem}.",
        "[Excuse me|Hello], [I've waited {wait}|it took {wait}], and now the {dish} is {problem}.",
    )
    s.b(
        "[I'm terribly sorry|Oh, I apologize|I'm so sorry]. [Shall I bring you a new one|A new "
        "one]?"
    )
    kind = s.choose("other", "free", "leave")
    if kind == "other":
        s.a("[No, thanks|Rather not]. [Can I have the {other} instead?|I'd prefer the {other}.]")
        s.b("[Certainly|Of course]. [It won't take long|It takes {wait}|I'll tell the kitchen].")
        s.sum(
            "{A} sends back the {dish} because it is {problem} and orders the {other} instead.",
            "{A} complains that the {dish} is {problem}. {B} will bring the {other}.",
        )
    elif kind == "free":
        s.a(
            "[Yes, please|All right], but [quickly|please hurry]. [I have to leave soon|I'm "
            "hungry]."
        )
        s.b(
            "[It'll be ready in {wait}|Give us {wait}], and [you don't have to pay|it's on the "
            "house]."
        )
        s.a("[That's fair|Thank you|That's kind].")
        s.sum(
            "The {dish} is {problem}, so {B} offers {A} a new one for free in {wait}.",
            "{A} is unhappy with the {dish}. {B} apologizes and replaces it within {wait} at no "
            "charge.",
        )
    else:
        s.a(
            "[No, I'd rather leave|No, I've lost my appetite]. [Just the bill for the drinks, "
            "please.|]"
        )
        s.b(
            "[The drinks are free|You don't have to pay anything]. [I hope you come back|Sorry "
            "again]."
        )
        s.sum(
            "{A} leaves without eating because the {dish} is {problem}, and {B} charges nothing.",
            "{A} finds the {dish} {problem} and goes. {B} apologizes and doesn't ask for money.",
        )


def return_item(s: Story) -> None:
    s.let(item="clothing", color="color", other="color", price="price:15-180", day="day")
    s.put(why="too small|too big|too long|torn|stained|scratchy")
    s.a(
        "[I'd like to return|I want to give back] this {color} {item}. It's {why}.",
        "[Hello|Hi], I [bought|got] this {color} {item} on {day}, but it's {why}.",
    )
    s.b("[Do you have|May I see] the receipt[, please|]?")
    receipt = s.maybe(0.65)
    if receipt:
        s.a("[Here it is|Yes, here you are]. [I paid|It was] {price}.")
        s.b("[Would you like another one or the money back|Do you want a new one or a refund]?")
        if s.maybe(0.5):
            s.a("[The money, please|I'd prefer the money].")
            s.b("[Fine|All right]. [Here is|You get] {price} back.")
            s.sum(
                "{A} returns a {color} {item} because it is {why} and gets {price} back.",
                "As the {color} {item} is {why}, {B} refunds {A} {price}.",
            )
        else:
            s.a("[Another one|A different one][, please|]. Do you have it in {other}?")
            s.b("[Yes|We do], [here is one|this one should be right]. It costs the same.")
            s.a("[Lovely|Great|Perfect], I'll take that.")
            s.sum(
                "{A} exchanges a {color} {item} that is {why} for one in {other}.",
                "{A} brings back a {color} {item} and takes a {other} one instead.",
            )
    else:
        s.a("[No, I lost it|I threw it away|I can't find it]. [It was {price}.|]")
        s.b("[Then I can only offer|Without it, we only give] a voucher[, I'm afraid|].")
        s.a("[Better than nothing|All right, I'll take it|That's a shame, but okay].")
        s.sum(
            "{A} has no receipt for the {color} {item}, so {B} only gives a voucher.",
            "{A} wants to return a {color} {item} that is {why} but gets a voucher as the receipt "
            "is gone.",
        )
    thank(s, "A", 0.3)


def lost_card(s: Story) -> None:
    s.let(
        place="place", time="clock", digits="digits:1000-9999", days="length:days", fee="price:5-30"
    )
    s.b("[Card service|Bank hotline|Good day, your bank], [what can I do for you|how can I help]?")
    s.a(
        "I [lost|can't find] my [bank card|credit card]. [I last used it|I had it] at the {place}.",
        "My card was stolen [at|near] the {place}, [around|at about] {time}.",
    )
    s.b("[What are the last four digits|The last four numbers, please]?")
    s.a("{digits}.", "[I think they are|They are] {digits}.")
    s.correct("A", "digits", keep=0.6, fact=True)
    office(s, "B", 0.45)
    s.b("[Your card is blocked now|I've blocked it]. A new one [takes|arrives in] {days}.")
    s.a("[Does it cost anything|Is there a fee]?")
    if s.maybe():
        s.b("[Yes, {fee}|It's {fee}], [I'm afraid|I'm sorry to say].")
        s.sum(
            "{A} reports a card lost at the {place}. {B} blocks it and sends a new one in {days} "
            "for {fee}.",
            "{B} blocks the card ending in {digits}. {A} has to pay {fee} for a new one.",
        )
    else:
        s.b("[No, it's free|No, nothing at all].")
        s.sum(
            "{A} lost a bank card at the {place}, so {B} blocks it. A free new one comes in "
            "{days}.",
            "{B} blocks the card ending in {digits} that {A} lost and orders a new one at no cost.",
        )
    thank(s, "A", 0.5)


def internet_outage(s: Story) -> None:
    s.let(street="street", time="clock", day="day", number="digits:2-99")
    s.put(thing="internet|phone line|television|connection")
    s.a(
        "[Hello|Hi], my {thing} has been [dead|down] since {time}.",
        "[Good morning|Hello], I have no {thing} [since {time}|again]. It's very annoying.",
    )
    s.b("[Did you restart the box|Have you switched it off and on]?")
    s.a("[Three times|Of course], [nothing helps|it didn't help|without success].")
    s.b("[And your address|Where do you live]?")
    s.a("{number} {street}.", "At {number} {street}.")
    office(s, "B", 0.5)
    if s.maybe():
        s.b(
            "[A cable is broken there|They are digging there]. It [should work|will be fixed] by "
            "{day}."
        )
        s.a(
            "[By {day}? I work from home!|That long?] [Do I get money back?|Can you pay me "
            "something?]"
        )
        s.b("[You'll get one month free|We won't charge you this month].")
        s.sum(
            "The {thing} on {street} won't work until {day}, so {A} doesn't pay for a month.",
            "{A} complains about a dead {thing}. {B} says it will be repaired by {day} and offers "
            "a free month.",
        )
    else:
        s.b("I see no fault on {street}. I'll send [somebody|a technician] on {day}.")
        s.correct("B", "day", keep=0.55, fact=True)
        s.a("[At what time|When exactly]?")
        s.let(visit="clock")
        s.b("[Around|At about] {visit}.")
        s.sum(
            "{A} has had no {thing} since {time}. A technician will come to {street} on {day} at "
            "{visit}.",
            "{B} sends a technician to {number} {street} on {day} at {visit} as the {thing} is "
            "down.",
        )
    thank(s, "A", 0.3)


def hotel_room_complaint(s: Story) -> None:
    s.let(room="room", new="room", hotel="hotel")
    s.put(
        problem="the shower is cold|the window doesn't close|the neighbors are too loud|the bed "
        "is broken|the heating is off|there are ants|the lamp keeps blinking|it smells of smoke",
    )
    s.b("[Reception|Front desk|{hotel}], [good evening.|how can I help you?|what can I do?]")
    s.a("[This is|I'm in] room {room}, and {problem}.", "[Hello|Hi], {problem} in room {room}.")
    s.b("[I'm so sorry|Oh dear]. [Somebody can look at it in the morning|We can fix it tomorrow].")
    s.a("[That's too late|I can't sleep like this|Not tomorrow, now]. [I want another room.|]")
    office(s, "B", 0.4)
    if s.maybe(0.6):
        s.b(
            "[Then please move|You can move] to room {new}. [I'll bring you the key.|It's "
            "quieter.|]"
        )
        s.a("[Thank you|That's better|Finally, thanks].")
        s.sum(
            "{A} complains that {problem} in room {room}, so {B} gives {himA} room {new}.",
            "Because {problem}, {A} moves from room {room} to room {new}.",
        )
    else:
        s.let(price="price:20-90")
        s.b(
            "[We are full|There is none left], but [I can take {price} off|we'll give you {price} "
            "back]."
        )
        s.a("[Fine|All right|If that's all you can do], [I'll stay|I'll manage].")
        s.sum(
            "In room {room}, {problem}. No other room is free, so {A} gets {price} off.",
            "{A} stays in room {room} although {problem}, because {B} takes {price} off the bill.",
        )


def appliance_repair(s: Story) -> None:
    s.let(item="appliance", price="price:20-120", new="price:130-400", day="day", name="surname")
    s.put(
        problem="makes a strange noise|won't switch on|smells burnt|stops after a minute|gets too "
        "hot"
    )
    s.a(
        "[Hello|Hi], my {item} {problem}. [Can you repair it?|Can you have a look?]",
        "[I've brought my {item}|This is my {item}]. It {problem}.",
    )
    s.b(
        "[Let me see|Hmm]. [It's a cable|It's the switch|A part is broken]. [It costs|That'll be] "
        "{price}."
    )
    if s.maybe(0.3):
        s.a("[So much|That much]? [A new one is {new}|I could buy a new one for {new}].")
        s.b("[It would last for years|It's a good one, believe me].")
    if s.maybe(0.65):
        s.a("[All right|Okay|Fine], [please repair it|go ahead]. When is it ready?")
        s.b("On {day}. [What's your name|And the name]?")
        s.a("{name}.", "It's {name}.")
        changed = s.correct("B", "day", "on {day}", keep=0.55, fact=True)
        s.sum(
            "{A} has a {item} repaired because it {problem}. It costs {price} and will be ready "
            "on {day}.",
            "{B} will repair the {item} for {price} by {day}.",
        )
        if changed and s.maybe():
            s.sum("{B} had first said {old_day}.")
    else:
        s.a("[No, thanks|Then no]. I'd rather [buy a new one|do without it].")
        s.b("[As you like|I understand]. [I can throw it away for you.|]")
        s.sum(
            "{A} brings a {item} that {problem} but doesn't want to pay {price} for the repair.",
            "As the repair would cost {price}, {A} gives up on the {item}.",
        )
    thank(s, "A", 0.3)


def parcel_redelivery(s: Story) -> None:
    s.let(code="code", day="day", place="place", street="street")
    s.person("N")
    s.a(
        "[Hello|Hi], I missed [my parcel|your driver|a delivery] [this morning|today]. It's "
        "{code}.",
        "[Good morning|Hello]. Parcel {code} never arrived[, and I was at home all day|].",
    )
    office(s, "B", 0.5)
    kind = s.choose("again", "again", "shop", "neighbor")
    if kind == "again":
        s.b("[We can bring it|The driver can come] again on {day}. [Is that all right|Okay]?")
        moved = s.maybe(0.45)
        if moved:
            s.redraw("day")
            s.a(
                "[On {old_day} I'm away|Not {old_day}, please]. [Can you come on {day}|What about "
                "{day}]?"
            )
            s.b("[Yes, of course|Sure], {day} is [fine|possible].")
        else:
            s.a("[Yes|Perfect|That's fine], [somebody will be here|I'll stay at home].")
        s.sum(
            "{A} didn't get parcel {code}, and {B} will bring it to {himA} on {day}.",
            "{B} arranges for parcel {code} to be delivered on {day}.",
        )
        if moved:
            s.sum("{A} can't be there on {old_day}.", "{A} is away on {old_day}.")
    elif kind == "shop":
        s.b("It's [waiting|lying] at the {place}. [They keep it|You can get it] until {day}.")
        s.a("[I can't walk that far|But that's miles away]. [Well, my friend|Maybe] {N} has a car.")
        s.b("[{N} needs|Then {heN} needs] your passport and the number.")
        s.sum(
            "Parcel {code} is at the {place} until {day}, and {N} may pick it up for {A}.",
            "{A} wants {N} to get the parcel from the {place} by {day}.",
        )
    else:
        s.b("[It says here|I see] that {N} [signed for it|took it], at {street}.")
        s.a("[Ah, my neighbor|Oh, that's my neighbor]! [Why didn't I think of it|I'll go and ask].")
        s.sum(
            "{A} asks about parcel {code} and learns that {N}, a neighbor, took it.",
            "{B} finds out that {N} on {street} has parcel {code}, so {A} will ask there.",
        )
    thank(s, "A", 0.4)


SCENARIOS: list[Scenario] = [
    wrong_delivery,
    restaurant_complaint,
    return_item,
    lost_card,
    internet_outage,
    hotel_room_complaint,
    appliance_repair,
    parcel_redelivery,
]
