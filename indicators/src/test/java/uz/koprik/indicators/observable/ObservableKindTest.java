package uz.koprik.indicators.observable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ObservableKindTest {

    /** {@code kind | raw | key of the normal form}: all spellings of one value lead to one key. */
    @ParameterizedTest
    @CsvFileSource(resources = "spellings.txt", delimiter = '|', encoding = "UTF-8", quoteCharacter = '\u0001')
    void givesTheNormalForm(String code, String raw, String key) throws InvalidObservable {
        ObservableKind kind = ObservableKind.ofCode(code).orElseThrow();
        Observable observable = kind.normalise(raw);
        assertEquals(key, observable.key());
        assertEquals(observable, observable.kind().normalise(observable.value()), "normal forms are their own");
        assertEquals(observable, Observable.ofKey(key));
    }

    /** {@code kind | raw | reason}. */
    @ParameterizedTest
    @CsvFileSource(resources = "refusals.txt", delimiter = '|', encoding = "UTF-8", quoteCharacter = '\u0001')
    void saysWhyNot(String code, String raw, String reason) {
        ObservableKind kind = ObservableKind.ofCode(code).orElseThrow();
        InvalidObservable invalid = assertThrows(InvalidObservable.class, () -> kind.normalise(raw == null ? "" : raw));
        assertEquals(reason, invalid.reason());
        assertEquals(kind, invalid.kind());
        assertEquals(kind.label() + ": " + reason, invalid.getMessage());
    }

    /** ICU throws what nobody expects when a label is very long. */
    @Test
    void aHandleHasOneSignBeforeItAndIsItsOwnNormalForm() throws InvalidObservable {
        assertEquals("instagram:h", ObservableKind.MESSENGER.normalise("ig:@h").value());
        assertEquals(
                "matrix:alice:example.org",
                ObservableKind.MESSENGER.normalise("matrix:@alice:example.org").value());
        for (String many : List.of("ig:@@h", "ig:@@@@h", "ig:@", "viber:@@h", "skype:@@")) {
            assertThrows(InvalidObservable.class, () -> ObservableKind.MESSENGER.normalise(many), many);
        }
    }

    @Test
    void refusesLongInternationalisedNames() {
        for (int length : new int[] {200, 507, 1100}) {
            String name = "\u00e4".repeat(length) + ".example";
            assertThrows(InvalidObservable.class, () -> ObservableKind.DOMAIN.normalise(name));
            assertThrows(InvalidObservable.class, () -> ObservableKind.URL.normalise("http://" + name + "/"));
            assertThrows(InvalidObservable.class, () -> ObservableKind.EMAIL.normalise("a@" + name));
        }
    }

    @Test
    void codesAreUniqueAndPathsLeadBack() {
        Set<String> codes = new HashSet<>();
        for (ObservableKind kind : ObservableKind.values()) {
            assertTrue(codes.add(kind.code()));
            assertTrue(kind.code().matches("[a-z0-9-]+"), kind.code());
            assertEquals(Optional.of(kind), ObservableKind.ofCode(kind.code()));
            for (String path : kind.stixPaths()) {
                assertTrue(ObservableKind.ofStixPath(path).contains(kind), path);
            }
        }
        assertEquals(List.of(), ObservableKind.ofStixPath("file:size"));
        assertEquals(Optional.empty(), ObservableKind.ofCode("nonsense"));
    }

    @ParameterizedTest
    @CsvSource({
        "email, true",
        "phone, true",
        "iban, true",
        "bank-account, true",
        "payment-card, true",
        "messenger, true",
        "imei, true",
        "domain, false",
        "ipv4, false",
        "sha256, false"
    })
    void knowsWhatIsAboutAPerson(String code, boolean personal) {
        assertEquals(personal, ObservableKind.ofCode(code).orElseThrow().personal());
    }

    @Test
    void takesNationalPhoneNumbersInTheRegionOfTheCentre() throws InvalidObservable {
        Normalisation tashkent = Normalisation.PLAIN.withPhoneRegion("UZ");
        assertEquals(
                "phone:+998901234567",
                ObservableKind.PHONE.normalise("90 123-45-67", tashkent).key());
        assertThrows(InvalidObservable.class, () -> ObservableKind.PHONE.normalise("90 123-45-67"));
    }

    @Test
    void refusesTextsNoValueIsAsLongAs() {
        for (ObservableKind kind : ObservableKind.values()) {
            String huge = "a".repeat(ObservableKind.MAX_LENGTH + 1);
            assertTrue(assertThrows(InvalidObservable.class, () -> kind.normalise(huge))
                    .reason()
                    .startsWith("longer"));
        }
    }

    @Test
    void writesPatternsThatLookForTheValue() throws InvalidObservable {
        assertEquals(
                "[domain-name:value = 'example.com']",
                ObservableKind.DOMAIN.normalise("EXAMPLE.com").pattern());
        assertEquals(
                "[ipv6-addr:value = '2001:db8::/32']",
                ObservableKind.CIDR.normalise("2001:db8::/32").pattern());
        assertEquals(
                "[ipv4-addr:value = '192.0.2.0/24']",
                ObservableKind.CIDR.normalise("192.0.2.0/24").pattern());
        assertEquals(
                "[autonomous-system:number = 64496]",
                ObservableKind.ASN.normalise("AS64496").pattern());
        assertEquals(
                "[url:value = 'http://example.com/o\\'clock']",
                ObservableKind.URL.normalise("http://example.com/o'clock").pattern());
        assertEquals(
                "[user-account:account_type = 'telegram' AND user-account:account_login = '@example']",
                ObservableKind.MESSENGER.normalise("telegram:@Example").pattern());
        assertEquals(
                "[file:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']",
                ObservableKind.SHA1
                        .normalise("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709")
                        .pattern());
    }

    @Property(tries = 3000)
    void anyTextIsRefusedOrHasANormalFormOfItsOwn(@ForAll String raw, @ForAll ObservableKind kind) {
        Observable observable;
        try {
            observable = kind.normalise(raw);
        } catch (InvalidObservable e) {
            String text = raw.strip().toLowerCase(Locale.ROOT);
            assertFalse(
                    text.length() > 5 && e.getMessage().toLowerCase(Locale.ROOT).contains(text), e.getMessage());
            return;
        }
        assertIsItsOwnNormalForm(observable);
    }

    @Property(tries = 2000)
    void escapingIsStable(@ForAll String path) {
        try {
            assertIsItsOwnNormalForm(ObservableKind.URL.normalise("http://example.com/a" + path));
        } catch (InvalidObservable e) {
            assertTrue(path.length() > ObservableKind.MAX_LENGTH - 50, e.getMessage());
        }
    }

    private static void assertIsItsOwnNormalForm(Observable observable) {
        try {
            assertEquals(observable, observable.kind().normalise(observable.value()));
        } catch (InvalidObservable e) {
            throw new AssertionError("the normal form of " + observable + " is refused", e);
        }
    }
}
