/* What every page has: htmx, and the small manners of the menu and of a form that was refused. */
import "htmx.org";
import { closeMenus, sendOnce, showErrors } from "./manners";

closeMenus(document);
showErrors(document);
sendOnce(document);
document.addEventListener("htmx:after:settle", () => showErrors(document));
