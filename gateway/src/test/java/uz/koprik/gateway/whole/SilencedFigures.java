package uz.koprik.gateway.whole;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import uz.koprik.crypto.Oracles;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.warninglist.WarningList;
import uz.koprik.indicators.warninglist.WarningListReader;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * How many values of real lists of malware and of sanctioned wallets the published warning lists silence, and which
 * list does.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=SilencedFigures verify}; needs the oracle folder.
 */
final class SilencedFigures {

    private SilencedFigures() {}

    /** Prints a line a list, for each input. */
    public static void main(String[] args) throws Exception {
        WarningLists lists = new WarningLists(misp());
        System.out.printf(Locale.ROOT, "%d lists, %,d entries%n", lists.size(), lists.entries());
        List<String> trails = Oracles.lines("real/malware-trails.tsv.gz").stream()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList();
        report("malware trails", trails, lists);
        List<String> wallets = new ArrayList<>();
        try (Stream<Path> folder = Files.list(Oracles.path("real/ofac-wallets"))) {
            for (Path file : folder.toList()) {
                wallets.addAll(Files.readAllLines(file));
            }
        }
        report("sanctioned wallets", wallets, lists);
    }

    /** The published lists, from the oracle folder. */
    static List<WarningList> misp() throws Exception {
        List<WarningList> all = new ArrayList<>();
        for (Map.Entry<String, byte[]> file :
                new TreeMap<>(Oracles.untar(Oracles.path("real/warninglists.tar.gz"))).entrySet()) {
            if (file.getKey().endsWith(".json") && !file.getKey().startsWith("._")) {
                all.add(WarningListReader.read(file.getKey(), file.getValue()));
            }
        }
        return all;
    }

    private static void report(String what, List<String> texts, WarningLists lists) {
        Map<String, Integer> byList = new TreeMap<>();
        Map<String, String> example = new TreeMap<>();
        int values = 0;
        int silenced = 0;
        long nanos = 0;
        for (String text : texts) {
            Optional<Observable> value = Recognition.PLAIN.recogniseOne(text).map(RecognisedValue::observable);
            if (value.isEmpty()) {
                continue;
            }
            values++;
            long begun = System.nanoTime();
            Optional<WarningLists.Hit> hit = lists.silences(value.get());
            nanos += System.nanoTime() - begun;
            if (hit.isPresent()) {
                silenced++;
                byList.merge(hit.get().list(), 1, Integer::sum);
                example.putIfAbsent(hit.get().list(), hit.get().entry());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %,d values, %,d silenced (%.3f %%), %.2f microseconds a value%n",
                what,
                values,
                silenced,
                100.0 * silenced / values,
                nanos / 1e3 / values);
        byList.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(one -> System.out.printf(
                        Locale.ROOT,
                        "  %,7d  %s (such as %s)%n",
                        one.getValue(),
                        one.getKey(),
                        example.get(one.getKey())));
    }
}
