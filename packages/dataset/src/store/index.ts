export { type MemoryObject, type MemoryOptions, type MemoryStore, memoryStore } from "./memory-store.ts";
