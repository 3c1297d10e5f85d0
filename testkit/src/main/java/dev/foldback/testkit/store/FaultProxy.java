package dev.foldback.testkit.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Stands between a client and a store's HTTP server on this machine and does what networks and
 * overloaded stores do. A rule looks at each request and says what becomes of it.
 */
public final class FaultProxy implements AutoCloseable {
  /** What becomes of a request. */
  public sealed interface Fault {}

  /** The store never sees the request; this is answered in its place. */
  public record Answer(int status, String headers, String body) implements Fault {
    public Answer(int status) {
      this(status, "", "");
    }

    /** As S3 words its errors. */
    public static Answer s3(int status, String headers, String code) {
      return new Answer(
          status,
          "Content-Type: application/xml\r\n" + headers,
          "<?xml version=\"1.0\"?><Error><Code>"
              + code
              + "</Code><Message>injected</Message></Error>");
    }
  }

  /** What becomes of a request in one word. */
  public enum Plain implements Fault {
    /** Handed on as it is. */
    NONE,
    /** The request is swallowed, and nothing is ever answered. */
    STALL,
    /** Half of the answer's body comes, then nothing more, and the connection stays open. */
    STALL_MIDWAY,
    /** The connection is closed at once. */
    CUT,
    /** Half of the request's body is read, then the connection is closed. */
    CUT_REQUEST,
    /** Half of the answer's body comes, then the connection is closed. */
    CUT_MIDWAY,
    /** The store does what it was asked, and the connection is closed in place of an answer. */
    LOST_ANSWER,
    /** The store does what it was asked, and 500 is answered. */
    DONE_BUT_500,
    /** Half of the answer's body, with a length that fits. */
    SHORT_ANSWER
  }

  /**
   * A request.
   *
   * @param number counts from 1
   * @param length of the body
   */
  public record Request(long number, String method, String target, int length) {}

  private static final class Message {
    final String head;
    final byte[] body;

    Message(String head, byte[] body) {
      this.head = head;
      this.body = body;
    }
  }

  private final URI upstream;
  private final ServerSocket server;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong injected = new AtomicLong();
  private volatile Function<Request, Fault> rule = request -> Plain.NONE;

  private FaultProxy(URI upstream, ServerSocket server) {
    this.upstream = upstream;
    this.server = server;
  }

  /** Starts a proxy before a server such as {@code http://127.0.0.1:9000/path}. */
  public static FaultProxy before(String endpoint) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(URI.create(endpoint), server);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What happens from now on; called by several threads. */
  public void rule(Function<Request, Fault> next) {
    rule = next;
  }

  /** How many requests came. */
  public long requests() {
    return requests.get();
  }

  /** How many of them met a fault. */
  public long injected() {
    return injected.get();
  }

  /** The server's endpoint, as it is reached through this proxy. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getLocalPort() + upstream.getPath();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      boolean open = true;
      while (open) {
        Optional<String> head = head(in);
        open = head.isPresent() && one(head.get(), in, out);
      }
    } catch (IOException e) {
      // The client went away, or the proxy was closed.
      return;
    } finally {
      clients.remove(client);
    }
  }

  /** Serves one request; false where the connection ends with it. */
  private boolean one(String head, InputStream in, OutputStream out) throws IOException {
    String[] first = head.split(" ", 3);
    int length = Integer.parseInt(header(head, "content-length").orElse("0"));
    Request request = new Request(requests.incrementAndGet(), first[0], first[1], length);
    Fault fault = rule.apply(request);
    if (fault != Plain.NONE) {
      injected.incrementAndGet();
    }
    if (fault == Plain.CUT) {
      return false;
    }
    if (fault == Plain.CUT_REQUEST) {
      in.readNBytes(length / 2);
      return false;
    }
    byte[] body = in.readNBytes(length);
    return switch (fault) {
      case Answer answer -> {
        boolean bodyless = request.method().equals("HEAD");
        byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
        String line = "HTTP/1.1 " + answer.status() + " Injected\r\n" + answer.headers();
        send(out, line + "Content-Length: " + text.length + "\r\n", bodyless ? new byte[0] : text);
        yield true;
      }
      case Plain.STALL -> stall();
      case Plain plain -> answer(request, plain, forward(head, body), out);
    };
  }

  private boolean answer(Request request, Fault fault, Message answer, OutputStream out)
      throws IOException {
    byte[] body = answer.body;
    boolean bodyless = request.method().equals("HEAD");
    String head = bodyless ? answer.head : answer.head + "Content-Length: " + body.length + "\r\n";
    byte[] half = Arrays.copyOf(body, body.length / 2);
    if (fault == Plain.DONE_BUT_500) {
      send(out, "HTTP/1.1 500 Injected\r\nContent-Length: 0\r\n", new byte[0]);
    } else if (fault == Plain.SHORT_ANSWER && !bodyless) {
      send(out, answer.head + "Content-Length: " + half.length + "\r\n", half);
    } else if (fault == Plain.STALL_MIDWAY) {
      send(out, head, half);
      return stall();
    } else if (fault == Plain.CUT_MIDWAY) {
      send(out, head, half);
      return false;
    } else if (fault == Plain.LOST_ANSWER) {
      return false;
    } else {
      send(out, head, body);
    }
    return true;
  }

  private boolean stall() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static void send(OutputStream out, String head, byte[] body) throws IOException {
    out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /** Asks the store on a connection of its own; the answer's head comes without its length. */
  private Message forward(String head, byte[] body) throws IOException {
    String method = head.substring(0, head.indexOf(' '));
    String length =
        header(head, "content-length").isEmpty() ? "" : "Content-Length: " + body.length;
    String asked =
        without(without(head, "connection"), "content-length")
            + (length.isEmpty() ? "" : length + "\r\n")
            + "Connection: close\r\n";
    try (Socket store = new Socket(InetAddress.getLoopbackAddress(), upstream.getPort())) {
      send(store.getOutputStream(), asked, body);
      InputStream in = store.getInputStream();
      String answer = head(in).orElseThrow(() -> new IOException("no answer from the store"));
      byte[] rest = method.equals("HEAD") ? new byte[0] : in.readAllBytes();
      if (header(answer, "transfer-encoding").isPresent()) {
        rest = dechunked(rest);
      }
      String clean = without(without(answer, "transfer-encoding"), "connection");
      return new Message(method.equals("HEAD") ? clean : without(clean, "content-length"), rest);
    }
  }

  private static byte[] dechunked(byte[] chunked) throws IOException {
    InputStream in = new ByteArrayInputStream(chunked);
    byte[] all = new byte[0];
    while (true) {
      int size = Integer.parseInt(line(in).strip(), 16);
      int before = all.length;
      all = Arrays.copyOf(all, before + size);
      in.readNBytes(all, before, size);
      line(in);
      if (size == 0) {
        return all;
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  /** The first line and the headers, each with its line end; empty where the peer has gone. */
  private static Optional<String> head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (true) {
      String line = line(in);
      if (line.isBlank()) {
        return head.isEmpty() ? Optional.empty() : Optional.of(head.toString());
      }
      head.append(line.strip()).append("\r\n");
    }
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static String without(String head, String name) {
    StringBuilder kept = new StringBuilder();
    head.lines()
        .filter(line -> !line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .forEach(line -> kept.append(line).append("\r\n"));
    return kept.toString();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
