import { demandTrustedTypes } from "./lib/client/trusted-types";

// Next runs this file before it draws anything, and before it loads a further chunk.
demandTrustedTypes();
