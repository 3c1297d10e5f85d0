package dev.foldback.core.log;

/**
 * The last event of what is stored, by which the server's log is known again.
 *
 * @param file the log file that it is in
 * @param offset of its first byte in that file
 * @param length in bytes
 * @param sha256 of its bytes, lower-case hexadecimal
 */
public record LastEvent(String file, long offset, long length, String sha256) {}
