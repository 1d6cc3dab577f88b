package uz.koprik.gateway.whole;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import uz.koprik.gateway.demo.ReservedPort;

/**
 * How long an empty centre takes from the start of the launcher to the first answer over TLS, and the memory it then
 * has. Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=StartUp -Dwhole.args=10 verify}; the argument is the
 * number of starts.
 */
public final class StartUp {

    private StartUp() {}

    /** Prints a line per start and the median. */
    public static void main(String[] args) throws Exception {
        int starts = Integer.parseInt(args[0]);
        Path work = Files.createTempDirectory("koprik-start");
        Path home = work.resolve("home");
        int port = ReservedPort.choose();
        // Builds the jar and records its start-up cache, too, when they are not there yet.
        end(koprik(home, work, "init", "--name", "tashkent", "--port", Integer.toString(port)));
        List<Long> millis = new ArrayList<>();
        for (int i = 1; i <= starts; i++) {
            millis.add(start(home, work, port));
        }
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.println("median " + sorted[starts / 2] + " ms of " + Arrays.toString(sorted));
    }

    private static long start(Path home, Path work, int port) throws Exception {
        HttpRequest ask = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/readyz"))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(ChildCentre.anyCertificate()).build()) {
            long begun = System.nanoTime();
            Process server = koprik(home, work, "serve");
            while (!answers(client, ask)) {
                if (!server.isAlive()) {
                    throw new IllegalStateException(Files.readString(work.resolve("log")));
                }
                Thread.sleep(10);
            }
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            System.out.printf("%5d ms to the first answer, %s resident%n", took, resident(server.pid()));
            server.destroy();
            end(server);
            return took;
        }
    }

    private static boolean answers(HttpClient client, HttpRequest ask) throws InterruptedException {
        try {
            return client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What Linux says; elsewhere there is no such file. */
    private static String resident(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .findFirst()
                        .orElse("")
                        .substring(6)
                        .strip()
                : "unknown memory";
    }

    private static Process koprik(Path home, Path work, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of("bin", "koprik").toAbsolutePath().toString(), "--home", home.toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile())
                .start();
    }

    private static void end(Process process) throws InterruptedException {
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end within 300 s");
        }
    }
}
