package dev.foldback.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.Finding;
import dev.foldback.core.FindingsException;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.backup.BackupResult;
import dev.foldback.core.backup.RestorePoint;
import dev.foldback.core.capture.CaptureResult;
import dev.foldback.core.consolidate.ConsolidateResult;
import dev.foldback.core.diff.DiffResult;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.moment.HistorySummary;
import dev.foldback.core.moment.Undo;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.PrunePlan;
import dev.foldback.core.prune.Swept;
import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.TableSummary;
import dev.foldback.core.repository.Transfer;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.restore.RestorePlan;
import dev.foldback.core.restore.RestoreResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes JSON to standard output, a line each. The shapes are those of docs/json.md. */
public final class JsonPrinter implements Printer {
  private final PrintStream out;
  private final Clock clock;
  private final Consumer<Finding> warnings;

  /** Warnings are events among the others. */
  public JsonPrinter(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.warnings = this::event;
  }

  private JsonPrinter(PrintStream out, Clock clock, Consumer<Finding> warnings) {
    this.out = out;
    this.clock = clock;
    this.warnings = warnings;
  }

  /** For commands that print one document: warnings would be others beside it. */
  public JsonPrinter withWarningsTo(Consumer<Finding> elsewhere) {
    return new JsonPrinter(out, clock, elsewhere);
  }

  @Override
  public Meter.Display display() {
    return new JsonDisplay(this::print);
  }

  @Override
  public void warning(Finding warning) {
    warnings.accept(warning);
  }

  private void event(Finding warning) {
    ObjectNode event = Json.event("finding", clock.instant());
    event.setAll(Json.finding(warning));
    print(event);
  }

  @Override
  public void made(RepositoryInfo info, String location, Optional<Path> keyFile) {
    ObjectNode result = result("init");
    result.put("repository", info.id());
    result.put("location", location);
    result.put("created", Json.time(info.created()));
    result.set("recipients", Json.texts(info.recipients()));
    result.put("keyFile", keyFile.map(Path::toString).orElse(null));
    print(result);
  }

  @Override
  public void backedUp(RestorePoint point) {
    ObjectNode node = result("backup");
    node.put("way", point.way().word());
    node.put("reason", point.reason());
    switch (point) {
      case RestorePoint.Taken(var _, var _, BackupResult result) -> snapshot(node, result);
      case RestorePoint.Reached reached -> log(node, reached);
    }
    print(node);
  }

  private static void log(ObjectNode node, RestorePoint.Reached reached) {
    SegmentManifest newest = reached.newest();
    node.put("source", newest.source().value());
    node.put("base", reached.base().id().value());
    node.put("position", newest.to().text());
    node.put("until", newest.until().toString());
    node.put("segments", reached.stored().map(CaptureResult::segments).orElse(0L));
    node.put("transactions", reached.stored().map(CaptureResult::transactions).orElse(0L));
    node.put("bytes", reached.stored().map(CaptureResult::bytes).orElse(0L));
    node.put("sentBytes", reached.stored().map(CaptureResult::sentBytes).orElse(0L));
    node.put("seconds", reached.time().toMillis() / 1000.0);
  }

  private static void snapshot(ObjectNode node, BackupResult result) {
    node.setAll(Json.manifest(result.manifest()));
    node.set("findings", Json.findings(result.manifest().findings()));
    node.set("checks", Json.texts(result.manifest().checks()));
    transfer(node, result.transfer());
    node.put("seconds", result.time().toMillis() / 1000.0);
  }

  private static void transfer(ObjectNode node, Transfer transfer) {
    node.put("sentBytes", transfer.sentBytes());
    node.put("sentFrames", transfer.sentFrames());
    node.put("reusedFrames", transfer.reusedFrames());
    node.put("reusedBytes", transfer.reusedBytes());
  }

  @Override
  public void captured(SourceName source, CaptureResult result) {
    ObjectNode node = result("capture");
    node.put("source", source.value());
    node.put("segments", result.segments());
    node.put("transactions", result.transactions());
    node.put("bytes", result.bytes());
    node.put("sentBytes", result.sentBytes());
    node.set("newest", result.newest().map(LogJson::segment).orElse(null));
    node.put("seconds", result.time().toMillis() / 1000.0);
    print(node);
  }

  @Override
  public void listed(SnapshotListing listing, Map<SourceName, LogListing> logs) {
    ArrayNode all = Json.array();
    listing.entries().forEach(entry -> all.add(Json.snapshot(entry)));
    for (Finding finding : listing.damaged()) {
      if (finding.severity() == Finding.Severity.ERROR) {
        all.add(Json.damaged(finding));
      } else {
        warning(finding);
      }
    }
    Reachable.of(listing, logs).forEach(source -> all.add(LogJson.log(source)));
    print(all);
  }

