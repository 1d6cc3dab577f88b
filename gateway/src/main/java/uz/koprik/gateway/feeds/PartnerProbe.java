package uz.koprik.gateway.feeds;

import io.vertx.core.net.JdkSSLEngineOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import uz.koprik.crypto.trust.CentreKeys;

/**
 * Asks a server once whether it is there: a TLS handshake and one GET request. For a command, beside or without a
 * running centre. Sends no object and no password.
 */
public final class PartnerProbe {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final CentreKeys keys;
    private final InstantSource clock;
    private final Duration patience;

    /**
     * @param keys whose TLS certificate is shown to centres
     * @param patience for a whole exchange
     */
    public PartnerProbe(CentreKeys keys, InstantSource clock, Duration patience) {
        this.keys = keys;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * What a server answered.
     *
     * @param status of HTTP; 0 when there was no answer
     * @param trouble what is wrong, and what to do; empty when nothing is
     * @param refused whether the server is not the one that we know: its key, its certificate or its dates
     * @param date when it says that it answered
     * @param certificateEnd last moment at which its certificate is valid; known of centres only
     * @param body what it said
     */
    public record Answer(
            int status,
            Optional<String> trouble,
            boolean refused,
            Optional<Instant> date,
            Optional<Instant> certificateEnd,
            String body) {}

    /**
     * Asks a centre that is known by its TLS key.
     *
     * @param name for sentences
     * @param pins of its TLS keys, at least one
     * @param headers lines, each with its end of line
     */
    public Answer centre(String name, URI url, List<String> pins, String headers) {
        Peer peer = new Peer(name, url, pins, Optional.empty(), Optional.empty());
        return ask(peer, true, headers);
    }

    /** As {@link #centre}, without the TLS certificate of this centre: for the centre itself. */
    public Answer anonymous(String name, URI url, List<String> pins, String headers) {
        return ask(new Peer(name, url, pins, Optional.empty(), Optional.empty()), false, headers);
    }

    /**
     * Asks an ordinary server, without a password.
     *
     * @param certificates PEM file of its certificate or authority; empty for the authorities that Java knows
     */
    public Answer ordinary(String name, URI url, Optional<Path> certificates) {
        return ask(
                new Peer(name, url, List.of(), certificates, Optional.empty()),
                false,
                "Accept: " + TaxiiClient.TAXII + "\r\n");
    }

    private Answer ask(Peer peer, boolean show, String headers) {
        SeenCertificates seen = new SeenCertificates();
        PinnedServer pinned = new PinnedServer(peer.name(), peer::pins, seen, clock);
        ClientTls tls = new ClientTls(new JdkSSLEngineOptions(), keys.tlsKeyManager());
        FailureWords words = new FailureWords(peer, pinned, tls, clock, CONNECT, patience);
        try {
            TlsGet.Reply reply = new TlsGet(context(peer, pinned, show), !peer.centre(), CONNECT, patience)
                    .get(peer.apiRoot(), headers);
            return new Answer(
                    reply.status(),
                    trouble(peer, reply, words),
                    false,
                    reply.date(),
                    seen.endOf(peer.name()),
                    reply.body());
        } catch (IOException | GeneralSecurityException failed) {
            return new Answer(
                    0,
                    Optional.of(String.valueOf(words.of(failed).getMessage())),
                    pinned.refusal().isPresent(),
                    Optional.empty(),
                    seen.endOf(peer.name()),
                    "");
        }
    }

    private static Optional<String> trouble(Peer peer, TlsGet.Reply reply, FailureWords words) {
        boolean asksForPassword = !peer.centre() && (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN);
        return reply.status() == 200 || asksForPassword
                ? Optional.empty()
                : Optional.of(words.refusal(
                                reply.status(), "", "GET " + peer.apiRoot().getRawPath(), "")
                        .getMessage());
    }

    private SSLContext context(Peer peer, PinnedServer pinned, boolean show)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                show ? new KeyManager[] {keys.tlsKeyManager()} : null,
                peer.centre() ? new TrustManager[] {pinned} : trusted(peer),
                null);
        return context;
    }

    /** Null, which means the authorities that Java knows, unless the settings name others. */
    private static TrustManager[] trusted(Peer peer) throws GeneralSecurityException, IOException {
        if (peer.certificates().isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        byte[] pem = Files.readAllBytes(peer.certificates().get());
        for (Certificate one :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            store.setCertificateEntry("authority-" + number++, one);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
