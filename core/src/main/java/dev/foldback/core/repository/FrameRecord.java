package dev.foldback.core.repository;

/**
 * What is recorded of a frame.
 *
 * @param rowHash SHA-256 of the rows' bytes, lower-case hexadecimal
 */
public record FrameRecord(String rowHash, long rows, long rowBytes) {}
