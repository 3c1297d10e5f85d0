package dev.foldback.core.store;

/**
 * What a store can promise.
 *
 * @param conditionalPut put-if-absent is one atomic step in the store itself
 * @param consistentList a list shows every finished write
 */
public record Capabilities(boolean conditionalPut, boolean consistentList) {}
