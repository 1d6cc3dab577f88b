package uz.koprik.gateway.whole;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace of Linux with one device of its own (TUN), whose packets the JVM of the test reads and writes. No
 * address outside the namespace can be reached from it. Needs root; {@link #close} removes everything.
 */
final class NetworkSide implements AutoCloseable {

    static final int LONGEST_PACKET = 65_536;

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final long TUNSETIFF = 0x4004_54CAL;
    private static final short IFF_TUN_NO_PI = 0x1001;
    private static final int IFREQ_BYTES = 40;
    private static final int IFREQ_FLAGS = 16;
    private static final String DEVICE = "link0";

    private final String name;
    private final int device;
    /** The only thread that is in the namespace: sockets that it opens belong to it for ever. */
    private final ExecutorService inside = Executors.newSingleThreadExecutor();

    /** @param name of the namespace; {@code own} and {@code other} are addresses (IPv4) of the two ends of the link */
    NetworkSide(String name, String own, String other) throws IOException, InterruptedException {
        this.name = name;
        ip("netns", "add", name);
        this.device = inside(() -> {
            enter();
            return openDevice();
        });
        ip("-n", name, "link", "set", "lo", "up");
        ip("-n", name, "addr", "add", own, "peer", other, "dev", DEVICE);
        ip("-n", name, "link", "set", DEVICE, "up");
    }

    /** What runs a command in the namespace. */
    List<String> command() {
        return List.of("ip", "netns", "exec", name);
    }

    /** A connection to a port of the namespace's own loopback interface. */
    Socket connect(int port) throws IOException {
        try {
            return inside(() -> new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Waits for the next packet; returns its bytes, below 0 after {@link #close}. */
    long read(MemorySegment into) {
        return (long) Native.call(Native.READ, device, into, into.byteSize());
    }

    /** Writes one packet; one that a closing device does not take is lost like any other. */
    long write(MemorySegment packet) {
        return (long) Native.call(Native.WRITE, device, packet, packet.byteSize());
    }

    @Override
    public void close() throws IOException {
        try {
            ip("-n", name, "link", "del", DEVICE); // ends a read that waits
            Native.call(Native.CLOSE, device);
            inside.shutdownNow();
            ip("netns", "del", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while removing the namespace " + name, e);
        }
    }

    private void enter() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) Native.call(Native.OPEN, arena.allocateFrom("/run/netns/" + name), O_RDONLY);
            if (fd < 0 || (int) Native.call(Native.SETNS, fd, CLONE_NEWNET) != 0) {
                throw new IOException("the thread cannot enter the network namespace " + name);
            }
            Native.call(Native.CLOSE, fd);
        }
    }

    private static int openDevice() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) Native.call(Native.OPEN, arena.allocateFrom("/dev/net/tun"), O_RDWR);
            MemorySegment request = arena.allocate(IFREQ_BYTES);
            request.setString(0, DEVICE);
            request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, IFF_TUN_NO_PI);
            if (fd < 0 || (int) Native.call(Native.IOCTL, fd, TUNSETIFF, request) != 0) {
                throw new IOException("the kernel makes no TUN device (/dev/net/tun)");
            }
            return fd;
        }
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    private <T> T inside(Work<T> work) throws IOException, InterruptedException {
        try {
            return inside.submit(work::done).get();
        } catch (ExecutionException failed) {
            throw new IOException("in the network namespace " + name + ": " + failed.getCause(), failed.getCause());
        }
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("ip"));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", line) + ": " + said.strip());
        }
    }

    /** Calls of the C library for which Java has nothing. */
    private static final class Native {

        static final MethodHandle OPEN = variadic(
                "open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        static final MethodHandle IOCTL = variadic(
                "ioctl",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        static final MethodHandle SETNS =
                plain("setns", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle CLOSE =
                plain("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle READ = plain(
                "read",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        static final MethodHandle WRITE = plain(
                "write",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));

        @SuppressWarnings("restricted") // the functions have these types (POSIX)
        private static MethodHandle plain(String name, FunctionDescriptor type, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
        }

        private static MethodHandle variadic(String name, FunctionDescriptor type) {
            return plain(name, type, Linker.Option.firstVariadicArg(2));
        }

        static Object call(MethodHandle function, Object... arguments) {
            try {
                return function.invokeWithArguments(arguments);
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
