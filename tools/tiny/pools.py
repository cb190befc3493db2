"""Everything a slot can be filled with, apart from names of people and animals.

A pool is a list of strings of one type, so that any member fits any sentence that asks for that
type. Nouns are singular and without an article unless the comment says otherwise. Every fifth
member of a pool is held out: it occurs only in the test split (see `HELD_OUT_EVERY`).
"""

from tools.tiny.names import FEMALE, MALE, PETS, SURNAMES

HELD_OUT_EVERY = 5


def _phrases(text: str) -> list[str]:
    """Splits a comma-separated block into phrases."""
    return [" ".join(part.split()) for part in text.split(",") if part.strip()]


def _combine(first: str, second: str, step: int, pattern: str = "{} {}") -> list[str]:
    """Every `step`-th combination, in an order that mixes both lists."""
    one, two = _phrases(first), _phrases(second)
    pairs = [(a, two[(i + j) % len(two)]) for j in range(len(two)) for i, a in enumerate(one)]
    return [pattern.format(a, b) for a, b in pairs[::step]]


CITIES = _phrases("""
London, Paris, Berlin, Madrid, Rome, Vienna, Prague, Budapest, Warsaw, Lisbon, Dublin, Oslo,
Stockholm, Helsinki, Copenhagen, Athens, Istanbul, Cairo, Nairobi, Lagos, Accra, Cape Town,
Mumbai, Delhi, Bangkok, Hanoi, Jakarta, Manila, Seoul, Tokyo, Osaka, Kyoto, Beijing, Shanghai,
Sydney, Melbourne, Auckland, Toronto, Montreal, Vancouver, Boston, Chicago, Denver, Seattle,
Portland, Austin, Dallas, Atlanta, Miami, Havana, Lima, Quito, Bogota, Santiago, Brisbane, Perth,
Glasgow, Edinburgh, Cardiff, Belfast, Bristol, Leeds, Manchester, Liverpool, York, Oxford,
Cambridge, Brighton, Lyon, Nantes, Bordeaux, Toulouse, Marseille, Geneva, Zurich, Basel, Munich,
Hamburg, Cologne, Dresden, Leipzig, Milan, Turin, Venice, Naples, Bologna, Florence, Palermo,
Seville, Valencia, Granada, Barcelona, Porto, Antwerp, Ghent, Bruges, Utrecht, Rotterdam, Bergen,
Malmo, Tallinn, Riga, Vilnius, Krakow, Gdansk, Zagreb, Rijeka, Belgrade, Sofia, Bucharest,
Tbilisi, Baku, Amman, Muscat, Doha, Casablanca, Tunis, Marrakesh, Dakar, Kampala, Kigali, Lusaka,
Harare, Durban, Colombo, Kathmandu, Singapore, Taipei, Sapporo, Fukuoka, Busan, Hobart,
Wellington, Halifax, Ottawa, Calgary, Winnipeg, Omaha, Memphis, Nashville, Savannah, Charleston,
Richmond, Pittsburgh, Cleveland, Detroit, Milwaukee, Minneapolis, Tulsa, Tucson, Phoenix,
Sacramento, Oakland, Guadalajara, Merida, Cartagena, Cusco, Montevideo, Salvador, Recife, Cordoba,
Mendoza
""")

# used with "on": Maple Street
STREETS = _combine(
    """Maple, Chestnut, Willow, Orchard, Harbor, Station, Mill, Church, Garden, Baker, Victoria,
    Elm, Cedar, Juniper, Falcon, Bridge, Castle, Market, Lincoln, Park, Hazel, River, Sunset,
    Thornhill, Abbey, Queen, King, Foundry, Weaver, Cooper, Linden, Poplar, Granite, Copper, Meadow,
    Heron, Swan, Prospect, Union, Fountain, Saddle, Quarry, Windmill, Canal, Tanner, Beacon, Ivy""",
    "Street, Road, Avenue, Lane",
    2,
)

