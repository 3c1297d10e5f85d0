package dev.foldback.core.repository;

/**
 * How to write a snapshot.
 *
 * @param threads how many lanes will be open at once
 * @param compressionLevel of zstd
 * @param reuse whether frames that are stored already are used again; false stores every frame anew
 */
public record WriterOptions(int threads, int compressionLevel, boolean reuse) {}
