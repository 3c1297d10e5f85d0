package dev.foldback.core.moment;

import dev.foldback.core.log.ActingKey;
import dev.foldback.core.log.Equality;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An acting key between two lives. */
final class Link {
  private final ActingKey key;
  private final Life parent;
  private final int[] parentColumns;
  private final Life child;
  private final int[] childColumns;
  private final List<Equality> equalities;
  private final Optional<String> unknown;

  /**
   * @param parentColumns places of what it points to among the columns of the parent's frames
   * @param childColumns places of its columns among those of the child's frames
   * @param equalities how values of each column are compared
   * @param unknown why it can't be told which rows it acts on, if so; in words after "the key is"
   */
  Link(
      ActingKey key,
      Life parent,
      int[] parentColumns,
      Life child,
      int[] childColumns,
      List<Equality> equalities,
      Optional<String> unknown) {
    this.key = key;
    this.parent = parent;
    this.parentColumns = parentColumns;
    this.child = child;
    this.childColumns = childColumns;
    this.equalities = List.copyOf(equalities);
    this.unknown = unknown;
  }

  ActingKey key() {
    return key;
  }

  Life parent() {
    return parent;
  }

  int[] parentColumns() {
    return parentColumns;
  }

  Life child() {
    return child;
  }

  int[] childColumns() {
    return childColumns;
  }

  /** Whether it points to what the fold knows the parent's rows by. */
  boolean pointsToOwnKey() {
    return !parent.folded().key().isEmpty()
        && Arrays.equals(
            Arrays.stream(Values.key(parent.folded())).sorted().toArray(),
            Arrays.stream(parentColumns).sorted().toArray());
  }

  /** The same between other lives. */
  Link between(Life other, Life otherChild) {
    return new Link(key, other, parentColumns, otherChild, childColumns, equalities, unknown);
  }

  /** Whether a change of these values above gives rows another key of their own. */
  boolean changesOwnKey(boolean[] changed) {
    for (int own : Values.key(child.folded())) {
      for (int i = 0; i < changed.length; i++) {
        if (changed[i] && childColumns[i] == own) {
          return key.onUpdate() == ActingKey.Action.CASCADE;
        }
      }
    }
    return false;
  }

  List<Equality> equalities() {
    return equalities;
  }

  Optional<String> unknown() {
    return unknown;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Link link
        && link.key.equals(key)
        && link.child.equals(child)
        && link.parent.equals(parent)
        && link.equalities.equals(equalities);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + child.hashCode();
  }
}
