"""Names that are words as well, so that they are only taken out where they name somebody."""


def word_set(text: str) -> frozenset[str]:
    """The words of a table, as it stands in a source file."""
    return frozenset(text.split())


# Given and family names that a sentence may contain by chance, in the languages our readers
# most often write. Lower case.
NAMES_THAT_ARE_WORDS = word_set(
    """
    bauer barbier berger bianchi bonnet brun calvo colin delgado fontana gallo greco herrero hidalgo
    loup marino meunier moreno moulin noir pastor petit poulain renard reyes roy rubio schafer
    schmied schuster villa
    abby ace aden alba alma amber amor amour ange angel apple april arch archer art arts ash ashe
    asia aspen aster august augusta aurora austin autumn ava avery baker ball banks barber bass bay
    beach bean bear beau beck bell bella bello belle berg berry best bill birch bird bishop black
    blanc blanca blanche blanco block bloom blossom blue bond bonita boone bosch bow bowl boy braun
    brand brandy bravo bridge bridges briggs brook brooke brooks brown buck bud bunny burger burns
    bush butcher butler calm camper campos candy cane card carol carpenter carter case cash chance
    chandler charity chase chef cherry chin china christian church clark clara claro clay cliff
    close cloud clover coach cole cook cool cooper coral cortes corona costa cotton court craft
    crane cross crow crystal cruz cuando cup curry curtis cypress daisy dale dan dance dawn day days
    dean deep delta den denis desire destiny dick diamond dieter doe doll dolores dong don door dove
    drew drum duke dunn dutch early earl east easter echo eden ehre eigen eisen elder ember emerald
    engel english ernst eve even ever esperanza estrella faith fall farmer fatima favor fern fest
    field fields finch fine finn fiore fire fischer fish fisher fleming flint flor flora florence
    flores flower floyd fogg ford forest forster foster fountain fox frances france francis franco
    frank franken frankly free freeman french frei freitag freud freund friday friedrich friend
    frost fuchs fuller fun gale game garden gardner gatti gay gem gene general genesis gentle george
    georgia german gift gill ginger gipsy glass gloria glory gold golden good gomes grace graf grand
    grant gras grass grau gray green greene grey groot gross grosse guerra guide guy haas hale hall
    hahn hammer hand happy hard hardy harmony harper hart harte harvest haven hawk hay hazel head
    heart heath heather heaven heide heil hell heller helm henna herbst hero herr herz hill hills
    hinds hirsch hoch hof hoffnung holly holz home honey honor honour hood hook hope hopes horn
    horse house hoy hugo hull hunt hunter ice ida iglesias ines iris ireland iron irons isle israel
    ivory ivy jack jade jaeger jahn jan january jasmine jasper jay jean jersey jet jewel job johns
    jolly jordan joy joya judge jules july june junior jung junge just justice kahl kaiser kalt keen
    key keys kim kind king kings kirsch kitty klein knight koch kohl king konig krieg kurz lake lamb
    land lane lang lange law lea leaf lee leo leon levy liberty lick lieb liebe light lilac lily
    linda linde ling lion little lo london long lord lot lotte lotus love lovely low luce luna lunn
    luz lynn lyric mac mai maison major malik man mann manna mano mar marble march margarita marina
    mark marke marks marsh martini mary marvel mason mast mate max may maya mayor me meadow medina
    meer meister melody mercedes mercy merry michel miles mill miller mills min mira miracle mire
    miss mister moira mole monday monk montag monte moon moore more morgen moss most mountain muller
    mund muse music myrtle nacht nash navy neal neu neve nevada new newman newton nice nick nina
    noble noel nord north nova novak nun nunes oak oakley ocean octavia old olive oliver ono opal
    orange orchid ort otter otto owl oz pace page paige paix palm palma palmer pan paris park parker
    parks parson pat patience patterson paul paz peace peach pearl penny pepper perla perle perry
    peter peters phoenix pierre pike pilot pine piper pitt plum poe pole pollock pond poole poole
    pope poppy porter post potter power precious price pride priest prima primrose prince princess
    prudence puck purple queen quick quinn rain raine ramos rand raven ray read red reed reese reich
    rein reina reis remedy remy rex rey rice rich richard richter ring rio rios ritter river rivera
    rivers rob robin rock rocky rod rocha rojo roman romeo rood rosa rose rosen rosemary ross rossi
    rot roth rouge roux rowan royal ruby rush russ russell rusty ruth sable sage saint sal salt sam
    samstag sand sandy santa santos sapphire savannah say schade schatz schnee schneider schoen
    schon schwarz schwartz scott see selig selva serena sereno serenity seven shade shah shell
    shepherd sharp shore short sierra silva silver simple singer singh skinner skipper sky skye slim
    small smart smile smith snow sol solomon sommer son sonne soto south spencer spring squire stadt
    stahl star stark stein stella sterling stern steward stewart still stock stone storm story
    street strong sue sugar sullivan summer summers sun sunday sunny sunshine susi swan sweet swift
    sydney tag tanner tate taylor teal temperance temple terra terry thorn tiger tiffany tim timber
    tod toledo tom topaz torres tour towers town tree trinity true trinidad trump tucker tulip
    turner tyler unity utah valentine vale valencia valley van velvet venus vera verde verdi verity
    verona victoria victor vidal vida vega vienna vine viola violet virginia viva vogel vogt voss
    wade wagner wald walker wall walls wang ward warner warren washington water waters watt weaver
    webb weber weeks weiss weis welch wells welt west wheat wheeler whistler white wiese wild wilde
    wilder will willow wills win wind winner winter winters wise witt wolf wolff wonder wood woods
    woody word work wren wright yan yang yin york young zen ziegel ziel zimmer zimmermann zion zorn
    """
)
# Words that programs put where a name would stand, and parts of names that name nobody.
NO_NAMES = word_set(
    """
    info mail email admin office contact team support via the and und for von der den van de del la
    le di da du dos das mr mrs ms dr prof sir lady herr frau senor senora señor señora don doña
    mme monsieur madame list group community me my mein no name user anonymous anon member
    hello hi hallo home work personal private iphone android google gmail outlook yahoo proton
    """
)
# What stands beside a name above a quote: days, months, fields. Those that programs write in lower
# case only ("sam.", "julio", "tor.") are missing where they are names too.
OF_HEADERS = word_set(
    """
    on at in from to cc bcc sent date subject reply re fwd fw wrote writes said via
    mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday
    sunday feb mar apr jun jul aug sep sept oct nov dec january february march july september
    october november december am pm a.m p.m gmt utc cet cest est edt cst pst pdt bst ist uhr
    an von vom gesendet datum betreff kopie schrieb mo di mi do fr sa so montag dienstag mittwoch
    donnerstag freitag samstag sonnabend sonntag jän mär märz mai okt dez januar februar juni juli
    oktober dezember
    el la los las lo de del para asunto enviado fecha escribió lun mié jue vie sáb lunes martes
    miércoles jueves viernes sábado ene abr ago dic enero febrero marzo mayo junio
    septiembre octubre noviembre diciembre
    le les objet envoyé à écrit mer jeu ven dim lundi mardi mercredi jeudi vendredi samedi
    dimanche janv févr avr juil août déc janvier février mai juin juillet septembre
    octobre novembre décembre
    il lo oggetto inviato data giorno alle ore scritto gio lunedì martedì mercoledì giovedì venerdì
    sabato gen mag giu lug ott gennaio febbraio aprile maggio giugno luglio settembre
    ottobre
    em no dia às os as da do assunto enviada escreveu ter qua qui sex segunda terça quarta
    quinta sexta fev out dez janeiro fevereiro março maio junho julho setembro outubro novembro
    dezembro
    op om aan onderwerp verzonden schreef ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag
    zaterdag zondag maart mei augustus
    den det kl till ämne skickat skrev mån tis tors lör sön måndag tisdag onsdag torsdag fredag
    lördag söndag til emne sendt tir lør søn mandag tirsdag lørdag søndag
    dnia dniu od do temat data wysłano pisze pon wto śro czw pią sob nie po út st čt pá so ne
    po пн вт ср чт пт сб вс на от кому тема дата пишет
    """
)
# Of these, what is a name right before another word of one, or before an address: "Mo Salah".
ALSO_NAMES = word_set(
    "den di do gen jul juli jun la le lo ma mai mar mo ne nie om po sat so sun tue"
)
# Words of which accounts are made, besides those of handles; in lower case, without accents.
ACCOUNT_WORDS = word_set(
    """
    all and art baby band beauty best big bike bird birds black blue boat book books boss boy boys
    bread bus business cake camera camp candle car cars cat cats chess child city class clean club
    code coffee color colour computer contact cooking crazy creative cute dad dancer dancing data
    day design designs dev digital dog dogs dream dreamer dreams drummer earth easy energy english
    family fan farm fashion film first fit fitness flower flowers fly food football forest forever
    free freedom friend friends fun funny future game gamer games gaming garden gardener gentle
    ghost girl girls gold golden golf good grandma grandpa great green guitar guy half happy hat
    health healthy heart heaven here hiking hiker history hobby holiday home horse horses house
    human husband ice idea island job journal journey kid kids king kitchen kitty knitter knitting
    lady land law learn life light lion little lonely long lost lotus love lover lovely lucky lunch
    magic man maker mama market me media mind miss mom money monkey moon morning mother mountain
    movie movies mum music musician my nature new news night nobody ocean office old one only open
    painter painting panda paper party peace pencil people person phoenix photo photography photos
    piano pictures pink pirate pizza plan planet player poem poet poetry pony poor post power pretty
    pride princess private project purple queen quick quiet quilt quilting rainbow rain read reader
    reading real recovery red river road rock runner running sad sailing sailor school science sea
    secret shadow shine shop silent silver singer singing single sister sky sleep slow small smile
    snow soccer social some song soul space spirit sport sports spring star stars stone storm story
    strong student study summer sun sunny sunrise sunset sunshine super survivor sweet swim swimmer
    swimming teacher tea tech test the thinker throwaway time tiny today tomorrow train travel
    traveler traveller travels tree trees true truth two uncle universe user voice walk walker
    walking wanderer warrior water wave way web wife wild wind wine winter wish wolf woman women
    wonder words work world worry writer writing yoga you young your
    amigo amiga amor arte azul baile bella buena bueno casa chica chico cielo cocina corazon dia
    dios dulce escuela esperanza estrella familia fe feliz flores futbol gata gato guapa guapo
    guerra hija hijo hogar hola luna luz madre mama mar mariposa mundo musica musico nina nino noche
    nube nueva nuevo oso padre papa paz perro persona playa poeta primavera princesa reina rey rojo
    rosa sol solo sombra suave tierra triste unico verde viaje viajes vida viento
    auge baum berg bild blume blumen buch bucher engel erde farbe feuer freiheit freude freund
    freundin frieden fuchs garten gluck glucklich haus herz himmel hoffnung hund hunde insel katze
    katzen kind kinder kunst leben licht liebe luft mann meer mond mutter musik nacht natur pferd
    pferde regen reise reisen schatten schnee seele sonne sonnenschein spiel stern sterne stille
    traum traume vater vogel wald wasser weg welt wind wolke wolken worte zeit
    ami amie ange chat chien ciel coeur espoir fille fleur fleurs jardin jour livre livres lumiere
    lune maison mer monde musique nuit oiseau paix petit petite reve reves soleil vie voyage
    """
)
