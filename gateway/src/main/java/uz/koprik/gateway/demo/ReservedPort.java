package uz.koprik.gateway.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A free port of the loopback interface that stays free until a server that starts later, or again, listens there.
 *
 * <p>A port from {@code bind(0)} does not: once it is closed, the system may give it to the outgoing connection of
 * another centre in the second that the server takes to start. So this one lies below the range out of which the system
 * serves outgoing connections.
 */
public final class ReservedPort {

    private static final Path SYSTEMS_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    /** Where the range begins on systems that do not report it: the least of what Linux, the BSDs and Windows use. */
    private static final int USUAL_BEGIN = 32768;

    private static final int WIDTH = 8000;
    private static final int TRIES = 200;

    private ReservedPort() {}

    /**
     * Chooses a port at random, out of those nobody listens on now.
     *
     * @throws IOException if none of many is free
     */
    public static int choose() throws IOException {
        int below = rangeBegin();
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(Math.max(1024, below - WIDTH), below);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new IOException("no free port found below " + below + " on the loopback interface", last);
    }

    private static int rangeBegin() throws IOException {
        if (!Files.isReadable(SYSTEMS_RANGE)) {
            return USUAL_BEGIN;
        }
        int begin = Integer.parseInt(new StringTokenizer(Files.readString(SYSTEMS_RANGE)).nextToken());
        // A system that gives every port away leaves nothing below; then the usual place is as good as any.
        return begin > 2 * 1024 ? begin : USUAL_BEGIN;
    }
}
