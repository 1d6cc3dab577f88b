package uz.koprik.gateway.whole;

import java.io.BufferedWriter;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.tools.ToolProvider;
import uz.koprik.gateway.cli.CentreAddress;
import uz.koprik.gateway.cli.CentreClient;

/**
 * How long a look-up of one value takes with the access record beside a centre that keeps none, or in one build beside
 * another, so that the load of the machine is the same for both. Each centre holds generated indicators; a third
 * process asks both in turn, one request after the other.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=LookUps "-Dwhole.args=without 100000 BEFORE" verify} and
 * {@code "-Dwhole.args=serve 100000 AFTER"}, then {@code "-Dwhole.args=ask 100000 BEFORE AFTER 3000"} some times. A
 * serving process ends when its file {@code FOLDER/ready} is removed.
 */
final class LookUps {

    private static final String ASKED = "3000";
    private static final String NAME = "tashkent";

    private LookUps() {}

    /** Stands before the class of the product in the class path of a centre that is to keep no record. */
    private static final String NO_RECORD =
            """
            package uz.koprik.gateway.accessrecord;

            public final class AccessRecorder implements io.vertx.core.Handler<io.vertx.ext.web.RoutingContext> {
                public static final String LOCAL_USER = "Koprik-Local-User";
                static final java.util.Set<String> FORM = java.util.Set.of();

                public AccessRecorder(
                        AccessRecord record, uz.koprik.indicators.observable.Normalisation normalisation) {}

                @Override
                public void handle(io.vertx.ext.web.RoutingContext request) {
                    request.next();
                }

                public void signingIn(io.vertx.ext.web.RoutingContext request) {
                    request.next();
                }
            }
            """;

    /** Serves a centre, or prints a line for each of two centres and their ratio. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        if (args[0].equals("serve") || args[0].equals("without")) {
            Path folder = Files.createDirectories(Path.of(args[2]));
            if (args[0].equals("without")) {
                forgetRecorder(Files.createDirectories(folder.resolve("classes")));
            }
            serve(count, folder);
        } else {
            ask(count, Path.of(args[2]), Path.of(args[3]), Integer.parseInt(args.length > 4 ? args[4] : ASKED));
        }
    }

    private static void serve(int count, Path folder) throws Exception {
        try (ChildCentre centre = ChildCentre.init(NAME, folder, "-XX:+UseParallelGC", "-Xmx1g")) {
            centre.start();
            Path rows = folder.resolve("rows.tsv");
            try (BufferedWriter out = Files.newBufferedWriter(rows)) {
                for (int i = 0; i < count; i++) {
                    out.write("family" + i % 1000 + "\t" + value(i) + "\n");
                }
            }
            System.out.println(centre.koprik("import", rows.toString(), "--columns", "name,value"));
            Path ready = Files.writeString(folder.resolve("ready"), "");
            while (Files.exists(ready)) {
                Thread.sleep(Duration.ofMillis(200));
            }
            centre.stop();
        }
    }

    private static void forgetRecorder(Path classes) throws Exception {
        Path source = Files.writeString(classes.resolve("AccessRecorder.java"), NO_RECORD);
        String path = System.getProperty("java.class.path");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", path, "-d", classes.toString(), source.toString());
        if (failed != 0) {
            throw new IllegalStateException("the recorder that records nothing cannot be compiled");
        }
        System.setProperty("java.class.path", classes + File.pathSeparator + path);
    }

    private static String value(int number) {
        return "host-" + number + ".example.com";
    }

    private static CentreClient client(Path folder) throws Exception {
        Path home = folder.resolve(NAME);
        return new CentreClient(new CentreAddress(
                java.net.URI.create(Files.readString(home.resolve("state/url")).strip()),
                Files.readString(home.resolve("admin.token")).strip(),
                home.resolve("tls.pem"),
                false,
                java.util.Optional.empty()));
    }

    private static void ask(int count, Path first, Path second, int asked) throws Exception {
        int warm = asked / 2;
        SplittableRandom random = new SplittableRandom(1);
        try (CentreClient before = client(first);
                CentreClient after = client(second)) {
            List<Long> one = new ArrayList<>();
            List<Long> other = new ArrayList<>();
            for (int i = 0; i < warm + asked; i++) {
                String value = value(random.nextInt(count));
                boolean swap = random.nextBoolean();
                long a = swap ? 0 : look(before, value);
                long b = look(after, value);
                a = swap ? look(before, value) : a;
                if (i >= warm) {
                    one.add(a);
                    other.add(b);
                }
            }
            double before50 = report("before", one);
            double after50 = report("after", other);
            System.out.printf(Locale.ROOT, "ratio of p50 %.3f%n", after50 / before50);
        }
    }

    private static long look(CentreClient centre, String value) {
        long begun = System.nanoTime();
        CentreClient.Reply reply = centre.get("/api/search?q=" + value);
        long took = System.nanoTime() - begun;
        if (reply.status() != 200) {
            throw new IllegalStateException(reply.status() + " " + reply.text());
        }
        return took;
    }

    private static double report(String what, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        double p50 = sorted.get(sorted.size() / 2) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%-7s p10 %6.2f ms  p50 %6.2f ms  p95 %6.2f ms  p99 %6.2f ms  of %d%n",
                what,
                sorted.get(sorted.size() / 10) / 1e6,
                p50,
                sorted.get(sorted.size() * 95 / 100) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.size());
        return p50;
    }
}
