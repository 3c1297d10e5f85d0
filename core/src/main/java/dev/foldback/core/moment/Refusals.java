package dev.foldback.core.moment;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.LogPlace;

/** What is said where it can't be told what a foreign key did. */
final class Refusals {
  private Refusals() {}

  /**
   * @param at the change that the key acted on
   * @param why in words after "the key is"
   */
  static FoldbackException key(Link link, LogPlace at, String why) {
    return refused(link, at, "the key is " + why);
  }

  /** Changes above and changes of the same rows took turns. */
  static FoldbackException tooManyParts(Link link, LogPlace at) {
    return key(
        link,
        at,
        "part of the rows' own key, and such rows were changed again for the "
            + Parts.MOST
            + "th time after it gave them another one, which is as often as is followed");
  }

  /** A text that may be equal to others that look different. */
  static FoldbackException unsure(Link link, LogPlace at) {
    return refused(
        link,
        at,
        "the key is over text, and a value has other characters than ASCII letters, digits and"
            + " signs, which the server's collation may hold equal to others");
  }

  private static FoldbackException refused(Link link, LogPlace at, String why) {
    return new FoldbackException(
        ErrorCode.LOG_NOT_FOLDABLE,
        "at "
            + at
            + " rows of "
            + link.key().parent()
            + " went or changed, and what a foreign key of "
            + link.key().child()
            + " did then is not in the log; "
            + why,
        "Restore to a moment before that place (--at "
            + at
            + "), or leave "
            + link.key().child()
            + " out with --exclude.");
  }
}
