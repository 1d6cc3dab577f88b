package uz.koprik.gateway.whole;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.observable.text.Recognition;

/**
 * All malware trails and sanctioned wallets as indicators, and a register of very many case values of which a known set
 * is among them: asks for the matches of every case and ends with an error unless exactly that set is found.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=CaseOverlap "-Dwhole.args=lucene cases-last 1000000"
 * verify}; the others are {@code elasticsearch} and {@code cases-first}. The last argument is how many values the
 * register has.
 */
final class CaseOverlap {

    private static final Pattern REFUSED = Pattern.compile("(?m)^.*?([^/:]+):(\\d+): ");
    private static final int EVERY = 100;

    private final ChildCentre centre;
    private final Path work;
    private final Path trails = Path.of(System.getProperty("koprik.data"), "real/malware-trails.tsv.gz");
    private final List<Path> wallets;

    private CaseOverlap(ChildCentre centre, Path work) throws IOException {
        this.centre = centre;
        this.work = work;
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("koprik.data"), "real/ofac-wallets"))) {
            wallets = files.sorted().toList();
        }
    }

    /** Prints what it does and the outcome. */
    public static void main(String[] args) throws Exception {
        boolean cluster = args.length > 0 && args[0].equals("elasticsearch");
        boolean casesFirst = args.length > 1 && args[1].equals("cases-first");
        int values = args.length > 2 ? Integer.parseInt(args[2]) : 1_000_000;
        Path work = Files.createTempDirectory("overlap");
        try (ChildCentre centre = ChildCentre.init("tashkent", work, "-XX:+UseParallelGC")) {
            if (cluster) {
                try (MeasuredNode node = MeasuredNode.start(work)) {
                    node.keeps(centre);
                    new CaseOverlap(centre, work).run(values, casesFirst);
                    centre.stop();
                }
            } else {
                new CaseOverlap(centre, work).run(values, casesFirst);
            }
        }
    }

    private void run(int values, boolean casesFirst) throws Exception {
        centre.start();
        // A row that the product refuses is in no indicator, so no case can match it: which ones is known once they
        // were imported.
        Path table = work.resolve("register.tsv");
        GeneratedRegister register;
        Set<String> reported;
        if (casesFirst) {
            register = register(table, values);
            bring(table);
            reported = reported();
        } else {
            reported = reported();
            register = register(table, values);
            bring(table);
        }
        compare(register, reported, values / 40);
    }

    private GeneratedRegister register(Path table, int values) throws IOException {
        Set<String> names = new HashSet<>();
        List<String> known = new ArrayList<>();
        int seen = 0;
        try (BufferedReader lines = lines(trails)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String value = line.substring(line.indexOf('\t') + 1);
                if (isName(value) && names.add(value) && seen++ % EVERY == 0) {
                    known.add(value);
                }
            }
        }
        int domains = known.size();
        for (Path file : wallets) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.filter(line -> !line.isBlank()).forEach(known::add);
            }
        }
        GeneratedRegister register = new GeneratedRegister(names);
        register.write(table, values, known);
        System.out.printf(
                Locale.ROOT,
                "register of %,d values, with %,d names and %,d wallets that are reported%n",
                values,
                domains,
                known.size() - domains);
        return register;
    }

    private static boolean isName(String value) {
        return value.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\\.[a-z]{2,}");
    }

    private void bring(Path table) throws Exception {
        long begun = System.nanoTime();
        System.out.print(centre.koprik("case", "import", table.toString()));
        System.out.printf(Locale.ROOT, "  in %.1f s%n", (System.nanoTime() - begun) / 1e9);
    }

    /** Imports everything; which values are in an indicator now. */
    private Set<String> reported() throws Exception {
        Set<String> reported = new HashSet<>();
        Set<Integer> refused = refused(centre.importing(trails, "--columns", "name,value"));
        int number = 0;
        try (BufferedReader lines = lines(trails)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!refused.contains(++number)) {
                    reported.add(line.substring(line.indexOf('\t') + 1));
                }
            }
        }
        for (Path file : wallets) {
            Set<Integer> bad = refused(centre.importing(file, "--format", "list", "--name", "sanctioned"));
            List<String> all = Files.readAllLines(file);
            for (int i = 0; i < all.size(); i++) {
                if (!bad.contains(i + 1)) {
                    reported.add(all.get(i));
                }
            }
        }
        return reported;
    }

    private static Set<Integer> refused(String said) {
        System.out.println(
                "  " + said.strip().lines().reduce((first, second) -> second).orElse(""));
        Set<Integer> lines = new TreeSet<>();
        Matcher refusal = REFUSED.matcher(said);
        while (refusal.find()) {
            lines.add(Integer.parseInt(refusal.group(2)));
        }
        return lines;
    }

    private static BufferedReader lines(Path gzip) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8));
    }

    private void compare(GeneratedRegister register, Set<String> reported, int cases) throws Exception {
        Set<String> missing = new TreeSet<>();
        Set<String> surplus = new TreeSet<>();
        Map<String, Integer> rules = new TreeMap<>();
        long right = 0;
        for (int i = 0; i < cases; i++) {
            String number = GeneratedRegister.number(i);
            Set<String> expected = new HashSet<>();
            for (String value : register.overlap().getOrDefault(number, Set.of())) {
                if (reported.contains(value)) {
                    expected.add(plain(value));
                }
            }
            Set<String> met = new HashSet<>();
            for (Json item :
                    json(centre.get("/api/cases/" + number + "/matches")).items("matches")) {
                JsonObject match = (JsonObject) item;
                String rule = match.string("rule").orElseThrow();
                rules.merge(rule, 1, Integer::sum);
                // A wallet that lies in one case with a sanctioned one is reported by that rule, and by no other.
                if (!rule.equals("same_cluster")) {
                    met.add(match.string("value").orElseThrow());
                } else if (expected.isEmpty()) {
                    surplus.add(number + " " + item);
                }
            }
            for (String value : expected) {
                if (met.remove(value)) {
                    right++;
                } else {
                    missing.add(number + " " + value);
                }
            }
            met.forEach(value -> surplus.add(number + " " + value));
        }
        System.out.printf(
                Locale.ROOT,
                "%,d values met as they should be, %,d missing, %,d too many; matches by rule: %s%n",
                right,
                missing.size(),
                surplus.size(),
                rules);
        missing.stream().limit(20).forEach(one -> System.out.println("  missing: " + one));
        surplus.stream().limit(20).forEach(one -> System.out.println("  too many: " + one));
        if (right == 0 || !missing.isEmpty() || !surplus.isEmpty()) {
            throw new IllegalStateException("not exactly the known set is found");
        }
    }

    /** In normal form: one wallet may be written in several ways. */
    private static String plain(String value) {
        return Recognition.PLAIN
                .recogniseOne(value)
                .map(one -> one.observable().value())
                .orElse(value);
    }

    private static JsonObject json(String text) {
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }
}
