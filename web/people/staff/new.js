// The page on which somebody is taken on.

import { watchAll } from "./id_number.js";

watchAll();
