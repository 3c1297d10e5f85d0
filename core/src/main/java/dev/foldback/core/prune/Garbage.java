package dev.foldback.core.prune;

/**
 * What a deletion would leave unused in the store.
 *
 * @param freedObjects objects that only dropped snapshots and log refer to
 * @param looseObjects objects that nothing referred to before: what runs that died left, what an
 *     earlier prune freed, and what a backup under way is writing
 */
public record Garbage(long freedObjects, long freedBytes, long looseObjects, long looseBytes) {}
