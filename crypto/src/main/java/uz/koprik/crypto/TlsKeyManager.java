package uz.koprik.crypto;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows one certificate, to clients and to servers. A server that names authorities gets it as well, since partners
 * trust keys and no authorities. The key stays in memory: a key manager of the JDK would encrypt it and decrypt it
 * again, each time with a key derived from a password, which takes longer than the start of a server.
 */
public final class TlsKeyManager extends X509ExtendedKeyManager {

    private static final String ALIAS = "tls";

    private final PrivateKey key;
    private final X509Certificate certificate;

    /** @param key of the certificate's public key */
    public TlsKeyManager(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** The certificate that is shown. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The key of the certificate. */
    public PrivateKey privateKey() {
        return key;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return chosen(keyTypes);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return chosen(keyType);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return chosen(keyTypes);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chosen(keyType);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return getServerAliases(keyType, issuers);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return chosen(keyType) == null ? null : new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return ALIAS.equals(alias) ? new X509Certificate[] {certificate} : null;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return ALIAS.equals(alias) ? key : null;
    }

    /** A type is an algorithm of keys, and may be followed by one of the signature of the certificate: EC_RSA. */
    private String chosen(String... keyTypes) {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        return Arrays.stream(keyTypes).anyMatch(type -> type.equals(algorithm) || type.startsWith(algorithm + "_"))
                ? ALIAS
                : null;
    }
}
