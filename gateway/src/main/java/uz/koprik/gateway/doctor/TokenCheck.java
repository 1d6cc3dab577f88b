package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.pkcs11.SigningToken;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.SigningConfig;
import uz.koprik.gateway.renewal.HomeToken;

/** The PKCS#11 token of the settings opens, holds the signing keys of this centre that are on it, and signs. */
final class TokenCheck implements DoctorCheck {

    private static final String BY_FILE = "until then sign by a key in the key file: `koprik key announce --key-file`";

    @Override
    public String what() {
        return "token";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException {
        SigningConfig.Pkcs11 wanted = examined.config().signing().pkcs11();
        List<SigningKey> there;
        try {
            there = examined.keys().allSigning().stream()
                    .filter(key -> key.hardware().isPresent())
                    .toList();
        } catch (StartFailure closed) {
            return List.of(); // the check of keys says why
        }
        if (!wanted.on()) {
            return there.isEmpty()
                    ? List.of()
                    : List.of(Finding.error(
                            what(),
                            "the private key " + there.getFirst().publicKey().kid()
                                    + " is on a PKCS#11 token, and koprik.yaml names none",
                            "set signing.pkcs11.module and signing.pkcs11.token"));
        }
        HomeToken home = new HomeToken(examined.home());
        Optional<SigningToken> token = home.token();
        if (token.isEmpty() || there.isEmpty()) {
            return List.of(unused(wanted, token));
        }
        List<Finding> found = new ArrayList<>();
        there.forEach(key -> key(token.get(), key, found));
        return found;
    }

    /** It is only looked for, since a login is of no use. */
    private Finding unused(SigningConfig.Pkcs11 wanted, Optional<SigningToken> token) {
        try {
            String serial = token.orElseThrow().serial();
            return Finding.ok(
                    what(),
                    "the PKCS#11 token " + wanted.token() + " (serial number " + serial
                            + ") is there; no key of this centre is on it");
        } catch (SigningUnavailable wrong) {
            return Finding.warning(
                    what(),
                    wrong.getMessage(),
                    "mend that before `koprik key announce --pkcs11`, or set module and token to \"\"");
        }
    }

    private void key(SigningToken token, SigningKey key, List<Finding> found) {
        SigningToken.Facts facts;
        try {
            facts = token.examine(key.publicKey());
        } catch (SigningUnavailable wrong) {
            found.add(Finding.error(what(), wrong.getMessage(), BY_FILE));
            return;
        }
        String place = token.place() + " (serial number " + facts.serial() + ")";
        found.add(Finding.ok(
                what(), place + " signs by the key " + key.publicKey().kid()));
        if (facts.extractable().orElse(false)) {
            found.add(Finding.warning(
                    what(),
                    "the key " + key.publicKey().kid() + " on " + place + " may be read out of it (CKA_EXTRACTABLE)",
                    "make one that may not, by `koprik key announce --pkcs11`, and rotate to it"));
        }
        if (facts.wrongPinSince()) {
            found.add(Finding.warning(
                    what(),
                    "somebody entered a wrong PIN into " + place + " before the last right one",
                    "ask who; few more lock the token"));
        }
    }
}