  @Override
  public void shown(SnapshotListing.Entry entry, List<TableSummary> tables) {
    ObjectNode node = Json.snapshot(entry);
    node.set("checks", Json.texts(entry.manifest().checks()));
    ArrayNode contents = node.putArray("contents");
    for (TableSummary table : tables) {
      contents
          .addObject()
          .put("schema", table.name().schema())
          .put("table", table.name().table())
          .put("rows", table.rows())
          .put("rowBytes", table.rowBytes());
    }
    print(node);
  }

  @Override
  public void planned(RestorePlan plan, String target) {
    LoadPlan load = plan.load();
    ObjectNode event = Json.event("plan", clock.instant());
    event.put("snapshot", plan.snapshot().id().value());
    event.put("source", plan.snapshot().source().value());
    event.put("snapshotTime", Json.time(plan.snapshot().started()));
    event.put("position", plan.snapshot().position().text());
    plan.moment().ifPresent(moment -> event.set("moment", LogJson.moment(moment)));
    event.put("target", target);
    event.put("tables", load.tables().size());
    event.put("objects", load.objects().size());
    event.put("rows", plan.rows());
    event.put("rowBytes", plan.rowBytes());
    event.put("resumedTables", load.loaded().size());
    ObjectNode renames = event.putObject("renames");
    plan.options().renames().schemas().forEach(renames::put);
    plan.options()
        .renames()
        .tables()
        .forEach((from, to) -> renames.put(from.toString(), to.toString()));
    event.set("findings", Json.findings(load.findings()));
    print(event);
  }

  @Override
  public void restored(RestoreResult result) {
    ObjectNode node = result("restore");
    node.put("snapshot", result.snapshot().value());
    node.put("tables", result.tables());
    node.put("rows", result.rows());
    node.put("rowBytes", result.rowBytes());
    node.put("compared", result.compared());
    node.put("complete", result.complete());
    node.set("findings", Json.findings(result.findings()));
    node.put("loadSeconds", result.loadTime().toMillis() / 1000.0);
    node.put("compareSeconds", result.compareTime().toMillis() / 1000.0);
    print(node);
  }

  @Override
  public void verified(VerifyReport report, RepositoryInfo info) {
    ObjectNode node = result("verify");
    node.put("good", report.good());
    node.put("kind", report.kind());
    node.put("opened", info.canOpen());
    node.put("objects", report.objects());
    node.put("storedBytes", report.storedBytes());
    ArrayNode snapshots = node.putArray("snapshots");
    for (VerifyReport.Verdict verdict : report.snapshots()) {
      snapshots
          .addObject()
          .put("id", verdict.id().value())
          .put("good", verdict.good())
          .set("damagedTables", Json.texts(verdict.damagedTables()));
    }
    node.set("findings", Json.findings(report.findings()));
    print(node);
  }

  @Override
  public void planned(PrunePlan plan) {
    ObjectNode event = Json.event("prunePlan", clock.instant());
    event.put("dryRun", plan.options().dryRun());
    event.put("graceSeconds", plan.options().grace().toSeconds());
    ArrayNode snapshots = event.putArray("snapshots");
    plan.decisions().snapshots().forEach(d -> snapshots.add(PruneJson.snapshot(d)));
    ArrayNode stretches = event.putArray("stretches");
    plan.decisions().log().forEach(d -> stretches.add(PruneJson.stretch(d)));
    event.put("freedObjects", plan.garbage().freedObjects());
    event.put("freedBytes", plan.garbage().freedBytes());
    event.put("looseObjects", plan.garbage().looseObjects());
    event.put("looseBytes", plan.garbage().looseBytes());
    print(event);
  }

  @Override
  public void pruned(Swept swept, PruneOptions options) {
    ObjectNode node = result("prune");
    node.put("droppedSnapshots", swept.snapshots());
    node.put("droppedSegments", swept.segments());
    node.put("deletedObjects", swept.deletedObjects());
    node.put("deletedBytes", swept.deletedBytes());
    node.put("waitingObjects", swept.waitingObjects());
    node.put("waitingBytes", swept.waitingBytes());
    node.put("clockKnown", swept.clockKnown());
    print(node);
  }

  @Override
  public void changesTold(SourceName source, HistorySummary told) {
    print(history(result("changes"), source, told));
  }

  @Override
  public void undoWritten(SourceName source, HistorySummary told, Undo undo, Optional<Path> file) {
    ObjectNode node = history(result("undo"), source, told);
    node.put("changes", undo.changes());
    node.put("file", file.map(Path::toString).orElse(null));
    node.set("findings", Json.findings(undo.findings()));
    print(node);
  }

