/* Invented: a mother whose debts come from a benefit that was asked back, and who found a way out with her neighbours. */
import type { Content } from "../contents";
import type { Example, Say } from "./example";

export const rosa: Example = {
  key: "rosa",
  name: "Rosa",
  about: (say) =>
    say(
      "Rosa (44) woont met twee kinderen in een flat. Een toeslag die ze terug moest betalen, kostte haar bijna haar huis.",
      "Rosa (44) lives in a flat with two children. A benefit that she had to pay back nearly cost her her home.",
    ),
  contents: (say) => ({ ...organisations(say), ...past(say), ...recent(say), ...links(say), ...around(say), ...plan(say) }),
};

function organisations(say: Say): Record<string, Content> {
  return {
    "rosa-landlord": { kind: "organisation", name: say("Woningcorporatie", "Housing association"), lane: "housing", from: "2009-05", contact: say("Ilse, wijkbeheerder", "Ilse, caretaker") },
    "rosa-school": { kind: "organisation", name: say("Mbo zorg", "Care college"), lane: "education", from: "2004-09", until: "2007-06" },
    "rosa-home-care": { kind: "organisation", name: say("Thuiszorg (werkgever)", "Home care (employer)"), lane: "work", from: "2007-08", until: "2014-11" },
    "rosa-tax": { kind: "organisation", name: say("Toeslagen", "Benefits office"), lane: "benefits", from: "2010-01", until: "2021-03" },
    "rosa-welfare": { kind: "organisation", name: say("Gemeente, bijstand", "Municipality, social assistance"), lane: "benefits", from: "2015-06", until: "2023-01", waitedDays: 63 },
    "rosa-debt": { kind: "organisation", name: say("Schuldhulp", "Debt help"), lane: "benefits", from: "2018-02", until: "2022-10", waitedDays: 210 },
    "rosa-doctor": { kind: "organisation", name: say("Huisarts", "General practitioner"), lane: "care", from: "2009-06" },
    "rosa-therapist": { kind: "organisation", name: say("Praktijkondersteuner", "Mental health nurse"), lane: "care", from: "2019-01", until: "2020-06", waitedDays: 140 },
    "rosa-kitchen": { kind: "organisation", name: say("Buurtkeuken", "Community kitchen"), lane: "work", from: "2020-03" },
  };
}

function past(say: Say): Record<string, Content> {
  return {
    "rosa-diploma": { kind: "event", title: say("Diploma verzorgende", "Diploma as a carer"), lane: "education", from: "2007-06", organisation: "rosa-school", effect: "helped", turning: false, felt: say("Mijn moeder huilde van trots.", "My mother cried with pride.") },
    "rosa-first-job": { kind: "event", title: say("Vaste baan in de thuiszorg", "Steady job in home care"), lane: "work", from: "2007-08", until: "2014-06", organisation: "rosa-home-care", effect: "helped", turning: false, felt: say("Ik hoorde ergens bij.", "I belonged somewhere.") },
    "rosa-flat": { kind: "event", title: say("Eigen flat gekregen", "A flat of our own"), lane: "housing", from: "2009-05", organisation: "rosa-landlord", effect: "helped", turning: true, felt: say("Eindelijk een deur die van ons is.", "At last a door that is ours.") },
    "rosa-son": { kind: "event", title: say("Geboorte van mijn zoon", "My son was born"), lane: "care", from: "2010-10-03", effect: "nothing", turning: false },
    "rosa-allowance": { kind: "event", title: say("Toeslag voor de opvang", "Childcare benefit"), lane: "benefits", from: "2010-11", until: "2013", organisation: "rosa-tax", effect: "helped", turning: false },
    "rosa-divorce": { kind: "event", title: say("Scheiding", "Divorce"), lane: "housing", from: "2013", effect: "nothing", turning: false, felt: say("Stil in huis, en toch rust.", "Quiet at home, and yet peace.") },
    "rosa-claim": { kind: "event", title: say("Alles terugbetalen: 18.000 euro", "Pay it all back: 18,000 euros"), lane: "benefits", from: "2014-02-11", organisation: "rosa-tax", effect: "hindered", turning: true, felt: say("Ik las de brief tien keer. Ik had niets fout gedaan.", "I read the letter ten times. I had done nothing wrong."), mattered: say("Dat iemand met mij de brief zou lezen.", "That somebody would read the letter with me.") },
    "rosa-job-lost": { kind: "event", title: say("Werk kwijt bij reorganisatie", "Lost my job"), lane: "work", from: "2014-11", organisation: "rosa-home-care", effect: "hindered", turning: false },
  };
}

