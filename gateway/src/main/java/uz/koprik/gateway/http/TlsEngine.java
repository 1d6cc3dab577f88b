package uz.koprik.gateway.http;

import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import uz.koprik.gateway.config.Config;

/**
 * Who does the TLS, and what an operator should know of it.
 *
 * @param options for Vert.x
 * @param description one line
 */
public record TlsEngine(SSLEngineOptions options, String description) {

    /**
     * The engine that the settings ask for.
     *
     * @throws IllegalStateException when OpenSSL is demanded and does not run here
     */
    public static TlsEngine choose(Config.Engine wanted) {
        boolean available = wanted != Config.Engine.JDK && OpenSsl.isAvailable();
        if (available) {
            return new TlsEngine(
                    new OpenSSLEngineOptions(),
                    "OpenSSL engine (" + OpenSsl.versionString()
                            + "), hybrid post-quantum group X25519MLKEM768 offered");
        }
        if (wanted == Config.Engine.OPENSSL) {
            throw new IllegalStateException("tls.engine is openssl, but it does not run on this machine ("
                    + String.valueOf(OpenSsl.unavailabilityCause().getMessage())
                            .lines()
                            .findFirst()
                            .orElse("")
                    + "); set it to auto or jdk");
        }
        return new TlsEngine(
                new JdkSSLEngineOptions(),
                "JDK engine: classical key exchange only, recordings of today's traffic may be read by a quantum computer one day");
    }
}