  private static ObjectNode history(ObjectNode node, SourceName source, HistorySummary told) {
    node.put("source", source.value());
    node.put("snapshot", told.snapshot().value());
    node.put("transactions", told.transactions());
    node.put("inserts", told.inserts());
    node.put("updates", told.updates());
    node.put("deletes", told.deletes());
    node.put("statements", told.statements());
    node.put("complete", told.complete());
    node.set("findings", Json.findings(told.findings()));
    return node;
  }

  @Override
  public void compared(SourceName source, DiffResult result) {
    ObjectNode node = result("diff");
    node.put("source", source.value());
    node.put("a", result.before());
    node.put("b", result.after());
    node.put("equal", result.isEqual());
    node.put("comparedTables", result.compared());
    ArrayNode objects = node.putArray("objects");
    for (DiffResult.ObjectDifference o : result.objects()) {
      objects
          .addObject()
          .put("change", o.change().name().toLowerCase(Locale.ROOT))
          .put("kind", o.kind())
          .put("schema", o.schema())
          .put("name", o.name());
    }
    ArrayNode tables = node.putArray("tables");
    for (DiffResult.TableDifference t : result.tables()) {
      tables
          .addObject()
          .put("schema", t.table().schema())
          .put("table", t.table().table())
          .put("added", t.added())
          .put("removed", t.removed())
          .put("changed", t.changed())
          .put("comparable", t.comparable());
    }
    print(node);
  }

  @Override
  public void consolidated(ConsolidateResult result) {
    ObjectNode node = result("consolidate");
    node.put("base", result.folded().snapshot().id().value());
    node.put("transactions", result.folded().transactions());
    node.put("logBytes", result.folded().logBytes());
    node.put("changes", result.changes());
    node.put("carriedTables", result.carried());
    node.set("snapshot", result.manifest().map(Json::manifest).orElse(null));
    transfer(node, result.transfer());
    node.put("seconds", result.time().toMillis() / 1000.0);
    print(node);
  }

  @Override
  public void kept(List<KeptTables> all, List<Unfinished> unfinished) {
    ObjectNode node = result("release");
    ArrayNode kept = node.putArray("kept");
    all.forEach(each -> kept.add(kept(each)));
    ArrayNode left = node.putArray("unfinished");
    unfinished.forEach(each -> left.add(unfinished(each)));
    print(node);
  }

  @Override
  public void gaveUp(Unfinished left) {
    ObjectNode node = result("release");
    node.set("gaveUp", unfinished(left));
    print(node);
  }

  private static ObjectNode unfinished(Unfinished left) {
    ObjectNode node = Json.object();
    node.put("id", left.id());
    node.put("kind", left.kind().word());
    node.put("since", left.since().map(Json::time).orElse(null));
    node.put("running", left.running());
    node.put("bytes", left.bytes());
    node.set("schemas", Json.texts(left.schemas()));
    node.set("tables", Json.texts(left.tables().stream().map(TableName::toString).toList()));
    return node;
  }

  @Override
  public void released(KeptTables kept) {
    ObjectNode node = result("release");
    node.set("released", kept(kept));
    print(node);
  }

  @Override
  public void putBack(KeptTables kept, KeptTables now) {
    ObjectNode node = result("release");
    node.set("putBack", kept(kept));
    node.set("keptInstead", kept(now));
    print(node);
  }

  private static ObjectNode kept(KeptTables kept) {
    ObjectNode node = Json.object();
    node.put("id", kept.id());
    node.put("time", kept.at().toString());
    node.put("what", kept.what());
    node.put("bytes", kept.bytes());
    node.put("ended", kept.ended());
    node.set("schemas", Json.texts(kept.schemas()));
    node.set("tables", Json.texts(kept.tables().stream().map(TableName::toString).toList()));
    return node;
  }

  @Override
  public void failed(FoldbackException failure) {
    ObjectNode event = Json.event("error", clock.instant());
    event.put("code", failure.code().code());
    event.put("name", failure.code().name());
    event.put("exitStatus", failure.code().exit().status());
    event.put("message", failure.getMessage());
    event.put("meaning", failure.code().exit().meaning());
    event.put("hint", failure.hint());
    event.set(
        "findings",
        failure instanceof FindingsException many ? Json.findings(many.findings()) : Json.array());
    print(event);
  }

  private ObjectNode result(String command) {
    return Json.event("result", clock.instant()).put("command", command);
  }

  private synchronized void print(JsonNode node) {
    out.println(node);
    out.flush();
  }
}
