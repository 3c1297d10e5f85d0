package dev.foldback.engine.mysql.log.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.log.Transaction;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeMySql97IT extends MySqlDecodeContract {
  @Override
  TestServer server() {
    return TestServers.mySql97();
  }

  @Test
  void taggedGtidsAndVectors() throws Exception {
    run(
        "create table ve (id int primary key, v vector(3), w vector)",
        "set gtid_next='automatic:hello_tag'",
        "insert into ve values (1, X'0000C03F0000008001000000', to_vector('[1]')), (2, null, null)",
        "set gtid_next='aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa:tg:" + System.nanoTime() + "'",
        "update ve set v=to_vector('[3,2,1]')",
        "set gtid_next=automatic");
    List<Transaction> transactions = same().transactions;
    assertThat(transactions.get(1).id()).contains(":hello_tag:");
    assertThat(transactions.get(2).id()).startsWith("aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa:tg:");
    assertThat(transactions)
        .allSatisfy(
            t ->
                assertThat(Duration.between(t.committed(), Instant.now()).abs())
                    .isLessThan(Duration.ofHours(1)));
  }
}
