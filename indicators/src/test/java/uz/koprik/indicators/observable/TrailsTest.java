package uz.koprik.indicators.observable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Oracles;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/** A real list of trails of malware, 911,504 lines: what of it is recognised as what. */
class TrailsTest {

    private static final Pattern PLAIN_DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,}");
    private static final Pattern ADDRESS_AND_PORT = Pattern.compile("([0-9.]{7,15}):([0-9]{1,4})");

    /**
     * What is no value: a regular expression, two ports or none, a port above 65535, a label above 63 characters, a
     * sign.
     */
    private static final Pattern NO_VALUE = Pattern.compile(
            ".*[\\[{(|^].*|[0-9.]+:[0-9]*:[0-9]+|[0-9.]+:(6[6-9]|[7-9]|[0-9]{6})[0-9]*|[a-z0-9]{64,}\\.onion|.*\u00AC.*");

    @Test
    void recognisesEveryTrailThatIsAValue() throws Exception {
        Map<ObservableKind, Integer> kinds = new EnumMap<>(ObservableKind.class);
        List<String> missed = new ArrayList<>();
        int ports = 0;
        List<String> lines = Oracles.lines("real/malware-trails.tsv.gz");
        for (String line : lines) {
            String trail = line.substring(line.indexOf('\t') + 1);
            Optional<RecognisedValue> recognised = Recognition.PLAIN.recogniseOne(trail);
            if (recognised.isEmpty()) {
                missed.add(trail);
                continue;
            }
            Observable observable = recognised.get().observable();
            kinds.merge(observable.kind(), 1, Integer::sum);
            ports += recognised.get().port().isPresent() ? 1 : 0;
            check(trail, recognised.get());
            assertEquals(observable, observable.kind().normalise(observable.value()), trail);
        }
        assertEquals(
                List.of(),
                missed.stream().filter(m -> !NO_VALUE.matcher(m).matches()).toList());
        assertEquals(34, missed.size());
        assertEquals(
                lines.size() - 34,
                kinds.values().stream().mapToInt(Integer::intValue).sum());
        assertEquals(
                Map.of(
                        ObservableKind.DOMAIN,
                        636_659,
                        ObservableKind.IPV4,
                        159_634,
                        ObservableKind.IPV6,
                        6,
                        ObservableKind.URL,
                        52_438,
                        ObservableKind.URL_PATH,
                        62_733),
                kinds);
        assertTrue(ports > 159_000, "addresses with a port: " + ports);
    }

    private static void check(String trail, RecognisedValue recognised) {
        Observable observable = recognised.observable();
        var address = ADDRESS_AND_PORT.matcher(trail);
        if (address.matches()) {
            assertEquals(
                    new RecognisedValue(
                            new Observable(ObservableKind.IPV4, address.group(1)),
                            0,
                            trail.length(),
                            Optional.of(Integer.valueOf(address.group(2)))),
                    recognised);
        } else if (PLAIN_DOMAIN.matcher(trail).matches()) {
            assertEquals(new Observable(ObservableKind.DOMAIN, trail), observable);
        } else if (trail.startsWith("http")) {
            assertEquals(ObservableKind.URL, observable.kind(), trail);
        }
    }
}
