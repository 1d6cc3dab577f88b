package uz.koprik.indicators.stix.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.Reference;
import uz.koprik.indicators.stix.Samples;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.rules.Fault;

class SignatureExtensionTest {

    private static final String OTHER = "extension-definition--d83fce45-ef58-4c6c-a3f4-1fbc32e98c6e";

    @Test
    void signsWhatIsLeftWithoutTheExtension() throws Exception {
        JsonObject unsigned = Samples.read(Samples.report("")).json();
        StixObject signed = StixReader.read(SignatureExtension.attach(unsigned, Samples.SIGNER, Samples.NOW));
        assertArrayEquals(CanonicalJson.bytes(unsigned), signed.signedPayload());
        assertEquals(1, signed.signatures().size());
        verify(signed);
        assertArrayEquals(CanonicalJson.bytes(signed.json()), signed.bytes());
        assertFalse(SignatureExtension.strip(signed.json()).has("extensions"));
    }

    @Test
    void keepsOtherExtensionsUnderTheSignature() throws Exception {
        JsonObject unsigned = Samples.read(Samples.report(
                        ",'extensions':{'" + OTHER + "':{'extension_type':'property-extension','rank':5}}"))
                .json();
        StixObject signed = StixReader.read(SignatureExtension.attach(unsigned, Samples.SIGNER, Samples.NOW));
        assertEquals(
                List.of(OTHER),
                SignatureExtension.strip(signed.json())
                        .object("extensions")
                        .orElseThrow()
                        .names());
        verify(signed);
        String tampered = new String(signed.bytes(), StandardCharsets.UTF_8).replace("\"rank\":5", "\"rank\":6");
        StixObject changed = StixReader.read(tampered.getBytes(StandardCharsets.UTF_8));
        assertThrows(SignatureRejected.class, () -> verify(changed));
    }

    @Test
    void replacesASignatureThatIsThere() throws Exception {
        byte[] once = SignatureExtension.attach(Samples.read(Samples.report("")).json(), Samples.SIGNER, Samples.NOW);
        StixObject twice = StixReader.read(
                SignatureExtension.attach(StixReader.read(once).json(), Samples.SIGNER, Samples.NOW.plusSeconds(9)));
        assertEquals(1, twice.signatures().size());
        verify(twice);
        assertEquals(StixReader.read(once).digest(), twice.digest());
    }

    @Test
    void readsMalformedSignaturesAsOnesThatCannotHold() throws Exception {
        StixObject object = StixReader.again(Samples.bytes(Samples.report(",'extensions':{'" + SignatureExtension.ID
                + "':{'extension_type':'property-extension','signatures':[7,{'protected':5}]}}")));
        assertEquals(List.of(new Signature("", ""), new Signature("", "")), object.signatures());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'extension_type':'property-extension','signatures':[SIG],'evil_ref':'tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061' | /evil_ref",
                "'extension_type':'property-extension','signatures':[SIG],'name':'words' | /name",
                "'extension_type':'property-extension','signatures':[{'protected':'a','signature':'b','evil':1}] | /signatures/0/evil",
                "'extension_type':'new-sdo','signatures':[SIG] | /extension_type",
                "'extension_type':'toplevel-property-extension','signatures':[SIG] | /extension_type",
                "'extension_type':7,'signatures':[SIG] | /extension_type",
                "'signatures':[SIG] | /extension_type",
                "'extension_type':'property-extension' | /signatures",
                "'extension_type':'property-extension','signatures':[] | /signatures",
                "'extension_type':'property-extension','signatures':{'0':SIG} | /signatures",
                "'extension_type':'property-extension','signatures':'ab' | /signatures",
                "'extension_type':'property-extension','signatures':[SIG,'ab'] | /signatures/1",
                "'extension_type':'property-extension','signatures':[{'protected':'a'}] | /signatures/0/signature",
                "'extension_type':'property-extension','signatures':[{'protected':['a'],'signature':'b'}] | /signatures/0/protected",
                "'extension_type':'property-extension','signatures':[SIGS] | /signatures"
            })
    void holdsExactlyItsSignatures(String members, String pointer) {
        String signature = "{'protected':'a','signature':'b'}";
        String text = Samples.report(",'extensions':{'" + SignatureExtension.ID + "':{"
                + members.replace("SIGS", String.join(",", Collections.nCopies(17, signature)))
                        .replace("SIG", signature)
                + "}}");
        InvalidObject invalid = assertThrows(InvalidObject.class, () -> StixReader.read(Samples.bytes(text)));
        assertEquals(
                List.of("/extensions/" + SignatureExtension.ID + pointer),
                invalid.faults().stream().map(Fault::pointer).toList());
    }

    @Test
    void ofCountersignaturesHoldsItsTypeAndNothingElse() throws Exception {
        StixObject said = Countersignature.of(
                        Samples.read(Samples.report("")), Samples.TASHKENT, Countersignature.Role.WITNESS)
                .write(Tlp.GREEN, Samples.SIGNER, Samples.NOW);
        StixReader.read(said.bytes());
        String text = new String(said.bytes(), StandardCharsets.UTF_8);
        for (String other :
                List.of("{\"extension_type\":\"new-sdo\",\"rank\":1}", "{\"extension_type\":\"new-sco\"}")) {
            String changed = text.replace("{\"extension_type\":\"new-sdo\"}", other);
            InvalidObject invalid =
                    assertThrows(InvalidObject.class, () -> StixReader.read(changed.getBytes(StandardCharsets.UTF_8)));
            assertTrue(
                    invalid.faults()
                            .getFirst()
                            .pointer()
                            .startsWith("/extensions/" + Countersignature.EXTENSION_ID + "/"),
                    other);
        }
    }

    @Test
    void namesNothing() throws Exception {
        String tool = "tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061";
        StixObject object = StixReader.again(Samples.bytes(Samples.report(
                ",'extensions':{'" + SignatureExtension.ID + "':{'extension_type':'property-extension','evil_ref':'"
                        + tool + "','signatures':[{'protected':'" + tool + "'}]}}")));
        assertFalse(object.refs().contains(tool));
        assertTrue(Reference.of(object.json()).stream()
                .noneMatch(reference -> reference.id().equals(tool)));
    }

    @Test
    void findsNoneInUnsignedObjects() {
        assertTrue(Samples.read(Samples.report("")).signatures().isEmpty());
    }

    private static void verify(StixObject object) throws SignatureRejected {
        ProtectedHeader header = DetachedJws.headers(object.signatures(), ProtectedHeader.SIGNED_OBJECT)
                .getFirst();
        DetachedJws.verify(
                ((KeySigner) Samples.SIGNER).key().publicKey(),
                header,
                object.signatures().getFirst(),
                object.signedPayload());
    }
}
