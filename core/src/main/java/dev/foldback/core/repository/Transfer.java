package dev.foldback.core.repository;

/**
 * What a snapshot cost.
 *
 * @param sentBytes stored bytes that went to the store
 * @param sentFrames frames of rows in them
 * @param reusedFrames frames of rows that the store had
 * @param reusedBytes rows' bytes of these frames
 */
public record Transfer(long sentBytes, long sentFrames, long reusedFrames, long reusedBytes) {}
