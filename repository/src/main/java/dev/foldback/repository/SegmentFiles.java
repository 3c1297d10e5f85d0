package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Finds and reads the manifests of segments. */
final class SegmentFiles {
  private static final int PARALLEL = 16;

  /** Larger than any manifest: four MiB of log are some two hundred bytes of it. */
  private static final int MAX_BYTES = 256 << 20;

  private static final int DIGITS = 10;
  private static final String NAME = "[0-9]{" + DIGITS + "}\\.json";

  private final ObjectStore store;

  SegmentFiles(ObjectStore store) {
    this.store = store;
  }

  /** Segments that could be read, by number, and those that could not. */
  record Loaded(List<StoredSegment> segments, List<Finding> damaged, long begins) {
    LogListing listing() {
      return new LogListing(
          segments.stream().map(StoredSegment::summary).toList(), damaged, begins);
    }
  }

  Set<SourceName> sources() {
    Set<String> names = new ConcurrentSkipListSet<>();
    store.list(
        Keys.LOG,
        each -> {
          if (!Keys.isLogBegins(each.key())) {
            names.add(each.key().split("/", -1)[1]);
          }
        });
    Set<SourceName> sources = new TreeSet<>();
    names.forEach(name -> source(name).ifPresent(sources::add));
    return sources;
  }

  private static Optional<SourceName> source(String name) {
    try {
      return Optional.of(new SourceName(name));
    } catch (FoldbackException e) {
      // Nothing that Foldback wrote.
      return Optional.empty();
    }
  }

  /** Numbers in order; a listing may lag, so what follows the last one is asked for. */
  List<Long> numbers(SourceName source) {
    String prefix = Keys.log(source);
    ConcurrentSkipListSet<Long> numbers = new ConcurrentSkipListSet<>();
    store.list(
        prefix,
        each -> {
          String name = each.key().substring(prefix.length());
          if (name.matches(NAME)) {
            numbers.add(Long.parseLong(name.substring(0, DIGITS)));
          }
        });
    long next = numbers.isEmpty() ? 1 : numbers.last() + 1;
    while (store.stat(Keys.segment(source, next)).isPresent()) {
      numbers.add(next++);
    }
    return new ArrayList<>(numbers);
  }

  /** The first number that no prune dropped; one before it may be there yet, and counts no more. */
  long begins(SourceName source) {
    ConcurrentSkipListSet<Long> found = new ConcurrentSkipListSet<>(Set.of(1L));
    String prefix = Keys.log(source);
    store.list(
        prefix,
        each -> {
          String name = each.key().substring(prefix.length());
          if (name.matches(Keys.BEGINS + NAME)) {
            String number = name.substring(Keys.BEGINS.length());
            found.add(Long.parseLong(number.substring(0, DIGITS)));
          }
        });
    return found.last();
  }

  StoredSegment read(SourceName source, long number) {
    String key = Keys.segment(source, number);
    byte[] bytes = store.get(key, 0, MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw Damage.manifest(key, "it is larger than any manifest");
    }
    return SegmentCodec.read(bytes, source, number);
  }

  Loaded all(SourceName source) {
    List<Long> numbers = numbers(source);
    Map<Long, StoredSegment> segments = new TreeMap<>();
    Map<Long, Finding> damaged = new TreeMap<>();
    ExecutorService pool = StoreThreads.pool("segment", PARALLEL);
    try {
      List<Future<StoredSegment>> tasks =
          numbers.stream().map(number -> pool.submit(() -> read(source, number))).toList();
      for (int i = 0; i < tasks.size(); i++) {
        try {
          segments.put(numbers.get(i), StoreThreads.get(tasks.get(i)));
        } catch (FoldbackException e) {
          damaged.put(numbers.get(i), finding(Keys.segment(source, numbers.get(i)), e));
        }
      }
    } finally {
      pool.shutdownNow();
    }
    // Asked for last: a prune says where the log begins before it deletes.
    long begins = begins(source);
    segments.keySet().removeIf(number -> number < begins);
    damaged.keySet().removeIf(number -> number < begins);
    return new Loaded(List.copyOf(segments.values()), List.copyOf(damaged.values()), begins);
  }

  private static Finding finding(String key, FoldbackException e) {
    boolean damage =
        e.code() == ErrorCode.MANIFEST_DAMAGED
            || e.code() == ErrorCode.OBJECT_MISSING
            || e.code() == ErrorCode.REPOSITORY_FORMAT;
    if (!damage) {
      throw e;
    }
    return Finding.error(e.code().code(), key, String.valueOf(e.getMessage()), e.hint());
  }
}
