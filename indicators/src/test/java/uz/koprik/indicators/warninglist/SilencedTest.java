package uz.koprik.indicators.warninglist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Oracles;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/** The published lists silence a value exactly when comparing it with every entry says so. */
class SilencedTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void exactlyWhatIsOnAList() throws Exception {
        List<WarningList> all = WarningListsTest.listsOfMisp();
        WarningLists lists = new WarningLists(all);
        NaiveLists naive = new NaiveLists(all);
        Set<Observable> values = new LinkedHashSet<>();
        sample(Oracles.lines("real/malware-trails.tsv.gz"), 80)
                .forEach(line -> recognise(line.substring(line.indexOf('\t') + 1), values));
        try (Stream<Path> folder = Files.list(Oracles.path("real/ofac-wallets"))) {
            for (Path file : folder.toList()) {
                sample(Files.readAllLines(file), 1).forEach(wallet -> recognise(wallet, values));
            }
        }
        for (int i = 0; i < 40; i++) {
            WarningList list = all.get(random.nextInt(all.size()));
            for (String entry : sample(list.entries(), 1)) {
                near(entry, list.kinds(), values);
            }
        }
        int silenced = 0;
        for (Observable value : values) {
            Set<String> expected = naive.silencing(value);
            Optional<WarningLists.Hit> hit = lists.silences(value);
            assertEquals(!expected.isEmpty(), hit.isPresent(), () -> value + " by " + expected + ", seed " + seed);
            assertTrue(
                    hit.isEmpty() || expected.contains(hit.get().list()),
                    () -> value + " by " + hit + ", seed " + seed);
            silenced += hit.isPresent() ? 1 : 0;
        }
        assertTrue(silenced > 10 && silenced < values.size() - 50, silenced + " of " + values.size());
    }

    private List<String> sample(List<String> lines, int size) {
        return lines.isEmpty()
                ? List.of()
                : random.ints(size, 0, lines.size())
                        .mapToObj(lines::get)
                        .distinct()
                        .toList();
    }

    private static void recognise(String text, Set<Observable> values) {
        Recognition.PLAIN.recogniseOne(text).map(RecognisedValue::observable).ifPresent(values::add);
    }

    /** The entry itself, what lies below it, and what only looks like it. */
    private static void near(String entry, Set<ObservableKind> kinds, Set<Observable> values) {
        String name = entry.startsWith(".") ? entry.substring(1) : entry;
        for (String text : List.of(
                name,
                "www." + name,
                "not" + name,
                name + ".example",
                "https://" + name + "/x",
                "https://example.com/" + name,
                "x@" + name,
                name.replaceFirst("/[0-9]+$", ""),
                name.replaceFirst("\\.[0-9]+(/[0-9]+)?$", ".77"),
                name.replaceFirst("^[0-9]+", "77"))) {
            for (ObservableKind kind : kinds) {
                normal(kind, text).ifPresent(values::add);
            }
        }
    }

    private static Optional<Observable> normal(ObservableKind kind, String text) {
        try {
            return Optional.of(kind.normalise(text));
        } catch (InvalidObservable none) {
            return Optional.empty();
        }
    }
}