# used with "the": the library
TOWN_PLACES = _phrases("""
library, post office, train station, bus station, town hall, museum, art gallery, cinema, theater,
swimming pool, hospital, pharmacy, police station, fire station, supermarket, bakery, bookshop,
flower shop, shopping mall, city park, botanical garden, zoo, aquarium, stadium, sports center,
skating rink, concert hall, cathedral, old mosque, central market, fish market, harbor, ferry
terminal, lighthouse, castle, university, primary school, music school, language school, bank,
courthouse, tourist office, youth hostel, campsite, car park, gas station, bus depot, laundromat,
hardware store, toy store, shoe store, antique shop, camera shop, music store, pet shop, hair
salon, dental clinic, eye clinic, health center, community center, climbing hall, tennis club,
golf course, riding school, bowling alley, planetarium, science center, opera house, radio tower,
clock tower, old bridge, fountain, war memorial, waterfront, boat rental, observatory, ice cream
parlor, tea house, printing shop, recycling center, garden center, driving school, job center,
embassy, passport office, customs office, cable car, jazz club, chess club, football ground
""")

# the ones among them where something can take place
VENUES = _phrases("""
library, town hall, museum, art gallery, cinema, theater, city park, botanical garden, zoo,
aquarium, stadium, sports center, skating rink, concert hall, cathedral, central market, harbor,
lighthouse, castle, university, community center, climbing hall, tennis club, golf course, bowling
alley, planetarium, science center, opera house, waterfront, observatory, tea house, jazz club,
chess club, football ground, bookshop, youth hostel, campsite
""")

# and the ones that visitors come for
SIGHTS = _phrases("""
museum, art gallery, cathedral, castle, botanical garden, zoo, aquarium, old mosque, central
market, fish market, harbor, lighthouse, clock tower, old bridge, opera house, radio tower,
observatory, waterfront, planetarium, cable car, fountain, city park, war memorial, tea house
""")

# used without an article: a table at Blue Lantern
RESTAURANTS = _combine(
    """Blue, Golden, Silver, Crimson, Green, Hungry, Lucky, Quiet, Smiling, Wandering, Little, Old,
    Velvet, Copper, Amber, Twisted, Salty, Rusty, Ivory, Merry, Royal, Wild""",
    """Lantern, Kettle, Olive, Fox, Pepper, Anchor, Spoon, Turtle, Orchid, Rooster, Table, Barrel,
    Lemon, Pelican, Cellar, Garden, Whale""",
    3,
)
HOTELS = _combine(
    """Park, Station, Harbor, Grand, Alpine, Riverside, Royal, Central, Sunrise, Lakeside, Crown,
    Garden, Pacific, Northern, Plaza, Seaview, Heritage, Meridian, Bellevue, Cliff""",
    "Hotel, Inn, Lodge, Palace",
    1,
)
COMPANIES = _combine(
    """Norvell, Brightline, Castor, Delphi, Evergreen, Fairmont, Globex, Halcyon, Ironbridge,
    Juniper, Kestrel, Lumen, Meridian, Northgate, Orbit, Pinecrest, Quantum, Redwood, Summit,
    Tidewater, Umbra, Vantage, Westfield, Zephyr, Arden, Bolt, Corvus, Drift""",
    """Labs, Software, Foods, Logistics, Energy, Design, Textiles, Motors, Media, Insurance, Paper,
    Robotics""",
    2,
)
TITLES = _combine(
    """Silent, Broken, Last, Hidden, Crystal, Burning, Lost, Secret, Paper, Winter, Distant, Hollow,
    Scarlet, Forgotten, Restless, Endless, Frozen, Golden, Midnight, Glass""",
    """River, Harbor, Garden, Letter, Kingdom, Mirror, Train, Island, Orchard, Voyage, Tower,
    Witness,     Summer, Bridge, Stranger, Lighthouse, Promise""",
    2,
    "The {} {}",
)

