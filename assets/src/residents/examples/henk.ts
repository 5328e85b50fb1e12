/* Invented: a widower who cared for his wife, for whom home, care and pension did not fit together. */
import type { Content } from "../contents";
import type { Example, Say } from "./example";

export const henk: Example = {
  key: "henk",
  name: "Henk",
  about: (say) =>
    say(
      "Henk (73) verzorgde zijn vrouw tot ze stierf. Zijn huis werd te groot, zijn inkomen te klein, en hij kon niet weg.",
      "Henk (73) cared for his wife until she died. His home became too large, his income too small, and he could not move.",
    ),
  contents: (say) => ({ ...organisations(say), ...past(say), ...recent(say), ...around(say) }),
};

function organisations(say: Say): Record<string, Content> {
  return {
    "henk-landlord": { kind: "organisation", name: say("Woningcorporatie", "Housing association"), lane: "housing", from: "1978" },
    "henk-yard": { kind: "organisation", name: say("Scheepswerf", "Shipyard"), lane: "work", from: "1970", until: "1983-04" },
    "henk-haulier": { kind: "organisation", name: say("Transportbedrijf", "Haulier"), lane: "work", from: "1985", until: "2016-02" },
    "henk-hospital": { kind: "organisation", name: say("Ziekenhuis", "Hospital"), lane: "care", from: "2014-03", until: "2021-09" },
    "henk-district-nurse": { kind: "organisation", name: say("Wijkverpleging", "District nursing"), lane: "care", from: "2017-09", until: "2021-09", waitedDays: 75 },
    "henk-support": { kind: "organisation", name: say("Gemeente, Wmo", "Municipality, social support"), lane: "care", from: "2018-05", until: "2022-01", waitedDays: 160 },
    "henk-state-pension": { kind: "organisation", name: say("Aow", "State pension"), lane: "pension", from: "2019-06" },
    "henk-fund": { kind: "organisation", name: say("Pensioenfonds vervoer", "Transport pension fund"), lane: "pension", from: "2019-06" },
    "henk-club": { kind: "organisation", name: say("Repaircafé", "Repair café"), lane: "work", from: "2023-02" },
  };
}

function past(say: Say): Record<string, Content> {
  return {
    "henk-apprentice": { kind: "event", title: say("Leerling op de werf", "Apprentice at the yard"), lane: "education", from: "1970", until: "1972", organisation: "henk-yard", effect: "helped", turning: false, felt: say("Ik leerde lassen van de besten.", "I learned welding from the best.") },
    "henk-home": { kind: "event", title: say("Eengezinswoning, net getrouwd", "Family home, newly wed"), lane: "housing", from: "1978", organisation: "henk-landlord", effect: "helped", turning: true, felt: say("Riet plantte de eerste dag een pereboom.", "Riet planted a pear tree on the first day.") },
    "henk-closure": { kind: "event", title: say("Werf dicht", "The yard closed"), lane: "work", from: "1983-04", organisation: "henk-yard", effect: "hindered", turning: false, felt: say("Driehonderd man op één dag.", "Three hundred men in one day.") },
    "henk-benefit": { kind: "event", title: say("Twee jaar in de WW", "Two years on benefit"), lane: "benefits", from: "1983-05", until: "1985", effect: "helped", turning: false },
    "henk-driver": { kind: "event", title: say("Chauffeur geworden", "Became a driver"), lane: "work", from: "1985", until: "2013", organisation: "henk-haulier", effect: "helped", turning: false },
    "henk-gap": { kind: "event", title: say("Pensioen van de werf zoekgeraakt", "The yard's pension went missing"), lane: "pension", from: "1991", effect: "hindered", turning: false },
    "henk-renovation": { kind: "event", title: say("Nieuwe keuken en isolatie", "New kitchen and insulation"), lane: "housing", from: "2003", organisation: "henk-landlord", effect: "helped", turning: false },
    "henk-diagnosis": { kind: "event", title: say("Riet werd ziek", "Riet fell ill"), lane: "care", from: "2014-03-18", organisation: "henk-hospital", effect: "nothing", turning: true, felt: say("In de auto zeiden we niets.", "We said nothing in the car.") },
  };
}

