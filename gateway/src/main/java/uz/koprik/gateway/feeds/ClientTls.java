package uz.koprik.gateway.feeds;

import io.vertx.core.net.SSLEngineOptions;
import java.time.Instant;
import uz.koprik.crypto.TlsKeyManager;

/**
 * What this centre's client side needs for TLS.
 *
 * @param engine who does it
 * @param keyManager shows the certificate of this centre to partner centres
 */
public record ClientTls(SSLEngineOptions engine, TlsKeyManager keyManager) {

    /** Until when the certificate is valid. */
    Instant end() {
        return keyManager.certificate().getNotAfter().toInstant();
    }

    /** Whether {@code other} shows the same certificate. */
    boolean shows(ClientTls other) {
        return keyManager.certificate().equals(other.keyManager.certificate());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ClientTls[" + engine.getClass().getSimpleName() + "]";
    }
}