# things with a plug, sold with a guarantee
APPLIANCES = _phrases("""
kettle, toaster, blender, vacuum cleaner, washing machine, dishwasher, microwave, coffee machine,
hair dryer, iron, fan, heater, lamp, radio, printer, scanner, keyboard, monitor, tablet, laptop,
camera, projector, loudspeaker, alarm clock, electric shaver, food processor, rice cooker, juicer,
waffle maker, freezer, fridge, oven, air conditioner, humidifier, sewing machine, electric drill,
lawn mower, treadmill, router, headset, microphone, turntable, game console, smartwatch, bread
maker, slow cooker, dehumidifier, electric blanket, doorbell, baby monitor
""")
CLOTHES = _phrases("""
jacket, raincoat, sweater, cardigan, dress, skirt, blouse, shirt, scarf, hat, cap, hoodie, vest,
belt, suit, tie, overcoat, bathrobe, kimono, poncho, tunic, blazer, tracksuit, swimsuit, fleece,
leather jacket, denim jacket, evening dress, wool coat, silk scarf, polo shirt, turtleneck, parka,
apron, uniform, bow tie, waistcoat, jumpsuit, linen shirt, down jacket
""")
# small things a person owns, borrows, loses or finds
BELONGINGS = _phrases("""
umbrella, wallet, phone, notebook, backpack, handbag, suitcase, necklace, ring, bracelet, watch,
sketchbook, passport, lunch box, water bottle, pencil case, guitar, violin, flute, tennis racket,
skateboard, helmet, bike pump, flashlight, tent, sleeping bag, ladder, toolbox, hammer, hand
drill, fishing rod, picnic basket, cool box, dictionary, calculator, tripod, power bank, charger,
map, chess set, yoga mat, kite, sled, rucksack, briefcase, purse, key ring, diary, harmonica,
ukulele, trumpet, clarinet, paintbrush, easel, wheelbarrow, folding chair, camping stove, compass,
whistle, snorkel, surfboard, paddle, travel pillow, sewing kit, magnifying glass, walking stick,
telescope
""")
GIFTS = _phrases("""
board game, cookbook, watch, teapot, scented candle, silver necklace, puzzle, photo album,
perfume, fountain pen, wool blanket, picture frame, jewelry box, domino set, model ship,
telescope, globe, flower vase, wine glass set, pair of gloves, pair of earrings, hammock, record
player, tea set, bird feeder, desk lamp, leather wallet, travel bag, calligraphy set, music box,
snow globe, knitting kit, gardening kit, concert ticket, cooking class, spa voucher, book voucher,
paint set, bathrobe, cheese board, pepper mill, orchid, bonsai tree, cactus, marble run, drum kit,
microscope, magic set, dollhouse, train set
""")
FURNITURE = _phrases("""
sofa, armchair, bookshelf, desk, wardrobe, dining table, coffee table, mattress, bed frame,
mirror, chest of drawers, bench, stool, rocking chair, office chair, cupboard, sideboard,
nightstand, carpet, floor lamp, filing cabinet, shoe rack, bunk bed, piano, dresser, garden table,
hat stand, kitchen island, display case, folding screen
""")
DISHES = _phrases("""
lasagna, mushroom risotto, chicken curry, grilled salmon, tomato soup, onion soup, lentil stew,
beef stew, fish pie, mushroom pie, pumpkin soup, pad thai, sushi platter, lamb tagine, seafood
paella, Greek salad, Caesar salad, roast duck, duck breast, steak, pork chop, fried rice, noodle
soup, ramen, shrimp taco, bean burrito, veggie burger, cheeseburger, fish burger, chicken pie,
spinach quiche, goat cheese salad, potato gratin, spaghetti carbonara, spinach lasagna, clam
chowder, goulash, moussaka, falafel plate, hummus plate, tofu stir-fry, peanut noodle bowl, roast
chicken, turkey sandwich, club sandwich, tuna melt, omelet, eggplant parmesan, stuffed pepper,
beetroot salad, lobster bisque, crab cake, grilled octopus, chili, jambalaya, biryani,
schnitzel
""")
# fits after "some" and after "we need"
GROCERIES = _phrases("""
flour, sugar, butter, milk, eggs, rice, pasta, bread, cheese, yogurt, tomatoes, potatoes, onions,
garlic, carrots, apples, bananas, oranges, lemons, grapes, strawberries, spinach, lettuce,
mushrooms, peppers, cucumbers, olive oil, vinegar, honey, jam, coffee, green tea, orange juice,
salmon, chicken, ham, bacon, tofu, lentils, chickpeas, black beans, coconut milk, ginger, basil,
parsley, cinnamon, vanilla, almonds, walnuts, raisins, oats, crackers, olives, pickles, soy sauce,
mustard, sour cream, ice cream, dark chocolate, mineral water, noodles, zucchini, broccoli, leeks,
pears, peaches, cherries
""")
CAKES = _phrases("""
chocolate cake, carrot cake, lemon tart, apple pie, cheesecake, banana bread, cherry pie, plum
cake, almond cake, coffee cake, pear tart, walnut cake, honey cake, sponge cake, pumpkin pie,
fruit cake, orange cake, coconut cake, strawberry tart, blueberry pie, marble cake, ginger cake,
poppy seed cake, pecan pie, peach cobbler, tiramisu, rhubarb crumble, pavlova
""")
SUBJECTS = _phrases("""
biology, chemistry, physics, history, geography, economics, statistics, philosophy, psychology,
sociology, literature, linguistics, French, German, Spanish, Japanese, Arabic, Italian, Latin,
astronomy, geology, algebra, geometry, accounting, marketing, art history, music theory, law,
politics, anthropology, archaeology, ecology, botany, genetics, robotics, journalism,
architecture, nutrition, ethics, logic
""")
SCHOOL_SUBJECTS = _phrases("""
biology, chemistry, physics, history, geography, literature, French, German, Spanish, Japanese,
Italian, Latin, algebra, geometry, art history, music theory, economics
""")
JOBS = _phrases("""
accountant, architect, baker, barista, bookkeeper, bus driver, carpenter, cashier, chef, chemist,
copywriter, data analyst, dental assistant, editor, electrician, engineer, event planner, florist,
gardener, graphic designer, hairdresser, illustrator, interpreter, journalist, lab technician,
landscaper, lawyer, librarian, lifeguard, mechanic, music teacher, night manager, nurse, office
manager, optician, paralegal, pastry chef, pharmacist, photographer, physiotherapist, plumber,
product manager, receptionist, sales assistant, security guard, social worker, software developer,
sound engineer, tour guide, translator, travel agent, truck driver, tutor, vet, waiter, warehouse
manager, web designer, welder, yoga teacher, zookeeper
""")
SPORTS = _phrases("""
tennis, badminton, squash, volleyball, basketball, football, handball, table tennis, hockey,
rugby, cricket, golf, bowling, judo, karate, fencing, boxing, rowing, climbing, archery, softball,
curling, water polo, frisbee, minigolf, billiards
""")
# fits after "I have started" and "she enjoys"
HOBBIES = _phrases("""
painting landscapes, baking bread, learning the guitar, growing tomatoes, running marathons,
writing short stories, collecting stamps, restoring old bikes, learning Korean, learning
Portuguese, playing chess, knitting sweaters, making pottery, brewing beer, bird watching, taking
photos, singing in a choir, doing yoga, swimming in lakes, building model planes, keeping bees,
making candles, learning to sail, watching the stars, carving wood, dancing salsa, dancing tango,
playing the cello, playing the drums, cooking Indian food, hiking in the hills, repairing watches,
drawing comics, volunteering at the zoo, meditating, making cheese
""")
# singular, plural with s
ANIMALS = _phrases("""
cat, dog, rabbit, parrot, hamster, guinea pig, turtle, canary, ferret, lizard, pony, puppy,
kitten, cockatoo, iguana, beagle, poodle, terrier, spaniel
""")
COLORS = _phrases("""
red, blue, green, yellow, purple, orange, white, black, gray, brown, pink, beige, turquoise, navy,
cream, lilac, silver, olive, ivory, crimson, teal, mint, coral, amber, burgundy
""")
EVENTS = _phrases("""
concert, exhibition, workshop, lecture, festival, fair, picnic, barbecue, parade, auction,
recital, book launch, film night, quiz night, charity run, street party, flea market, poetry
reading, science fair, wine tasting, costume party, dance class, town meeting, open day, opera,
musical, magic show, comedy show, food fair, marathon
""")
# what somebody is doing instead: fits after "I am"
BUSY = _phrases("""
visiting an aunt, working late, at the dentist, at a wedding, on a night shift, at a conference,
seeing friends off at the station, moving to a new flat, babysitting, at a training course, playing
in a tournament, on a field trip, helping a neighbor paint, at a parents' evening, testing a new
car, on a train all day, at a rehearsal, flying home, writing an exam, seeing the eye doctor,
at a baptism, hosting some cousins, fetching a parcel, on call, giving a talk, at a job fair
""")
AILMENTS = _phrases("""
sore throat, headache, bad cough, stomach ache, skin rash, stiff neck, swollen ankle, stiff back,
earache, fever, sore knee, runny nose, sore eye, numb finger, toothache, sprained wrist, chest
cold, itchy elbow, sore shoulder, dizzy feeling
""")
# work that has to be delivered
REPORTS = _phrases("""
sales report, budget plan, market study, quarterly report, safety report, project proposal,
customer survey, annual report, marketing plan, training manual, design draft, price list, test
report, press release, travel report, staff newsletter, product catalog, audit report, contract
draft, user guide, cost estimate, hiring plan, risk analysis, research summary, grant application,
website text, inventory list, delivery plan, meeting agenda, team roster
""")
TOPICS = _phrases("""
climate change, school uniforms, remote work, city traffic, social media, food waste, space
travel, public transport, solar power, sleep, advertising, bees, plastic waste, urban gardens,
tourism, video games, child labor, ocean currents, migration, earthquakes, coral reefs, housing
prices, the coffee trade, vaccines, bilingual families, street art, volcanoes, desert plants, folk
music, the silk road, roman roads, wind energy, digital money, fast fashion, river dams
""")
COUNTRIES = _phrases("""
Italy, Spain, Portugal, Greece, Turkey, Egypt, Morocco, Kenya, Ghana, Nigeria, India, Nepal,
Thailand, Vietnam, Japan, Korea, China, Australia, New Zealand, Canada, Mexico, Cuba, Peru, Chile,
Brazil, Argentina, Norway, Sweden, Finland, Denmark, Iceland, Ireland, Scotland, Wales, France,
Germany, Austria, Switzerland, Poland, Hungary, Croatia, Romania, Bulgaria, Estonia, Latvia,
Georgia, Jordan, Oman, Senegal, Tanzania, Zambia, Namibia, Malaysia, Indonesia, Colombia, Ecuador,
Bolivia, Uruguay, Malta, Cyprus
""")
DAYS = _phrases("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday")
MONTHS = _phrases("""
January, February, March, April, May, June, July, August, September, October, November, December
""")