function recent(say: Say): Record<string, Content> {
  return {
    "henk-stopped": { kind: "event", title: say("Gestopt om voor haar te zorgen", "Stopped work to care for her"), lane: "work", from: "2016-02", organisation: "henk-haulier", effect: "nothing", turning: false, felt: say("Dat wilde ik zelf.", "I wanted that myself.") },
    "henk-no-benefit": { kind: "event", title: say("Geen uitkering: zelf ontslag", "No benefit: you resigned"), lane: "benefits", from: "2016-04", until: "2019-06", effect: "trapped", turning: false, felt: say("Zorgen telt niet als werk.", "Caring does not count as work.") },
    "henk-nursing": { kind: "event", title: say("Wijkverpleegkundige Amina", "District nurse Amina"), lane: "care", from: "2017-09", until: "2021-08", organisation: "henk-district-nurse", effect: "helped", turning: false, felt: say("Zij zag ons allebei.", "She saw us both.") },
    "henk-lift-refused": { kind: "event", title: say("Traplift geweigerd: verhuis maar", "Stairlift refused: do move"), lane: "care", from: "2018-10", until: "2019-12", organisation: "henk-support", effect: "trapped", turning: false },
    "henk-no-move": { kind: "event", title: say("Verhuizen kon niet: te veel inkomen in 2015", "Could not move: income of 2015"), lane: "housing", from: "2019-02", organisation: "henk-landlord", effect: "hindered", turning: false, felt: say("De een stuurde ons naar de ander.", "Each sent us to the other.") },
    "henk-pension": { kind: "event", title: say("Aow begon", "State pension began"), lane: "pension", from: "2019-06", organisation: "henk-state-pension", effect: "helped", turning: false },
    "henk-bed-down": { kind: "event", title: say("Bed in de kamer beneden", "Bed in the room downstairs"), lane: "housing", from: "2020-01", effect: "nothing", turning: false },
    "henk-loss": { kind: "event", title: say("Riet overleden, thuis", "Riet died, at home"), lane: "care", from: "2021-09-07", organisation: "henk-district-nurse", effect: "helped", turning: true, felt: say("Amina bleef tot het licht werd.", "Amina stayed until it was light."), mattered: say("Dat ze thuis kon zijn.", "That she could be at home.") },
    "henk-less": { kind: "event", title: say("Aow omlaag, huur niet", "Less pension, same rent"), lane: "pension", from: "2021-11", organisation: "henk-state-pension", effect: "hindered", turning: false },
    "henk-silent": { kind: "event", title: say("Een winter binnen", "A winter indoors"), lane: "care", from: "2021-11", until: "2022-03", effect: "nothing", turning: false },
    "henk-caretaker": { kind: "event", title: say("Huismeester zag de post liggen", "The caretaker saw the post"), lane: "housing", from: "2022-04", organisation: "henk-landlord", effect: "helped", turning: false, felt: say("Kom je koffie drinken, zei hij.", "Come and have coffee, he said.") },
    "henk-repair": { kind: "event", title: say("Repareren in de buurt", "Repairing for the neighbourhood"), lane: "work", from: "2023-02", until: "2026-10", organisation: "henk-club", effect: "helped", turning: false, felt: say("Elke dinsdag een tafel vol.", "A full table every Tuesday.") },
    "henk-found": { kind: "event", title: say("Pensioen van de werf gevonden", "The yard's pension was found"), lane: "pension", from: "2024-05", organisation: "henk-fund", effect: "helped", turning: false },
    "henk-ground-floor": { kind: "event", title: say("Gelijkvloers, in dezelfde straat", "Ground floor, in the same street"), lane: "housing", from: "2025-06", organisation: "henk-landlord", effect: "helped", turning: true, felt: say("De pereboom ging mee.", "The pear tree came along.") },
  };
}

function around(say: Say): Record<string, Content> {
  return {
    "henk-link-1": { kind: "influence", from: "henk-stopped", to: "henk-no-benefit", how: "trapped" },
    "henk-link-2": { kind: "influence", from: "henk-lift-refused", to: "henk-no-move", how: "trapped", words: say("De Wmo zei verhuis, de verhuurder zei dat mag niet.", "Support said move, the landlord said you may not.") },
    "henk-link-3": { kind: "influence", from: "henk-caretaker", to: "henk-repair", how: "helped" },
    "henk-link-4": { kind: "influence", from: "henk-gap", to: "henk-less", how: "hindered" },
    "henk-chance-1": { kind: "chance", event: "henk-lift-refused", words: say("Wmo en corporatie samen aan tafel", "Support and landlord at one table"), offers: [], tried: say("Zelf drie keer gebeld.", "Called three times myself.") },
    "henk-value-1": { kind: "value", words: say("De straat kent mij, en ik de straat.", "The street knows me, and I the street."), theme: "known" },
    "henk-value-2": { kind: "value", words: say("Iets kunnen maken met mijn handen.", "To make something with my hands."), theme: "meaning" },
    "henk-strength-1": { kind: "strength", words: say("Ik kan alles repareren met een draad eraan.", "I can repair anything with a wire.") },
    "henk-near-1": { kind: "person", name: "Amina", words: say("Belt nog met Riets verjaardag.", "Still calls on Riet's birthday.") },
    "henk-near-2": { kind: "person", name: say("Dochter Ans", "My daughter Ans"), words: say("Woont ver, belt elke zondag.", "Lives far away, calls every Sunday.") },
    "henk-wish-1": { kind: "wish", words: say("De werkplaats twee dagen open.", "The workshop open two days."), domain: "work", written: "2026-09-14" },
    "henk-plan": { kind: "plan", first: say("De werkplaats twee dagen open.", "The workshop open two days."), coordinator: "resident" },
    "henk-issue-1": { kind: "issue", title: say("Ruimte voor het repaircafé", "Room for the repair café"), domain: "work", state: "working" },
    "henk-step-1": { kind: "step", issue: "henk-issue-1", what: say("Sleutel van de bergruimte vragen", "Ask for the key of the store"), who: "Henk", by: "2026-11-27", state: "to_do" },
  };
}
