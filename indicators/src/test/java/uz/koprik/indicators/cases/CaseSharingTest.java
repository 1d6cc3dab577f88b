package uz.koprik.indicators.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.Samples;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;

class CaseSharingTest {

    private static final Observable MULE = value(ObservableKind.IBAN, "GB82WEST12345698765432");
    private static final Observable HOST = value(ObservableKind.DOMAIN, "login.example.com");
    private static final Observable VICTIM = value(ObservableKind.EMAIL, "anna@example.org");

    private static final CaseFile CASE = CaseFile.open(
                    "T-2026-014", "Calls from a false bank", "fraud", Instant.parse("2026-11-01T07:00:00Z"))
            .draft()
            .summary("anna@example.org lost her savings")
            .cases(List.of("T-2025-900"))
            .observables(List.of(
                    new CaseObservable(MULE, CaseObservable.Role.MONEY_TRAIL, "mule account"),
                    new CaseObservable(HOST, CaseObservable.Role.INFRASTRUCTURE, ""),
                    new CaseObservable(VICTIM, CaseObservable.Role.VICTIM, "")))
            .build();

    private final Map<String, StixObject> stored = new HashMap<>();
    private final CaseSharing sharing =
            new CaseSharing(Samples.TASHKENT, new KeyedIds(new byte[32]), id -> Optional.ofNullable(stored.get(id)));

    @Test
    void makesValidObjectsThatTellNothingOfTheCase() throws InvalidObject {
        CaseSharing.ShareObjects made =
                sharing.make(CASE, wish(List.of(MULE, HOST), "Mule accounts", "Callers pose as a bank"), Samples.NOW);
        List<String> types = new ArrayList<>();
        for (JsonObject object : made.objects()) {
            String text = text(object);
            StixObject read = StixReader.read(text.getBytes(StandardCharsets.UTF_8));
            types.add(read.type());
            assertFalse(CaseFiles.isCase(read));
            assertEquals(List.of(Markings.id(Tlp.GREEN)), read.markingRefs());
            assertFalse(read.refs().contains(CaseFiles.id(Samples.TASHKENT, CASE.number())), text);
            for (String secret : List.of(
                    "T-2026-014", "T-2025-900", "anna", "savings", "false bank", "mule account", "2026-11-01")) {
                assertFalse(text.contains(secret), secret);
            }
        }
        assertEquals(List.of("indicator", "indicator", "incident", "grouping"), types);
        assertEquals("2 values as indicators, summary", made.parts());
        assertEquals(4, made.all().size());
        assertTrue(text(made.objects().getLast()).contains(made.incident()));
    }

    @Test
    void sharesTheNumberWhenThatIsChosen() {
        CaseSharing.ShareObjects made = sharing.make(
                CASE,
                new CaseSharing.ShareRequest(Tlp.AMBER, List.of(HOST), false, true, false, "", "", true),
                Samples.NOW);
        assertTrue(text(made.objects().getLast()).contains("T-2026-014"));
        assertTrue(text(made.objects().getLast()).contains("\"name\":\"fraud\""));
    }

    @Test
    void sharesObservedDataAndLeavesAloneWhatIsThere() throws InvalidObject {
        CaseSharing.ShareRequest wish =
                new CaseSharing.ShareRequest(Tlp.GREEN, List.of(MULE, HOST), false, false, true, "", "", false);
        CaseSharing.ShareObjects made = sharing.make(CASE, wish, Samples.NOW);
        assertEquals(List.of("bank-account", "domain-name", "observed-data", "incident", "grouping"), types(made));
        keep(made);
        CaseSharing.ShareObjects again = sharing.make(CASE, wish, Samples.NOW);
        assertEquals(List.of("observed-data", "incident", "grouping"), types(again));
        assertTrue(again.all().containsAll(made.all().subList(0, 2)));
    }

    @Test
    void givesAnIndicatorItsNewMarkingAndNoVersionWithoutNeed() throws InvalidObject {
        keep(sharing.make(CASE, wish(List.of(HOST), "Lures", ""), Samples.NOW));
        assertEquals(
                List.of("incident", "grouping"),
                types(sharing.make(CASE, wish(List.of(HOST), "Lures", ""), Samples.NOW)));
        CaseSharing.ShareObjects wider = sharing.make(
                CASE,
                new CaseSharing.ShareRequest(Tlp.CLEAR, List.of(HOST), false, true, false, "Lures", "", false),
                Samples.NOW);
        JsonObject indicator = wider.objects().getFirst();
        StixObject before = stored.get(indicator.string("id").orElseThrow());
        StixObject after = StixReader.read(CanonicalJson.bytes(indicator));
        assertTrue(after.version() > before.version());
        assertEquals(before.created(), after.created());
        assertEquals(List.of(Markings.id(Tlp.CLEAR)), after.markingRefs());
    }

    @Test
    void refusesWhatMustNotGo() {
        refused("is not in the case", wish(List.of(value(ObservableKind.DOMAIN, "other.example.com")), "", ""));
        refused("value 2 is a victim's", wish(List.of(HOST, VICTIM), "", ""));
        refused("TLP:RED", new CaseSharing.ShareRequest(Tlp.RED, List.of(HOST), false, true, false, "", "", false));
        refused("nothing was chosen", wish(List.of(), "Only a name", " "));
        refused(
                "as indicators, as observed data",
                new CaseSharing.ShareRequest(Tlp.GREEN, List.of(HOST), false, false, false, "", "", false));
        refused(
                "the summary to be shared contains a value of the case that was not chosen at character 5",
                wish(List.of(HOST), "", "Ask anna@example[.]org about it"));
        refused(
                "the summary to be shared contains a value",
                wish(List.of(HOST), "", "the account gb82west12345698765432"));
        refused("the name to be shared contains the number of a case", wish(List.of(HOST), "About t-2026-014", ""));
        refused("the summary to be shared contains the number of a case", wish(List.of(HOST), "", "see T-2025-900"));
        assertEquals(
                3,
                sharing.make(
                                CASE,
                                new CaseSharing.ShareRequest(
                                        Tlp.GREEN,
                                        List.of(VICTIM),
                                        true,
                                        true,
                                        false,
                                        "",
                                        "for anna@example.org",
                                        false),
                                Samples.NOW)
                        .objects()
                        .size());
    }

    private void refused(String reason, CaseSharing.ShareRequest wish) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> sharing.make(CASE, wish, Samples.NOW));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertFalse(e.getMessage().contains("anna") || e.getMessage().contains("T-202"), e.getMessage());
    }

    private void keep(CaseSharing.ShareObjects made) throws InvalidObject {
        for (JsonObject object : made.objects()) {
            stored.put(object.string("id").orElseThrow(), StixReader.read(CanonicalJson.bytes(object)));
        }
    }

    private static List<String> types(CaseSharing.ShareObjects made) {
        return made.objects().stream()
                .map(object -> object.string("type").orElseThrow())
                .toList();
    }

    private static CaseSharing.ShareRequest wish(List<Observable> values, String name, String summary) {
        return new CaseSharing.ShareRequest(Tlp.GREEN, values, false, true, false, name, summary, false);
    }

    private static String text(JsonObject object) {
        return new String(CanonicalJson.bytes(object), StandardCharsets.UTF_8);
    }

    private static Observable value(ObservableKind kind, String text) {
        try {
            return kind.normalise(text);
        } catch (InvalidObservable e) {
            throw new AssertionError(Arrays.toString(e.getStackTrace()), e);
        }
    }
}
