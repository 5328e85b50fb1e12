/* Invented: a young man who left youth care at eighteen, and went round: no address, no income, no school, no address. */
import type { Content } from "../contents";
import type { Example, Say } from "./example";

export const daan: Example = {
  key: "daan",
  name: "Daan",
  about: (say) =>
    say(
      "Daan (23) ging op zijn achttiende uit de jeugdzorg. Zonder adres geen inkomen, zonder inkomen geen kamer.",
      "Daan (23) left youth care at eighteen. Without an address no income, without an income no room.",
    ),
  contents: (say) => ({ ...organisations(say), ...events(say), ...around(say) }),
};

function organisations(say: Say): Record<string, Content> {
  return {
    "daan-youth": { kind: "organisation", name: say("Jeugdzorg", "Youth care"), lane: "care", from: "2014-02", until: "2021-08" },
    "daan-family": { kind: "organisation", name: say("Pleeggezin", "Foster family"), lane: "housing", from: "2016-06", until: "2021-08" },
    "daan-college": { kind: "organisation", name: say("Mbo techniek", "Technical college"), lane: "education", from: "2019-09", until: "2022-02" },
    "daan-municipality": { kind: "organisation", name: say("Gemeente, loket", "Municipality, desk"), lane: "benefits", from: "2021-10", until: "2024-03", waitedDays: 56 },
    "daan-shelter": { kind: "organisation", name: say("Opvang", "Shelter"), lane: "housing", from: "2022-11", until: "2023-09", waitedDays: 90 },
    "daan-coach": { kind: "organisation", name: say("Jongerencoach", "Youth coach"), lane: "care", from: "2023-03" },
    "daan-landlord": { kind: "organisation", name: say("Woningcorporatie", "Housing association"), lane: "housing", from: "2023-10" },
    "daan-firm": { kind: "organisation", name: say("Installatiebedrijf", "Installation firm"), lane: "work", from: "2024-04" },
  };
}

function events(say: Say): Record<string, Content> {
  return {
    "daan-placed": { kind: "event", title: say("Uit huis geplaatst", "Taken from home"), lane: "care", from: "2014-02", organisation: "daan-youth", effect: "nothing", turning: true },
    "daan-moves": { kind: "event", title: say("Vier groepen in twee jaar", "Four group homes in two years"), lane: "care", from: "2014-03", until: "2016-05", organisation: "daan-youth", effect: "trapped", turning: false, felt: say("Mijn tas stond altijd klaar.", "My bag was always packed.") },
    "daan-foster": { kind: "event", title: say("Bij Karin en Wim", "With Karin and Wim"), lane: "housing", from: "2016-06", until: "2021-07", organisation: "daan-family", effect: "helped", turning: true, felt: say("Ik kreeg een eigen fiets.", "I got a bike of my own.") },
    "daan-school": { kind: "event", title: say("Begonnen met techniek", "Began technical training"), lane: "education", from: "2019-09", until: "2021-06", organisation: "daan-college", effect: "helped", turning: false, felt: say("Eindelijk iets met mijn handen.", "Something with my hands at last.") },
    "daan-eighteen": { kind: "event", title: say("Achttien: alles stopte", "Eighteen: it all stopped"), lane: "care", from: "2021-08-19", organisation: "daan-youth", effect: "hindered", turning: true, felt: say("Gefeliciteerd, zeiden ze.", "Congratulations, they said.") },
    "daan-couch": { kind: "event", title: say("Van bank naar bank", "From couch to couch"), lane: "housing", from: "2021-09", until: "2022-10", effect: "nothing", turning: false },
    "daan-no-address": { kind: "event", title: say("Geen adres, geen uitkering", "No address, no benefit"), lane: "benefits", from: "2021-10", until: "2023-02", organisation: "daan-municipality", effect: "trapped", turning: false, felt: say("Kom terug met een adres, zeiden ze. Waarvandaan?", "Come back with an address. From where?") },
    "daan-insurance": { kind: "event", title: say("Boete zorgverzekering", "Fine for no insurance"), lane: "benefits", from: "2023-05", effect: "hindered", turning: false },
    "daan-dropout": { kind: "event", title: say("Gestopt met school", "Left school"), lane: "education", from: "2022-02", organisation: "daan-college", effect: "hindered", turning: false, felt: say("Slaap je waar, dan leer je niet.", "You cannot learn where you cannot sleep.") },
    "daan-parcels": { kind: "event", title: say("Pakjes bezorgen, zwart", "Delivering parcels, unofficially"), lane: "work", from: "2022-03", until: "2022-10", effect: "nothing", turning: false },
    "daan-bed": { kind: "event", title: say("Bed in de opvang", "A bed in the shelter"), lane: "housing", from: "2022-11", organisation: "daan-shelter", effect: "helped", turning: false },
    "daan-yusuf": { kind: "event", title: say("Coach Yusuf belde zelf", "Coach Yusuf called me"), lane: "care", from: "2023-03", organisation: "daan-coach", effect: "helped", turning: true, felt: say("Hij zei: ik ga mee.", "He said: I shall come along.") },
    "daan-letter-address": { kind: "event", title: say("Briefadres geregeld", "A postal address at last"), lane: "benefits", from: "2023-04", organisation: "daan-municipality", effect: "helped", turning: false },
    "daan-room": { kind: "event", title: say("Kamer met begeleiding", "A room with support"), lane: "housing", from: "2023-10-02", organisation: "daan-landlord", effect: "helped", turning: true, felt: say("Drie sleutels. Ik telde ze steeds.", "Three keys. I kept counting them.") },
    "daan-work": { kind: "event", title: say("Leerbaan als monteur", "Trainee fitter"), lane: "work", from: "2024-04", until: "2026-10", organisation: "daan-firm", effect: "helped", turning: false, felt: say("Ze wachten met koffie op mij.", "They wait for me with coffee.") },
    "daan-back-to-school": { kind: "event", title: say("Weer één dag naar school", "One day a week at school again"), lane: "education", from: "2024-09", until: "2026-06", effect: "helped", turning: false },
    "daan-contract-end": { kind: "event", title: say("Contract van de kamer loopt af", "The contract of my room ends"), lane: "housing", from: "2026-09", organisation: "daan-landlord", effect: "hindered", turning: false, felt: say("Niet weer.", "Not again.") },
  };
}

