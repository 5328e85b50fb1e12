/* The words of a card: 1,024 simple Dutch words of three to eight letters. Ten bits each, in this order.
 *
 * No two share their first four letters, none begins another, and any two differ in more than one letter.
 * The list is part of the format of a vault (docs/reference/vault.md): it never changes.
 */
export const WORDS: readonly string[] = `
  aanbod aandacht aankomst aannemer aanpak aantal aanvraag aanzet aardbei abrikoos accent accu achttien acteur
  actie adem adres advies afdak afdeling afhalen afkomst afmaken afrit afscheid afspraak afstand afval afvoer
  afwas agenda akker akkoord album alfabet algemeen alleen alpen altijd amandel ananas anders anjer antenne
  antiek antwoord apart apotheek appel april arbeid arena armband artiest arts asfalt aster atelier atleet
  augustus auto avocado avond azijn baard baas bagage bakfiets balans balie balkon bamboe banaan bandje banjo
  bank batterij bedrag beeld begin begrip behang bekend beleid beloven benzine bergtop bericht berk beroep besje
  bestek betalen bewaker bewijs bewoner bezem bezoek biefstuk biet bijdrage bijen bijna biljart binnen bioscoop
  bitter bizon bladeren blaffen blauw blazer bleek blik bloem bocht bodem boeket bolletje bomen boog bord
  borstel bosbes bospad boter bouillon bouwen bowlen braam brand breed breien brengen brief bril brink broodje
  brouwer brug bruiloft buffel buiten bumper burger buurman cabaret cactus cadeau camping caravan carnaval
  cartoon cavia cement centrum chef chips chocola cijfer cilinder cirkel citroen club coach collega compost
  concert contact cultuur curry cursus daarom dadel dagboek dakpan dame dansen dapper datum december deeg dekbed
  deksel delen denken depot derde deur diamant dichtbij dienst diep diesel dijk dineren ding diploma dobber
  docent dochter doel dokter dolfijn donker dooier doos dorp dorst douche draad dragen drank drempel drie
  drijven drinken dromen droog druif drukte druppel dubbel duet duiken duim duizend dutje dweil dynamo echo
  echter eekhoorn eend eenheid eerlijk eetlepel eeuw eigen eiland einde eiwit elastiek elfde elleboog emmer
  energie enkel ernstig ervaring erwt etage etui evenveel examen expert extra ezel fabriek familie fanfare
  fantasie februari festival fiets figuur film filter finale flat fles flexibel flits fluit fluweel fontein
  forel formaat fornuis fortuin fossiel foto foyer framboos friet fris functie gaatje galerij gang ganzen garage
  garen gast gave gebaar gebied gebouw gebruik gedicht geduld geel geest geheim gehoor geit geld gelijk geloof
  geluk gemak gember genieten genoeg geopend gerecht geschenk gesprek getal gevoel gewoon gezin gezond gids
  gieter giraffe gitaar glad glans glijden goal goed golf gordijn graag gras gratis grens grijs groei grond
  groot gymzaal haan haast hagedis halte hamer hamster handdoek hangmat haring harp haven heden heide helm hemd
  hemel hengel herder herfst hersens hert heup heuvel hobbel hoepel hoes hofje holle hond honger honing hoofd
  hoogte hoop hoorn horloge hotel houden hout huid huilen hulp humeur huwelijk idee iedereen iemand iglo ijsbeer
  ijsje ijver imker index indruk ingang inhoud inkomen inkt insect invloed inwoner item jaar jam januari jarig
  jasmijn jeans jeugd jeuk jojo joker jongen journaal judo juffrouw juist juli juweel kaars kabouter kachel
  kalender kalf kalkoen kameel kampioen kanaal kano kantoor kapitein kapstok karakter karton kassa kasteel
  katoen kauwgom kelder kermis kers keten keuken kever kikker kilo kind kiosk kip kist kiwi klaar klant klarinet
  klas klaver kleed klei klepel kleur klimmen klok klomp klooster kluis knie knoflook knoop knuffel koek
  koelkast koets koffer koken komeet kompas konijn kool kopie koraal korf kostuum krab kracht krans krekel krijt
  kring kroket kroon kruid kussen kwark kwekerij laadbak laag lachen lading laken lamp land lantaarn laser
  lavendel lawaai lawine leiding lekker lengte leraar letter leven lezing libel lichaam lied liefde liever lift
  liggen lijm lijst limoen links linze lippen logeren loket lopen lotus luchtig lucifer luik luipaard luister
  lunch maaltijd maart machine madelief magazijn magie magneet mais maker mango manier mantel marathon markt
  marmer matras medaille media meester meisje melding melk meloen menigte menu merel merrie metaal meter metro
  meubel midden mild miljoen mimosa minder minuut mobiel modder mode moeras moestuin mogelijk molen moment
  monteur mooi morgen mossel mosterd motief motor mouw muesli mug munt muren museum muts muur muziek naaien
  naald naam nadeel nagel najaar namiddag natuur neef nest netwerk neus nicht nieuw noemen noodweer noord noot
  normaal notaris november nul nummer nylon oase oceaan ochtend oefenen oester ogen oktober olie olifant olijf
  omelet omgeving ontbijt onweer oogst oom oorbel oordeel oosten opdracht opening opera oplossen oppas oproep
  opstaan opvang oranje orde orka orkest otter ouder ovaal overal paal pad pagina pakket paleis palm panda
  pannen papaja papier paprika parel park partij paspoort passage pasta patat patio patroon pauw pauze pech
  peddel pelikaan peper perron perzik pet piano piek pijl piloot piramide pixel plaat plafond planeet plastic
  plein plezier ploeg plus podium poeder poetsen pomp pony poort portret post potlood prachtig prairie praktijk
  praten prent prik probleem proces proef promotie publiek pudding pupil puree puzzel quiz raadsel rabarber
  racen radar radijs rails raket rapport rasp ratel recept record redder reep regen regio reiger reis rekenen
  rendier renner reserve richting riem rijtuig rimpel ringweg ritme rivier robot roman rommel rood rooster
  rotonde rots route rubber ruil ruimte ruiter rund rups rust safari saffraan salade salon samen sandaal sap
  sardine sauna saus saxofoon schaap schelp schip schoen schrift schuur scooter seconde seizoen selderij
  selectie senior serie servet sessie sfeer sieraad signaal sirene situatie sjaal slaap slak slang slee sleutel
  slinger smaak smal smid snavel sneeuw snel snoek snor sociaal sofa sok sommige spaarpot specht speld spiegel
  spin spons spoor sport spreeuw sprong staart stad station steen stilte stip stoel storm straat strik stroom
  studie stuur succes suiker surfen sushi symbool systeem taak tabel tablet taille takje talent tante tapijt tas
  taxi team techniek tegel teil tekst telefoon telraam tempel tennis tent termijn terras terug tevreden textiel
  theater thermos thuis tiental tijd tijger titel toekomst toeval toilet tolk tomaat toneel toren tosti traan
  traject trap trein tribune triomf truc tuin tunnel turnen twaalf tweede twintig type uitgang uitje uitleg
  uitslag uitzicht uniek uniform uurwerk vader vakantie valk vallei vandaag vangen vanille varken veer veiling
  vel venster veranda verf vergiet verhaal verkeer verlof veulen video viering vijf villa vinden vinger violet
  viool vis vlag vlecht vlees vlek vleugel vlieg vlinder vloer vlot voeding voet vogel volgen voorraad vorige
  vorm vrede vreemd vreugde vriend vrij vroeg vrucht vuilnis vulkaan waaier waakhond waarde wachten wafel wagen
  walnoot wals wandelen warm wasbeer wasmand water watten web week welkom wens wereld wijs wijzer wikkel wilg
  winter wissel wit woensdag woestijn wonder wortel woud yoghurt zaad zak zanger zaterdag zebra zeeland zeker
  zelden zelf zijde zilver zingen zintuig zitten zoeken zomer zondag zone zorg zuivel zus zwaan zwaluw zwart
  zwembad zwerm zweven
`.trim().split(/\s+/);
