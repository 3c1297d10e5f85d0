package dev.foldback.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.cli.output.Meter.Look;
import dev.foldback.core.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Events for machines: every phase and finding, progress at most once a second. */
final class JsonDisplay implements Meter.Display {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Consumer<ObjectNode> events;
  private Instant last = Instant.MIN;
  private Instant now = Instant.EPOCH;

  JsonDisplay(Consumer<ObjectNode> events) {
    this.events = events;
  }

  @Override
  public void phaseBegan(Look look) {
    last = look.time();
    ObjectNode event = Json.event("phase", look.time());
    event.put("phase", look.phase());
    event.put("expectedRows", look.expectedRows());
    event.put("expectedBytes", look.expectedBytes());
    events.accept(event);
  }

  @Override
  public void show(Look look) {
    now = look.time();
    if (Duration.between(last, look.time()).compareTo(EVERY) >= 0) {
      last = look.time();
      events.accept(Json.progress("progress", look));
    }
  }

  @Override
  public void phaseEnded(Look look) {
    events.accept(Json.progress("phaseEnd", look));
  }

  @Override
  public void finding(Finding finding) {
    ObjectNode event = Json.event("finding", last.isAfter(now) ? last : now);
    event.setAll(Json.finding(finding));
    events.accept(event);
  }

  @Override
  public void finish() {}
}
