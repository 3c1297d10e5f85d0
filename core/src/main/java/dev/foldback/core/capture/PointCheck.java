package dev.foldback.core.capture;

import dev.foldback.core.Origin;
import java.util.Optional;

/** Asked when all of the log up to now is stored: whether a restore point is there. */
public interface PointCheck {

  /** What to record of it; empty where it is none. */
  Optional<Origin> point();
}
