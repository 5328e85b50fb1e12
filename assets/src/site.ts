/* What every page has: htmx, and the small manners of the menu and of a form that was refused. */
import "htmx.org";
import { closeMenus, showErrors } from "./manners";

closeMenus(document);
showErrors(document);
document.addEventListener("htmx:after:settle", () => showErrors(document));
