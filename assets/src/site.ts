/* What every page has: htmx, and the small manners of the menu and of a form that was refused. */
import "htmx.org";
import { closeMenus, sendOnce, showErrors } from "./manners";
import { sendFromAnyPage } from "./signals/everywhere";
import { leaveNothing } from "./signals/leaving";

closeMenus(document);
showErrors(document);
sendOnce(document);
leaveNothing(document);
sendFromAnyPage(document);
document.addEventListener("htmx:after:settle", () => showErrors(document));
