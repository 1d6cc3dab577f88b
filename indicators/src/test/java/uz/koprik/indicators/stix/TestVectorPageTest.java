package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.algorithm.SignatureAlgorithm;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** The test vector of docs/formats/building-a-partner.md is what this code signs. */
class TestVectorPageTest {

    /** PKCS#8 of the private key of RFC 8037, appendix A.1. */
    private static final String KEY =
            "302e020100300506032b657004220420" + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final Instant SIGNED = Instant.parse("2026-11-22T09:30:01Z");

    private static String page;
    private static SigningKey key;

    @BeforeAll
    static void read() throws Exception {
        page = Files.readString(Path.of("../docs/formats/building-a-partner.md"));
        SignatureAlgorithm ed25519 = SignatureAlgorithms.ALL.stream()
                .filter(one -> one.name().equals("Ed25519"))
                .findFirst()
                .orElseThrow();
        key = ed25519.signingKey(HexFormat.of().parseHex(KEY));
    }

    private static String block(String name) {
        Matcher block =
                Pattern.compile("```" + name + "\n(.*?)\n```", Pattern.DOTALL).matcher(page);
        assertTrue(block.find(), name);
        return block.group(1);
    }

    @Test
    void theKeyAndItsThumbprintAreThoseOfThePage() {
        assertEquals(block("jwk"), CanonicalJson.text(key.publicKey().jwk()));
        assertTrue(page.contains("`" + key.publicKey().kid() + "`"));
    }

    @Test
    void thePayloadIsCanonicalAndItsSignatureHolds() throws Exception {
        byte[] payload = block("payload").getBytes(StandardCharsets.UTF_8);
        assertEquals(block("payload"), CanonicalJson.text(StrictJson.parseObject(payload)));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(payload);
        assertTrue(page.contains("`" + HexFormat.of().formatHex(digest) + "`"));
        Signature signature = DetachedJws.sign(
                key,
                ProtectedHeader.SIGNED_OBJECT,
                payload,
                SIGNED,
                List.of(key.publicKey().kid()));
        assertEquals(block("protected"), signature.protectedHeader());
        assertEquals(block("signature"), signature.signature());
        assertEquals(
                block("header"), new String(Base64Url.decode(signature.protectedHeader()), StandardCharsets.UTF_8));
    }

    @Test
    void theSignedObjectAndItsCountersignatureAreThoseOfThePage() throws Exception {
        JsonObject unsigned = StrictJson.parseObject(block("payload").getBytes(StandardCharsets.UTF_8));
        KeySigner signer = new KeySigner(key);
        assertEquals(block("object"), CanonicalJson.text(SignatureExtension.attachTo(unsigned, signer, SIGNED)));
        Countersignature said = Countersignature.of(
                StixReader.read(CanonicalJson.bytes(unsigned)),
                "identity--6c7d8e9f-a0b1-4c2d-8e3f-405162738495",
                Countersignature.Role.IMPORTER);
        assertEquals(
                block("countersignature"),
                CanonicalJson.text(said.write(Tlp.GREEN, signer, SIGNED).json()));
    }

    @Test
    void thePageNamesEveryExtension() throws Exception {
        for (byte[] definition : ExtensionDefinitions.ALL) {
            JsonObject json = StrictJson.parseObject(definition);
            String id = json.string("id").orElseThrow();
            assertTrue(id.startsWith("identity--") || page.contains("`" + id + "`"), id);
        }
    }
}
