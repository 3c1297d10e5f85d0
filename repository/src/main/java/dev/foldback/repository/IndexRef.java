package dev.foldback.repository;

/** One index object, as the manifest names it. */
record IndexRef(String object, long bytes) {}
