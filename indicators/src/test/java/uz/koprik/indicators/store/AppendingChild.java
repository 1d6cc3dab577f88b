package uz.koprik.indicators.store;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A process that appends until it is killed, and says what was acknowledged, one line per object. */
public final class AppendingChild {

    private AppendingChild() {}

    /** What a child does once it opened its store; never returns. */
    public static void run(InternalStore store, int threads, int first) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println("open");
        for (int t = 0; t < threads; t++) {
            int thread = t;
            Thread.ofPlatform().start(() -> append(store, out, first + thread * 100_000, thread + 1));
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    /** Starts a child whose main method calls {@link #run}. */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        return start(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), main, arguments);
    }

    /** Starts a child with options of the virtual machine. */
    public static Process start(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * Reads what a child says until it ends.
     *
     * @param open called when it has opened its store
     * @param acknowledged receives place → id
     */
    public static void read(Process child, Runnable open, Map<Long, String> acknowledged) throws IOException {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals("open")) { // log lines come first
                line = out.readLine();
            }
            if (line == null) {
                throw new IOException("the child ended before it opened its store");
            }
            open.run();
            for (line = out.readLine(); line != null; line = out.readLine()) {
                int space = line.indexOf(' ');
                if (space > 0
                        && line.length() == space + 1 + Drafts.indicator(1).id().length()
                        && line.substring(0, space).chars().allMatch(Character::isDigit)) { // the last line may be cut
                    acknowledged.put(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
                }
            }
        }
    }

    private static void append(InternalStore store, PrintStream out, int first, int batch) {
        try {
            for (int i = first; ; i += batch) {
                List<Draft> drafts = IntStream.range(i, i + batch)
                        .mapToObj(n -> Drafts.indicator(n)
                                .carries("domain:host" + n + ".example.com")
                                .text("word")
                                .draft())
                        .toList();
                List<AppendResult> outcomes = store.append(drafts);
                StringBuilder lines = new StringBuilder();
                for (int d = 0; d < batch; d++) {
                    AppendResult.NewEntry stored = (AppendResult.NewEntry) outcomes.get(d);
                    lines.append(stored.seq())
                            .append(' ')
                            .append(drafts.get(d).facts().id())
                            .append('\n');
                }
                out.print(lines);
                out.flush();
            }
        } catch (Exception e) {
            e.printStackTrace(out);
            Runtime.getRuntime().halt(3);
        }
    }
}
