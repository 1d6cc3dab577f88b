package uz.koprik.gateway.feeds;

import static uz.koprik.indicators.wording.Sentence.SAID;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import uz.koprik.gateway.concurrent.RetryAfter;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.trouble.ExchangeTrouble;

/** Puts what went wrong between this centre and one partner into words, since neither side sees the other's logs. */
final class FailureWords {

    /** How much of a partner's own words is repeated. */
    private static final int MAX_SAID = 400;

    private final Peer peer;
    private final PinnedServer pinned;
    private final ClientTls tls;
    private final InstantSource clock;
    private final Duration connect;
    private final Duration patience;

    /** @param tls our own certificate, which the partner may refuse */
    FailureWords(
            Peer peer, PinnedServer pinned, ClientTls tls, InstantSource clock, Duration connect, Duration patience) {
        this.tls = tls;
        this.clock = clock;
        this.peer = peer;
        this.pinned = pinned;
        this.connect = connect;
        this.patience = patience;
    }

    /** A request that got no answer because of {@code cause}. */
    PartnerFailure of(Throwable cause) {
        for (Throwable c = cause; c != null; c = c.getCause()) {
            switch (c) {
                case PartnerFailure ours -> {
                    return ours;
                }
                case SSLException tls -> {
                    return tls(tls);
                }
                case UnknownHostException unknown -> {
                    return failure(
                            ExchangeTrouble.PARTNER_HOST_UNKNOWN,
                            Map.of("host", peer.apiRoot().getHost()),
                            cause);
                }
                case NoRouteToHostException unreachable -> {
                    return failure(ExchangeTrouble.PARTNER_NO_ROUTE, Map.of(), cause);
                }
                default -> {}
            }
        }
        return connection(cause);
    }

    /** Names the partner and its address besides. */
    private PartnerFailure failure(ExchangeTrouble kind, Map<String, ?> values, Throwable cause) {
        return new PartnerFailure(kind.with(named(kind, values)), cause);
    }

    private Map<String, Object> named(ExchangeTrouble kind, Map<String, ?> values) {
        Map<String, Object> all = new TreeMap<>(Map.of("partner", peer.name(), "address", peer.address()));
        all.keySet().retainAll(kind.names());
        all.putAll(values);
        return all;
    }

    private PartnerFailure connection(Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof TimeoutException
                || cause.getClass().getSimpleName().contains("Timeout")
                || said.contains("timed out")) {
            return failure(ExchangeTrouble.PARTNER_TIMEOUT, Map.of("seconds", connect.toSeconds()), cause);
        }
        return cause instanceof ConnectException
                ? failure(ExchangeTrouble.PARTNER_CONNECTION_REFUSED, Map.of(), cause)
                : failure(ExchangeTrouble.PARTNER_CONNECTION_BROKE, Map.of(SAID, said), cause);
    }

    private PartnerFailure tls(SSLException cause) {
        Optional<PinnedServer.Refusal> refusal = pinned.refusal();
        if (refusal.isPresent()) {
            return failure(
                    refusal.get().kind(),
                    named(refusal.get().kind(), refusal.get().values()),
                    cause);
        }
        String said = innermost(cause);
        Map<String, String> values = Map.of(SAID, said);
        if (!peer.centre()) {
            return failure(ofServer(cause), values, cause);
        }
        Optional<Instant> expired = ownExpired();
        if (expired.isPresent()) {
            return failure(ExchangeTrouble.PARTNER_TLS_OWN_EXPIRED, Map.of(SAID, said, "ended", expired.get()), cause);
        }
        return failure(
                said.contains("certificate_expired")
                        ? ExchangeTrouble.PARTNER_TLS_CLOCKS
                        : ExchangeTrouble.PARTNER_TLS_FAILED,
                values,
                cause);
    }

    /** What is wrong with an ordinary server's certificate. */
    private static ExchangeTrouble ofServer(Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof CertificateExpiredException) {
                return ExchangeTrouble.SERVER_TLS_EXPIRED;
            }
            if (inner instanceof CertificateNotYetValidException) {
                return ExchangeTrouble.SERVER_TLS_NOT_YET;
            }
        }
        return ExchangeTrouble.SERVER_TLS_UNKNOWN;
    }

    private Optional<Instant> ownExpired() {
        return Optional.of(tls.end()).filter(end -> clock.instant().isAfter(end));
    }

    /** Our certificate is known there, and refused for its dates. */
    private boolean refusedForDates(String said) {
        return said.contains(" expired on ") || said.contains(" is not valid before ");
    }

    /** What is wrapped says more than what it is wrapped in. */
    private static String innermost(Throwable cause) {
        Throwable inner = cause;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    }

    /** A partner that took a request and said nothing. */
    PartnerFailure silent() {
        return failure(ExchangeTrouble.PARTNER_SILENT, Map.of("seconds", patience.toSeconds()), null);
    }

    /** A body that stopped. */
    PartnerFailure broken(IOException cause, int objects) {
        return failure(
                ExchangeTrouble.PARTNER_BROKE_OFF,
                Map.of(SAID, String.valueOf(cause.getMessage()), "count", objects),
                cause);
    }

    /** An answer that is a refusal. */
    PartnerFailure refusal(int status, String said, String what, String retryAfter) {
        Map<String, Object> values = new TreeMap<>();
        values.put("method", what.substring(0, what.indexOf(' ')));
        values.put("status", status);
        values.put(SAID, said.isBlank() ? "" : printable(said));
        ownExpired().ifPresent(at -> values.put("ended", at));
        ExchangeTrouble kind = kind(status, said);
        values.keySet().retainAll(kind.names());
        return new PartnerFailure(
                status, kind.with(named(kind, values)), RetryAfter.delay(retryAfter, clock.instant()));
    }

    private ExchangeTrouble kind(int status, String said) {
        return switch (status) {
            case 401 -> unknownThere(said);
            case 403 -> ExchangeTrouble.PARTNER_FORBIDS;
            case 404 -> ExchangeTrouble.PARTNER_LACKS;
            case 413 -> ExchangeTrouble.PARTNER_TOO_MUCH;
            case 429, 503 -> ExchangeTrouble.PARTNER_BUSY;
            default -> status >= 500 ? ExchangeTrouble.PARTNER_FAILS : ExchangeTrouble.PARTNER_REFUSES;
        };
    }

    private ExchangeTrouble unknownThere(String said) {
        if (!peer.centre()) {
            return ExchangeTrouble.PARTNER_KNOWS_NO_ACCOUNT;
        }
        if (ownExpired().isPresent()) {
            return ExchangeTrouble.PARTNER_REFUSES_EXPIRED;
        }
        return refusedForDates(said) ? ExchangeTrouble.PARTNER_REFUSES_CLOCKS : ExchangeTrouble.PARTNER_KNOWS_NO_KEY;
    }

    private static String printable(String said) {
        String clean = said.replaceAll("\\p{C}", " ");
        return clean.length() > MAX_SAID ? clean.substring(0, MAX_SAID) + "…" : clean;
    }
}
