package dev.foldback.engine.mysql.log;

import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A GTID position of MariaDB: {@code 0-1-100,1-1-5}, the last transaction of each domain. It stands
 * for that one and all before it in its domain.
 */
public final class MariaDbGtids implements GtidSet {
  private final TreeMap<Long, Last> domains = new TreeMap<>();

  private record Last(long server, long sequence) {}

  private record Gtid(long domain, Last last) {
    static Gtid parse(String text) {
      String[] parts = text.strip().split("-", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("not a GTID of MariaDB: " + text);
      }
      return new Gtid(
          Long.parseLong(parts[0]),
          new Last(Long.parseLong(parts[1]), Long.parseUnsignedLong(parts[2])));
    }
  }

  public static MariaDbGtids parse(String text) {
    MariaDbGtids set = new MariaDbGtids();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        set.add(part);
      }
    }
    return set;
  }

  /** Takes the place of the domain's last one, whatever its number: order is the log's. */
  @Override
  public void add(String gtid) {
    Gtid parsed = Gtid.parse(gtid);
    domains.put(parsed.domain, parsed.last);
  }

  /** By the number alone: that the numbers of a domain rise is the server's to keep. */
  @Override
  public boolean has(String gtid) {
    Gtid parsed = Gtid.parse(gtid);
    Last last = domains.get(parsed.domain);
    return last != null && Long.compareUnsigned(last.sequence, parsed.last.sequence) >= 0;
  }

  /** Whether that very transaction is the last of its domain. */
  public boolean isLast(String gtid) {
    Gtid parsed = Gtid.parse(gtid);
    return parsed.last.equals(domains.get(parsed.domain));
  }

  public boolean knowsDomainOf(String gtid) {
    return domains.containsKey(Gtid.parse(gtid).domain);
  }

  @Override
  public boolean containsAll(GtidSet other) {
    return other instanceof MariaDbGtids set
        && set.domains.entrySet().stream()
            .allMatch(
                d -> {
                  Last last = domains.get(d.getKey());
                  return last != null
                      && Long.compareUnsigned(last.sequence, d.getValue().sequence) >= 0;
                });
  }

  @Override
  public boolean isEmpty() {
    return domains.isEmpty();
  }

  @Override
  public MariaDbGtids copy() {
    MariaDbGtids copy = new MariaDbGtids();
    copy.domains.putAll(domains);
    return copy;
  }

  @Override
  public String text() {
    return domains.entrySet().stream()
        .map(
            d ->
                d.getKey()
                    + "-"
                    + d.getValue().server
                    + "-"
                    + Long.toUnsignedString(d.getValue().sequence))
        .collect(Collectors.joining(","));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MariaDbGtids set && set.domains.equals(domains);
  }

  @Override
  public int hashCode() {
    return domains.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
