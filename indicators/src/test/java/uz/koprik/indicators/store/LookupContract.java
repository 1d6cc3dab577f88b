package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.Tlp;

/** Entries found by values, references and patterns. */
public abstract class LookupContract extends StoreContract {

    protected LookupContract(StoreBackend backend) {
        super(backend);
    }

    @Test
    void findsCarriers() throws StoreUnavailable, IOException {
        append(
                Drafts.indicator(1).carries("domain:example.com", "domain:example.com"),
                Drafts.indicator(2).carries("domain:example.com", "ipv4:192.0.2.1"),
                Drafts.indicator(3).carries("domain:example.com"),
                Drafts.indicator(3).version(2).carries("domain:example.org"));
        for (int round = 0; round < 2; round++) {
            Map<String, Carriers> found = store.carriers(
                    List.of("domain:example.com", "ipv4:192.0.2.1", "domain:none.example", "domain:example.org"),
                    ALL,
                    1);
            assertEquals(Set.of("domain:example.com", "ipv4:192.0.2.1", "domain:example.org"), found.keySet());
            assertEquals(2, found.get("domain:example.com").count());
            assertEquals(List.of(2L), seqs(found.get("domain:example.com").freshest()));
            assertEquals(List.of(4L), seqs(found.get("domain:example.org").freshest()));
            assertEquals(
                    List.of(2L, 1L),
                    seqs(store.carriers(List.of("domain:example.com"), ALL, 9)
                            .get("domain:example.com")
                            .freshest()));
            assertEquals(
                    List.of(),
                    store.carriers(List.of("domain:example.com"), ALL, 0)
                            .get("domain:example.com")
                            .freshest());
            reopen();
        }
        append(Drafts.indicator(4).carries("domain:example.com"));
        assertEquals(
                List.of(5L, 2L, 1L),
                seqs(store.carriers(List.of("domain:example.com"), ALL, 9)
                        .get("domain:example.com")
                        .freshest()));
    }

    @Test
    void findsWhatLiesWithinAPlace() throws StoreUnavailable, IOException {
        append(
                Drafts.indicator(1).carries("domain:example.com", "ipv4:192.0.2.1"),
                Drafts.indicator(2).carries("domain:www.example.com", "domain:a.b.example.com"),
                Drafts.indicator(3).carries("url:https://example.com/x", "ipv6:2001:db8::1"),
                Drafts.indicator(4).tlp(Tlp.RED).carries("email:anna@mail.example.com"),
                Drafts.indicator(5).carries("domain:notexample.com", "cidr:192.0.2.128/25", "ipv4:192.0.3.1"),
                Drafts.indicator(6).carries("url:http://192.0.2.200:8080/"),
                Drafts.indicator(3).version(2).carries("url:https://example.org/x", "ipv6:2001:db8::1"),
                Drafts.indicator(7).carries("url:https://example.com/y", "sha256:" + "ab".repeat(32)));
        NetworkKey.Span domain = place("domain:example.com");
        NetworkKey.Span network = place("cidr:192.0.2.0/24");
        NetworkKey.Span six = place("cidr:2001:db8::/32");
        NetworkKey.Span none = place("domain:example.net");
        for (int round = 0; round < 2; round++) {
            Map<NetworkKey.Span, RangeCarriers> found = store.within(List.of(domain, network, six, none), ALL, 9, 9);
            assertEquals(Set.of(domain, network, six), found.keySet());
            assertEquals(List.of(8L, 4L, 2L), seqs(found.get(domain).freshest()));
            assertEquals(3, found.get(domain).count());
            assertFalse(found.get(domain).more());
            assertEquals(List.of(6L, 5L, 1L), seqs(found.get(network).freshest()));
            assertEquals(List.of(7L), seqs(found.get(six).freshest()));
            RangeCarriers few = store.within(List.of(domain), ALL, 1, 2).get(domain);
            assertEquals(2, few.count());
            assertTrue(few.more());
            assertEquals(1, few.freshest().size());
            assertEquals(
                    List.of(8L, 2L),
                    seqs(store.within(List.of(domain), GREEN_ONLY, 9, 9)
                            .get(domain)
                            .freshest()));
            reopen();
        }
        append(Drafts.indicator(8).carries("domain:new.example.com"));
        assertEquals(
                List.of(9L, 8L, 4L, 2L),
                seqs(store.within(List.of(domain), ALL, 9, 9).get(domain).freshest()));
    }

    private static NetworkKey.Span place(String key) {
        return NetworkKey.within(Observable.ofKey(key)).orElseThrow();
    }

    @Test
    void veryLongValuesAreValuesToo() throws StoreUnavailable, IOException {
        String url = "url:https://example.com/" + "ў".repeat(40_000);
        append(Drafts.indicator(1)
                .carries(url)
                .refersTo(url)
                .text("x".repeat(40_000) + " " + "ﷺ".repeat(5000) + " end"));
        append(Drafts.indicator(2).carries(url + "b"));
        for (int round = 0; round < 2; round++) {
            assertEquals(1, store.carriers(List.of(url), ALL, 1).get(url).count());
            assertEquals(List.of(1L), seqs(store.referrers(url, Versions.LAST)));
            assertEquals(1, store.search(words("end")).total());
            reopen();
        }
    }

    @Test
    void findsReferrersWhoeverMaySeeThem() throws StoreUnavailable, IOException {
        append(
                Drafts.indicator(1).refersTo("malware--1"),
                Drafts.indicator(2).tlp(Tlp.RED).refersTo("malware--1", "malware--2"),
                Drafts.indicator(1).version(2).refersTo("malware--2"));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(2L), seqs(store.referrers("malware--1", Versions.LAST)));
            assertEquals(List.of(2L, 3L), seqs(store.referrers("malware--2", Versions.LAST)));
            assertEquals(List.of(1L, 2L), seqs(store.referrers("malware--1", Versions.ALL)));
            reopen();
        }
    }

    @Test
    void patternsMeetObservedData() throws Exception {
        PatternsMet.check(store);
    }
}
