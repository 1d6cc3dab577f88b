package uz.koprik.crypto.jws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Keys;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.algorithm.VerificationKey;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/** A stock JOSE library verifies what is signed here, and the other way round. */
class NimbusInteropTest {

    private static final byte[] PAYLOAD = "{\"id\":\"indicator--1\",\"name\":\"\u00e9\"}".getBytes(UTF_8);
    private static final Set<String> CRIT = Set.of("c14n", "set");

    @Test
    void nimbusVerifiesEs256() throws Exception {
        SigningKey key = Keys.fresh("ES256");
        ECKey jwk = ECKey.parse(key.publicKey().jwk().toString());
        assertEquals(jwk.computeThumbprint().toString(), key.publicKey().kid());
        Signature signature = new KeySigner(key).sign(PAYLOAD, Keys.NOW);
        assertNimbusAccepts(new ECDSAVerifier(jwk.toECPublicKey(), CRIT), signature);
    }

    @Test
    void weVerifyEs256ByNimbus() throws Exception {
        ECKey jwk = new ECKeyGenerator(Curve.P_256).generate();
        VerificationKey key = SignatureAlgorithms.verificationKey(
                "ES256", json(jwk.toPublicJWK().toJSONString()));
        JWSObject jws = new JWSObject(header(JWSAlgorithm.ES256, key.kid()), new Payload(PAYLOAD));
        jws.sign(new ECDSASigner(jwk));
        assertWeAccept(key, jws);
    }

    @Test
    void nimbusVerifiesEd25519() throws Exception {
        SigningKey key = Keys.fresh("Ed25519");
        OctetKeyPair jwk = OctetKeyPair.parse(key.publicKey().jwk().toString());
        assertEquals(jwk.computeThumbprint().toString(), key.publicKey().kid());
        Signature signature = new KeySigner(key).sign(PAYLOAD, Keys.NOW);
        assertNimbusAccepts(new Ed25519Verifier(jwk, CRIT), signature);
    }

    @Test
    void weVerifyEd25519ByNimbus() throws Exception {
        OctetKeyPair jwk = new OctetKeyPairGenerator(Curve.Ed25519).generate();
        VerificationKey key = SignatureAlgorithms.verificationKey(
                "Ed25519", json(jwk.toPublicJWK().toJSONString()));
        JWSObject jws = new JWSObject(header(JWSAlgorithm.Ed25519, key.kid()), new Payload(PAYLOAD));
        jws.sign(new Ed25519Signer(jwk));
        assertWeAccept(key, jws);
    }

    private static void assertNimbusAccepts(JWSVerifier verifier, Signature signature) throws Exception {
        String detached = signature.protectedHeader() + ".." + signature.signature();
        assertTrue(JWSObject.parse(detached, new Payload(PAYLOAD)).verify(verifier));
        byte[] changed = PAYLOAD.clone();
        changed[3] ^= 1;
        assertFalse(JWSObject.parse(detached, new Payload(changed)).verify(verifier));
    }

    private static JWSHeader header(JWSAlgorithm alg, String kid) {
        return new JWSHeader.Builder(alg)
                .keyID(kid)
                .type(new JOSEObjectType(ProtectedHeader.SIGNED_OBJECT))
                .customParam("iat", Keys.NOW.getEpochSecond())
                .customParam("c14n", ProtectedHeader.C14N)
                .customParam("set", List.of(kid))
                .criticalParams(new LinkedHashSet<>(List.of("c14n", "set")))
                .build();
    }

    private static void assertWeAccept(VerificationKey key, JWSObject jws) throws Exception {
        String[] parts = jws.serialize(true).split("\\.", -1);
        Signature signature = new Signature(parts[0], parts[2]);
        ProtectedHeader header = DetachedJws.headers(List.of(signature), ProtectedHeader.SIGNED_OBJECT)
                .getFirst();
        assertEquals(Keys.NOW, header.issuedAt());
        DetachedJws.verify(key, header, signature, PAYLOAD);
    }

    private static JsonObject json(String text) throws MalformedJson {
        return StrictJson.parseObject(text.getBytes(UTF_8));
    }
}
