// Everything a page needs, in one file: htmx, morph swaps and our own small modules. Nothing here
// decides anything about a ticket; without this file every page still reads, answers and files.

import "./config";
import "./copy";
import "./morph";
import "./busy";
import "./failures";
import "./focus";
import "./frame";
import "./live";
import "./moments";
import "./popover";
import "./reveal";
import "./sort";
import "./submit";
import "./theme";
import "./thread";
import "./title";
import * as composer from "./composer/composer";
import * as dialogs from "./dialogs";
import * as keys from "./keys";
import * as list from "./list";
import * as palette from "./palette";
import * as peek from "./peek";
import * as toast from "./toast";

// The first that knows what to do with a key takes it.
keys.listen([palette.pressed, composer.pressed, dialogs.pressed, peek.pressed, keys.pressChord, toast.pressed, list.pressed, keys.pressMarked]);
