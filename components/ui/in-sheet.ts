import { createContext, useContext } from "react";

export const InSheet = createContext(false);

/** True inside a sheet, where links replace the history entry that the sheet added. */
export const useInSheet = (): boolean => useContext(InSheet);
