package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.centre.StartFailure;

/**
 * The key file opens, its signing key is valid, on the own trust list, and not compromised; partners have such keys.
 */
final class KeyCheck implements DoctorCheck {

    @Override
    public String what() {
        return "keys";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, TrustListRejected {
        CentreKeys keys;
        try {
            keys = examined.keys();
        } catch (StartFailure closed) {
            return List.of(Finding.error(
                    what(),
                    closed.getMessage(),
                    "set the right passphrase in " + examined.home().passphrase()
                            + " or KOPRIK_PASSPHRASE, or restore the key file and the passphrase from one backup"));
        }
        List<Finding> found = new ArrayList<>();
        String kid = keys.publicKey().kid();
        Instant now = examined.now();
        found.add(Finding.ok(what(), "the key file opens; the signing key is " + kid));
        if (now.isBefore(keys.publicKey().validFrom())) {
            found.add(Finding.error(
                    what(),
                    "the signing key is valid from " + keys.publicKey().validFrom() + " only, and it is " + now,
                    "set the clock right"));
        }
        TrustList trust;
        try {
            trust = examined.trust();
        } catch (TrustListRejected | StartFailure unreadable) {
            return found; // the check of the trust list says why
        }
        trust.ownCompromised().stream()
                .filter(key -> key.kid().equals(kid))
                .forEach(key -> found.add(Finding.error(
                        what(),
                        "the signing key " + kid + " is revoked as compromised since " + key.since()
                                + ", so partners refuse what it signs",
                        "make a new signing key, and let partners confirm its fingerprint: docs/partners.md,"
                                + " A key is compromised")));
        trust.centres().forEach(centre -> partner(trust, centre, now, found));
        return found;
    }

    private void partner(TrustList trust, TrustedCentre centre, Instant now, List<Finding> found) {
        if (centre.name().equals(trust.owner())) {
            return;
        }
        List<TrustedKey> sound =
                centre.keys().stream().filter(key -> !key.compromisedAt(now)).toList();
        if (sound.isEmpty()) {
            found.add(Finding.warning(
                    what(),
                    "all signing keys of " + centre.name() + " are compromised, so nothing new is taken from it",
                    "ask its operators for a card with a new key, confirm the fingerprint by telephone, and run"
                            + " `koprik partner add`"));
        }
    }
}
