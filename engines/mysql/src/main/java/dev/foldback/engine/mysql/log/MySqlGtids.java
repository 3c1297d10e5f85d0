package dev.foldback.engine.mysql.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A GTID set of MySQL: {@code uuid:1-5:7:tag:1-3,uuid:…}. Each source, which is a UUID with or
 * without a tag, has intervals of numbers.
 */
public final class MySqlGtids implements GtidSet {
  /** By the source's text, {@code uuid} or {@code uuid:tag}; first numbers to last ones. */
  private final TreeMap<String, TreeMap<Long, Long>> sources = new TreeMap<>();

  public static MySqlGtids parse(String text) {
    MySqlGtids set = new MySqlGtids();
    for (String part : text.split(",", -1)) {
      String clean = part.strip().toLowerCase(Locale.ROOT);
      if (!clean.isEmpty()) {
        set.parsePart(clean);
      }
    }
    return set;
  }

  private void parsePart(String part) {
    String[] tokens = part.split(":", -1);
    String uuid = tokens[0].strip();
    if (!uuid.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw new IllegalArgumentException("not a GTID set of MySQL: " + part);
    }
    String source = uuid;
    for (int i = 1; i < tokens.length; i++) {
      String token = tokens[i].strip();
      if (!token.isEmpty() && !Character.isDigit(token.charAt(0))) {
        source = uuid + ":" + token;
        continue;
      }
      int dash = token.indexOf('-');
      long first = Long.parseLong(dash < 0 ? token : token.substring(0, dash));
      add(source, first, dash < 0 ? first : Long.parseLong(token.substring(dash + 1)));
    }
  }

  /** Adds the numbers of an interval, both ends included. */
  void add(String source, long first, long last) {
    if (last < first) {
      return;
    }
    TreeMap<Long, Long> intervals = sources.computeIfAbsent(source, s -> new TreeMap<>());
    long from = first;
    long to = last;
    Map.Entry<Long, Long> before = intervals.floorEntry(first);
    if (before != null && before.getValue() >= first - 1) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    Map.Entry<Long, Long> next = intervals.higherEntry(from);
    while (next != null && next.getKey() <= to + 1) {
      to = Math.max(to, next.getValue());
      intervals.remove(next.getKey());
      next = intervals.higherEntry(from);
    }
    intervals.put(from, to);
  }

  @Override
  public void add(String gtid) {
    int colon = gtid.lastIndexOf(':');
    long number = Long.parseLong(gtid.substring(colon + 1));
    add(gtid.substring(0, colon), number, number);
  }

  @Override
  public boolean has(String gtid) {
    int colon = gtid.lastIndexOf(':');
    long number = Long.parseLong(gtid.substring(colon + 1));
    return has(gtid.substring(0, colon), number, number);
  }

  private boolean has(String source, long first, long last) {
    Map.Entry<Long, Long> at = sources.getOrDefault(source, new TreeMap<>()).floorEntry(first);
    return at != null && at.getValue() >= last;
  }

  @Override
  public boolean containsAll(GtidSet other) {
    return other instanceof MySqlGtids set
        && set.sources.entrySet().stream()
            .allMatch(
                s ->
                    s.getValue().entrySet().stream()
                        .allMatch(i -> has(s.getKey(), i.getKey(), i.getValue())));
  }

  @Override
  public boolean isEmpty() {
    return sources.isEmpty();
  }

  @Override
  public MySqlGtids copy() {
    MySqlGtids copy = new MySqlGtids();
    sources.forEach((source, intervals) -> copy.sources.put(source, new TreeMap<>(intervals)));
    return copy;
  }

  /** As MySQL writes it: the tags of a UUID follow it, in order, after what has no tag. */
  @Override
  public String text() {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    String uuid = "";
    for (Map.Entry<String, TreeMap<Long, Long>> source : sources.entrySet()) {
      String own = source.getKey().substring(0, 36);
      if (!own.equals(uuid)) {
        if (!part.isEmpty()) {
          parts.add(part.toString());
        }
        part.setLength(0);
        part.append(own);
        uuid = own;
      }
      part.append(source.getKey(), 36, source.getKey().length());
      source
          .getValue()
          .forEach(
              (first, last) -> {
                part.append(':').append(first);
                if (last > first) {
                  part.append('-').append(last);
                }
              });
    }
    if (!part.isEmpty()) {
      parts.add(part.toString());
    }
    return String.join(",", parts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MySqlGtids set && set.sources.equals(sources);
  }

  @Override
  public int hashCode() {
    return sources.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
