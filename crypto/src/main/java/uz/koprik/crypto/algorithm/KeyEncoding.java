package uz.koprik.crypto.algorithm;

import java.io.IOException;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * Keys as bytes: private ones as PKCS#8 (RFC 5958), public ones as SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).
 */
final class KeyEncoding {

    private KeyEncoding() {}

    /** Reads an unencrypted private key of any kind. */
    static AsymmetricKeyParameter privateKey(byte[] pkcs8) throws KeyRejected {
        try {
            return PrivateKeyFactory.createKey(pkcs8);
        } catch (IOException | RuntimeException e) {
            throw new KeyRejected("the private key is not PKCS#8", e);
        }
    }

    static byte[] pkcs8(AsymmetricKeyParameter key) {
        try {
            // Ed25519 without the public key: only version 2 of PKCS#8 has it, and not every reader takes that version.
            PrivateKeyInfo info = key instanceof Ed25519PrivateKeyParameters ed25519
                    ? new PrivateKeyInfo(
                            new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
                            new DEROctetString(ed25519.getEncoded()))
                    : PrivateKeyInfoFactory.createPrivateKeyInfo(key);
            return info.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a valid key has an encoding", e);
        }
    }

    static byte[] spki(AsymmetricKeyParameter key) {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a valid key has an encoding", e);
        }
    }
}
