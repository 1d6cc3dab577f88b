package uz.koprik.gateway.cli.partners;

import java.security.SecureRandom;
import java.time.Instant;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.renewal.HomeToken;
import uz.koprik.gateway.renewal.KeyChangeRefused;

/** Where a new signing key is: on the PKCS#11 token or in the key file. */
final class KeyPlaceOptions {

    /** The algorithm of keys on tokens. */
    private static final String TOKEN_ALGORITHM = "ES256";

    @ArgGroup
    Place place = new Place();

    /** One of them; neither takes the place of the present key. */
    static final class Place {

        @Option(
                names = "--pkcs11",
                description =
                        "The new key is on the PKCS#11 token of koprik.yaml, and never leaves it. Its algorithm is ES256.")
        boolean token;

        @Option(
                names = "--key-file",
                description = "The new key is in keys/centre.p12, also when the present one is not.")
        boolean file;
    }

    /** Whether the new key is on the token: as the options say, or where the present key is. */
    boolean onToken(CentreKeys keys) {
        return place.token || (!place.file && keys.signingKey().hardware().isPresent());
    }

    /**
     * Makes a key.
     *
     * @param algorithm JOSE name; empty for that of the present key
     * @param label label on the token; empty for one of its own
     */
    SigningKey make(Home home, CentreKeys keys, String centre, String algorithm, String label, Instant now)
            throws KeyRejected, KeyChangeRefused {
        if (!onToken(keys)) {
            return SignatureAlgorithms.named(
                            algorithm.isEmpty() ? keys.publicKey().alg() : algorithm)
                    .generate(new SecureRandom());
        }
        if (!algorithm.isEmpty() && !algorithm.equals(TOKEN_ALGORITHM)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--alg: a key on a PKCS#11 token is for " + TOKEN_ALGORITHM
                            + "; leave --alg out, or add --key-file");
        }
        try {
            return label.isEmpty()
                    ? new HomeToken(home).required().generate(HomeToken.newLabel(centre, now))
                    : new HomeToken(home).required().existing(label);
        } catch (KeyRejected unfit) {
            throw new KeyChangeRefused(unfit.getMessage());
        }
    }
}
