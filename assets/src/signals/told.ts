/* What somebody told, as it is kept until it is sent: the fields of the form and its pictures. */

export interface Picture {
  name: string;
  type: string;
  /** In base64. */
  content: string;
}

export interface Told {
  fields: [string, string][];
  pictures: Picture[];
}

/** Fields that belong to a page and not to what was told. */
const OF_THE_PAGE = new Set(["csrfmiddlewaretoken", "do"]);
const CHUNK = 0x8000;

/** What was filled in; an empty choice of files is none. */
export async function toldIn(data: FormData): Promise<Told> {
  const told: Told = { fields: [], pictures: [] };
  for (const [name, value] of data) {
    if (typeof value === "string") {
      if (!OF_THE_PAGE.has(name)) told.fields.push([name, value]);
    } else if (value.size) {
      told.pictures.push({ name: value.name, type: value.type, content: base64(await value.arrayBuffer()) });
    }
  }
  return told;
}

/** The same as a form that can be sent. */
export function asForm({ fields, pictures }: Told, token: string): FormData {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", token);
  data.append("do", "report");
  for (const [name, value] of fields) data.append(name, value);
  for (const picture of pictures) data.append("photos", fileOf(picture));
  return data;
}

/** A picture as a file. */
export function fileOf({ name, type, content }: Picture): File {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  return new File([bytes], name, { type });
}

function base64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
