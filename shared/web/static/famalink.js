// Pages work without it; it only makes NHS frontend's components nicer.
import { initAll } from "./nhsuk-frontend.min.js";

initAll();
