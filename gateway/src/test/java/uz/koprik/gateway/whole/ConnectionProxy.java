package uz.koprik.gateway.whole;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on the loopback interface before one server. It forwards bytes, or does what a test says. */
final class ConnectionProxy implements AutoCloseable {

    /** What happens to connections, also to open ones. */
    enum Fault {
        NONE,
        /** Connections are accepted, requests arrive, answers never come. */
        NO_ANSWER,
        /** The handshake of TLS is completed, requests arrive and are worked on, answers never come. */
        NO_ANSWER_TO_REQUESTS,
        /** Connections are accepted, and nothing is forwarded in either direction. */
        SILENCE,
        /** Answers come at one byte per second. */
        BYTE_PER_SECOND,
        /** Connections are reset as soon as an answer begins. */
        RESET
    }

    /** Connects to the server. */
    interface Server {
        Socket connect() throws IOException;
    }

    /** What the server has seen of a connection. */
    private static final class Progress {

        private volatile boolean answered;
        /** Whether the client has spoken again after the first answer: in TLS 1.3 its request may follow. */
        private volatile boolean asked;
    }

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Server server;
    private volatile Fault fault = Fault.NONE;

    /** @param port 0 for any */
    ConnectionProxy(int port) throws IOException {
        listening = new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    ConnectionProxy before(Server there) {
        server = there;
        return this;
    }

    String url() {
        return "https://127.0.0.1:" + listening.getLocalPort();
    }

    /** From now on this happens. A connection that lost bytes stays silent when the fault is over. */
    void fault(Fault now) {
        fault = now;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Thread.ofVirtual().name("connection").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket there = server.connect()) {
            open.add(there);
            Progress progress = new Progress();
            Thread requests = Thread.ofVirtual().start(() -> forward(client, there, false, progress));
            forward(there, client, true, progress);
            requests.join();
            open.remove(there);
        } catch (IOException gone) {
            // The server is away: the client sees a connection that ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Forwards until one side ends. */
    private void forward(Socket from, Socket to, boolean answers, Progress progress) {
        boolean broken = false;
        byte[] bytes = new byte[1 << 14];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                Fault now = fault;
                progress.asked |= !answers && progress.answered;
                broken |= now == Fault.SILENCE
                        || (now == Fault.NO_ANSWER && answers)
                        || (now == Fault.NO_ANSWER_TO_REQUESTS && answers && progress.asked);
                if (broken) {
                    continue;
                }
                if (now == Fault.RESET && answers) {
                    to.setSoLinger(true, 0);
                    return;
                }
                if (now == Fault.BYTE_PER_SECOND && answers) {
                    slowly(out, bytes, read);
                } else {
                    out.write(bytes, 0, read);
                }
                progress.answered |= answers;
            }
        } catch (IOException gone) {
            // One of the two ended the connection; closing both shows it to the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void slowly(OutputStream out, byte[] bytes, int length) throws IOException, InterruptedException {
        for (int i = 0; i < length; i++) {
            out.write(bytes[i]);
            out.flush();
            Thread.sleep(1000);
        }
    }
}
