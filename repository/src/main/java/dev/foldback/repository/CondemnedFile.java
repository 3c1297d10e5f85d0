package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one list of condemned objects says, {@code prune/<number>.json}. Two marks of the same
 * number follow it: {@code .deleting} before the first of its objects may go, {@code .done} after
 * the last. See docs/format.md, "Prune".
 */
record CondemnedFile(long number, List<String> objects) {
  private static final Pattern NAME =
      Pattern.compile("([1-9][0-9]{0,17})(\\.deleting|\\.done)?\\.json");

  /** So many names take about 1.3 MB. */
  static final int MAX_OBJECTS = 20_000;

  CondemnedFile {
    objects = List.copyOf(objects);
  }

  static String key(long number) {
    return Keys.PRUNE + number + ".json";
  }

  static String deleting(long number) {
    return Keys.PRUNE + number + ".deleting.json";
  }

  static String done(long number) {
    return Keys.PRUNE + number + ".done.json";
  }

  byte[] bytes() {
    return Json.checked(Json.file().put("number", number).set("objects", Json.texts(objects)));
  }

  static byte[] mark(long number) {
    return Json.checked(Json.file().put("number", number));
  }

  /** Empty where it is gone; fails with {@code MANIFEST_DAMAGED} where it can't be read. */
  static Optional<CondemnedFile> read(ObjectStore store, long number) {
    String key = key(number);
    byte[] bytes;
    try {
      bytes = store.get(key);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
    Fields fields = Json.checked(bytes, key);
    List<String> objects = fields.texts("objects");
    if (fields.count("number") != number || !objects.stream().allMatch(Hash::isHex)) {
      throw Damage.manifest(key, "it does not list objects");
    }
    return Optional.of(new CondemnedFile(number, objects));
  }

  /** Empty where it is gone or damaged. */
  static Optional<CondemnedFile> readIfWhole(ObjectStore store, long number) {
    try {
      return read(store, number);
    } catch (FoldbackException e) {
      if (e.code() != ErrorCode.MANIFEST_DAMAGED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** All numbers there are, with those just written, which a listing may not show yet. */
  static TreeSet<Long> numbers(ObjectStore store) {
    TreeSet<Long> found = new TreeSet<>();
    store.list(Keys.PRUNE, each -> number(each.key()).ifPresent(found::add));
    long next = found.isEmpty() ? 1 : found.last() + 1;
    while (store.stat(key(next)).isPresent()) {
      found.add(next++);
    }
    return found;
  }

  private static OptionalLong number(String key) {
    Matcher name = NAME.matcher(key.substring(Keys.PRUNE.length()));
    return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
  }

  boolean hasAny(Set<String> names) {
    return objects.stream().anyMatch(names::contains);
  }
}