function recent(say: Say): Record<string, Content> {
  return {
    "rosa-assistance": { kind: "event", title: say("Bijstand, met inhouding", "Assistance, with deductions"), lane: "benefits", from: "2015-06", until: "2019-09", organisation: "rosa-welfare", effect: "trapped", turning: false, felt: say("Wie een dag werkte, leverde twee weken in.", "Work one day and you lose two weeks.") },
    "rosa-training-refused": { kind: "event", title: say("Opleiding mocht niet", "Training was not allowed"), lane: "education", from: "2016-03", organisation: "rosa-welfare", effect: "hindered", turning: false, felt: say("Ik wilde vooruit.", "I wanted to move on.") },
    "rosa-arrears": { kind: "event", title: say("Huurachterstand", "Behind with the rent"), lane: "housing", from: "2017-02", until: "2018-05", organisation: "rosa-landlord", effect: "hindered", turning: false },
    "rosa-burnout": { kind: "event", title: say("Op, en niet meer slapen", "Worn out, no sleep"), lane: "care", from: "2017-11", organisation: "rosa-doctor", effect: "nothing", turning: false, felt: say("Ik deed de gordijnen niet meer open.", "I no longer opened the curtains.") },
    "rosa-waiting-list": { kind: "event", title: say("Drie keer mijn verhaal, drie intakes", "My story three times, three intakes"), lane: "care", from: "2018-03", until: "2018-12", organisation: "rosa-doctor", effect: "trapped", turning: false },
    "rosa-eviction": { kind: "event", title: say("Brief: u moet eruit", "Letter: you must leave"), lane: "housing", from: "2018-05-22", organisation: "rosa-landlord", effect: "hindered", turning: true, felt: say("Ik heb de tassen alvast gepakt.", "I had packed the bags already.") },
    "rosa-caretaker": { kind: "event", title: say("Ilse kwam aan de deur", "Ilse came to the door"), lane: "housing", from: "2018-06", organisation: "rosa-landlord", effect: "helped", turning: false, felt: say("Ze vroeg hoe het ging en bleef zitten.", "She asked how I was, and stayed.") },
    "rosa-arrangement": { kind: "event", title: say("Regeling: ik mocht blijven", "An arrangement: I could stay"), lane: "housing", from: "2018-09", organisation: "rosa-landlord", effect: "helped", turning: false },
    "rosa-nurse": { kind: "event", title: say("Gesprekken bij de huisarts", "Talks at the practice"), lane: "care", from: "2019-01", until: "2020-06", organisation: "rosa-therapist", effect: "helped", turning: false, felt: say("Voor het eerst hoefde ik niets uit te leggen.", "For once I had nothing to explain.") },
    "rosa-kitchen-start": { kind: "event", title: say("Koken in de buurtkeuken", "Cooking in the community kitchen"), lane: "work", from: "2020-03", until: "2023-01", organisation: "rosa-kitchen", effect: "helped", turning: false, felt: say("Hier ben ik weer iemand.", "Here I am somebody again.") },
    "rosa-restored": { kind: "event", title: say("Schuld kwijtgescholden", "Debt written off"), lane: "benefits", from: "2021-03-15", organisation: "rosa-tax", effect: "helped", turning: true, felt: say("Zeven jaar. En toen één telefoontje.", "Seven years. And then one call.") },
    "rosa-clean": { kind: "event", title: say("Schuldenvrij", "Free of debt"), lane: "benefits", from: "2022-10", organisation: "rosa-debt", effect: "helped", turning: false },
    "rosa-course": { kind: "event", title: say("Koksopleiding, betaald", "Chef's course, paid for"), lane: "education", from: "2022-09", until: "2023-12", effect: "helped", turning: false },
    "rosa-job": { kind: "event", title: say("Baan als kok in het wijkcentrum", "Job as a cook in the centre"), lane: "work", from: "2024-02", effect: "helped", turning: true, felt: say("Mijn naam op het bord bij de deur.", "My name on the board by the door.") },
    "rosa-damp": { kind: "event", title: say("Schimmel in de slaapkamer", "Mould in the bedroom"), lane: "housing", from: "2025-11", organisation: "rosa-landlord", effect: "hindered", turning: false },
    "rosa-pension-gap": { kind: "event", title: say("Gat in mijn pensioen gezien", "Saw the gap in my pension"), lane: "pension", from: "2025-03", effect: "nothing", turning: false, felt: say("Acht jaar niets opgebouwd.", "Eight years of nothing saved.") },
  };
}

