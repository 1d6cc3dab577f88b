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
        /**
         * Handshakes and short requests are answered. When more than 8 KiB went in one direction without a byte of the
         * other, as in a push or a page of objects, all requests on this connection arrive and no answer comes.
         */
        NO_ANSWER_AFTER_8_KIB,
        /** Connections are accepted, and nothing is forwarded in either direction. */
        SILENCE,
        /** Nothing is wrong, but the server is far: each piece of at most 16 KiB takes 20 ms, in both directions. */
        AFAR,
        /** Answers come at one byte per second. */
        BYTE_PER_SECOND,
        /** Connections are reset as soon as an answer begins. */
        RESET
    }

    /** Connects to the server. */
    interface Server {
        Socket connect() throws IOException;
    }

    /** How much one side of a connection has said since the other side said something. */
    private static final class Turn {

        private boolean ofServer;
        private int bytes;
        private boolean tooLong;

        /** Counts bytes of one side; true when either side has ever said more than 8 KiB at once. */
        synchronized boolean tooLong(boolean server, int length) {
            bytes = server == ofServer ? bytes + length : length;
            ofServer = server;
            tooLong |= bytes > 8 << 10;
            return tooLong;
        }
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
            Turn turn = new Turn();
            Thread requests = Thread.ofVirtual().start(() -> forward(client, there, false, turn));
            forward(there, client, true, turn);
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
    private void forward(Socket from, Socket to, boolean answers, Turn turn) {
        boolean broken = false;
        byte[] bytes = new byte[1 << 14];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                Fault now = fault;
                boolean lost = now == Fault.NO_ANSWER_AFTER_8_KIB && turn.tooLong(answers, read) && answers;
                broken |= lost || now == Fault.SILENCE || (now == Fault.NO_ANSWER && answers);
                if (broken) {
                    continue;
                }
                if (now == Fault.RESET && answers) {
                    to.setSoLinger(true, 0);
                    return;
                }
                if (now == Fault.AFAR) {
                    Thread.sleep(20);
                }
                if (now == Fault.BYTE_PER_SECOND && answers) {
                    slowly(out, bytes, read);
                } else {
                    out.write(bytes, 0, read);
                }
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
