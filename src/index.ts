/** The public surface of dashwright. Re-exports only. */
export {};
