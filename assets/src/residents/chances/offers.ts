/* Who is near: what partners offer, as their register tells. Public facts, fetched for a whole municipality
 * at once, so that the workbench does not learn in which domain somebody looks for help. */
import { ask } from "../asking";
import type { Domain, Offered } from "../contents";

export interface Offer {
  key: string;
  name: string;
  description: string;
  for_whom: string;
  domain: Domain;
  wait_days: number | null;
  email: string;
  phone: string;
  organisation: { key: string; name: string; kind: string; website: string; phone: string };
}

export interface Place {
  code: string;
  name: string;
}

export interface Register {
  offers: Offer[];
  places: Place[];
}

/** All that is offered in a municipality, and in which municipalities something is. */
export async function fetchOffers(address: string, place: string): Promise<Register> {
  const query = place ? `?place=${encodeURIComponent(place)}` : "";
  const { json } = await ask<Partial<Register>>(`${address}${query}`);
  return { offers: json.offers ?? [], places: json.places ?? [] };
}

/** The offers in one domain, the shortest wait first; those of which the wait is not known last. */
export function near(offers: readonly Offer[], domain: Domain | undefined): Offer[] {
  const fitting = offers.filter((one) => domain === undefined || one.domain === domain);
  return fitting.sort(
    (one, other) => (one.wait_days ?? Infinity) - (other.wait_days ?? Infinity) || one.name.localeCompare(other.name),
  );
}

/** What is kept of an offer on the map. */
export function chosen({ key, name, organisation }: Offer): Offered {
  return { key, name, by: organisation.name, sort: organisation.kind };
}
