package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;

class IndicatorWriterTest {

    private static final IndicatorWriter WRITER =
            new IndicatorWriter(Samples.TASHKENT, Samples.SIGNER, new KeyedIds(new byte[32]));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "domain, example.com, [domain-name:value = 'example.com']",
                "ipv4, 192.0.2.1, [ipv4-addr:value = '192.0.2.1']",
                "ipv6, 2001:db8::1, [ipv6-addr:value = '2001:db8::1']",
                "cidr, 192.0.2.0/24, [ipv4-addr:value = '192.0.2.0/24']",
                "cidr, 2001:db8::/32, [ipv6-addr:value = '2001:db8::/32']",
                "url, http://example.com/a?b=1, [url:value = 'http://example.com/a?b=1']",
                "url-path, /gate.php, [network-traffic:extensions.'http-request-ext'.request_value = '/gate.php']",
                "email, a@example.com, [email-addr:value = 'a@example.com']",
                "sha1, da39a3ee5e6b4b0d3255bfef95601890afd80709, [file:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']",
                "md5, d41d8cd98f00b204e9800998ecf8427e, [file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']",
                "iban, GB82WEST12345698765432, [bank-account:iban = 'GB82WEST12345698765432']",
                "asn, 64496, [autonomous-system:number = 64496]",
                "mutex, it's\\, [mutex:name = 'it\\'s\\\\']",
                "messenger, telegram:@example_user, [(user-account:account_type = 'telegram' AND user-account:account_login = '@example_user')]",
                "payment-card, 411111-1111-abcdefghijklmnopqrstuvwxyz, [payment-card:card_number = '411111-1111-abcdefghijklmnopqrstuvwxyz']"
            })
    void writesAPatternFromWhichTheValueComesBack(String kind, String value, String pattern) throws Exception {
        Observable observable = observable(kind, value);
        StixObject written = WRITER.write(NewIndicator.of(observable, "x", Tlp.GREEN), Samples.NOW);
        assertEquals(pattern, written.json().string("pattern").orElseThrow());
        StixObject read = StixReader.read(written.bytes());
        assertEquals(
                Set.of(observable),
                Set.copyOf(ObservableExtraction.of(read.json()).observables()));
        assertEquals(written.digest(), read.digest());
    }

    @Test
    void saysEverythingThatIsKnown() throws Exception {
        NewIndicator indicator = new NewIndicator(
                List.of(observable("ipv4", "192.0.2.1")),
                Optional.of(443),
                "Family",
                "words",
                List.of("c2", "botnet"),
                Tlp.AMBER,
                Optional.of(StixTimestamp.parse("2026-01-02T00:00:00Z")),
                Optional.of(80));
        StixObject written = WRITER.write(indicator, Samples.NOW);
        String expected = "{'type':'indicator','spec_version':'2.1','id':'" + WRITER.id(indicator) + "',"
                + "'created_by_ref':'" + Samples.TASHKENT
                + "','created':'2026-11-22T08:30:00.123Z','modified':'2026-11-22T08:30:00.123Z',"
                + "'name':'Family','description':'words','indicator_types':['malicious-activity'],"
                + "'pattern':'[network-traffic:dst_ref.value = \\u0027192.0.2.1\\u0027 AND network-traffic:dst_port = 443]',"
                + "'pattern_type':'stix','valid_from':'2026-01-02T00:00:00Z','labels':['c2','botnet'],'confidence':80,"
                + "'object_marking_refs':['" + Markings.id(Tlp.AMBER) + "']}";
        assertEquals(Samples.read(expected).digest(), written.digest());
        assertEquals(1, written.signatures().size());
        assertEquals(
                Set.of(observable("ipv4", "192.0.2.1")),
                Set.copyOf(ObservableExtraction.of(written.json()).observables()));
    }

    @Test
    void leavesOutWhatIsNotKnown() throws Exception {
        StixObject written =
                WRITER.write(NewIndicator.of(observable("domain", "example.com"), "", Tlp.CLEAR), Samples.NOW);
        for (String name : List.of("name", "description", "labels", "confidence")) {
            assertFalse(written.json().has(name), name);
        }
        assertEquals(
                "2026-11-22T08:30:00.123Z", written.json().string("valid_from").orElseThrow());
    }

    @Test
    void givesOneRowOneIdForEver() throws Exception {
        NewIndicator row = NewIndicator.of(observable("domain", "example.com"), "Family", Tlp.GREEN);
        String id = WRITER.id(row);
        assertEquals(id, WRITER.write(row, Samples.NOW).id());
        assertEquals(id, WRITER.write(row, Samples.NOW.plusSeconds(60)).id());
        assertEquals("indicator--b04bd8f2-a3c7-52ab-a6d3-0d40c1a1c2d3".length(), id.length());
        assertNotEquals(id, WRITER.id(NewIndicator.of(observable("domain", "example.com"), "Other", Tlp.GREEN)));
        assertNotEquals(id, WRITER.id(NewIndicator.of(observable("domain", "example.net"), "Family", Tlp.GREEN)));
        IndicatorWriter budapest = new IndicatorWriter(
                "identity--1d3ba3f6-2f8e-4ef9-8b0f-0a1c0a6b7c01", Samples.SIGNER, new KeyedIds(new byte[] {1}));
        assertNotEquals(id, budapest.id(row));
    }

    @Test
    void joinsSeveralValues() throws Exception {
        NewIndicator both = new NewIndicator(
                List.of(observable("domain", "example.com"), observable("ipv4", "192.0.2.1")),
                Optional.empty(),
                "x",
                "",
                List.of(),
                Tlp.GREEN,
                Optional.empty(),
                Optional.empty());
        assertEquals(
                "[domain-name:value = 'example.com' OR ipv4-addr:value = '192.0.2.1']",
                WRITER.write(both, Samples.NOW).json().string("pattern").orElseThrow());
    }

    @Test
    void refusesNonsense() throws Exception {
        Observable domain = observable("domain", "example.com");
        assertThrows(
                IllegalArgumentException.class,
                () -> new NewIndicator(
                        List.of(),
                        Optional.empty(),
                        "x",
                        "",
                        List.of(),
                        Tlp.GREEN,
                        Optional.empty(),
                        Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NewIndicator(
                        List.of(domain, domain),
                        Optional.of(80),
                        "x",
                        "",
                        List.of(),
                        Tlp.GREEN,
                        Optional.empty(),
                        Optional.empty()));
        NewIndicator sure = new NewIndicator(
                List.of(domain), Optional.empty(), "x", "", List.of(), Tlp.GREEN, Optional.empty(), Optional.of(101));
        assertThrows(IllegalArgumentException.class, () -> WRITER.write(sure, Samples.NOW));
    }

    @Test
    void writesTheIdentityOfACentre() throws Exception {
        String id = IdentityWriter.id("tashkent", Samples.SIGNER.kid());
        assertNotEquals(id, IdentityWriter.id("tashkent", "another key"));
        StixObject written =
                IdentityWriter.write(id, "Cyber centre Tashkent", "cert@example.com", Samples.SIGNER, Samples.NOW);
        StixObject read = StixReader.read(written.bytes());
        assertEquals(id, read.id());
        assertEquals(Optional.of(id), read.createdByRef());
        assertEquals("organization", read.json().string("identity_class").orElseThrow());
        assertEquals(List.of(Markings.id(Tlp.CLEAR)), read.markingRefs());
        assertEquals(1, read.signatures().size());
    }

    private static Observable observable(String kind, String value) throws InvalidObservable {
        return ObservableKind.ofCode(kind).orElseThrow().normalise(value);
    }
}
