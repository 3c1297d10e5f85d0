package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileTest {
  private static final long SEED = Seed.next();

  private final TestStore store = new TestStore();
  private String manifestKey = "unset";
  private SnapshotId id = new SnapshotId("20260101T000000Z-0000");

  @BeforeEach
  void backup() {
    var _ = Repositories.init(store, InitOptions.unsealed());
    id = new Sample().random(new Random(7), "t", 4, 30).backup(open()).manifest().id();
    manifestKey = store.keys("snapshots/").getFirst();
  }

  private Repository open() {
    return Repositories.open(store, Optional.empty(), Clock.systemUTC());
  }

  private static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(FoldbackException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Replaces text in a file and makes its check right again. */
  private void forge(String key, String regex, String by) {
    String text = new String(store.bytes(key), StandardCharsets.UTF_8);
    String forged =
        text.replaceFirst(regex, by).replaceFirst("\"check\":\"[0-9a-f]*\"}$", "\"check\":\"\"}");
    assertThat(forged).isNotEqualTo(text);
    String hash = Hash.of(forged.getBytes(StandardCharsets.UTF_8));
    String whole = forged.substring(0, forged.length() - 2) + hash + "\"}";
    store.files.put(key, whole.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces text in the index and makes the manifest name the new object. */
  private void forgeIndex(String regex, String by) {
    StoredManifest manifest = ManifestCodec.read(store.bytes(manifestKey), Sample.SOURCE, id);
    IndexRef part = manifest.index().getFirst();
    byte[] stored = store.bytes(Keys.object(part.object()));
    String text =
        new String(
            Zstd.decompress(stored, (int) Zstd.getFrameContentSize(stored)),
            StandardCharsets.UTF_8);
    String forged = text.replaceFirst(regex, by);
    assertThat(forged).isNotEqualTo(text);
    byte[] compressed = Zstd.compress(forged.getBytes(StandardCharsets.UTF_8));
    String name = Hash.of(compressed);
    store.files.put(Keys.object(name), compressed);
    forge(
        manifestKey,
        "\"object\":\"" + part.object() + "\",\"bytes\":[0-9]+",
        "\"object\":\"" + name + "\",\"bytes\":" + compressed.length);
  }

  @Test
  void aTruncatedManifestIsAFindingNotACrash() {
    byte[] whole = store.bytes(manifestKey);
    for (int length = 0; length < whole.length; length += 37) {
      store.files.put(manifestKey, java.util.Arrays.copyOf(whole, length));
      assertThat(open().snapshots().damaged()).as("%d bytes", length).hasSize(1);
      assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
    }
  }

  @Test
  void aFlipOfAnyByteOfASmallFileIsFound() {
    Random random = new Random(SEED);
    byte[] whole = store.bytes(manifestKey);
    for (int at = 0; at < whole.length; at++) {
      flip(manifestKey, whole, at, random);
      assertThat(open().snapshots().damaged()).as("seed %d at %d", SEED, at).hasSize(1);
      assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
    }
    store.files.put(manifestKey, whole);
    byte[] repository = store.bytes(Keys.REPOSITORY);
    for (int at = 0; at < repository.length; at++) {
      flip(Keys.REPOSITORY, repository, at, random);
      assertCode(ErrorCode.MANIFEST_DAMAGED, this::open);
    }
    store.files.put(Keys.REPOSITORY, repository);
  }

  @Test
  void aFlipOfAnyByteOfANoteAProofOrALeaseCostsNoMoreThanWhatItSaid() {
    Random random = new Random(SEED);
    open().record(id, new Proof(Instant.EPOCH, "bytes", true, "all"));
    String proof = store.keys("proofs/").getFirst();
    byte[] whole = store.bytes(proof);
    for (int at = 0; at < whole.length; at++) {
      flip(proof, whole, at, random);
      SnapshotListing.Entry entry = open().snapshots().entries().getFirst();
      assertThat(entry.proof()).as("seed %d at %d", SEED, at).isEmpty();
      assertThat(entry.strongest()).isEmpty();
    }
    store.files.put(proof, whole);
    TestStore dying = store.reopened();
    Sample other = new Sample().random(new Random(8), "t", 40, 30);
    try (var writer =
        Repositories.open(dying, Optional.empty(), Clock.systemUTC())
            .begin(Sample.SOURCE, Sample.SERVER, Sample.OPTIONS)) {
      other.write(writer);
    }
    for (String prefix : new String[] {"pending/", "leases/"}) {
      String key = dying.keys(prefix).getFirst();
      byte[] small = dying.bytes(key);
      for (int at = 0; at < small.length; at++) {
        TestStore struck = dying.reopened();
        byte[] flipped = small.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        struck.files.put(key, flipped);
        Repository repository = Repositories.open(struck, Optional.empty(), Clock.systemUTC());
        var again = other.backup(repository);
        boolean note = prefix.equals("pending/");
        assertThat(again.transfer().sentFrames())
            .as("seed %d %s at %d", SEED, key, at)
            .isEqualTo(note ? 1 : 0);
        assertThat(struck.keys("pending/")).isEmpty();
      }
    }
  }

  private void flip(String key, byte[] whole, int at, Random random) {
    byte[] flipped = whole.clone();
    flipped[at] ^= (byte) (1 << random.nextInt(8));
    store.files.put(key, flipped);
  }

  @Test
  void anUnknownFormatVersionIsRefused() {
    forge(Keys.REPOSITORY, "\"version\":1", "\"version\":2");
    assertCode(ErrorCode.REPOSITORY_FORMAT, this::open);
  }

  @Test
  void pathsInObjectNamesAreRefused() {
    forge(manifestKey, "\"object\":\"[0-9a-f]{20}", "\"object\":\"../../../../../etc/sh");
    assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
  }

  @Test
  void negativeAndHugeNumbersInTheIndexAreRefused() {
    byte[] manifest = store.bytes(manifestKey);
    for (String number : new String[] {"-1", "99999999999", "1e3", "\"4\"", "2147483647"}) {
      for (String field : new String[] {"at", "length", "rowBytes"}) {
        store.files.put(manifestKey, manifest);
        forgeIndex(
            "(\"slice\".*\"" + field + "\":)[0-9]+",
            "$1" + java.util.regex.Matcher.quoteReplacement(number));
        assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
        assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().tables(id));
      }
    }
  }

  @Test
  void linesThatComeTwiceAreRefused() {
    byte[] manifest = store.bytes(manifestKey);
    for (String kind : new String[] {"object\":\"[0-9a-f]*\",\"bytes", "table", "slice"}) {
      store.files.put(manifestKey, manifest);
      forgeIndex("(?m)^(\\{\"" + kind + ".*\n)", "$1$1");
      assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
    }
  }

  @Test
  void aFieldThatComesTwiceIsRefused() {
    forge(manifestKey, "\"method\":", "\"method\":\"x\",\"method\":");
    assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
  }

  @Test
  void numbersThatAreNoCountsAreRefused() {
    byte[] manifest = store.bytes(manifestKey);
    for (String number :
        new String[] {"-1", "1.5", "1e400", "9".repeat(2000), "\"7\"", "null", "true", "[]"}) {
      store.files.put(manifestKey, manifest);
      forge(manifestKey, "\"rows\":[0-9]+", "\"rows\":" + number);
      assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
      assertThat(open().snapshots().damaged()).as(number).hasSize(1);
    }
  }

  @Test
  void deepNestingAndHugeTextsAreRefusedWithoutExhaustingMemory() {
    byte[] manifest = store.bytes(manifestKey);
    for (String value :
        new String[] {
          "[".repeat(100_000) + "]".repeat(100_000),
          "{\"a\":".repeat(1000) + "1" + "}".repeat(1000),
          "\"" + "x".repeat(65 << 20) + "\""
        }) {
      store.files.put(manifestKey, manifest);
      forge(manifestKey, "\"method\":", "\"more\":" + value + ",\"method\":");
      assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
    }
  }

  @Test
  void pathTricksInNamesOfSourcesAreRefused() {
    byte[] manifest = store.bytes(manifestKey);
    for (String name :
        new String[] {"../shop", "shop/../x", "a\\u0000b", ".", "..", "", "\\u202e"}) {
      store.files.put(manifestKey, manifest);
      forge(
          manifestKey,
          "\"source\":\"shop\"",
          java.util.regex.Matcher.quoteReplacement("\"source\":\"" + name + "\""));
      assertCode(ErrorCode.MANIFEST_DAMAGED, () -> open().open(id));
      assertThat(open().snapshots().damaged()).hasSize(1);
    }
  }

  @Test
  void framesThatLieAboutTheirRowsAreFoundByVerify() {
    byte[] manifest = store.bytes(manifestKey);
    for (String rows : new String[] {"0", "3", "5", "2147483647"}) {
      store.files.put(manifestKey, manifest);
      forgeIndex("(\"slice\".*\"rows\":)[0-9]+", "$1" + rows);
      boolean refused;
      try {
        refused =
            !open()
                .verify(
                    new dev.foldback.core.repository.VerifyRequest(Optional.empty(), false, 1),
                    dev.foldback.core.progress.Progress.NONE)
                .good();
      } catch (FoldbackException e) {
        refused = e.code() == ErrorCode.MANIFEST_DAMAGED;
      }
      assertThat(refused).as("%s rows", rows).isTrue();
    }
  }

  @Test
  void aManifestUnderAnotherNameIsRefused() {
    String moved = manifestKey.replace("shop/", "other/");
    store.files.put(moved, store.bytes(manifestKey));
    store.files.remove(manifestKey);
    assertThat(open().snapshots().damaged()).hasSize(1);
  }

  @Test
  void strangeFilesAmongTheManifestsAreReported() {
    store.files.put("snapshots/shop/..json", new byte[0]);
    store.files.put("snapshots/x/y/z.json", new byte[0]);
    assertThat(open().snapshots().entries()).hasSize(1);
    assertThat(open().snapshots().damaged()).hasSize(2);
  }

  @Test
  void aFrameThatHoldsMoreThanRecordedIsNotUnpacked() {
    byte[] bomb = Zstd.compress(new byte[64 << 20]);
    String hash = Hash.of(new byte[100]);
    FrameRef small = new FrameRef(hash, 0, bomb.length, 1, 100, hash);
    assertCode(ErrorCode.FRAME_DAMAGED, () -> Frames.check(new Payload(bomb, bomb.length), small));
    FrameRef large = new FrameRef(hash, 0, bomb.length, 1, Integer.MAX_VALUE, hash);
    assertCode(ErrorCode.FRAME_DAMAGED, () -> Frames.check(new Payload(bomb, bomb.length), large));
    FrameRef honest = new FrameRef(hash, 0, bomb.length, 1, 64 << 20, hash);
    assertCode(ErrorCode.FRAME_DAMAGED, () -> Frames.check(new Payload(bomb, bomb.length), honest));
  }

  @Test
  void aLargeFrameIsCheckedAndStreamed() throws java.io.IOException {
    byte[] rows = new byte[40 << 20];
    byte[] zstd = Zstd.compress(rows);
    FrameRef frame = new FrameRef("x", 0, zstd.length, 1, rows.length, Hash.of(rows));
    try (var in = Frames.open(new Payload(zstd, zstd.length), frame)) {
      assertThat(in.readAllBytes()).isEqualTo(rows);
    }
  }
}
