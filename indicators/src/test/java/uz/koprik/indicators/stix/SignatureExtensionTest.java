package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.DetachedJws;
import uz.koprik.crypto.KeySigner;
import uz.koprik.crypto.ProtectedHeader;
import uz.koprik.crypto.Signature;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;

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
        JsonObject unsigned = Samples.read(Samples.report(",'extensions':{'" + OTHER
                + "':{'extension_type':'property-extension','rank':5}}")).json();
        StixObject signed = StixReader.read(SignatureExtension.attach(unsigned, Samples.SIGNER, Samples.NOW));
        assertEquals(List.of(OTHER), SignatureExtension.strip(signed.json()).object("extensions").orElseThrow().names());
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
    void readsMalformedSignaturesAsOnesThatCannotHold() {
        StixObject object = Samples.read(Samples.report(",'extensions':{'" + SignatureExtension.ID
                + "':{'extension_type':'property-extension','signatures':[7,{'protected':5}]}}"));
        assertEquals(List.of(new Signature("", ""), new Signature("", "")), object.signatures());
    }

    @Test
    void findsNoneInUnsignedObjects() {
        assertTrue(Samples.read(Samples.report("")).signatures().isEmpty());
    }

    private static void verify(StixObject object) throws SignatureRejected {
        ProtectedHeader header = DetachedJws.headers(object.signatures(), ProtectedHeader.SIGNED_OBJECT).getFirst();
        DetachedJws.verify(((KeySigner) Samples.SIGNER).key().publicKey(), header, object.signatures().getFirst(), object.signedPayload());
    }
}
