package dev.foldback.core.moment;

import dev.foldback.core.log.ActingKey;

/** An acting key between two lives. */
final class Link {
  private final ActingKey key;
  private final Life parent;
  private final int[] parentColumns;
  private final Life child;
  private final int[] childColumns;

  /**
   * @param childColumns places of its columns among those of the child's frames
   * @param parentColumns places of what they point to among those of the parent's frames
   */
  Link(ActingKey key, Life parent, int[] parentColumns, Life child, int[] childColumns) {
    this.key = key;
    this.parent = parent;
    this.parentColumns = parentColumns;
    this.child = child;
    this.childColumns = childColumns;
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

  @Override
  public boolean equals(Object other) {
    return other instanceof Link link
        && link.key.equals(key)
        && link.child.equals(child)
        && link.parent.equals(parent);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + child.hashCode();
  }
}
