package uz.koprik.gateway.renewal;

import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.partners.Endpoints;

/** What is wrong with the card of this centre for those who get it. */
public final class CardFindings {

    private CardFindings() {}

    /**
     * Looks at a card.
     *
     * @param certificate the TLS certificate that the centre shows
     * @return sentences, each with what to do; empty when all is well
     */
    public static List<String> of(CentreCard card, X509Certificate certificate, Instant now) {
        List<String> found = new ArrayList<>(ofAddress(card, certificate));
        Expiries.own(card, certificate).stream()
                .filter(expiry -> expiry.near(now))
                .forEach(expiry -> found.add(expiry.sentence(now)));
        return found;
    }

    /** As {@link #of}, without what ends soon. */
    public static List<String> ofAddress(CentreCard card, X509Certificate certificate) {
        return ofAddress(card.endpoint(), certificate);
    }

    /** As {@link #ofAddress(CentreCard, X509Certificate)}, for a card with this address; may be empty. */
    public static List<String> ofAddress(String endpoint, X509Certificate certificate) {
        List<String> found = new ArrayList<>();
        if (endpoint.isEmpty()) {
            found.add("the card names no address, so partners cannot call this centre: set public_url in koprik.yaml to"
                    + " the URL under which they reach it; the card follows");
        } else {
            address(endpoint, certificate, found);
        }
        return found;
    }

    private static void address(String endpoint, X509Certificate certificate, List<String> found) {
        String host = String.valueOf(URI.create(endpoint).getHost());
        if (Endpoints.isThisMachine(host)) {
            found.add(
                    "the card names " + endpoint + ", which only this machine reaches: set public_url in koprik.yaml to"
                            + " the URL under which partners reach this centre; the card follows");
            return;
        }
        List<String> names = names(certificate);
        if (names.stream().noneMatch(name -> Endpoints.covers(name, host))) {
            found.add("the card names the host " + host + ", and the TLS certificate is made for "
                    + (names.isEmpty() ? "no name" : String.join(", ", names))
                    + ": partners go by the pin of the key, but other clients refuse it; correct public_url in koprik.yaml,"
                    + " or add the host to tls.host_names and make a new certificate for the same key");
        }
    }

    /** Host names and addresses of a certificate (RFC 5280, section 4.2.1.6: dNSName 2, iPAddress 7). */
    public static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0) instanceof Integer kind
                            && (kind == 2 || kind == 7)
                            && alternative.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException unreadable) {
            throw new IllegalStateException("the names of the own certificate cannot be read", unreadable);
        }
        return names;
    }
}
