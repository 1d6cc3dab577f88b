package uz.koprik.indicators.observable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.observable.Recogniser.Scope;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.ObservableObjects;
import uz.koprik.indicators.stix.Samples;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.translate.export.ExportOptions;
import uz.koprik.indicators.translate.export.ExportWriter;
import uz.koprik.indicators.translate.misp.MispToStix;
import uz.koprik.indicators.translate.misp.StixToMisp;
import uz.koprik.indicators.warninglist.WarningList;
import uz.koprik.indicators.warninglist.WarningListReader;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * A value of every kind goes through every format and comes back, or its definition says that the format has no word
 * for it.
 */
class ObservableKindRoundTripTest {

    private static final Normalisation CENTRE =
            Normalisation.withCards(CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256")));
    private static final Recognition RECOGNITION = new Recognition(CENTRE);
    private static final IndicatorWriter WRITER =
            new IndicatorWriter(Samples.TASHKENT, Samples.SIGNER, new KeyedIds(new byte[32]));

    /** A value as people write it. The compiler asks for one when a kind is added. */
    private static String sample(ObservableKind kind) {
        return switch (kind) {
            case IPV4 -> "192.0.2[.]7";
            case IPV6 -> "2001:DB8::7";
            case CIDR -> "198.51.100.0/24";
            case DOMAIN -> "login.Example[.]com";
            case URL -> "hxxp://example.com/a;b?c=\\d";
            case URL_PATH -> "/gate.php?id=1";
            case EMAIL -> "clerk@Example.com";
            case MD5 -> "D41D8CD98F00B204E9800998ECF8427E";
            case SHA1 -> "da39a3ee5e6b4b0d3255bfef95601890afd80709";
            case SHA256 -> "ab".repeat(32);
            case SHA512 -> "0f".repeat(64);
            case SHA3_256 -> "cd".repeat(32);
            case SHA3_512 -> "1e".repeat(64);
            case SSDEEP -> "3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C";
            case TLSH -> "T1" + "A0".repeat(35);
            case PHONE -> "tel:+998901234567";
            case IBAN -> "GB82WEST12345698765432";
            case BANK_ACCOUNT -> "20208000900100001010";
            case PAYMENT_CARD -> "4000000000000002";
            case WALLET -> "btc:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
            case MESSENGER -> "telegram:@Example_user";
            case ASN -> "AS64500";
            case MAC -> "00:00:5E:00:53:01";
            case MUTEX -> "Global\\it's";
            case REGISTRY_KEY -> "HKLM\\Software\\Run";
            case CVE -> "cve-2024-12345";
            case FILE_NAME -> "it's a Lure.exe";
            case FILE_PATH -> "c:\\Users\\Public\\it's a Lure.exe";
            case USER_AGENT -> "Lure/5.0 (compatible; it's \\ 1)";
            case JA3, JA3S, HASSH -> "0123456789ABCDEF".repeat(2);
            case JA4 -> "t13d1516h2_0123456789ab_ba9876543210";
            case JARM -> "0123456789abcdef".repeat(3) + "0123456789abcd";
            case IMEI -> "49-015420-323751-8";
        };
    }

    private static Observable value(ObservableKind kind) throws InvalidObservable {
        return kind.normalise(sample(kind), CENTRE);
    }

    private static StixObject indicator(Observable... values) throws Exception {
        NewIndicator indicator = new NewIndicator(
                List.of(values),
                Optional.empty(),
                "Lure",
                "",
                List.of(),
                Tlp.GREEN,
                Optional.empty(),
                Optional.empty());
        return StixReader.read(WRITER.write(indicator, Samples.NOW).bytes());
    }

    private static Set<Observable> carried(JsonObject object) {
        return Set.copyOf(ObservableExtraction.of(object, CENTRE).observables());
    }

    @ParameterizedTest
    @EnumSource
    void isRecognisedWhereItsDefinitionSays(ObservableKind kind) throws Exception {
        Observable value = value(kind);
        assertEquals(kind, value.kind());
        Scope scope = kind.recogniser().scope();
        Optional<Observable> alone = RECOGNITION.recogniseOne(sample(kind)).map(RecognisedValue::observable);
        assertEquals(scope != Scope.NAMED, alone.equals(Optional.of(value)), "by itself: " + alone);
        List<RecognisedValue> inText = RECOGNITION.recognise("seen " + sample(kind) + " today");
        assertEquals(
                scope == Scope.TEXT,
                inText.stream().map(RecognisedValue::observable).toList().equals(List.of(value)),
                "in text: " + inText);
        assertEquals(value, RECOGNITION.recogniseOne(sample(kind), kind).observable());
        assertEquals(value, Observable.ofKey(value.key()));
    }

    @ParameterizedTest
    @EnumSource
    void comesBackFromItsObject(ObservableKind kind) throws Exception {
        Observable value = value(kind);
        Optional<JsonObject> object = ObservableObjects.of(value, Tlp.GREEN);
        assertEquals(kind.stix().object(value.value()).isPresent(), object.isPresent());
        if (object.isPresent()) {
            assertEquals(
                    Set.of(value),
                    carried(StixReader.read(CanonicalJson.bytes(object.get())).json()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void comesBackFromItsPattern(ObservableKind kind) throws Exception {
        Observable value = value(kind);
        Observable other = ObservableKind.DOMAIN.normalise("other.example.net");
        assertEquals(Set.of(value), carried(indicator(value).json()));
        assertEquals(Set.of(value, other), carried(indicator(value, other).json()));
        assertTrue(
                value.pattern().startsWith("[")
                        && indicator(value)
                                .json()
                                .string("pattern")
                                .orElseThrow()
                                .contains(kind.stix().comparison(value.value())),
                value.pattern());
    }

    /** The values of the indicators that an event of MISP becomes. */
    private static List<Observable> indicators(JsonObject event) {
        List<Observable> values = new ArrayList<>();
        new MispToStix(CENTRE, Optional.of(Tlp.GREEN))
                .translate(event, "/Event").objects().stream()
                        .filter(object -> object.type().equals("indicator"))
                        .forEach(object -> values.addAll(carried(object.json())));
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void comesBackFromMisp(ObservableKind kind) throws Exception {
        Observable value = value(kind);
        StixToMisp.Result misp = StixToMisp.translate(List.of(indicator(value)), CENTRE);
        JsonObject event = misp.events().getFirst();
        List<String> types = event.items("Attribute").stream()
                .map(one -> ((JsonObject) one).string("type").orElseThrow())
                .toList();
        if (kind == ObservableKind.PAYMENT_CARD) {
            assertEquals(
                    List.of("bin"), types); // the number is not known, and this centre's token says nothing elsewhere
            assertFalse(misp.unexpressed().isEmpty());
            Observable mask = kind.normalise(
                    value.value().substring(0, 6) + '*' + value.value().substring(7, 11));
            assertEquals(List.of(mask), indicators(event), "what is known of the card anywhere");
            return;
        }
        assertEquals(kind.mispTypes().written().stream().limit(1).toList(), types);
        List<Observable> values = indicators(event);
        if (kind == ObservableKind.CVE) { // MISP has one word for the vulnerability and for its traces
            new MispToStix(CENTRE, Optional.of(Tlp.GREEN))
                    .translate(event, "/Event").objects().stream()
                            .filter(object -> object.type().equals("vulnerability"))
                            .forEach(object -> values.addAll(carried(object.json())));
        }
        assertEquals(List.of(value), values);
    }

    @ParameterizedTest
    @EnumSource
    void comesBackFromCsv(ObservableKind kind) throws Exception {
        Observable value = value(kind);
        byte[] csv = export(ExportFormat.CSV, value).getBytes(StandardCharsets.UTF_8);
        ImportOptions options = ImportOptions.of("export.csv").withRecognition(RECOGNITION);
        try (ImportReader reader = ImportReader.open(new ByteArrayInputStream(csv), options)) {
            ImportItem item = reader.next();
            assertTrue(item instanceof ImportItem.Value, item::toString);
            assertEquals(value, ((ImportItem.Value) item).value().observable());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isExportedOrListedAsNotExpressed(ObservableKind kind) throws Exception {
        Observable value = value(kind);
        boolean rule = kind.networkRole().blockable() && kind.networkRole() != NetworkRole.FILE_HASH;
        String rules = '\n' + export(ExportFormat.SURICATA, value);
        assertEquals(rule, rules.contains("\nalert "), rules);
        assertEquals(!rule, rules.contains("\n# not expressed: "), rules);
        String list = '\n' + export(ExportFormat.BLOCKLIST, value);
        assertEquals(kind.networkRole().blockable(), list.contains('\n' + value.value() + '\n'), list);
        assertEquals(!kind.networkRole().blockable(), list.contains("\n# not expressed: "), list);
    }

    /** Of warning lists too: a list that names the kind by any of its attribute types is looked at. */
    @ParameterizedTest
    @EnumSource
    void isOnTheWarningListsThatNameIt(ObservableKind kind) throws Exception {
        Observable value = value(kind);
        for (String type : kind.mispTypes().ofLists().toList()) {
            JsonObject json = JsonObject.builder()
                    .put("name", "known")
                    .putStrings("list", List.of(value.value()))
                    .putStrings("matching_attributes", List.of("other|" + type))
                    .build();
            WarningList list = WarningListReader.read("list.json", CanonicalJson.bytes(json));
            assertEquals(1, new WarningLists(List.of(list)).hits(value).size(), type);
        }
        assertEquals(
                kind == ObservableKind.MESSENGER,
                kind.mispTypes().ofLists().findAny().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void hasALifetimeAndAPlaceWhereItHasOne(ObservableKind kind) throws Exception {
        assertTrue(kind.lifetime().compareTo(Duration.ofDays(30)) > 0);
        boolean placed =
                switch (kind.networkRole()) {
                    case HOST_NAME, ADDRESS, NETWORK, URL, MAILBOX -> true;
                    case FILE_HASH, NONE -> false;
                };
        assertEquals(placed, NetworkKey.of(value(kind)).isPresent());
        assertEquals(
                kind.networkRole().takesPort(), NetworkKey.within(value(kind)).isPresent());
    }

    private static String export(ExportFormat format, Observable value) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportWriter writer = format.writer(out, ExportOptions.live(Samples.NOW.plusSeconds(1)));
        writer.write(indicator(value), Tlp.GREEN);
        writer.finish();
        return out.toString(StandardCharsets.UTF_8);
    }
}
