package dev.foldback.engine.mysql.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;

/** A TCP socket whose waits are watched. A host that is gone is noticed within two minutes. */
final class NetworkSocket extends Socket {
  private final Wait wait;

  NetworkSocket(Connecting connecting) {
    this.wait = connecting.waiting(this);
  }

  @Override
  public void connect(SocketAddress address, int timeout) throws IOException {
    option(ExtendedSocketOptions.TCP_KEEPIDLE, 60);
    option(ExtendedSocketOptions.TCP_KEEPINTERVAL, 15);
    option(ExtendedSocketOptions.TCP_KEEPCOUNT, 4);
    super.connect(address, timeout);
  }

  private void option(SocketOption<Integer> option, int value) throws IOException {
    if (supportedOptions().contains(option)) {
      setOption(option, value);
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return wait.watch(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return wait.watch(super.getOutputStream());
  }
}