function around(say: Say): Record<string, Content> {
  return {
    "daan-link-1": { kind: "influence", from: "daan-eighteen", to: "daan-couch", how: "hindered" },
    "daan-link-2": { kind: "influence", from: "daan-couch", to: "daan-no-address", how: "trapped", words: say("Een bank is geen adres.", "A couch is no address.") },
    "daan-link-3": { kind: "influence", from: "daan-no-address", to: "daan-dropout", how: "hindered" },
    "daan-link-4": { kind: "influence", from: "daan-yusuf", to: "daan-letter-address", how: "helped" },
    "daan-link-5": { kind: "influence", from: "daan-room", to: "daan-work", how: "helped" },
    "daan-chance-1": { kind: "chance", event: "daan-contract-end", words: say("Contract verlengen tot mijn diploma", "Extend the contract until my diploma"), offers: [] },
    "daan-value-1": { kind: "value", words: say("Een deur die ik zelf op slot doe.", "A door that I lock myself."), theme: "control" },
    "daan-value-2": { kind: "value", words: say("Dat niemand vraagt waar ik vandaan kom.", "That nobody asks where I came from."), theme: "oneself" },
    "daan-strength-1": { kind: "strength", words: say("Ik red me overal.", "I manage anywhere.") },
    "daan-near-1": { kind: "person", name: "Yusuf", words: say("Coach, neemt altijd op.", "Coach, always answers.") },
    "daan-near-2": { kind: "person", name: say("Karin en Wim", "Karin and Wim"), words: say("Op zondag eten.", "Dinner on Sundays.") },
    "daan-wish-1": { kind: "wish", words: say("Een eigen huis, met contract zonder einde.", "A home of my own, with a contract without an end."), domain: "housing", written: "2026-10-05" },
    "daan-plan": { kind: "plan", first: say("In mijn kamer blijven.", "To stay in my room."), coordinator: "partner", name: "Yusuf" },
    "daan-issue-1": { kind: "issue", title: say("Contract loopt af", "The contract ends"), domain: "housing", state: "open" },
    "daan-step-1": { kind: "step", issue: "daan-issue-1", what: say("Bellen met de corporatie, samen", "Call the association together"), who: "Yusuf", by: "2026-11-26", state: "to_do", obstacle: say("Een tijdelijk contract mag niet langer.", "A temporary contract may not be longer.") },
  };
}
