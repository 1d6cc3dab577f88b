package uz.koprik.indicators.observable.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.Observable;

class PrefixBucketsTest {

    private final SplittableRandom random = new SplittableRandom(4);

    /** Few different ones, so that many lie within one another. */
    private String value() {
        return switch (random.nextInt(9)) {
            case 0 -> "ipv4:" + v4();
            case 1 -> "cidr:" + network(v4(), 32);
            case 2 -> "url:http://" + v4() + ":8080/x";
            case 3 -> "ipv6:" + v6();
            case 4 -> "cidr:" + network(v6(), 128);
            case 5 -> "url:http://[" + v6() + "]/";
            case 6 -> "url:https://" + domain() + "/a";
            case 7 -> "email:anna@" + domain();
            default -> "domain:" + domain();
        };
    }

    private String v4() {
        return random.nextInt(3) + "." + random.nextInt(2) * 128 + "." + random.nextInt(2) * 255 + "."
                + random.nextInt(256);
    }

    private String v6() {
        return "2001:db8:" + random.nextInt(2) + ":" + random.nextInt(2) + "::"
                + Integer.toHexString(random.nextInt(0x10000));
    }

    private String network(String address, int bits) {
        return IpNetwork.parse(address + "/" + random.nextInt(bits + 1))
                .orElseThrow()
                .toString();
    }

    private String domain() {
        StringBuilder name = new StringBuilder();
        for (int labels = random.nextInt(4); labels > 0; labels--) {
            name.append((char) ('a' + random.nextInt(2))).append('.');
        }
        return name + "example.com";
    }

    @Test
    void whateverLiesWithinSharesACell() {
        int within = 0;
        for (int i = 0; i < 200_000; i++) {
            String outer = value();
            String inner = value();
            if (outer.startsWith("url:") || outer.startsWith("email:")) {
                continue;
            }
            NetworkKey.Span span = NetworkKey.within(Observable.ofKey(outer)).orElseThrow();
            String place = NetworkKey.ofKey(inner).orElseThrow();
            List<String> shared = new ArrayList<>(PrefixBuckets.around(place));
            shared.retainAll(PrefixBuckets.covering(span));
            if (span.has(place)) {
                within++;
                assertTrue(!shared.isEmpty(), outer + " holds " + inner);
            } else if (!outer.contains("::")) {
                assertEquals(List.of(), shared, outer + " does not hold " + inner);
            }
        }
        assertTrue(within > 5000, "too few to tell: " + within);
    }

    @Test
    void fewCellsCoverANetwork() {
        for (int bits = 0; bits <= 128; bits++) {
            NetworkKey.Span span = NetworkKey.within(Observable.ofKey("cidr:"
                            + IpNetwork.parse("2001:db8:85a3::8a2e/" + bits).orElseThrow()))
                    .orElseThrow();
            List<String> cells = PrefixBuckets.covering(span);
            assertTrue(
                    cells.size() <= 8 && !cells.isEmpty() && Collections.frequency(cells, cells.getFirst()) == 1,
                    bits + ": " + cells);
        }
    }
}
