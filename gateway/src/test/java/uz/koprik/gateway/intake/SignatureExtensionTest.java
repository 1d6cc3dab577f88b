package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** Nothing that a relay puts beside a signature comes in under the name of who signed. */
class SignatureExtensionTest {

    private static final String AT = "/extensions/" + SignatureExtension.ID;

    private TestCentre budapest;
    private TestCentre tashkent;

    @BeforeEach
    void open(@TempDir Path folder) {
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"));
        budapest.trusts(tashkent, "producer", "relay");
    }

    @AfterEach
    void close() {
        budapest.close();
        tashkent.close();
    }

    private String signed(String id) throws Exception {
        tashkent.one(Objects.indicator(id, tashkent.identity, "a.example.com"));
        return tashkent.stored(id);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"signatures\":[ | \"evil_ref\":\"MALWARE\",\"signatures\":[ | /evil_ref",
                "\"signatures\":[ | \"name\":\"words of somebody else\",\"signatures\":[ | /name",
                "\"signatures\":[{ | \"signatures\":[{\"note\":\"x\", | /signatures/0/note",
                "\"extension_type\":\"property-extension\" | \"extension_type\":\"new-sdo\" | /extension_type",
                "\"signatures\":[{ | \"signatures\":[[],{ | /signatures/0"
            })
    void whatARelayAddsIsRefusedAndNarrowsNothing(String from, String to, String pointer) throws Exception {
        String malware = Objects.id("malware");
        budapest.one(Objects.malware(malware, budapest.identity, Tlp.RED));
        String indicator = Objects.id("indicator");
        String honest = signed(indicator);
        Refusal refusal = budapest.oneFrom("tashkent", honest.replace(from, to.replace("MALWARE", malware)))
                .refusal()
                .orElseThrow();
        assertEquals(
                List.of(Code.INVALID_STIX, AT + pointer), List.of(refusal.code(), refusal.pointer()), refusal::reason);
        assertEquals(Status.ACCEPTED, budapest.oneFrom("tashkent", honest).status());
        assertEquals(
                Tlp.CLEAR,
                budapest.store.latest(indicator).orElseThrow().release().tlp());
    }

    @Test
    void oneKeySignsOnce() throws Exception {
        String honest = signed(Objects.id("indicator"));
        int from = honest.indexOf("\"signatures\":[") + "\"signatures\":[".length();
        String one = honest.substring(from, honest.indexOf(']', from));
        Refusal twice = budapest.oneFrom("tashkent", honest.replace(one, one + "," + one))
                .refusal()
                .orElseThrow();
        assertEquals(Code.SIGNATURE_MALFORMED, twice.code());
        assertTrue(twice.reason().contains("by the same key"), twice::reason);
        Refusal many = budapest.oneFrom("tashkent", honest.replace(one, (one + ",").repeat(9_999) + one))
                .refusal()
                .orElseThrow();
        assertEquals(
                List.of(Code.INVALID_STIX, AT + "/signatures"), List.of(many.code(), many.pointer()), many::reason);
        assertTrue(many.reason().contains("1 to 16 signatures"), many::reason);
    }

    /** Nobody signs the definitions of TLP, so that nobody would look at a signature that they carry. */
    @Test
    void aDefinitionOfTlpCarriesNoSignature() throws Exception {
        String published = new String(Markings.object(Markings.id(Tlp.AMBER)).orElseThrow(), StandardCharsets.UTF_8);
        String carrying = published.replace(
                "\"extensions\":{",
                "\"extensions\":{\"" + SignatureExtension.ID
                        + "\":{\"extension_type\":\"property-extension\",\"signatures\":[{\"protected\":\"any\",\"signature\":\"text\"}]},");
        assertEquals(
                Code.POLICY,
                budapest.oneFrom("tashkent", carrying).refusal().orElseThrow().code());
        assertEquals(Status.ACCEPTED, budapest.oneFrom("tashkent", published).status());
    }
}
