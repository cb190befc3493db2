"""Word lists of the English text rules in this package."""


def word_set(text: str, separator: str | None = None) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(text.split(separator))


TITLES = word_set("mr mrs ms miss dr doctor prof professor sir madam uncle aunt auntie")
COMMON_WORDS = word_set(
    "i a an the this that these those he she it we you they his her its our your their my me him "
    "us them who what when where why which how and or but so because if then than as at in on to "
    "from for of by with about after before during into near over under is are was were be been "
    "am do does did has have had will would can could should may might must not no yes yeah ok "
    "okay well oh hi hello hey thanks please sorry both all some many most one each every other "
    "another there here also however although while since until later finally "
    "first second third next last good great dear let may be mom dad mum"
)
LANGUAGES = word_set(
    "english french german spanish italian polish russian chinese japanese korean arabic "
    "portuguese dutch latin greek turkish hindi"
)
PLACE_HEADS = word_set(
    "street road avenue boulevard lane square park station airport hotel university college "
    "school hospital restaurant cafe café bar pub mall museum library theatre theater cinema "
    "bridge beach river lake island mountain city town village center centre market church "
    "bank stadium building hall tower"
)
KNOWN_PLACES = word_set(
    "africa|america|asia|europe|antarctica|australia|argentina|austria|belgium|brazil|canada|"
    "chile|china|cuba|denmark|egypt|england|finland|france|germany|greece|hungary|iceland|india|"
    "indonesia|iran|iraq|ireland|israel|italy|japan|kenya|korea|malaysia|mexico|morocco|nepal|"
    "netherlands|new zealand|nigeria|norway|pakistan|peru|philippines|poland|portugal|romania|"
    "russia|scotland|singapore|south africa|spain|sweden|switzerland|thailand|turkey|uk|ukraine|"
    "united kingdom|united states|usa|vietnam|wales|amsterdam|athens|bangkok|barcelona|"
    "beijing|berlin|boston|brussels|budapest|cairo|california|chicago|copenhagen|dubai|dublin|"
    "edinburgh|florence|florida|geneva|hawaii|hong kong|istanbul|krakow|las vegas|lisbon|london|"
    "los angeles|madrid|manchester|melbourne|miami|milan|montreal|moscow|mumbai|munich|new york|"
    "oslo|paris|philadelphia|prague|rio|rome|san francisco|seattle|seoul|shanghai|stockholm|"
    "sydney|taiwan|texas|tokyo|toronto|vancouver|venice|vienna|warsaw|washington|zurich",
    "|",
)
