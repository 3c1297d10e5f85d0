package dev.foldback.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryTableTest {
  private final EntryTable table = new EntryTable();

  private void put(String keyText, int payload) {
    byte[] key = keyText.getBytes(StandardCharsets.UTF_8);
    long hash = Bytes.hash(key, 0, key.length);
    int slot = table.find(hash, key, 0, key.length);
    byte[] row = new byte[payload];
    if (slot < 0) {
      table.insert(~slot, hash, true, Entry.PUT, key, 0, key.length, row, 0, payload);
    } else {
      table.replace(slot, true, Entry.PUT, key, 0, row, 0, payload);
    }
  }

  @Test
  void aMillionRowsOfTwoHundredBytesTakeLessThan300Megabytes() {
    for (int i = 0; i < 1_000_000; i++) {
      put("key" + i, 200);
    }
    assertThat(table.size()).isEqualTo(1_000_000);
    assertThat(table.allocated()).isLessThan(300_000_000);
  }

  @Test
  void rowsThatGrowAgainAndAgainTakeTheirLastSizeAndAsMuchGarbage() {
    Random random = new Random(3);
    int[] sizes = new int[1000];
    for (int i = 0; i < 200_000; i++) {
      int key = random.nextInt(sizes.length);
      sizes[key] = random.nextInt(3000);
      put("key" + key, sizes[key]);
    }
    assertThat(table.size()).isEqualTo(sizes.length);
    assertThat(table.allocated()).isLessThan(10 << 20);
    for (int i = 0; i < sizes.length; i++) {
      byte[] key = ("key" + i).getBytes(StandardCharsets.UTF_8);
      long address = table.address(table.find(Bytes.hash(key, 0, key.length), key, 0, key.length));
      byte[] b = table.array(address);
      int at = Arena.offset(address);
      assertThat(Entry.end(b, at) - Entry.keyEnd(b, at)).isEqualTo(sizes[i]);
    }
  }

  @Test
  void rowsThatComeAndGoLeaveNothing() {
    byte[] one = new byte[Long.BYTES];
    Bytes.putLong(one, 0, 1);
    for (int i = 0; i < 300_000; i++) {
      byte[] row = ("a row that comes and goes " + i).getBytes(StandardCharsets.UTF_8);
      long hash = Bytes.hash(row, 0, row.length);
      int slot = table.find(hash, row, 0, row.length);
      table.insert(~slot, hash, false, Entry.COUNT, row, 0, row.length, one, 0, one.length);
      table.count(table.find(hash, row, 0, row.length), -1);
    }
    assertThat(table.allocated()).isLessThan(4 << 20);
  }

  @Test
  void aRowLargerThanAnArrayOfTheArena() {
    put("large", 5 << 20);
    put("small", 10);
    put("large", 6 << 20);
    put("next", 10);
    assertThat(table.size()).isEqualTo(3);
  }
}