POOLS: dict[str, list[str]] = {
    "female": FEMALE,
    "male": MALE,
    "surname": SURNAMES,
    "pet": PETS,
    "city": CITIES,
    "street": STREETS,
    "place": TOWN_PLACES,
    "venue": VENUES,
    "sight": SIGHTS,
    "restaurant": RESTAURANTS,
    "hotel": HOTELS,
    "company": COMPANIES,
    "title": TITLES,
    "appliance": APPLIANCES,
    "clothing": CLOTHES,
    "thing": BELONGINGS,
    "gift": GIFTS,
    "furniture": FURNITURE,
    "dish": DISHES,
    "grocery": GROCERIES,
    "cake": CAKES,
    "subject": SUBJECTS,
    "school_subject": SCHOOL_SUBJECTS,
    "job": JOBS,
    "sport": SPORTS,
    "hobby": HOBBIES,
    "animal": ANIMALS,
    "color": COLORS,
    "event": EVENTS,
    "busy": BUSY,
    "ailment": AILMENTS,
    "report": REPORTS,
    "topic": TOPICS,
    "country": COUNTRIES,
}
CLOSED: dict[str, list[str]] = {"day": DAYS, "weekday": DAYS[:5], "month": MONTHS}
"""Closed classes: nothing in them is held out, because a reader knows them all anyway."""

_HELD_OUT_WORDS = {
    word
    for pool in POOLS.values()
    for i, word in enumerate(pool)
    if i % HELD_OUT_EVERY == HELD_OUT_EVERY - 1
}
# By word and not by position, so that a word of two pools is held out in both or in neither.
SEEN: dict[str, list[str]] = {
    kind: [word for word in pool if word not in _HELD_OUT_WORDS] for kind, pool in POOLS.items()
}
HELD_OUT: dict[str, list[str]] = {
    kind: [word for word in pool if word in _HELD_OUT_WORDS] for kind, pool in POOLS.items()
}
