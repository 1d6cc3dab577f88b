package uz.koprik.gateway.whole;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.gateway.demo.ReservedPort;

/**
 * Pages of 1,000 objects over TLS, beside nginx serving the same bytes over TLS, in one run: a page asked for again,
 * pages never asked for before, and pages at the beginning and the end of the collection.
 *
 * <p>Needs {@code nginx}, {@code wrk} and {@code openssl} on the path. Arguments: numbers of stored objects to measure
 * at.
 */
final class PagesBesideNginx {

    private static final int SECONDS = 8;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern BAD = Pattern.compile("Non-2xx or 3xx responses:\\s+(\\d+)|Socket errors: (.*)");

    private final Path work;
    private final ChildCentre centre;

    private PagesBesideNginx(Path work, ChildCentre centre) {
        this.work = work;
        this.centre = centre;
    }

    /** Runs the comparison and prints a line a figure. */
    public static void main(String[] sizes) throws Exception {
        Path work = Files.createTempDirectory("pages");
        try (ChildCentre centre = ChildCentre.init("tashkent", work)) {
            centre.start();
            PagesBesideNginx run = new PagesBesideNginx(work, centre);
            int stored = 0;
            for (String size : sizes.length == 0 ? new String[] {"10000", "900000"} : sizes) {
                run.fill(stored, Integer.parseInt(size));
                stored = Integer.parseInt(size);
                run.measure(stored);
            }
        }
    }

    private void fill(int from, int to) throws IOException, InterruptedException {
        Path rows = work.resolve("rows.tsv");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int i = from; i < to; i++) {
                out.write("family" + i % 1000 + "\thost-" + i + ".example.com\n");
            }
        }
        centre.koprik("import", rows.toString(), "--columns", "name,value");
    }

    private void measure(int stored) throws Exception {
        Taxii collection = Taxii.collection(centre, "exchange");
        String page = collection.objects() + "?limit=1000";
        HttpResponse<String> first = centre.send(centre.request(page).header("Accept", Taxii.MEDIA_TYPE));
        byte[] body = first.body().getBytes(StandardCharsets.UTF_8);
        long firstAdded =
                micros(first.headers().firstValue("X-TAXII-Date-Added-First").orElseThrow());
        long lastAdded = lastAdded(collection);

        try (Nginx nginx = Nginx.serve(work.resolve("nginx-" + stored), body)) {
            System.out.printf(Locale.ROOT, "%n%,d objects stored; a page of 1,000 is %,d bytes%n", stored, body.length);
            wrk(nginx.url(), "", ""); // both sides warm
            wrk(centre.url(page), header(), "");
            double bare = wrk(nginx.url(), "", "");
            double again = wrk(centre.url(page), header(), "");
            double fresh = wrk(centre.url(page), header(), addedAfterAnywhere(page, firstAdded, lastAdded, 0.0, 0.99));
            double shallow = wrk(centre.url(page), header(), addedAfterAnywhere(page, firstAdded, lastAdded, 0.0, 0.1));
            double deep = wrk(centre.url(page), header(), addedAfterAnywhere(page, firstAdded, lastAdded, 0.89, 0.99));
            double bareAgain = wrk(nginx.url(), "", "");
            double nginxRate = (bare + bareAgain) / 2;
            report("nginx, the same bytes", nginxRate, nginxRate);
            report("a page asked for again", again, nginxRate);
            report("pages never asked for before", fresh, nginxRate);
            report("  of the first tenth", shallow, nginxRate);
            report("  of the last tenth", deep, nginxRate);
        }
    }

    private static void report(String what, double rate, double nginx) {
        System.out.printf(Locale.ROOT, "%-30s %8.0f pages/s  %5.2f of nginx%n", what, rate, rate / nginx);
    }

    private String header() throws IOException {
        return "Authorization: Bearer "
                + Files.readString(centre.home().resolve("admin.token")).strip();
    }

    /** A wrk script that asks for a page after a moment drawn at random, to the microsecond, so that none repeats. */
    private static String addedAfterAnywhere(String path, long first, long last, double from, double to) {
        return """
                local first, span = %d, %d
                local seeded = false
                request = function()
                  if not seeded then math.randomseed(os.time() + tonumber(tostring({}):sub(8), 16) %% 100000); seeded = true end
                  local t = first + math.floor(span * (%s + math.random() * %s))
                  local s = math.floor(t / 1000000)
                  local at = os.date("!%%Y-%%m-%%dT%%H:%%M:%%S", s) .. string.format(".%%06dZ", t - s * 1000000)
                  return wrk.format(nil, "%s&added_after=" .. at)
                end
                """
                .formatted(first, last - first, from, to - from, path);
    }

    private double wrk(String url, String header, String script) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("wrk", "-t2", "-c16", "-d" + SECONDS + "s"));
        if (!header.isEmpty()) {
            line.addAll(List.of("-H", header, "-H", "Accept: " + Taxii.MEDIA_TYPE));
        }
        if (!script.isEmpty()) {
            line.addAll(List.of(
                    "-s", Files.writeString(work.resolve("ask.lua"), script).toString()));
        }
        line.add(url);
        String said = run(line);
        Matcher bad = BAD.matcher(said);
        Matcher rate = RATE.matcher(said);
        if (bad.find() || !rate.find()) {
            throw new IllegalStateException("wrk met errors:\n" + said);
        }
        return Double.parseDouble(rate.group(1));
    }

    private static String run(List<String> line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(line.getFirst() + " failed:\n" + said);
        }
        return said;
    }

    private static long lastAdded(Taxii collection) throws IOException, InterruptedException {
        return micros(collection.lastAddedHeader());
    }

    private static long micros(String timestamp) {
        java.time.Instant at = java.time.Instant.parse(timestamp);
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    }

    /** nginx with one file behind TLS, two workers, on a free port of the loopback interface. */
    private record Nginx(Process process, String url) implements AutoCloseable {

        static Nginx serve(Path dir, byte[] body) throws IOException, InterruptedException {
            Files.createDirectories(dir.resolve("html"));
            Files.write(dir.resolve("html/page.json"), body);
            run(List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "1",
                    "-subj",
                    "/CN=localhost",
                    "-keyout",
                    dir + "/key.pem",
                    "-out",
                    dir + "/cert.pem"));
            int port = ReservedPort.choose();
            Files.writeString(
                    dir.resolve("nginx.conf"),
                    """
                    daemon off; worker_processes 2; pid %1$s/pid; error_log %1$s/error.log; %3$s
                    events { worker_connections 256; }
                    http {
                      access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
                      client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
                      uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5; types { application/taxii+json json; }
                      open_file_cache max=10;
                      server { listen 127.0.0.1:%2$d ssl; ssl_protocols TLSv1.3; ssl_certificate %1$s/cert.pem;
                               ssl_certificate_key %1$s/key.pem; root %1$s/html; }
                    }
                    """
                            .formatted(
                                    dir, port, System.getProperty("user.name").equals("root") ? "user root;" : ""));
            Process process = new ProcessBuilder(
                            "nginx",
                            "-p",
                            dir.toString(),
                            "-c",
                            dir.resolve("nginx.conf").toString())
                    .inheritIO()
                    .start();
            Thread.sleep(500);
            return new Nginx(process, "https://127.0.0.1:" + port + "/page.json");
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