function links(say: Say): Record<string, Content> {
  return {
    "rosa-link-1": { kind: "influence", from: "rosa-claim", to: "rosa-arrears", how: "hindered", words: say("Van de huur ging de schuld eerst.", "The debt came before the rent.") },
    "rosa-link-2": { kind: "influence", from: "rosa-arrears", to: "rosa-eviction", how: "hindered" },
    "rosa-link-3": { kind: "influence", from: "rosa-assistance", to: "rosa-training-refused", how: "hindered", words: say("Met een uitkering mocht ik niet leren.", "With a benefit I was not allowed to study.") },
    "rosa-link-4": { kind: "influence", from: "rosa-eviction", to: "rosa-waiting-list", how: "trapped" },
    "rosa-link-5": { kind: "influence", from: "rosa-caretaker", to: "rosa-arrangement", how: "helped" },
    "rosa-link-6": { kind: "influence", from: "rosa-kitchen-start", to: "rosa-course", how: "helped", words: say("De kok schreef de brief voor mij.", "The cook wrote the letter for me.") },
    "rosa-link-7": { kind: "influence", from: "rosa-course", to: "rosa-job", how: "helped" },
    "rosa-chance-1": { kind: "chance", event: "rosa-pension-gap", words: say("Samen uitzoeken wat ik nog kan opbouwen", "Find out together what I can still save"), offers: [] },
    "rosa-chance-2": { kind: "chance", event: "rosa-damp", words: say("Vocht meten met de buren erbij", "Measure the damp with the neighbours there"), offers: [], tried: say("Twee keer gebeld met de reparatielijn.", "Called the repair line twice.") },
  };
}

function around(say: Say): Record<string, Content> {
  return {
    "rosa-value-1": { kind: "value", words: say("Dat de kinderen buiten kunnen spelen en ik ze kan horen.", "That the children can play outside and I can hear them."), theme: "safety" },
    "rosa-value-2": { kind: "value", words: say("De buurvrouw die aanklopt als mijn licht niet aangaat.", "The neighbour who knocks when my light stays off."), theme: "known" },
    "rosa-strength-1": { kind: "strength", words: say("Ik kook voor dertig mensen zonder recept.", "I cook for thirty people without a recipe.") },
    "rosa-strength-2": { kind: "strength", words: say("Ik geef niet op.", "I do not give up.") },
    "rosa-near-1": { kind: "person", name: "Ilse", words: say("Wijkbeheerder, komt even kijken.", "Caretaker, drops by.") },
    "rosa-near-2": { kind: "person", name: say("Mevrouw Pinas", "Mrs Pinas"), words: say("Buurvrouw, past op de jongste.", "Neighbour, minds the youngest.") },
    "rosa-wish-1": { kind: "wish", words: say("Een droge slaapkamer voor mijn zoon.", "A dry bedroom for my son."), domain: "housing", written: "2026-02-01" },
    "rosa-wish-2": { kind: "wish", words: say("Weten wat ik later heb.", "To know what I shall have later."), domain: "pension", written: "2026-02-01" },
  };
}

function plan(say: Say): Record<string, Content> {
  return {
    "rosa-plan": { kind: "plan", first: say("Een droge slaapkamer.", "A dry bedroom."), coordinator: "association", name: "Ilse" },
    "rosa-issue-1": { kind: "issue", title: say("Schimmel in de slaapkamer", "Mould in the bedroom"), domain: "housing", state: "working" },
    "rosa-issue-2": { kind: "issue", title: say("Gat in het pensioen", "Gap in the pension"), domain: "pension", state: "open" },
    "rosa-step-1": { kind: "step", issue: "rosa-issue-1", what: say("Vocht komen meten", "Come and measure the damp"), who: "Ilse", by: "2026-12-01", state: "doing" },
    "rosa-step-2": { kind: "step", issue: "rosa-issue-1", what: say("Bed van de muur zetten", "Move the bed from the wall"), who: "Rosa", by: "2026-11-25", state: "done", doneOn: "2026-11-22", progress: say("Het ruikt al minder.", "It smells less already.") },
    "rosa-step-3": { kind: "step", issue: "rosa-issue-2", what: say("Afspraak bij het pensioenspreekuur", "Appointment at the pension desk"), who: "Rosa", by: "2027-01-15", state: "to_do" },
  };
}
