package dev.foldback.core.moment;

import dev.foldback.core.log.ActingKey;

/**
 * An acting key between two lives.
 *
 * @param childColumns places of its columns among those of the child's frames
 * @param parentColumns places of what they point to among those of the parent's frames
 */
record Link(ActingKey key, Life parent, int[] parentColumns, Life child, int[] childColumns) {
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
