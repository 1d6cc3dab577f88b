package uz.koprik.gateway.feeds;

import io.vertx.core.net.SSLEngineOptions;

/**
 * What this centre's client side needs for TLS.
 *
 * @param engine who does it
 * @param certificate PEM, shown to partner centres
 * @param key PEM, its private key
 */
@SuppressWarnings("ArrayRecordComponent") // handed through once at start, never compared
public record ClientTls(SSLEngineOptions engine, byte[] certificate, byte[] key) {

    /** Without the key. */
    @Override
    public String toString() {
        return "ClientTls[" + engine.getClass().getSimpleName() + "]";
    }
}
