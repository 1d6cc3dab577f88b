package uz.koprik.gateway.feeds;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import uz.koprik.gateway.concurrent.RetryAfter;

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
                    return new PartnerFailure(
                            "the name " + peer.apiRoot().getHost() + " of " + peer.name()
                                    + " cannot be found: check the endpoint in its card or in partners.yaml, and the name server here",
                            cause);
                }
                case NoRouteToHostException unreachable -> {
                    return new PartnerFailure(
                            "there is no way to " + peer.address() + " of " + peer.name()
                                    + ": the network between is down, or a firewall forbids it",
                            cause);
                }
                default -> {}
            }
        }
        return connection(cause);
    }

    private PartnerFailure connection(Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof TimeoutException
                || cause.getClass().getSimpleName().contains("Timeout")
                || said.contains("timed out")) {
            return new PartnerFailure(
                    peer.address() + " of " + peer.name() + " did not answer within " + connect.toSeconds()
                            + " s: the machine is off, or a firewall on the way drops the connection",
                    cause);
        }
        if (cause instanceof ConnectException) {
            return new PartnerFailure(
                    "nobody listens at " + peer.address() + " of " + peer.name()
                            + " (connection refused): its gateway is not running, or the port in its card is wrong",
                    cause);
        }
        return new PartnerFailure(
                "the connection to " + peer.address() + " of " + peer.name() + " broke before an answer came (" + said
                        + ")",
                cause);
    }

    private PartnerFailure tls(SSLException cause) {
        if (!pinned.refusal().isEmpty()) {
            return new PartnerFailure("TLS with " + peer.address() + ": " + pinned.refusal(), cause);
        }
        String said = innermost(cause);
        if (peer.centre()
                && (said.contains("certificate_expired") || ownExpired().isPresent())) {
            return new PartnerFailure(
                    "TLS with " + peer.address() + " of " + peer.name() + " failed (" + said + ")" + certificateDates(),
                    cause);
        }
        Optional<String> dates = dates(cause);
        return new PartnerFailure(
                "TLS with " + peer.address() + " of " + peer.name() + " failed (" + said + "): "
                        + (peer.centre()
                                ? "does a Koprik gateway answer there, with TLS 1.3?"
                                : dates.isPresent()
                                        ? dates.get()
                                        : "its certificate is not one that Java's authorities, or the PEM file in partners.yaml, vouch for; or the"
                                                + " name in it is another"),
                cause);
    }

    /** What is wrong with the dates of an ordinary server's certificate; empty when it is something else. */
    private Optional<String> dates(Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof CertificateExpiredException) {
                return Optional.of(
                        "the TLS certificate of that server, or of its authority, expired: its operators must"
                                + " renew it");
            }
            if (inner instanceof CertificateNotYetValidException) {
                return Optional.of("the TLS certificate of that server, or of its authority, is not valid yet: one of"
                        + " the two clocks is wrong, or its operators use it too early");
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> ownExpired() {
        return tls.end().filter(end -> clock.instant().isAfter(end));
    }

    /** Advice about the dates of our own certificate. */
    private String certificateDates() {
        return ownExpired()
                .map(end -> ": our own TLS certificate expired on " + end
                        + "; make a new one here by `koprik tls renew`, and start again")
                .orElse(": it finds our TLS certificate outside its dates, which it is not by our clock; its operators"
                        + " and we must compare clocks");
    }

    /** Our certificate is known there, and refused for its dates. */
    private boolean refusedForDates(String said) {
        return ownExpired().isPresent() || said.contains(" expired on ") || said.contains(" is not valid before ");
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
        return new PartnerFailure(
                peer.name() + " at " + peer.address() + " took the request and did not begin to answer within "
                        + patience.toSeconds() + " s: its gateway is overloaded or hangs");
    }

    /** A body that stopped. */
    PartnerFailure broken(IOException cause, int objects) {
        return new PartnerFailure(
                cause.getMessage() + ", after " + objects + " objects from " + peer.name()
                        + "; they are kept, and the page is read again",
                cause);
    }

    /** An answer that is a refusal. */
    PartnerFailure refusal(int status, String said, String what, String retryAfter) {
        String words = said.isBlank() ? "" : ", saying \"" + printable(said) + "\"";
        String advice =
                switch (status) {
                    case 401 ->
                        peer.centre() && refusedForDates(said)
                                ? certificateDates()
                                : peer.centre()
                                        ? ": it does not know our TLS key; send its operators our current centre card (koprik partner card)"
                                        : ": it does not know us; check username and secret_file in partners.yaml";
                    case 403 -> ": it knows us, but does not allow this; ask its operators";
                    case 404 -> ": that is not there; check the endpoint and the collections";
                    case 413 -> ": too much at once";
                    case 429, 503 -> ": it is busy and wants to be asked later";
                    default ->
                        status >= 500 ? ": something failed over there; its operators must look at their log" : "";
                };
        return new PartnerFailure(
                status,
                peer.name() + " answered " + what.substring(0, what.indexOf(' ')) + " with " + status + words + advice,
                RetryAfter.delay(retryAfter, clock.instant()));
    }

    private static String printable(String said) {
        String clean = said.replaceAll("\\p{C}", " ");
        return clean.length() > MAX_SAID ? clean.substring(0, MAX_SAID) + "…" : clean;
    }
}
