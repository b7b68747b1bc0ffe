export * from "./address";
export * from "./client-frames";
export * from "./codes";
export * from "./limits";
export * from "./parse";
export * from "./server-frames";
export * from "./text";
export * from "./values";
