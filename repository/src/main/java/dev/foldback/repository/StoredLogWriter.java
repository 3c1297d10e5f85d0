package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.store.ObjectStore;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Streams a log into frames and commits segments of them. A frame ends at a mark where it has one,
 * so that what comes after the last mark can be left out of a segment.
 */
final class StoredLogWriter implements LogWriter, PackRun {
  /** Bytes of log in a frame. */
  private static final int FRAME = 4 << 20;

  private static final int TARGET = 16 << 20;
  private static final int SMALLEST_TARGET = 4 << 20;
  private static final int UPLOADS = 2;

  private final ObjectStore store;
  private final SourceName source;
  private final List<String> recipients;
  private final int compressionLevel;
  private final Clock clock;
  private final Lease lease;
  private final Condemned condemned;
  private final long firstNumber;
  private final Uploads uploads;
  private final Packer packer;
  private ObjectTable objects = new ObjectTable();
  private Optional<SegmentManifest> newest;

  private final byte[] buffer = new byte[FRAME];
  private int buffered;

  /** The mark's place in the buffer; 0 where it is before it. */
  private int markInBuffer;

  private final List<Cut> frames = new ArrayList<>();
  private int framesAtMark;
  private long taken;
  private boolean closed;

  /** A frame whose object may have no name yet. */
  private record Cut(int object, int at, int length, int bytes, String hash) {}

  /**
   * @param firstNumber for the first segment, where there is no newest
   */
  StoredLogWriter(
      ObjectStore store,
      SourceName source,
      List<String> recipients,
      int compressionLevel,
      Clock clock,
      Lease lease,
      Condemned condemned,
      Optional<SegmentManifest> newest,
      long firstNumber) {
    this.store = store;
    this.source = source;
    this.recipients = recipients;
    this.compressionLevel = compressionLevel;
    this.clock = clock;
    this.lease = lease;
    this.condemned = condemned;
    this.newest = newest;
    this.firstNumber = firstNumber;
    this.uploads = new Uploads(store, UPLOADS, new Suspects(Set.of(), Set.of(), false));
    this.packer = new Packer(this);
  }

  @Override
  public Optional<SegmentManifest> newest() {
    return newest;
  }

  @Override
  public void append(ByteBuffer bytes) {
    taken += bytes.remaining();
    while (bytes.hasRemaining()) {
      int more = Math.min(bytes.remaining(), FRAME - buffered);
      bytes.get(buffer, buffered, more);
      buffered += more;
      if (buffered == FRAME) {
        cut(markInBuffer > 0 ? markInBuffer : buffered);
      }
    }
  }

  @Override
  public void mark() {
    markInBuffer = buffered;
    if (buffered == 0) {
      framesAtMark = frames.size();
    }
  }

  private void cut(int size) {
    byte[] hash = Hash.sha256(buffer, size);
    Packer.Place place = packer.add(null, buffer, size, 0, hash);
    frames.add(new Cut(place.object(), place.at(), place.length(), size, Hash.hex(hash)));
    packer.flushFull();
    if (markInBuffer == size) {
      framesAtMark = frames.size();
      markInBuffer = 0;
    }
    System.arraycopy(buffer, size, buffer, 0, buffered - size);
    buffered -= size;
  }

  @Override
  public long taken() {
    return taken;
  }

  @Override
  public SegmentManifest commit(Contents contents) {
    if (markInBuffer > 0) {
      cut(markInBuffer);
    }
    packer.finish();
    SegmentManifest manifest = write(contents, frames.subList(0, framesAtMark));
    newest = Optional.of(manifest);
    forget();
    return manifest;
  }

  private SegmentManifest write(Contents contents, List<Cut> cuts) {
    long bytes = cuts.stream().mapToLong(Cut::bytes).sum();
    if (bytes != contents.stretch().bytes()) {
      throw new FoldbackException(
          ErrorCode.INTERNAL,
          "a segment of "
              + contents.stretch().bytes()
              + " bytes was to be committed with "
              + bytes
              + "; it was not",
          "Report this as a defect.");
    }
    Map<String, Long> sizes = new LinkedHashMap<>();
    List<FrameRef> refs = new ArrayList<>();
    for (Cut cut : cuts) {
      String object = objects.nameOf(cut.object);
      sizes.put(object, objects.sizeOf(cut.object));
      refs.add(new FrameRef(object, cut.at, cut.length, 0, cut.bytes, cut.hash));
    }
    long number = newest.map(n -> n.number() + 1).orElse(firstNumber);
    SegmentManifest manifest =
        new SegmentManifest(
            source,
            number,
            contents.server(),
            contents.stretch(),
            contents.until(),
            clock.instant(),
            contents.continues(),
            contents.hole(),
            sizes.values().stream().mapToLong(Long::longValue).sum(),
            contents.point());
    StoredSegment segment = new StoredSegment(manifest, refs, sizes);
    byte[] file = SegmentCodec.write(segment);
    Optional<SegmentClaim> claim = SegmentClaim.make(store, condemned, segment, file);
    new CommitFile(store, lease).put(Keys.segment(source, number), file, segment.what());
    claim.ifPresent(SegmentClaim::served);
    return manifest;
  }

  @Override
  public void forget() {
    packer.discard();
    objects = new ObjectTable();
    frames.clear();
    framesAtMark = 0;
    buffered = 0;
    markInBuffer = 0;
    taken = 0;
  }

  @Override
  public long sentBytes() {
    return uploads.sentBytes.sum();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      packer.close();
      uploads.close();
      lease.close();
    }
  }

  @Override
  public int compressionLevel() {
    return compressionLevel;
  }

  @Override
  public List<String> recipients() {
    return recipients;
  }

  @Override
  public int payloadTarget() {
    return Math.clamp(Runtime.getRuntime().maxMemory() / 16, SMALLEST_TARGET, TARGET);
  }

  @Override
  public ObjectTable objects() {
    return objects;
  }

  @Override
  public Uploads uploads() {
    return uploads;
  }

  /** What no manifest names is found by nobody: a log is read again from its server. */
  @Override
  public void stored(PendingNote note) {}

  @Override
  public Condemned condemned() {
    return condemned;
  }

  @Override
  public void requireLease() {
    lease.requireNotLost();
  }
}
